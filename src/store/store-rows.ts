import type { WireDocument } from "../report/wire.ts";
import type { FindingTable, MentionTable, ProblemTable } from "./store-tables.ts";

/** Findings of a document as rows. */
export function findingRows(key: string, document: WireDocument): readonly FindingTable[] {
  return document.findings.map(({ id, rule, verdict, severity, confidence, subject, stated, recomputed, ratio, message }) => ({
    ...{ key, id, rule, verdict, severity, confidence, ratio },
    ...{ subject: storable(subject), message: storable(message) },
    ...{ stated: stated.value, unit: stated.unit, recomputed: recomputed?.value ?? null },
  }));
}

/** Figures of a document as rows. */
export function mentionRows(key: string, document: WireDocument): readonly MentionTable[] {
  return document.mentions.map(({ id, kind, text, page, line, value, unit, hardware, subject, role }) => ({
    ...{ key, id, kind, page, line, value, unit, hardware, role },
    ...{ text: storable(text), subject: storable(subject) },
  }));
}

/** Problems of a document as rows. */
export function problemRows(key: string, document: WireDocument): readonly ProblemTable[] {
  return document.problems.map(({ code, page, message }, place) => ({ key, place, code, page, message: storable(message) }));
}

/** PostgreSQL keeps no zero character; the document itself is JSON, where it is written out. */
export function storable<T extends string | null>(text: T): T | string {
  return text === null ? text : text.replaceAll("\0", "\uFFFD");
}
