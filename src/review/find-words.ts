import { boxesOf, type Document } from "../model/document.ts";
import type { Found } from "./api-shapes.ts";

/** Places that are told at once. */
const MOST_PLACES = 500;

/**
 * Where words stand in a document, in reading order: whatever the case of their letters, and however lines are broken between them.
 *
 * Units: offsets into the text of the document, moved on by `offset`.
 */
export function findWords(document: Document, words: string, offset: number): Found {
  const { text, at } = searchable(document.text);
  const { text: wanted } = searchable(words.trim());
  const places: Found["places"][number][] = [];
  if (wanted === "") return { places, more: false };
  let from = text.indexOf(wanted);
  while (from >= 0 && places.length < MOST_PLACES) {
    const span = { start: at[from] ?? 0, end: (at[from + wanted.length - 1] ?? 0) + 1 };
    places.push({ start: span.start + offset, end: span.end + offset, boxes: [...boxesOf(document, span)] });
    from = text.indexOf(wanted, from + wanted.length);
  }
  return { places, more: from >= 0 };
}

/** A text in small letters, with one blank for every stretch of white space, and where each character stood. */
function searchable(text: string): { readonly text: string; readonly at: readonly number[] } {
  const at: number[] = [];
  let folded = "";
  for (let index = 0; index < text.length; index += 1) {
    const letter = text[index] ?? "";
    const isBlank = letter.trim() === "";
    if (isBlank && folded.endsWith(" ")) continue;
    const small = letter.toLowerCase();
    // A letter that is two in small ones stays, so that places keep their numbers.
    folded += isBlank ? " " : small.length === 1 ? small : letter;
    at.push(index);
  }
  return { text: folded, at };
}
