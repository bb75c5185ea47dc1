import type { Table } from "../model/document.ts";
import { headLength } from "../model/head-length.ts";
import { smallest } from "../model/many.ts";
import type { Mention, MentionKind } from "../model/mention.ts";
import type { Quantity } from "../model/quantity.ts";
import { contains, type Span } from "../model/span.ts";
import { type SpanIndex, spanIndexOf } from "../model/span-index.ts";
import { cellAt } from "../model/table-cells.ts";
import { hardwareOf, isLoose, keyOfRun, type OpenRun, quantitiesOf, stageOfRun, usesProduct, weakest } from "./open-run.ts";
import {
  areEqual,
  areHardwareCompatible,
  isPremise,
  isShared,
  isTraining,
  isWholeRate,
  kindOf,
  type QuantityGroup,
} from "./quantity-group.ts";

interface Scene {
  readonly sectionOf: (block: number) => number;
  readonly tables: readonly Table[];
}

/** A quantity that runs other than its own may take, and the runs it is for. */
interface Fitting {
  readonly quantity: Quantity;
  readonly group: QuantityGroup;
  readonly fits: (run: OpenRun) => boolean;
}

/** An offer with its place among all. */
interface Offer extends Fitting {
  readonly order: number;
}

/** What a caption or header says of every line under it: set-up and work, never an outcome. */
const SETTING_KINDS: ReadonlySet<MentionKind> = new Set([
  "accelerators",
  "nodes",
  "wall-time",
  "tokens",
  "samples",
  "steps",
  "epochs",
  "batch",
  "sequence-length",
  "parameters",
  "price",
  "pue",
  "carbon-intensity",
  "power",
]);

/**
 * Gives every run what is stated once for all.
 *
 * That is: price, PUE, carbon intensity and power of one device, for the same product; what a caption or header says, for the
 * lines of its table; how fast one device of a model is, for its other runs; the cards of a family ("all models ran on 8 cards"), for its members in the paragraph. A run that has such
 * a figure keeps its own. Otherwise it takes the nearest: of its block, of its section, of the document; of two that differ it
 * takes neither. What is said of one model is lent to no other.
 */
export function lendShared(scene: Scene, runs: readonly OpenRun[], groups: readonly QuantityGroup[]): readonly OpenRun[] {
  const company = companyOf(scene, runs);
  const offers = groups
    .flatMap((group) => group.quantities.flatMap((quantity) => offersOf(scene, company, group, quantity)))
    .map((offer, order): Offer => ({ ...offer, order }));
  if (offers.length === 0) return runs;
  const shelves = [...Map.groupBy(offers, (offer) => slotOf(offer.quantity))].map(([slot, all]) => ({ slot, shelf: shelfOf(scene, all) }));
  return runs.map((run) => {
    if (!isTraining(stageOfRun(run)) || isOnlyShared(run)) return run;
    const own = new Set(quantitiesOf(run));
    const slots = new Set([...own].map(slotOf));
    const lent: Quantity[] = [];
    for (const { slot, shelf } of shelves) {
      if (slots.has(slot)) continue;
      const taken = nearestOf(scene, run, shelf, (offer) => !own.has(offer.quantity) && offer.fits(run));
      if (taken !== null) lent.push(taken);
    }
    return lent.length === 0 ? run : { ...run, lent: [...run.lent, ...lent], tie: weakest([run.tie, "paragraph"]) };
  });
}

/** What is asked of all runs and tables of a document. */
interface Company {
  /** The runs of a model, by the blocks in which they tell something. */
  readonly named: ReadonlyMap<number, ReadonlySet<OpenRun>>;
  readonly captions: SpanIndex<{ readonly span: Span; readonly index: number }>;
}

function companyOf(scene: Scene, runs: readonly OpenRun[]): Company {
  const named = new Map<number, Set<OpenRun>>();
  for (const run of runs) {
    if (keyOfRun(run) === "") continue;
    for (const { block } of run.groups) {
      const known = named.get(block);
      if (known === undefined) named.set(block, new Set([run]));
      else known.add(run);
    }
  }
  const captions = scene.tables.flatMap(({ caption }, index) => (caption === null ? [] : [{ span: caption, index }]));
  return { named, captions: spanIndexOf(captions) };
}

function offersOf(scene: Scene, company: Company, group: QuantityGroup, quantity: Quantity): readonly Fitting[] {
  const { mention } = quantity;
  const isAlone = (run: OpenRun): boolean => {
    const beside = company.named.get(group.block);
    return beside === undefined || (beside.size === 1 && beside.has(run));
  };
  const table = tableAbove(scene, company, mention);
  if (table !== null && SETTING_KINDS.has(mention.kind) && mention.per === null) {
    const isOfTable = (run: OpenRun): boolean =>
      run.groups.some((other) => other.line?.table === table && !other.quantities.includes(quantity));
    return [
      {
        quantity,
        group,
        fits: (run) =>
          isOfTable(run) || (isShared(quantity) && mention.cell === null && isForAll(run, quantity, group, false, isAlone(run))),
      },
    ];
  }
  if (isShared(quantity)) return [{ quantity, group, fits: (run) => isForAll(run, quantity, group, true, isAlone(run)) }];
  if (isRateOfProduct(quantity, group))
    return [{ quantity, group, fits: (run) => group.hardware !== null && usesProduct(run, group.hardware) }];
  if (WORK_KINDS.has(mention.kind) && mention.per === null && mention.cell === null)
    return [{ quantity, group, fits: (run) => keyOfRun(run) === group.key && run.groups.some((other) => other.block === group.block) }];
  if (isRate(quantity) && mention.role !== "hypothetical")
    return [{ quantity, group, fits: (run) => isOfModel(scene, run, quantity, group) }];
  const isOfFamily =
    group.key.endsWith("/") && group.key.length > 1 && !group.quantities.some((other) => other.mention.kind === "wall-time");
  if (isOfFamily && isPremise(mention) && mention.kind !== "wall-time")
    return [{ quantity, group, fits: (run) => isMemberBeside(run, group) }];
  return [];
}

/** The table whose caption or header row the figure stands in; null for any other place. */
function tableAbove(scene: Scene, { captions }: Company, { span, cell }: Mention): number | null {
  const captioned = captions.overlapping(span).filter((caption) => contains(caption.span, span));
  if (captioned.length > 0) return smallest(captioned.map(({ index }) => index));
  const table = cell === null || cell.row > 0 ? undefined : scene.tables[cell.table];
  const header = cell === null || table === undefined ? undefined : cellAt(table, cell.row, cell.column);
  return cell !== null && header?.header === true ? cell.table : null;
}

/** `mayBeBound`: what is said of one model is that model's; a caption speaks of all. */
function isForAll(run: OpenRun, quantity: Quantity, group: QuantityGroup, mayBeBound: boolean, isAlone: boolean): boolean {
  const { mention } = quantity;
  const { tie } = group.belonging;
  const isBound = mayBeBound && (tie === "sentence" || tie === "cell" || tie === "paragraph");
  if (isBound && familyOf(group.key) !== familyOf(keyOfRun(run))) return false;
  if (mention.cell !== null || !isTraining(group.stage)) return false;
  const isBeside = run.groups.some((other) => other.block === group.block);
  // What the whole of a run costs by the hour is said of that run alone.
  if (mention.kind === "price" && isWholeRate(mention) && !isBeside && (group.key === "" || group.key !== keyOfRun(run))) return false;
  if (isLoose(run) && !isBeside) return false;
  if (mention.role === "other" && !isBound && quantitiesOf(run).some((other) => other.mention.role === "own")) return false;
  if (mention.kind === "pue" || mention.kind === "carbon-intensity") return mention.role !== "other" || isBound;
  const isUnnamed = group.hardware === null || group.hardware.ids.length === 0;
  const isOfAnyDevice = isUnnamed && (mention.kind === "power" || (mention.kind === "price" && mention.noun === "gpu"));
  // A rate of no product and no model is that of the run told beside it, where no other is.
  if (isUnnamed && isBeside && group.key === "" && mention.kind === "price" && (isWholeRate(mention) || mention.noun === "node"))
    return isAlone;
  return isOfAnyDevice || (group.hardware !== null && usesProduct(run, group.hardware));
}

/** How fast one device, or one step, of a model is: the same for every run of the model on the product. */
function isRate({ mention }: Quantity): boolean {
  if (mention.cell !== null) return false;
  return RATE_KINDS.has(mention.kind) ? mention.per === null : mention.kind === "wall-time" && PARTS.has(mention.per ?? "");
}

/** "9.5 TFLOPS for the P100": said of a product and of no run. */
function isRateOfProduct({ mention, readings }: Quantity, group: QuantityGroup): boolean {
  const isAlone = group.quantities.every((other) => other.mention.kind === "flop-rate");
  const isOfOne = readings[0].slot === "flop_rate" && mention.hedge === null;
  return isOfOne && mention.cell === null && isAlone && (group.hardware?.ids.length ?? 0) > 0;
}

/** How much a run goes through: told once in a paragraph, for what it says of its parts and variants. */
const WORK_KINDS: ReadonlySet<MentionKind> = new Set(["samples", "tokens", "steps"]);

const RATE_KINDS: ReadonlySet<MentionKind> = new Set(["throughput", "step-time", "sequence-length"]);

const PARTS: ReadonlySet<string> = new Set(["epoch", "step", "iteration", "sample"]);

/** Another run of the model on hardware that can be the same; without a name, of the same section. Sequences are as long for the whole family. */
function isOfModel(scene: Scene, run: OpenRun, quantity: Quantity, group: QuantityGroup): boolean {
  if (quantity.mention.kind === "sequence-length" && group.key !== "" && familyOf(keyOfRun(run)) === familyOf(group.key)) return true;
  if (keyOfRun(run) !== group.key) return false;
  if (quantitiesOf(run).every((own) => own.mention.role === "hypothetical")) return false;
  const isWhole = quantity.mention.kind === "throughput" && !quantity.mention.unit.includes("/accelerator");
  if (isWhole || !areHardwareCompatible(hardwareOf(run), group.hardware)) return false;
  return group.key !== "" || run.groups.some((other) => scene.sectionOf(other.block) === scene.sectionOf(group.block));
}

/** A member of the family in the same paragraph that has no count of its own. */
function isMemberBeside(run: OpenRun, group: QuantityGroup): boolean {
  const key = keyOfRun(run);
  const hasCount = quantitiesOf(run).some((quantity) => isPremise(quantity.mention) && quantity.mention.kind !== "wall-time");
  return (
    key !== group.key &&
    familyOf(key) === familyOf(group.key) &&
    !hasCount &&
    run.groups.some((other) => other.block === group.block && other.line === null)
  );
}

/** The offers of one slot, in reading order and by place. */
interface Shelf {
  readonly all: readonly Offer[];
  readonly byBlock: ReadonlyMap<number, readonly Offer[]>;
  readonly bySection: ReadonlyMap<number, readonly Offer[]>;
}

function shelfOf(scene: Scene, all: readonly Offer[]): Shelf {
  return {
    all,
    byBlock: Map.groupBy(all, ({ group }) => group.block),
    bySection: Map.groupBy(all, ({ group }) => scene.sectionOf(group.block)),
  };
}

/** Of very many offers those around a run are looked at, so many on either side. */
const MOST_OFFERS = 64;

function nearestOf(scene: Scene, run: OpenRun, { all, byBlock, bySection }: Shelf, isFit: (offer: Offer) => boolean): Quantity | null {
  const blocks = new Set(run.groups.map((group) => group.block));
  const sections = new Set(run.groups.map((group) => scene.sectionOf(group.block)));
  const start = run.groups[0]?.span.start ?? 0;
  for (const lists of [[...blocks].map((block) => byBlock.get(block)), [...sections].map((section) => bySection.get(section)), [all]]) {
    const near = lists.flatMap((list) => around(list ?? [], start).filter(isFit));
    const [first] = near.sort((left, right) => left.order - right.order);
    if (first === undefined) continue;
    const isAgreed = near.every((offer) => kindOf(offer.quantity) === kindOf(first.quantity) && areEqual(offer.quantity, first.quantity));
    return isAgreed ? first.quantity : null;
  }
  return null;
}

function around(offers: readonly Offer[], start: number): readonly Offer[] {
  if (offers.length <= 2 * MOST_OFFERS) return offers;
  const middle = headLength(offers, ({ group }) => group.span.start < start);
  return offers.slice(Math.max(0, middle - MOST_OFFERS), middle + MOST_OFFERS);
}

/** A rate for the whole run ("$256 per hour") is another thing than a price per device. */
function slotOf(quantity: Quantity): string {
  const { mention } = quantity;
  return `${mention.kind} ${mention.per ?? ""} ${mention.kind === "price" && isWholeRate(mention) ? "whole" : ""}`;
}

function isOnlyShared(run: OpenRun): boolean {
  return quantitiesOf(run).every((quantity) => isShared(quantity));
}

function familyOf(key: string): string {
  return key.slice(0, key.indexOf("/"));
}
