import type { MentionKind } from "../model/mention.ts";
import type { Quantity } from "../model/quantity.ts";
import { isHypothetical, keyOfRun, type OpenRun, quantitiesOf, stageOfRun } from "./open-run.ts";
import { areCompatible, isTraining } from "./quantity-group.ts";

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
  return runs.map((run) => {
    if (!isCandidate(run)) return run;
    const others = (families.get(familyOf(keyOfRun(run))) ?? []).filter((other) => other !== run && mayBeOneModel(run, other));
    const lent = BUNDLES.flatMap((bundle) => bundleFor(run, others, bundle));
    return lent.length === 0 ? run : { ...run, lent: [...run.lent, ...lent] };
  });
}

function isCandidate(run: OpenRun): boolean {
  const key = keyOfRun(run);
  const isWhole = quantitiesOf(run).every(({ mention }) => mention.per === null || !AMOUNTS.has(mention.kind));
  return key !== "" && !key.startsWith("/") && !key.endsWith("total") && isWhole && !isHypothetical(run) && isTraining(stageOfRun(run));
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
function bundleFor(run: OpenRun, others: readonly OpenRun[], bundle: readonly MentionKind[]): readonly Quantity[] {
  const inBundle = (each: OpenRun): readonly Quantity[] =>
    quantitiesOf(each).filter((quantity) => bundle.includes(quantity.mention.kind) && quantity.mention.per === null);
  if (inBundle(run).length > 0) return [];
  const having = others.filter((other) => inBundle(other).length > 0);
  const [only] = having;
  // What two runs tell otherwise makes them two.
  const isOne =
    only !== undefined &&
    having.length === 1 &&
    areCompatible(quantitiesOf(only), quantitiesOf(run), ({ mention }) => !SET_UP.has(mention.kind));
  return isOne ? inBundle(only) : [];
}
