import { WIDEST } from "./entry-lines.ts";
import { gapsBetween, gridsAmong } from "./grid-writer.ts";
import type { Line, TextGrid } from "./text-grid.ts";

/** What a run of lines between blank lines turned out to be. */
export type Stanza =
  | { readonly kind: "heading"; readonly lines: readonly Line[] }
  | { readonly kind: "paragraph"; readonly lines: readonly Line[] }
  | { readonly kind: "list-item"; readonly lines: readonly Line[] }
  | { readonly kind: "code"; readonly lines: readonly Line[] }
  /** `title` is the line right above, that of a caption. */
  | { readonly kind: "table"; readonly grid: TextGrid; readonly title: Line | null };

/**
 * The blocks of plain text: what lies between blank lines, taken apart further where the lines show that they are not one paragraph.
 *
 * Shape: in order; every line that is not blank is in exactly one stanza.
 */
export function* stanzas(text: string): Generator<Stanza> {
  let group: Line[] = [];
  let number = 0;
  // Blank lines at the end are no text that a heading could stand above.
  const lastCharacter = text.trimEnd().length;
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    number += 1;
    const line = { text: text.slice(start, end).replaceAll("\f", " "), number };
    start = end + 1;
    if (BLANK.test(line.text)) {
      yield* classify(group, start >= lastCharacter);
      group = [];
    } else {
      group.push(line);
    }
  }
  yield* classify(group, true);
}

/** A line with nothing on it: "", "   "; not " x". */
const BLANK = /^\s*$/;
/** Entries of a list: "- 8 GPUs", "• ten days", "3. Train"; not "-5", "2.5 days", "3.5 weeks". */
const BULLET = /^\s*(?:[-*•‣◦–]|\(?\d{1,3}[.)])\s+\S/;
/** A rule under a heading: "=====", "-----"; not "--". */
const UNDERLINE = /^\s*(?:={3,}|-{3,}|~{3,})\s*$/;
/** A row of a table with bars: "| a | b |", "a | b"; not "a || b". */
const BARRED = /^[^|]*\|[^|]/;
/** The end of a sentence: "done.", "done?”"; not "Fig". */
const SENTENCE_END = /[.!?…]["”’)\]]*\s*$/;

/** `last` is true for the end of the text, where no heading can stand. */
function* classify(group: readonly Line[], last: boolean): Generator<Stanza> {
  const grids = gridsAmong(group, false);
  for (const [index, [from, to]] of gapsBetween(grids, group.length).entries()) {
    const grid = grids[index];
    const head = group[from];
    const isTitled = grid !== undefined && to - from === 1 && index === 0 && head !== undefined && !BULLET.test(head.text);
    const rest = isTitled ? [] : group.slice(from, to);
    if (index > 0) yield* afterTable(rest, last && grid === undefined);
    else yield* classifyWords(rest, last && grid === undefined);
    if (grid !== undefined) yield { kind: "table", grid, title: isTitled ? head : null };
  }
}

function* classifyWords(group: readonly Line[], last: boolean): Generator<Stanza> {
  const [head, second] = group;
  if (head === undefined) return;
  if (second !== undefined && UNDERLINE.test(second.text) && group.length <= 3 && !BARRED.test(head.text)) {
    yield { kind: "heading", lines: [head] };
    yield* classifyWords(group.slice(2), last);
    return;
  }
  if (group.some((line) => BULLET.test(line.text))) {
    yield* listItems(group);
    return;
  }
  if (group.length > 1 && standAlone(group)) {
    for (const [index, line] of group.entries()) {
      yield single(line, last && index === group.length - 1);
    }
    return;
  }
  if (group.length === 1) yield single(head, last);
  else yield { kind: "paragraph", lines: group };
}

/** What stands right below a table: notes, whose marks are no bullets. */
function* afterTable(lines: readonly Line[], last: boolean): Generator<Stanza> {
  const notes = lines.findIndex((line) => !NOTE_MARK.test(line.text));
  const count = notes < 0 ? lines.length : notes;
  for (const line of lines.slice(0, count)) yield { kind: "paragraph", lines: [line] };
  yield* classifyWords(lines.slice(count), last);
}

/** "* per GPU"; not "- item". */
const NOTE_MARK = /^\s*[*†‡§]/;

function single(line: Line, last: boolean): Stanza {
  return { kind: !last && looksLikeHeading(line.text) ? "heading" : "paragraph", lines: [line] };
}

/** True when the lines are not one wrapped paragraph: too long for that, or sentences each. */
function standAlone(group: readonly Line[]): boolean {
  return group.some((line) => line.text.length > WIDEST) || group.every((line) => SENTENCE_END.test(line.text));
}

const HEADING_CHARACTERS = 100;
const HEADING_WORDS = 14;
/** Endings that headings do not have: "such as:", "and then,"; a question may be a heading. */
const HEADING_TAIL = /[.!,;:…]["”’)]*$/;
/** A sentence inside: "It ran. Then it"; not "3.1 Setup" or "vs. Baseline" at the end. */
const INNER_SENTENCE = /[a-z]{3,}[.!?]\s+[A-Z]/;
/** How headings begin: "Results", "3.1 Setup", "“Quoted”"; not "and then". */
const HEADING_START = /^\s*["“‘(]?[\p{Lu}\d#]/u;

function looksLikeHeading(text: string): boolean {
  const line = text.trim();
  if (line.length > HEADING_CHARACTERS || line.split(/\s+/).length > HEADING_WORDS) return false;
  return HEADING_START.test(line) && !HEADING_TAIL.test(line) && !INNER_SENTENCE.test(line);
}

function* listItems(group: readonly Line[]): Generator<Stanza> {
  let item: Line[] = [];
  let inList = false;
  for (const line of group) {
    if (BULLET.test(line.text)) {
      if (item.length > 0) yield { kind: inList ? "list-item" : "paragraph", lines: item };
      item = [{ text: line.text.replace(BULLET_MARK, ""), number: line.number }];
      inList = true;
    } else {
      item.push(line);
    }
  }
  if (item.length > 0) yield { kind: inList ? "list-item" : "paragraph", lines: item };
}

/** The mark of a list entry, which is no text: "- ", "• "; numbers stay, for "3. Train" may be a sentence's own number. */
const BULLET_MARK = /^\s*[-*•‣◦–]\s+/;
