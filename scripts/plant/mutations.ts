import type { Mention } from "../../src/model/mention.ts";

/** One change of one figure, as JUDGEMENT names the families. */
export interface Mutation {
  readonly family: string;
  /** The stretch of the mention as it is then printed. */
  readonly printed: string;
  /** New value over old; 1 where only a word changes whose factor depends on the hardware. */
  readonly factor: number;
  /** Diagnoses that name it; empty where none is expected. */
  readonly names: readonly string[];
}

const UNIT_SLIPS = [
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

/** Every slip that can be made in the words of a mention. `number` is its number as printed in `text`. */
export function mutationsOf(mention: Mention, text: string, number: string): readonly Mutation[] {
  const scaledBy = (family: string, factor: number, names: readonly string[]): readonly Mutation[] => {
    const printed = scaled(number, factor);
    return printed === null
      ? []
      : [{ family, printed: text.replace(number, printed), factor: numberOf(printed) / numberOf(number), names }];
  };
  const worded = (family: string, from: RegExp, to: string, factor: number, names: readonly string[]): readonly Mutation[] =>
    from.test(text) ? [{ family, printed: text.replace(from, to), factor, names }] : [];
  const { kind } = mention;
  const isCount = kind === "accelerators" || kind === "nodes";
  const isOutcome = ["cost", "accelerator-hours", "energy", "carbon", "flop"].includes(kind);
  const mutations: Mutation[] = [];
  if (isCount || kind === "cost" || kind === "accelerator-hours") {
    mutations.push(...scaledBy("M1 times 4", 4, UNIT_SLIPS), ...scaledBy("M1 by 4", 1 / 4, UNIT_SLIPS));
    mutations.push(...scaledBy("M2 times 2", 2, UNIT_SLIPS), ...scaledBy("M2 by 2", 1 / 2, UNIT_SLIPS));
    mutations.push(...scaledBy("M3 times 8", 8, UNIT_SLIPS), ...scaledBy("M3 by 8", 1 / 8, UNIT_SLIPS));
  }
  if (kind === "wall-time") {
    mutations.push(...worded("M5 unit of time", /\bdays?\b/, "hours", 1 / 24, ["day-for-hour"]));
    mutations.push(...worded("M5 unit of time", /\bhours?\b/, "days", 24, ["day-for-hour"]));
    mutations.push(...worded("M5 unit of time", /\bweeks?\b/, "days", 1 / 7, ["week-for-day"]));
    mutations.push(...worded("M5 unit of time", /\bminutes?\b/, "hours", 60, ["hour-for-minute"]));
  }
  if (kind !== "wall-time") {
    mutations.push(...worded("M6 prefix", /(?<=\d)\s?k\b|(?<=\d)K\b/, "M", 1000, ["thousand"]));
    mutations.push(...worded("M6 prefix", /(?<=\d)\s?M\b|(?<=\d)\smillion\b/, " billion", 1000, ["thousand"]));
    mutations.push(...worded("M6 prefix", /(?<=\d)\s?B\b|(?<=\d)\sbillion\b/, " million", 1 / 1000, ["thousand"]));
    if (isOutcome) mutations.push(...scaledBy("M6 prefix", 1000, ["thousand"]));
  }
  if (kind === "energy") {
    mutations.push(
      ...worded("M10 kWh and MWh", /\bkWh\b/, "MWh", 1000, ["thousand"]),
      ...worded("M10 kWh and MWh", /\bMWh\b/, "kWh", 1 / 1000, ["thousand"]),
    );
    mutations.push(...scaledBy("M7 PUE", 1 / 1.1, ["pue-left-out"]), ...scaledBy("M7 PUE", 1.1, ["pue-left-out"]));
  }
  if (kind === "carbon") {
    mutations.push(...scaledBy("M8 pounds", 2.2046, ["pound"]), ...scaledBy("M8 short tons", 1.1023, ["short-ton"]));
    mutations.push(...scaledBy("M9 carbon", 12 / 44, ["carbon-for-carbon-dioxide"]));
  }
  if (kind === "flop" || kind === "flop-rate" || kind === "mfu") {
    mutations.push(
      ...scaledBy("M15 FLOP", 2, ["multiply-add", "sparse-peak", ...UNIT_SLIPS]),
      ...scaledBy("M15 FLOP", 4 / 3, ["recomputation"]),
      ...scaledBy("M15 FLOP", 1 / 3, ["forward-only"]),
    );
    if (kind !== "flop") mutations.push(...scaledBy("M16 sparse peak", 1 / 2, ["sparse-peak", ...UNIT_SLIPS]));
  }
  if (kind === "price")
    mutations.push(...scaledBy("M17 preemptible", 0.3, ["preemptible"]), ...scaledBy("M17 preemptible", 1 / 0.3, ["preemptible"]));
  if (kind === "cost") mutations.push(...scaledBy("M22 yuan", 6.9, ["yuan-for-dollar"]));
  mutations.push(...transposed(text, number), ...wrongDigits(text, number));
  return mutations.filter((mutation) => mutation.printed !== text);
}

/** Changes that mean the same: none may raise an alarm. */
export function benignOf(mention: Mention, text: string, number: string): readonly { readonly name: string; readonly printed: string }[] {
  const changes: { name: string; printed: string }[] = [];
  const add = (name: string, printed: string): void => {
    if (printed !== text) changes.push({ name, printed });
  };
  const inNumber = (name: string, other: string): void => add(name, text.replace(number, other));
  if (number.includes(",")) {
    inNumber("no commas", number.replaceAll(",", ""));
    inNumber("thin spaces", number.replaceAll(",", "\u202f"));
  } else if (/^\d{5,}$/.test(number)) inNumber("commas", grouped(Number(number), 0));
  if (/^\d+\.\d$/.test(number)) inNumber("trailing zero", `${number}0`);
  if (mention.cell === null && mention.hedge === null && /^[\d$]/.test(text)) {
    add("about", `about ${text}`);
    add("approximately", `approximately ${text}`);
    add("tilde", `~${text}`);
    add("line break", text.replace(" ", "\n"));
    add("no-break space", text.replace(" ", "\u00a0"));
  }
  add("GPUs named", text.replace(/(?<=\b[AVH]\d00)s\b/, " GPUs"));
  add("NVIDIA named", text.replace(/(?<!NVIDIA )(?<!\w)(?=[AVH]100\b)/, "NVIDIA "));
  add("hours written short", mention.kind === "wall-time" ? text.replace(/\bhours\b/, "hrs") : text);
  add("days in hours", mention.kind === "wall-time" && mention.number.form !== "composite" ? inHours(text, number) : text);
  add("GPU-hours joined", text.replace(/\b([GT]PU) hours\b/, "$1-hours"));
  add("GPU-hours apart", text.replace(/\b([GT]PU)-hours\b/, "$1 hours"));
  add("million in words", text.replace(/(?<=\d)M\b/, " million"));
  add("thousand as a letter", /^\d{1,3},000\b/.test(text) && mention.kind !== "accelerators" ? text.replace(",000", "K") : text);
  add("approximate sign", mention.cell !== null ? `~${text}` : text);
  add("footnote mark", mention.cell !== null ? `${text}†` : text);
  add("currency by name", text.replace(/(?<!\w)\$(?=\d)/, "US$"));
  if (/^\d{4,}$/.test(number.replaceAll(",", "")) && mention.kind !== "accelerators" && mention.number.lastPlace === 1)
    inNumber("rounded to three digits", rounded(number));
  return changes;
}

/** Sentences about somebody else's run, which must not mix with the claim. */
export const BYSTANDERS: readonly string[] = [
  "An unrelated system, Quillfeather-3B, was tuned on 24 V100 GPUs for 11 hours.",
  "For comparison, the authors of Marrowstone-90B report 3,000 TPU v4 chips and 41 days.",
  "Figures for inference are given in the appendix.",
];

function inHours(text: string, number: string): string {
  if (!/\bdays?\b/.test(text) || !/^\d+(?:\.\d+)?$/.test(number)) return text;
  const hours = Number(number) * 24;
  return Number.isInteger(hours) ? text.replace(number, String(hours)).replace(/\bdays?\b/, "hours") : text;
}

function rounded(number: string): string {
  const value = Number(numberOf(number).toPrecision(3));
  return number.includes(",") ? grouped(value, 0) : String(value);
}

/** Two neighboring digits change places. */
function transposed(text: string, number: string): readonly Mutation[] {
  const places = [...number.matchAll(/\d/g)].map((match) => match.index);
  return places.flatMap((at, index): readonly Mutation[] => {
    const next = places[index + 1];
    const [one, other] = [number[at], next === undefined ? undefined : number[next]];
    if (next === undefined || one === undefined || other === undefined || one === other || (index === 0 && other === "0")) return [];
    const characters = [...number];
    [characters[at], characters[next]] = [other, one];
    const changed = characters.join("");
    return [
      {
        family: "M12 digits swapped",
        printed: text.replace(number, changed),
        factor: numberOf(changed) / numberOf(number),
        names: ["digit-slip"],
      },
    ];
  });
}

/** One digit is off by one. */
function wrongDigits(text: string, number: string): readonly Mutation[] {
  return [...number.matchAll(/\d/g)].flatMap(({ index, 0: digit }): readonly Mutation[] => {
    const other = digit === "9" ? "8" : String(Number(digit) + 1);
    const changed = number.slice(0, index) + other + number.slice(index + 1);
    return [
      {
        family: "M13 a digit off by one",
        printed: text.replace(number, changed),
        factor: numberOf(changed) / numberOf(number),
        names: ["digit-slip"],
      },
    ];
  });
}

export function numberOf(printed: string): number {
  return Number(printed.replaceAll(",", ""));
}

/** The number times a factor, printed with as many digits; null where it cannot be. */
function scaled(printed: string, factor: number): string | null {
  const decimals = printed.split(".")[1]?.length ?? 0;
  const value = numberOf(printed) * factor;
  const shown = Number(value.toFixed(decimals));
  if (shown === 0 || Math.abs(shown / value - 1) > 0.02) return null;
  return printed.includes(",") || shown >= 10_000 ? grouped(shown, decimals) : shown.toFixed(decimals);
}

function grouped(value: number, decimals: number): string {
  return value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
