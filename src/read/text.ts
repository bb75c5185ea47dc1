import type { ReadResult } from "../model/document.ts";
import { DocumentDraft } from "./document-draft.ts";
import { finishDocument, GUESSED_LEVEL } from "./finished-document.ts";
import { readableMath } from "./tex-math.ts";
import { decodeText } from "./text-decoding.ts";
import { type Line, type Stanza, stanzas } from "./text-stanza.ts";

/**
 * Reads plain text: paragraphs by blank lines, headings only where there is little doubt, simple tables, reader comments set apart.
 *
 * Errors: bytes that are no text in UTF-8 (or UTF-16 with a mark) give the problem "not-utf8" and no document.
 */
export function readText(bytes: Uint8Array, source: string): ReadResult {
  const decoded = decodeText(bytes, null);
  if (decoded.kind === "invalid") return { document: null, problems: [invalidText(decoded, source)] };
  return readPlainText(decoded.text, source);
}

/** Reads text that is already decoded. */
function readPlainText(text: string, source: string): ReadResult {
  const draft = new DocumentDraft();
  const words = wordsOf(text);
  for (const stanza of stanzas(text)) writeStanza(draft, stanza, words);
  const document = finishDocument(draft, { source, mediaType: "text/plain", title: null, date: null, arxivId: null });
  if (document.text === "") return { document: null, problems: [{ code: "empty-file", source, page: null, detail: null }] };
  return { document, problems: [] };
}

/** The problem of bytes that could not be decoded. */
export function invalidText(
  decoded: { readonly encoding: string; readonly offset: number | null },
  source: string,
): { readonly code: "not-utf8"; readonly source: string; readonly page: null; readonly detail: string | null } {
  return { code: "not-utf8", source, page: null, detail: decoded.offset === null ? null : `byte ${decoded.offset}` };
}

function writeStanza(draft: DocumentDraft, stanza: Stanza, words: () => ReadonlySet<string>): void {
  if (stanza.kind === "table") {
    writeTable(draft, stanza);
    return;
  }
  draft.open(stanza.kind, stanza.kind === "heading" ? GUESSED_LEVEL : null);
  for (const paragraph of joinLines(stanza.lines, words)) draft.write(paragraph.text, paragraph.number);
  draft.close();
}

function writeTable(draft: DocumentDraft, stanza: Extract<Stanza, { kind: "table" }>): void {
  const table = draft.openTable();
  const bodyLines = stanza.lines.length - stanza.rows.length;
  stanza.rows.forEach((row, index) => {
    // A rule under the head is the only line that is no row, so rows after it stand that much lower.
    const line = stanza.lines[index === 0 ? 0 : index + bodyLines]?.number ?? null;
    row.forEach((cell, column) => {
      const place = { row: index, column, rowSpan: 1, columnSpan: 1, header: index === 0 };
      draft.cell(table, place, () => void draft.write(readableMath(cell), line));
    });
  });
  draft.closeTable(table, null);
}

/** A word cut at the end of a line, or a compound broken at its hyphen: "accele-", "GPU-"; not "1-" or a dash. */
const CUT_WORD = /(\p{L}+)-\s*$/u;
/** The word that a line begins with: "rators was"; not "(see". */
const FIRST_WORD = /^\s*(\p{Ll}\p{L}*)/u;

/**
 * Lines of a paragraph as pieces of text, a break after each but the last, hyphenation undone.
 *
 * Shape: one piece for each source line, so that the lines can be told apart afterwards.
 */
function joinLines(lines: readonly Line[], words: () => ReadonlySet<string>): readonly Line[] {
  const formula = lines.some((line) => /[$\\^]/.test(line.text));
  // A formula may run over a line end; the breaks stay, so the count of lines stays right.
  if (formula) return [{ text: readableMath(lines.map((line) => line.text).join("\n")), number: lines[0]?.number ?? 1 }];
  return lines.map((line, index) => {
    const next = lines[index + 1];
    if (next === undefined) return line;
    const cut = CUT_WORD.exec(line.text);
    const rest = FIRST_WORD.exec(next.text);
    if (cut === null || rest === null) return { text: `${line.text}\n`, number: line.number };
    const whole = `${cut[1]}${rest[1]}`.toLowerCase();
    const stem = line.text.trimEnd();
    return { text: words().has(whole) ? stem.slice(0, -1) : stem, number: line.number };
  });
}

/**
 * The words of the text, in lower case, gathered when first asked for.
 *
 * A word cut at a line end is put together again only if the text has it elsewhere in one piece; else the hyphen may be its own.
 */
function wordsOf(text: string): () => ReadonlySet<string> {
  let known: ReadonlySet<string> | null = null;
  return () => {
    known ??= new Set(text.toLowerCase().match(/\p{L}+/gu) ?? []);
    return known;
  };
}
