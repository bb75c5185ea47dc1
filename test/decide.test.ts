import { expect, test } from "vitest";
import { fitWeights } from "../scripts/fit/fit-weights.ts";
import { decide } from "../src/language/decide.ts";

const weights = { id: "case", about: "", margin: 2, weights: { near: 3, named: 2, far: -1 } };
const candidate = (key: string, ...features: readonly string[]) => ({ value: key, key, features });

test("the best answer is taken if it leads by the margin, in whatever order the candidates come", () => {
  const candidates = [candidate("Heron", "near"), candidate("Teal", "far"), candidate("Heron", "named")];
  for (const order of [candidates, [...candidates].reverse()]) {
    const { chosen, lead } = decide(weights, order);
    expect([chosen?.value, chosen?.score, lead]).toEqual(["Heron", 3, 4]);
  }
  expect(decide(weights, [candidate("Heron", "near"), candidate("Teal", "named")]).chosen).toBeNull();
});

test("a feature that stands twice counts once, and one without a weight counts nothing", () => {
  expect(decide(weights, [candidate("Heron", "near", "near", "odd")]).chosen?.score).toBe(3);
});

test("the fit finds which feature tells right from wrong", () => {
  const example = (right: string, wrong: string) => ({
    group: "one",
    document: "one",
    name: right,
    candidates: [
      { key: "a", features: ["both", right], isRight: true },
      { key: "b", features: ["both", wrong], isRight: false },
    ],
  });
  const fitted = fitWeights([example("near", "far"), example("near", "far"), example("near", "far")]);
  expect(fitted["near"]).toBeGreaterThan(0);
  expect(fitted["far"]).toBeLessThan(0);
  expect(fitted["both"]).toBeUndefined();
});
