/**
 * The one grammar of written arithmetic, on the tokens of a stretch of text: prose, code, cells and formulas alike.
 *
 * `side (link side)*`, where a side is sums of products of powers of numbers with their units, brackets and calls that round, and a link
 * is a sign ("=", "~", "->") or words that introduce a result ("which is", "that makes"). What has letters or unread words among its
 * numbers is no arithmetic of figures, and is left alone.
 */
import type { PrintedNumber } from "../model/mention.ts";
import { isCurrency } from "./lexicon-index.ts";
import { compositeTime } from "./number-shapes.ts";
import { hasRole, isMark, senseOf, type Token } from "./tokens.ts";
import { dividedBy, type UnitPhrase, type UnitReader, unitAt, unitOf } from "./unit-phrase.ts";

export type Operator = "+" | "-" | "*" | "/" | "^";

/** A call that rounds what it holds; "same" only shows it. */
export type Rounding = "up" | "down" | "nearest" | "same";

export type Expression = Placed &
  (
    | { readonly kind: "number"; readonly number: PrintedNumber; readonly unit: WrittenUnit | null; readonly isPower: boolean }
    | { readonly kind: "operation"; readonly operator: Operator; readonly left: Expression; readonly right: Expression }
    | {
        readonly kind: "group";
        readonly inner: Expression;
        readonly unit: WrittenUnit | null;
        readonly rounding: Rounding;
        readonly places: number;
      }
  );

export type WrittenUnit = Pick<UnitPhrase, "above" | "below" | "size" | "product">;

interface Placed {
  /** Where it stands in the text, with signs of money and units. */
  readonly start: number;
  readonly end: number;
  /** The token behind it. */
  readonly next: number;
}

/** How a side follows the one before: by an equals sign, by words, by an arrow, in brackets behind it. */
export type Relation = "equals" | "told" | "or" | "arrow" | "aside";

export interface Side {
  readonly expression: Expression;
  readonly relation: Relation;
  /** A sign or word says that it is only near. */
  readonly isAbout: boolean;
}

/** Sides that are said to be equal, at least one of them a computation; a computation alone has only one. */
export interface Chain {
  readonly from: number;
  readonly next: number;
  readonly sides: readonly Side[];
}

/** A text with its tokens. */
export interface WrittenText {
  readonly reader: UnitReader;
  /** As printed, with its line ends. */
  readonly text: string;
  /** Brackets that are open around what is read. */
  readonly depth?: number;
}

/** All chains and lone computations, in order. */
export function chainsIn(written: WrittenText): readonly Chain[] {
  const chains: Chain[] = [];
  for (let at = 0; at < written.reader.tokens.length; at += 1) {
    if (!startsOperand(written, at) || goesOn(written, at)) continue;
    const chain = chainAt(written, at);
    if (chain === null) continue;
    chains.push(chain);
    at = Math.max(at, chain.next - 1);
  }
  return chains;
}

/** Whether an expression is worked out from several numbers. */
export function isComputed(expression: Expression): boolean {
  if (expression.kind === "number") return expression.isPower;
  return expression.kind === "operation" || isComputed(expression.inner) || expression.rounding !== "same";
}

/** Something that is no number is multiplied with what stands here: "N * 64", "x 8". */
function goesOn(written: WrittenText, at: number): boolean {
  const before = at - 1;
  if (before < 0) return false;
  const { tokens } = written.reader;
  const token = tokens[before];
  // A dash or slash before a number is a bullet or a part of a name, unless it binds what stands on both sides.
  return before > 0 && (isTimes(token) || operatorOf(written, before, false) !== null) && !isEquals(token);
}

function chainAt(written: WrittenText, from: number): Chain | null {
  const first = sumAt(written, from);
  if (first === null) return null;
  const sides: Side[] = [{ expression: first, relation: "equals", isAbout: false }];
  let next = first.next;
  for (;;) {
    const side = isCutOff(written, next) ? null : sideAt(written, next, sides);
    if (side === null || isCutOff(written, side.next)) break;
    sides.push(side.side);
    next = side.next;
  }
  const isOpen = sides.length === 1 && (isCutOff(written, next) || isInCall(written, from) || operatorOf(written, next, false) !== null);
  return !isOpen && sides.some(({ expression }) => isComputed(expression)) ? { from, next, sides } : null;
}

/** An operator behind which no number stands: "6 * 2.8e9 * D". */
function isCutOff(written: WrittenText, from: number): boolean {
  const { tokens } = written.reader;
  let at = from;
  while (at < from + MOST_WORDS && tokens[at] !== undefined && isLoose(tokens[at])) at += 1;
  const token = tokens[at];
  const after = tokens[at + 1];
  if (after?.kind !== "word" || startsOperand(written, at + 1)) return false;
  return (
    (isTimes(token) || (token?.kind === "mark" && (token.text === "/" || token.text === "^"))) && after.end - after.start <= LONGEST_LETTER
  );
}

/** "log(512 * 60)": what a call that is not known makes of it. */
function isInCall({ reader: { tokens } }: WrittenText, at: number): boolean {
  const [word, open] = [tokens[at - 2], tokens[at - 1]];
  return isMark(open, "(") && word?.kind === "word" && word.end === open?.start && !hasRole(word, "functions");
}

/** Names of variables in formulas are this long. */
const LONGEST_LETTER = 2;

interface NextSide {
  readonly side: Side;
  readonly next: number;
}

function sideAt(written: WrittenText, at: number, sides: readonly Side[]): NextSide | null {
  const last = sides.at(-1)?.expression;
  if (last === undefined) return null;
  const aside = asideAt(written, at, last);
  if (aside !== null) return aside;
  const link = linkAt(written, at);
  const expression = link === null ? null : sumAt(written, link.next);
  if (link === null || expression === null) return null;
  // "= one layer wide": a sign leads to digits.
  if (link.relation !== "told" && link.relation !== "or" && expression.kind === "number" && expression.number.form === "word") return null;
  // "$245,000 => $61,440" puts one figure in the place of another; only behind a computation an arrow leads to its result.
  const isResult = isComputed(last) && !isComputed(expression);
  if (link.relation !== "equals" && !isResult) return null;
  if (link.relation === "arrow" && sides.length > 1) return null;
  return { side: { expression, relation: link.relation, isAbout: link.isAbout }, next: expression.next };
}

/** "5,760 GPU-hours (48 GPUs x 120 h)", "48 x 120 (5,760 GPU-hours)". */
function asideAt(written: WrittenText, at: number, before: Expression): NextSide | null {
  const { tokens } = written.reader;
  if (!isMark(tokens[at], "(")) return null;
  const isExplicit = isEquals(tokens[at + 1]);
  const from = isExplicit || hasRole(tokens[at + 1], "hedges", "about") ? at + 2 : at + 1;
  const expression = sumAt(written, from);
  if (expression === null || !isMark(tokens[expression.next], ")") || isComputed(before) === isComputed(expression)) return null;
  const isAbout = hasRole(tokens[from - 1], "hedges", "about");
  return { side: { expression, relation: isExplicit ? "equals" : "aside", isAbout }, next: expression.next + 1 };
}

interface Link {
  readonly relation: Exclude<Relation, "aside">;
  readonly isAbout: boolean;
  readonly next: number;
}

/** Words and signs of a link at most. */
const LONGEST_LINK = 6;

/** What joins two sides: signs, or words of which one introduces a result; the number must stand right behind. */
export function linkAt(written: WrittenText, at: number): Link | null {
  const { tokens } = written.reader;
  let relation: Link["relation"] | null = null;
  let isAbout = false;
  for (let next = at; next < at + LONGEST_LINK; next += 1) {
    const token = tokens[next];
    if (token === undefined) return null;
    if (next > at && startsOperand(written, next)) return relation === null ? null : { relation, isAbout, next };
    const about = hasRole(token, "hedges", "about");
    if (token.kind === "mark") {
      const isArrowHead = token.text === ">" && tokens[next - 1]?.end === token.start;
      // "12 · 12 a = 5": a letter of a formula stands before the sign.
      if (relation === null && next > at && tokens[next - 1]?.kind === "word") return null;
      if (isEquals(token)) relation = "equals";
      else if (isArrowHead && (relation === "equals" || isMark(tokens[next - 1], "-"))) relation = "arrow";
      else if (ARROWS.has(token.text)) relation = "arrow";
      else if (about) [relation, isAbout] = [relation ?? "equals", true];
      else if (!(token.text === "-" && isMark(tokens[next + 1], ">")) && !(next === at && BREAKS.has(token.text))) return null;
      continue;
    }
    const introduced = senseOf(token, "results");
    if (introduced !== null) relation = relation ?? (introduced.value === "or" ? "or" : "told");
    else if (about) isAbout = true;
    else if (!FILLERS.some((role) => hasRole(token, role))) return null;
  }
  return null;
}

/** Words that may stand beside one that introduces a result: "which is", "that makes", "works out to". */
const FILLERS = ["stops", "again", "articles", "definite"] as const;

const ARROWS: ReadonlySet<string> = new Set(["→", "⇒", "⟹", "⟶"]);
const BREAKS: ReadonlySet<string> = new Set([",", ";"]);

function isEquals(token: Token | undefined): boolean {
  return isMark(token, "=") || isMark(token, "≡");
}

function isTimes(token: Token | undefined): boolean {
  return hasRole(token, "times");
}

/** A number, money, a bracket or a call that rounds. */
function startsOperand(written: WrittenText, at: number): boolean {
  const { tokens } = written.reader;
  const token = tokens[at];
  if (token === undefined) return false;
  if (token.kind === "number") return true;
  if (moneyAt(written.reader, at) !== null) return tokens[at + 1]?.kind === "number";
  if (roundingAt(written, at) !== null) return true;
  const before = tokens[at - 1];
  const isCall = before?.kind === "word" && before.end === token.start;
  return isMark(token, "(") && !isCall && startsOperand(written, at + 1);
}

/** The sign or code of money at a token that touches its number. */
function moneyAt(reader: UnitReader, at: number): UnitPhrase["above"][number] | null {
  const [token, number] = [reader.tokens[at], reader.tokens[at + 1]];
  if (token === undefined || number === undefined || number.start - token.end > 1) return null;
  const atom = unitOf(reader, token)?.above[0];
  return atom?.dimension === "money" && isCurrency(atom.id) ? atom : null;
}

const CLOSERS: Readonly<Record<string, string>> = { "(": ")", "⌈": "⌉", "⌊": "⌋" };

interface Call {
  readonly rounding: Rounding;
  /** The token behind what opens it, and what closes it. */
  readonly from: number;
  readonly closer: string;
}

function roundingAt({ reader: { tokens } }: WrittenText, at: number): Call | null {
  const sense = senseOf(tokens[at], "functions");
  if (sense === null) return null;
  const token = tokens[at];
  const rounding = sense.value as Rounding;
  if (token?.kind === "mark") return { rounding, from: at + 1, closer: CLOSERS[token.text] ?? ")" };
  return isMark(tokens[at + 1], "(") ? { rounding, from: at + 2, closer: ")" } : null;
}

/** An operator between two numbers; null for what is none, such as the dash of a range. */
function operatorOf({ reader, text }: WrittenText, at: number, isFraction: boolean): { operator: Operator; next: number } | null {
  const { tokens } = reader;
  const token = tokens[at];
  if (token === undefined || token.kind === "number" || token.kind === "product") return null;
  const after = tokens[at + 1];
  if (isMark(token, "*") && isMark(after, "*") && after?.start === token.end) return { operator: "^", next: at + 2 };
  if (isTimes(token)) return { operator: "*", next: at + 1 };
  const spoken = senseOf(token, "operators");
  // "15,360 GPU-hours @ $2": a price is what is multiplied.
  if (spoken?.value === "@") return moneyAt(reader, at + 1) === null ? null : { operator: "*", next: at + 1 };
  const isSpoken = spoken !== null && (!hasRole(token, "hedges") || isMark(after, "("));
  if (isSpoken) return { operator: spoken.value as Operator, next: at + 1 };
  if (token.kind === "word") {
    if (isFraction && hasRole(token, "of")) return { operator: "*", next: hasRole(after, "definite") ? at + 2 : at + 1 };
    const isPer = hasRole(token, "per") && !hasRole(token, "articles") && after?.kind === "number" && after.number.form !== "word";
    return isPer ? { operator: "/", next: at + 1 } : null;
  }
  const [before, behind] = [isGap(text[token.start - 1]), isGap(text[token.end])];
  if (token.text === "^") return { operator: "^", next: at + 1 };
  // "3/ 6 x 70B" is the third of a thread, "10-12" a range.
  if ((token.text === "/" || token.text === "+") && before === behind) return { operator: token.text, next: at + 1 };
  return token.text === "-" && before && behind ? { operator: "-", next: at + 1 } : null;
}

function isGap(character: string | undefined): boolean {
  return character === undefined || character.trim() === "";
}

function sumAt(written: WrittenText, at: number): Expression | null {
  return levelAt(written, at, SUMS, (from) =>
    levelAt(written, from, PRODUCTS, (inner) => levelAt(written, inner, POWERS, (own) => atomAt(written, own))),
  );
}

const SUMS: ReadonlySet<Operator> = new Set(["+", "-"]);
const PRODUCTS: ReadonlySet<Operator> = new Set(["*", "/"]);
const POWERS: ReadonlySet<Operator> = new Set(["^"]);

function levelAt(
  written: WrittenText,
  from: number,
  operators: ReadonlySet<Operator>,
  inner: (at: number) => Expression | null,
): Expression | null {
  let left = inner(from);
  while (left !== null) {
    const found = operatorOf(written, left.next, isFraction(left));
    if (found === null || !operators.has(found.operator) || !startsOperand(written, found.next)) return left;
    const right: Expression | null = inner(found.next);
    if (right === null) return left;
    left = { kind: "operation", operator: found.operator, left, right, start: left.start, end: right.end, next: right.next };
  }
  return null;
}

/** "30% of", "half of", "2/3 of": a part, of which something is taken. */
function isFraction(expression: Expression): boolean {
  if (expression.kind === "operation") return expression.operator === "/" && isPlain(expression.left) && isPlain(expression.right);
  if (expression.kind !== "number") return false;
  const { unit, number } = expression;
  return unit?.above[0]?.dimension === "share" || (unit === null && number.value < 1);
}

function isPlain(expression: Expression): boolean {
  return expression.kind === "number" && expression.unit === null;
}

function atomAt(written: WrittenText, at: number): Expression | null {
  const { reader } = written;
  const call = roundingAt(written, at);
  if (call !== null) return groupAt(written, at, call);
  if (isMark(reader.tokens[at], "(")) return groupAt(written, at, { rounding: "same", from: at + 1, closer: ")" });
  const money = moneyAt(reader, at);
  return numberAt(written, money === null ? at : at + 1, money);
}

/** Nobody writes arithmetic in more brackets. */
const DEEPEST = 50;

function groupAt(written: WrittenText, at: number, { rounding, from, closer }: Call): Expression | null {
  const { tokens } = written.reader;
  const depth = (written.depth ?? 0) + 1;
  const inner = depth > DEEPEST ? null : sumAt({ ...written, depth }, from);
  if (inner === null) return null;
  let close = inner.next;
  let places = 0;
  const digits = tokens[close + 1];
  if (rounding === "nearest" && isMark(tokens[close], ",") && digits?.kind === "number") {
    places = digits.number.value;
    close += 2;
  }
  const token = tokens[close];
  if (!isMark(token, closer) || token === undefined) return null;
  const behind = unitBehind(written, close + 1, null);
  const start = tokens[at]?.start ?? inner.start;
  return { kind: "group", inner, rounding, places, start, ...behind, end: behind.end ?? token.end };
}

function numberAt(written: WrittenText, at: number, money: UnitPhrase["above"][number] | null): Expression | null {
  const { reader, text } = written;
  const token = reader.tokens[at];
  const composite = money === null ? compositeTime(reader, at) : null;
  if (composite !== null && token !== undefined) {
    const unit: WrittenUnit = { size: 1, above: [composite.atom], below: [], product: null };
    return { kind: "number", number: composite.number, isPower: false, start: token.start, unit, end: composite.end, next: composite.next };
  }
  if (token?.kind !== "number" || token.isClock || token.number.form === "vague" || token.number.range !== null) return null;
  const printed = text.slice(token.start, token.end);
  const isPower = token.number.form === "integer" && [...printed].some((character) => RAISED.includes(character));
  const behind = unitBehind(written, at + 1, money);
  const start = money === null ? token.start : (reader.tokens[at - 1]?.start ?? token.start);
  return { kind: "number", number: token.number, isPower, start, ...behind, end: behind.end ?? token.end };
}

/** What raises a number: signs and digits. */
const RAISED = "^*⁰¹²³⁴⁵⁶⁷⁸⁹";

interface Behind {
  readonly unit: WrittenUnit | null;
  readonly end: number | null;
  readonly next: number;
}

/** Words between the unit of an operand and what goes on with it: "steps of warm-up x", "GPUs we rent *". */
const MOST_WORDS = 3;

/** The unit behind a number, up to where the arithmetic goes on; in brackets, it is a label. */
function unitBehind(written: WrittenText, at: number, money: UnitPhrase["above"][number] | null): Behind {
  const { tokens, algebra } = written.reader;
  const stop = stopAt(written, at);
  const cut: UnitReader = { tokens: cutTokens(tokens, at, stop), algebra };
  const own = money === null ? unitAt(cut, at, 2) : dividedBy(cut, { above: [money], next: at, end: tokens[at - 1]?.end ?? 0 });
  const next = own?.next ?? at;
  const label = labelAt(written, next);
  if (label !== null) return { unit: withLabel(own, label), end: label.end, next: label.next };
  const rest = tokens.slice(next, stop);
  const between = written.text.slice(tokens[next - 1]?.end ?? 0, tokens[stop]?.start);
  // The words of the next line are of something else.
  const isSkipped = stop > next && rest.length <= MOST_WORDS && rest.every(isLoose) && !between.includes("\n") && continues(written, stop);
  return { unit: own, end: own?.end ?? null, next: isSkipped ? stop : next };
}

/** Tokens that a unit may look back at. */
const LOOK_BACK = 4;

/** The tokens around a place as they stand in the list, which ends where the unit does; those further back are left out, for there may be very many. */
function cutTokens(tokens: readonly Token[], at: number, stop: number): readonly Token[] {
  if (at <= SHORT_LIST) return tokens.slice(0, stop);
  const cut: Token[] = [];
  for (let index = at - LOOK_BACK; index < stop; index += 1) {
    const token = tokens[index];
    if (token !== undefined) cut[index] = token;
  }
  cut.length = stop;
  return cut;
}

/** Lists up to here are copied faster than they are left out. */
const SHORT_LIST = 200;

/** "$8 (per chip hour)" is divided by what the brackets say; any other label is the unit. */
function withLabel(own: UnitPhrase | null, label: UnitPhrase): WrittenUnit {
  return own === null || label.above.length > 0 ? label : { ...own, below: [...own.below, ...label.below] };
}

/** A word that counts something, and is no letter of a formula. */
function isLoose(token: Token | undefined): boolean {
  if (token === undefined || token.end - token.start <= LONGEST_LETTER) return false;
  return (
    token.kind === "product" || (token.kind === "word" && !hasRole(token, "stops") && !hasRole(token, "results") && !hasRole(token, "and"))
  );
}

function continues(written: WrittenText, at: number): boolean {
  const found = operatorOf(written, at, false);
  return (found !== null && startsOperand(written, found.next)) || linkAt(written, at) !== null;
}

const ENDS: ReadonlySet<string> = new Set(["(", ")", ",", ";", ":", ".", "=", "⌉", "⌋", "|", "~"]);

/** Where a unit ends at the latest: at the operator or sign that goes on, at a bracket or a number. */
function stopAt(written: WrittenText, from: number): number {
  const { tokens } = written.reader;
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.kind === "number" || moneyAt(written.reader, at) !== null) return at;
    if (token.kind === "mark" && ENDS.has(token.text) && !isPointOfUnit(written, at)) return at;
    if (continues(written, at)) return at;
  }
  return tokens.length;
}

/** "GPU.h": a point within a unit. */
function isPointOfUnit({ reader: { tokens } }: WrittenText, at: number): boolean {
  const [before, token, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  return isMark(token, ".") && before?.end === token?.start && after?.start === token?.end && after?.kind === "word";
}

/** "(chips)", "($/chip hour)", "(hours)": what an operand counts, in brackets behind it. */
function labelAt({ reader }: WrittenText, at: number): UnitPhrase | null {
  const { tokens, algebra } = reader;
  if (!isMark(tokens[at], "(")) return null;
  const close = tokens.findIndex((token, index) => index > at && isMark(token, ")"));
  const inside = tokens.slice(at + 1, close);
  if (close < 0 || inside.length === 0 || inside.length > LONGEST_LABEL || inside.some(({ kind }) => kind === "number")) return null;
  const cut: UnitReader = { tokens: tokens.slice(0, close), algebra };
  const money = unitOf(reader, inside[0])?.above[0];
  const unit =
    money?.dimension === "money" ? dividedBy(cut, { above: [money], next: at + 2, end: inside[0]?.end ?? 0 }) : unitAt(cut, at + 1, 1);
  if (unit === null) return null;
  return { ...unit, end: tokens[close]?.end ?? unit.end, next: close + 1 };
}

const LONGEST_LABEL = 6;

/** The expression that begins at a token, where nothing stands behind it; behind a link, words may. */
export function wholeExpression(written: WrittenText, at: number, isLinked: boolean): Expression | null {
  if (!startsOperand(written, at)) return null;
  const expression = sumAt(written, at);
  return expression !== null && (isLinked || expression.next >= written.reader.tokens.length) ? expression : null;
}
