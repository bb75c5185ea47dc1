import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { parseAst } from "vite";

/** A regular expression as it stands in the code. */
export interface CodePattern {
  /** From the root of the project, with slashes. */
  readonly file: string;
  readonly line: number;
  /** Where it stands in the file. */
  readonly start: number;
  readonly end: number;
  /** The constant, or the key of the row, that holds it; null for one that stands in an expression. */
  readonly name: string | null;
  readonly regex: RegExp;
  /** The words of the comment right before it. */
  readonly comment: string | null;
}

/** What is counted of a file of code. */
export interface CodeContents {
  readonly patterns: readonly CodePattern[];
  /** Words of people in its patterns and in its lists of strings. */
  readonly words: readonly string[];
}

/** The rooms of `src/` in which decisions about the text are taken. */
export const ROOMS: readonly string[] = ["extract", "link", "check", "normalize", "language", "attach", "bind"];

/** TypeScript files below a folder in the order of their names; none where the folder is not there. */
export function codeFiles(root: string, folders: readonly string[]): readonly string[] {
  const all = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).map((name) => name.split(sep).join("/"));
  return all
    .filter((name) => name.endsWith(".ts") && folders.some((folder) => name.startsWith(`${folder}/`)))
    .sort()
    .map((name) => join(root, "src", name));
}

export function contentsOf(root: string, path: string): CodeContents {
  const code = readFileSync(path, "utf8");
  const file = relative(root, path).split(sep).join("/");
  const patterns: CodePattern[] = [];
  const words: string[] = [];
  const visit = (node: Node, parents: readonly Node[]): void => {
    const { regex, value } = node;
    if (node.type === "Literal" && regex !== undefined) {
      const { name, comment } = heldBy(code, parents);
      const line = code.slice(0, node.start).split("\n").length;
      patterns.push({ file, line, start: node.start, end: node.end, name, regex: new RegExp(regex.pattern, regex.flags), comment });
      words.push(...wordsOfPattern(regex.pattern));
    }
    if (node.type === "Literal" && typeof value === "string" && isListed(parents)) words.push(...wordsOfText(value));
    for (const child of childrenOf(node)) visit(child, [node, ...parents]);
  };
  visit(parseAst(code, { lang: "ts" }) as unknown as Node, []);
  return { patterns, words };
}

/** What is used of a node of the syntax tree. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly regex?: { readonly pattern: string; readonly flags: string };
  readonly value?: unknown;
  readonly id?: { readonly name?: string };
  readonly key?: { readonly name?: string };
  readonly callee?: { readonly name?: string };
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string" && "start" in value;
}

function childrenOf(node: Node): readonly Node[] {
  return Object.values(node).flatMap((value) => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []));
}

/** The constant or key that a pattern is the whole value of, and the comment before it. */
function heldBy(code: string, [parent, grandparent]: readonly Node[]): Pick<CodePattern, "name" | "comment"> {
  const isConstant = parent?.type === "VariableDeclarator";
  const holder = isConstant ? grandparent : parent?.type === "Property" ? parent : null;
  if (holder === null || holder === undefined) return { name: null, comment: null };
  const name = (isConstant ? parent?.id?.name : parent?.key?.name) ?? null;
  const before = code.slice(0, holder.start).replace(/export\s+$/, "");
  return { name, comment: commentAtEnd(before) };
}

/** The words of the comment with which a text ends; null where it ends otherwise. */
function commentAtEnd(text: string): string | null {
  const ended = text.trimEnd();
  const start = ended.lastIndexOf("/**");
  if (!ended.endsWith("*/") || start < 0) return null;
  const words = ended.slice(start + "/**".length, -"*/".length);
  return words.includes("*/") ? null : words.replace(/\s*\n\s*\*\s*/g, " ").trim();
}

/** Whether a string stands in a set, or in a list: what is one of many words. */
function isListed([parent, grandparent, third]: readonly Node[]): boolean {
  if (parent?.type !== "ArrayExpression") return false;
  if (grandparent?.type === "NewExpression") return grandparent.callee?.name === "Set";
  return grandparent?.type === "VariableDeclarator" || (grandparent?.type === "ArrayExpression" && third?.type === "NewExpression");
}

/** The words that a pattern knows: runs of letters that are no sign of the notation. */
function wordsOfPattern(source: string): readonly string[] {
  return wordsOfText(source.replace(/\\[pP]\{[^}]*\}|\\u[0-9a-f]{4}|\\u\{[0-9a-f]+\}|\\.|\(\?<\w+>|\[[^\]]*\]|\{[\d,]+\}/gi, " "));
}

function wordsOfText(text: string): readonly string[] {
  return text.match(/\p{Script=Han}+|[\p{L}]{2,}/gu) ?? [];
}
