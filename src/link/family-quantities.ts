import type { MentionKind } from "../model/mention.ts";
import type { Quantity } from "../model/quantity.ts";
import { hardwareOf, isHypothetical, isLoose, keyOfRun, type OpenRun, ofKind, quantitiesOf, stageOfRun } from "./open-run.ts";
import { areCompatible, areHardwareCompatible, isTraining } from "./quantity-group.ts";

/** Figures that go together: a count without its time, or with another, says nothing. */
const BUNDLES: readonly (readonly MentionKind[])[] = [["accelerators", "nodes", "wall-time"], ["energy"], ["accelerator-hours"]];

/**
 * Lends a run what only one other run of its model states: the table has the energy, the text beside it the intensity of the grid.
 *
 * "OPT" and "OPT-175B" may be one model where no third speaks of it. Where several runs of the model have the figures, which of them
 * is meant is not known, and none is lent.
 */
export function lendWithinFamily(runs: readonly OpenRun[]): readonly OpenRun[] {
  const families = Map.groupBy(runs.filter(isCandidate), (run) => familyOf(keyOfRun(run)));
  // The runs of each family that have figures of a bundle, by its place in the list: most have them all, and need none.
  const having = new Map(
    [...families].map(([family, members]) => [family, BUNDLES.map((bundle) => members.filter((run) => hasOf(run, bundle)))]),
  );
  return runs.map((run) => {
    if (!isCandidate(run)) return run;
    const known = having.get(familyOf(keyOfRun(run))) ?? [];
    const lent = BUNDLES.flatMap((bundle, index) => bundleFor(run, known[index] ?? [], bundle));
    return lent.length === 0 ? run : { ...run, lent: [...run.lent, ...lent] };
  });
}

function isCandidate(run: OpenRun): boolean {
  const key = keyOfRun(run);
  const isWhole = quantitiesOf(run).every(({ mention }) => mention.per === null || !AMOUNTS.has(mention.kind));
  return (
    key !== "" &&
    !key.startsWith("/") &&
    !key.endsWith("total") &&
    isWhole &&
    !isHypothetical(run) &&
    !isLoose(run) &&
    isTraining(stageOfRun(run))
  );
}

/** Told for one epoch or seed, they make it doubtful what the other figures of the run are for. */
const AMOUNTS: ReadonlySet<MentionKind> = new Set(["wall-time", "accelerator-hours", "cost", "energy", "carbon"]);

/** Runs that are told to differ in one of these are two; outcomes may differ by how they are counted. */
const SET_UP: ReadonlySet<MentionKind> = new Set(["accelerators", "nodes", "wall-time", "accelerator-hours"]);

function familyOf(key: string): string {
  return key.slice(0, key.indexOf("/"));
}

function mayBeOneModel(left: OpenRun, right: OpenRun): boolean {
  const [one, other] = [keyOfRun(left), keyOfRun(right)];
  const stages = [stageOfRun(left), stageOfRun(right)];
  return (one === other || one.endsWith("/") || other.endsWith("/")) && (stages.includes("any") || stages[0] === stages[1]);
}

/** The figures of the bundle of the one run that has them; nothing where the run has one of them itself. */
function bundleFor(run: OpenRun, having: readonly OpenRun[], bundle: readonly MentionKind[]): readonly Quantity[] {
  if (hasOf(run, bundle)) return [];
  const isOther = (other: OpenRun): boolean => other !== run && mayBeOneModel(run, other);
  const only = having.find(isOther);
  const isAlone = only === having.findLast(isOther);
  // What two runs tell otherwise makes them two, and so does other hardware.
  const isOne =
    only !== undefined &&
    isAlone &&
    areHardwareCompatible(hardwareOf(only), hardwareOf(run)) &&
    areCompatible(
      (kind) => ofKind(only, kind),
      quantitiesOf(run),
      ({ mention }) => !SET_UP.has(mention.kind),
    );
  return isOne ? quantitiesOf(only).filter((quantity) => isOf(quantity, bundle)) : [];
}

function hasOf(run: OpenRun, bundle: readonly MentionKind[]): boolean {
  return quantitiesOf(run).some((quantity) => isOf(quantity, bundle));
}

function isOf({ mention }: Quantity, bundle: readonly MentionKind[]): boolean {
  return bundle.includes(mention.kind) && mention.per === null;
}
