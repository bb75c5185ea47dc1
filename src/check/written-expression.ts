/** What a written computation is worth, in which dimension, and how it is shown. */
import type { Catalog } from "../model/catalog.ts";
import type { Step } from "../model/finding.ts";
import type { WrittenExpression, WrittenUnit } from "../model/mention.ts";
import type { Figure, NonEmpty, Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { operandsOf, type UnitWorth, withPrefix, worthOf } from "../model/written-value.ts";
import type { TimeFactor } from "./time-factors.ts";
import { exactly } from "./working.ts";

export type Operand = Extract<WrittenExpression, { kind: "number" }>;

export interface Term {
  readonly operator: "*" | "/" | "+" | "-";
  readonly figure: Figure;
}

/** What written arithmetic is checked with. */
export interface Surroundings {
  readonly catalog: Catalog;
  readonly quantities: readonly Quantity[];
  readonly runs: readonly Run[];
}

/** Powers of base dimensions: energy is power times time. */
export type Dimensions = ReadonlyMap<string, number>;

/** Dimensions that are measured, and not only counted: nothing makes up for one of them that is missing. */
const MEASURED: ReadonlySet<string> = new Set(["time", "money", "power", "mass", "flop"]);

const DERIVED: Readonly<Record<string, readonly string[]>> = { energy: ["power", "time"], share: [], multiple: [], part: [] };

/** The worth of units in base units: hours, kilowatts, kilograms. */
export function baseWorth({ units }: Catalog): UnitWorth {
  const sizes = new Map(units.map(({ id, size }) => [id, size]));
  const worth = (atoms: WrittenUnit["above"]): number => atoms.reduce((product, { id }) => product * (SIZES[id] ?? sizes.get(id) ?? 1), 1);
  return (unit) => (unit === null ? 1 : (unit.size * worth(unit.above)) / worth(unit.below));
}

/** What `rules/units/` has no size of, since nothing is told in it. */
const SIZES: Readonly<Record<string, number>> = { millisecond: 1 / 3.6e6, kimg: 1000 };

/** The dimensions of an expression; null where a sum adds up what differs. */
export function dimensionsOf(expression: WrittenExpression): Dimensions | null {
  if (expression.kind === "number") return dimensionsOfUnit(expression.unit);
  if (expression.kind === "group") {
    const inner = dimensionsOf(expression.inner);
    return inner === null ? null : merged(inner, dimensionsOfUnit(expression.unit), 1);
  }
  const [left, right] = [dimensionsOf(expression.left), dimensionsOf(expression.right)];
  if (left === null || right === null || expression.operator === "^") return left;
  if (expression.operator === "*" || expression.operator === "/") return merged(left, right, expression.operator === "*" ? 1 : -1);
  if (left.size === 0) return right;
  return right.size === 0 || isSame(left, right) ? left : null;
}

function dimensionsOfUnit(unit: WrittenUnit | null): Dimensions {
  const side = (atoms: WrittenUnit["above"]): Dimensions =>
    atoms.flatMap(({ dimension }) => DERIVED[dimension] ?? [dimension]).reduce((all, one) => merged(all, new Map([[one, 1]]), 1), NONE);
  return unit === null ? NONE : merged(side(unit.above), side(unit.below), -1);
}

const NONE: Dimensions = new Map();

function merged(left: Dimensions, right: Dimensions, sign: 1 | -1): Dimensions {
  const all = new Map(left);
  for (const [dimension, power] of right) {
    const sum = (all.get(dimension) ?? 0) + sign * power;
    if (sum === 0) all.delete(dimension);
    else all.set(dimension, sum);
  }
  return all;
}

export function isSame(left: Dimensions, right: Dimensions): boolean {
  return left.size === right.size && [...left].every(([dimension, power]) => right.get(dimension) === power);
}

/** The dimensions that are measured; what is counted (cards, steps, samples) may be left out of a formula. */
export function measuredIn(dimensions: Dimensions): Dimensions {
  return new Map([...dimensions].filter(([dimension]) => MEASURED.has(dimension)));
}

/** "5 (days) * 24 (hours)": hours of a day turn days into hours, and are no time of their own. */
export function turned(expression: WrittenExpression, factors: readonly TimeFactor[]): WrittenExpression {
  const units = operandsOf(expression).flatMap(({ unit }) => (unit?.above.length === 1 ? unit.above : []));
  const turn = (part: WrittenExpression): WrittenExpression => {
    if (part.kind === "group") return { ...part, inner: turn(part.inner) };
    if (part.kind === "operation") return { ...part, left: turn(part.left), right: turn(part.right) };
    const [only] = part.unit?.above ?? [];
    if (part.unit === null || only === undefined || part.unit.below.length > 0) return part;
    const factor = factors.find(
      ({ value, shorter, longer }) => value === part.number.value && shorter === only.id && units.some(({ id }) => id === longer),
    );
    return factor === undefined ? part : { ...part, unit: { ...part.unit, below: [{ ...only, id: factor.longer }] } };
  };
  return expression.kind === "operation" || expression.kind === "group" ? turn(expression) : expression;
}

/** Whether every number has its unit, so that the dimension is that of the whole. */
export function isLabelled(expression: WrittenExpression): boolean {
  if (expression.kind === "group") return expression.unit !== null || isLabelled(expression.inner);
  if (expression.kind === "number") return expression.unit !== null;
  return isLabelled(expression.left) && isLabelled(expression.right);
}

/** True for a chain of products and quotients, where every operand stands for a factor of the result. */
export function isProduct(expression: WrittenExpression): boolean {
  if (expression.kind === "number") return true;
  if (expression.kind === "group") return expression.rounding === "same" && isProduct(expression.inner);
  return (expression.operator === "*" || expression.operator === "/") && isProduct(expression.left) && isProduct(expression.right);
}

/** What stands before an equals sign, cut after its first factors: "128 GPUs x 10 days of work" begins with 128 GPUs. */
export function beginningsOf(expression: WrittenExpression): readonly WrittenExpression[] {
  return expression.kind === "operation" && expression.operator !== "^" ? [expression, ...beginningsOf(expression.left)] : [expression];
}

/** By how much the rounding of its measured factors may move a product: a share of it. */
export function roundingOf(expression: WrittenExpression): number {
  return operandsOf(expression)
    .filter(({ number: { form } }) => form === "decimal" || form === "scientific")
    .reduce((sum, { number: { lastPlace, value } }) => sum + (value === 0 ? 0 : lastPlace / 2 / value), 0);
}

/** The lines of the working: brackets that add up first, then the whole, with whatever turns it into the unit of the result. */
export function workingOf(expression: WrittenExpression, rule: string, result: Figure, conversion: number): readonly Step[] {
  const inner: Step[] = [];
  const [first, ...rest] = termsOf(expression, inner, rule);
  if (first === undefined) return inner;
  const turned = Math.abs(conversion - 1) < SAME ? [] : [conversionTerm(conversion)];
  const terms: NonEmpty<Term> = [first, ...rest, ...turned];
  return [...inner, { kind: "compute", rule, terms, result, from: [], facts: [] }];
}

const SAME = 1e-9;

function conversionTerm(factor: number): Term {
  const plain = (value: number): Figure => exactly(Number(value.toPrecision(12)), "1");
  return factor > 1 ? { operator: "*", figure: plain(factor) } : { operator: "/", figure: plain(1 / factor) };
}

/** The factors or addends in the order printed, each with its operator; what is no part of the product or sum is worked out before. */
function termsOf(expression: WrittenExpression, inner: Step[], rule: string): readonly Term[] {
  const isSum = expression.kind === "operation" && (expression.operator === "+" || expression.operator === "-");
  return isSum ? addends(expression, "*", inner, rule) : factorsOf(expression, "*", inner, rule);
}

function addends(expression: WrittenExpression, operator: Term["operator"], inner: Step[], rule: string): readonly Term[] {
  if (expression.kind === "operation" && (expression.operator === "+" || expression.operator === "-"))
    return [...addends(expression.left, operator, inner, rule), ...addends(expression.right, expression.operator, inner, rule)];
  return [{ operator, figure: shown(expression, inner, rule) }];
}

function factorsOf(expression: WrittenExpression, operator: "*" | "/", inner: Step[], rule: string): readonly Term[] {
  if (expression.kind === "group" && expression.rounding === "same" && expression.unit === null && isProduct(expression.inner))
    return factorsOf(expression.inner, operator, inner, rule);
  if (expression.kind !== "operation" || (expression.operator !== "*" && expression.operator !== "/"))
    return [{ operator, figure: shown(expression, inner, rule) }];
  const behind = expression.operator === operator ? "*" : "/";
  return [...factorsOf(expression.left, operator, inner, rule), ...factorsOf(expression.right, behind, inner, rule)];
}

function shown(expression: WrittenExpression, inner: Step[], rule: string): Figure {
  const value = Number((worthOf(expression, withPrefix) ?? 0).toPrecision(12));
  const figure = exactly(value, unitWords(expression));
  const body = expression.kind === "group" ? expression.inner : expression;
  if (body.kind === "operation" && body.operator !== "^") {
    const [first, ...rest] = termsOf(body, inner, rule);
    if (first !== undefined) inner.push({ kind: "compute", rule, terms: [first, ...rest], result: figure, from: [], facts: [] });
  }
  return figure;
}

function unitWords(expression: WrittenExpression): string {
  if (expression.kind === "operation") return "1";
  const { unit } = expression;
  if (unit === null) return expression.kind === "group" ? unitWords(expression.inner) : "1";
  const words = (atoms: WrittenUnit["above"]): string => atoms.map(({ id }) => id).join("-");
  const above = words(unit.above) || "1";
  return unit.below.length === 0 ? above : `${above}/${words(unit.below)}`;
}
