import type * as Latex from "@unified-latex/unified-latex-types";

export type LatexNode = Latex.Node;

/** The contents of the n-th argument in braces; null if the macro has fewer. */
export function bracedArgument(node: Latex.Macro | Latex.Environment, index: number): readonly LatexNode[] | null {
  const braced = (node.args ?? []).filter((argument) => argument.openMark === "{");
  return braced[index]?.content ?? null;
}

/**
 * How many nodes after a macro are its arguments, though the parser, not knowing the macro, left them beside it.
 *
 * Shape: options in brackets or parentheses first, then groups; a macro with arguments of its own has none beside it.
 */
export function looseArguments(nodes: readonly LatexNode[], index: number): readonly LatexNode[] {
  const macro = nodes[index];
  if (macro?.type !== "macro" || (macro.args !== undefined && macro.args.length > 0)) return [];
  let end = index + 1;
  const opener = nodes[end];
  const closer = opener?.type === "string" ? CLOSERS[opener.content.slice(0, 1)] : undefined;
  if (closer !== undefined) {
    const close = nodes.findIndex((node, at) => at >= end && node.type === "string" && node.content.endsWith(closer));
    if (close < 0 || close - end > LONGEST_OPTION) return [];
    end = close + 1;
  }
  while (nodes[end]?.type === "group") end += 1;
  return nodes.slice(index + 1, end);
}

const CLOSERS: Readonly<Record<string, string>> = { "[": "]", "(": ")" };

/** Options are a few words; a bracket that closes later than this is prose. */
const LONGEST_OPTION = 12;

/** Letters and digits of nodes, without macros; what a number or a name in an argument reads as. */
export function bareText(nodes: readonly LatexNode[]): string {
  let text = "";
  for (const node of nodes) {
    if (node.type === "string" || node.type === "verbatim" || node.type === "verb") text += node.content;
    else if (node.type === "whitespace" || node.type === "parbreak") text += " ";
    else if (node.type === "group") text += bareText(node.content);
  }
  return text;
}

/** The first node below that passes the test, outermost first. */
export function findNode<T extends LatexNode>(nodes: readonly LatexNode[], fits: (node: LatexNode) => node is T): T | null {
  for (const node of nodes) {
    if (fits(node)) return node;
    const inside = contentOf(node);
    const found = inside === null ? null : findNode(inside, fits);
    if (found !== null) return found;
  }
  return null;
}

/** The nodes below a node; null for those without any. */
export function contentOf(node: LatexNode): readonly LatexNode[] | null {
  return typeof node === "object" && "content" in node && typeof node.content !== "string" ? node.content : null;
}

/** Definitions of names without arguments: \newcommand{\ours}{Vela-7B}. */
export function readDefinitions(nodes: readonly LatexNode[]): ReadonlyMap<string, readonly LatexNode[]> {
  const definitions = new Map<string, readonly LatexNode[]>();
  for (const node of nodes) {
    // Names are also defined inside the document, at its top.
    if (node.type === "environment" && node.env === "document") {
      for (const [name, body] of readDefinitions(node.content)) definitions.set(name, body);
    }
    if (node.type !== "macro" || !/^(?:re)?newcommand\*?$|^providecommand\*?$/.test(node.content)) continue;
    const [name, body] = [bracedArgument(node, 0), bracedArgument(node, 1)];
    const takesArguments = (node.args ?? []).some((argument) => argument.openMark === "[" && argument.content.length > 0);
    const [only] = name ?? [];
    if (body !== null && !takesArguments && only?.type === "macro") definitions.set(only.content, body);
  }
  return definitions;
}
