import { expect, test } from "vitest";
import { rowsOf } from "../scripts/ablate/rule-rows.ts";

const file = (path: string, text: string): { readonly folder: string; readonly path: string; readonly text: string } => ({
  folder: "rules",
  path,
  text,
});

test("words of lexicons and weights are left out one by one", () => {
  const lexicon = file("lexicon/xx.yaml", "units:\n  - unit: day\n    words: [Tag, Tage]\n");
  const weights = file("weights/kind.yaml", "features:\n  near: 3\n  far: -2\n");
  const rows = rowsOf([lexicon, weights, file("prices/one.yaml", "- [a, b]\n")]);
  expect(rows.map(({ name, words }) => [name, words])).toEqual([
    ["lexicon/xx.yaml: units/0/unit/day", ["day"]],
    ["lexicon/xx.yaml: units/0/words/0/Tag", ["Tag"]],
    ["lexicon/xx.yaml: units/0/words/1/Tage", ["Tage"]],
    ["weights/kind.yaml: features/near", []],
    ["weights/kind.yaml: features/far", []],
  ]);
  expect(rows[2]?.without.text).toContain("Tag ]");
  expect(rows[3]?.without.text).toBe("features:\n  far: -2\n");
});
