import { append } from "../model/many.ts";
import type { Quantity } from "../model/quantity.ts";
import type { Run, SubjectTie } from "../model/run.ts";
import type { HardwareTie } from "./product-tie.ts";
import {
  areCompatible,
  areHardwareCompatible,
  isOtherReading,
  isPremise,
  isTraining,
  kindOf,
  type QuantityGroup,
  type StageClass,
} from "./quantity-group.ts";

/** A run while it is being put together. */
export interface OpenRun {
  readonly groups: readonly QuantityGroup[];
  /** Quantities that are stated once for many runs, or that another run of the paragraph lends to this one. */
  readonly lent: readonly Quantity[];
  readonly tie: Run["tie"];
}

const NAMED_TIES: ReadonlySet<SubjectTie> = new Set(["cell", "sentence", "paragraph", "heading"]);

const STRENGTH: readonly Run["tie"][] = ["row", "sentence", "paragraph", "section", "document"];

/** What a different speaker may say otherwise of the same run: the outcome, not the set-up. */
const DISPUTED: ReadonlySet<string> = new Set(["cost", "energy", "carbon", "flop", "accelerator-hours"]);

export function openRun(group: QuantityGroup): OpenRun {
  return { groups: [group], lent: [], tie: group.line === null ? "sentence" : "row" };
}

export function merged(run: OpenRun, other: OpenRun, tie: Run["tie"]): OpenRun {
  return {
    groups: [...run.groups, ...other.groups].sort((left, right) => left.span.start - right.span.start),
    lent: [...run.lent, ...other.lent],
    tie: weakest([run.tie, other.tie, tie]),
  };
}

export function weakest(ties: readonly Run["tie"][]): Run["tie"] {
  return ties.reduce((left, right) => (STRENGTH.indexOf(left) >= STRENGTH.indexOf(right) ? left : right), "row");
}

export function keyOfRun(run: OpenRun): string {
  return run.groups[0]?.key ?? "";
}

/** A run that takes in others one by one; what is known of it grows with it. */
export interface GrowingRun extends OpenRun {
  readonly groups: QuantityGroup[];
  tie: Run["tie"];
}

export function growingRun({ groups, lent, tie }: OpenRun): GrowingRun {
  return { groups: [...groups], lent, tie };
}

/** Takes another run in, which lends nothing yet. */
export function absorb(run: GrowingRun, other: OpenRun, tie: Run["tie"]): void {
  const last = run.groups.at(-1)?.span.start ?? 0;
  const isBehind = (other.groups[0]?.span.start ?? 0) >= last;
  append(run.groups, other.groups);
  if (!isBehind) run.groups.sort((left, right) => left.span.start - right.span.start);
  run.tie = weakest([run.tie, other.tie, tie]);
  const known = HOLDINGS.get(run);
  if (known === undefined) return;
  if (!isBehind) HOLDINGS.delete(run);
  else for (const group of other.groups) hold(known, group);
}

/** What the figures of a run are, in order. */
interface Holdings {
  readonly quantities: Set<Quantity>;
  readonly byKind: Map<string, Quantity[]>;
  /** Numbers of accelerators, by value. */
  readonly counts: Map<number, Quantity[]>;
  /** Tables that its lines are of. */
  readonly tables: Set<number>;
  stage: StageClass;
  list: readonly Quantity[] | null;
}

const HOLDINGS = new WeakMap<OpenRun, Holdings>();

function holdingsOf(run: OpenRun): Holdings {
  const known = HOLDINGS.get(run);
  if (known !== undefined) return known;
  const holdings: Holdings = { quantities: new Set(), byKind: new Map(), counts: new Map(), tables: new Set(), stage: "any", list: null };
  for (const group of run.groups) hold(holdings, group);
  for (const quantity of run.lent) holdOne(holdings, quantity);
  HOLDINGS.set(run, holdings);
  return holdings;
}

function hold(holdings: Holdings, { quantities, line, stage }: QuantityGroup): void {
  for (const quantity of quantities) holdOne(holdings, quantity);
  if (line !== null) holdings.tables.add(line.table);
  if (holdings.stage === "any") holdings.stage = stage;
}

function holdOne(holdings: Holdings, quantity: Quantity): void {
  if (holdings.quantities.has(quantity)) return;
  holdings.quantities.add(quantity);
  holdings.list = null;
  push(holdings.byKind, kindOf(quantity), quantity);
  if (quantity.mention.kind === "accelerators") push(holdings.counts, quantity.mention.value, quantity);
}

function push<K>(map: Map<K, Quantity[]>, key: K, quantity: Quantity): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [quantity]);
  else known.push(quantity);
}

export function quantitiesOf(run: OpenRun): readonly Quantity[] {
  const holdings = holdingsOf(run);
  holdings.list ??= [...holdings.quantities];
  return holdings.list;
}

/** The figures of one kind that a run has. */
export function ofKind(run: OpenRun, kind: string): readonly Quantity[] {
  return holdingsOf(run).byKind.get(kind) ?? [];
}

export function hardwareOf(run: OpenRun): HardwareTie | null {
  return (
    run.groups.find((group) => group.hardware !== null && group.hardware.ids.length > 0)?.hardware ??
    run.groups.find((group) => group.hardware !== null)?.hardware ??
    null
  );
}

export function stageOfRun(run: OpenRun): StageClass {
  return holdingsOf(run).stage;
}

/** Whether the model of the run is named beside one of its figures, not merely taken from the title. */
export function isNamed(run: OpenRun): boolean {
  return run.groups.some((group) => group.key !== "" && NAMED_TIES.has(group.belonging.tie));
}

/** Whether the model of the run is only what was spoken of some paragraphs before. */
export function isLoose(run: OpenRun): boolean {
  return run.groups.every((group) => group.belonging.tie === "section");
}

export function isHypothetical(run: OpenRun): boolean {
  return run.groups.every((group) => group.isHypothetical);
}

/** Whether the later one may be of the model and stage that the earlier one is of. */
export function areRivals(earlier: OpenRun, later: OpenRun): boolean {
  return keyOfRun(earlier) === keyOfRun(later) && followsStage(stageOfRun(earlier), stageOfRun(later));
}

/**
 * Whether two runs can be one: same model, compatible stage and product, no set-up or outcome that differs.
 *
 * Two lines of one table never are one run. An outcome may differ between speakers: that is what is to be checked.
 */
export function areJoinable(run: OpenRun, other: OpenRun): boolean {
  if (!areRivals(run, other) || !areHardwareCompatible(hardwareOf(run), hardwareOf(other))) return false;
  if (hasRivalLine(run, other) || hasOtherReading(run, other)) return false;
  return areCompatible((kind) => ofKind(run, kind), quantitiesOf(other), mayDiffer);
}

/** Whether one states the same number as the other for another unit of hardware: an alternative reading of the same print. */
export function hasOtherReading(run: OpenRun, other: OpenRun): boolean {
  const { counts } = holdingsOf(run);
  return quantitiesOf(other).some(
    ({ mention }) => isPremise(mention) && (counts.get(mention.value) ?? []).some((quantity) => isOtherReading(quantity.mention, mention)),
  );
}

/**
 * Whether a figure said later can be of the stage spoken of before.
 *
 * "any" is training without a named stage. It goes on with the stage before it, and before pre-training it is that; but tuning
 * that is spoken of after it is something new. Sums over everything stay by themselves.
 */
function followsStage(earlier: StageClass, later: StageClass): boolean {
  if (earlier === later) return true;
  if (earlier === "all" || later === "all") return false;
  return later === "any" ? isTraining(earlier) : earlier === "any" && later === "pretrain";
}

function hasRivalLine(run: OpenRun, other: OpenRun): boolean {
  const { tables } = holdingsOf(run);
  return other.groups.some(({ line }) => line !== null && tables.has(line.table));
}

function mayDiffer(left: Quantity, right: Quantity): boolean {
  return (
    DISPUTED.has(left.mention.kind) &&
    left.mention.speaker !== right.mention.speaker &&
    left.mention.per === null &&
    right.mention.per === null
  );
}

/**
 * Whether a run uses a product for certain: a run on "Cloud TPUs" of any version does not use the third.
 *
 * A print that names the model but not its memory ("A100") is taken for the one whose memory is known.
 */
export function usesProduct(run: OpenRun, product: HardwareTie): boolean {
  const own = hardwareOf(run);
  if (own === null || own.ids.length === 0 || product.ids.length === 0) return false;
  const isAmong = own.ids.every((id) => product.ids.includes(id));
  return isAmong || (/\d/.test(own.text) && product.ids.every((id) => own.ids.includes(id)));
}
