/**
 * The claims of an article against the facts of the papers it talks about.
 *
 * A figure that both state must be the same; one that only the article states must follow from what the paper states. Only figures of
 * one model are compared, and a figure of another scope (all experiments, one epoch) never.
 */
import type { Finding, Step } from "../model/finding.ts";
import type { MentionId, MentionKind } from "../model/mention.ts";
import type { Figure, NonEmpty, Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { statementFinding } from "./statement-finding.ts";

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
    return [...sameFigure(first.claim, runs, own), ...phases(first.claim, runs, own)];
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
  const ratio = own.width.face / width.face;
  const steps: readonly Step[] = [readStep(other), { kind: "compare", stated: own.printed, recomputed, ratio, claim: claim.mention.id }];
  return statementFinding(claim.mention, runs, "pair/same", {
    stated: own.printed,
    recomputed,
    ratio,
    agrees: agree(claim, other),
    exact: Math.abs(ratio - 1) < 1e-6,
    steps,
    premises: [other.mention.id],
    // Two tellings with doubt in either are no error.
    atMostWarning: claim.mention.hedge !== null || other.mention.hedge !== null || claim.readings.length > 1 || other.readings.length > 1,
  });
}

interface Phase {
  readonly count: Quantity;
  readonly time: Quantity;
}

/** Accelerator-hours of an article against the phases that a source tells: "6,144 chips for 1,200 hours and 3,072 for 336". */
function phases(claim: Quantity, runs: readonly Run[], own: ReadonlySet<MentionId>): readonly Finding[] {
  if (claim.mention.kind !== "accelerator-hours") return [];
  const found = runs.flatMap((run): readonly Phase[] => {
    const of = (slot: string): readonly Quantity[] =>
      run.quantities.filter(
        (quantity) => !own.has(quantity.mention.id) && quantity.mention.per === null && quantity.readings[0].slot === slot,
      );
    const [counts, times] = [of("accelerators"), of("wall_time")];
    const [count, time] = [counts[0], times[0]];
    return count !== undefined && time !== undefined && counts.length === 1 && times.length === 1 ? [{ count, time }] : [];
  });
  // A source tells a phase in its text and again in a table.
  const distinct = found.filter((phase, index) => found.findIndex((other) => isSamePhase(other, phase)) === index);
  if (distinct.length < 2) return [];
  const reading = claim.readings[0];
  const scale = reading.width.face / reading.printed.value;
  const parts = distinct.map(({ count, time }): Figure => {
    const [units, hours] = [count.readings[0].width, time.readings[0].width];
    return {
      value: (units.face * hours.face) / scale,
      low: (units.generous.low * hours.generous.low) / scale,
      high: (units.generous.high * hours.generous.high) / scale,
      unit: reading.printed.unit,
    };
  });
  const sum = (pick: (figure: Figure) => number): number => parts.reduce((total, part) => total + pick(part), 0);
  const recomputed: Figure = {
    value: sum((part) => part.value),
    low: sum((part) => part.low),
    high: sum((part) => part.high),
    unit: reading.printed.unit,
  };
  const { printed } = reading;
  const ratio = printed.value / recomputed.value;
  const merged = mergedPhases(distinct) / scale;
  const isMerged = merged >= printed.low / MOST_SPREAD && merged <= printed.high * MOST_SPREAD;
  const steps: Step[] = distinct.flatMap(({ count, time }, index): readonly Step[] => {
    const part = parts[index];
    return part === undefined ? [] : [readStep(count), readStep(time), productStep(count, time, part)];
  });
  const [first, ...rest] = parts;
  const premises = distinct.flatMap(({ count, time }) => [count.mention.id, time.mention.id]);
  if (first !== undefined) {
    const terms: NonEmpty<{ readonly operator: "*" | "+"; readonly figure: Figure }> = [
      { operator: "*", figure: first },
      ...rest.map((figure) => ({ operator: "+" as const, figure })),
    ];
    steps.push({ kind: "compute", rule: "accelerator-hours/phases", terms, result: recomputed, from: premises, facts: [] });
  }
  steps.push({ kind: "compare", stated: printed, recomputed, ratio, claim: claim.mention.id });
  const agrees = printed.low <= recomputed.high * MOST_SPREAD && recomputed.low <= printed.high * MOST_SPREAD;
  return [
    statementFinding(claim.mention, runs, "accelerator-hours/phases", {
      stated: printed,
      recomputed,
      ratio,
      agrees,
      exact: Math.abs(ratio - 1) < 1e-6,
      steps,
      premises,
      atMostWarning: !isMerged,
      ...(agrees || !isMerged
        ? {}
        : {
            cause: {
              diagnosis: "phases-merged",
              factor: ratio,
              certainty: "named" as const,
              words: "the largest count was multiplied with the hours of all phases",
              fits: null,
            },
          }),
    }),
  ];
}

function isSamePhase(left: Phase, right: Phase): boolean {
  const isSame = (one: Quantity, other: Quantity): boolean => one.readings[0].width.face === other.readings[0].width.face;
  return isSame(left.count, right.count) && isSame(left.time, right.time);
}

/** What comes out if the largest count is taken for all phases. Units: those of the slots. */
function mergedPhases(all: readonly Phase[]): number {
  const hours = all.reduce((total, { time }) => total + time.readings[0].width.face, 0);
  return Math.max(...all.map(({ count }) => count.readings[0].width.face)) * hours;
}

function readStep({ mention, readings }: Quantity): Step {
  const { slot, printed } = readings[0];
  return { kind: "read", mention: mention.id, slot, figure: printed, assumes: [] };
}

function productStep(count: Quantity, time: Quantity, result: Figure): Step {
  const figure = ({ readings: [{ width, baseUnit }] }: Quantity): Figure => ({
    value: width.face,
    low: width.generous.low,
    high: width.generous.high,
    unit: baseUnit,
  });
  return {
    kind: "compute",
    rule: "accelerator-hours/phases",
    terms: [
      { operator: "*", figure: figure(count) },
      { operator: "*", figure: figure(time) },
    ],
    result,
    from: [count.mention.id, time.mention.id],
    facts: [],
  };
}
