import { type Catalog, type Diagnosis, weightsOf } from "../model/catalog.ts";
import { isToldIn } from "../model/told-units.ts";
import type { Candidate, Definition, Term } from "./candidate.ts";
import type { Cue } from "./cues.ts";
import { SIX } from "./products.ts";
import type { Place } from "./surroundings.ts";
import type { TypedValue } from "./typed-value.ts";

/** A mistake that people are known to make, by which the claim would be off by a factor. */
export interface Slip {
  readonly id: string;
  /** Logarithm of stated / meant. */
  readonly log: number;
  readonly tolerance: number;
  readonly prior: number;
  readonly words: string;
  /** Its factor is a fact of the product. */
  readonly isOfProduct?: boolean;
  /** A count beside the figures makes the claim of what they give: it was multiplied, and nothing was left out. */
  readonly isFit?: boolean;
}

/** The decision whose weights say how often each slip is what happened, in hundredths. */
export const SLIPS = "slips";

/** What a slip that was never met is taken for. */
const USUAL_SHARE = 5;

/** The slips that the figures of a candidate leave room for, each with how likely it is where the claim is wrong. */
export function slipsOf(catalog: Catalog, candidate: Candidate, places: readonly Place[], cue: Cue): readonly Slip[] {
  return weighedSlips(catalog, candidate, openSlips(catalog, candidate, places, cue));
}

/** The same in parts as they come, not weighed yet: most candidates meet none of them. */
export function openSlips(catalog: Catalog, candidate: Candidate, places: readonly Place[], cue: Cue): readonly (readonly Slip[])[] {
  const parts: (readonly Slip[])[] = [];
  const add = (slips: readonly Slip[]): void => {
    if (slips.length > 0) parts.push(slips);
  };
  // What is added up was not converted by the way, nor was one figure in percent of another.
  if (isConverted(candidate)) add(fromRules(catalog, candidate, places));
  const isProduct = candidate.shape === "product";
  if (isProduct) for (const term of candidate.terms) add(fromTerm(term));
  if (isProduct) for (const { definition, sign } of candidate.definitions) add(fromDefinition(definition, sign));
  add(fromCounts(candidate));
  if (isProduct) addOthers(candidate, places, add);
  add(fromParts(candidate));
  add(fromConversion(candidate));
  add(fromBase(candidate));
  add(fromWhole(candidate, cue));
  return parts;
}

/** Open slips with how often each is what happened. */
export function weighedSlips(catalog: Catalog, candidate: Candidate, open: readonly (readonly Slip[])[]): readonly Slip[] {
  const slips = open.flat();
  const { weights } = weightsOf(catalog, SLIPS);
  const sums = new Map<string, number>();
  for (const { id, prior } of slips) sums.set(id, (sums.get(id) ?? 0) + prior);
  const asked = conversionsOf(candidate);
  const isAsked = (slip: Slip): boolean => asked.some((log) => Math.abs(log - slip.log) < slip.tolerance);
  // What has the same factor by chance is no likelier.
  const isKnown = slips.some((slip) => slip.isOfProduct === true && isAsked(slip));
  return slips.map((slip) => {
    // One slip can be made in several ways.
    const share = ((weights[slip.id] ?? USUAL_SHARE) / 100) * (slip.prior / (sums.get(slip.id) ?? 1));
    return { ...slip, prior: isAsked(slip) && (!isKnown || slip.isOfProduct === true) ? ASKED * share : share };
  });
}

/** How far beyond a slip, in logarithms, rounding may take a ratio, and no further where the figures are loose. */
export const MOST_WIDTH_OF_SLIP = 0.05;

/** How far from a slip a ratio may lie, where rounding gives it this width. */
export function reachOfSlip({ tolerance }: Slip, width: number): number {
  return Math.min(width, MOST_WIDTH_OF_SLIP) + tolerance;
}

/** Whether a ratio is that of a slip. */
export function isMetBy(slip: Slip, ratio: number, width: number): boolean {
  return Math.abs(ratio - slip.log) <= reachOfSlip(slip, width);
}

function isConverted({ shape, claim }: Candidate): boolean {
  if (shape === "product" || shape === "stages" || shape === "same") return true;
  return shape !== "sum" && shape !== "difference" && claim.quantity.mention.unit !== "percent";
}

/** How much likelier a slip is where the figures need the very conversion that it forgets: chips counted, and a price for a device of four. */
const ASKED = 10;

/** By how much the claim would be off, as a logarithm, were one conversion by a fact of the product forgotten, or all of them. */
function conversionsOf({ claim, terms, shape }: Candidate): readonly number[] {
  if (shape !== "product") return [];
  const forgotten = ({ reading }: TypedValue, sign: number): readonly number[] =>
    reading.conversion.flatMap(({ operator, figure, fact }) =>
      fact === null ? [] : [sign * (operator === "*" ? -1 : 1) * Math.log(figure.value)],
    );
  const each = [...forgotten(claim, -1), ...terms.flatMap(({ value, sign }) => forgotten(value, sign))];
  return each.length > 1 ? [...each, each.reduce((sum, log) => sum + log, 0)] : each;
}

const LEAST_TOLERANCE = 0.005;

function fromRules(catalog: Catalog, { claim, terms }: Candidate, places: readonly Place[]): readonly Slip[] {
  let known = OPENED.get(places);
  if (known === undefined) {
    known = new Opened();
    OPENED.set(places, known);
  }
  let node = known.with(known.numberOf(claim));
  for (const { value } of terms) node = node.with(known.numberOf(value));
  node.slips ??= rulesOpenFor(catalog, [claim, ...terms.map(({ value }) => value)]);
  return node.slips;
}

/** What rules open for the figures of a document, one after the other; figures that are told alike are one. */
class Opened {
  slips: readonly Slip[] | null = null;
  readonly #more: (Opened | undefined)[] = [];
  readonly #byWords = new Map<string, number>();
  readonly #numbers = new Map<TypedValue, number>();

  with(number: number): Opened {
    let more = this.#more[number];
    if (more === undefined) {
      more = new Opened();
      this.#more[number] = more;
    }
    return more;
  }

  numberOf(value: TypedValue): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    const { slot, hardware, printed } = value.reading;
    const words = `${slot} ${hardware} ${printed.unit}`;
    const number = this.#byWords.get(words) ?? this.#byWords.size;
    this.#byWords.set(words, number);
    this.#numbers.set(value, number);
    return number;
  }
}

const OPENED = new WeakMap<readonly Place[], Opened>();

function rulesOpenFor(catalog: Catalog, values: readonly TypedValue[]): readonly Slip[] {
  const readings = values.map(({ reading }) => reading);
  const slots = [...new Set(readings.map(({ slot }) => slot))].sort();
  const hardware = [...new Set(readings.flatMap(({ hardware: id }) => id ?? []))].sort();
  const units = [...new Set(readings.map(({ printed }) => printed.unit))].sort();
  const key = `${slots.join()} ${hardware.join()} ${units.join()}`;
  const cache = KNOWN_SLIPS.get(catalog) ?? new Map<string, readonly Slip[]>();
  KNOWN_SLIPS.set(catalog, cache);
  const known = cache.get(key) ?? slipsOfRules(catalog, { slots, units, hardware: new Set(hardware) });
  cache.set(key, known);
  return known;
}

/** The same slots come together again and again. */
const KNOWN_SLIPS = new WeakMap<Catalog, Map<string, readonly Slip[]>>();

/** What opens the gates of slips. */
interface Gates {
  readonly slots: readonly string[];
  readonly units: readonly string[];
  readonly hardware: ReadonlySet<string>;
}

function slipsOfRules(catalog: Catalog, { slots, units, hardware }: Gates): readonly Slip[] {
  return catalog.diagnoses.flatMap((diagnosis) => {
    if (!diagnosis.gate.some((gate) => slots.some((slot) => slot === gate || slot.startsWith(`${gate}_per_`)))) return [];
    if (!isToldIn(diagnosis.units, units) || !hasHardware(catalog, diagnosis, hardware)) return [];
    const { id, prior, words } = diagnosis;
    const tolerance = Math.max(diagnosis.tolerance, LEAST_TOLERANCE);
    return diagnosis.factors.flatMap((factor) =>
      [1, -1].map(
        (sign): Slip => ({
          ...{ id, log: sign * Math.log(factor), tolerance, prior: prior / diagnosis.factors.length, words },
          isOfProduct: diagnosis.hardware.length > 0,
        }),
      ),
    );
  });
}

function hasHardware(catalog: Catalog, { hardware }: Diagnosis, ids: ReadonlySet<string>): boolean {
  if (hardware.length === 0) return true;
  return [...ids].some((id) => {
    const row = rowsOf(catalog).get(id);
    return hardware.includes(id) || (row !== undefined && (hardware.includes(row.family) || hardware.includes(row.kind)));
  });
}

const ROWS = new WeakMap<Catalog, ReadonlyMap<string, Catalog["accelerators"][number]>>();

function rowsOf(catalog: Catalog): ReadonlyMap<string, Catalog["accelerators"][number]> {
  let rows = ROWS.get(catalog);
  if (rows === undefined) {
    rows = new Map(catalog.accelerators.map((row) => [row.id as string, row]));
    ROWS.set(catalog, rows);
  }
  return rows;
}

/** What may have been left out of a product: the count, the PUE, the epochs. */
const LEFT_OUT: Readonly<Record<string, { readonly id: string; readonly prior: number; readonly words: (text: string) => string }>> = {
  pue: { id: "pue-left-out", prior: 0.9, words: (text) => `the PUE of ${text} was left out, or applied twice` },
  epochs: { id: "epoch-for-run", prior: 0.6, words: (text) => `the figure of one epoch was taken for that of ${text}, or the other way` },
  nodes: { id: "node-for-run", prior: 0.5, words: (text) => `the figure of one node was taken for that of ${text}, or the other way` },
  accelerators: {
    id: "one-for-all",
    prior: 0.5,
    words: (text) => `the figure of one accelerator was taken for that of ${text}, or the other way`,
  },
};

const LEAST_LEFT_OUT = 0.02;

const OF_TERMS = new WeakMap<TypedValue, { readonly times: readonly Slip[]; readonly over: readonly Slip[] }>();

function fromTerm({ value, sign }: Term): readonly Slip[] {
  let known = OF_TERMS.get(value);
  if (known === undefined) {
    known = { times: leftOutOf(value, 1), over: leftOutOf(value, -1) };
    OF_TERMS.set(value, known);
  }
  return sign > 0 ? known.times : known.over;
}

function leftOutOf(value: TypedValue, side: 1 | -1): readonly Slip[] {
  const { mention } = value.quantity;
  const known = LEFT_OUT[mention.kind];
  if (known === undefined) return turnedRate(value);
  if (Math.abs(value.log) < LEAST_LEFT_OUT) return [];
  const { id, prior } = known;
  const told = known.words(mention.text);
  const slips = [1, -1].map((sign) => ({ id, log: sign * value.log, tolerance: LEAST_TOLERANCE, prior: prior / 2, words: told }));
  if (mention.kind !== "pue") return slips;
  const words = `the PUE of ${mention.text} was divided by instead of multiplied, or the other way`;
  return [...slips, { id: "pue-turned", log: -2 * side * value.log, tolerance: LEAST_TOLERANCE, prior: prior / 3, words }];
}

/** "1.6 updates per second" taken for 1.6 seconds per update, or the other way. */
function turnedRate({ quantity: { mention } }: TypedValue): readonly Slip[] {
  const isRate = mention.kind === "throughput" && mention.unit === "step/s";
  const isTime = mention.kind === "step-time" && mention.unit === "second";
  const log = Math.log(mention.value);
  if (!(isRate || isTime) || Math.abs(log) < LEAST_LEFT_OUT) return [];
  const words = `"${mention.text}" was taken for ${isRate ? "the time of a step" : "steps a second"}`;
  return [{ id: "rate-turned", log: isRate ? 2 * log : -2 * log, tolerance: LEAST_TOLERANCE, prior: 0.6, words }];
}

/** A factor of a formula that is written down and not multiplied with: the 6 of 6ND. */
function fromDefinition({ id, value, source }: Definition, sign: 1 | -1): readonly Slip[] {
  if (source !== null || id !== SIX.id) return [];
  const words = `the factor ${value} was left out`;
  return [{ id: "factor-left-out", log: -sign * Math.log(value), tolerance: LEAST_TOLERANCE, prior: 0.6, words }];
}

/** What one of several runs took, told of all, or the other way. */
function fromCounts({ counts }: Candidate): readonly Slip[] {
  return counts.flatMap(({ value }) =>
    [1, -1].map(
      (sign): Slip => ({
        id: "run-for-all",
        log: sign * Math.log(value),
        tolerance: LEAST_TOLERANCE,
        prior: 0.3,
        words: `what one took was told of all ${value}, or the other way`,
      }),
    ),
  );
}

/** Counts beside the figures that are no part of the product, but by which one of them may have been multiplied. */
function addOthers({ claim, terms }: Candidate, places: readonly Place[], add: (slips: readonly Slip[]) => void): void {
  const used = new Set([claim.at, ...terms.map(({ value }) => value.at)]);
  for (const at of used) {
    const own = places[at];
    if (own === undefined) continue;
    for (const beside of [at - 1, at + 1]) {
      const place = places[beside];
      if (place === undefined || used.has(beside) || place.mention.sentence.start !== own.mention.sentence.start) continue;
      add(fromOther(place));
    }
  }
}

const OF_OTHERS = new WeakMap<Place, readonly Slip[]>();

function fromOther(place: Place): readonly Slip[] {
  let slips = OF_OTHERS.get(place);
  if (slips === undefined) {
    const known = LEFT_OUT[place.mention.kind];
    const log = Math.log(place.quantity.readings[0].width.face);
    const isOpen = known !== undefined && Math.abs(log) > LEAST_LEFT_OUT && Number.isFinite(log);
    slips = !isOpen
      ? []
      : [1, -1].map((sign) => ({
          id: known.id,
          log: sign * log,
          tolerance: LEAST_TOLERANCE,
          prior: known.prior / 4,
          words: known.words(place.mention.text),
          isFit: sign > 0,
        }));
    OF_OTHERS.set(place, slips);
  }
  return slips;
}

/** A sum of two that lacks one is the other, and no sum. */
const LEAST_PARTS = 3;

/** A sum that lacks one of its parts, or has one twice. */
function fromParts({ terms, shape, log, summands, isRest }: Candidate): readonly Slip[] {
  if (isRest === true) return [];
  if (summands !== null)
    return [
      ...summands.flatMap((summand, index) => leftOut(Math.exp(summand.log - log), `stage ${index + 1}`, 1 / summands.length)),
      ...merged(summands, log),
    ];
  if (shape !== "sum" || terms.length < LEAST_PARTS) return [];
  const total = Math.exp(log);
  return terms.flatMap(({ value }) => leftOut(value.face / total, value.quantity.mention.text, 1 / terms.length));
}

/** What is told for each stage, taken for all of them as it is told of one: the largest count times the hours of all. */
function merged(summands: readonly Candidate[], log: number): readonly Slip[] {
  const factors = summands[0]?.terms ?? [];
  return factors.flatMap((_, at) => {
    const own = summands.flatMap(({ terms }) => terms[at] ?? []);
    if (new Set(own.map(({ value }) => value.log)).size < 2) return [];
    return own.map(({ value: { log: taken, quantity } }): Slip => {
      const total = summands.reduce((sum, summand, stage) => {
        const term = own[stage];
        return sum + Math.exp(summand.log + (term === undefined ? 0 : term.sign * (taken - term.value.log)));
      }, 0);
      const words = `"${quantity.mention.text}" was taken for all stages`;
      return { id: "phases-merged", log: Math.log(total) - log, tolerance: LEAST_TOLERANCE, prior: 0.5 / own.length, words };
    });
  });
}

/** A part of a sum that is missing from it, or in it twice; `share` is its part of the whole. */
function leftOut(share: number, text: string, prior: number): readonly Slip[] {
  if (share > 0.97 || share < 0.003) return [];
  return [
    { id: "missing-row", log: Math.log(1 - share), tolerance: 0.001, prior, words: `${text} was left out of the sum` },
    { id: "missing-row", log: Math.log(1 + share), tolerance: 0.001, prior: prior / 3, words: `${text} was counted twice in the sum` },
  ];
}

/** One quantity in two units, divided by what it was to be multiplied with. */
function fromConversion({ claim, terms, shape }: Candidate): readonly Slip[] {
  const value = terms[0]?.value;
  if (shape !== "same" || value === undefined) return [];
  const log = claim.log - value.log - (Math.log(claim.quantity.mention.value) - Math.log(value.quantity.mention.value));
  if (Math.abs(log) < 0.05) return [];
  const words = `"${value.quantity.mention.text}" was converted the wrong way`;
  return [
    { id: "wrong-way", log: 2 * log, tolerance: LEAST_TOLERANCE, prior: 0.6, words },
    { id: "not-converted", log, tolerance: LEAST_TOLERANCE, prior: 0.6, words: `"${value.quantity.mention.text}" was not converted` },
  ];
}

/** What remains told as what is gone, or the other way: 30 % of the energy, and a cut of 70 %. */
function fromWhole({ claim, shape, log }: Candidate, { change }: Cue): readonly Slip[] {
  const isTold = shape === "less" ? change === "less" : change === "part" && (shape === "share" || shape === "ratio");
  const rest = Math.log(1 - Math.exp(log));
  if (!isTold || claim.quantity.mention.unit !== "percent" || !Number.isFinite(rest)) return [];
  return [{ id: "rest-for-part", log: rest - log, tolerance: LEAST_TOLERANCE, prior: 0.6, words: "what is left was told as what is gone" }];
}

/** A change in percent of the other of its two figures, a share of the rest or of both. */
function fromBase({ terms, shape, log, claim }: Candidate): readonly Slip[] {
  const [above, below] = terms.length > 2 ? [] : terms.map(({ value }) => value);
  if ((shape === "ratio" || shape === "share") && claim.quantity.mention.unit === "percent" && log < 0) return sharesOf(Math.exp(log));
  if ((shape !== "less" && shape !== "more") || above === undefined || below === undefined) return [];
  const change = Math.abs(Math.exp(above.log) - Math.exp(below.log));
  const other = Math.log(change) - above.log;
  const words = `the change is told in percent of "${above.quantity.mention.text}"`;
  return Number.isFinite(other) ? [{ id: "percent-base", log: other - log, tolerance: LEAST_TOLERANCE, prior: 1, words }] : [];
}

function sharesOf(share: number): readonly Slip[] {
  const of = (log: number, words: string): Slip => ({ id: "percent-base", log, tolerance: LEAST_TOLERANCE, prior: 0.5, words });
  return [of(-Math.log(1 - share), "the share is told of the rest"), of(-Math.log(1 + share), "the share is told of both together")];
}
