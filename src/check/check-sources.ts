/**
 * The claims of an article against the facts of the papers it talks about.
 *
 * A figure that both state must be the same; one that only the article states must follow from what the paper states. Only figures of
 * one model are compared, and a figure of another scope (all experiments, one epoch) never.
 */
import type { Finding } from "../model/finding.ts";
import type { MentionId, MentionKind } from "../model/mention.ts";
import type { Figure, Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { phasesFinding, phasesIn } from "./check-phases.ts";
import { statementFinding } from "./statement-finding.ts";
import { readStep } from "./working.ts";

/** What a paper and an article may both tell of a run. */
const TOLD: ReadonlySet<MentionKind> = new Set([
  "accelerators",
  "wall-time",
  "accelerator-hours",
  "cost",
  "energy",
  "carbon",
  "flop",
  "parameters",
  "tokens",
  "steps",
  "batch",
  "power",
  "pue",
  "carbon-intensity",
  "price",
  "mfu",
]);

/** How far two tellings of one figure may differ beyond rounding. */
const MOST_SPREAD = 1.03;

/** Figures further apart than this are of two different things. */
const MOST_APART = 1000;

/** Compares every figure of the article with those of the sources in its run. `shared` holds runs with figures of both. */
export function checkSources(shared: readonly Run[], own: ReadonlySet<MentionId>): readonly Finding[] {
  const byClaim = Map.groupBy(
    shared.flatMap((run) =>
      run.quantities.filter((quantity) => own.has(quantity.mention.id) && isTold(quantity)).map((claim) => ({ claim, run })),
    ),
    ({ claim }) => claim.mention.id,
  );
  return [...byClaim.values()].flatMap((cases) => {
    const [first] = cases;
    if (first === undefined) return [];
    const runs = cases.map(({ run }) => run);
    const foreign = phasesIn(runs, ({ id }) => !own.has(id));
    const isHours = first.claim.mention.kind === "accelerator-hours";
    return [...sameFigure(first.claim, runs, own), ...(isHours ? phasesFinding(first.claim, foreign, runs) : [])];
  });
}

function isTold({ mention }: Quantity): boolean {
  return (
    TOLD.has(mention.kind) &&
    mention.per === null &&
    mention.role !== "hypothetical" &&
    mention.number.range === null &&
    mention.number.form !== "vague"
  );
}

/** The same figure in a source: one that agrees is enough; where all differ, the nearest is told. */
function sameFigure(claim: Quantity, runs: readonly Run[], own: ReadonlySet<MentionId>): readonly Finding[] {
  const told = runs
    .flatMap((run) => run.quantities)
    .filter((quantity) => !own.has(quantity.mention.id) && isTold(quantity) && isSameKind(claim, quantity));
  const agreeing = told.find((quantity) => agree(claim, quantity));
  if (told.length === 0 || (agreeing === undefined && agreesAsProduct(claim, runs, own))) return [];
  const nearest = [...told].sort((left, right) => distance(claim, left) - distance(claim, right))[0];
  const other = agreeing ?? nearest;
  if (other === undefined || (agreeing === undefined && Math.abs(distance(claim, other)) > Math.log(MOST_APART))) return [];
  // Several figures of a kind are of several stages or models: which of them is meant is not known.
  if (agreeing === undefined && new Set(told.map((quantity) => quantity.readings[0].width.face)).size > 1) return [];
  return [compared(claim, other, runs)];
}

function isSameKind(left: Quantity, right: Quantity): boolean {
  const [one, other] = [left.readings[0], right.readings[0]];
  const areStages = left.mention.stage === null || right.mention.stage === null || left.mention.stage === right.mention.stage;
  return one.slot === other.slot && one.currency === other.currency && one.baseUnit === other.baseUnit && areStages;
}

function agree(left: Quantity, right: Quantity): boolean {
  return left.readings.some((one) =>
    right.readings.some(
      (other) =>
        one.slot === other.slot &&
        one.width.generous.low <= other.width.generous.high * MOST_SPREAD &&
        other.width.generous.low <= one.width.generous.high * MOST_SPREAD,
    ),
  );
}

function distance(left: Quantity, right: Quantity): number {
  return Math.abs(Math.log(left.readings[0].width.face / right.readings[0].width.face));
}

/** "992 for 34 days" and "1024 for 33 days": the product is what both tell, the count and the time are rounded differently. */
function agreesAsProduct(claim: Quantity, runs: readonly Run[], own: ReadonlySet<MentionId>): boolean {
  if (claim.mention.kind !== "accelerators" && claim.mention.kind !== "wall-time") return false;
  return runs.some((run) => {
    const product = (isOwn: boolean): number => {
      const of = (slot: string): number =>
        run.quantities.find((quantity) => own.has(quantity.mention.id) === isOwn && quantity.readings[0].slot === slot)?.readings[0].width
          .face ?? Number.NaN;
      return of("accelerators") * of("wall_time");
    };
    return Math.abs(product(true) / product(false) - 1) < MOST_SPREAD - 1;
  });
}

function compared(claim: Quantity, other: Quantity, runs: readonly Run[]): Finding {
  const [own, told] = [claim.readings[0], other.readings[0]];
  const scale = own.width.face / own.printed.value;
  const { width } = told;
  const recomputed: Figure = {
    value: width.face / scale,
    low: width.generous.low / scale,
    high: width.generous.high / scale,
    unit: own.printed.unit,
  };
  return statementFinding(claim.mention, runs, "pair/same", {
    stated: own.printed,
    recomputed,
    agrees: agree(claim, other),
    steps: [readStep(other)],
    premises: [other.mention.id],
    // Two tellings with doubt in either are no error.
    atMostWarning: claim.mention.hedge !== null || other.mention.hedge !== null || claim.readings.length > 1 || other.readings.length > 1,
  });
}
