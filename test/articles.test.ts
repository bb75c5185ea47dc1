import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { lineOf, textOf } from "../src/model/document.ts";
import type { Finding } from "../src/model/finding.ts";
import type { DocumentResult } from "../src/model/report.ts";
import { figureWords } from "../src/report/figure-words.ts";
import { checkBytes } from "../src/store/checked-input.ts";
import { openCatalog } from "../src/store/rules-folder.ts";
import { tellIfFailed } from "./support/what-was-read.ts";

/**
 * Whole documents in our own words, each with what must come out, in one line for each finding:
 *
 *     flagged   inconsistent "$196,608" line 9 works out to $49,152
 *     adds up   "640 GPU-hours" line 17
 *     unread    900 days
 *
 * Every flagged finding must be listed; those that add up need not all be. No figure may be read in what is unread.
 */
const FOLDER = resolve(import.meta.dirname, "../fixtures/articles");

async function checkArticle(name: string): Promise<DocumentResult> {
  const folder = join(FOLDER, name);
  const source = readdirSync(folder).find((file) => file !== "expected.txt");
  if (source === undefined) throw new Error(`${name} has no document`);
  const { catalog } = await openCatalog({ overlay: null });
  const input = { source, bytes: readFileSync(join(folder, source)), sha256: null };
  const report = await checkBytes(catalog, input, { priceDate: null, provider: null, assume: {} });
  if (report.result === null) throw new Error(`${name} could not be read: ${report.problems.map((problem) => problem.code).join(", ")}`);
  tellIfFailed(name, report.result);
  return report.result;
}

function findingLine(result: DocumentResult, finding: Finding): string {
  const mention = result.extraction.mentions.find((candidate) => candidate.id === finding.claim);
  if (mention === undefined) throw new Error(`${finding.id} judges no mention`);
  const place = `${JSON.stringify(mention.text)} line ${lineOf(result.document, mention.span)}`;
  if (finding.verdict === "consistent") return `adds up   ${place}`;
  if (finding.verdict === "untested") return `plausible ${place}`;
  const outcome =
    finding.verdict === "inconsistent" || finding.verdict === "depends" ? ` works out to ${figureWords(finding.recomputed)}` : "";
  return `flagged   ${finding.verdict} ${place}${outcome}`;
}

describe.each(readdirSync(FOLDER))("%s", (name) => {
  const lines = readFileSync(join(FOLDER, name, "expected.txt"), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  const listed = (start: string): readonly string[] => lines.filter((line) => line.startsWith(start));

  test("what is flagged is what is listed, and what must add up does", async () => {
    const result = await checkArticle(name);
    const found = result.checked.findings
      .filter((finding) => finding.verdict !== "unverifiable")
      .map((finding) => findingLine(result, finding));
    expect(found.filter((line) => line.startsWith("flagged"))).toEqual(listed("flagged"));
    expect(found).toEqual(expect.arrayContaining([...listed("adds up"), ...listed("plausible")]));
  });

  test("no figure is read in what is not the author's text", async () => {
    const result = await checkArticle(name);
    const sentences = result.extraction.mentions.map((mention) => textOf(result.document, mention.sentence));
    for (const line of listed("unread")) {
      const phrase = line.slice("unread".length).trim();
      expect(sentences.filter((sentence) => sentence.includes(phrase))).toEqual([]);
    }
  });
});
