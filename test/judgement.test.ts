import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { casesOf } from "../src/report/page-cases.ts";
import { findingsOf, isExpected, isFlag, outcomeLine } from "./support/checked-case.ts";

const CASES = casesOf(readFileSync(resolve(import.meta.dirname, "../fixtures/judgement.md"), "utf8"));

/** Slips that published texts have had, and what only looks like one: the outcome and how grave it is. */
test.each(CASES.map((one) => [one.title, one] as const))("%s", async (_title, one) => {
  const findings = await findingsOf(one);
  const missing = one.outcomes.filter((outcome) => !findings.some((finding) => isExpected(finding, outcome)));
  const unexpected = findings.filter(isFlag).filter((finding) => !one.outcomes.some((outcome) => isExpected(finding, outcome)));
  expect({ missing, unexpected: unexpected.map(outcomeLine) }).toEqual({ missing: [], unexpected: [] });
});
