import type { EquationTerm } from "../model/catalog.ts";

/** The two sides of an equation as written: `cost = accelerator_hours * price`. */
export interface ParsedEquation {
  readonly result: string;
  readonly form: "product" | "sum";
  readonly constant: number;
  readonly terms: readonly EquationTerm[];
  /** Where each slot first stands in the text. */
  readonly offsets: Readonly<Record<string, number>>;
}

/** A name, a number or a sign, with its place. */
interface Token {
  readonly text: string;
  readonly offset: number;
}

/**
 * Reads `result = ...`, where the right side is a product and quotient of slots and numbers ("6 * parameters * tokens"),
 * a sum or difference of slots ("before - saved"), or `sum(parts)`, the sum of however many figures of one slot there are.
 *
 * Errors: a message with the offset of the first token that does not fit.
 */
export function parseEquation(text: string): ParsedEquation | { readonly offset: number; readonly message: string } {
  const tokens = [...text.matchAll(TOKEN)].map((match) => ({ text: match[0], offset: match.index }));
  const [result, equals, ...right] = tokens;
  if (result === undefined || !NAME.test(result.text)) return fault(result, "begin with the slot that the equation gives");
  if (equals?.text !== "=") return fault(equals ?? result, `write "=" after "${result.text}"`);
  const [first] = right;
  if (first === undefined) return fault(equals, "nothing stands on the right side");
  const side = first.text === "sum" ? readSumOf(right) : right.some(isSumSign) ? readSum(right) : readProduct(right);
  if ("message" in side) return side;
  const offsets: Record<string, number> = {};
  for (const token of [result, ...right]) if (NAME.test(token.text)) offsets[token.text] ??= token.offset;
  return { result: result.text, ...side, offsets };
}

type Side = Pick<ParsedEquation, "form" | "constant" | "terms">;
type Fault = { readonly offset: number; readonly message: string };

/** A slot, a number with or without exponent, or any other single sign: "wall_time", "8.64e19", "*". */
const TOKEN = /[a-z][a-z0-9_]*|\d+(?:\.\d+)?(?:e[+-]?\d+)?|\S/g;
const NAME = /^[a-z]/;
const NUMBER = /^\d/;

function isSumSign(token: Token): boolean {
  return token.text === "+" || token.text === "-";
}

function readSumOf(tokens: readonly Token[]): Side | Fault {
  const [, open, slot, close, extra] = tokens;
  if (open?.text !== "(" || slot === undefined || !NAME.test(slot.text) || close?.text !== ")")
    return fault(open ?? tokens[0], "write sum(slot)");
  if (extra !== undefined) return fault(extra, `"${extra.text}" does not belong after sum(...)`);
  return { form: "sum", constant: 1, terms: [{ slot: slot.text, power: 1 }] };
}

function readSum(tokens: readonly Token[]): Side | Fault {
  const terms: EquationTerm[] = [];
  let sign: number | null = 1;
  for (const token of tokens) {
    if (sign === null && isSumSign(token)) sign = token.text === "+" ? 1 : -1;
    else if (sign !== null && NAME.test(token.text)) {
      terms.push({ slot: token.text, power: sign });
      sign = null;
    } else return fault(token, `"${token.text}" does not fit; a sum has slots, "+" and "-" only`);
  }
  if (sign !== null) return fault(tokens.at(-1), "a slot is missing after the sign");
  return { form: "sum", constant: 1, terms };
}

function readProduct(tokens: readonly Token[]): Side | Fault {
  const powers = new Map<string, number>();
  let constant = 1;
  let operator = 1;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    let exponent = 1;
    const raised = tokens[at + 1]?.text === "^" ? tokens[at + 2] : undefined;
    if (raised !== undefined) {
      exponent = Number(raised.text);
      if (!Number.isInteger(exponent)) return fault(raised, "a power must be a whole number");
      at += 2;
    }
    if (NUMBER.test(token.text)) constant *= Number(token.text) ** (operator * exponent);
    else if (NAME.test(token.text)) powers.set(token.text, (powers.get(token.text) ?? 0) + operator * exponent);
    else return fault(token, `"${token.text}" does not fit; a product has slots, numbers, "*", "/" and "^" only`);
    at += 1;
    const next = tokens[at];
    if (next === undefined) break;
    if (next.text !== "*" && next.text !== "/") return fault(next, `write "*" or "/" before "${next.text}"`);
    if (at === tokens.length - 1) return fault(next, "a slot or number is missing after the sign");
    operator = next.text === "*" ? 1 : -1;
  }
  const terms = [...powers].map(([slot, power]) => ({ slot, power })).filter((term) => term.power !== 0);
  return terms.length === 0 ? fault(tokens[0], "no slot stands on the right side") : { form: "product", constant, terms };
}

function fault(token: Token | undefined, message: string): Fault {
  return { offset: token?.offset ?? 0, message };
}
