import { hasRole } from "../language/tokens.ts";
import { type UnitReader, unitOf } from "../language/unit-phrase.ts";
import type { Mention, PrintedNumber, Statement, WrittenExpression } from "../model/mention.ts";
import type { Span } from "../model/span.ts";

/** A run of numbers, labels and operators that ends in an equality: "512 (chips) * (US$8/4) * 24 (hours) * 2.5 (days) = $61,440". */
const LABEL = /^\s?\((?<label>[A-Za-z$][\w\s$./-]{0,24})\)/;

const OPERATORS: Readonly<Record<string, "+" | "-" | "*" | "/">> = {
  "*": "*",
  x: "*",
  X: "*",
  "×": "*",
  "·": "*",
  "/": "/",
  "÷": "/",
  "+": "+",
  "-": "-",
};

/** A number of a sentence, with the money that it is a sum of. */
export interface WrittenNumber {
  readonly number: PrintedNumber;
  /** With the sign or code of money before or behind it. */
  readonly start: number;
  readonly end: number;
  /** ISO code; null for what is no money. */
  readonly currency: string | null;
}

/** The numbers of a sentence, in order. */
export function writtenNumbers(reader: UnitReader): readonly WrittenNumber[] {
  const { tokens } = reader;
  return tokens.flatMap((token, at) => {
    if (token.kind !== "number") return [];
    const [before, after] = [tokens[at - 1], tokens[at + 1]];
    const prefix = before !== undefined && token.start - before.end <= 1 && !hasRole(before, "articles") ? moneyOf(reader, at - 1) : null;
    const suffix = prefix === null && after !== undefined && after.start - token.end <= 1 ? moneyOf(reader, at + 1) : null;
    const start = prefix === null ? token.start : (before?.start ?? token.start);
    return [{ number: token.number, start, end: suffix === null ? token.end : (after?.end ?? token.end), currency: prefix ?? suffix }];
  });
}

function moneyOf(reader: UnitReader, at: number): string | null {
  const atom = unitOf(reader, reader.tokens[at])?.above[0];
  return atom?.dimension === "money" ? atom.id : null;
}

type Token =
  | { readonly kind: "number"; readonly token: WrittenNumber; readonly label: string | null; readonly end: number }
  | { readonly kind: "operator"; readonly operator: "+" | "-" | "*" | "/"; readonly start: number; readonly end: number }
  | { readonly kind: "open" | "close"; readonly start: number; readonly end: number };

/** Every computation written out in a folded sentence. `offset` is where the sentence begins in the document. */
export function findArithmetic(
  text: string,
  offset: number,
  mentions: readonly Mention[],
  numbers: readonly WrittenNumber[],
): readonly Statement[] {
  const statements: Statement[] = [];
  for (const match of text.matchAll(/=\s?~?|~(?=\s?[$\d])/g)) {
    const result = numbers.find(
      (token) => token.start >= match.index + match[0].length - 1 && token.start - match.index - match[0].length <= 3,
    );
    if (result === undefined) continue;
    const tokens = tokensBefore(text, match.index, numbers);
    const tree = tokens.length < 3 ? null : parse(tokens, offset);
    if (tree === null) continue;
    const first = tokens[0];
    const start = first === undefined ? match.index : first.kind === "number" ? first.token.start : first.start;
    const resultNumber = shiftNumber(result.number, offset);
    const mention = mentions.find((candidate) => candidate.number.span.start === resultNumber.span.start) ?? null;
    statements.push({
      kind: "arithmetic",
      span: { start: offset + start, end: offset + result.end },
      expression: tree,
      result: mention?.id ?? null,
      resultNumber,
      resultUnit: mention?.unit ?? result.currency,
      approximate: match[0].includes("~"),
      isAside: false,
    });
  }
  return [...statements, ...findAsides(text, offset, mentions, numbers)];
}

/** Matches " (2048 * 1024)", " (4 x 16 x 8)"; not " (224x224 pixels)". */
const ASIDE = /^\s?\((?<product>\d[\d,.]*[kKM]?(?:\s?[*×·x]\s?\d[\d,.]*[kKM]?)+)\)/;

/** Kinds that are put together from others. */
const COMPOSED: ReadonlySet<Mention["kind"]> = new Set(["batch", "tokens", "accelerators"]);

/** Products that stand in brackets behind the figure they give. */
function findAsides(text: string, offset: number, mentions: readonly Mention[], numbers: readonly WrittenNumber[]): readonly Statement[] {
  return mentions.flatMap((mention): readonly Statement[] => {
    const from = mention.span.end - offset;
    const match = COMPOSED.has(mention.kind) ? ASIDE.exec(text.slice(from)) : null;
    const product = match?.groups?.["product"];
    if (match === null || product === undefined) return [];
    const start = from + match[0].indexOf("(") + 1;
    const tree = parse(tokenize(text, start, start + product.length, numbers), offset);
    if (tree === null) return [];
    return [
      {
        kind: "arithmetic",
        span: { start: mention.span.start, end: mention.span.end + match[0].length },
        expression: tree,
        result: mention.id,
        resultNumber: mention.number,
        resultUnit: mention.unit,
        approximate: true,
        isAside: true,
      },
    ];
  });
}

/** The tokens of the longest expression that ends at `end`, read backwards until something is no part of one. */
function tokensBefore(text: string, end: number, numbers: readonly WrittenNumber[]): readonly Token[] {
  let start = end;
  for (let index = numbers.length - 1; index >= 0; index -= 1) {
    const token = numbers[index];
    if (token === undefined || token.end > start) continue;
    const gap = text.slice(token.end, start);
    const isLast = start === end;
    // "3/ 6 x 70B": the third of a thread.
    if (gap.startsWith("/ ")) break;
    if (isLast ? !/^\s?(?:\([^()]{1,24}\))?[\s)]*$/.test(gap) : !/^\s?(?:\([^()\d]{1,24}\))?[\s)]*(?:[*xX×·/÷+]|-(?=\s))[\s(]*$/.test(gap))
      break;
    start = token.start;
  }
  while (start > 0 && /[(\s]/.test(text[start - 1] ?? "") && balance(text.slice(start, end)) > 0) start -= 1;
  return tokenize(text, start, end, numbers);
}

/** Closing brackets without an opening one. */
function balance(text: string): number {
  return [...text].reduce((depth, character) => depth + (character === ")" ? 1 : character === "(" ? -1 : 0), 0);
}

function tokenize(text: string, from: number, end: number, numbers: readonly WrittenNumber[]): readonly Token[] {
  const tokens: Token[] = [];
  let position = from;
  while (position < end) {
    const number = numbers.find((token) => token.start === position);
    if (number !== undefined) {
      const label = LABEL.exec(text.slice(number.end, end));
      const numberEnd = number.end + (label?.[0].length ?? 0);
      tokens.push({ kind: "number", token: number, label: label?.groups?.["label"]?.trim() ?? null, end: numberEnd });
      position = numberEnd;
      continue;
    }
    const character = text[position] ?? "";
    const operator = OPERATORS[character];
    if (character === "(" || character === ")")
      tokens.push({ kind: character === "(" ? "open" : "close", start: position, end: position + 1 });
    else if (operator !== undefined) tokens.push({ kind: "operator", operator, start: position, end: position + 1 });
    else if (character.trim() !== "") return [];
    position += 1;
  }
  return tokens;
}

/** Recursive descent over sums, products and brackets; null for anything else. */
function parse(tokens: readonly Token[], offset: number): WrittenExpression | null {
  let position = 0;
  const level = (operators: readonly string[], next: () => WrittenExpression | null): WrittenExpression | null => {
    let left = next();
    while (left !== null) {
      const token = tokens[position];
      if (token?.kind !== "operator" || !operators.includes(token.operator)) return left;
      position += 1;
      const right = next();
      if (right === null) return null;
      left = { kind: "operation", operator: token.operator, left, right, span: { start: left.span.start, end: right.span.end } };
    }
    return null;
  };
  const atom = (): WrittenExpression | null => {
    const token = tokens[position];
    if (token === undefined) return null;
    position += 1;
    if (token.kind === "number") return operand(token, offset);
    if (token.kind !== "open") return null;
    const inner = sum();
    const close = tokens[position];
    if (inner === null || close?.kind !== "close") return null;
    position += 1;
    return inner;
  };
  const sum = (): WrittenExpression | null => level(["+", "-"], () => level(["*", "/"], atom));
  const tree = sum();
  return tree !== null && tree.kind === "operation" && position === tokens.length ? tree : null;
}

function operand(token: Extract<Token, { kind: "number" }>, offset: number): WrittenExpression {
  const span: Span = { start: offset + token.token.start, end: offset + token.end };
  const noun = /\b(chip|core|device|node|host)s?\b/i.exec(token.label ?? "")?.[1]?.toLowerCase() ?? null;
  return {
    kind: "operand",
    span,
    number: shiftNumber(token.token.number, offset),
    unit: token.label?.replace(/(?<=\w\w)s$/, "") ?? token.token.currency,
    noun,
  };
}

/** What joins two figures that are said to be one: "is", "which is", "i.e.", "(64 TPU chips total)". */
const CONVERSION_JOINT =
  /^(?:\sslices?)?\s?(?:,?\s?(?:which |that |this )?(?:is|are|equals)(?: equal to)?\s|,?\s?(?:i\.e\.,?|or|=|that is,?)\s|(?:in (?:a )?[A-Za-z]+ configuration\s)?\()\s?(?:about\s|with\s|a total of\s|totall?ing\s)?$/i;

/** Conversions between figures of one dimension that stand side by side in one sentence. */
export function findConversions(text: string, offset: number, mentions: readonly Mention[]): readonly Statement[] {
  const statements: Statement[] = [];
  for (const [index, left] of mentions.entries()) {
    const right = mentions[index + 1];
    if (right === undefined || !sameDimension(left, right)) continue;
    // What each machine holds is no other count of the machines.
    if (left.kind !== "wall-time" && (left.per !== null || right.per !== null)) continue;
    const joint = text.slice(left.span.end - offset, right.span.start - offset);
    const isHeld =
      left.hardware?.system != null && right.kind === "accelerators" && /^\s?,?\s?(?:with|of|totall?ing)\s(?:a total of\s)?$/i.test(joint);
    if (!CONVERSION_JOINT.test(joint) && !isHeld) continue;
    const relation = /^(?:\sslices?)?\s?\(/.test(joint) ? "total" : /\bor\b/.test(joint) ? "or" : "is";
    // "5 x 12 min = 1 h": a product and no conversion.
    if (/\d\s?[x×*·]\s?$/.test(text.slice(0, left.span.start - offset))) continue;
    if (relation === "or" && left.noun === right.noun) continue;
    statements.push({
      kind: "conversion",
      span: { start: left.span.start, end: right.span.end },
      // Machines are told to say how many accelerators there are, whichever is printed first.
      left: right.kind === "nodes" && left.kind === "accelerators" ? right.id : left.id,
      right: right.kind === "nodes" && left.kind === "accelerators" ? left.id : right.id,
      relation: isHeld ? "holds" : relation,
    });
  }
  return statements;
}

/** What is told in one unit and again in another. */
const CONVERTED: ReadonlySet<Mention["kind"]> = new Set(["wall-time", "accelerator-hours", "price", "energy", "carbon"]);

function sameDimension(left: Mention, right: Mention): boolean {
  const counts = ["accelerators", "nodes"];
  if (counts.includes(left.kind) && counts.includes(right.kind)) return left.unit !== right.unit || left.noun !== right.noun;
  if (left.kind !== right.kind || left.per !== right.per) return false;
  return CONVERTED.has(left.kind) && left.unit !== right.unit;
}

function shiftNumber(number: PrintedNumber, offset: number): PrintedNumber {
  return { ...number, span: { start: number.span.start + offset, end: number.span.end + offset } };
}
