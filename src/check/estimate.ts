import type { Equation } from "../model/catalog.ts";
import type { Step } from "../model/finding.ts";
import { add, type Interval, multiply, point, subtract } from "../model/interval.ts";
import { smallest } from "../model/many.ts";
import type { Fact, Figure, NonEmpty, Quantity, Reading, Width } from "../model/quantity.ts";

/** A value for a slot with everything it rests on: the premises, the readings chosen, the facts, and the working. */
export interface Estimate {
  readonly slot: string;
  /** In the slot's base unit. */
  readonly width: Width;
  readonly baseUnit: string;
  /** Band of stated / derived that the equations on the way admit beyond rounding. */
  readonly slack: Interval;
  /** Equations on the way, innermost first. */
  readonly equations: readonly Equation[];
  readonly premises: readonly Quantity[];
  /** What was taken for granted, by subject: two estimates that choose differently on one subject cannot be combined. */
  readonly choices: ReadonlyMap<string, string>;
  /** The same in words, for the table of readings. */
  readonly assumes: readonly string[];
  /** Product of the weights of the readings chosen. */
  readonly weight: number;
  /** The least of them: a reading below 0.10 is not admissible. */
  readonly leastWeight: number;
  readonly contradictsPrint: boolean;
  readonly facts: readonly Fact[];
  readonly steps: readonly Step[];
  readonly currency: string | null;
  /** Catalog id of the product, where one premise names it. */
  readonly hardware: string | null;
}

const EXACT: Interval = { low: 1, high: 1 };

/** The estimate that a stated figure is of itself, under one of its readings. */
export function stated(quantity: Quantity, reading: Reading): Estimate {
  return {
    slot: reading.slot,
    width: reading.width,
    baseUnit: reading.baseUnit,
    slack: EXACT,
    equations: [],
    premises: [quantity],
    choices: new Map(reading.assumes.map((assumption) => [assumption.about, assumption.choice])),
    assumes: reading.assumes.map((assumption) => assumption.choice),
    weight: reading.weight,
    leastWeight: reading.weight,
    contradictsPrint: reading.contradictsPrint,
    facts: reading.conversion.flatMap((conversion) => conversion.fact ?? []),
    steps: readingSteps(quantity, reading),
    currency: reading.currency,
    hardware: reading.hardware,
  };
}

/** The estimate that a catalog fact or an assumption of the user gives. Units: `width` and `fact.figure` are in `baseUnit`. */
export function known(
  slot: string,
  fact: Fact,
  width: Width,
  baseUnit: string,
  currency: string | null,
  hardware: string | null = null,
): Estimate {
  return {
    slot,
    width,
    baseUnit,
    slack: EXACT,
    equations: [],
    premises: [],
    choices: new Map(),
    assumes: [],
    weight: 1,
    leastWeight: 1,
    contradictsPrint: false,
    facts: [fact],
    steps: [{ kind: "look-up", fact }],
    currency,
    hardware,
  };
}

/** The estimate that a person gives: a value that is taken for granted. Units: `value` is in `unit`. */
export function given(slot: string, value: number, unit: string, by: string): Estimate {
  const at = { low: value, high: value };
  const fact: Fact = {
    id: `assumed ${slot}`,
    title: `assumed: ${slot} = ${value}`,
    figure: { value, ...at, unit },
    source: by,
    nature: "default",
  };
  return known(slot, fact, { face: value, strict: at, generous: at }, unit, null);
}

/** What is read from the page, and what turns it into the base unit. */
function readingSteps(quantity: Quantity, reading: Reading): readonly Step[] {
  const read: Step = {
    kind: "read",
    mention: quantity.mention.id,
    slot: reading.slot,
    figure: reading.printed,
    assumes: reading.assumes.map((assumption) => assumption.choice),
  };
  if (reading.conversion.length === 0) return [read];
  const terms: NonEmpty<{ operator: "*" | "/" | "+" | "-"; figure: Figure }> = [
    { operator: "*", figure: reading.printed },
    ...reading.conversion.map((conversion) => ({ operator: conversion.operator, figure: conversion.figure })),
  ];
  return [
    read,
    {
      kind: "compute",
      rule: "units",
      terms,
      result: figureOf(reading.width, reading.baseUnit),
      from: [quantity.mention.id],
      facts: reading.conversion.flatMap((conversion) => conversion.fact ?? []),
    },
  ];
}

/**
 * Solves an equation for one slot, given an estimate for each of the others.
 *
 * Shape: null where the estimates cannot stand together: they choose different readings of one noun, rest on one mention twice,
 * price in different currencies or name different products.
 */
export function solve(equation: Equation, slot: string, inputs: readonly Estimate[], baseUnit: string): Estimate | null {
  const choices = mergeChoices(inputs);
  if (choices === null || sharesMention(inputs)) return null;
  const currency = agreed(inputs.map((input) => input.currency));
  if (currency === undefined) return null;
  const terms = operations(equation, slot, inputs);
  const [first, ...rest] = terms ?? [];
  if (terms === null || first === undefined) return null;
  const width = evaluate(terms, equation.form === "product" ? 1 : 0);
  // Slots count money in dollars; what is worked out from euros is euros.
  const unit = currency === null ? baseUnit : baseUnit.replace("USD", currency);
  const from = inputs.flatMap((input) => input.premises.map((premise) => premise.mention.id));
  const slackOfThis = equation.result === slot ? equation.slack : { low: 1 / equation.slack.high, high: 1 / equation.slack.low };
  return {
    slot,
    width,
    baseUnit: unit,
    slack: inputs.reduce((slack, input) => multiply(slack, input.slack), { low: slackOfThis.low, high: slackOfThis.high }),
    equations: [...inputs.flatMap((input) => input.equations), equation],
    premises: inputs.flatMap((input) => input.premises),
    choices,
    assumes: [...new Set(inputs.flatMap((input) => input.assumes))],
    weight: inputs.reduce((weight, input) => weight * input.weight, 1),
    leastWeight: smallest(
      inputs.map((input) => input.leastWeight),
      1,
    ),
    contradictsPrint: inputs.some((input) => input.contradictsPrint),
    facts: inputs.flatMap((input) => input.facts),
    steps: [
      ...inputs.flatMap((input) => input.steps),
      {
        kind: "compute",
        rule: equation.id,
        terms: [termOf(first), ...rest.map(termOf)],
        result: figureOf(width, unit),
        from,
        facts: [],
      },
    ],
    currency,
    hardware: inputs.find((input) => input.hardware !== null)?.hardware ?? null,
  };
}

/** A width as it is printed: the face value with the generous interval. */
export function figureOf(width: Width, unit: string): Figure {
  return { value: width.face, low: width.generous.low, high: width.generous.high, unit };
}

function termOf(operation: Operation): { readonly operator: Operation["operator"]; readonly figure: Figure } {
  return { operator: operation.operator, figure: figureOf(operation.width, operation.unit) };
}

interface Operation {
  readonly operator: "*" | "/" | "+" | "-";
  readonly width: Width;
  readonly unit: string;
}

/** The right side of the equation once it is solved for `slot`, in an order that begins with a multiplied or added term. */
function operations(equation: Equation, slot: string, inputs: readonly Estimate[]): readonly Operation[] | null {
  const bySlot = new Map(inputs.map((input) => [input.slot, input]));
  const sides = [{ slot: equation.result, power: -1 }, ...equation.terms];
  const own = sides.find((term) => term.slot === slot);
  if (own === undefined) return null;
  const result: Operation[] = [];
  for (const term of sides) {
    if (term.slot === slot) continue;
    const input = bySlot.get(term.slot);
    if (input === undefined) return null;
    const power = -term.power * Math.sign(own.power);
    const operator = equation.form === "sum" ? (power > 0 ? "+" : "-") : power > 0 ? "*" : "/";
    for (let count = 0; count < Math.abs(power); count += 1) result.push({ operator, width: input.width, unit: input.baseUnit });
  }
  if (equation.form === "product" && equation.constant !== 1) {
    const width = { face: equation.constant, strict: point(equation.constant), generous: point(equation.constant) };
    result.push({ operator: own.power < 0 ? "*" : "/", width, unit: "1" });
  }
  return result.sort((left, right) => rank(left.operator) - rank(right.operator));
}

function rank(operator: Operation["operator"]): number {
  return operator === "*" || operator === "+" ? 0 : 1;
}

function evaluate(terms: readonly Operation[], start: number): Width {
  let width: Width = { face: start, strict: point(start), generous: point(start) };
  for (const term of terms) {
    width = {
      face: apply(term.operator, point(width.face), point(term.width.face)).low,
      strict: apply(term.operator, width.strict, term.width.strict),
      generous: apply(term.operator, width.generous, term.width.generous),
    };
  }
  return width;
}

function apply(operator: Operation["operator"], left: Interval, right: Interval): Interval {
  switch (operator) {
    case "*":
      return multiply(left, right);
    case "/":
      return { low: right.high === Infinity ? 0 : left.low / right.high, high: right.low <= 0 ? Infinity : left.high / right.low };
    case "+":
      return add(left, right);
    case "-":
      return subtract(left, right);
  }
}

function mergeChoices(inputs: readonly Estimate[]): ReadonlyMap<string, string> | null {
  const merged = new Map<string, string>();
  for (const input of inputs) {
    for (const [about, choice] of input.choices) {
      const earlier = merged.get(about);
      if (earlier !== undefined && earlier !== choice) return null;
      merged.set(about, choice);
    }
  }
  return merged;
}

function sharesMention(inputs: readonly Estimate[]): boolean {
  const seen = new Set<string>();
  for (const premise of inputs.flatMap((input) => input.premises)) {
    if (seen.has(premise.mention.id)) return true;
    seen.add(premise.mention.id);
  }
  return false;
}

/** The one value that is not null; null if all are; undefined if two differ. */
function agreed(values: readonly (string | null)[]): string | null | undefined {
  const distinct = [...new Set(values.filter((value) => value !== null))];
  if (distinct.length > 1) return undefined;
  return distinct[0] ?? null;
}
