import { createHash } from "node:crypto";
import { addedMention } from "../added-figures.ts";
import { type CheckedParts, partWithAdded } from "../isolate/recheck-against.ts";
import type { AddedFigure } from "../model/added-figure.ts";
import type { Document } from "../model/document.ts";
import type { DocumentReport } from "../model/report.ts";
import type { Span } from "../model/span.ts";
import type { Correction } from "../recheck.ts";
import type { WireDocument, WireFinding, WireMention } from "../report/wire.ts";
import { toWireDocument } from "../report/wire-report.ts";
import type { Adder, KeptAddition, StoredAddition } from "./api-shapes.ts";
import type { UnitChoice } from "./unit-choices.ts";

/** A document with the claims that reviewers added among its own. */
export interface Revision {
  readonly report: DocumentReport;
  /** Null where it was checked by itself alone. */
  readonly parts: CheckedParts | null;
  readonly corrections: readonly Correction[];
  readonly wire: WireDocument;
  /** Who added a claim, by the id of its mention. */
  readonly adders: ReadonlyMap<string, Adder>;
}

/** The rule of a claim that was added and that nothing in its document gives. */
const UNCHECKED = "review/added";

/** The lines that stand: the last one on each place, without what was taken back. */
export function standingAdditions<T extends StoredAddition>(lines: readonly T[]): readonly T[] {
  return [...new Map(lines.map((line) => [`${line.sha256} ${line.start} ${line.end}`, line])).values()].filter(({ removed }) => !removed);
}

/** Additions as the checker takes them, each with who made it. What is not in the document any more, or in no unit of the rules, is left out. */
export function additionsIn(
  { text }: Document,
  lines: readonly StoredAddition[],
  units: ReadonlyMap<string, readonly UnitChoice[]>,
): readonly Added[] {
  return standingAdditions(lines).flatMap(({ kind, value, unit, subject, reviewer, at, ...line }) => {
    const choice = units.get(kind)?.find(({ words }) => words === unit);
    const span = placeOf(text, line);
    if (choice === undefined || span === null) return [];
    return [{ figure: { span, kind, value, unit: choice.unit, noun: choice.noun, subject }, by: { reviewer, at } }];
  });
}

/** Where words stand that stood elsewhere when another release read the file: at the only place that has them. */
function placeOf(text: string, line: Pick<StoredAddition, "start" | "end" | "text">): Span | null {
  if (text.slice(line.start, line.end) === line.text) return { start: line.start, end: line.end };
  const start = text.indexOf(line.text);
  return start < 0 || text.includes(line.text, start + 1) ? null : { start, end: start + line.text.length };
}

/** A figure that a reviewer added. */
export interface Added {
  readonly figure: AddedFigure;
  readonly by: Adder;
}

export function asCorrections(added: readonly Added[]): readonly Correction[] {
  return added.map(({ figure }) => ({ kind: "added", mention: "", figure }));
}

/** A document that was checked again with additions. */
export function revisionOf(report: DocumentReport, original: CheckedParts | null, added: readonly Added[]): Revision {
  const corrections = asCorrections(added);
  const parts = original === null ? null : { ...original, article: partWithAdded(original.article, corrections) };
  const { result } = report;
  const adders = new Map<string, Adder>();
  if (result !== null)
    for (const { figure, by } of added) {
      const id = addedMention(result.extraction, figure)?.id;
      if (id !== undefined) adders.set(id, by);
    }
  return { report, parts, corrections, wire: withUnchecked(toWireDocument(report), adders), adders };
}

/** With a finding for each added claim that the check says nothing of, so that it is listed and can be judged. */
function withUnchecked(wire: WireDocument, adders: ReadonlyMap<string, Adder>): WireDocument {
  const judged = new Set([...wire.findings, ...(wire.withheld ?? [])].map(({ claim }) => claim));
  const open = wire.mentions.filter(({ id }) => adders.has(id) && !judged.has(id));
  return { ...wire, findings: [...wire.findings, ...open.map(uncheckedFinding)] };
}

function uncheckedFinding({ id, subject, page, line, quote, start, ...figure }: WireMention): WireFinding {
  const { value, low, high, unit, text } = figure;
  return {
    ...{ id: `added-${id}`, rule: UNCHECKED, verdict: "unverifiable", strength: null, severity: "note", confidence: 1, claim: id },
    ...{ subject, speaker: null, page, line, stated: { value, low, high, unit }, recomputed: null, ratio: null, cause: null },
    ...{ missing: [], readings: [], steps: [], noun: null, quote },
    fingerprint: hashOf([quote, UNCHECKED, text, String(start)].join("\u0000")).slice(0, FINGERPRINT_LENGTH),
    message: `"${text}" was added by a reviewer; nothing else in the document gives it.`,
  };
}

const FINGERPRINT_LENGTH = 16;

/** SHA-256 in hex, by which additions know their document. */
export function hashOf(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The stretch of a text whose characters lie in boxes on a page; null where none does. */
export function spanIn(
  document: Document,
  page: number,
  boxes: readonly { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }[],
): Span | null {
  const places = document.fragments
    .filter((fragment) => fragment.page === page)
    .flatMap(({ span, edges, top, bottom }) => {
      const middle = (top + bottom) / 2;
      const across = boxes.filter((box) => box.top <= middle && middle <= box.bottom);
      return edges.slice(0, -1).flatMap((edge, at) => {
        const center = (edge + (edges[at + 1] ?? edge)) / 2;
        return across.some(({ left, right }) => left <= center && center <= right) ? [span.start + at] : [];
      });
    });
  // Fragments are in reading order.
  const [first, last] = [places[0], places.at(-1)];
  return first === undefined || last === undefined ? null : { start: first, end: last + 1 };
}

/** Characters of the longest claim that a person marks; more is a passage. */
export const LONGEST_CLAIM = 300;

/** A span without white space at its ends; null where nothing else is in it. */
export function trimmedSpan({ text }: Document, { start, end }: Span): Span | null {
  const words = text.slice(start, end);
  const from = start + words.length - words.trimStart().length;
  return words.trim() === "" ? null : { start: from, end: from + words.trim().length };
}

/** Additions as they go to the page, each with the document of its bytes. */
export function withDocuments(lines: readonly StoredAddition[], documentOf: (sha256: string) => number | null): readonly KeptAddition[] {
  return lines.map((line) => ({ ...line, document: documentOf(line.sha256) }));
}
