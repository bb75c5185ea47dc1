import type { Mention, MentionKind } from "../../src/model/mention.ts";
import { transposed, wrongDigits } from "./digit-mutations.ts";
import { nounSwaps, ofTpuDevices } from "./noun-mutations.ts";
import { numberOf, scaled } from "./number-print.ts";

/** One change of one figure, as JUDGEMENT names the families. */
export interface Mutation {
  readonly family: string;
  /** The stretch of the mention as it is then printed. */
  readonly printed: string;
  /** New value over old. */
  readonly factor: number;
  /** Diagnoses that name it; empty where none is expected. */
  readonly names: readonly string[];
}

/** A figure in its claim: what else the claim rests on is what a slip may mix up with it. */
export interface Planted {
  readonly mention: Mention;
  /** The words of the mention, and its number as printed in them. */
  readonly text: string;
  readonly number: string;
  /** All figures of the claim. */
  readonly mentions: readonly Mention[];
  readonly isClaim: boolean;
  /** The rule by which the claim agrees. */
  readonly rule: string;
}

/** Slips of counting that leave the same factor: which one it was, the figures cannot say. */
export const UNIT_SLIPS = [
  "device-for-chip",
  "core-for-chip",
  "core-for-device",
  "node-for-accelerator",
  "reading",
  "half-for-two",
  "count-for-two",
  "count-for-four",
  "one-for-all",
  "node-for-run",
  "sparse-peak",
  "multiply-add",
];

const OUTCOMES: ReadonlySet<MentionKind> = new Set(["cost", "accelerator-hours", "energy", "carbon", "flop"]);
const COUNTED: ReadonlySet<MentionKind> = new Set(["accelerators", "nodes", "cost", "accelerator-hours"]);

/** Every slip that can be made in the words of a figure. */
export function mutationsOf(planted: Planted): readonly Mutation[] {
  const { text } = planted;
  return [
    ...countSlips(planted),
    ...nounSwaps(planted),
    ...timeSlips(planted),
    ...prefixSlips(planted),
    ...energySlips(planted),
    ...computeSlips(planted),
    ...moneySlips(planted),
    ...shareSlips(planted),
    ...transposed(planted),
    ...wrongDigits(planted),
  ].filter((mutation) => mutation.printed !== text);
}

function countSlips({ mention, text, number }: Planted): readonly Mutation[] {
  if (!COUNTED.has(mention.kind)) return [];
  return [
    ...scaledBy({ text, number }, "M1 times 4", 4, UNIT_SLIPS),
    ...scaledBy({ text, number }, "M1 by 4", 1 / 4, UNIT_SLIPS),
    ...scaledBy({ text, number }, "M2 times 2", 2, UNIT_SLIPS),
    ...scaledBy({ text, number }, "M2 by 2", 1 / 2, UNIT_SLIPS),
    ...scaledBy({ text, number }, "M3 times 8", 8, UNIT_SLIPS),
    ...scaledBy({ text, number }, "M3 by 8", 1 / 8, UNIT_SLIPS),
  ];
}

/** Days of a month, and of what it is taken for. */
const MONTH_DAYS = 30.4375;
const FOUR_WEEKS = 28;

function timeSlips({ mention, text, number, mentions, isClaim }: Planted): readonly Mutation[] {
  const slips: Mutation[] = [];
  if (mention.kind === "wall-time" && mention.number.form !== "composite") {
    slips.push(...worded(text, "M5 unit of time", /\bdays?\b/, "hours", 1 / 24, ["day-for-hour"]));
    slips.push(...worded(text, "M5 unit of time", /\bhours?\b/, "days", 24, ["day-for-hour"]));
    slips.push(...worded(text, "M5 unit of time", /\bweeks?\b/, "days", 1 / 7, ["week-for-day"]));
    slips.push(...worded(text, "M5 unit of time", /\bdays?\b/, "weeks", 7, ["week-for-day"]));
    slips.push(...worded(text, "M5 unit of time", /\bminutes?\b/, "hours", 60, ["hour-for-minute"]));
    slips.push(...worded(text, "M5 unit of time", /\bhours?\b/, "minutes", 1 / 60, ["hour-for-minute"]));
    if (/\bmonths?\b/.test(text)) slips.push(...scaledBy({ text, number }, "M19 months", 1.2, []));
  }
  if (isClaim && mentions.some(({ kind, unit }) => kind === "wall-time" && unit === "month"))
    slips.push(...scaledBy({ text, number }, "M19 months", FOUR_WEEKS / MONTH_DAYS, []));
  if (mention.kind === "accelerator-hours") {
    slips.push(...worded(text, "M5 unit of time", /\bhours?\b/, "days", 24, ["day-for-hour"]));
    slips.push(...worded(text, "M5 unit of time", /\bdays?\b/, "hours", 1 / 24, ["day-for-hour"]));
  }
  const part = mentions.find(({ kind, value }) => kind === "epochs" && value > 1);
  if (isClaim && part !== undefined && part !== mention)
    slips.push(...scaledBy({ text, number }, "M18 one epoch for all", 1 / part.value, ["epoch-for-run"]));
  return slips;
}

function prefixSlips({ mention, text, number }: Planted): readonly Mutation[] {
  if (mention.kind === "wall-time") return [];
  const slips = [
    ...worded(text, "M6 prefix", /(?<=\d)\s?k\b|(?<=\d)K\b/, "M", 1000, ["thousand"]),
    ...worded(text, "M6 prefix", /(?<=\d)\s?M\b|(?<=\d)\smillion\b/, " billion", 1000, ["thousand"]),
    ...worded(text, "M6 prefix", /(?<=\d)\s?B\b|(?<=\d)\sbillion\b/, " million", 1 / 1000, ["thousand"]),
  ];
  if (mention.number.form === "scientific") return slips;
  return OUTCOMES.has(mention.kind) ? [...slips, ...scaledBy({ text, number }, "M6 prefix", 1000, ["thousand"])] : slips;
}

/** PUE that is applied where none is printed: it cannot be named. */
const PUE_UNKNOWN = 1.1;

/** Rules that take the energy for that at the meter, and for that of the machines alone. */
const WITHOUT_PUE = /\/machines$/;

/** A PUE left out or applied twice. Left out once, or applied once where it was left out, the energy is only of another kind. */
function pueSlips({ mention, text, number, mentions, isClaim, rule }: Planted): readonly Mutation[] {
  const pue = mentions.find((other) => other.kind === "pue")?.value;
  const printed = { text, number };
  if (pue === undefined) return [...scaledBy(printed, "M7 PUE", 1 / PUE_UNKNOWN, []), ...scaledBy(printed, "M7 PUE", PUE_UNKNOWN, [])];
  const isLess = WITHOUT_PUE.test(rule) === (mention.kind === "energy" || !isClaim);
  return scaledBy(printed, "M7 PUE", isLess ? 1 / pue : pue, ["pue-left-out"]);
}

function energySlips(planted: Planted): readonly Mutation[] {
  const { mention, text, number } = planted;
  const { kind } = mention;
  const printed = { text, number };
  if (kind !== "energy" && kind !== "carbon") return [];
  const slips = pueSlips(planted);
  if (kind === "energy")
    return [
      ...slips,
      ...worded(text, "M10 kWh and MWh", /\bkWh\b/, "MWh", 1000, ["thousand"]),
      ...worded(text, "M10 kWh and MWh", /\bMWh\b/, "kWh", 1 / 1000, ["thousand"]),
    ];
  return [
    ...slips,
    ...scaledBy(printed, "M8 pounds", 2.2046, ["pound"]),
    ...scaledBy(printed, "M8 short tons", 1.1023, ["short-ton"]),
    ...scaledBy(printed, "M9 carbon", 12 / 44, ["carbon-for-carbon-dioxide"]),
  ];
}

/** Slips of compute that leave a factor of two. */
const TWOFOLD = ["multiply-add", "sparse-peak", ...UNIT_SLIPS];

function computeSlips({ mention, text, number }: Planted): readonly Mutation[] {
  const { kind } = mention;
  if (kind !== "flop" && kind !== "flop-rate" && kind !== "mfu") return [];
  const printed = { text, number };
  const slips = [
    ...scaledBy(printed, "M15 FLOP times 2", 2, TWOFOLD),
    ...scaledBy(printed, "M15 FLOP times 4/3", 4 / 3, ["recomputation"]),
    ...scaledBy(printed, "M15 FLOP by 3", 1 / 3, ["forward-only"]),
    ...exponentLost(text),
  ];
  return kind === "flop" ? slips : [...slips, ...scaledBy(printed, "M16 sparse peak", 1 / 2, TWOFOLD)];
}

/** Matches "3.1e23", "2.3 x 10^22", "10^18": powers that a text layer prints without their raised digits. */
const EXPONENT = /(?<lead>\d(?:\.\d+)?)?(?:[eE]\+?|\s?[x×·*]\s?10\^\{?|(?<![\d.])10\^\{?)(?<power>\d{1,2})\}?/;

/** "3.1e23" as "3.1 × 1023": the raised digits stand on the line. */
function exponentLost(text: string): readonly Mutation[] {
  const match = EXPONENT.exec(text);
  const { lead, power } = match?.groups ?? {};
  if (match === null || power === undefined) return [];
  const printed = text.replace(match[0], lead === undefined ? `10${power}` : `${lead} × 10${power}`);
  return [{ family: "M14 exponent lost", printed, factor: Number(`10${power}`) / 10 ** Number(power), names: ["malformed"] }];
}

function moneySlips(planted: Planted): readonly Mutation[] {
  const { mention, text, number } = planted;
  const printed = { text, number };
  if (mention.kind === "cost") return scaledBy(printed, "M22 yuan", 6.9, ["yuan-for-dollar"]);
  if (mention.kind !== "price") return [];
  // Only of devices of one vendor a preemptible price is a fixed part of the other.
  const names = ofTpuDevices(planted) ? ["preemptible"] : [];
  return [...scaledBy(printed, "M17 preemptible", 0.3, names), ...scaledBy(printed, "M17 preemptible", 1 / 0.3, names)];
}

/** "58%" for "42%": what is left for what is gone. */
function shareSlips({ mention, text, number, mentions }: Planted): readonly Mutation[] {
  if (mention.kind !== "ratio" || mention.unit !== "percent") return [];
  // Of what grew nothing is left over.
  const [before, after] = mentions.filter(({ kind }) => kind !== "ratio").toSorted((left, right) => left.span.start - right.span.start);
  if (before === undefined || after === undefined || before.value <= after.value) return [];
  const left = 100 - numberOf(number);
  if (left <= 0) return [];
  return scaledBy({ text, number }, "M20 what is left", left / numberOf(number), ["rest-for-part"]);
}

function scaledBy(
  { text, number }: Pick<Planted, "text" | "number">,
  family: string,
  factor: number,
  names: readonly string[],
): readonly Mutation[] {
  const printed = scaled(number, factor);
  if (printed === null) return [];
  return [{ family, printed: text.replace(number, printed), factor: numberOf(printed) / numberOf(number), names }];
}

function worded(text: string, family: string, from: RegExp, to: string, factor: number, names: readonly string[]): readonly Mutation[] {
  return from.test(text) ? [{ family, printed: text.replace(from, to), factor, names }] : [];
}
