import type { Table } from "../model/document.ts";
import type { Mention, MentionKind } from "../model/mention.ts";
import type { Quantity } from "../model/quantity.ts";
import { contains } from "../model/span.ts";
import { hardwareOf, isLoose, keyOfRun, type OpenRun, quantitiesOf, stageOfRun, usesProduct, weakest } from "./open-run.ts";
import { areEqual, areHardwareCompatible, isPremise, isShared, isTraining, kindOf, type QuantityGroup } from "./quantity-group.ts";

interface Scene {
  readonly sectionOf: (block: number) => number;
  readonly tables: readonly Table[];
}

/** A quantity that runs other than its own may take, and the runs it is for. */
interface Offer {
  readonly quantity: Quantity;
  readonly group: QuantityGroup;
  readonly fits: (run: OpenRun) => boolean;
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
  const offers = groups.flatMap((group) => group.quantities.flatMap((quantity) => offersOf(scene, runs, group, quantity)));
  if (offers.length === 0) return runs;
  return runs.map((run) => {
    if (!isTraining(stageOfRun(run)) || isOnlyShared(run)) return run;
    const own = quantitiesOf(run);
    const lent: Quantity[] = [];
    for (const slot of new Set(offers.map((offer) => slotOf(offer.quantity)))) {
      if (own.some((quantity) => slotOf(quantity) === slot)) continue;
      const taken = nearestOf(
        scene,
        run,
        offers.filter((offer) => slotOf(offer.quantity) === slot && !own.includes(offer.quantity) && offer.fits(run)),
      );
      if (taken !== null) lent.push(taken);
    }
    return lent.length === 0 ? run : { ...run, lent: [...run.lent, ...lent], tie: weakest([run.tie, "paragraph"]) };
  });
}

function offersOf(scene: Scene, runs: readonly OpenRun[], group: QuantityGroup, quantity: Quantity): readonly Offer[] {
  const { mention } = quantity;
  const beside = runs.filter((run) => keyOfRun(run) !== "" && run.groups.some((other) => other.block === group.block));
  const isAlone = (run: OpenRun): boolean => beside.every((other) => other === run);
  const table = tableAbove(scene, mention);
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
function tableAbove(scene: Scene, mention: Mention): number | null {
  const captioned = scene.tables.findIndex((table) => table.caption !== null && contains(table.caption, mention.span));
  if (captioned >= 0) return captioned;
  const { cell } = mention;
  const header =
    cell === null ? undefined : scene.tables[cell.table]?.cells.find((other) => other.row === cell.row && other.column === cell.column);
  return cell !== null && header?.header === true && cell.row === 0 ? cell.table : null;
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

function nearestOf(scene: Scene, run: OpenRun, offers: readonly Offer[]): Quantity | null {
  const blocks = new Set(run.groups.map((group) => group.block));
  const sections = new Set(run.groups.map((group) => scene.sectionOf(group.block)));
  const levels = [
    (offer: Offer): boolean => blocks.has(offer.group.block),
    (offer: Offer): boolean => sections.has(scene.sectionOf(offer.group.block)),
    (): boolean => true,
  ];
  for (const isNear of levels) {
    const near = offers.filter(isNear);
    const first = near[0];
    if (first === undefined) continue;
    const isAgreed = near.every((offer) => kindOf(offer.quantity) === kindOf(first.quantity) && areEqual(offer.quantity, first.quantity));
    return isAgreed ? first.quantity : null;
  }
  return null;
}

/** A rate for the whole run ("$256 per hour") is another thing than a price per device. */
function slotOf(quantity: Quantity): string {
  const { mention } = quantity;
  return `${mention.kind} ${mention.per ?? ""} ${mention.kind === "price" && isWholeRate(mention) ? "whole" : ""}`;
}

function isWholeRate(mention: Mention): boolean {
  return mention.noun === null && mention.hardware === null && !/accelerator|chip|device|core|node|gpu|tpu/.test(mention.unit);
}

function isOnlyShared(run: OpenRun): boolean {
  return quantitiesOf(run).every((quantity) => isShared(quantity));
}

function familyOf(key: string): string {
  return key.slice(0, key.indexOf("/"));
}
