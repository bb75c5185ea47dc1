import { describe, expect, test } from "vitest";
import type { Equation } from "../src/model/catalog.ts";
import { casesOf, type PageCase } from "../src/report/page-cases.ts";
import { checkPages, openCatalog } from "../src/store/rules-folder.ts";
import { findingsOf, isExpected, isFlag, outcomeLine } from "./support/checked-case.ts";

const { catalog, problems } = await openCatalog({ overlay: null });
if (problems.length > 0) throw new Error(problems.join("\n"));
const EQUATIONS = catalog.equations.filter((equation) => equation.status === "stable");
const PAGES = [...EQUATIONS.map(({ id, page }) => ({ id, page })), ...checkPages()];

/** Checks that can only tell what is off, or only what agrees; all others need a case of each. */
const ONE_SIDED: readonly { readonly rules: RegExp; readonly verdicts: readonly string[] }[] = [
  { rules: /^bound\//, verdicts: ["impossible"] },
  { rules: /^number\//, verdicts: ["malformed"] },
  { rules: /^expression\/(?:units|constant|operands)$/, verdicts: ["inconsistent"] },
];

const BOTH = ["consistent", "inconsistent"];

function neededOf(id: string): readonly string[] {
  const equation: Equation | undefined = EQUATIONS.find((candidate) => candidate.id === id);
  if (equation?.confirmsOnly === true) return ["consistent"];
  return ONE_SIDED.find(({ rules }) => rules.test(id))?.verdicts ?? BOTH;
}

/** A case as its name in the list of tests. */
function nameOf({ title, text }: PageCase): string {
  return title === "" ? text.slice(0, 60) : title;
}

/** The pages of the rules cannot rot: each example on them is checked as a user would check it. */
describe.each(PAGES)("$id", ({ id, page }) => {
  const cases = casesOf(page);

  test("has an example of each verdict that it can give, and one of which nothing is said", () => {
    const told = new Set(cases.flatMap(({ outcomes }) => outcomes.filter(({ rule }) => rule === id).map(({ verdict }) => verdict)));
    expect([...told]).toEqual(expect.arrayContaining([...neededOf(id)]));
    expect(cases.filter(({ outcomes }) => outcomes.length === 0).map(nameOf)).not.toEqual([]);
  });

  test.each(cases.map((one) => [nameOf(one), one] as const))("%s", async (_name, one) => {
    const findings = await findingsOf(one);
    // Where nothing is expected, this rule says nothing at all; lines of a table that agree need not be listed.
    const said = findings.filter((finding) => isFlag(finding) || (one.outcomes.length === 0 && finding.rule === id));
    const missing = one.outcomes.filter((outcome) => !findings.some((finding) => isExpected(finding, outcome)));
    const unexpected = said.filter((finding) => !one.outcomes.some((outcome) => isExpected(finding, outcome)));
    expect({ missing, unexpected: unexpected.map(outcomeLine) }).toEqual({ missing: [], unexpected: [] });
  });
});
