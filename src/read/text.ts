import type { ReadResult } from "../model/document.ts";
import type { Problem } from "../model/problem.ts";
import { DocumentDraft } from "./document-draft.ts";
import { finishDocument, GUESSED_LEVEL } from "./finished-document.ts";
import { writeGrid, writeTitle } from "./grid-writer.ts";
import { textJoiner } from "./line-joiner.ts";
import { readableMath } from "./tex-math.ts";
import { decodeText } from "./text-decoding.ts";
import { type Stanza, stanzas } from "./text-stanza.ts";

/**
 * Reads plain text: paragraphs by blank lines, headings only where there is little doubt, simple tables, reader comments set apart.
 *
 * Errors: bytes that are no text in UTF-8 (or UTF-16 with a mark) give the problem "not-utf8" and no document.
 */
export function readText(bytes: Uint8Array, source: string): ReadResult {
  const decoded = decodeText(bytes, null);
  if (decoded.kind === "invalid") return { document: null, problems: [invalidText(decoded, source)] };
  return readPlainText(decoded.text, source, mendedProblems(decoded, source));
}

/** Reads text that is already decoded. */
function readPlainText(text: string, source: string, problems: readonly Problem[]): ReadResult {
  const draft = new DocumentDraft(textJoiner(text));
  for (const stanza of stanzas(text)) writeStanza(draft, stanza);
  const document = finishDocument(draft, { source, mediaType: "text/plain", title: null, date: null, arxivId: null });
  if (document.text === "") return { document: null, problems: [{ code: "empty-file", source, page: null, detail: null }] };
  return { document, problems };
}

/** The problem of bytes that could not be decoded. */
export function invalidText(
  decoded: { readonly encoding: string; readonly offset: number | null },
  source: string,
): { readonly code: "not-utf8"; readonly source: string; readonly page: null; readonly detail: string | null } {
  return { code: "not-utf8", source, page: null, detail: decoded.offset === null ? null : `byte ${decoded.offset}` };
}

/** The problem of bytes that were decoded but for a few. */
export function mendedProblems({ mended }: { readonly mended: string | null }, source: string): readonly Problem[] {
  return mended === null ? [] : [{ code: "not-utf8", source, page: null, detail: mended }];
}

function writeStanza(draft: DocumentDraft, stanza: Stanza): void {
  if (stanza.kind === "table") {
    writeTable(draft, stanza);
    return;
  }
  draft.open(stanza.kind, stanza.kind === "heading" ? GUESSED_LEVEL : null);
  // A formula may run over a line end; the breaks stay, so the count of lines stays right.
  draft.write(readableMath(stanza.lines.map((line) => line.text).join("\n")), stanza.lines[0]?.number ?? null);
  draft.close();
}

function writeTable(draft: DocumentDraft, stanza: Extract<Stanza, { kind: "table" }>): void {
  const title = stanza.title;
  const caption = title === null ? null : writeTitle(draft, readableMath(title.text), title.number);
  writeGrid(draft, stanza.grid, caption, readableMath);
}
