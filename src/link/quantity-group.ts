import type { Mention, MentionKind, Stage, Statement } from "../model/mention.ts";
import type { ModelName } from "../model/model-name.ts";
import type { Quantity } from "../model/quantity.ts";
import type { ModelTie } from "../model/run.ts";
import type { Span } from "../model/span.ts";
import type { HardwareTie } from "./product-tie.ts";
import { sharesProduct } from "./product-tie.ts";

/** The model a figure belongs to, and why. */
export interface Belonging extends ModelTie {
  readonly name: ModelName | null;
}

/** Quantities that one sentence, or one row of a table, says together of one model: the smallest thing that is ever joined. */
export interface QuantityGroup {
  readonly quantities: readonly Quantity[];
  readonly belonging: Belonging;
  /** The model by key, after a bare family was settled on its only variant; empty if unknown. */
  readonly key: string;
  readonly stage: StageClass;
  readonly hardware: HardwareTie | null;
  readonly isHypothetical: boolean;
  readonly block: number;
  /** Table and row (or column); null in prose. */
  readonly line: { readonly table: number; readonly position: number } | null;
  readonly span: Span;
}

/** Stages that can be one run share a class; "any" is training of which no stage was named. */
export type StageClass = "any" | Exclude<Stage, "all"> | "all";

/** What one thing costs or needs, stated once for many runs. */
const SHARED_KINDS: ReadonlySet<MentionKind> = new Set(["price", "pue", "carbon-intensity", "power"]);

/** What a run may have several of: memory of the host and of the cards, factors by which it is better. */
const BESIDE_THE_POINT: ReadonlySet<MentionKind> = new Set(["memory", "ratio"]);

/** Figures that say how a run was set up: two different ones are two runs. */
const PREMISE_KINDS: ReadonlySet<MentionKind> = new Set(["accelerators", "nodes", "wall-time"]);

/** Relative difference up to which two figures are one, told with other digits: 3.7 days and "about 3.5 days" are not. */
const SAME_FIGURE = 0.035;

/** Relative difference that leaving out digits makes. */
const RESTATED_FIGURE = 0.01;

export function stageOf(mention: Mention): StageClass {
  return mention.stage ?? "any";
}

/** Stages that never are part of a training run. */
export function isTraining(stage: StageClass): boolean {
  return stage !== "inference" && stage !== "profile" && stage !== "data";
}

/** Whether a quantity is stated for everything of its kind rather than for one run. */
export function isShared(quantity: Quantity): boolean {
  const { mention } = quantity;
  return SHARED_KINDS.has(mention.kind) && !(mention.kind === "power" && WHOLE_POWER.test(mention.unit));
}

/** "$256 per hour": what the whole of a run costs, and no price of one device. */
export function isWholeRate(mention: Mention): boolean {
  return mention.noun === null && mention.hardware === null && !/accelerator|chip|device|core|node|gpu|tpu/.test(mention.unit);
}

export function isPremise(mention: Mention): boolean {
  return PREMISE_KINDS.has(mention.kind) && mention.per === null;
}

/**
 * Whether figures, by their kinds, and a list of others can be of one run: no figure of one kind differs, unless one of the others repeats.
 *
 * Figures for one epoch or one node are another kind than figures for the whole. Counts under different nouns (512 chips,
 * 512 cores) differ; counts that a conversion ties together stand in one list and need to agree in one of them only.
 */
export function areCompatible(
  ofKind: (kind: string) => readonly Quantity[],
  right: readonly Quantity[],
  mayDiffer: (left: Quantity, right: Quantity) => boolean,
): boolean {
  // The later list is the short one: only what it tells can differ.
  const told = Map.groupBy(right, kindOf);
  return [...told].every(([kind, there]) => {
    if (there.every(({ mention }) => BESIDE_THE_POINT.has(mention.kind))) return true;
    const here = ofKind(kind);
    return here.length === 0 || here.some((quantity) => there.some((other) => areEqual(quantity, other) || mayDiffer(quantity, other)));
  });
}

/** Whether the same number is stated for two different things: "512 chips" and "512 cores" are two readings of one print. */
export function isOtherReading(left: Mention, right: Mention): boolean {
  return left.kind === "accelerators" && right.kind === "accelerators" && left.value === right.value && !areNounsCompatible(left, right);
}

export function areHardwareCompatible(left: HardwareTie | null, right: HardwareTie | null): boolean {
  return left === null || right === null || sharesProduct(left, right);
}

/** Pairs of mentions that the text itself sets equal: "512 chips is 128 devices". */
export function conversionsOf(statements: readonly Statement[]): ReadonlySet<string> {
  return new Set(
    statements.flatMap((statement) =>
      statement.kind === "conversion" ? [`${statement.left}=${statement.right}`, `${statement.right}=${statement.left}`] : [],
    ),
  );
}

/** What is compared with what: the kind, what it is for one of, its unit where units cannot be converted, its qualifiers. */
export function kindOf(quantity: Quantity): string {
  const known = KINDS.get(quantity);
  if (known !== undefined) return known;
  const { mention } = quantity;
  const { slot, baseUnit } = quantity.readings[0];
  const unit = isCounted(mention) ? (OF_NODES.has(slot) ? slot : "") : baseUnit;
  const kind = [mention.kind, mention.per ?? "", unit, quantity.readings[0].currency ?? "", ...mention.qualifiers].join("|");
  KINDS.set(quantity, kind);
  return kind;
}

/** Hours and prices of machines stand beside those of their accelerators. */
const OF_NODES: ReadonlySet<string> = new Set(["node_hours", "price_per_node", "energy_price"]);

const KINDS = new WeakMap<Quantity, string>();

/** Whether one figure says the other again, with fewer digits perhaps: $61,440 and "US$61,000". */
export function isRestated(left: Quantity, right: Quantity): boolean {
  return Math.abs(comparable(left) - comparable(right)) <= RESTATED_FIGURE * Math.abs(comparable(left));
}

/**
 * Kind and size of a figure in short: whatever restates it is of the same kind, and of the same size or one to either side.
 *
 * Shape: its own first.
 */
export function sizesOf(quantity: Quantity): readonly [string, string, string] {
  const value = Math.abs(comparable(quantity));
  const size = value > 0 ? Math.floor(Math.log(value) / SIZE_STEP) : Number.NEGATIVE_INFINITY;
  const kind = kindOf(quantity);
  return [`${kind} ${size}`, `${kind} ${size - 1}`, `${kind} ${size + 1}`];
}

/** Wider than the margin of what is restated, in natural logarithms. */
const SIZE_STEP = 0.1;

/** Whether two figures of one kind agree as printed, ranges and roundings allowed for. */
export function areEqual(left: Quantity, right: Quantity): boolean {
  const leftValue = comparable(left);
  const rightValue = comparable(right);
  const isClose = Math.abs(leftValue - rightValue) <= SAME_FIGURE * Math.max(Math.abs(leftValue), Math.abs(rightValue));
  return (
    (isClose || liesIn(left.mention, leftValue, rightValue) || liesIn(right.mention, rightValue, leftValue)) &&
    areNounsCompatible(left.mention, right.mention)
  );
}

function liesIn(mention: Mention, own: number, value: number): boolean {
  const { range } = mention.number;
  if (range === null || mention.number.value === 0) return false;
  const factor = own / mention.number.value;
  return range.low * factor <= value && value <= range.high * factor;
}

function areNounsCompatible(left: Mention, right: Mention): boolean {
  const isVague = (mention: Mention): boolean => mention.noun === null || mention.noun === "bare" || mention.noun === "gpu";
  return left.noun === right.noun || isVague(left) || isVague(right);
}

/** Counts are compared as printed, because what they count may be read in several ways; all else in base units. */
function comparable(quantity: Quantity): number {
  const { mention } = quantity;
  if (mention.kind === "accelerator-hours") return mention.value * (HOURS_OF[mention.unit.slice(mention.unit.lastIndexOf("-") + 1)] ?? 1);
  return isCounted(mention) ? mention.value : quantity.readings[0].width.face;
}

function isCounted(mention: Mention): boolean {
  return mention.kind === "accelerators" || mention.kind === "nodes" || mention.kind === "accelerator-hours" || mention.kind === "price";
}

const HOURS_OF: Readonly<Record<string, number>> = {
  second: 1 / 3600,
  minute: 1 / 60,
  hour: 1,
  day: 24,
  week: 168,
  month: 730.5,
  year: 8766,
};

/** Power of a whole cluster rather than of one device: "5 MW"; not "400 W". */
const WHOLE_POWER = /^[MG]W/;
