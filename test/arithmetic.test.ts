import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { casesOf } from "../src/report/page-cases.ts";
import { findingsOf, isExpected, isFlag, outcomeLine } from "./support/checked-case.ts";

const CASES = casesOf(readFileSync(resolve(import.meta.dirname, "../fixtures/arithmetic.md"), "utf8"));

/** Arithmetic in many notations: what comes out is never flagged, and what does not is told, by whichever check tells it where it says "any". */
test.each(CASES.map((one) => [one.title, one] as const))("%s", async (_title, one) => {
  const findings = await findingsOf(one);
  const missing = one.outcomes.filter(
    (outcome) => !findings.some((finding) => isExpected(finding, outcome.rule === "any" ? { ...outcome, rule: finding.rule } : outcome)),
  );
  const flagged = findings.filter(isFlag).filter(() => !one.outcomes.some(({ verdict }) => verdict === "inconsistent"));
  expect({ missing, flagged: flagged.map(outcomeLine) }).toEqual({ missing: [], flagged: [] });
});
