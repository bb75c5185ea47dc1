import type { Candidate } from "./candidate.ts";
import { gapOf, NEAR_ENOUGH, widthOf } from "./evidence.ts";
import type { Place } from "./surroundings.ts";

/** A test that is wider than this, in logarithms, says little. */
const WIDEST = 0.05;

/** Nearer than this, in logarithms, is to the digit. */
const MET = 0.002;

/** An energy that is further from what the PUE makes of another was not worked out with it. */
const MOST_OF_PUE = 0.02;

/** What figures give each other to the digit, whichever of them is claimed: which are parts of which, and which energies hold the PUE. */
export class Known {
  readonly #wholesOf = new Map<number, Set<number>>();
  readonly #partsOf = new Map<number, Set<number>>();
  /** Energies that are another, or a power and a time, multiplied by the PUE; and those others. */
  readonly #withPue = new Set<number>();
  readonly #beforePue = new Set<number>();

  /** What the words beside figures say: "10 MWh at the meter", "10 MWh (PUE 1.2 included)". */
  constructor(places: readonly Place[]) {
    for (const [at, { mention }] of places.entries())
      if (mention.kind === "energy" && mention.qualifiers.includes("with-pue")) this.#withPue.add(at);
  }

  note(candidate: Candidate): void {
    const { claim, shape, terms, counts } = candidate;
    const isSum = shape === "sum" && terms.length >= 2;
    const isWithPue = claim.quantity.mention.kind === "energy" && counts.length === 0 && isTimesPue(candidate);
    if (!isSum && !isWithPue) return;
    // What is met to the digit tests much, however round its figures are.
    const off = Math.abs(claim.log - candidate.log);
    const isMet = off < MET;
    // A round PUE leaves room for more than it makes.
    if (isWithPue && off > MOST_OF_PUE) return;
    // What is told before the energy that it would be worked out from is as well what that was worked out from.
    if (isWithPue && terms.some(({ value }) => value.at > claim.at && value.quantity.mention.kind === "energy")) return;
    if (gapOf(claim.strict, candidate.strict) > NEAR_ENOUGH || (!isMet && widthOf(candidate) > WIDEST)) return;
    for (const { value, sign } of terms) {
      if (isSum) {
        addTo(this.#wholesOf, value.at, claim.at);
        addTo(this.#partsOf, claim.at, value.at);
      } else if (sign > 0 && value.quantity.mention.kind === "energy") this.#beforePue.add(value.at);
    }
    if (isWithPue) this.#withPue.add(claim.at);
  }

  /** Whether a figure is one part of what another figure than the claim tells as a whole. */
  isPart(at: number, claim: number): boolean {
    const wholes = this.#wholesOf.get(at);
    return wholes !== undefined && wholes.size > (wholes.has(claim) ? 1 : 0);
  }

  /** Whether the parts of a figure are told, the claim being none of them. */
  isWhole(at: number, claim: number): boolean {
    const parts = this.#partsOf.get(at);
    return parts !== undefined && !parts.has(claim);
  }

  holdsPue(at: number): boolean {
    return this.#withPue.has(at);
  }

  /** Whether an energy that holds the PUE is multiplied by it. */
  isPueTwice(candidate: Candidate): boolean {
    return isTimesPue(candidate) && candidate.terms.some(({ value, sign }) => sign > 0 && this.holdsPue(value.at));
  }

  /** Whether it is told beside the same energy with the PUE. */
  isBesideWithPue(at: number): boolean {
    return this.#beforePue.has(at);
  }
}

/** A product in which the PUE is a factor. */
export function isTimesPue({ shape, terms }: Candidate): boolean {
  return shape === "product" && terms.some(({ value, sign }) => sign > 0 && value.quantity.mention.kind === "pue");
}

function addTo(sets: Map<number, Set<number>>, key: number, value: number): void {
  const known = sets.get(key);
  if (known === undefined) sets.set(key, new Set([value]));
  else known.add(value);
}
