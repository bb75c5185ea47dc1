import type { Document } from "../model/document.ts";
import type { Finding, Step } from "../model/finding.ts";
import type { Figure, Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { statementFinding } from "./statement-finding.ts";
import { faceOf, readStep } from "./working.ts";

/** The rate of steps changes with the batch, the length of sequences and evaluation. */
const BAND = { low: 0.75, high: 1.35 };

/** Matches "after ", "the first "; not "for ": steps that a longer training went through on the way. */
const REACHED = /\b(?:after|at|within|the first|by)\s(?:only\s|just\s|about\s|the first\s)?$/i;

/** Steps, and the time they took. */
export interface Stretch {
  readonly steps: Quantity;
  readonly time: Quantity;
}

/**
 * Checks the time of the first steps of a training by that of all: at one rate, a fifth of the steps takes a fifth of the time.
 *
 * Only within one paragraph that tells one training as a whole and one stretch of it ("after 200k steps (10 hours)").
 */
export function checkPrefix(document: Document, quantities: readonly Quantity[], runs: readonly Run[]): readonly Finding[] {
  const inText = quantities.filter(({ mention }) => mention.cell === null && mention.role === "own" && mention.per === null);
  const blocks = Map.groupBy(inText, ({ mention }) => mention.block);
  return [...blocks.values()].flatMap((inside) => {
    const stretches = stretchesIn(inside);
    const [one, other] = stretches;
    if (one === undefined || other === undefined || stretches.length > 2) return [];
    const [whole, part] = faceOf(one.steps) > faceOf(other.steps) ? [one, other] : [other, one];
    const before = document.text.slice(Math.max(0, part.steps.mention.span.start - 24), part.steps.mention.span.start);
    const isPart =
      REACHED.test(before) &&
      !REACHED.test(document.text.slice(Math.max(0, whole.steps.mention.span.start - 24), whole.steps.mention.span.start));
    return isPart && faceOf(whole.steps) > faceOf(part.steps) ? [compareStretches(whole, part, runs, "warning")] : [];
  });
}

/** Sentences with one number of steps and one time. */
function stretchesIn(inside: readonly Quantity[]): readonly Stretch[] {
  const told = inside.filter(({ readings }) => readings[0].slot === "steps" || readings[0].slot === "wall_time");
  return [...Map.groupBy(told, ({ mention }) => mention.sentence.start).values()].flatMap((figures) => {
    const steps = figures.filter(({ readings }) => readings[0].slot === "steps");
    const times = figures.filter(({ readings }) => readings[0].slot === "wall_time");
    const [only, time] = [steps[0], times[0]];
    return only === undefined || time === undefined || steps.length > 1 || times.length > 1 ? [] : [{ steps: only, time }];
  });
}

/** The time of a stretch by that of another, in the unit in which its own is printed. */
function timeAtPace(base: Stretch, other: Stretch): Figure {
  const { width, printed } = other.time.readings[0];
  const scale = (width.face / printed.value) * (faceOf(base.steps) / faceOf(other.steps));
  const { face, generous } = base.time.readings[0].width;
  return { value: face / scale, low: generous.low / scale, high: generous.high / scale, unit: printed.unit };
}

/** Whether two stretches took their time at one rate of steps. */
export function areAtOnePace(base: Stretch, other: Stretch): boolean {
  const { printed } = other.time.readings[0];
  const at = timeAtPace(base, other);
  return printed.low <= at.high * BAND.high && printed.high >= at.low * BAND.low;
}

/** The finding on the time of a stretch, which is judged by the pace of another one. */
export function compareStretches(base: Stretch, other: Stretch, runs: readonly Run[], most: "warning" | "note"): Finding {
  const recomputed = timeAtPace(base, other);
  const rests = [base.steps, base.time, other.steps];
  const premises = rests.map(({ mention }) => mention.id);
  const steps: readonly Step[] = [
    ...rests.map(readStep),
    {
      kind: "compute",
      rule: "time/prefix",
      terms: [
        { operator: "*", figure: base.time.readings[0].printed },
        { operator: "*", figure: other.steps.readings[0].printed },
        { operator: "/", figure: base.steps.readings[0].printed },
      ],
      result: recomputed,
      from: premises,
      facts: [],
    },
  ];
  return statementFinding(other.time.mention, runs, "time/prefix", {
    stated: other.time.readings[0].printed,
    recomputed,
    agrees: areAtOnePace(base, other),
    steps,
    premises,
    atMostWarning: true,
    atMostNote: most === "note",
  });
}
