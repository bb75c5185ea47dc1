import type { ChecklistFact, ChecklistItem, RunChecklist } from "../model/checklist.ts";
import { textOf } from "../model/document.ts";
import type { DocumentResult } from "../model/report.ts";
import { figureWords } from "./figure-words.ts";
import { placeWords, quoted, reportSubject } from "./report-subject.ts";

export const FACT_WORDS: Readonly<Record<ChecklistFact, string>> = {
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
