import { distance } from "fastest-levenshtein";
import { isMap, isScalar, LineCounter, type Node, type ParsedNode, parseDocument } from "yaml";
import type { z } from "zod";

/** One file below a rules folder. */
export interface RuleFile {
  /** The rules folder as messages name it: "rules", "./my-rules". */
  readonly folder: string;
  /** Path below that folder, with forward slashes: "prices/google.yaml". The first part says what kind of rules it holds. */
  readonly path: string;
  readonly text: string;
}

/** What is wrong with a rule file, and where. */
export interface RuleProblem {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** Path of keys inside the file: "prices[3].perHour"; empty for the file as a whole. */
  readonly key: string;
  /** What is wrong and what to do about it, lower case, no full stop. */
  readonly message: string;
}

/** A row together with the place it was read from, so that later checks can point at it. */
export interface Row<T> {
  readonly value: T;
  /** A problem at a key of this row; `offset` counts characters into the text of the value. */
  readonly problem: (keys: readonly (string | number)[], message: string, offset?: number) => RuleProblem;
}

/** A parsed file: its content if it fits the schema, else null with the problems. */
export interface ParsedRules<T> {
  readonly content: T | null;
  readonly problems: readonly RuleProblem[];
  /** Gives a part of the file its place. */
  readonly row: <Part>(value: Part, keys: readonly (string | number)[]) => Row<Part>;
}

/** "rules/prices/google.yaml:12:14: prices[0].perHour: expected a number, got "eight"". */
export function problemText(problem: RuleProblem): string {
  const place = `${problem.path}:${problem.line}:${problem.column}`;
  return problem.key === "" ? `${place}: ${problem.message}` : `${place}: ${problem.key}: ${problem.message}`;
}

/** Reads YAML by a schema. Errors: each is a problem with line, column and key; the content is null if there is any. */
export function parseRules<Schema extends z.ZodType>(file: RuleFile, schema: Schema): ParsedRules<z.output<Schema>> {
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number, keys: readonly PropertyKey[], message: string): RuleProblem => {
    const { line, col } = lines.linePos(Math.min(offset, file.text.length));
    return { path: `${file.folder}/${file.path}`, line: Math.max(line, 1), column: Math.max(col, 1), key: keyText(keys), message };
  };
  const root = document.contents;
  const place = (keys: readonly PropertyKey[], message: string, offset = 0): RuleProblem =>
    at(offsetOf(root, keys) + offset, keys, message);
  const row = <Part>(value: Part, keys: readonly (string | number)[]): Row<Part> => ({
    value,
    problem: (inner, message, offset = 0) => {
      const path = [...keys, ...inner];
      return place(path, message, offset === 0 ? 0 : offset + quoteWidth(nodeAt(root, path)));
    },
  });
  const broken = document.errors.map((error) => at(error.pos[0], [], `not valid YAML: ${lowerFirst(error.message)}`));
  if (broken.length > 0) return { content: null, problems: broken, row };
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { content: parsed.data, problems: [], row };
  const problems = parsed.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => at(keyOffset(root, issue.path, key), [...issue.path, key], unknownKey(key, schema, issue.path)))
      : [place(issue.path, issueText(issue, valueAt(root, issue.path)))],
  );
  return { content: null, problems: problems.sort((left, right) => left.line - right.line || left.column - right.column), row };
}

/** The nearest of `names` as `; did you mean "..."?`; nothing if none is near. */
export function didYouMean(word: string, names: Iterable<string>): string {
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const name of names) {
    const far = distance(word.toLowerCase(), name.toLowerCase());
    if (far < bestDistance) [best, bestDistance] = [name, far];
  }
  return best === null ? "" : `; did you mean "${best}"?`;
}

type Issue = z.core.$ZodIssue;

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a table of keys",
  record: "a table of keys",
  nonoptional: "a value",
};

function issueText(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case "invalid_type": {
      const expected = TYPE_WORDS[issue.expected] ?? issue.expected;
      if (value === undefined) return `missing; give ${expected}`;
      return `expected ${expected}, got ${shown(value)}${quoteAdvice(issue.expected, value)}`;
    }
    case "invalid_value": {
      const allowed = issue.values.map(String);
      return `${value === undefined ? "missing" : `got ${shown(value)}`}; use one of ${allowed.join(", ")}${didYouMean(String(value), allowed)}`;
    }
    case "too_small":
      return issue.origin === "number"
        ? `must be ${issue.inclusive === true ? "at least" : "more than"} ${issue.minimum}, got ${shown(value)}`
        : "must not be empty";
    case "too_big":
      return `must be ${issue.inclusive === true ? "at most" : "less than"} ${issue.maximum}, got ${shown(value)}`;
    case "invalid_key":
      return `${issue.issues[0] === undefined ? "not a key that may stand here" : lowerFirst(issue.issues[0].message)}, got the key ${shown(issue.path.at(-1))}`;
    default:
      return `${lowerFirst(issue.message)}${value === undefined ? "" : `, got ${shown(value)}`}`;
  }
}

/** A number in quotes is text, and text without quotes may be a number. */
function quoteAdvice(expected: string, value: unknown): string {
  if (expected === "number" && typeof value === "string")
    return Number.isNaN(Number(value)) ? "; write it in digits" : "; leave out the quotes";
  if (expected === "string" && typeof value !== "object") return "; put it in quotes";
  if (expected === "array") return "; write [a, b] or one item to a line with a dash";
  return "";
}

function unknownKey(key: string, schema: z.ZodType, path: readonly PropertyKey[]): string {
  return `unknown key "${key}"${didYouMean(key, keysAt(schema, path)) || "; remove it"}`;
}

/** The keys a schema knows at a path: through lists, tables, and values that may be left out. */
function keysAt(schema: unknown, path: readonly PropertyKey[]): readonly string[] {
  let current = schema;
  for (const key of path) current = stepInto(unwrap(current), key);
  const shape = fieldOf(unwrap(current), "shape");
  return typeof shape === "object" && shape !== null ? Object.keys(shape) : [];
}

function stepInto(schema: unknown, key: PropertyKey): unknown {
  const shape = fieldOf(schema, "shape");
  if (typeof shape === "object" && shape !== null) return fieldOf(shape, String(key));
  return fieldOf(schema, "element") ?? fieldOf(schema, "valueType");
}

/** Optional, nullable and default wrappers hide what they wrap; pipes (a transformed value) hide their input. */
function unwrap(schema: unknown): unknown {
  let current = schema;
  for (let depth = 0; depth < 6; depth += 1) {
    const definition = fieldOf(current, "def");
    const inner = fieldOf(definition, "innerType") ?? fieldOf(definition, "in");
    if (inner === undefined) return current;
    current = inner;
  }
  return current;
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

function shown(value: unknown): string {
  if (value === null) return "nothing";
  const text = typeof value === "string" ? `"${value}"` : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function keyText(keys: readonly PropertyKey[]): string {
  return keys.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : `${text}${text === "" ? "" : "."}${String(key)}`),
    "",
  );
}

function nodeAt(root: ParsedNode | null, keys: readonly PropertyKey[]): Node | null {
  let node: unknown = root;
  for (const key of keys) {
    if (typeof node !== "object" || node === null || !("get" in node) || typeof node.get !== "function") return null;
    node = node.get(key, true);
  }
  return typeof node === "object" && node !== null && "range" in node ? (node as Node) : null;
}

function valueAt(root: ParsedNode | null, keys: readonly PropertyKey[]): unknown {
  const node = nodeAt(root, keys);
  return node === null ? undefined : isScalar(node) ? node.value : JSON.parse(JSON.stringify(node));
}

/** Where a value begins; a missing one is looked for at the nearest thing around it. */
function offsetOf(root: ParsedNode | null, keys: readonly PropertyKey[]): number {
  for (let length = keys.length; length >= 0; length -= 1) {
    const range = nodeAt(root, keys.slice(0, length))?.range;
    if (range !== undefined && range !== null) return range[0];
  }
  return 0;
}

function keyOffset(root: ParsedNode | null, path: readonly PropertyKey[], key: string): number {
  const map = nodeAt(root, path);
  if (isMap(map)) {
    for (const pair of map.items) if (isScalar(pair.key) && String(pair.key.value) === key) return pair.key.range?.[0] ?? 0;
  }
  return offsetOf(root, path);
}

function quoteWidth(node: Node | null): number {
  return isScalar(node) && (node.type === "QUOTE_DOUBLE" || node.type === "QUOTE_SINGLE") ? 1 : 0;
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
