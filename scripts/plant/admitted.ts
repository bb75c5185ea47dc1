import type { Catalog } from "../../src/model/catalog.ts";
import type { Interval } from "../../src/model/interval.ts";
import type { Mention, MentionKind } from "../../src/model/mention.ts";
import type { Claim, Consistent } from "./claims.ts";
import type { Mutation } from "./mutations.ts";
import { numberOf, placeOf } from "./number-print.ts";

/** What checks of tables let pass beyond rounding. */
const COLUMN_BAND = 1.02;
const STAGES_BAND = 1.03;

/** What a duration in whole or half units may be short of what it took. */
const TIME_BAND = 1.03;

/** Whether what rounding and the band of the equation admit holds the changed figure: nobody could tell it from what was meant. */
export function isAdmitted(catalog: Catalog, { finding }: Claim, mention: Mention, { factor, printed }: Mutation): boolean {
  const isClaim = mention.id === finding.claim;
  if (finding.rule === "table/total" && !isClaim) return isAdmittedInSum(finding, mention, factor);
  if (finding.rule === "table/stages" && !isClaim) return isAdmittedInStages(finding, mention, factor);
  const rules = new Set(finding.steps.flatMap((step) => (step.kind === "compute" ? [step.rule] : [])));
  const slack = catalog.equations
    .filter(({ id }) => rules.has(id))
    .reduce((band, { slack: own }) => ({ low: band.low * own.low, high: band.high * own.high }), { low: 1, high: 1 });
  const table = finding.rule === "table/column" ? COLUMN_BAND : finding.rule === "table/stages" ? STAGES_BAND * TIME_BAND : 1;
  const { stated, recomputed } = finding;
  const spread = roundingOf(printed, mention.kind);
  const effects = [factor * spread.low, factor, factor * spread.high];
  return (isClaim ? effects : effects.flatMap((effect) => [effect, 1 / effect])).some(
    (effect) => stated.low * effect <= recomputed.high * slack.high * table && stated.high * effect >= (recomputed.low * slack.low) / table,
  );
}

/** A term of a sum changes it by what it changes itself, in the unit in which the total is printed. */
function isAdmittedInSum({ steps, stated, recomputed }: Consistent, mention: Mention, factor: number): boolean {
  const read = steps.flatMap((step) => (step.kind === "read" ? [step.figure.value] : []));
  const change = (mention.value * (factor - 1) * recomputed.value) / read.reduce((total, value) => total + value, 0);
  return stated.low <= recomputed.high + change && stated.high >= recomputed.low + change;
}

/** Work over rate of one stage is a part of the time. */
function isAdmittedInStages({ steps, stated, recomputed }: Consistent, mention: Mention, factor: number): boolean {
  const part = steps.find((step) => step.kind === "compute" && step.from.length === 2 && step.from.includes(mention.id));
  const own = part?.kind === "compute" ? part.result.value : 0;
  const value = recomputed.value + own * ((mention.kind === "throughput" ? 1 / factor : factor) - 1);
  return stated.low <= value * STAGES_BAND && stated.high * STAGES_BAND * TIME_BAND >= value;
}

/** Kinds that are rounded; what is chosen is printed as it is. */
const MEASURED: ReadonlySet<MentionKind> = new Set(["cost", "accelerator-hours", "energy", "carbon"]);

/** A number of one digit claims no more than its place. */
const ONE_DIGIT = 9.5;

/** Figures claim as much as the digits they are then printed with: "$1000" may be $1,200. As shares of the printed value. */
function roundingOf(printed: string, kind: MentionKind): Interval {
  const number = /\d[\d,]*(?:\.\d+)?/.exec(printed)?.[0];
  if (number === undefined || !MEASURED.has(kind)) return { low: 1, high: 1 };
  const value = numberOf(number);
  const place = placeOf(number);
  return { low: 1 - (value / place < ONE_DIGIT ? place : place / 2) / value, high: 1 + place / value };
}
