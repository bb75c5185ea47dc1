import type { Hedge, Mention } from "../model/mention.ts";
import type { TypedValue } from "./typed-value.ts";

/** What a claim tells by its print. */
export interface Print {
  readonly digits: string;
  readonly hedge: "bound" | "hedged" | null;
}

/** Small numbers as words. */
export const COUNTS: readonly string[] = ["0", "1", "2", "3", "4", "5", "6"];

const BOUNDS: ReadonlySet<Hedge | null> = new Set<Hedge>(["up-to", "under", "over", "order-of-magnitude"]);

export function isBound({ quantity }: TypedValue): boolean {
  return BOUNDS.has(quantity.mention.hedge);
}

/** What is asked of every candidate of a claim. */
const PRINTS = new WeakMap<Mention, Print>();

export function printOf(claim: TypedValue): Print {
  const { mention } = claim.quantity;
  let print = PRINTS.get(mention);
  if (print === undefined) {
    print = readPrint(claim);
    PRINTS.set(mention, print);
  }
  return print;
}

function readPrint(claim: TypedValue): Print {
  const { number, hedge } = claim.quantity.mention;
  // A small number is round by chance, "a million" is an estimate.
  const digits = Math.max(significantDigits(number.value), number.value < LEAST_ROUND ? 2 : 1);
  return { digits: digits >= 4 ? "many" : (COUNTS[digits] ?? ""), hedge: hedge === null ? null : isBound(claim) ? "bound" : "hedged" };
}

const LEAST_ROUND = 100_000;

/** The digits up to the last that is not 0, six at most. */
function significantDigits(value: number): number {
  for (let digits = 1; digits < 6; digits += 1) if (Number(value.toPrecision(digits)) === value) return digits;
  return 6;
}

/** Told to three digits or more, with nothing that leaves it open. */
export function isSharp(claim: TypedValue): boolean {
  const { digits, hedge } = printOf(claim);
  return hedge === null && (digits === "3" || digits === "many");
}
