import type { Cause, Finding } from "../model/finding.ts";
import type { MentionId } from "../model/mention.ts";
import type { Group } from "./compare.ts";

/** The first of the groups that agree, or another that works with the same figures and comes nearer: 6 FLOP rather than 8. */
export function closestGroup(consistent: readonly Group[]): Group | undefined {
  const [first] = consistent;
  const figures = (group: Group): readonly string[] => group.leading.estimate.premises.map(({ mention }) => mention.id);
  const same = consistent.filter(
    (group) => first !== undefined && figures(first).every((figure) => figures(group).includes(figure)) && rankOf(group) <= rankOf(first),
  );
  return same.toSorted((left, right) => Math.abs(Math.log(left.leading.ratio)) - Math.abs(Math.log(right.leading.ratio)))[0];
}

/** How far the figures of a group are from the claim, in whole steps; what is looked up is furthest. */
function rankOf(group: Group): number {
  return Math.floor(group.rank / 100);
}

/** Of findings under several readings none of which fits, the one that a known slip explains, else the first; what is usual says nothing where what is stated says something. */
export function nearestSlip(all: readonly Finding[]): Finding | undefined {
  const stated = all.filter((finding) => finding.verdict === "inconsistent" && !restsOnUsual(finding));
  const found = stated.length > 0 ? stated : all;
  const isNamed = (finding: Finding): boolean =>
    "cause" in finding && finding.cause?.certainty === "named" && isAtFace(finding.ratio, finding.cause);
  return found.find((finding) => "ratio" in finding && isPowerOfTen(finding.ratio)) ?? found.find(isNamed) ?? found[0];
}

function restsOnUsual({ steps }: Finding): boolean {
  return steps.some((step) => step.kind === "look-up" && step.fact.nature === "default");
}

/** The same of sets of premises that are as near to the claim as the first. `isExplained` asks whether a slip makes one agree. */
export function nearestSlipOf(groups: readonly Group[], isExplained: (group: Group) => boolean): Group | undefined {
  const [first] = groups;
  const near = groups.filter((group) => first !== undefined && group.verdict === first.verdict && rankOf(group) === rankOf(first));
  return near.find((group) => isPowerOfTen(group.leading.ratio)) ?? (near.length > 1 ? near.find(isExplained) : undefined) ?? first;
}

/** How near the face values must come to a factor for it to choose between readings. */
const AT_FACE = 0.01;

export function isAtFace(ratio: number, { factor }: Cause): boolean {
  return Math.abs(ratio / factor - 1) <= AT_FACE;
}

function isPowerOfTen(ratio: number): boolean {
  const exponent = Math.abs(Math.log10(ratio));
  return exponent > 0.5 && Math.abs(exponent - Math.round(exponent)) < MOVED_POINT_TOLERANCE;
}

const MOVED_POINT_TOLERANCE = 0.003;

/** Readings lighter than this leave nothing open. */
const LEAST_OPEN_WEIGHT = 0.1;

/**
 * Whether a disagreement rests on one reading of a figure that may be another kind of quantity, from which nothing was worked out.
 *
 * "$2 an hour" may be what one device costs or what all of them do; an equation that takes it for the one says nothing of the other.
 * Figures whose kind is `settled` otherwise leave nothing open.
 */
export function restsOnOpenReading(all: readonly Group[], group: Group, settled: ReadonlySet<MentionId>): boolean {
  return group.leading.estimate.premises.some((premise) => {
    if (settled.has(premise.mention.id)) return false;
    const slots = new Set(premise.readings.filter((reading) => reading.weight >= LEAST_OPEN_WEIGHT).map((reading) => reading.slot));
    return [...slots].some((slot) => !all.some((other) => readsAs(other, premise.mention.id, slot)));
  });
}

function readsAs({ leading }: Group, mention: string, slot: string): boolean {
  return leading.estimate.steps.some((step) => step.kind === "read" && step.mention === mention && step.slot === slot);
}
