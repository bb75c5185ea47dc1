/**
 * The figures of one stretch of text (a sentence, a cell, a line): numbers with their units, kinds and scopes, by the grammar of
 * `language/` and the words of `rules/lexicon/`.
 */

import { countedBefore } from "../language/counted.ts";
import { kindOfParts, type LabelMeaning, labelMeaning, usualMeaning } from "../language/label-meaning.ts";
import { isCurrency, isWide } from "../language/lexicon-index.ts";
import { compositeTime, rangeAt } from "../language/number-shapes.ts";
import { hasRole, isKeySign, isMark, senseOf, type Token } from "../language/tokens.ts";
import { dividedBy, type UnitPhrase, type UnitReader, unitAt, unitOf } from "../language/unit-phrase.ts";
import type { UnitAtom } from "../model/lexicon.ts";
import { append } from "../model/many.ts";
import { type PrintedNumber, UNTOLD_UNIT } from "../model/mention.ts";
import { assemble, assembleDivided, type FigureContext, type Measured } from "./assemble.ts";
import type { Figure } from "./figure.ts";
import { machinesAt, multipliedFigure } from "./machines.ts";
import { labelBefore, nearestName } from "./names-around.ts";
import { beginsBar, progressBarAt } from "./progress-bar.ts";
import { withSharedUnits } from "./shared-units.ts";

/** All figures with a unit or a name of their own, in order; bare numbers are left out. */
export function figuresIn(reader: UnitReader, context: FigureContext): readonly Figure[] {
  const figures: Figure[] = [];
  let at = 0;
  while (at < reader.tokens.length) {
    const found = figureAt(reader, at, context) ?? heldByNodes(reader, at, figures.at(-1));
    if (found !== null) {
      append(figures, found);
      at = Math.max(at + 1, found.at(-1)?.next ?? at + 1);
    } else at += 1;
  }
  return withSharedUnits(
    reader,
    figures.filter((figure, index) => !isScopeOf(figure, figures[index - 1], figures[index + 1])),
  );
}

/** "twelve boxes, eight in each", "eighty nodes of eight": what each of the machines holds that were counted right before. */
function heldByNodes(reader: UnitReader, at: number, before: Figure | undefined): readonly Figure[] | null {
  const { tokens, algebra } = reader;
  const token = tokens[at];
  const [kind, gpu] = [algebra.kind("accelerators"), algebra.atom("gpu")];
  if (token?.kind !== "number" || before?.kind.kind !== "nodes" || kind === null || gpu === null || !isCount(token.number)) return null;
  const isEach = hasRole(tokens[at + 1], "each") && at - before.next <= MOST_TO_HELD;
  if (!isEach && !(before.next === at - 1 && hasRole(tokens[at - 1], "of"))) return null;
  const [start, end] = [token.start, isEach ? (tokens[at + 1]?.end ?? token.end) : token.end];
  const held = { start, end, from: at, next: isEach ? at + 2 : at + 1, number: token.number, kind, above: [gpu], per: "node" };
  return [{ ...held, size: 1, below: [], product: null, isEach, confidence: 0.9, rule: "held", qualifiers: [] }];
}

const MOST_TO_HELD = 10;

/** "seq_len=2048 max_steps=120000": what is glued to a sign of equality is the key of the next value. */
function isKeyOfNext(tokens: readonly Token[], unit: UnitPhrase): boolean {
  return isKeySign(tokens, unit.next) && tokens[unit.next + 1]?.start === tokens[unit.next]?.end;
}

/** The "one epoch" of "80 hours to finish one epoch", "one epoch takes 3 h" counts nothing. */
function isScopeOf(figure: Figure, before: Figure | undefined, behind: Figure | undefined): boolean {
  const isOne = figure.number.value === 1 && figure.number.form === "word" && figure.above[0]?.dimension === "epoch";
  if (!isOne) return false;
  return (
    (before?.per === "epoch" && figure.from - before.next <= MOST_TO_SCOPE) ||
    (behind?.per === "epoch" && behind.from - figure.next <= MOST_TO_SCOPE)
  );
}

const MOST_TO_SCOPE = 4;

function figureAt(reader: UnitReader, at: number, context: FigureContext): readonly Figure[] | null {
  const { tokens } = reader;
  const token = tokens[at];
  if (token === undefined) return null;
  if (token.kind === "product") return sliceFigure(reader, at);
  if (token.kind === "word") return wordFigure(reader, at, context);
  if (token.kind !== "number" || hasRole(tokens[at - 1], "ordinal")) return null;
  const bar = progressBarAt(reader, at, context);
  if (bar !== null) return bar;
  const composite = compositeTime(reader, at);
  if (composite !== null) {
    const per = dividedBy(reader, { above: [composite.atom], next: composite.next, end: composite.end });
    return one(assemble(reader, at, composite.number, per, context, "composite"));
  }
  const multiplied = multipliedFigure(reader, at, context);
  if (multiplied !== null) return multiplied;
  const range = rangeAt(reader, at);
  const number = range?.number ?? token.number;
  const following = range?.next ?? at + 1;
  const next = isSetApart(tokens, at, following) ? following + 1 : following;
  const machines = machinesAt(reader, at);
  if (machines !== null) return machines;
  const money = moneyBefore(reader, at);
  if (money !== null) {
    const end = range?.end ?? token.end;
    const unit = dividedBy(reader, { above: [money.atom], next: skipMoney(reader, next), end });
    return one(assembleDivided(reader, at, number, { ...unit, size: money.size }, context, "money", money.start));
  }
  const behind = unitAt(reader, next);
  const unit = behind === null || isKeyOfNext(tokens, behind) || isLetterOfYear(tokens, at, behind) ? null : behind;
  if (unit !== null && (isDenominator(tokens, at, unit) || isOfArea(tokens, at, unit) || beginsBar(tokens, unit.next))) return null;
  const isCode = unit !== null && unit.above[0]?.dimension === "money" && (unit.gaps > 1 || (unit.gaps > 0 && isSignOfNext(tokens, unit)));
  const counted = unit === null || unit.gaps > 0 ? countedBefore(reader, at, next) : null;
  if (counted !== null) {
    const { atom, product, isEach, end, start } = counted;
    const thing: Measured = {
      above: [atom],
      below: [],
      size: 1,
      next: isEach ? counted.next + 1 : counted.next,
      end,
      product,
      isEach,
      isCarbon: false,
    };
    return one(assemble(reader, at, number, thing, context, "counted", start));
  }
  // "4×" under "Cards" counts them.
  const isMultiple = unit?.above[0]?.dimension === "multiple" && tokens[unit.next] === undefined;
  if (unit !== null && !isCode && !(isMultiple && countsThings(context.label))) {
    const half = unit.below.length === 0 ? partBehind(reader, unit) : null;
    const figure =
      half === null
        ? assembleDivided(reader, at, number, unit, context, "unit")
        : assemble(
            reader,
            at,
            { ...number, value: number.value + half.value, lastPlace: half.value },
            { ...dividedBy(reader, { above: unit.above, next: half.next, end: half.end }), size: unit.size },
            context,
            "unit",
          );
    if (figure !== null) return one(figure);
    if (unit.gaps === 0) return null;
  }
  return one(namedFigure(reader, at, number, next, context));
}

/** "Wren 3 came to $29,490": a sign that touches a number is of that number. */
function isSignOfNext(tokens: readonly Token[], { next, end }: UnitPhrase): boolean {
  return tokens[next]?.kind === "number" && (tokens[next]?.start ?? 0) - end <= 1;
}

/** "2024c" tells publications of a year apart, and no cents. */
function isLetterOfYear(tokens: readonly Token[], at: number, unit: UnitPhrase): boolean {
  const [number, letter] = [tokens[at], tokens[at + 1]];
  const isGlued = letter !== undefined && letter.start === number?.end && letter.end - letter.start === 1;
  return isGlued && unit.above[0]?.id === "cent" && number?.kind === "number" && number.number.value >= LEAST_YEAR;
}

const LEAST_YEAR = 1900;

/** "9,216 — H100 chips": a line that tells its number first, and behind a dash what it counts. */
function isSetApart(tokens: readonly Token[], at: number, next: number): boolean {
  const dash = tokens[next];
  return at === 0 && dash?.kind === "mark" && DASHES.has(dash.text) && dash.start > (tokens[at]?.end ?? 0);
}

const DASHES: ReadonlySet<string> = new Set(["-", "–", "—"]);

function one(figure: Figure | null): readonly Figure[] | null {
  return figure === null ? null : [figure];
}

/** A sign or code of money right before a number. */
function moneyBefore(reader: UnitReader, at: number): { readonly atom: UnitAtom; readonly size: number; readonly start: number } | null {
  const [before, token] = [reader.tokens[at - 1], reader.tokens[at]];
  if (before === undefined || token === undefined || token.start - before.end > 1) return null;
  const unit = unitOf(reader, before);
  const atom = unit?.above[0];
  if (unit === null || atom?.dimension !== "money" || !isCurrency(atom.id) || isSpelledOut(before)) return null;
  return { atom, size: unit.size, start: before.start };
}

/** "dollars" stand behind their number, signs and codes before it. */
function isSpelledOut(token: Token): boolean {
  return token.kind === "word" && token.end - token.start > 3 && token.text === token.text.toLowerCase();
}

/** "$5 million USD": the code repeats the sign. */
function skipMoney(reader: UnitReader, next: number): number {
  const unit = unitOf(reader, reader.tokens[next]);
  return unit?.above[0]?.dimension === "money" ? next + 1 : next;
}

/** "1 GPU あたり", "每百万 token": what another figure is told for. */
function isDenominator(tokens: readonly Token[], at: number, unit: UnitPhrase): boolean {
  if (hasRole(tokens[unit.next], "per-after")) return true;
  const before = tokens[at - 1];
  // "1,024 sequences, each 4,096 tokens long" divides nothing.
  const isOfEach = hasRole(before, "each") && tokens[at - 2]?.kind === "mark";
  const isPer = hasRole(before, "per") && before?.kind === "word" && !hasRole(before, "articles");
  return isPer && !isOfEach && unit.above[0]?.dimension === "token" && unit.below.length === 0;
}

/** "256×256 images": the sides of a picture. */
function isOfArea(tokens: readonly Token[], at: number, unit: UnitPhrase): boolean {
  const dimension = unit.above[0]?.dimension;
  // "6 × 70B × 15T", "6 x N x D": a sign between factors multiplies.
  if (dimension === "multiple") {
    const isSign = unit.next > 0 && hasRole(tokens[unit.next - 1], "times");
    const goesOn = hasRole(tokens[unit.next + 1], "times");
    return isSign && (tokens[unit.next]?.kind === "number" || goesOn || hasRole(tokens[at - 1], "times"));
  }
  return (
    dimension === "sample" &&
    hasRole(tokens[at - 1], "times") &&
    tokens[at - 2]?.kind === "number" &&
    tokens[at - 2]?.end === tokens[at - 1]?.start
  );
}

/** A number that only a name, a key or a header makes a figure: "batch size of 512", "PUE is 1.3", "epochs=90". */
function namedFigure(reader: UnitReader, at: number, number: PrintedNumber, next: number, context: FigureContext): Figure | null {
  const token = reader.tokens[at];
  if (token === undefined) return null;
  const label = labelBefore(reader, at);
  const meaning =
    label === null
      ? nearestName(reader, at, next)
      : (labelMeaning(reader, label.from, label.to) ?? countOfProduct(reader, label.to, number));
  const isClock = token.kind === "number" && token.isClock;
  const second = reader.algebra.atom("second");
  const wallTime = reader.algebra.kind("wall-time");
  const clock =
    isClock && second !== null && wallTime !== null
      ? { kind: wallTime, size: 1, above: [second], below: [], product: null, isPrinted: true }
      : null;
  const chosen = clock ?? meaning ?? context.label;
  // "18x" in a row of hours says how many times as many.
  const isMultiple =
    hasRole(reader.tokens[next], "times") && reader.tokens[next]?.start === token.end && reader.tokens[next + 1] === undefined;
  if (chosen === null || (isMultiple && chosen.kind.kind !== "ratio" && !countsThings(chosen))) return null;
  const isBatch = chosen.kind.kind === "batch";
  const tokenAtom = isBatch && !chosen.isPrinted && number.value * chosen.size >= LEAST_TOKENS ? reader.algebra.atom("token") : null;
  const above = tokenAtom === null ? chosen.above : [tokenAtom];
  const per = dividedBy(reader, { above, next, end: token.end });
  const isDivided =
    per.below.length > 0 &&
    chosen.below.length === 0 &&
    (isBatch || kindOfParts(reader, { ...per, isCarbon: false }, [chosen.kind.kind]) === chosen.kind);
  const nameOfPart =
    isBatch && reader.tokens.slice(Math.max(0, at - REACH_OF_NAME), at).some((near) => hasRole(near, "parts", "accelerator"));
  return {
    start: token.start,
    end: isDivided ? per.end : token.end,
    from: at,
    next: isDivided ? per.next : next,
    number,
    kind: chosen.kind,
    size: chosen.size,
    above,
    below: isDivided ? per.below : chosen.below,
    product: chosen.product,
    per: nameOfPart ? "accelerator" : null,
    isEach: false,
    // What is called a PUE is one; "hardware: 8" may count anything.
    confidence: chosen.kind.isNamed ? 0.95 : 0.9,
    rule: clock !== null ? "clock" : label === null ? "name" : label.from === 0 && chosen.isPrinted ? "key with unit" : "key",
    qualifiers: chosen.kind.kind === "carbon" && !chosen.isPrinted ? [UNTOLD_UNIT] : [],
  };
}

/** "gres/gpu:h100=32": so many of a product. */
function countOfProduct(reader: UnitReader, sign: number, number: PrintedNumber): LabelMeaning | null {
  const key = reader.tokens[sign - 1];
  const meaning = usualMeaning(reader.algebra, "accelerators");
  if (key?.kind !== "product" || !isMark(reader.tokens[sign], "=") || meaning === null || !isCount(number)) return null;
  return { ...meaning, product: key.match };
}

function countsThings(label: Pick<LabelMeaning, "above"> | null): boolean {
  return label?.above.length === 1 && COUNTED.has(label.above[0]?.dimension ?? "");
}

/** A batch of so many is told in tokens. */
const LEAST_TOKENS = 100_000;

/** How far before a number the words of its name begin. */
const REACH_OF_NAME = 5;

/** "a v3-256 slice": a name that counts. */
function sliceFigure(reader: UnitReader, at: number): readonly Figure[] | null {
  const token = reader.tokens[at];
  const kind = reader.algebra.kind("accelerators");
  const atom = reader.algebra.atom("slice");
  if (token?.kind !== "product" || token.match.slice === null || kind === null || atom === null) return null;
  const { slice, span } = token.match;
  const before = reader.tokens[hasRole(reader.tokens[at - 1], "times") ? at - 2 : at - 1];
  const many = before?.kind === "number" && isCount(before.number) ? before : null;
  const number: PrintedNumber = {
    span: many === null ? slice.span : { start: many.start, end: slice.span.end },
    value: slice.count * (many?.number.value ?? 1),
    lastPlace: 1,
    form: "integer",
    range: null,
    repair: null,
  };
  const named = unitAt(reader, at, 0);
  const isNamed = named !== null && named.above[0]?.dimension === "pod";
  return one({
    start: many?.start ?? span.start,
    end: isNamed ? named.end : span.end,
    from: many === null ? at : reader.tokens.indexOf(many),
    next: isNamed ? named.next : at + 1,
    number,
    kind,
    size: 1,
    above: [atom],
    below: [],
    product: token.match,
    per: null,
    isEach: false,
    confidence: 0.9,
    rule: "slice",
    qualifiers: [],
  });
}

/** A number of things: whole and small. */
function isCount({ value, form, range }: PrintedNumber): boolean {
  return (form === "integer" || form === "word") && Number.isInteger(value) && value >= 2 && value <= MOST_SLICES && range === null;
}

const MOST_SLICES = 64;

/** "our own L40S", "the department's A40": a product that somebody has is one, where it stands in the singular and by itself. */
function ownedProduct(reader: UnitReader, at: number): UnitPhrase | null {
  const { tokens } = reader;
  const token = tokens[at];
  if (token?.kind !== "word" || !(hasRole(token, "owners") || isGenitive(token.text))) return null;
  const unit = unitAt(reader, at + 1);
  if (unit === null || unit.product === null || unit.product.slice !== null || unit.above.length > 1 || unit.below.length > 0) return null;
  const after = tokens[unit.next];
  const isOfOther = after !== undefined && after.kind !== "mark" && !hasRole(after, "stops") && !hasRole(after, "and");
  return tokens[unit.next - 1]?.kind === "product" && !isOfOther && !isSubject(tokens, unit.next) ? unit : null;
}

/** Of a common noun: "Nvidia's H100" is a product of many. */
function isGenitive(word: string): boolean {
  return (word.endsWith("'s") || word.endsWith("’s")) && word === word.toLowerCase();
}

/** Words that hold a number of their own: "a week", "an hour and a half", "twice". */
function wordFigure(reader: UnitReader, at: number, context: FigureContext): readonly Figure[] | null {
  const { tokens } = reader;
  const token = tokens[at];
  if (token?.kind !== "word") return null;
  const own = unitOf(reader, token);
  if (own !== null && own.size !== 1 && own.above[0]?.dimension === "multiple") {
    const number = wordNumber(token.start, token.end, own.size);
    return one(
      assemble(
        reader,
        at,
        number,
        { ...own, size: 1, next: at + 1, end: token.end, product: null, isEach: false, isCarbon: false },
        context,
        "word",
      ),
    );
  }
  const share = fractionFigure(reader, at, context);
  if (share !== null) return one(share);
  const owned = ownedProduct(reader, at);
  if (owned !== null) return one(assemble(reader, at, wordNumber(token.start, owned.end, 1), owned, context, "article"));
  if (!hasRole(token, "articles") || isDivided(reader, at)) return null;
  const near = unitAt(reader, at + 1);
  // "a rented RTX 4090".
  const unit = near === null || near.gaps === 0 || near.product !== null ? near : null;
  const first = unit?.above[0];
  const isProduct =
    unit !== null && unit.product !== null && unit.product.slice === null && unit.above.length === 1 && unit.below.length === 0;
  // A sentence that begins with "A TPU v3 device" tells what such a device is.
  if (isProduct && at === 0) return null;
  if (isProduct && !isSubject(reader.tokens, unit.next))
    return one(assemble(reader, at, wordNumber(token.start, unit.end, 1), unit, context, "article"));
  // "on a server with eight A100s" is one; "a dollar an hour" is a price.
  const isMachine = unit !== null && first?.dimension === "node" && hasRole(tokens[at - 1], "stops") && isDescribed(tokens, unit.next);
  const isMoney = first?.dimension === "money";
  if (unit === null || unit.above.length !== 1 || (unit.below.length > 0 && !isMoney)) return null;
  if (first?.dimension !== "time" && !isMoney && !isMachine) return null;
  const composite = first?.dimension === "time" ? compositeTime(reader, at) : null;
  if (composite !== null) {
    const per = dividedBy(reader, { above: [composite.atom], next: composite.next, end: composite.end });
    return one(assemble(reader, at, composite.number, per, context, "composite"));
  }
  const half = fractionBehind(reader, unit.next);
  const start = token.start + token.text.lastIndexOf(" ") + 1;
  const number: PrintedNumber = { ...wordNumber(start, half?.end ?? unit.end, 1 + (half?.value ?? 0)), lastPlace: half?.value ?? 1 };
  const whole = half === null ? unit : { ...dividedBy(reader, { above: unit.above, next: half.next, end: half.end }), size: unit.size };
  const figure = assemble(reader, at, number, whole, context, "article");
  return figure === null ? null : [{ ...figure, start }];
}

/** Whether what follows tells how many of something a thing holds. */
function isDescribed(tokens: readonly Token[], at: number): boolean {
  return hasRole(tokens[at], "contains") && tokens[at + 1]?.kind === "number";
}

/** "a third of the cost", "two thirds", "three quarters of it": a share of something; not "a third run". */
function fractionFigure(reader: UnitReader, at: number, context: FigureContext): Figure | null {
  const { tokens } = reader;
  // "one-twelfth".
  const first = isMark(tokens[at - 1], "-") ? at - 2 : at - 1;
  const [before, token, after] = [tokens[first], tokens[at], tokens[at + 1]];
  const parts = Number(senseOf(token, "fractions")?.value ?? 0);
  const part = parts === 0 ? 0 : 1 / parts;
  const times = reader.algebra.atom("times");
  if (part === 0 || token === undefined || before === undefined || times === null) return null;
  // "a third of a percent", "a third of a watt-hour".
  if (hasRole(after, "of") && hasRole(tokens[at + 2], "articles") && unitAt(reader, at + 3, 0) !== null) return null;
  // "half as many" needs no article.
  const isHalfAs = part === 0.5 && senseOf(after, "names", "ratio") !== null;
  const isCounted = before.kind === "number" || hasRole(before, "articles");
  const count = before.kind === "number" ? before.number.value : isCounted || isHalfAs ? 1 : 0;
  const isOrdinal = after?.kind === "word" && !hasRole(after, "of") && !hasRole(after, "stops") && !hasRole(after, "names");
  const start = isCounted ? before.start : token.start;
  if (count === 0 || !Number.isInteger(count) || isOrdinal || after?.kind === "number" || after?.kind === "product") return null;
  const number = { ...wordNumber(start, token.end, count * part), lastPlace: part };
  const unit = { above: [times], below: [], size: 1, next: at + 1, end: token.end, product: null, isEach: false, isCarbon: false };
  const figure = assemble(reader, at, number, unit, context, "fraction");
  return figure === null ? null : { ...figure, start, from: isCounted ? first : at };
}

/** "a TPU v3 device, which costs", "an H100 is": what is said of a product as such counts nothing. */
function isSubject(tokens: readonly Token[], next: number): boolean {
  const after = tokens[next]?.kind === "mark" ? tokens[next + 1] : tokens[next];
  return hasRole(after, "contains") || hasRole(after, "names") || (hasRole(after, "stops") && hasRole(after, "again"));
}

/** "$8 an hour", "400 W a card": the article divides what stands before it. */
function isDivided(reader: UnitReader, at: number): boolean {
  const before = reader.tokens[at - 1];
  if (before === undefined) return false;
  if (before.kind === "number" || hasRole(before, "each") || isCountedNoun(reader, at - 1)) return true;
  const unit = unitOf(reader, before);
  // "ran on 64 GPUs for a week".
  if (unit !== null && hasRole(reader.tokens[at], "per") && COUNTED.has(unit.above.at(-1)?.dimension ?? "")) return false;
  return unit !== null || (before.kind === "word" && before.senses.length === 0 && hasRole(reader.tokens[at + 1], "units", "year"));
}

/** "40 million questions a day": the plural of an ordinary word, and its number before it. */
function isCountedNoun({ tokens }: UnitReader, at: number): boolean {
  const noun = tokens[at];
  if (noun?.kind !== "word" || noun.senses.length > 0 || !noun.text.endsWith("s")) return false;
  const [before, first] = [tokens[at - 1], tokens[at - 2]];
  return before?.kind === "number" || (before?.kind === "word" && before.senses.length === 0 && first?.kind === "number");
}

/** What is counted, never divided by a time. */
const COUNTED: ReadonlySet<string> = new Set(["accelerator", "node", "power", "pod", "part"]);

/** What goes on behind a unit: the half of "two days and a half", the cents of "two dollars thirty-five". */
function partBehind(
  reader: UnitReader,
  { above, next }: UnitPhrase,
): { readonly value: number; readonly end: number; readonly next: number } | null {
  if (above[0]?.dimension === "time") return halfBehind(reader, next);
  return above[0]?.dimension === "money" && !hasRole(reader.tokens[next], "and") ? fractionBehind(reader, next) : null;
}

/** "two days and a half", "3 天半": not "two hours and half the cards". */
function halfBehind(reader: UnitReader, at: number): { readonly value: number; readonly end: number; readonly next: number } | null {
  const token = reader.tokens[at];
  if (token?.kind === "word" && isWide(token.text.charCodeAt(0))) {
    const value = Number(senseOf(token, "numbers")?.value ?? 1);
    return value < 1 && unitOf(reader, reader.tokens[at + 1]) === null ? { value, end: token.end, next: at + 1 } : null;
  }
  const half = fractionBehind(reader, at);
  const after = half === null ? undefined : reader.tokens[half.next];
  return half === null || hasRole(after, "of") || hasRole(after, "definite") || unitOf(reader, after) !== null ? null : half;
}

function fractionBehind(reader: UnitReader, at: number): { readonly value: number; readonly end: number; readonly next: number } | null {
  const { tokens } = reader;
  if (!hasRole(tokens[at], "and")) {
    // "a dollar fifty".
    const cents = tokens[at];
    const isCents =
      cents?.kind === "number" &&
      cents.number.form === "word" &&
      cents.number.value >= 10 &&
      cents.number.value < 100 &&
      unitOf(reader, tokens[at - 1])?.above[0]?.dimension === "money";
    return isCents ? { value: cents.number.value / 100, end: cents.end, next: at + 1 } : null;
  }
  const token = tokens[at + 1];
  const half = hasRole(token, "articles") ? tokens[at + 2] : token;
  const next = hasRole(token, "articles") ? at + 3 : at + 2;
  if (half?.kind === "number" && half.number.value < 1) return { value: half.number.value, end: half.end, next };
  const sense = senseOf(half, "numbers");
  return sense !== null && half !== undefined && Number(sense.value) < 1 ? { value: Number(sense.value), end: half.end, next } : null;
}

function wordNumber(start: number, end: number, value: number): PrintedNumber {
  return { span: { start, end }, value, lastPlace: 1, form: "word", range: null, repair: null };
}
