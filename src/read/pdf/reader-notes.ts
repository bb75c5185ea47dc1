import type { PageContent, Piece } from "./page-content.ts";

/** Fonts of programs in which readers write notes on a page: system fonts and imitations of handwriting; not fonts of TeX. */
const NOTE_FONT =
  /noteworthy|helvetica|arial|comic|bradley|chalk|marker|segoe|kalam|caveat|hand|script|system|sfns|sfpro|sfui|verdana|tahoma|lucida|calibri|avenir|myriad|songti|pingfang|heiti|hiragino|emoji/i;
/** Notes are less than this part of a document's letters; more is the text itself. */
const DOCUMENT_PART = 0.2;

/**
 * Parts the text of each page from the notes that readers have put on it and saved into it.
 *
 * A program that saves notes draws them last, in fonts of its own; so the fonts are those that come last on every page where they
 * come at all, and are nowhere in the text.
 */
export function partReaderNotes(
  pages: readonly PageContent[],
): readonly { readonly text: readonly Piece[]; readonly notes: readonly Piece[] }[] {
  const fonts = noteFonts(pages);
  const isNote = (piece: Piece): boolean => fonts.has(piece.font.name);
  const parted = pages.map((page) => ({ text: page.pieces.filter((piece) => !isNote(piece)), notes: page.pieces.filter(isNote) }));
  const noted = letters(parted.flatMap((page) => page.notes));
  const isText = noted > DOCUMENT_PART * letters(pages.flatMap((page) => page.pieces));
  return isText ? pages.map((page) => ({ text: page.pieces, notes: [] })) : parted;
}

function noteFonts(pages: readonly PageContent[]): ReadonlySet<string> {
  const last = new Set<string>();
  const before = new Set<string>();
  for (const page of pages) {
    const end = page.pieces.findLastIndex((piece) => !NOTE_FONT.test(piece.font.name));
    page.pieces.forEach((piece, index) => {
      (index > end ? last : before).add(piece.font.name);
    });
  }
  return new Set([...last].filter((font) => !before.has(font)));
}

function letters(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + piece.text.length, 0);
}
