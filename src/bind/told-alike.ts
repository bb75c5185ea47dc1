/**
 * Noughts that are digits: "a PUE of 1.12 turns 300 MWh into 346" tells 300 to the megawatt-hour, since what stands beside it is.
 *
 * A figure by itself may be rounded to its last digit that is not 0. What is worked out with it and told more finely in the same unit
 * shows that it was not.
 */
import type { Candidate, Term } from "./candidate.ts";
import { comparedAs } from "./pairs.ts";
import { multiplied } from "./products.ts";
import { halfWidth, type Linear, type TypedValue } from "./typed-value.ts";

/** The candidate with its whole numbers as fine as a claim in their unit. */
export function toldAlike(candidate: Candidate): Candidate {
  const { claim, terms, shape, counts } = candidate;
  if (shape === "ratio" || shape === "less" || shape === "more") return comparedAlike(candidate, shape);
  if (counts.length > 0 || !ALIKE.has(shape)) return candidate;
  const { unit, number } = claim.quantity.mention;
  let isChanged = false;
  const sharper = terms.map((term): Term => {
    const { mention } = term.value.quantity;
    if (mention.unit !== unit || mention.number.lastPlace <= number.lastPlace || !isCoarse(term)) return term;
    isChanged = true;
    return { value: toldTo(term.value, number.lastPlace), sign: term.sign };
  });
  return isChanged ? { ...candidate, terms: sharper, ...worth(candidate, sharper) } : candidate;
}

/** "260 GPU-hours, 30 % more than the 200": of two figures that are compared one is as fine as the other. */
function comparedAlike(candidate: Candidate, shape: "ratio" | "less" | "more"): Candidate {
  const [above, below, ...more] = candidate.terms;
  if (above === undefined || below === undefined || more.length > 0) return candidate;
  const [{ mention: first }, { mention: second }] = [above.value.quantity, below.value.quantity];
  if (first.unit !== second.unit || first.number.lastPlace === second.number.lastPlace) return candidate;
  const place = Math.min(first.number.lastPlace, second.number.lastPlace);
  const told = (term: Term): Term =>
    term.value.quantity.mention.number.lastPlace > place && isCoarse(term) ? { value: toldTo(term.value, place), sign: term.sign } : term;
  const [upper, lower] = [told(above), told(below)];
  return { ...candidate, terms: [upper, lower], ...comparedAs(shape, upper.value, lower.value) };
}

const ALIKE: ReadonlySet<Candidate["shape"]> = new Set(["product", "sum", "difference"]);

/** A whole number that ends in noughts, with nothing that leaves it open. */
function isCoarse({ value }: Term): boolean {
  const { number, hedge } = value.quantity.mention;
  return number.form === "integer" && hedge === null && number.range === null && number.lastPlace > 1e-9 * number.value && value.half > 0;
}

function toldTo(value: TypedValue, place: number): TypedValue {
  const part = place / 2 / value.quantity.mention.number.value;
  const strict = { low: value.log + Math.log1p(-part), high: value.log + Math.log1p(part) };
  const generous = { low: strict.low, high: value.log + Math.log1p(2 * part) };
  const linear: Linear = [
    Math.exp(value.log),
    Math.exp(strict.low),
    Math.exp(strict.high),
    Math.exp(generous.low),
    Math.exp(generous.high),
  ];
  return { ...value, strict, generous, half: halfWidth(strict, value.log), linear };
}

/** What is left of a whole is never less than nothing. */
const TINY = 1e-9;

function worth({ shape, definitions }: Candidate, terms: readonly Term[]): Pick<Candidate, "log" | "strict" | "generous"> {
  if (shape === "product") return multiplied(terms, definitions);
  const end = (plus: number, minus: number): number =>
    Math.log(
      Math.max(
        TINY,
        terms.reduce((sum, { value, sign }) => sum + sign * (value.linear[sign > 0 ? plus : minus] ?? 0), 0),
      ),
    );
  return { log: end(0, 0), strict: { low: end(1, 2), high: end(2, 1) }, generous: { low: end(3, 4), high: end(4, 3) } };
}
