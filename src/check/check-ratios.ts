import type { Cause, Finding, Step } from "../model/finding.ts";
import type { Interval } from "../model/interval.ts";
import type { Mention, MentionKind } from "../model/mention.ts";
import type { Figure, Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { causeOfSlips, lineSlip } from "./line-slip.ts";
import { statementFinding } from "./statement-finding.ts";
import { baseFigure, readStep } from "./working.ts";

/** What is compared by a ratio in one sentence. */
const COMPARED: ReadonlySet<MentionKind> = new Set([
  "wall-time",
  "accelerator-hours",
  "cost",
  "energy",
  "carbon",
  "carbon-intensity",
  "throughput",
  "flop",
  "accelerators",
  "parameters",
  "tokens",
]);

/** What is called faster or slower by a percentage, which is told of the time and of the rate. */
const SPEEDS: ReadonlySet<MentionKind> = new Set(["wall-time", "accelerator-hours", "throughput"]);

/** Ways to tell how two figures compare, of the larger over the smaller. */
const WAYS: Readonly<Record<"times" | "percent", readonly ((ratio: number) => number)[]>> = {
  // "4 times as long", "3 times longer".
  times: [(ratio) => ratio, (ratio) => ratio - 1],
  // "50% more", "33% less", "150% of".
  percent: [(ratio) => (ratio - 1) * 100, (ratio) => (1 - 1 / ratio) * 100, (ratio) => ratio * 100, (ratio) => 100 / ratio],
};

/**
 * Checks a ratio or percentage by the two figures of one kind that its sentence tells.
 *
 * A speed-up is told in several ways; one that fits is enough. What fits in none is told only of a change "from $10,400 to $6,032":
 * any other ratio may be of other things.
 */
export function checkRatios(quantities: readonly Quantity[], runs: readonly Run[]): readonly Finding[] {
  const bySentence = Map.groupBy(
    quantities.filter(({ mention }) => mention.cell === null),
    ({ mention }) => mention.sentence.start,
  );
  return [...bySentence.values()].flatMap((inside) => {
    const ratios = inside.filter(({ mention }) => mention.kind === "ratio" && mention.number.range === null && mention.value > 0);
    const [ratio] = ratios;
    if (ratio === undefined || ratios.length > 1) return [];
    const pairs = [...COMPARED].flatMap((kind) => pairOf(inside, kind));
    return pairs.flatMap((pair) => judge(ratio, pair, runs) ?? []).slice(0, 1);
  });
}

/** The only two figures of a kind, the larger first; none where they are for different things or hardly differ. */
function pairOf(inside: readonly Quantity[], kind: MentionKind): readonly (readonly [Quantity, Quantity])[] {
  const figures = inside.filter(({ mention }) => mention.kind === kind && mention.number.form !== "vague" && mention.number.range === null);
  const [left, right] = figures;
  if (left === undefined || right === undefined || figures.length > 2) return [];
  const [one, other] = [left.readings[0], right.readings[0]];
  if (one.slot !== other.slot || one.currency !== other.currency || one.width.face <= 0 || other.width.face <= 0) return [];
  return one.width.face === other.width.face ? [] : [one.width.face > other.width.face ? [left, right] : [right, left]];
}

function judge(ratio: Quantity, [large, small]: readonly [Quantity, Quantity], runs: readonly Run[]): Finding | null {
  const { mention } = ratio;
  const stated = ratio.readings[0].printed;
  const [over, under] = [large.readings[0].width, small.readings[0].width];
  const span: Interval = { low: over.generous.low / under.generous.high, high: over.generous.high / under.generous.low };
  const face = over.face / under.face;
  const options = WAYS[mention.unit === "percent" ? "percent" : "times"].map((way): Figure => {
    const ends = [way(span.low), way(span.high)];
    return { value: way(face), low: Math.min(...ends), high: Math.max(...ends), unit: stated.unit };
  });
  // "12% of Wren's time" is a share, however near the two figures stand.
  const isTold = mention.unit === "percent" && !mention.qualifiers.includes("share") && isChange(mention, large.mention, small.mention);
  const [more, less] = options;
  const falls = large.mention.span.start < small.mention.span.start;
  // "by 42%" is no share of what was; of what fell it is most likely a share of the larger.
  const told = [falls ? less : more, falls ? more : less].flatMap((option) => option ?? []);
  const isSpeed = SPEEDS.has(large.mention.kind);
  const ways = isTold ? (isSpeed ? told : told.slice(0, 1)) : options;
  const fitting = ways.find((option) => stated.low <= option.high && option.low <= stated.high);
  const recomputed = fitting ?? (isTold ? told[0] : undefined);
  if (recomputed === undefined) return null;
  const steps: readonly Step[] = [
    readStep(large),
    readStep(small),
    {
      kind: "compute",
      rule: "ratio/of-two",
      terms: [
        { operator: "*", figure: baseFigure(large) },
        { operator: "/", figure: baseFigure(small) },
      ],
      result: { value: face, ...span, unit: "times" },
      from: [large.mention.id, small.mention.id],
      facts: [],
    },
  ];
  return statementFinding(mention, runs, "ratio/of-two", {
    stated,
    recomputed,
    agrees: fitting !== undefined,
    atMostWarning: true,
    steps,
    premises: [large.mention.id, small.mention.id],
    ...(fitting === undefined ? causeIn({ ratio, large, small, falls, less }) : {}),
  });
}

/** "cut by 58%" where 58% is what is left of it. */
const WHAT_IS_LEFT: Cause = {
  diagnosis: "what-is-left",
  factor: 1,
  certainty: "named",
  words: "what is left was taken for what is gone, or the other way",
  fits: null,
};

interface Change {
  readonly ratio: Quantity;
  readonly large: Quantity;
  readonly small: Quantity;
  readonly falls: boolean;
  /** The percentage by which the larger would have fallen. */
  readonly less: Figure | undefined;
}

/** What is left for what is gone, or one figure of the three that a wrong digit or unit would explain. */
function causeIn({ ratio, large, small, falls, less }: Change): { readonly cause?: Cause } {
  const stated = ratio.readings[0].printed;
  const part = stated.value / 100;
  const [over, under] = [large.readings[0].width.face, small.readings[0].width.face];
  if (falls && less !== undefined && Math.abs(100 - less.value - stated.value) <= stated.high - stated.value)
    return { cause: WHAT_IS_LEFT };
  const percent = (falls ? 1 - under / over : over / under - 1) * 100;
  const [before, after] = falls ? [large, small] : [small, large];
  const [from, to] = [before.readings[0].width.face, after.readings[0].width.face];
  // Which way it was to go is not known where one of the ends is wrong.
  const ways = [1 - part, 1 + part];
  const doubt = (stated.high - stated.low) / 200 / Math.min(...ways.map(Math.abs));
  const cause = causeOfSlips([
    lineSlip(ratio, (percent / stated.value) * ratio.readings[0].width.face),
    ...ways.flatMap((way) => [lineSlip(before, to / way, doubt), lineSlip(after, from * way, doubt)]),
  ]);
  return cause === null ? {} : { cause };
}

/** How far a change stands from its percentage, and its ends from one another: " to ". In code units. */
const MOST_APART = 40;
const MOST_BETWEEN = 5;

/** "by 42% from $10,400 to $6,032". */
function isChange(ratio: Mention, one: Mention, other: Mention): boolean {
  const [first, second] = one.span.start < other.span.start ? [one, other] : [other, one];
  const between = second.span.start - first.span.end;
  const apart = ratio.span.end <= first.span.start ? first.span.start - ratio.span.end : ratio.span.start - second.span.end;
  return between >= 3 && between <= MOST_BETWEEN && apart >= 0 && apart <= MOST_APART;
}
