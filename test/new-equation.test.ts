import { describe, expect, test } from "vitest";
import { draftEquation } from "../scripts/equation-draft.ts";
import { readEquationFile } from "../src/catalog/equation-file.ts";
import { casesOf, readCase } from "../src/report/page-cases.ts";

describe("a new equation", () => {
  test("loads as it stands, with a case of each kind on its page", () => {
    const draft = draftEquation("money/test-cost", "0.1.0");
    const file = { folder: "rules", path: `equations/${draft.id}.yaml`, text: draft.yaml };
    const { rules, problems } = readEquationFile(file, draft.page);
    expect(problems).toEqual([]);
    expect(rules.equations?.map(({ value }) => value.equation.id)).toEqual(["money/test-cost"]);
    expect(casesOf(draft.page).map(({ outcomes }) => outcomes.map(({ verdict }) => verdict))).toEqual([
      ["consistent"],
      ["inconsistent"],
      [],
    ]);
  });

  test.each(["cost", "Money/cost", "money/run_cost", "money/a/b"])("is not called %s", (id) => {
    expect(() => draftEquation(id, "0.1.0")).toThrow("is no id of an equation");
  });
});

describe("a case", () => {
  test("has a title, a text, a source, a date and what is found", () => {
    const body = "# Half of it.\n> One line,\n> and another.\n+ A paper.\n@ 2019-06\n= inconsistent money/run-cost error device-for-chip";
    expect(readCase(body)).toEqual({
      title: "Half of it.",
      text: "One line,\nand another.",
      source: "A paper.",
      date: "2019-06",
      outcomes: [{ verdict: "inconsistent", rule: "money/run-cost", details: ["error", "device-for-chip"] }],
    });
  });

  test("that expects nothing says so", () => {
    expect(readCase("> A text.\n= silent").outcomes).toEqual([]);
    expect(() => readCase("> A text.")).toThrow('"= silent"');
    expect(() => readCase("A text.\n= silent")).toThrow('not "A text."');
  });
});
