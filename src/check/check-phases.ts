import type { Finding, Step } from "../model/finding.ts";
import { largest } from "../model/many.ts";
import type { Mention } from "../model/mention.ts";
import type { Figure, NonEmpty, Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { statementFinding } from "./statement-finding.ts";
import { stepsOfTwo } from "./working.ts";

/** Accelerators that ran for some time, of a run that has more than one such part. */
interface Phase {
  readonly count: Quantity;
  readonly time: Quantity;
}

/** How far accelerator-hours may lie from the sum of the phases beyond rounding. */
const MOST_SPREAD = 1.03;

/** Accelerator-hours in prose against the phases that the same sentence tells: "6,144 chips for 1,200 hours, then 3,072 for 336". */
export function checkPhases(runs: readonly Run[]): readonly Finding[] {
  const claims = runs.flatMap((run) => {
    const [only, ...others] = run.quantities;
    return only !== undefined && others.length === 0 && isClaim(only) ? [only] : [];
  });
  const told = new Map<number, Set<Run>>();
  for (const run of claims.length === 0 ? [] : runs)
    for (const { mention } of run.quantities) {
      if (mention.cell !== null) continue;
      const known = told.get(mention.sentence.start);
      if (known === undefined) told.set(mention.sentence.start, new Set([run]));
      else known.add(run);
    }
  return claims.flatMap((claim) => {
    const isBeside = ({ cell, sentence, role }: Mention): boolean =>
      cell === null && sentence.start === claim.mention.sentence.start && role === claim.mention.role;
    return phasesFinding(claim, phasesIn([...(told.get(claim.mention.sentence.start) ?? [])], isBeside), runs);
  });
}

function isClaim({ mention }: Quantity): boolean {
  return mention.kind === "accelerator-hours" && mention.cell === null && mention.per === null && mention.role !== "hypothetical";
}

/** One count and one time of a run, of the mentions that are asked for. */
export function phasesIn(runs: readonly Run[], isOf: (mention: Mention) => boolean): readonly Phase[] {
  const found = runs.flatMap((run): readonly Phase[] => {
    const of = (slot: string): readonly Quantity[] =>
      run.quantities.filter((quantity) => isOf(quantity.mention) && quantity.mention.per === null && quantity.readings[0].slot === slot);
    const [counts, times] = [of("accelerators"), of("wall_time")];
    const [count, time] = [counts[0], times[0]];
    return count !== undefined && time !== undefined && counts.length === 1 && times.length === 1 ? [{ count, time }] : [];
  });
  // A phase is told in the text and again in a table.
  return found.filter((phase, index) => found.findIndex((other) => isSamePhase(other, phase)) === index);
}

/** The accelerator-hours that phases add up to, compared with a claim; nothing where there are fewer than two. */
export function phasesFinding(claim: Quantity, distinct: readonly Phase[], runs: readonly Run[]): readonly Finding[] {
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
  const merged = mergedPhases(distinct) / scale;
  const isMerged = merged >= printed.low / MOST_SPREAD && merged <= printed.high * MOST_SPREAD;
  const steps: Step[] = distinct.flatMap(({ count, time }, index): readonly Step[] => {
    const part = parts[index];
    return part === undefined
      ? []
      : stepsOfTwo({ rule: "accelerator-hours/phases", first: count, operator: "*", second: time, result: part });
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
  const agrees = printed.low <= recomputed.high * MOST_SPREAD && recomputed.low <= printed.high * MOST_SPREAD;
  return [
    statementFinding(claim.mention, runs, "accelerator-hours/phases", {
      stated: printed,
      recomputed,
      agrees,
      steps,
      premises,
      atMostWarning: !isMerged,
      ...(agrees || !isMerged
        ? {}
        : {
            cause: {
              diagnosis: "phases-merged",
              factor: printed.value / recomputed.value,
              certainty: "named" as const,
              words: "the largest count was multiplied with the hours of all phases",
              fits: null,
            },
          }),
    }),
  ];
}

/** What comes out if the largest count is taken for all phases. Units: those of the slots. */
function mergedPhases(all: readonly Phase[]): number {
  const hours = all.reduce((total, { time }) => total + time.readings[0].width.face, 0);
  return largest(all.map(({ count }) => count.readings[0].width.face)) * hours;
}

function isSamePhase(left: Phase, right: Phase): boolean {
  const isSame = (one: Quantity, other: Quantity): boolean => one.readings[0].width.face === other.readings[0].width.face;
  return isSame(left.count, right.count) && isSame(left.time, right.time);
}
