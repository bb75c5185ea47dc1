import { decide } from "../../src/attach/decide.ts";
import type { DecisionWeights } from "../../src/model/catalog.ts";
import { type Example, type FitOptions, fitWeights, USUAL_FIT } from "./fit-weights.ts";

/** How many questions of a group were answered right; those without a right candidate count as missed. */
export interface GroupScore {
  readonly group: string;
  readonly right: number;
  readonly silent: number;
  readonly asked: number;
  /** Names of the questions answered wrongly or not at all, with what was taken instead. */
  readonly misses: readonly string[];
}

/** Fits on all groups but one and answers that one, by turns. */
export function crossValidate(examples: readonly Example[], margin: number, options: FitOptions = USUAL_FIT): readonly GroupScore[] {
  const groups = [...new Set(examples.map(({ group }) => group))].sort();
  return groups.map((group) => {
    const others = examples.filter((example) => example.group !== group);
    const weights = { id: "fit", about: "", margin, weights: fitWeights(others, options) };
    return scoreGroup(
      weights,
      group,
      examples.filter((example) => example.group === group),
    );
  });
}

/** Answers the questions of a group with given weights. */
export function scoreGroup(weights: DecisionWeights, group: string, examples: readonly Example[]): GroupScore {
  let [right, silent] = [0, 0];
  const misses: string[] = [];
  for (const { name, candidates } of examples) {
    const { chosen } = decide(
      weights,
      candidates.map((candidate) => ({ value: candidate, key: candidate.key, features: candidate.features })),
    );
    if (chosen === null) silent += 1;
    const isRight = chosen !== null && candidates.some(({ key, isRight: fits }) => fits && key === chosen.key);
    if (isRight) right += 1;
    else misses.push(`${name}: want ${wanted(candidates)}, got ${chosen === null ? "no choice" : chosen.key || "none"}`);
  }
  return { group, right, silent, asked: examples.length, misses };
}

function wanted(candidates: Example["candidates"]): string {
  const keys = [...new Set(candidates.flatMap(({ key, isRight }) => (isRight ? [key || "none"] : [])))];
  return keys.length === 0 ? "what is no candidate" : keys.join(" or ");
}
