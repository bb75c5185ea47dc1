import type { Catalog } from "../model/catalog.ts";
import type { Candidate, Definition, Named } from "./candidate.ts";
import type { Kept } from "./dimension-table.ts";
import { type Dimensions, keyOf, NO_DIMENSION, times } from "./dimensions.ts";
import { type Slots, slotsOf } from "./typed-value.ts";

/** A factor by its dimension. */
export interface Factor {
  readonly factor: Kept;
  readonly sign: 1 | -1;
  readonly definition: Definition | null;
}

/** The equation of the catalog that works with the same dimensions; those that only estimate come last. */
export function equationOf(candidate: Candidate): Named | null {
  const { shape, counts, structure } = candidate;
  if (shape !== "product" || counts.length > 0 || structure === null) return null;
  const { named } = structure;
  return named.length < 2 ? (named[0] ?? null) : bestNamed(named, candidate);
}

function bestNamed(named: readonly Named[], { claim, terms }: Candidate): Named | null {
  const isUsed = (slot: string): boolean => claim.reading.slot === slot || terms.some(({ value }) => value.reading.slot === slot);
  let best: Named | null = null;
  let most = -1;
  for (const each of named) {
    let matches = Number(isUsed(each.equation.result));
    for (const { slot } of each.equation.terms) if (isUsed(slot)) matches += 1;
    if (matches < most || (matches === most && (best?.isForward === true || !each.isForward))) continue;
    best = each;
    most = matches;
  }
  return best;
}

/** The equations with a result and factors of the same dimensions. */
export function namedBy(catalog: Catalog, result: string, factors: readonly Factor[]): readonly Named[] {
  return signaturesOf(catalog).get(signatureOf(result, factors)) ?? [];
}

function signatureOf(result: string, factors: readonly Factor[]): string {
  const told = factors.filter(({ definition }) => definition === null || definition.source !== null);
  const constant = factors.reduce(
    (product, { definition }) => (definition === null || definition.source !== null ? product : product * definition.value),
    1,
  );
  return text(
    result,
    told.map(({ factor, sign }) => `${sign > 0 ? "*" : "/"}${factor.key}`),
    Number(constant.toPrecision(6)),
  );
}

function text(result: string, terms: readonly string[], constant: number): string {
  const told = `${result} = ${[...terms].sort().join(" ")} ${constant}`;
  return told.includes("money ") ? told.replaceAll(/money [A-Z]+/g, "money") : told;
}

const KNOWN = new WeakMap<Catalog, ReadonlyMap<string, readonly Named[]>>();

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

/** Whether an equation works with the same dimensions and a constant that the factors lack. */
export function hasOtherConstant(catalog: Catalog, result: string, factors: readonly Factor[]): boolean {
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
  const own = signatureOf(result, factors);
  const cut = own.lastIndexOf(" ");
  const known = constants.get(own.slice(0, cut));
  return known !== undefined && !known.has(Number(own.slice(cut + 1)));
}
