import { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { type Byline, NO_BYLINE } from "./byline.ts";
import type { DocumentDraft } from "./document-draft.ts";
import { printedDate } from "./printed-date.ts";

/** The data above a Markdown text. */
export interface FrontMatter {
  readonly title: string | null;
  readonly date: string | null;
  readonly byline: Byline;
  /** "hardware used: 8 A100", each with its source line. */
  readonly entries: readonly { readonly text: string; readonly line: number }[];
  /** Where the text begins; 0 without front matter. */
  readonly end: number;
}

/** Front matter in YAML ("---") or TOML ("+++") at the very start; not a rule in the middle of a text. */
const FENCED = /^(?:---[ \t]*\n([\s\S]*?)\n(?:---|\.\.\.)|\+\+\+[ \t]*\n([\s\S]*?)\n\+\+\+)[ \t]*(?:\n|$)/;

/** Front matter is short; a rule that finds its twin only after this many characters is a rule. */
const LONGEST = 100_000;

/** Reads the front matter, if there is any. Lines that are no valid YAML are kept as they stand. */
export function readFrontMatter(text: string): FrontMatter {
  const match = FENCED.exec(text.slice(0, LONGEST));
  if (match === null) return { title: null, date: null, byline: NO_BYLINE, entries: [], end: 0 };
  const entries = match[1] === undefined ? plainEntries(match[2] ?? "") : yamlEntries(match[1]);
  const value = (...keys: readonly string[]): string | null => {
    const entry = entries.find((candidate) => keys.includes(candidate.key.toLowerCase()));
    return entry === undefined || entry.value === "" ? null : entry.value;
  };
  const date = value("date", "published", "publish date", "pubdate", "created");
  return {
    title: value("title"),
    date: date === null ? null : printedDate(date),
    byline: {
      authors: listed(value("author", "authors", "author name", "authors name", "creator")),
      organizations: listed(value("organization", "organisation", "affiliation", "authors affiliation", "institution", "developer")),
    },
    entries: entries
      .filter((entry) => entry.value !== "" && !ABOUT_THE_FILE.has(entry.key.toLowerCase()))
      .map((entry) => ({ text: `${entry.key === "" ? "" : `${entry.key}: `}${entry.value}${entry.remark ?? ""}`, line: entry.line })),
    end: match[0].length,
  };
}

/** Writes the entries as a list: model cards state hours, hardware and emissions there. */
export function writeFrontMatter(draft: DocumentDraft, front: FrontMatter): void {
  for (const entry of front.entries) {
    draft.open("list-item", null);
    draft.write(entry.text, entry.line);
    draft.close();
  }
}

/** Keys that describe the file, not the model. */
const ABOUT_THE_FILE: ReadonlySet<string> = new Set(["title", "date", "layout", "permalink", "slug", "draft", "url", "image", "thumbnail"]);

function listed(names: string | null): readonly string[] {
  return (names ?? "")
    .split(/[,;]|\sand\s/)
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

interface Entry {
  readonly key: string;
  readonly value: string;
  /** The comment behind the value, with its mark. */
  readonly remark?: string;
  readonly line: number;
}

function yamlEntries(yaml: string): readonly Entry[] {
  const counter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: counter, schema: "failsafe", logLevel: "silent" });
  if (document.errors.length > 0 || !isMap(document.contents)) return plainEntries(yaml);
  const entries: Entry[] = [];
  const visit = (node: unknown, path: readonly string[]): void => {
    if (isScalar(node)) {
      const remark = typeof node.comment === "string" && oneLine(node.value) !== "" ? ` # ${oneLine(node.comment)}` : "";
      entries.push({ key: path.join(" "), value: oneLine(node.value), remark, line: lineOf(node.range) });
    } else if (isSeq(node) && node.items.every(isScalar)) {
      const value = node.items.map((item) => (isScalar(item) ? oneLine(item.value) : "")).join(", ");
      entries.push({ key: path.join(" "), value, line: lineOf(node.range) });
    } else if (isSeq(node)) for (const item of node.items) visit(item, path);
    else if (isMap(node)) for (const pair of node.items) visit(pair.value, [...path, oneLine(isScalar(pair.key) ? pair.key.value : "")]);
  };
  const lineOf = (range: readonly number[] | null | undefined): number => counter.linePos(range?.[0] ?? 0).line + 1;
  visit(document.contents, []);
  return entries;
}

/** "key: value", "key = value"; not "- item". */
const PLAIN_ENTRY = /^\s*([\w .-]{1,60}?)\s*[:=]\s*(.*)$/;

function plainEntries(text: string): readonly Entry[] {
  return text.split("\n").map((row, index) => {
    const match = PLAIN_ENTRY.exec(row);
    const value = (match?.[2] ?? row).trim().replace(/^(["'])(.*)\1$/, "$2");
    return { key: match?.[1] ?? "", value, line: index + 2 };
  });
}

function oneLine(value: unknown): string {
  return typeof value === "string" ? value.replace(/\s+/g, " ").trim() : "";
}
