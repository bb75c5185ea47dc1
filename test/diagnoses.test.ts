import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { casesOf } from "../src/report/page-cases.ts";
import { openCatalog } from "../src/store/rules-folder.ts";
import { findingsOf, isExpected, isFlag, outcomeLine } from "./support/checked-case.ts";

const CASES = casesOf(readFileSync(resolve(import.meta.dirname, "../fixtures/diagnoses.md"), "utf8"));

/** Told only beside a likelier slip of the same factor, so that neither is named. */
const RIVALS: readonly string[] = ["count-for-four"];

describe("known slips", () => {
  test("each has a text in which it is told", async () => {
    const { catalog } = await openCatalog({ overlay: null });
    const told = new Set(CASES.flatMap(({ outcomes }) => outcomes.flatMap(({ details }) => details)));
    expect(catalog.diagnoses.map(({ id }) => id).filter((id) => !told.has(id))).toEqual(RIVALS);
  });

  test.each(CASES.map((one) => [one.title, one] as const))("%s", async (_title, one) => {
    const findings = await findingsOf(one);
    const missing = one.outcomes.filter((outcome) => !findings.some((finding) => isExpected(finding, outcome)));
    const unexpected = findings.filter(isFlag).filter((finding) => !one.outcomes.some((outcome) => isExpected(finding, outcome)));
    expect({ missing, unexpected: unexpected.map(outcomeLine) }).toEqual({ missing: [], unexpected: [] });
  });
});
