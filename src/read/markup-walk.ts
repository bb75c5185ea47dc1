import type { Element, Root } from "hast";
import type { BlockKind } from "../model/document.ts";
import type { Span } from "../model/span.ts";
import { DocumentDraft } from "./document-draft.ts";
import { writeOutput } from "./grid-writer.ts";
import type { LineJoiner } from "./line-joiner.ts";
import { readableMathml } from "./markup-math.ts";
import { isLayout, layTable } from "./markup-table.ts";
import { attribute, blockHolders, isBlock, lineAt, type MarkupNode, placeOf, plainText } from "./markup-tree.ts";
import { raise } from "./superscript.ts";
import { readableMath } from "./tex-math.ts";

/** Where to begin, and what must not be skipped whatever it is called. */
export interface WalkStart {
  readonly root: Root;
  readonly from: MarkupNode;
  /** Elements that hold most of the text. */
  readonly trusted: ReadonlySet<Element>;
  /** Writes what stands before the tree, such as front matter. */
  readonly before: (draft: DocumentDraft) => void;
  /** Undoes hyphenation at the ends of source lines; null where they mean nothing. */
  readonly joiner: LineJoiner | null;
}

/**
 * Writes the text of a tree of markup into a draft, block by block.
 *
 * Markdown and HTML share this walk, because Markdown may hold HTML, tables above all.
 */
export function walkMarkup(start: WalkStart): DocumentDraft {
  const walk: Walk = {
    draft: new DocumentDraft(start.joiner),
    holders: blockHolders(start.root),
    trusted: start.trusted,
    line: null,
    notes: [],
    inCell: false,
  };
  start.before(walk.draft);
  flow(walk, [start.from], { kind: "paragraph", zone: "text" });
  walk.draft.close();
  writeNotes(walk, { kind: "paragraph", zone: "text" });
  return walk.draft;
}

interface Walk {
  readonly draft: DocumentDraft;
  readonly holders: ReadonlySet<Element>;
  readonly trusted: ReadonlySet<Element>;
  /** The source line of what was written last. */
  line: number | null;
  /** Footnotes met inside a sentence, to be written after its paragraph. */
  notes: Element[];
  inCell: boolean;
}

interface Setting {
  /** What loose text becomes here. */
  readonly kind: BlockKind;
  /** The zone overrides the kind of every block in it. */
  readonly zone: "text" | "comment" | "references";
}

function flow(walk: Walk, nodes: readonly MarkupNode[], setting: Setting): void {
  for (const node of nodes) {
    if (node.type === "root") {
      flow(walk, node.children, setting);
    } else if (node.type === "element" && (isBlock(node) || walk.holders.has(node))) {
      block(walk, node, setting);
    } else {
      if (!walk.draft.isOpen) {
        if (node.type === "text" && node.value.trim() === "") continue;
        openBlock(walk, setting, null);
      }
      inline(walk, node);
    }
  }
}

function openBlock(walk: Walk, setting: Setting, level: number | null): void {
  const kind = setting.zone === "text" ? setting.kind : setting.zone;
  walk.draft.open(kind, kind === "heading" ? level : null);
}

/** Ends the open block, and writes the notes that were met in it. */
function endBlock(walk: Walk, setting: Setting): Span | null {
  const block = walk.draft.close();
  writeNotes(walk, setting);
  return block?.span ?? null;
}

function writeNotes(walk: Walk, setting: Setting): void {
  const notes = walk.notes;
  walk.notes = [];
  for (const note of notes) {
    openBlock(walk, { ...setting, kind: "footnote" }, null);
    for (const child of note.children) inline(walk, child);
    walk.draft.close();
  }
  if (walk.notes.length > 0) writeNotes(walk, setting);
}

function block(walk: Walk, element: Element, outer: Setting): void {
  const place = placeOf(element, walk.trusted);
  if (place === "skip") return;
  const setting: Setting =
    place === "comment" || place === "references"
      ? { ...outer, zone: outer.zone === "text" ? place : outer.zone }
      : place === "footnote"
        ? { ...outer, kind: "footnote" }
        : outer;
  if (!isBlock(element)) {
    flow(walk, element.children, setting);
    return;
  }
  endOpen(walk, element, setting);
  switch (element.tagName) {
    case "h1":
    case "h2":
    case "h3":
    case "h4":
    case "h5":
    case "h6":
      openBlock(walk, { ...setting, kind: "heading" }, Number(element.tagName.slice(1)));
      for (const child of element.children) inline(walk, child);
      endBlock(walk, setting);
      return;
    case "pre":
      writeCode(walk, element, setting);
      return;
    case "table":
      writeTable(walk, element, setting);
      return;
    case "figcaption":
      flow(walk, element.children, { ...setting, kind: "caption" });
      break;
    case "blockquote":
      flow(walk, element.children, { ...setting, kind: "quote" });
      break;
    case "li":
    case "dd":
      flow(walk, element.children, { ...setting, kind: setting.kind === "footnote" ? "footnote" : "list-item" });
      break;
    case "dt":
      writeTerm(walk, element, setting);
      return;
    case "hr":
      return;
    default:
      flow(walk, element.children, setting);
  }
  endBlock(walk, setting);
}

/** A definition goes on where its term stopped: "Training time: 21 days". */
function endOpen(walk: Walk, element: Element, setting: Setting): void {
  if (element.tagName === "dd" && walk.draft.isOpen && !walk.holders.has(element)) return;
  endBlock(walk, setting);
}

function writeTerm(walk: Walk, element: Element, setting: Setting): void {
  openBlock(walk, { ...setting, kind: "list-item" }, null);
  for (const child of element.children) inline(walk, child);
  walk.draft.write(plainText(element).trimEnd().endsWith(":") ? " " : ": ", walk.line);
}

function writeCode(walk: Walk, element: Element, setting: Setting): void {
  const code = plainText(element).replace(/^\n/, "").trimEnd();
  if (code.trim() === "") return;
  writeOutput(walk.draft, code, firstCodeLine(element, code), setting.zone === "text" ? "code" : setting.zone);
  writeNotes(walk, setting);
}

/** The line of the first character of code: a fence stands on a line of its own above it. */
function firstCodeLine(element: Element, code: string): number | null {
  const text = firstText(element);
  if (text !== null) return text;
  const start = lineAt(element);
  const end = element.position?.end?.line;
  if (start === null || end === undefined) return start;
  return end - start + 1 > code.split("\n").length ? start + 1 : start;
}

function firstText(node: MarkupNode): number | null {
  if (node.type === "text") return lineAt(node);
  if (node.type !== "element") return null;
  for (const child of node.children) {
    const line = firstText(child);
    if (line !== null) return line;
  }
  return null;
}

function writeTable(walk: Walk, element: Element, setting: Setting): void {
  const grid = layTable(element);
  // A table of readers' comments is no data of the document, and a table that arranges the page is no table.
  if (setting.zone !== "text" || isLayout(element, grid)) {
    flow(walk, element.children, setting);
    endBlock(walk, setting);
    return;
  }
  let caption: Span | null = null;
  if (grid.caption !== null) {
    openBlock(walk, { ...setting, kind: "caption" }, null);
    for (const child of grid.caption.children) inline(walk, child);
    caption = endBlock(walk, setting);
  }
  const table = walk.draft.openTable();
  for (const cell of grid.cells) {
    walk.inCell = true;
    walk.draft.cell(table, cell.place, () => {
      for (const child of cell.element.children) inline(walk, child);
    });
  }
  walk.inCell = false;
  walk.draft.closeTable(table, caption);
  writeNotes(walk, setting);
}

function inline(walk: Walk, node: MarkupNode): void {
  if (node.type === "text") {
    const line = lineAt(node) ?? walk.line;
    walk.line = walk.draft.write(readableMath(node.value), line);
    return;
  }
  if (node.type !== "element") return;
  const place = placeOf(node, walk.trusted);
  if (place === "footnote" && node.tagName !== "a" && node.tagName !== "sup") {
    walk.notes.push(node);
    return;
  }
  switch (node.tagName) {
    case "br":
    case "hr":
      walk.draft.write("\n", null);
      return;
    case "sup":
      writeRaised(walk, node);
      return;
    case "math":
      walk.draft.write(readableMathml(node), lineAt(node) ?? walk.line);
      return;
    case "script":
      if (/^math\/tex/i.test(attribute(node, "type") ?? "")) {
        walk.draft.write(readableMath(`\\(${plainText(node)}\\)`), lineAt(node) ?? walk.line);
      }
      return;
    case "code":
    case "kbd":
    case "samp":
    case "tt":
      // Code is shown as it stands: a dollar sign or a caret in it is no formula.
      walk.draft.setApart(() => {
        walk.line = walk.draft.write(plainText(node), lineAt(node.children[0]) ?? walk.line);
      });
      return;
  }
  if (place === "skip") return;
  if (SET_APART.has(node.tagName)) walk.draft.setApart(() => inlineChildren(walk, node));
  else inlineChildren(walk, node);
}

/** Elements whose words look other than those around. */
const SET_APART: ReadonlySet<string> = new Set(["b", "strong", "i", "em"]);

function inlineChildren(walk: Walk, node: Element): void {
  const apart = isBlock(node);
  if (apart) walk.draft.write(" ", null);
  for (const child of node.children) inline(walk, child);
  if (apart) walk.draft.write(" ", null);
}

/** Raised digits are exponents; a raised link is the mark of a note and no part of the figure before it. */
function writeRaised(walk: Walk, element: Element): void {
  if (element.children.some((child) => child.type === "element" && child.tagName === "a")) return;
  const raised = raise(plainText(element));
  if (raised !== null) {
    walk.line = walk.draft.write(raised, lineAt(element.children[0]) ?? walk.line);
    return;
  }
  const mark = noteMark(plainText(element).trim());
  // The mark of a note belongs to no name in a cell, and shows the note itself where it opens a block.
  if (mark !== null && walk.inCell) return;
  if (mark !== null && walk.draft.isBlank) {
    walk.line = walk.draft.write(`${mark} `, lineAt(element.children[0]) ?? walk.line);
    return;
  }
  for (const child of element.children) inline(walk, child);
}

/** A raised letter or sign as Unicode raises it: the mark of a note; null for what may be an ordinal or an exponent. */
function noteMark(text: string): string | null {
  const letter = NOTE_LETTERS.indexOf(text);
  if (text.length === 1 && letter >= 0) return RAISED_LETTERS.charAt(letter);
  return text !== "" && [...text].every((sign) => NOTE_SIGNS.includes(sign)) ? text : null;
}

const NOTE_LETTERS = "abcdfghijk";
const RAISED_LETTERS = "ᵃᵇᶜᵈᶠᵍʰⁱʲᵏ";
const NOTE_SIGNS = "*†‡§";
