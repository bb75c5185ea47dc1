import type { Catalog, Equation } from "../model/catalog.ts";
import type { Candidate } from "./candidate.ts";
import { type Dimensions, keyOf, NO_DIMENSION, times } from "./dimensions.ts";
import { type Slots, slotsOf } from "./typed-value.ts";

/** The equation that a product is, and whether it is solved for its result. */
export interface Named {
  readonly equation: Equation;
  readonly isForward: boolean;
}

const KNOWN = new WeakMap<Catalog, ReadonlyMap<string, readonly Named[]>>();

/** The equation of the catalog that works with the same dimensions; those that only estimate come last. */
export function equationOf(catalog: Catalog, candidate: Candidate): Named | null {
  if (candidate.shape !== "product" || candidate.counts.length > 0) return null;
  const kept = NAMED.get(catalog) ?? new WeakMap<Candidate, Named | null>();
  NAMED.set(catalog, kept);
  const known = kept.get(candidate);
  if (known !== undefined) return known;
  const named = namedBy(catalog, candidate);
  kept.set(candidate, named);
  return named;
}

/** A candidate is asked for its equation again and again. */
const NAMED = new WeakMap<Catalog, WeakMap<Candidate, Named | null>>();

function namedBy(catalog: Catalog, candidate: Candidate): Named | null {
  const found = signaturesOf(catalog).get(signatureOf(candidate)) ?? [];
  if (found.length < 2) return found[0] ?? null;
  const slots = new Set([candidate.claim, ...candidate.terms.map(({ value }) => value)].map(({ reading }) => reading.slot));
  const matches = (named: Named): number =>
    [named.equation.result, ...named.equation.terms.map(({ slot }) => slot)].filter((slot) => slots.has(slot)).length;
  return [...found].sort((left, right) => matches(right) - matches(left) || Number(right.isForward) - Number(left.isForward))[0] ?? null;
}

function signatureOf({ claim, terms, definitions }: Candidate): string {
  return text(
    claim.key,
    [
      ...terms.map(({ value, sign }) => `${sign > 0 ? "*" : "/"}${value.key}`),
      ...definitions
        .filter(({ definition }) => definition.source !== null)
        .map(({ definition, sign }) => `${sign > 0 ? "*" : "/"}${definition.key}`),
    ],
    Number(
      definitions
        .reduce((product, { definition }) => (definition.source === null ? product * definition.value : product), 1)
        .toPrecision(6),
    ),
  );
}

function text(result: string, terms: readonly string[], constant: number): string {
  const told = `${result} = ${[...terms].sort().join(" ")} ${constant}`;
  return told.includes("money ") ? told.replaceAll(/money [A-Z]+/g, "money") : told;
}

function signaturesOf(catalog: Catalog): ReadonlyMap<string, readonly Named[]> {
  const known = KNOWN.get(catalog);
  if (known !== undefined) return known;
  const slots = slotsOf(catalog);
  const signatures = new Map<string, Named[]>();
  for (const equation of catalog.equations) {
    if (equation.status === "retired" || equation.form !== "product") continue;
    const sides = [{ slot: equation.result, power: -1 }, ...equation.terms];
    const keys = sides.map(({ slot }) => keyOf(dimensionsOfSlot(slots, slot)));
    const units = sides.reduce((product, { slot, power }) => product * scaleOf(catalog, slot) ** -power, 1);
    const constant = Number((equation.constant * units).toPrecision(6));
    for (const [own, { power }] of sides.entries()) {
      const others = sides.flatMap((side, index) => {
        if (index === own) return [];
        const sign = -side.power * Math.sign(power);
        return Array.from({ length: Math.abs(side.power) }, () => `${sign > 0 ? "*" : "/"}${keys[index]}`);
      });
      const key = text(keys[own] ?? "", others, constant);
      const named = { equation, isForward: own === 0 };
      signatures.set(key, [...(signatures.get(key) ?? []), named]);
    }
  }
  KNOWN.set(catalog, signatures);
  return signatures;
}

/** What brings a value of a slot to the hours in which all times are told here. */
function scaleOf({ slots }: Catalog, slot: string): number {
  if (slot.endsWith("_1e12_token")) return 1e-12;
  return slots.find(({ id }) => id === slot)?.unit.includes("/s") === true ? 3600 : 1;
}

/** "flop_per_sample" is a flop by a sample, though no line of the catalog says so. */
function dimensionsOfSlot(slots: Slots, slot: string): Dimensions {
  const known = slots.of(slot);
  const cut = slot.indexOf("_per_");
  if (known !== null || cut < 0) return known ?? NO_DIMENSION;
  return times(slots.of(slot.slice(0, cut)) ?? NO_DIMENSION, { [slot.slice(cut + "_per_".length)]: 1 }, -1);
}

const CONSTANTS = new WeakMap<Catalog, ReadonlyMap<string, ReadonlySet<number>>>();

/** Whether an equation works with the same dimensions and a constant that the product lacks: three times the forward pass. */
export function lacksConstant(catalog: Catalog, candidate: Candidate): boolean {
  if (candidate.shape !== "product" || candidate.counts.length > 0 || candidate.definitions.length > 0) return false;
  let constants = CONSTANTS.get(catalog);
  if (constants === undefined) {
    const found = new Map<string, Set<number>>();
    for (const signature of signaturesOf(catalog).keys()) {
      const cut = signature.lastIndexOf(" ");
      found.set(signature.slice(0, cut), (found.get(signature.slice(0, cut)) ?? new Set()).add(Number(signature.slice(cut + 1))));
    }
    constants = found;
    CONSTANTS.set(catalog, constants);
  }
  const own = signatureOf(candidate);
  const cut = own.lastIndexOf(" ");
  const known = constants.get(own.slice(0, cut));
  return known !== undefined && !known.has(Number(own.slice(cut + 1)));
}
