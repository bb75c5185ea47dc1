import type { Block, Document } from "../model/document.ts";
import type { Mention } from "../model/mention.ts";
import type { Span } from "../model/span.ts";

/** Where a place stands in the document: which headings rule it and what was read before it. */
export interface ReadingOrder {
  /** Indices into `Document.blocks` of the headings above a block, nearest first. */
  readonly headingsOf: (block: number) => readonly number[];
  /** The nearest block before this one that is prose or a list item; null at the start or behind a heading. */
  readonly previousProse: (block: number) => number | null;
  /** Index of the heading that opens the section of a block; -1 before the first heading. */
  readonly sectionOf: (block: number) => number;
  /** Index of the first item of the list that a block is an item of; null outside lists. */
  readonly listOf: (block: number) => number | null;
}

export function readingOrderOf(document: Document): ReadingOrder {
  const headings: (readonly number[])[] = [];
  const sections: number[] = [];
  const lists: (number | null)[] = [];
  let open: readonly number[] = [];
  for (const [index, block] of document.blocks.entries()) {
    lists.push(block.kind === "list-item" ? (lists[index - 1] ?? index) : null);
    if (block.kind === "heading") {
      open = [index, ...open.filter((other) => isAbove(document.blocks[other], block))];
      headings.push(open);
    } else headings.push(open);
    sections.push(open[0] ?? -1);
  }
  return {
    headingsOf: (block) => headings[block] ?? [],
    sectionOf: (block) => sections[block] ?? -1,
    listOf: (block) => lists[block] ?? null,
    previousProse: (block) => {
      for (let index = block - 1; index >= 0; index -= 1) {
        const kind = document.blocks[index]?.kind;
        if (kind === "heading") return null;
        if (kind === "paragraph" || kind === "list-item" || kind === "quote") return index;
      }
      return null;
    },
  };
}

/** A heading stays open below another only if it is of a higher rank. */
function isAbove(outer: Block | undefined, inner: Block): boolean {
  return (outer?.level ?? 6) < (inner.level ?? 6);
}

/** The block that holds an offset, by its index; -1 between blocks. */
export function blockAt(document: Document, offset: number): number {
  let low = 0;
  let high = document.blocks.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const block = document.blocks[middle];
    if (block === undefined) return -1;
    if (offset < block.span.start) high = middle - 1;
    else if (offset >= block.span.end) low = middle + 1;
    else return middle;
  }
  return -1;
}

/** Mentions in prose by sentence, in reading order: those in table cells are left out. */
export function sentencesOf(
  mentions: readonly Mention[],
): readonly { readonly span: Span; readonly block: number; readonly mentions: readonly Mention[] }[] {
  const bySentence = new Map<string, { span: Span; block: number; mentions: Mention[] }>();
  for (const mention of mentions) {
    if (mention.cell !== null) continue;
    const key = `${mention.sentence.start}-${mention.sentence.end}`;
    const sentence = bySentence.get(key) ?? { span: mention.sentence, block: mention.block, mentions: [] };
    sentence.mentions.push(mention);
    bySentence.set(key, sentence);
  }
  return [...bySentence.values()].sort((left, right) => left.span.start - right.span.start);
}

/** Headings above a block, from the nearest. */
export function headingSpans(document: Document, order: ReadingOrder, block: number): readonly Span[] {
  return order.headingsOf(block).flatMap((heading) => document.blocks[heading]?.span ?? []);
}
