import type { Root } from "hast";
import { raw } from "hast-util-raw";
import type { Nodes as MarkdownNodes, Root as MarkdownRoot } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { toHast } from "mdast-util-to-hast";
import { gfm } from "micromark-extension-gfm";
import { VFile } from "vfile";
import type { ReadResult } from "../model/document.ts";
import type { DocumentDraft } from "./document-draft.ts";
import { finishDocument } from "./finished-document.ts";
import { readFrontMatter, writeFrontMatter } from "./front-matter.ts";
import { gridsAmong } from "./grid-writer.ts";
import { textJoiner } from "./line-joiner.ts";
import { childrenOf } from "./markup-tree.ts";
import { walkMarkup } from "./markup-walk.ts";
import { parsedTree } from "./parsed-tree.ts";
import { invalidText, mendedProblems, readText } from "./text.ts";
import { decodeText } from "./text-decoding.ts";

/**
 * Reads Markdown as GitHub shows it, HTML inside it included: tables, footnotes, and the front matter of a model card.
 *
 * Errors: bytes that are no UTF-8 give "not-utf8", nesting that no page has "damaged", and no document. What is all marks is read as plain text.
 */
export function readMarkdown(bytes: Uint8Array, source: string): ReadResult {
  const decoded = decodeText(bytes, null);
  if (decoded.kind === "invalid") return { document: null, problems: [invalidText(decoded, source)] };
  if (isAllMarks(decoded.text)) return readText(bytes, source);
  const front = readFrontMatter(decoded.text);
  const parsed = DEEP_QUOTE.test(decoded.text)
    ? ({ kind: "refused", detail: "quotations nested too deeply" } as const)
    : parsedTree(() => parseMarkdown(blankOut(decoded.text, front.end)), childrenOf);
  if (parsed.kind === "refused") return { document: null, problems: [{ code: "damaged", source, page: null, detail: parsed.detail }] };
  const { tree } = parsed;
  const before = (start: DocumentDraft): void => writeFrontMatter(start, front);
  const draft = walkMarkup({ root: tree, from: tree, trusted: new Set(), before, joiner: textJoiner(decoded.text) });
  const document = finishDocument(draft, {
    source,
    mediaType: "text/markdown",
    title: front.title,
    date: front.date,
    arxivId: null,
    byline: front.byline,
  });
  if (document.text === "") return { document: null, problems: [{ code: "empty-file", source, page: null, detail: null }] };
  return { document, problems: mendedProblems(decoded, source) };
}

/** A quotation in a quotation, two hundred times over, on which the parser would spend minutes; not a quoted e-mail. */
const DEEP_QUOTE = /^(?:[ \t]{0,3}>){200}/m;

/** Brackets, and marks of emphasis, of one paragraph beyond which the parser takes minutes to pair them. */
const MOST_MARKS = 3000;

/** Whether a paragraph is all marks, as no one writes it. */
function isAllMarks(text: string): boolean {
  let marks = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === "[" || character === "*" || character === "_") marks += 1;
    else if (character === "\n" && text.charAt(at + 1) === "\n") marks = 0;
    if (marks > MOST_MARKS) return true;
  }
  return false;
}

function parseMarkdown(text: string): Root {
  const markdown = fromMarkdown(text, {
    // A single tilde means "about" far more often than "deleted".
    extensions: [gfm({ singleTilde: false })],
    mdastExtensions: [gfmFromMarkdown()],
  });
  setTables(markdown, text);
  const tree = toHast(markdown, { allowDangerousHtml: true });
  const root: Root = tree.type === "root" ? tree : { type: "root", children: [] };
  if (!holdsHtml(markdown)) return root;
  const parsed = raw(root, { tagfilter: false, file: new VFile(text) });
  return parsed.type === "root" ? parsed : root;
}

/** A table set in plain text is one paragraph to Markdown: it keeps its lines as code does. */
function setTables(tree: MarkdownRoot, text: string): void {
  tree.children = tree.children.map((node) => {
    if (node.type !== "paragraph" || node.position === undefined) return node;
    const { start, end } = node.position;
    const value = text.slice(start.offset, end.offset);
    const lines = value.split("\n").map((line, index) => ({ text: line, number: start.line + index }));
    const [first, ...more] = gridsAmong(lines, true);
    const isWhole = first !== undefined && more.length === 0 && first.from <= 1 && first.to === lines.length;
    return isWhole ? { type: "code", value, position: node.position } : node;
  });
}

function holdsHtml(node: MarkdownNodes | MarkdownRoot): boolean {
  if (node.type === "html") return true;
  return "children" in node && node.children.some((child) => holdsHtml(child));
}

/** Spaces in place of the front matter, so that offsets and lines of the rest stay right. */
function blankOut(text: string, end: number): string {
  return end === 0 ? text : text.slice(0, end).replace(/[^\n]/g, " ") + text.slice(end);
}
