import type { Finding } from "../model/finding.ts";
import type { Interval } from "../model/interval.ts";
import { largest, smallest } from "../model/many.ts";
import type { MentionKind, Statement } from "../model/mention.ts";
import type { Figure, Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { statementFinding } from "./statement-finding.ts";
import { stepsOfTwo } from "./working.ts";

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
  times: [(ratio) => ratio],
  // "50% more", "33% less", "150% of".
  percent: [(ratio) => (ratio - 1) * 100, (ratio) => (1 - 1 / ratio) * 100, (ratio) => ratio * 100, (ratio) => 100 / ratio],
};

/**
 * Checks a ratio or percentage by the two figures of one kind that its sentence tells.
 *
 * A speed-up is told in several ways; one that fits is enough. What fits in none says nothing: it may be of other things, unless words
 * compare the two (`check-changes.ts`).
 */
export function checkRatios(statements: readonly Statement[], quantities: readonly Quantity[], runs: readonly Run[]): readonly Finding[] {
  const told = new Set(statements.flatMap((statement) => (statement.kind === "change" ? (statement.ratio ?? []) : [])));
  const bySentence = Map.groupBy(
    quantities.filter(({ mention }) => mention.cell === null),
    ({ mention }) => mention.sentence.start,
  );
  return [...bySentence.values()].flatMap((inside) => {
    const ratios = inside.filter(({ mention }) => mention.kind === "ratio" && mention.number.range === null && mention.value > 0);
    const [ratio] = ratios;
    if (ratio === undefined || ratios.length > 1 || told.has(ratio.mention.id)) return [];
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
    return { value: way(face), low: smallest(ends), high: largest(ends), unit: stated.unit };
  });
  const recomputed = options.find((option) => stated.low <= option.high && option.low <= stated.high);
  if (recomputed === undefined) return null;
  const result = { value: face, ...span, unit: "times" };
  const steps = stepsOfTwo({ rule: "ratio/of-two", first: large, operator: "/", second: small, result });
  return statementFinding(mention, runs, "ratio/of-two", {
    stated,
    recomputed,
    agrees: true,
    atMostWarning: true,
    steps,
    premises: [large.mention.id, small.mention.id],
  });
}
