import { CHECKLIST_FACTS, type ChecklistFact, type ChecklistItem, type RunChecklist } from "../model/checklist.ts";
import { textOf } from "../model/document.ts";
import type { DocumentResult, Report } from "../model/report.ts";
import { csvLine } from "./csv.ts";
import { figureWords } from "./figure-words.ts";
import { placeWords, quoted, reportSubject } from "./report-subject.ts";

const FACT_WORDS: Readonly<Record<ChecklistFact, string>> = {
  accelerator: "accelerator",
  count: "number of accelerators",
  "wall-time": "training time",
  "accelerator-hours": "accelerator-hours",
  precision: "precision",
  utilization: "utilization",
  tokens: "training tokens or samples",
  parameters: "parameters",
  energy: "energy",
  pue: "PUE",
  "carbon-intensity": "carbon intensity",
  price: "price",
};

/** One line of a checklist: the fact, whether it is there, and where or from what. */
export interface ChecklistRow {
  readonly fact: string;
  readonly status: ChecklistItem["status"];
  readonly detail: string;
}

/** The checklists of a document in words, a list of rows for each run. */
export function checklistRows(result: DocumentResult): readonly { readonly subject: string; readonly rows: readonly ChecklistRow[] }[] {
  return (result.checklist ?? []).map((run) => ({ subject: subjectWords(run), rows: run.items.map((item) => rowOf(result, item)) }));
}

function subjectWords(run: RunChecklist): string {
  return run.subject ?? "the training run";
}

function rowOf(result: DocumentResult, item: ChecklistItem): ChecklistRow {
  const fact = FACT_WORDS[item.fact];
  switch (item.status) {
    case "stated": {
      const place = placeWords(result.document, item.span);
      return { fact, status: item.status, detail: `${quoted(textOf(result.document, item.span))}${place === "" ? "" : `, ${place}`}` };
    }
    case "derivable": {
      const subject = reportSubject(result);
      const from = item.from.flatMap((id) => subject.mention(id) ?? []).map((mention) => quoted(mention.text));
      return { fact, status: item.status, detail: `${figureWords(item.value)}, from ${from.join(", ")}` };
    }
    case "missing":
      return { fact, status: item.status, detail: "" };
  }
}

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
