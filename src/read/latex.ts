import type * as Latex from "@unified-latex/unified-latex-types";
import { parse } from "@unified-latex/unified-latex-util-parse";
import type { LineStart, ReadResult } from "../model/document.ts";
import { readByline } from "./byline.ts";
import { DocumentDraft } from "./document-draft.ts";
import { finishDocument } from "./finished-document.ts";
import { bareText, bracedArgument, contentOf, findNode, type LatexNode, readDefinitions } from "./latex-tree.ts";
import { withAccents } from "./latex-units.ts";
import { endBlock, writeBlocks } from "./latex-walk.ts";
import { parsedTree } from "./parsed-tree.ts";
import { printedDate } from "./printed-date.ts";
import { invalidText, mendedProblems } from "./text.ts";
import { decodeText } from "./text-decoding.ts";

/**
 * Reads a LaTeX source as it would be printed: text, tables, footnotes, the author's own names without arguments.
 *
 * Files that it pulls in are not followed here: `latex-archive.ts` puts them in their places.
 * Errors: bytes that are no UTF-8 give "not-utf8", nesting that no paper has "damaged", and no document.
 */
export function readLatex(bytes: Uint8Array, source: string): ReadResult {
  const decoded = decodeText(bytes, null);
  if (decoded.kind === "invalid") return { document: null, problems: [invalidText(decoded, source)] };
  const accented = withAccents(decoded.text);
  const parsed = parsedTree<Latex.Node, Latex.Root>(() => parse(accented), nodesBelow);
  if (parsed.kind === "refused")
    return { document: null, problems: [{ code: "damaged", source, page: null, detail: `no LaTeX that can be parsed: ${parsed.detail}` }] };
  const { tree } = parsed;
  const body = findNode(tree.content, isBody)?.content ?? tree.content;
  const walk = { draft: new DocumentDraft(), definitions: readDefinitions(tree.content), notes: [], depth: 0, expanded: 0 };
  writeBlocks(walk, body, "paragraph");
  endBlock(walk);
  const written = finishDocument(walk.draft, {
    source,
    mediaType: "application/x-latex",
    title: argumentOf(tree.content, "title"),
    date: printedDate(argumentOf(tree.content, "date") ?? ""),
    arxivId: null,
    byline: readByline(authorLines(tree.content)),
  });
  const document = { ...written, lines: withoutMovedColumns(written.lines, decoded.text, accented) };
  // A file of macros has no text, and nothing is wrong with it.
  if (document.text === "" && !HAS_COMMANDS.test(decoded.text))
    return { document: null, problems: [{ code: "empty-file", source, page: null, detail: "source without text" }] };
  return { document, problems: mendedProblems(decoded, source) };
}

/** Where accents were made letters, what stands behind them has moved: the columns of these lines are not told. */
function withoutMovedColumns(lines: readonly LineStart[], source: string, accented: string): readonly LineStart[] {
  if (source === accented) return lines;
  const [before, after] = [source.split("\n"), accented.split("\n")];
  const isMoved = (line: number): boolean => before.length !== after.length || before[line - 1] !== after[line - 1];
  return lines.map(({ column, ...entry }) => (column === undefined || isMoved(entry.line) ? entry : { ...entry, column }));
}

/** "\\newcommand{\\model}{Heron}"; not "  % nothing". */
const HAS_COMMANDS = /^[^%\n]*\\\p{L}/mu;

/** The nodes right below a node, in its arguments, too; what is no node, as in code, has none. */
function nodesBelow(node: Latex.Node): readonly Latex.Node[] {
  if (typeof node !== "object") return [];
  const args = "args" in node ? (node.args ?? []) : [];
  return [...(contentOf(node) ?? []), ...args.flatMap(({ content }) => content)];
}

function isBody(node: LatexNode): node is Latex.Environment {
  return node.type === "environment" && node.env === "document";
}

function argumentOf(nodes: readonly LatexNode[], name: string): string | null {
  const found = findNode(nodes, (node): node is Latex.Macro => node.type === "macro" && node.content === name);
  const argument = found === null ? null : bracedArgument(found, 0);
  const text = argument === null ? "" : allText(argument).replace(/\s+/g, " ").trim();
  return text === "" ? null : text;
}

/** The lines of every `\author`, cut at `\and` and line ends; what is thanked and marks above the line are left out. */
function authorLines(nodes: readonly LatexNode[]): readonly string[] {
  return nodes.flatMap((node) => {
    if (node.type !== "macro") return [...authorLines(contentOf(node) ?? [])];
    const argument = BYLINE_MACRO.test(node.content) ? bracedArgument(node, 0) : null;
    return argument === null ? [] : linesOf(argument).split("\n");
  });
}

/** "author", "affil"; not "authorrunning". */
const BYLINE_MACRO = /^(?:author|affil|affiliation|institute|institution)$/;

function linesOf(nodes: readonly LatexNode[]): string {
  return nodes
    .map((node) => {
      if (node.type !== "macro") return node.type === "group" ? linesOf(node.content) : bareText([node]);
      if (/^(?:and|And|AND|\\|newline|quad|qquad)$/.test(node.content)) return "\n";
      if (/^(?:thanks|footnote|footnotemark|textsuperscript|inst|orcid|thanksref)$/.test(node.content)) return "";
      return (node.args ?? []).map((each) => linesOf(each.content)).join("");
    })
    .join("");
}

/** Text with that of bold and other macros, for titles. */
function allText(nodes: readonly LatexNode[]): string {
  return nodes
    .map((node) => (node.type === "macro" ? (node.args ?? []).map((argument) => allText(argument.content)).join("") : bareText([node])))
    .join("");
}
