import { decide } from "../../src/language/decide.ts";
import type { DecisionWeights } from "../../src/model/catalog.ts";
import { type Example, type FitOptions, fitWeights, USUAL_FIT } from "./fit-weights.ts";
import { isHeldOut } from "./held-out.ts";

/** How many questions of a group were answered right; those without a right candidate count as missed. */
export interface GroupScore {
  readonly group: string;
  readonly right: number;
  readonly silent: number;
  readonly asked: number;
  /** Of the questions that have an answer other than none. */
  readonly named: { readonly right: number; readonly asked: number };
  /** Names of the questions answered wrongly or not at all, with what was taken instead. */
  readonly misses: readonly string[];
}

/** Fits on all groups but one and answers that one, by turns. `examplesFor` makes the examples without what is known of a group. */
export async function crossValidate(
  groups: readonly string[],
  examplesFor: (without: string) => readonly Example[] | Promise<readonly Example[]>,
  margin: number,
  options: FitOptions = USUAL_FIT,
): Promise<readonly GroupScore[]> {
  const scores: GroupScore[] = [];
  for (const group of groups) {
    const examples = await examplesFor(group);
    const others = examples.filter((example) => !isHeldOut(group, example.group, example.document));
    const weights = { id: "fit", about: "", margin, weights: fitWeights(others, options) };
    scores.push(
      scoreGroup(
        weights,
        group,
        examples.filter((example) => isHeldOut(group, example.group, example.document)),
      ),
    );
  }
  return scores;
}

/** Answers the questions of a group with given weights. */
export function scoreGroup(weights: DecisionWeights, group: string, examples: readonly Example[]): GroupScore {
  let [right, silent, named, namedRight] = [0, 0, 0, 0];
  const misses: string[] = [];
  for (const { name, candidates } of examples) {
    const { chosen } = decide(
      weights,
      candidates.map((candidate) => ({ value: candidate, key: candidate.key, features: candidate.features })),
    );
    if (chosen === null) silent += 1;
    const isRight = chosen !== null && candidates.some(({ key, isRight: fits }) => fits && key === chosen.key);
    const isNamed = !candidates.some(({ key, isRight: fits }) => fits && key === "");
    if (isNamed) named += 1;
    if (isNamed && isRight) namedRight += 1;
    if (isRight) right += 1;
    else misses.push(`${name}: want ${wanted(candidates)}, got ${chosen === null ? "no choice" : chosen.key || "none"}`);
  }
  return {
    group,
    right,
    silent,
    asked: examples.length,
    named: { right: namedRight, asked: named },
    misses,
  };
}

function wanted(candidates: Example["candidates"]): string {
  const keys = [...new Set(candidates.flatMap(({ key, isRight }) => (isRight ? [key || "none"] : [])))];
  return keys.length === 0 ? "what is no candidate" : keys.join(" or ");
}
