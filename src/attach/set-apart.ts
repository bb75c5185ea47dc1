/** Words that a writer sets apart as one thing: quoted, bold, slanted or code, or a title in small letters. */
import type { Document } from "../model/document.ts";
import type { Span } from "../model/span.ts";

/** Where words that markup sets apart begin, with where they end. */
export type SetApart = ReadonlyMap<number, number>;

/** What markup sets apart in a document, and titles and headings that begin with a small letter, up to a colon or a dash. */
export function setApartIn(document: Document): SetApart {
  const headings = document.blocks.flatMap(({ kind, span }): readonly Span[] => {
    if (kind !== "heading") return [];
    const printed = document.text.slice(span.start, span.end);
    const end = printed.search(TITLE_MARK);
    const isSmall = printed.charAt(0) !== printed.charAt(0).toUpperCase();
    return isSmall ? [{ start: span.start, end: end < 1 ? span.end : span.start + end }] : [];
  });
  return new Map([...headings, ...(document.setApart ?? [])].map(({ start, end }) => [start, end]));
}

/** What parts a title from what it goes on with: "Wren: ", "Wren — ". */
export const TITLE_MARK = /[:：]\s|\s[—–|-]\s/u;

/** Whether a stretch is set apart as it is. */
export function isSetApart(text: string, span: Span, apart: SetApart): boolean {
  return apart.get(span.start) === span.end || isQuoted(text, span);
}

/** Whether something that is set apart may begin at a place. */
export function opensSetApart(text: string, start: number, apart: SetApart): boolean {
  return apart.has(start) || QUOTES.has(text.charAt(start - 1));
}

/** What is set apart by marks of quoting: “青禾”, 「なまず」. */
export function isQuoted(text: string, { start, end }: Span): boolean {
  return QUOTES.get(text.charAt(start - 1))?.includes(text.charAt(end) || " ") ?? false;
}

/** Marks of quoting as they open in one language or another, and those of markup that is read as plain text; each with what closes it. */
const QUOTES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["“", "”"],
  ["„", "“”"],
  ["‚", "‘"],
  ["‘", "’"],
  ["«", "»"],
  ["»", "«"],
  ["「", "」"],
  ["『", "』"],
  ["《", "》"],
  ["`", "`"],
  ["*", "*"],
]);
