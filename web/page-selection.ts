import type { MarkedInput } from "./api.ts";

/** A place on a page, before it is known of which document. */
export type MarkedPlace =
  | { readonly start: number; readonly end: number }
  | {
      readonly page: number;
      readonly boxes: readonly { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }[];
    };

/** What is selected in the document that is shown: offsets of a text, or what is covered on a page; null where nothing is. */
export function selectedPlace(sizeOf: (page: number) => { readonly width: number; readonly height: number } | null): MarkedPlace | null {
  const selection = getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (document.querySelector("main")?.contains(range.commonAncestorContainer) !== true) return null;
  const page = elementOf(range.startContainer)?.closest(".page");
  return page instanceof HTMLElement ? placeOnPage(range, page, sizeOf(Number(page.dataset["page"]))) : placeInText(range);
}

/** As it is sent. */
export function asMarked(document: number, place: MarkedPlace): MarkedInput {
  return "page" in place ? { document, page: place.page, boxes: [...place.boxes] } : { document, ...place };
}

function placeInText(range: Range): MarkedPlace | null {
  const start = offsetAt(range.startContainer, range.startOffset);
  const end = offsetAt(range.endContainer, range.endOffset);
  return start === null || end === null || end <= start ? null : { start, end };
}

/** Where a point of the page stands in the reading text: every block and cell says where it begins. */
function offsetAt(node: Node, offset: number): number | null {
  const block = elementOf(node)?.closest<HTMLElement>("[data-start]");
  if (block === null || block === undefined) return null;
  const before = document.createRange();
  before.setStart(block, 0);
  before.setEnd(node, offset);
  return Number(block.dataset["start"]) + before.toString().length;
}

function placeOnPage(
  range: Range,
  page: HTMLElement,
  size: { readonly width: number; readonly height: number } | null,
): MarkedPlace | null {
  if (size === null) return null;
  const sheet = page.getBoundingClientRect();
  const scale = size.width / sheet.width;
  const boxes = [...range.getClientRects()]
    .filter(({ width, height, top }) => width > 0 && height > 0 && top >= sheet.top && top <= sheet.bottom)
    .map(({ left, top, right, bottom }) => ({
      left: (left - sheet.left) * scale,
      top: (top - sheet.top) * scale,
      right: (right - sheet.left) * scale,
      bottom: (bottom - sheet.top) * scale,
    }))
    .slice(0, MOST_BOXES);
  return boxes.length === 0 ? null : { page: Number(page.dataset["page"]), boxes };
}

/** A claim is a few words, never a page. */
const MOST_BOXES = 100;

function elementOf(node: Node): Element | null {
  return node instanceof Element ? node : node.parentElement;
}

/** A stretch of a text that is shown, as a range of the page; null where it is not shown. */
export function rangeOf({ start, end }: { readonly start: number; readonly end: number }): Range | null {
  const blocks = [...document.querySelectorAll<HTMLElement>("main [data-start]")];
  const block = blocks.findLast(
    (each) => Number(each.dataset["start"]) <= start && start < Number(each.dataset["start"]) + (each.textContent ?? "").length,
  );
  if (block === undefined) return null;
  const from = pointAt(block, start - Number(block.dataset["start"]));
  const to = pointAt(block, Math.min(end - Number(block.dataset["start"]), (block.textContent ?? "").length));
  if (from === null || to === null) return null;
  const range = document.createRange();
  range.setStart(...from);
  range.setEnd(...to);
  return range;
}

function pointAt(block: HTMLElement, offset: number): [Text, number] | null {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let left = offset;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue;
    if (left <= node.length) return [node, left];
    left -= node.length;
  }
  return null;
}
