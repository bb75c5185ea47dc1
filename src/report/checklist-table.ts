import { CHECKLIST_FACTS } from "../model/checklist.ts";
import type { Report } from "../model/report.ts";
import { checklistRows, FACT_WORDS } from "./checklist-words.ts";
import { csvLine } from "./csv.ts";

/** The checklists of many documents as a table: a line for each run, and one for a document without any. */
export function checklistCsv({ documents }: Report): string {
  const facts = CHECKLIST_FACTS.map((fact) => FACT_WORDS[fact]);
  const head = csvLine(["document", "run", ...facts.flatMap((fact) => [fact, `${fact}: where, or from what`])]);
  const lines = documents.flatMap(({ source, result }) => {
    const runs = result === null ? [] : checklistRows(result);
    if (runs.length === 0) return [csvLine([source, null, ...facts.flatMap(() => [null, null])])];
    return runs.map(({ subject, rows }) => csvLine([source, subject, ...rows.flatMap(({ status, detail }) => [status, detail])]));
  });
  return head + lines.join("");
}
