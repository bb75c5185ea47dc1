/**
 * The figures of one stretch of text (a sentence, a cell, a line): numbers with their units, kinds and scopes, by the grammar of
 * `language/` and the words of `rules/lexicon/`.
 */

import { kindOfParts, type LabelMeaning, labelMeaning } from "../language/label-meaning.ts";
import { isCurrency } from "../language/lexicon-index.ts";
import { hasRole, type NumberToken, senseOf, type Token } from "../language/tokens.ts";
import { dimensionOfPhrase, dividedBy, type UnitPhrase, type UnitReader, unitAt, unitOf } from "../language/unit-phrase.ts";
import type { KindDefinition, UnitAtom } from "../model/lexicon.ts";
import { type PrintedNumber, UNTOLD_UNIT } from "../model/mention.ts";
import type { Figure } from "./figure.ts";
import { labelBefore, namesAround, nearestName } from "./names-around.ts";
import { compositeTime, rangeAt } from "./number-shapes.ts";
import { scopeOf } from "./scope.ts";

/** What the place says of its numbers, besides their own words. */
export interface FigureContext {
  /** The meaning of the header over a cell or of the key before a value. */
  readonly label: LabelMeaning | null;
  /** Masses are emissions here. */
  readonly isOfCarbon: boolean;
}

/** All figures with a unit or a name of their own, in order; bare numbers are left out. */
export function figuresIn(reader: UnitReader, context: FigureContext): readonly Figure[] {
  const figures: Figure[] = [];
  let at = 0;
  while (at < reader.tokens.length) {
    const found = figureAt(reader, at, context);
    if (found !== null) {
      figures.push(...found);
      at = Math.max(at + 1, found.at(-1)?.next ?? at + 1);
    } else at += 1;
  }
  return withSharedUnits(reader, figures);
}

function figureAt(reader: UnitReader, at: number, context: FigureContext): readonly Figure[] | null {
  const { tokens } = reader;
  const token = tokens[at];
  if (token === undefined) return null;
  if (token.kind === "product") return sliceFigure(reader, at);
  if (token.kind === "word") return wordFigure(reader, at, context);
  if (token.kind !== "number") return null;
  const composite = compositeTime(reader, at);
  if (composite !== null) {
    const per = dividedBy(reader, { above: [composite.atom], next: composite.next, end: composite.end });
    return one(assemble(reader, at, composite.number, per, context, "composite"));
  }
  const multiplied = multipliedFigure(reader, at, context);
  if (multiplied !== null) return multiplied;
  const range = rangeAt(reader, at);
  const number = range?.number ?? token.number;
  const next = range?.next ?? at + 1;
  const machines = machinesAt(reader, at, context);
  if (machines !== null) return machines;
  const money = moneyBefore(reader, at);
  if (money !== null) {
    const end = range?.end ?? token.end;
    const unit = dividedBy(reader, { above: [money.atom], next: skipMoney(reader, next), end });
    return one(assemble(reader, at, number, { ...unit, size: money.size }, context, "money", money.start));
  }
  const unit = unitAt(reader, next);
  const isCode = unit !== null && unit.gaps > 1 && unit.above[0]?.dimension === "money";
  if (unit !== null && !isCode) {
    const figure = assemble(reader, at, number, unit, context, "unit");
    if (figure !== null) return one(figure);
    if (unit.gaps === 0) return null;
  }
  return one(namedFigure(reader, at, number, next, context));
}

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

type Measured = Pick<UnitPhrase, "above" | "below" | "size" | "next" | "end" | "product" | "isEach" | "isCarbon">;

/** A number and its unit as a figure of the kind that the dimension and the names around make; null where they make none. */
function assemble(
  reader: UnitReader,
  at: number,
  number: PrintedNumber,
  unit: Measured,
  context: FigureContext,
  rule: string,
  start?: number,
): Figure | null {
  const token = reader.tokens[at];
  if (token === undefined) return null;
  const names = namesAround(reader, at, unit.next);
  const named = [...names, ...(context.label === null ? [] : [context.label.kind.kind])];
  const isCarbon = unit.isCarbon || context.isOfCarbon;
  const kind = kindOfParts(reader, { ...unit, isCarbon }, named) ?? openKind(reader, unit);
  if (kind === null) return null;
  const begin = start ?? Math.min(token.start, number.span.start);
  const scope = scopeOf(reader, at, unit, kind);
  const stepTime = scope === "step" ? reader.algebra.kind("step-time") : null;
  if (stepTime !== null)
    return { ...base(reader, at, number, unit, rule, begin), from: start === undefined ? at : at - 1, kind: stepTime, per: null };
  return { ...base(reader, at, number, unit, rule, begin), from: start === undefined ? at : at - 1, kind, per: scope };
}

/** What a percentage or a multiple may be that nothing names: the words around decide. */
function openKind(reader: UnitReader, unit: Measured): KindDefinition | null {
  return unit.below.length === 0 ? (reader.algebra.kindsOf(dimensionOfPhrase(unit)).at(-1) ?? null) : null;
}

function base(
  reader: UnitReader,
  at: number,
  number: PrintedNumber,
  unit: Measured,
  rule: string,
  begin: number,
): Omit<Figure, "kind" | "per"> {
  return {
    start: begin,
    end: Math.max(unit.end, number.span.end),
    from: at,
    next: unit.next,
    number,
    size: unit.size,
    above: unit.above,
    below: unit.below,
    product: unit.product,
    isEach: unit.isEach,
    confidence: 0.95,
    rule,
    qualifiers: unit.product !== null && isNounPrinted(reader, unit) ? ["noun"] : [],
  };
}

/** "H100 GPUs" prints what is counted, "H100s" does not. */
function isNounPrinted(reader: UnitReader, unit: Measured): boolean {
  const last = reader.tokens[unit.next - 1];
  return last !== undefined && unitOf(reader, last)?.above[0]?.dimension === "accelerator";
}

/** A number that only a name, a key or a header makes a figure: "batch size of 512", "PUE is 1.3", "epochs=90". */
function namedFigure(reader: UnitReader, at: number, number: PrintedNumber, next: number, context: FigureContext): Figure | null {
  const token = reader.tokens[at];
  if (token === undefined) return null;
  const label = labelBefore(reader, at);
  const meaning = label === null ? nearestName(reader, at, next) : labelMeaning(reader, label.from, label.to);
  const isClock = token.kind === "number" && token.isClock;
  const second = reader.algebra.atom("second");
  const wallTime = reader.algebra.kind("wall-time");
  const clock =
    isClock && second !== null && wallTime !== null
      ? { kind: wallTime, size: 1, above: [second], below: [], product: null, isPrinted: true }
      : null;
  const chosen = clock ?? meaning ?? context.label;
  if (chosen === null) return null;
  return {
    start: token.start,
    end: token.end,
    from: at,
    next,
    number,
    kind: chosen.kind,
    size: chosen.size,
    above: chosen.above,
    below: chosen.below,
    product: chosen.product,
    per: null,
    isEach: false,
    confidence: 0.9,
    rule: clock !== null ? "clock" : label === null ? "name" : "key",
    qualifiers: chosen.kind.kind === "carbon" && !chosen.isPrinted ? [UNTOLD_UNIT] : [],
  };
}

/** "a v3-256 slice": a name that counts. */
function sliceFigure(reader: UnitReader, at: number): readonly Figure[] | null {
  const token = reader.tokens[at];
  const kind = reader.algebra.kind("accelerators");
  const atom = reader.algebra.atom("slice");
  if (token?.kind !== "product" || token.match.slice === null || kind === null || atom === null) return null;
  const { slice, span } = token.match;
  const number: PrintedNumber = { span: slice.span, value: slice.count, lastPlace: 1, form: "integer", range: null, repair: null };
  const named = unitAt(reader, at, 0);
  const isNamed = named !== null && named.above[0]?.dimension === "pod";
  return one({
    start: span.start,
    end: isNamed ? named.end : span.end,
    from: at,
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
  if (!hasRole(token, "articles") || isDivided(reader, at)) return null;
  const unit = unitAt(reader, at + 1, 0);
  const first = unit?.above[0];
  const isProduct =
    unit !== null && unit.product !== null && unit.product.slice === null && unit.above.length === 1 && unit.below.length === 0;
  if (isProduct) return one(assemble(reader, at, wordNumber(token.start, unit.end, 1), unit, context, "article"));
  if (unit === null || unit.above.length !== 1 || unit.below.length > 0 || (first?.dimension !== "time" && first?.dimension !== "money"))
    return null;
  const half = fractionBehind(reader, unit.next);
  const next = half?.next ?? unit.next;
  const number: PrintedNumber = { ...wordNumber(token.start, half?.end ?? unit.end, 1 + (half?.value ?? 0)), lastPlace: half?.value ?? 1 };
  return one(assemble(reader, at, number, { ...unit, next, end: half?.end ?? unit.end }, context, "article"));
}

/** "$8 an hour", "400 W a card": the article divides what stands before it. */
function isDivided(reader: UnitReader, at: number): boolean {
  const before = reader.tokens[at - 1];
  if (before === undefined) return false;
  if (before.kind === "number" || hasRole(before, "each")) return true;
  return (
    unitOf(reader, before) !== null ||
    (before.kind === "word" && before.senses.length === 0 && hasRole(reader.tokens[at + 1], "units", "year"))
  );
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
      senseOf(tokens[at - 1], "units", "USD") !== null;
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

/** "one 8xH100 node", "two 8-GPU servers": machines, and what each of them holds. */
function machinesAt(reader: UnitReader, at: number, context: FigureContext): readonly Figure[] | null {
  const { tokens } = reader;
  const inner = tokens[at + 1];
  const outer = tokens[at];
  const [accelerators, nodes] = [reader.algebra.kind("accelerators"), reader.algebra.kind("nodes")];
  if (outer?.kind !== "number" || accelerators === null || nodes === null) return null;
  const isOuter = inner?.kind === "number" && inner.start - outer.end <= 2;
  const index = isOuter ? at + 1 : at;
  const count = tokens[index];
  if (count?.kind !== "number") return null;
  const joint = tokens[index + 1];
  const isGlued = joint?.kind === "mark" && joint.text === "-" && joint.start === count.end;
  if (!isGlued && !hasRole(joint, "times")) return null;
  const unit = unitAt(reader, index + 1, 1);
  const node = unit?.above[0];
  const last = unit === null ? undefined : tokens[unit.next - 1];
  if (
    unit === null ||
    (node?.dimension !== "node" && node?.dimension !== "pod") ||
    unit.above.length !== 1 ||
    last === undefined ||
    unit.below.length > 0
  )
    return null;
  // "16 x p3.16xlarge", "4 x DGX" count machines themselves.
  if (last.kind === "product" || unit.product?.system != null) return null;
  const printed = hardwareIn(reader, index + 2, unit.next - 1);
  const gpu = printed ?? reader.algebra.atom("gpu");
  if (gpu === null || (printed === null && unit.product === null)) return null;
  const base = {
    kind: accelerators,
    size: 1,
    below: [],
    product: unit.product,
    isEach: false,
    confidence: 0.95,
    rule: "machine",
    qualifiers: [],
  };
  const isWhole = node.dimension === "pod";
  const held: Figure = {
    ...base,
    start: count.start,
    end: unit.end,
    from: index,
    next: unit.next,
    number: count.number,
    above: [gpu],
    per: isWhole ? null : "node",
  };
  if (!isOuter) return [held];
  const machines: Figure = {
    ...base,
    kind: nodes,
    start: outer.start,
    end: unit.end,
    from: at,
    next: index,
    number: outer.number,
    above: [node],
    per: null,
  };
  return isWhole ? [held] : [machines, held];
}

/** "12x8 GPUs", "15 x 8 V100 hours": counts that are multiplied, where no result is printed. */
function multipliedFigure(reader: UnitReader, at: number, context: FigureContext): readonly Figure[] | null {
  const { tokens } = reader;
  const first = tokens[at];
  let [last, value] = [at, first?.kind === "number" ? first.number.value : 0];
  for (;;) {
    const [times, factor] = [tokens[last + 1], tokens[last + 2]];
    if (!hasRole(times, "times") || factor?.kind !== "number" || factor.number.form !== "integer") break;
    value *= factor.number.value;
    last += 2;
  }
  const end = tokens[last];
  if (first?.kind !== "number" || end === undefined || last === at || first.number.form !== "integer") return null;
  const unit = unitAt(reader, last + 1, 1);
  const dimension = unit?.above[0]?.dimension;
  if (unit === null || (dimension !== "accelerator" && dimension !== "node") || isExpression(tokens, unit.next)) return null;
  const number: PrintedNumber = { ...first.number, span: { start: first.start, end: end.end }, value, lastPlace: 1 };
  return one(assemble(reader, at, number, unit, context, "multiplied"));
}

/** A computation that goes on, or whose result follows. */
function isExpression(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return (
    hasRole(token, "times") ||
    (token?.kind === "mark" && (token.text === "=" || token.text === "~" || token.text === "→" || token.text === "+"))
  );
}

function hardwareIn(reader: UnitReader, from: number, to: number): UnitAtom | null {
  for (const token of reader.tokens.slice(from, to)) {
    const atom = unitOf(reader, token)?.above[0];
    if (atom?.dimension === "accelerator") return atom;
  }
  return null;
}

/** "8, 16 and 32 H100s", "$2.20 vs $1.10 an hour": what stands in a list has the unit of its last. */
function withSharedUnits(reader: UnitReader, figures: readonly Figure[]): readonly Figure[] {
  const byStart = new Map(figures.map((figure) => [figure.from, figure]));
  const shared: Figure[] = [];
  for (let at = reader.tokens.length - 1; at >= 0; at -= 1) {
    const token = reader.tokens[at];
    if (token?.kind !== "number" || isTaken(figures, at)) continue;
    const next = listedNext(reader, at);
    const owner = next === null ? undefined : byStart.get(next);
    if (owner === undefined || owner.number.value === 0 || owner.rule === "money") continue;
    const spread = token.number.value / owner.number.value;
    if (spread > MOST_SPREAD_OF_A_LIST || spread < 1 / MOST_SPREAD_OF_A_LIST) continue;
    const figure = {
      ...owner,
      start: token.start,
      end: token.end,
      from: at,
      next: at + 1,
      number: token.number,
      rule: "shared unit",
      confidence: 0.9,
    };
    shared.push(figure);
    byStart.set(at, figure);
  }
  const all = [...figures, ...shared].sort((left, right) => left.from - right.from);
  return all.map((figure) => {
    const next = figure.kind.kind === "cost" ? byStart.get(listedNext(reader, figure.next - 1) ?? -1) : undefined;
    return next?.kind.kind === "price"
      ? { ...figure, kind: next.kind, above: next.above, below: next.below, product: next.product }
      : figure;
  });
}

function isTaken(figures: readonly Figure[], at: number): boolean {
  return figures.some((figure) => figure.from <= at && at < figure.next);
}

/** What a list has in common is of one size. */
const MOST_SPREAD_OF_A_LIST = 10_000;

const JOINTS: ReadonlySet<string> = new Set([",", "/", ";"]);

/** The token of the next number (or its sign of money) in a list. */
function listedNext(reader: UnitReader, at: number): number | null {
  const { tokens } = reader;
  let next = at + 1;
  let joints = 0;
  while (joints < 2) {
    const token = tokens[next];
    const isJoint =
      (token?.kind === "mark" && JOINTS.has(token.text)) || hasRole(token, "and") || hasRole(token, "to") || hasRole(token, "again", "");
    if (!isJoint) break;
    joints += 1;
    next += 1;
  }
  if (joints === 0) return null;
  const token = tokens[next];
  if (token?.kind === "number") return next;
  return isNumberOf(tokens[next + 1]) && senseOf(token, "units") !== null ? next : null;
}

function isNumberOf(token: Token | undefined): token is NumberToken {
  return token?.kind === "number";
}
