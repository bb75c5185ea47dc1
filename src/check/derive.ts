import type { Catalog, Equation } from "../model/catalog.ts";
import { headLength } from "../model/head-length.ts";
import { isUnitUntold, type Mention, type MentionId } from "../model/mention.ts";
import type { Quantity, Reading } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { type Estimate, solve, stated } from "./estimate.ts";

/** Equations in a row between a claim and what it rests on; longer chains say nothing that a reader could follow. */
const MOST_LINKS = 3;

/** Stated figures of one slot that are tried, nearest to the claim first. */
const MOST_STATED = 6;

/** Combinations of readings and figures that are tried for one equation. */
const MOST_COMBINATIONS = 64;

/** Where estimates come from: a run, the catalog, and what the user assumed. */
export interface Ground {
  readonly catalog: Catalog;
  readonly run: Run;
  /** The base unit in which a slot of this run is worked out. */
  readonly baseUnit: (slot: string) => string;
  /** Estimates for a slot that no figure of the run gives: assumptions of the user, dated facts. */
  readonly outside: (slot: string, claim: Mention) => readonly Estimate[];
  /** Figures that may be of several kinds by their words, and whose kind other lines of their table settle. */
  readonly settled: ReadonlySet<MentionId>;
  /** Whether a mention stands in a source that was given with the document. */
  readonly isForeign: (mention: Mention) => boolean;
  /** Whether two products can be one: null is unnamed and can be anything. */
  readonly compatible: (left: string | null, right: string | null) => boolean;
}

/**
 * Every estimate of a claim's slot that does not rest on the claim.
 *
 * Works backwards from the claim: a premise that the run states is taken from there, one that it does not is derived through
 * another equation, and only what can be had in neither way is looked up. No figure supports itself.
 */
export function derive(ground: Ground, claim: Quantity, slot: string): readonly Estimate[] {
  return throughEquations(ground, slot, towards(claim.mention, slot));
}

/** The value of `slot` that would make the claim true, from the claim and the other figures of the run. */
export function deriveMissing(ground: Ground, claim: Quantity, slot: string): readonly Estimate[] {
  return throughEquations(ground, slot, around(claim.mention, slot)).filter((estimate) =>
    estimate.premises.some((premise) => premise.mention.id === claim.mention.id),
  );
}

/** What a run's own figures give for a slot that none of them states; `near` is a mention of the run, from which distances are taken. */
export function deriveFact(ground: Ground, near: Mention, slot: string): readonly Estimate[] {
  return throughEquations(ground, slot, around(near, slot));
}

/** The search for what a claim is worked out from, in which it supports nothing itself. */
function towards(claim: Mention, slot: string): Search {
  return { claim, excluded: new Set([claim.id]), visited: new Set([slot]), links: 0, forward: true, taken: new Map() };
}

/** The search for what all figures around a mention give. */
function around(claim: Mention, slot: string): Search {
  return { claim, excluded: new Set(), visited: new Set([slot]), links: 0, forward: false, taken: new Map() };
}

/** The slots that would have to be known before the claim could be worked out, by the equation that lacks the fewest. */
export function missingSlots(
  ground: Ground,
  claim: Quantity,
  slot: string,
): { readonly equation: Equation; readonly missing: readonly string[] } | null {
  let best: { equation: Equation; missing: readonly string[] } | null = null;
  const search = towards(claim.mention, slot);
  for (const { equation } of usesOf(ground.catalog, slot)) {
    if (equation.result !== slot || !equation.asks) continue;
    const missing = equation.terms.flatMap((term) => lacking(ground, term.slot, search));
    const isAllMissing = missing.length >= equation.terms.length;
    if (missing.length > 0 && !isAllMissing && (best === null || missing.length < best.missing.length)) best = { equation, missing };
  }
  return best;
}

interface Search {
  readonly claim: Mention;
  readonly excluded: ReadonlySet<string>;
  readonly visited: ReadonlySet<string>;
  readonly links: number;
  /** Only equations whose result is the slot: of the figures that disagree, the result is the claim and the others are its premises. */
  readonly forward: boolean;
  /** What the run states for the slots that were asked for: the same for the claim, whichever equation asks. */
  readonly taken: Map<string, readonly Estimate[]>;
}

/** An equation with a slot in it, and its other slots, those of its result and terms in turn. */
interface Use {
  readonly equation: Equation;
  readonly others: readonly string[];
}

const USES = new WeakMap<Catalog, ReadonlyMap<string, readonly Use[]>>();

/** The equations that a slot stands in, in the order of the catalog; those that are retired left out. */
function usesOf(catalog: Catalog, slot: string): readonly Use[] {
  let index = USES.get(catalog);
  if (index === undefined) {
    const uses = new Map<string, Use[]>();
    for (const equation of catalog.equations) {
      if (equation.status === "retired") continue;
      const slots = [equation.result, ...equation.terms.map((term) => term.slot)];
      for (const name of new Set(slots)) {
        const use = { equation, others: slots.filter((other) => other !== name) };
        const known = uses.get(name);
        if (known === undefined) uses.set(name, [use]);
        else known.push(use);
      }
    }
    index = uses;
    USES.set(catalog, index);
  }
  return index.get(slot) ?? [];
}

/** What is missing for one slot: nothing, itself, or what the equation that lacks least would need. */
function lacking(ground: Ground, slot: string, search: Search): readonly string[] {
  if (premisesFor(ground, slot, search).length > 0) return [];
  let best: readonly string[] = [slot];
  if (search.links + 1 >= MOST_LINKS) return best;
  const deeper: Search = { ...search, visited: new Set([...search.visited, slot]), links: search.links + 1, forward: false };
  for (const { equation } of usesOf(ground.catalog, slot)) {
    if (equation.result !== slot || !equation.asks) continue;
    if (equation.terms.some((term) => search.visited.has(term.slot))) continue;
    const missing = equation.terms.flatMap((term) => lacking(ground, term.slot, deeper));
    if (missing.length < equation.terms.length && missing.length <= best.length) best = missing;
  }
  return best;
}

function premisesFor(ground: Ground, slot: string, search: Search): readonly Estimate[] {
  const direct = statedFor(ground.run, slot, search);
  if (direct.length > 0) return direct;
  const deeper: Search = { ...search, visited: new Set([...search.visited, slot]), links: search.links + 1, forward: false };
  const derived = search.links + 1 < MOST_LINKS ? throughEquations(ground, slot, deeper) : [];
  return derived.length > 0 ? derived : ground.outside(slot, search.claim);
}

/** What is stated or looked up, never worked out. */
function given(ground: Ground, slot: string, search: Search): readonly Estimate[] {
  const direct = statedFor(ground.run, slot, search);
  return direct.length > 0 ? direct : ground.outside(slot, search.claim);
}

function throughEquations(ground: Ground, slot: string, search: Search): readonly Estimate[] {
  const estimates: Estimate[] = [];
  for (const { equation, others } of usesOf(ground.catalog, slot)) {
    if ((search.forward || equation.forwardOnly) && equation.result !== slot) continue;
    if (others.some((other) => search.visited.has(other))) continue;
    // An equation that only estimates stands at the end of no chain but its own.
    const isEstimate = equation.severityCap === "note";
    if (isEstimate && search.links > 0) continue;
    const inputs: (readonly Estimate[])[] = [];
    const deeper = { ...search, visited: new Set([...search.visited, ...others]) };
    for (const other of others) {
      const found = isEstimate ? given(ground, other, deeper) : premisesFor(ground, other, deeper);
      if (found.length === 0) break;
      inputs.push(found);
    }
    if (inputs.length < others.length) continue;
    for (const combination of combinations(inputs)) {
      if (!areCompatible(ground, combination)) continue;
      const estimate = solve(equation, slot, combination, ground.baseUnit(slot));
      if (estimate !== null && Number.isFinite(estimate.width.face) && estimate.width.face > 0) estimates.push(estimate);
    }
  }
  return estimates;
}

/** Figures of one slot that are looked at around a claim; a run that tells more of one thing repeats itself. */
const MOST_NEARBY = 48;

const BY_SLOT = new WeakMap<Run, ReadonlyMap<string, readonly Quantity[]>>();

/** The run's figures that can be of the slot, in reading order; of very many those around the claim. */
function nearby(run: Run, slot: string, claim: Mention): readonly Quantity[] {
  let index = BY_SLOT.get(run);
  if (index === undefined) {
    const slots = new Map<string, Quantity[]>();
    for (const quantity of run.quantities) {
      for (const name of new Set(quantity.readings.map((reading) => reading.slot))) {
        const known = slots.get(name);
        if (known === undefined) slots.set(name, [quantity]);
        else known.push(quantity);
      }
    }
    index = slots;
    BY_SLOT.set(run, index);
  }
  const all = index.get(slot) ?? [];
  if (all.length <= MOST_NEARBY) return all;
  const at = headLength(all, ({ mention }) => mention.span.start < claim.span.start);
  const from = Math.max(0, at - MOST_NEARBY / 2);
  return all.slice(from, from + MOST_NEARBY);
}

/**
 * The run's own figures for a slot, nearest to the claim first.
 *
 * Figures that repeat one another stand in once, by the nearest. A plan or a thought experiment supports only claims of its own
 * sentence; a vague number ("a few days") supports nothing.
 */
function statedFor(run: Run, slot: string, search: Search): readonly Estimate[] {
  const taken = search.taken.get(slot) ?? findStated(run, slot, search);
  search.taken.set(slot, taken);
  return taken;
}

function findStated(run: Run, slot: string, search: Search): readonly Estimate[] {
  const found: { readonly quantity: Quantity; readonly reading: Reading; readonly distance: number }[] = [];
  for (const quantity of nearby(run, slot, search.claim)) {
    const { mention } = quantity;
    if (search.excluded.has(mention.id) || mention.number.form === "vague" || isBroken(mention)) continue;
    if (mention.role === "hypothetical" && search.claim.role !== "hypothetical" && mention.sentence.start !== search.claim.sentence.start)
      continue;
    for (const reading of quantity.readings) {
      if (reading.slot === slot) found.push({ quantity, reading, distance: distanceBetween(mention, search.claim) });
    }
  }
  found.sort((left, right) => left.distance - right.distance);
  const seen = new Set<string>();
  const kept: Estimate[] = [];
  const mentions = new Set<string>();
  for (const { quantity, reading } of found) {
    const key = keyOf(quantity, reading);
    if (seen.has(key) || (mentions.size >= MOST_STATED && !mentions.has(quantity.mention.id))) continue;
    seen.add(key);
    mentions.add(quantity.mention.id);
    kept.push(stated(quantity, reading));
  }
  return kept;
}

const KEYS = new WeakMap<Reading, string>();

/** One text for figures that repeat one another. */
function keyOf({ mention }: Quantity, reading: Reading): string {
  let key = KEYS.get(reading);
  if (key === undefined) {
    const assumes = reading.assumes.map(({ choice }) => choice).join();
    key = `${reading.width.face} ${reading.baseUnit} ${assumes} ${reading.currency} ${mention.noun}`;
    KEYS.set(reading, key);
  }
  return key;
}

/** A power that is only printed flat is known for what it is; any other broken number, or one without a unit, may be another. */
function isBroken(mention: Mention): boolean {
  const { repair } = mention.number;
  return isUnitUntold(mention) || (repair !== null && repair.reason !== "lost-superscript");
}

/** 0 in one row or sentence, 1 in one block, 2 in neighboring blocks or one table, 3 further away; fractions order equals. */
export function distanceBetween(left: Mention, right: Mention): number {
  const fraction = Math.min(0.9, Math.abs(left.span.start - right.span.start) / 1e6);
  if (left.cell !== null && right.cell !== null && left.cell.table === right.cell.table)
    return (left.cell.row === right.cell.row ? 0 : 2) + fraction;
  if (left.sentence.start === right.sentence.start) return fraction;
  if (left.block === right.block) return 1 + fraction;
  return (Math.abs(left.block - right.block) <= 2 ? 2 : 3) + fraction;
}

function areCompatible(ground: Ground, inputs: readonly Estimate[]): boolean {
  return inputs.every((left, index) => inputs.slice(index + 1).every((right) => ground.compatible(left.hardware, right.hardware)));
}

/** All ways to take one estimate from each list, the first of each list first, cut at `MOST_COMBINATIONS`. */
function combinations(lists: readonly (readonly Estimate[])[]): readonly (readonly Estimate[])[] {
  let result: (readonly Estimate[])[] = [[]];
  for (const list of lists) {
    result = result.flatMap((head) => list.map((estimate) => [...head, estimate])).slice(0, MOST_COMBINATIONS);
  }
  return result;
}
