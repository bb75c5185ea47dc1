import type { Finding } from "../../src/model/finding.ts";
import { checkBytes } from "../../src/store/checked-input.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";
import { tellIfFailed } from "./what-was-read.ts";

/** The findings on a text, read as Markdown. Prices are those of `date`. */
export async function findingsIn(text: string, date: string | null = null): Promise<readonly Finding[]> {
  const { catalog, problems } = await openCatalog({ overlay: null });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const input = { source: "case.md", bytes: new TextEncoder().encode(text), sha256: null };
  const report = await checkBytes(catalog, input, { priceDate: date, provider: null, assume: {} });
  if (report.result === null) throw new Error("the text was not read");
  tellIfFailed(text, report.result);
  return report.result.checked.findings;
}
