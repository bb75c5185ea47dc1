import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { checkBytes } from "../src/store/checked-input.ts";
import { openCatalog } from "../src/store/rules-folder.ts";
import { tellIfFailed } from "./support/what-was-read.ts";

const PASSAGES = readFileSync(resolve(import.meta.dirname, "../fixtures/silent/passages.txt"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#") && !line.startsWith("= "));

/** A false alarm costs more than a miss: each of these was one, or is like one that was. */
describe("passages in which nothing is wrong", () => {
  test.each(PASSAGES)("%s", async (passage) => {
    const { catalog } = await openCatalog({ overlay: null });
    const input = { source: "passage.txt", bytes: new TextEncoder().encode(passage), sha256: null };
    const report = await checkBytes(catalog, input, { priceDate: "2024-06", provider: null, assume: {} });
    tellIfFailed(passage, report.result);
    const findings = report.result?.checked.findings ?? [];
    const flagged = findings
      .filter((finding) => finding.severity !== "note")
      .map(({ rule, verdict, stated }) => ({ rule, verdict, stated: stated.value }));
    expect(report.result).not.toBeNull();
    expect(flagged).toEqual([]);
  });
});
