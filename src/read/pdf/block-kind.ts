import type { BlockKind } from "../../model/document.ts";
import { largest } from "../../model/many.ts";
import {
  endsReferences,
  endsSentence,
  hasLeaders,
  hasListMarker,
  hasNoteMark,
  isCaption,
  isReferenceEntry,
  isReferencesHeading,
  isTableCaption,
  sectionDepth,
} from "./block-pattern.ts";
import type { DocumentStyle } from "./document-style.ts";
import { holdsCenter, type LayoutBlock, sharesColumn } from "./layout-block.ts";
import type { PageContent, Rule } from "./page-content.ts";
import type { PagePart } from "./page-layout.ts";

/** What the pages before say about the next one. */
export interface ReadingState {
  readonly inReferences: boolean;
  /** False until the abstract or the first section: names and places of authors come before. */
  readonly begun: boolean;
}

export const START: ReadingState = { inReferences: false, begun: false };

/** Tells what each part of a page is. */
export function classifyPage(
  parts: readonly PagePart[],
  page: { readonly content: PageContent; readonly style: DocumentStyle; readonly state: ReadingState },
): { readonly blocks: readonly LayoutBlock[]; readonly state: ReadingState } {
  const { content, style } = page;
  const notes = footnotes(parts, style, content.horizontals);
  const labels = figureLabels(parts, content.pictures, style);
  const largest = content.number === 1 ? largestPrint(parts) : Number.POSITIVE_INFINITY;
  let state = page.state;
  const blocks = parts.map((part): LayoutBlock => {
    const common = { page: content.number, area: part.area, column: part.column, level: null };
    if (part.kind === "table") return { ...common, kind: "table", lines: [], grid: part.grid };
    if (part.kind === "picture") return { ...common, kind: "furniture", lines: part.lines, grid: null };
    const text = textOf(part);
    const heading = isHeading(part, text, style);
    state = after(state, part, text, heading, style);
    const kind = notes.has(part) ? "footnote" : labels.has(part) ? "furniture" : kindOf(part, text, heading, state, largest);
    const level = kind === "heading" ? (isTitle(part, largest) ? 1 : levelOf(part, text, style)) : null;
    return { ...common, kind, level, lines: part.lines, grid: null };
  });
  return { blocks, state };
}

type TextPart = Extract<PagePart, { readonly kind: "text" }>;

function textOf(part: TextPart): string {
  return part.lines.map((line) => line.text).join(" ");
}

function kindOf(part: TextPart, text: string, heading: boolean, state: ReadingState, largest: number): BlockKind {
  if (isCaption(text)) return "caption";
  if (heading && !(state.inReferences && !isReferencesHeading(text))) {
    return state.begun || isReferencesHeading(text) || isTitle(part, largest) ? "heading" : "paragraph";
  }
  if (state.inReferences) return "references";
  if (hasLeaders(part.lines.at(-1)?.text ?? "") || part.lines.filter((line) => hasLeaders(line.text)).length > part.lines.length / 2)
    return "furniture";
  if (state.begun && part.lines.every((line) => line.monospaced)) return "code";
  return hasListMarker(text) ? "list-item" : "paragraph";
}

/** Above the abstract only the title is a heading; the names below it are bold too. */
function isTitle(part: TextPart, largest: number): boolean {
  return (part.lines[0]?.size ?? 0) >= largest - 0.1;
}

function largestPrint(parts: readonly PagePart[]): number {
  const sizes = parts.flatMap((part) =>
    part.kind === "text" && /\p{L}{3}/u.test(textOf(part)) ? part.lines.map((line) => line.size) : [],
  );
  return largest(sizes, 0);
}

function after(state: ReadingState, part: TextPart, text: string, heading: boolean, style: DocumentStyle): ReadingState {
  if (isReferencesHeading(text) && part.lines.length === 1) return { inReferences: true, begun: true };
  if (state.inReferences && heading && endsReferences(text) && !isReferenceEntry(text) && looksLikeHeading(part, style))
    return { inReferences: false, begun: true };
  if (!state.begun && (BEGINNING.test(text) || (part.lines[0]?.page ?? 1) > 1 || (heading && sectionDepth(text) !== null)))
    return { ...state, begun: true };
  return state;
}

/** The first words of the text proper: "Abstract", "A BSTRACT", "Abstract—We show", "Introduction"; not "Abstraction". */
const BEGINNING = /^(?:\d\.?\s+)?(?:a\s?bstract|i\s?ntroduction|s\s?ummary|executive\s+summary|overview)\b/i;

/** Headings are at most so long, in lines and code units. */
const HEADING_LINES = 3;
const HEADING_LETTERS = 160;
const HEADING_WORDS_WITH_STOP = 8;
/** Larger than the text by this factor, a short line is a heading. */
const LARGER = 1.08;
const CAPITALS = 0.8;

function isHeading(part: TextPart, text: string, style: DocumentStyle): boolean {
  if (part.lines.length > HEADING_LINES || text.length > HEADING_LETTERS || !/\p{L}{2}/u.test(text) || isCaption(text)) return false;
  if (hasListMarker(text) && sectionDepth(text) === null) return false;
  if (endsSentence(text) && text.split(" ").length > HEADING_WORDS_WITH_STOP) return false;
  if (looksLikeHeading(part, style)) return /^[\p{Lu}\d"“(]/u.test(text);
  const width = (part.area.right - part.area.left) / Math.max(1, part.column.right - part.column.left);
  return (
    sectionDepth(text) !== null &&
    part.lines.length === 1 &&
    width < 0.85 &&
    !endsSentence(text) &&
    !/[,;:=]$/.test(text) &&
    part.lines[0]?.segments.length === 1
  );
}

function looksLikeHeading(part: TextPart, style: DocumentStyle): boolean {
  const size = part.lines[0]?.size ?? 0;
  const letters = part.lines.map((line) => line.text.replace(/[^\p{L}]/gu, "")).join("");
  const capitals = letters.replace(/[^\p{Lu}]/gu, "").length;
  return (
    part.lines.every((line) => line.bold) ||
    size >= LARGER * style.bodySize ||
    (capitals >= CAPITALS * letters.length && letters.length >= 6)
  );
}

function levelOf(part: TextPart, text: string, style: DocumentStyle): number {
  const depth = sectionDepth(text);
  if (depth !== null) return depth;
  const ratio = (part.lines[0]?.size ?? style.bodySize) / style.bodySize;
  return ratio >= 1.12 ? 1 : ratio >= 1.03 ? 2 : 3;
}

/** Footnotes are smaller than the text by this factor. */
const NOTE_SIZE = 0.945;
/** A rule above footnotes is no longer than this part of the column. */
const NOTE_RULE_PART = 0.65;

/** Small print at the foot of a column, from the first mark or the rule on. */
function footnotes(parts: readonly PagePart[], style: DocumentStyle, rules: readonly Rule[]): ReadonlySet<PagePart> {
  const found = new Set<PagePart>();
  const columns = new Map<string, TextPart[]>();
  for (const part of parts) {
    if (part.kind !== "text") continue;
    const key = `${Math.round(part.column.left / 20)}`;
    columns.set(key, [...(columns.get(key) ?? []), part]);
  }
  for (const column of columns.values()) {
    const fromFoot = column.toSorted((one, other) => other.area.top - one.area.top);
    let open: TextPart[] = [];
    for (const part of fromFoot) {
      const size = part.lines[0]?.size ?? style.bodySize;
      const text = textOf(part);
      if (size > NOTE_SIZE * style.bodySize || isCaption(text)) break;
      open.push(part);
      if (hasNoteMark(text) || isUnderNoteRule(part, rules)) {
        for (const note of open) found.add(note);
        open = [];
      }
    }
  }
  return found;
}

function isUnderNoteRule(part: TextPart, rules: readonly Rule[]): boolean {
  const size = part.lines[0]?.size ?? 10;
  return rules.some((rule) => {
    const width = rule.right - rule.left;
    const above = part.area.top - rule.bottom;
    return (
      above > -2 &&
      above < 1.2 * size &&
      width > 20 &&
      width < NOTE_RULE_PART * (part.column.right - part.column.left) &&
      Math.abs(rule.left - part.column.left) < 4
    );
  });
}

/** Labels of figures have on average fewer letters than this in a place. */
const LABEL_LETTERS = 22;

/** Scattered words above a figure's caption, or inside a drawing, which belong to the figure. */
function figureLabels(parts: readonly PagePart[], pictures: readonly Rule[], style: DocumentStyle): ReadonlySet<PagePart> {
  const found = new Set<PagePart>();
  parts.forEach((part, index) => {
    if (part.kind !== "text" || !isLabels(part, style)) return;
    const inPicture = pictures.some((picture) => holdsCenter(picture, part.area, 2) && picture.bottom - picture.top > 3 * style.bodySize);
    const next = parts.slice(index + 1).find((other) => other.kind !== "picture" && !(other.kind === "text" && isLabels(other, style)));
    const captioned = next?.kind === "text" && isFigureCaption(textOf(next)) && sharesColumn(next.area, part.area);
    const smaller =
      (part.lines[0]?.size ?? 0) < 0.93 * style.bodySize ||
      part.lines.every((line) => line.segments.every((segment) => !style.textFonts.has(segment.font)));
    if (inPicture || (captioned && (smaller || pictures.some((picture) => sharesColumn(picture, part.area))))) found.add(part);
  });
  return found;
}

function isFigureCaption(text: string): boolean {
  return isCaption(text) && !isTableCaption(text);
}

function isLabels(part: TextPart, style: DocumentStyle): boolean {
  const text = textOf(part);
  if (isCaption(text) || sectionDepth(text) !== null || (part.lines[0]?.size ?? 0) > LARGER * style.bodySize) return false;
  const segments = part.lines.flatMap((line) => line.segments);
  if (segments.every((segment) => !style.textFonts.has(segment.font))) return true;
  return text.length < LABEL_LETTERS * segments.length && !endsSentence(text);
}
