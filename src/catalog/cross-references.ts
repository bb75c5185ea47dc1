import type { Accelerator } from "../model/catalog.ts";
import { append } from "../model/many.ts";
import { brokenWords } from "./broken-words.ts";
import { type Dimension, dimensionText, multiplyDimensions, parseDimension, sameDimension } from "./dimension.ts";
import { didYouMean, type Row, type RuleProblem } from "./rule-file.ts";
import type { EquationDraft, RuleSet } from "./rule-set.ts";

/** Units of a price that are not units of the hardware: a rented machine, a slice of a pod. */
const RENTED_UNITS: ReadonlySet<string> = new Set(["instance", "slice"]);

/** What one file cannot know: names that other files must hold, and the dimensions of both sides of an equation. */
export function brokenReferences(rules: RuleSet): readonly RuleProblem[] {
  return [...brokenHardware(rules), ...brokenWords(rules), ...brokenReadings(rules), ...brokenSlots(rules)];
}

function brokenHardware(rules: RuleSet): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  const accelerators = new Map(rules.accelerators.map(({ value }) => [value.id, value]));
  const unknown = (name: string): string => `no accelerator "${name}" in hardware/${didYouMean(name, accelerators.keys())}`;
  for (const system of rules.systems)
    for (const part of Object.keys(system.value.contains))
      if (!accelerators.has(part)) problems.push(system.problem(["contains", part], unknown(part)));
  for (const price of rules.prices) {
    const { hardware, unit, canonicalUnitsPerUnit } = price.value;
    const accelerator = accelerators.get(hardware);
    if (accelerator === undefined) {
      problems.push(price.problem(["hardware"], unknown(hardware)));
      continue;
    }
    if (RENTED_UNITS.has(unit)) continue;
    const held = accelerator.unitsInCanonical[unit];
    if (held === undefined) {
      const units = [...Object.keys(accelerator.unitsInCanonical), ...RENTED_UNITS];
      problems.push(price.problem(["unit"], `${hardware} has no "${unit}"; use one of ${units.join(", ")}${didYouMean(unit, units)}`));
    } else if (held !== canonicalUnitsPerUnit)
      problems.push(
        price.problem(
          ["canonicalUnitsPerUnit"],
          `one ${unit} of ${hardware} is ${held} ${accelerator.canonicalUnit}, got ${canonicalUnitsPerUnit}`,
        ),
      );
  }
  return problems;
}

/** Names of hardware that a rule may be limited to: ids, families and kinds. */
function scopesOf(accelerators: readonly Row<Accelerator>[]): ReadonlySet<string> {
  return new Set(accelerators.flatMap(({ value }) => [value.id, value.family, value.kind]));
}

function brokenReadings(rules: RuleSet): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  const scopes = scopesOf(rules.accelerators);
  const limited = [...rules.readings, ...rules.diagnoses];
  for (const rule of limited)
    for (const [index, name] of rule.value.hardware.entries())
      if (!scopes.has(name))
        problems.push(
          rule.problem(["hardware", index], `no accelerator, family or kind "${name}" in hardware/${didYouMean(name, scopes)}`),
        );
  for (const rule of rules.readings) {
    const { hardware } = rule.value;
    const within = rules.accelerators.filter(
      ({ value }) => hardware.length === 0 || [value.id, value.family, value.kind].some((name) => hardware.includes(name)),
    );
    const units = new Set(within.flatMap(({ value }) => Object.keys(value.unitsInCanonical)));
    if (within.length === 0) continue;
    for (const [index, reading] of rule.value.readings.entries())
      if (!units.has(reading.unit) && reading.unit !== "node")
        problems.push(
          rule.problem(["readings", index, "unit"], `none of this hardware has a "${reading.unit}"${didYouMean(reading.unit, units)}`),
        );
  }
  return problems;
}

function brokenSlots(rules: RuleSet): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  const dimensions = new Map<string, Dimension>();
  for (const row of rules.dimensions) {
    const dimension = row.value.made === "base" ? { [row.value.id]: 1 } : readDimension(row.value.made, dimensions);
    if (typeof dimension === "string") problems.push(row.problem([], dimension));
    else dimensions.set(row.value.id, dimension);
  }
  const slots = new Map<string, Dimension>();
  for (const row of rules.slots) {
    const dimension = readDimension(row.value.dimension, dimensions);
    if (typeof dimension === "string") problems.push(row.problem(["dimension"], dimension));
    else slots.set(row.value.id, dimension);
  }
  for (const row of rules.diagnoses)
    for (const [index, slot] of row.value.gate.entries())
      if (slotDimension(slot, slots, dimensions) === null)
        problems.push(row.problem(["gate", index], `no slot "${slot}" in slots.yaml${didYouMean(slot, slots.keys())}`));
  for (const row of rules.equations) append(problems, brokenEquation(row, slots, dimensions));
  return problems;
}

function brokenEquation(
  row: Row<EquationDraft>,
  slots: ReadonlyMap<string, Dimension>,
  dimensions: ReadonlyMap<string, Dimension>,
): readonly RuleProblem[] {
  const { equation, constantDimension, offsets } = row.value;
  const problems: RuleProblem[] = [];
  const dimensionOf = (slot: string): Dimension => {
    const found = slotDimension(slot, slots, dimensions);
    if (found === null)
      problems.push(
        row.problem(["equation"], `uses "${slot}", which is not in slots.yaml${didYouMean(slot, slots.keys())}`, offsets[slot]),
      );
    return found ?? {};
  };
  const left = dimensionOf(equation.result);
  const terms = equation.terms.map((term) => ({ ...term, dimension: dimensionOf(term.slot) }));
  const constant = constantDimension === null ? {} : readDimension(constantDimension, dimensions);
  if (typeof constant === "string") problems.push(row.problem(["constantDimension"], constant));
  if (problems.length > 0 || typeof constant === "string") return problems;
  if (equation.form === "sum") {
    for (const term of terms)
      if (!sameDimension(left, term.dimension))
        problems.push(
          row.problem(
            ["equation"],
            `${equation.result} is ${dimensionText(left)}, but ${term.slot} is ${dimensionText(term.dimension)}; only like can be added`,
            offsets[term.slot],
          ),
        );
    return problems;
  }
  const right = terms.reduce((product, term) => multiplyDimensions(product, term.dimension, term.power), constant);
  if (sameDimension(left, right)) return problems;
  const lacking = dimensionText(multiplyDimensions(left, right, -1));
  return [
    row.problem(
      ["equation"],
      `the left side is ${dimensionText(left)}, the right side ${dimensionText(right)}; they differ by ${lacking} (a constant with a dimension needs constantDimension)`,
    ),
  ];
}

/** The dimension of a slot; "wall_time_per_epoch" is that of wall_time for one unit of the dimension "epoch". */
function slotDimension(slot: string, slots: ReadonlyMap<string, Dimension>, dimensions: ReadonlyMap<string, Dimension>): Dimension | null {
  const known = slots.get(slot);
  if (known !== undefined) return known;
  const [, whole = "", part = ""] = PER.exec(slot) ?? [];
  const above = slots.get(whole);
  const below = part === "run" ? {} : dimensions.get(part);
  return above === undefined || below === undefined ? null : multiplyDimensions(above, below, -1);
}

/** A figure for one of something: "wall_time_per_epoch"; not "parameters". */
const PER = /^(.+)_per_([a-z]+)$/;

function readDimension(text: string, names: ReadonlyMap<string, Dimension>): Dimension | string {
  const parsed = parseDimension(text, names);
  switch (parsed.kind) {
    case "dimension":
      return parsed.dimension;
    case "unknown":
      return `no dimension "${parsed.name}" in slots.yaml${didYouMean(parsed.name, names.keys())}`;
    case "malformed":
      return `"${text}" is not a product of dimensions such as money/(accelerator*time)`;
  }
}
