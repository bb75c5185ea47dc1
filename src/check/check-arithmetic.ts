import type { Catalog } from "../model/catalog.ts";
import type { Cause, Finding } from "../model/finding.ts";
import type { Mention, MentionId, Statement, WrittenExpression, WrittenSide } from "../model/mention.ts";
import type { Figure, Quantity } from "../model/quantity.ts";
import { faceOnly, isWorkedOut, operandsOf, withPrefix, worthOf } from "../model/written-value.ts";
import { around, slippedFrom } from "./digit-slips.ts";
import { checkOperands } from "./expression-operands.ts";
import { statementFinding } from "./statement-finding.ts";
import { timeFactors } from "./time-factors.ts";
import { exactly } from "./working.ts";
import {
  baseWorth,
  beginningsOf,
  dimensionsOf,
  isLabelled,
  isSame,
  measuredIn,
  type Operand,
  roundingOf,
  type Surroundings,
  turned,
  workingOf,
} from "./written-expression.ts";

type Arithmetic = Extract<Statement, { kind: "arithmetic" }>;

/** Written arithmetic is exact but for the rounding of its result; a gap below this is nobody's slip. */
const NEGLIGIBLE_GAP = 0.005;

/** What "about" admits. */
const NEAR = 0.1;

/** Checks the links of written arithmetic: the first that does not hold is told, else every figure that a computation gives. */
export function checkArithmetic(surroundings: Surroundings, statements: readonly Statement[]): readonly Finding[] {
  const byId = new Map(surroundings.quantities.map((quantity) => [quantity.mention.id, quantity]));
  return statements.flatMap((statement) => (statement.kind === "arithmetic" ? checkChain(surroundings, statement, byId) : []));
}

/** Two sides, the figure that they are told of, and what they are worth. */
interface Link {
  readonly claim: Quantity;
  /** The printed side, and the one that is worked out. */
  readonly stated: WrittenExpression;
  readonly computed: WrittenExpression;
  readonly side: WrittenSide;
}

interface Outcome {
  readonly agrees: boolean;
  /** What the computed side comes to, in the unit of the stated one. */
  readonly value: number;
  /** What turns the numbers as printed into it. */
  readonly conversion: number;
  readonly isByUnits: boolean;
}

function checkChain(around: Surroundings, statement: Arithmetic, byId: ReadonlyMap<MentionId, Quantity>): readonly Finding[] {
  const factors = timeFactors(around.catalog);
  const sides = statement.sides.map((side) => ({ ...side, expression: turned(side.expression, factors) }));
  const found: Finding[] = [];
  for (let index = 1; index < sides.length; index += 1) {
    const link = linkOf(sides, index, byId);
    if (link === null || isRetold(around, sides, index)) continue;
    const outcome = compare(around.catalog, link);
    if (outcome === null) continue;
    const finding = outcome.agrees ? heldLink(around, link, outcome) : brokenLink(around, link, outcome);
    if (finding?.verdict === "inconsistent") return [finding];
    if (!outcome.agrees) return found;
    if (finding !== null) found.push(finding);
  }
  return found;
}

function quantityOf(side: WrittenSide | undefined, byId: ReadonlyMap<MentionId, Quantity>): Quantity | undefined {
  return side === undefined || side.mention === null ? undefined : byId.get(side.mention);
}

/** The later side is what the earlier one comes to; a figure before its computation is what is told. */
function linkOf(sides: readonly WrittenSide[], index: number, byId: ReadonlyMap<MentionId, Quantity>): Link | null {
  const [before, side] = [sides[index - 1], sides[index]];
  if (before === undefined || side === undefined) return null;
  const [left, right] = [isWorkedOut(before.expression), isWorkedOut(side.expression)];
  const isHead = !left && right;
  const claim = isHead ? quantityOf(before, byId) : (quantityOf(side, byId) ?? lastFigure(sides, index, byId));
  if (claim === undefined || (!right && quantityOf(side, byId) === undefined)) return null;
  const [stated, computed] = isHead ? [before.expression, side.expression] : [side.expression, before.expression];
  return { claim, stated, computed, side };
}

/** A link between two computations is told of the figure that both are to give. */
function lastFigure(sides: readonly WrittenSide[], index: number, byId: ReadonlyMap<MentionId, Quantity>): Quantity | undefined {
  return sides.slice(index).flatMap((side) => quantityOf(side, byId) ?? [])[0] ?? quantityOf(sides[index - 2], byId);
}

/** "90,000 iterations = 450 * 200 = 450 epochs": a chain that goes on in another unit was worked out for its head. */
function isRetold({ catalog }: Surroundings, sides: readonly WrittenSide[], index: number): boolean {
  const [head, side] = [sides[index - 2]?.expression, sides[index]?.expression];
  if (head?.kind !== "number" || side?.kind !== "number" || head.unit === null || side.unit === null) return false;
  const [one, other] = [dimensionsOf(head), dimensionsOf(side)];
  const base = baseWorth(catalog);
  return one !== null && other !== null && !(isSame(one, other) && base(head.unit) > 0);
}

/** What the computed side is worth, taken by its numbers, with the prefixes of its units, and in base units; null where it cannot be said. */
function compare(catalog: Catalog, link: Link): Outcome | null {
  const { stated, computed, side } = link;
  const base = baseWorth(catalog);
  const [from, to] = [dimensionsOf(computed), dimensionsOf(stated)];
  const isComparable = from !== null && to !== null && to.size > 0 && isSame(measuredIn(from), measuredIn(to));
  const isSingle = !isWorkedOut(stated);
  if (!isWorkedOut(computed) && isSingle && !(isComparable && isSame(from, to))) return null;
  const plain = worthOf(computed, faceOnly);
  const ways = [faceOnly, withPrefix, ...(isComparable ? [base] : [])];
  const wholes = isSingle ? [stated] : beginningsOf(stated);
  const options = wholes.flatMap((whole) =>
    ways.flatMap((worth, way): readonly Outcome[] => {
      const value = worthOf(computed, worth);
      const told = worthOf(whole, worth);
      const face = worthOf(whole, faceOnly);
      if (value === null || told === null || face === null || plain === null || told <= 0 || value <= 0) return [];
      const inUnit = (value / told) * face;
      const agrees = isSingle ? isMet(link, inUnit) : Math.abs(value / told - 1) < (side.isAbout ? NEAR : NEGLIGIBLE_GAP);
      return [{ agrees, value: inUnit, conversion: inUnit / plain, isByUnits: way === 2 }];
    }),
  );
  const whole = options.slice(0, ways.length);
  const met = options.find(({ agrees }) => agrees);
  if (met !== undefined) return met;
  const isWhole = isLabelled(computed) && isComparable;
  return whole.find(({ isByUnits }) => isByUnits && isWhole) ?? nearestTo(stated, whole);
}

function nearestTo(stated: WrittenExpression, options: readonly Outcome[]): Outcome | null {
  const face = worthOf(stated, faceOnly) ?? 1;
  const distance = ({ value }: Outcome): number => Math.abs(Math.log(value / face));
  return options.toSorted((left, right) => distance(left) - distance(right))[0] ?? null;
}

/** Whether a printed result is what a computation gives, within its rounding and hedges. */
function isMet({ claim, stated, side }: Link, value: number): boolean {
  if (stated.kind !== "number") return false;
  const { number } = stated;
  const { low, high } = statedFigure(claim, number.value);
  if (value >= low && value <= high && (isLoose(claim, side) || !isPrintable(number, value))) return true;
  const ratio = number.value / value;
  if (Math.abs(ratio - 1) < NEGLIGIBLE_GAP && slippedFrom(number, around(number, value)) === null) return true;
  return (side.isAbout || isOfMonths(stated)) && Math.abs(ratio - 1) < NEAR;
}

/** A month has 28 to 31 days. */
function isOfMonths({ unit }: Operand): boolean {
  return [...(unit?.above ?? []), ...(unit?.below ?? [])].some(({ id }) => id === "month");
}

/** Whether words or signs say that a result is not exact. */
function isLoose({ mention }: Quantity, side: WrittenSide): boolean {
  return side.isAbout || side.relation === "told" || mention.hedge !== null || mention.number.range !== null;
}

/** Another number that could have been printed with the same digits: 600 is no rounding to 700. */
function isPrintable({ value, lastPlace }: Operand["number"], computed: number): boolean {
  const places = computed / lastPlace;
  return Math.abs(computed / value - 1) > NEGLIGIBLE_GAP && Math.abs(places - Math.round(places)) < SAME;
}

const SAME = 1e-9;

/** A figure in the terms in which it is printed. */
function statedFigure({ mention, readings: [{ printed }] }: Quantity, value: number): Figure {
  const scale = printed.value === 0 ? 1 : value / printed.value;
  return { value, low: printed.low * scale, high: printed.high * scale, unit: mention.unit };
}

/** What a link that holds says of its figure: that it agrees, unless what is multiplied does not belong together. */
function heldLink(around: Surroundings, link: Link, outcome: Outcome): Finding | null {
  if (link.stated.kind !== "number" || !isWorkedOut(link.computed)) return isWorkedOut(link.computed) ? null : told(around, link, outcome);
  const byUnits = unitsOf(around.catalog, link);
  if (byUnits !== null && !outcome.isByUnits) return unitSlip(around, link, byUnits);
  const operands = checkOperands(link.computed, link.claim, around);
  return operands ?? told(around, link, outcome);
}

function told(around: Surroundings, link: Link, { agrees, value, conversion }: Outcome, cause: Cause | null = null): Finding {
  const { claim, stated, computed } = link;
  const rule = cause === null ? "expression/value" : "expression/units";
  const face = worthOf(stated, faceOnly) ?? 0;
  const isPlain = claim.mention.kind === PLAIN;
  const shown = stated.kind === "number" ? statedFigure(claim, face) : exactly(face, claim.mention.unit);
  const recomputed = exactly(Number(value.toPrecision(12)), claim.mention.unit);
  return statementFinding(claim.mention, around.runs, rule, {
    stated: shown,
    recomputed,
    agrees,
    steps: workingOf(computed, rule, recomputed, conversion),
    premises: [],
    ...(cause === null ? {} : { cause }),
    atMostWarning: isPlain,
    atMostNote: !agrees && cause === null && (isWithinRounding(computed, face / value) || isOfAnything(around, link)),
  });
}

/** The kind of a number of which nothing says what it counts: it may be of anything. */
const PLAIN = "number";

/** Plain numbers that give a time are about anything, a person's life as well, where no figure of hardware stands near them. */
function isOfAnything({ catalog, quantities }: Surroundings, { claim: { mention }, computed }: Link): boolean {
  if (!isPlainTime(mention) || operandsOf(computed).some(({ unit }) => unit !== null)) return false;
  const ofProducts = new Set(catalog.kinds.flatMap(({ kind, product }) => (product ? [kind] : [])));
  return !quantities.some(
    ({ mention: other }) => ofProducts.has(other.kind) && !isPlainTime(other) && Math.abs(other.block - mention.block) <= REACH,
  );
}

/** Hours of which nothing says that they are those of a device. */
function isPlainTime({ kind, noun }: Mention): boolean {
  return kind === "wall-time" || (kind === "accelerator-hours" && noun === null);
}

/** Blocks before and behind. */
const REACH = 2;

/** A result that unrounded operands would have given. */
function isWithinRounding(computed: WrittenExpression, ratio: number): boolean {
  const share = roundingOf(computed);
  return share < MOST_ROUNDING && Math.abs(ratio - 1) <= share;
}

/** Operands of one digit say too little to excuse anything. */
const MOST_ROUNDING = 0.1;

/** What the units give, where every operand has one, no factor turns them, and they give something else than the numbers. */
function unitsOf(catalog: Catalog, link: Link): Outcome | null {
  const { stated, computed } = link;
  if (stated.kind !== "number" || stated.unit === null || !isLabelled(computed)) return null;
  const [from, to] = [dimensionsOf(computed), dimensionsOf(stated)];
  if (from === null || to === null || !isSame(measuredIn(from), measuredIn(to)) || measuredIn(to).size === 0) return null;
  const base = baseWorth(catalog);
  const [value, plain] = [worthOf(computed, base), worthOf(computed, faceOnly)];
  if (value === null || plain === null) return null;
  const inUnit = value / base(stated.unit);
  const isOff = Math.abs(Math.log(inUnit / stated.number.value)) > Math.log(LEAST_UNIT);
  return isOff && !hasTurning(computed) ? { agrees: false, value: inUnit, conversion: inUnit / plain, isByUnits: true } : null;
}

/** Units of one dimension are further apart than this. */
const LEAST_UNIT = 1.5;

/** "24 h/day": a factor that turns one unit into another, whatever the others say. */
function hasTurning(expression: WrittenExpression): boolean {
  if (expression.kind === "group") return hasTurning(expression.inner);
  if (expression.kind === "operation") return hasTurning(expression.left) || hasTurning(expression.right);
  const { unit } = expression;
  return unit?.above.some(({ dimension }) => unit.below.some((below) => below.dimension === dimension)) ?? false;
}

function unitSlip(around: Surroundings, link: Link, outcome: Outcome): Finding {
  const cause: Cause = {
    diagnosis: "expression-units",
    factor: Number((outcome.value / (worthOf(link.stated, faceOnly) ?? 1)).toPrecision(6)),
    certainty: "named",
    words: "the numbers are multiplied right, and their units give another one than that of the result",
    fits: null,
  };
  return told(around, link, outcome, cause);
}

/** A link that does not hold; null where what it says may be of something else. */
function brokenLink(around: Surroundings, link: Link, outcome: Outcome): Finding | null {
  const { stated, computed, side } = link;
  const face = worthOf(stated, faceOnly) ?? 0;
  const ratio = face / outcome.value;
  const [from, to] = [dimensionsOf(computed), dimensionsOf(stated)];
  if (from === null || to === null) return null;
  const isBare = operandsOf(computed).every(({ unit }) => unit === null);
  const isOther = !isBare && to.size > 0 && !isSame(measuredIn(from), measuredIn(to));
  // A formula may leave out a unit, not one that all its factors have.
  if (isOther && (isLabelled(computed) || side.relation !== "equals")) return null;
  if (side.relation === "aside" && !(isLabelled(computed) && isSame(from, to))) return null;
  if (side.relation === "printed" && Math.abs(Math.log(ratio)) > Math.log(to.size === 0 ? MOST_BARE : MOST_PRINTED)) return null;
  if (to.size === 0 && isTimeFactor(around.catalog, ratio)) return null;
  if (stated.kind === "number" && isWhole(stated) && [Math.ceil, Math.floor].some((way) => way(outcome.value) === face)) return null;
  return told(around, link, outcome);
}

/** A number behind a line of code is its value where it is near; a digit may be missing. */
const MOST_PRINTED = 3;
const MOST_BARE = 12;

/** What is off by a factor of time, and prints no unit, may be in another. */
function isTimeFactor(catalog: Catalog, ratio: number): boolean {
  const off = Math.max(ratio, 1 / ratio);
  return timeFactors(catalog).some(({ value }) => Math.abs(off / value - 1) < NEGLIGIBLE_GAP);
}

/** A small whole number, which may be rounded up to the next machine or step. */
function isWhole({ number: { form, value } }: Operand): boolean {
  return form === "integer" && value < MOST_ROUNDED_UP;
}

const MOST_ROUNDED_UP = 100;
