import type {
  Accelerator,
  Check,
  CueWords,
  DecisionWeights,
  Diagnosis,
  Equation,
  GridIntensity,
  PowerUsageEffectiveness,
  Price,
  ReadingRule,
  SlotDefinition,
  System,
  SystemName,
  UnitSize,
} from "../model/catalog.ts";
import type { Row, RuleProblem } from "./rule-file.ts";

/** The rows of a rules folder, each with its place, before they are checked against each other. */
export interface RuleSet {
  readonly accelerators: readonly Row<Accelerator>[];
  readonly systems: readonly Row<System>[];
  readonly prices: readonly Row<Price>[];
  readonly names: readonly Row<SystemName>[];
  readonly units: readonly Row<UnitSize>[];
  readonly readings: readonly Row<ReadingRule>[];
  readonly equations: readonly Row<EquationDraft>[];
  readonly checks: readonly Row<Check>[];
  readonly diagnoses: readonly Row<Diagnosis>[];
  readonly slots: readonly Row<SlotDefinition>[];
  readonly powerUsageEffectiveness: readonly Row<PowerUsageEffectiveness>[];
  readonly grids: readonly Row<GridIntensity>[];
  readonly cues: readonly Row<CueWords>[];
  readonly decisions: readonly Row<DecisionWeights>[];
  /** Names of dimensions, each with what it is made of: "base", or a product of others. */
  readonly dimensions: readonly Row<NamedDimension>[];
}

/** An equation with what only the loader needs. */
export interface EquationDraft {
  readonly equation: Equation;
  /** Dimension of the constant, where it has one: "flop/(parameter*token)". */
  readonly constantDimension: string | null;
  /** Where each slot stands in the text of the equation. */
  readonly offsets: Readonly<Record<string, number>>;
}

export interface NamedDimension {
  readonly id: string;
  readonly made: string;
}

/** What one file gives: rows of any kind, and problems. */
export interface RuleFileContent {
  readonly rules: Partial<RuleSet>;
  readonly problems: readonly RuleProblem[];
}

export const EMPTY_RULES: RuleSet = {
  accelerators: [],
  systems: [],
  prices: [],
  names: [],
  units: [],
  readings: [],
  equations: [],
  checks: [],
  diagnoses: [],
  slots: [],
  powerUsageEffectiveness: [],
  grids: [],
  cues: [],
  decisions: [],
  dimensions: [],
};

/** All rows of both, in order. */
export function joinRules(left: RuleSet, right: Partial<RuleSet>): RuleSet {
  return combine(left, right, (first, second) => [...first, ...second]);
}

/** The rows of `base`, with those of `overlay` added, or in the place of the row that has the same id. */
export function mergeRules(base: RuleSet, overlay: RuleSet): RuleSet {
  return combine(base, overlay, (first, second) => {
    const replacing = new Map(second.map((row) => [rowId(row), row]));
    const kept = first.map((row) => replacing.get(rowId(row)) ?? row);
    const known = new Set(first.map(rowId));
    return [...kept, ...second.filter((row) => !known.has(rowId(row)))];
  });
}

/** Rows of one set that share an id: each but the first is a problem. */
export function duplicateIds(rules: RuleSet): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  for (const rows of Object.values(rules) as readonly (readonly Row<Identified>[])[]) {
    const seen = new Set<string>();
    for (const row of rows) {
      const name = rowId(row);
      if (seen.has(name)) problems.push(row.problem(["id"], `"${name}" stands twice; give every row an id of its own`));
      seen.add(name);
    }
  }
  return problems;
}

type Identified = { readonly id: string } | { readonly name: string } | EquationDraft;

function rowId(row: Row<Identified>): string {
  if ("equation" in row.value) return row.value.equation.id;
  return "id" in row.value ? row.value.id : row.value.name;
}

type Merge = (first: readonly Row<Identified>[], second: readonly Row<Identified>[]) => readonly Row<Identified>[];

function combine(left: RuleSet, right: Partial<RuleSet>, merge: Merge): RuleSet {
  const entries = (Object.keys(EMPTY_RULES) as (keyof RuleSet)[]).map((kind) => [kind, merge(left[kind], right[kind] ?? [])]);
  return Object.fromEntries(entries) as RuleSet;
}
