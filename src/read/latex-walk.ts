import type * as Latex from "@unified-latex/unified-latex-types";
import { printRaw } from "@unified-latex/unified-latex-util-print-raw";
import type { BlockKind } from "../model/document.ts";
import type { Span } from "../model/span.ts";
import type { DocumentDraft } from "./document-draft.ts";
import { writeOutput } from "./grid-writer.ts";
import { layTabular } from "./latex-table.ts";
import { bareText, bracedArgument, contentOf, findNode, type LatexNode, looseArguments } from "./latex-tree.ts";
import { TEXT_SIGNS, unitWords } from "./latex-units.ts";
import { raise } from "./superscript.ts";
import { readableTex } from "./tex-math.ts";

/** What the walk carries: where it writes, and the names that the author defined. */
export interface LatexWalk {
  readonly draft: DocumentDraft;
  readonly definitions: ReadonlyMap<string, readonly LatexNode[]>;
  /** Footnotes met in a sentence, written after its paragraph. */
  notes: (readonly LatexNode[])[];
  /** Definitions that stand inside each other; one that holds itself would never end. */
  depth: number;
  /** Words that were written for names of the author. */
  expanded: number;
}

/** Names that are made of names grow without end, and no paper has so many words by them. */
const MOST_EXPANDED = 200_000;

const LEVELS: Readonly<Record<string, number>> = {
  part: 1,
  chapter: 1,
  section: 2,
  subsection: 3,
  subsubsection: 4,
  paragraph: 5,
  subparagraph: 6,
};
const TABULARS: ReadonlySet<string> = new Set(["tabular", "tabular*", "tabularx", "tabulary", "tabu", "longtable", "supertabular"]);
const FLOATS: ReadonlySet<string> = new Set(["table", "table*", "wraptable", "sidewaystable", "longtable", "margintable"]);
const LISTS: ReadonlySet<string> = new Set(["itemize", "enumerate", "description", "compactitem", "compactenum", "inparaenum"]);
const CODE: ReadonlySet<string> = new Set(["verbatim", "lstlisting", "minted", "Verbatim", "algorithm", "algorithmic", "algorithm2e"]);
const UNREAD: ReadonlySet<string> = new Set(["tikzpicture", "comment", "filecontents", "filecontents*", "pgfpicture", "axis"]);
/** Macros whose arguments are no text: names of files, keys and styles. */
const SILENT =
  /^(?:cite\w*|[cC]ref|ref|eqref|autoref|pageref|label|bibliographystyle|bibliography|includegraphics|usepackage|documentclass|vspace|hspace|vskip|input|include|index|newcommand|renewcommand|providecommand|def|let|setlength|addtolength|setcounter|thispagestyle|pagestyle|pagenumbering|color|definecolor|rule|phantom|hypersetup|graphicspath|title|author|date|caption|todo|printbibliography|captionsetup|resizebox|fontsize|sisetup|scalebox)\*?$/;

/** Macros of siunitx and how many groups they take, the last of which is the unit. */
const QUANTITIES: ReadonlyMap<string, number> = new Map([
  ["SI", 2],
  ["qty", 2],
  ["SIrange", 3],
  ["qtyrange", 3],
  ["si", 1],
  ["unit", 1],
]);

/** Writes nodes as blocks. */
export function writeBlocks(walk: LatexWalk, nodes: readonly LatexNode[], kind: BlockKind): void {
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index];
    if (node === undefined) continue;
    if (node.type === "comment" && node.suffixParbreak === true) endBlock(walk);
    else if (node.type === "parbreak") endBlock(walk);
    else if (node.type === "environment" || node.type === "verbatim") writeEnvironment(walk, node, kind);
    else if (node.type === "mathenv" || node.type === "displaymath") writeFormula(walk, node, kind);
    else if (node.type === "macro" && node.content.replace("*", "") in LEVELS) writeHeading(walk, node);
    else if (node.type === "macro" && (node.content === "item" || node.content === "bibitem")) {
      endBlock(walk);
      walk.draft.open(node.content === "item" ? "list-item" : "references", null);
      const label = (node.args ?? []).find((argument) => argument.openMark === "[");
      if (node.content === "item" && label !== undefined && label.content.length > 0) {
        writeInline(walk, label.content);
        walk.draft.write(" ", null);
      }
      // Some parsers hand the text of an item over as its argument, some leave it beside; both are read.
      const body = (node.args ?? []).filter((argument) => argument.openMark === "" && argument.content.length > 0);
      for (const argument of body) writeBlocks(walk, argument.content, "list-item");
    } else {
      if (!walk.draft.isOpen) {
        if (node.type === "whitespace" || node.type === "comment") continue;
        walk.draft.open(kind, null);
      }
      index += writeOne(walk, nodes, index);
    }
  }
}

export function endBlock(walk: LatexWalk): Span | null {
  const block = walk.draft.close();
  const notes = walk.notes;
  walk.notes = [];
  for (const note of notes) {
    walk.draft.open("footnote", null);
    writeInline(walk, note);
    walk.draft.close();
  }
  return block?.span ?? null;
}

function writeHeading(walk: LatexWalk, node: Latex.Macro): void {
  endBlock(walk);
  walk.draft.open("heading", LEVELS[node.content.replace("*", "")] ?? 6);
  writeInline(walk, (node.args ?? []).filter((argument) => argument.openMark === "{").at(-1)?.content ?? []);
  endBlock(walk);
}

function writeFormula(walk: LatexWalk, node: Latex.Environment | Latex.DisplayMath, kind: BlockKind): void {
  // A formula on its own line belongs to the sentence that it stands in.
  if (!walk.draft.isOpen) walk.draft.open(kind, null);
  walk.draft.write(` ${readableTex(printRaw(node.content))} `, lineOf(node));
}

function writeEnvironment(walk: LatexWalk, node: Latex.Environment | Latex.VerbatimEnvironment, kind: BlockKind): void {
  if (UNREAD.has(node.env)) return;
  endBlock(walk);
  if (node.type === "verbatim" || CODE.has(node.env)) {
    const code = (node.type === "verbatim" ? node.content : printRaw(node.content)).replace(/^\n/, "").trimEnd();
    if (code.trim() === "") return;
    writeOutput(walk.draft, code, (lineOf(node) ?? 0) + 1, "code");
    return;
  }
  const caption = FLOATS.has(node.env) ? writeCaption(walk, node) : null;
  if (TABULARS.has(node.env)) writeTabular(walk, node, caption);
  else if (caption !== null) writeFloat(walk, node, caption);
  else writeBlocks(walk, node.content, innerKind(node.env, kind));
  endBlock(walk);
}

function innerKind(environment: string, outer: BlockKind): BlockKind {
  if (environment === "thebibliography") return "references";
  if (environment === "quote" || environment === "quotation") return "quote";
  return LISTS.has(environment) ? "list-item" : outer;
}

/** Tables stand in groups and scaled boxes; all of them belong to the caption of their float. */
function writeFloat(walk: LatexWalk, node: Latex.Environment, caption: Span): void {
  const tabulars: Latex.Environment[] = [];
  const collect = (nodes: readonly LatexNode[]): void => {
    for (const child of nodes) {
      if (child.type === "environment" && TABULARS.has(child.env)) tabulars.push(child);
      else {
        collect(contentOf(child) ?? []);
        if (child.type === "macro") for (const argument of child.args ?? []) collect(argument.content);
      }
    }
  };
  collect(node.content);
  for (const tabular of tabulars) writeTabular(walk, tabular, caption);
  for (const remark of remarksBelow(node.content)) {
    endBlock(walk);
    writeBlocks(walk, remark, "footnote");
    endBlock(walk);
  }
}

/** What stands below the last tabular of a float: its notes. */
function remarksBelow(nodes: readonly LatexNode[]): readonly (readonly LatexNode[])[] {
  const holds = (node: LatexNode): boolean =>
    node.type === "environment" && (TABULARS.has(node.env) || node.content.some((child) => holds(child)));
  const last = nodes.findLastIndex(holds);
  const holder = nodes[last];
  if (holder?.type !== "environment") return [];
  const inside = TABULARS.has(holder.env) ? [] : remarksBelow(holder.content);
  const below = nodes.slice(last + 1);
  return bareText(below).trim() === "" && !below.some((node) => node.type === "environment") ? inside : [...inside, below];
}

function writeCaption(walk: LatexWalk, node: Latex.Environment): Span | null {
  const isCaption = (child: LatexNode): child is Latex.Macro => child.type === "macro" && child.content === "caption";
  const caption = findNode(node.content, isCaption);
  const text = caption === null ? null : (caption.args ?? []).filter((argument) => argument.openMark === "{").at(-1);
  if (text === null || text === undefined) return null;
  walk.draft.open("caption", null);
  writeInline(walk, text.content);
  return endBlock(walk);
}

function writeTabular(walk: LatexWalk, node: Latex.Environment, caption: Span | null): void {
  const table = walk.draft.openTable();
  for (const cell of layTabular(node.content)) walk.draft.cell(table, cell.place, () => writeInline(walk, cell.nodes));
  walk.draft.closeTable(table, caption);
}

function writeInline(walk: LatexWalk, nodes: readonly LatexNode[]): void {
  for (let index = 0; index < nodes.length; index += 1) index += writeOne(walk, nodes, index);
}

/** Writes one node of running text; the result is how many of the next nodes it has used up as its arguments. */
function writeOne(walk: LatexWalk, nodes: readonly LatexNode[], index: number): number {
  const node = nodes[index];
  if (node === undefined) return 0;
  switch (node.type) {
    case "string":
      return writeString(walk, nodes, index);
    case "whitespace":
    case "parbreak":
      walk.draft.write(node.position !== undefined && node.position.end.line > node.position.start.line ? "\n" : " ", null);
      return 0;
    case "inlinemath":
    case "displaymath":
    case "mathenv":
      writeMath(walk, node);
      return 0;
    case "group":
      writeInline(walk, node.content);
      return 0;
    case "verb":
      walk.draft.write(node.content, lineOf(node));
      return 0;
    case "macro":
      return writeMacro(walk, node, nodes, index);
    case "environment":
      writeInline(walk, node.content);
      return 0;
    case "comment":
      // A comment takes the line end with it, but not the space before it.
      if (node.leadingWhitespace === true) walk.draft.write("\n", null);
      return 0;
    case "verbatim":
    case "root":
      return 0;
  }
}

/** Dashes and quotes are written with several signs, which the parser hands over one by one. */
function writeString(walk: LatexWalk, nodes: readonly LatexNode[], index: number): number {
  let text = "";
  let next = index;
  for (; next < nodes.length; next += 1) {
    const node = nodes[next];
    if (node?.type !== "string") break;
    text += node.content;
  }
  const first = nodes[index];
  walk.draft.write(
    text.replaceAll("---", "—").replaceAll("--", "–").replaceAll("``", "“").replaceAll("''", "”").replaceAll("~", " "),
    first === undefined ? null : lineOf(first),
    first === undefined ? null : columnOf(first),
  );
  return next - index - 1;
}

/** Whether a thin space stands between thousands: "1\\,440"; not "30\\,h". */
function groupsDigits(nodes: readonly LatexNode[], index: number): boolean {
  const [before, after] = [nodes[index - 1], nodes[index + 1]];
  return before?.type === "string" && after?.type === "string" && /\d$/.test(before.content) && /^\d{3}$/.test(after.content);
}

function writeMacro(walk: LatexWalk, node: Latex.Macro, nodes: readonly LatexNode[], index: number): number {
  const name = node.content;
  const sign = TEXT_SIGNS.get(name);
  if (sign !== undefined) {
    walk.draft.write(name === "," && groupsDigits(nodes, index) ? "\u202f" : sign, lineOf(node), columnOf(node));
    return 0;
  }
  if (name === "footnote" || name === "footnotetext" || name === "thanks") {
    const note = bracedArgument(node, 0);
    if (note !== null) walk.notes.push(note);
    return 0;
  }
  if (QUANTITIES.has(name)) return writeQuantity(walk, node, nodes, index);
  if (SILENT.test(name)) {
    const used = looseArguments(nodes, index).length;
    const next = nodes[index + used + 1];
    // "more~\\cite{a}." is "more." once the mark has gone.
    if (next?.type === "string" && /^[.,;:]/.test(next.content)) walk.draft.dropSpace();
    return used;
  }
  const argument = bracedArgument(node, 0);
  if (name === "textsuperscript" && argument !== null) {
    const raised = raise(bareText(argument));
    if (raised === null) writeInline(walk, argument);
    else walk.draft.write(raised, lineOf(node));
    return 0;
  }
  const definition = walk.definitions.get(name);
  if (definition !== undefined && walk.depth < 20 && walk.expanded < MOST_EXPANDED) {
    walk.depth += 1;
    walk.expanded += definition.length;
    writeInline(walk, definition);
    walk.depth -= 1;
    return 0;
  }
  if (name === "href") writeInline(walk, bracedArgument(node, 1) ?? []);
  else if (SET_APART.has(name)) walk.draft.setApart(() => writeArguments(walk, node));
  else writeArguments(walk, node);
  return 0;
}

/** Macros whose words look other than those around. */
const SET_APART: ReadonlySet<string> = new Set(["textbf", "textit", "texttt", "textsc", "textsf", "emph"]);

function writeArguments(walk: LatexWalk, node: Latex.Macro): void {
  for (const entry of node.args ?? []) if (entry.openMark === "{") writeInline(walk, entry.content);
}

/** \SI{3}{\kilo\watt\hour} is "3 kWh"; its groups stand beside it, for the parser does not know the package. */
function writeQuantity(walk: LatexWalk, node: Latex.Macro, nodes: readonly LatexNode[], index: number): number {
  const wanted = QUANTITIES.get(node.content) ?? 1;
  const groups: (readonly LatexNode[])[] = (node.args ?? []).filter((entry) => entry.openMark === "{").map((entry) => entry.content);
  let used = 0;
  while (groups.length < wanted) {
    const next = nodes[index + used + 1];
    if (next?.type !== "group") break;
    groups.push(next.content);
    used += 1;
  }
  const unit = groups.at(-1) ?? [];
  const numbers = (wanted > 1 && groups.length === wanted ? groups.slice(0, -1) : []).map((group) => readableTex(printRaw([...group])));
  const [first = node] = groups[0] ?? [];
  if (numbers.length > 0) walk.draft.write(`${numbers.join("–")} `, lineOf(first), columnOf(first));
  const names = unit.flatMap((part) => (part.type === "macro" ? [part.content] : part.type === "string" ? [part.content] : []));
  const [sign = node] = unit;
  walk.draft.write(unitWords(names), lineOf(sign), columnOf(sign));
  return used;
}

function lineOf(node: LatexNode): number | null {
  return node.position?.start.line ?? null;
}

function columnOf(node: LatexNode): number | null {
  return node.position?.start.column ?? null;
}

/** A formula within a line, told by the column of what stands between its signs: "$8$", "\\(8\\)". */
function writeMath(walk: LatexWalk, node: Latex.InlineMath | Latex.DisplayMath | Latex.Environment): void {
  const [first] = node.content;
  walk.draft.write(readableTex(printRaw(node.content)), lineOf(node), columnOf(first ?? node));
}
