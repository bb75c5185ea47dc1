import type { Finding, Step } from "../model/finding.ts";
import type { Interval } from "../model/interval.ts";
import type { Mention, MentionKind } from "../model/mention.ts";
import type { Figure, Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { statementFinding } from "./statement-finding.ts";

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
  const isTold = mention.unit === "percent" && !SHARE.test(mention.text) && isChange(mention, large.mention, small.mention);
  // "by 42%" is no share of what was.
  const fitting = (isTold ? options.slice(0, 2) : options).find((option) => stated.low <= option.high && option.low <= stated.high);
  const [more, less] = options;
  const recomputed = fitting ?? (isTold ? (large.mention.span.start < small.mention.span.start ? less : more) : undefined);
  if (recomputed === undefined) return null;
  const steps: readonly Step[] = [
    ...[large, small].map(
      ({ mention: { id }, readings: [{ slot, printed }] }): Step => ({ kind: "read", mention: id, slot, figure: printed, assumes: [] }),
    ),
    {
      kind: "compute",
      rule: "ratio/of-two",
      terms: [
        { operator: "*", figure: figureOf(large) },
        { operator: "/", figure: figureOf(small) },
      ],
      result: { value: face, ...span, unit: "times" },
      from: [large.mention.id, small.mention.id],
      facts: [],
    },
    { kind: "compare", stated, recomputed, ratio: stated.value / recomputed.value, claim: mention.id },
  ];
  return statementFinding(mention, runs, "ratio/of-two", {
    stated,
    recomputed,
    ratio: stated.value / recomputed.value,
    agrees: fitting !== undefined,
    atMostWarning: true,
    exact: Math.abs(stated.value / recomputed.value - 1) < 1e-6,
    steps,
    premises: [large.mention.id, small.mention.id],
    // What does not fit would not be told of any other ratio.
    weak: !isTold,
  });
}

/** Matches "12% of the cost"; not "12% less". */
const SHARE = /(?:%|percent)\sof\b/i;

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

function figureOf({ readings: [{ width, baseUnit }] }: Quantity): Figure {
  return { value: width.face, low: width.generous.low, high: width.generous.high, unit: baseUnit };
}
