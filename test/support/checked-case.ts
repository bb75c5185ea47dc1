import type { Finding } from "../../src/model/finding.ts";
import type { DocumentResult } from "../../src/model/report.ts";
import { checkAgainstSources } from "../../src/pipeline.ts";
import type { CaseOutcome, PageCase } from "../../src/report/page-cases.ts";
import { checkBytes } from "../../src/store/checked-input.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";
import { tellIfFailed } from "./what-was-read.ts";

/** The findings on a case, as the command would have them; where the test fails, what was read is printed. */
export async function findingsOf({ text, source, date }: PageCase): Promise<readonly Finding[]> {
  const { catalog, problems } = await openCatalog({ overlay: null });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const options = { priceDate: date, provider: null, assume: {} };
  const read = async (name: string, content: string): Promise<DocumentResult> => {
    const input = { source: name, bytes: new TextEncoder().encode(content), sha256: null };
    const report = await checkBytes(catalog, input, options);
    if (report.result === null) throw new Error(`the case was not read: ${content}`);
    return report.result;
  };
  const article = await read("case.md", text);
  const result = source === null ? article : checkAgainstSources(catalog, article, [await read("source.md", source)], options);
  tellIfFailed(text, result);
  return result.checked.findings;
}

/** What is said of a case, as a line of its page has it. */
export function outcomeLine(finding: Finding): string {
  return [finding.verdict, finding.rule, ...detailsOf(finding)].join(" ");
}

/** Whether a finding is what a line of a case expects. */
export function isExpected(finding: Finding, { verdict, rule, details }: CaseOutcome): boolean {
  const known = detailsOf(finding);
  return finding.verdict === verdict && finding.rule === rule && details.every((detail) => known.includes(detail));
}

function detailsOf(finding: Finding): readonly string[] {
  const cause = "cause" in finding ? finding.cause : null;
  return [
    finding.severity,
    ...(finding.verdict === "consistent" ? [finding.strength] : []),
    ...(cause === null ? [] : [cause.diagnosis, cause.certainty]),
  ];
}

/** A finding that says that something is off. */
export function isFlag({ verdict }: Finding): boolean {
  return verdict !== "consistent" && verdict !== "untested" && verdict !== "unverifiable";
}
