/** Ratios of what several figures make together: four times the GPU-hours of cards and days, the efficiency of rates and cards. */
import type { Catalog } from "../model/catalog.ts";
import { type Candidate, OF_FIGURES_ALONE, type Term } from "./candidate.ts";
import { keyOf, times } from "./dimensions.ts";
import { comparedAs, type PairShape } from "./pairs.ts";
import { multiplied } from "./products.ts";
import { type Ledger, nearest } from "./reach.ts";
import { slotsOf, type TypedValue } from "./typed-value.ts";

/** Figures of one dimension that are looked at. */
const MOST_OF_A_KEY = 6;

/** Ways that are tried for one claim. */
const MOST_FOUND = 60;

const SIGNS = [1, -1] as const;
const SHAPES: readonly PairShape[] = ["ratio", "less", "more"];
const NOTHING: readonly never[] = [];

/** Two figures that are one product. */
interface Form {
  readonly first: TypedValue;
  readonly second: TypedValue;
}

/** A ratio's ways to compare two products of one form, of which each model, row or stage has its own; `isAsked` says of which shape. */
export function formsFor(
  catalog: Catalog,
  ledger: Ledger,
  claim: TypedValue,
  isAsked: (shape: PairShape) => boolean,
): readonly Candidate[] {
  const { kind, unit } = claim.quantity.mention;
  if (kind !== "ratio" || claim.key !== "") return NOTHING;
  const shapes = SHAPES.filter((shape) => (shape === "ratio" || unit === "percent") && isAsked(shape));
  const found: Candidate[] = [];
  for (const { key, other, sign } of productsOf(catalog, ledger)) {
    const forms = formsOf(ledger, claim, key, other);
    for (const above of forms)
      for (const below of forms) {
        if (found.length >= MOST_FOUND) return found;
        if (above.first.at === below.first.at || above.second.at === below.second.at) continue;
        for (const shape of shapes) {
          const candidate = comparison(claim, shape, above, below, sign);
          if (candidate !== null) found.push(candidate);
        }
      }
  }
  return found;
}

/** Two dimensions of a document whose product or quotient is one that has a name. */
interface Product {
  readonly key: string;
  readonly other: string;
  readonly sign: 1 | -1;
}

/** They are the same for all claims of a document. */
const PRODUCTS = new WeakMap<Ledger, readonly Product[]>();

function productsOf(catalog: Catalog, ledger: Ledger): readonly Product[] {
  const known = PRODUCTS.get(ledger);
  if (known !== undefined) return known;
  const slots = slotsOf(catalog);
  const products: Product[] = [];
  const keys = [...ledger.byKey].flatMap(([key, [value]]) =>
    key === "" || value === undefined ? [] : [{ key, dimensions: value.dimensions }],
  );
  for (const [index, one] of keys.entries())
    for (const two of keys.slice(index + 1))
      for (const sign of SIGNS)
        if (slots.has(times(one.dimensions, two.dimensions, sign))) products.push({ key: one.key, other: two.key, sign });
  PRODUCTS.set(ledger, products);
  return products;
}

/** The dimension of what is compared. */
export function keyOfCompared({ terms }: Candidate): string {
  const [first, , second] = terms;
  if (first === undefined || second === undefined) return first?.value.key ?? "";
  return keyOf(times(first.value.dimensions, second.value.dimensions, second.sign));
}

/** Each figure of one dimension with that of another which stands nearest to it. */
function formsOf(ledger: Ledger, claim: TypedValue, key: string, other: string): readonly Form[] {
  const told = (one: string): readonly TypedValue[] =>
    nearest(ledger, claim, one, MOST_OF_A_KEY).filter(({ takenFor, isUnscoped }) => takenFor === null && !isUnscoped);
  const seconds = told(other);
  return told(key).flatMap((first): readonly Form[] => {
    let best: TypedValue | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const second of seconds) {
      const far = ledger.relations.distance(first.at, second.at);
      if (second.at === first.at || far >= least) continue;
      [best, least] = [second, far];
    }
    return best === null ? [] : [{ first, second: best }];
  });
}

function comparison(claim: TypedValue, shape: PairShape, above: Form, below: Form, sign: 1 | -1): Candidate | null {
  const factorsOf = ({ first, second }: Form): readonly Term[] => [
    { value: first, sign: 1 },
    { value: second, sign },
  ];
  const [upper, lower] = [multiplied(factorsOf(above), NOTHING), multiplied(factorsOf(below), NOTHING)];
  if ((shape === "less" && upper.log >= lower.log) || (shape === "more" && upper.log <= lower.log)) return null;
  return {
    claim,
    shape,
    terms: [
      { value: above.first, sign: 1 },
      { value: below.first, sign: -1 },
      { value: above.second, sign },
      { value: below.second, sign: sign > 0 ? -1 : 1 },
    ],
    ...OF_FIGURES_ALONE,
    ...comparedAs(shape, upper, lower),
  };
}
