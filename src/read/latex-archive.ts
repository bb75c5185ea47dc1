import { type ParsedTarFileItem, parseTar } from "nanotar";
import type { LineStart, ReadResult } from "../model/document.ts";
import { append } from "../model/many.ts";
import type { Problem, ProblemCode } from "../model/problem.ts";
import { inflate } from "./inflate.ts";
import { readLatex } from "./latex.ts";
import { INPUT_COMMAND, isMainSource, LATEX_NAME, uncommented } from "./latex-inputs.ts";
import { arxivIdIn, arxivMonth } from "./printed-date.ts";
import { decodeText } from "./text-decoding.ts";

/** In bytes: an archive of a paper with all its pictures is smaller. */
const LARGEST_ARCHIVE = 400_000_000;
/** LaTeX files of one archive; a book of many volumes has fewer. */
const MOST_FILES = 2000;
/** Files that are pulled in, each as often as it is; what pulls in more grows without end. */
const MOST_INPUTS = 2000;
/** Files in files. TeX itself opens fifteen. */
const DEEPEST_INPUT = 30;
/** In characters: the parser takes fifteen seconds for a megabyte. */
const LONGEST_SOURCE = 1_500_000;

/**
 * Reads the source of a paper as arXiv hands it out: a gzip archive of LaTeX files, or a single one.
 *
 * The main file is the one with a document in it; what it pulls in by \input, \include or \subfile is put in its place.
 * Lines are those of the file where the words stand; one that is pulled into the text and is not there is a problem.
 * Errors: an archive that is damaged, too large or without LaTeX gives a problem and no document.
 */
export async function readLatexArchive(bytes: Uint8Array, source: string): Promise<ReadResult> {
  const refuse = (code: ProblemCode, detail: string | null): ReadResult => ({
    document: null,
    problems: [{ code, source, page: null, detail }],
  });
  const content = await inflate(bytes, "gzip", LARGEST_ARCHIVE);
  if (content.kind === "damaged") return refuse("damaged", "GZIP archive");
  if (content.kind === "too-large") return refuse("too-large", "GZIP archive");
  const files = filesIn(content.bytes);
  if (files === null) return refuse("damaged", "TAR archive");
  if (files.size > MOST_FILES) return refuse("too-large", `archive of ${files.size} LaTeX files`);
  const own = source.slice(Math.max(source.lastIndexOf("/"), source.lastIndexOf("\\")) + 1);
  const main = files.has(own) ? own : mainFile(files);
  if (main === null) return refuse("wrong-type", "GZIP archive without LaTeX");
  const parts = withInputs(files, main);
  if (parts === null)
    return refuse("too-large", `LaTeX source that pulls in more than ${MOST_INPUTS} files, or ${DEEPEST_INPUT} in one another`);
  const joined = parts.lines.map(({ text }) => text).join("\n");
  if (joined.length > LONGEST_SOURCE) return refuse("too-large", "LaTeX source");
  const read = readLatex(new TextEncoder().encode(joined), source);
  const nameOf = (file: string): string => nameIn(source, file);
  const missing = parts.missing.map(({ named, file, line }): Problem => {
    return { code: "missing-input", source, page: null, detail: `"${named}", ${nameOf(file)}:${line}` };
  });
  const problems = [...read.problems, ...missing];
  if (read.document === null) return { document: null, problems };
  const lines = read.document.lines.flatMap((entry, index, all): readonly LineStart[] =>
    placesOf(entry, parts.lines, all[index + 1]?.start ?? Number.POSITIVE_INFINITY).map(({ start, line, column, file }) => ({
      ...{ start, line },
      ...(nameOf(file) === source || files.size === 1 ? {} : { file: nameOf(file) }),
      ...(column === undefined ? {} : { column }),
    })),
  );
  return { document: dated({ ...read.document, lines }), problems };
}

/** A file of an archive by its name there; one of a source on the disk, which is packed where it is loaded, by its own. */
function nameIn(source: string, file: string): string {
  if (!LATEX_NAME.test(source)) return `${source}:${file}`;
  return source.slice(0, Math.max(source.lastIndexOf("/"), source.lastIndexOf("\\")) + 1) + file;
}

type ReadDocument = NonNullable<ReadResult["document"]>;

/** arXiv names its archives by the number of the paper. */
function dated(document: ReadDocument): ReadDocument {
  const arxivId = arxivIdIn(document.source.replace(/^.*[/\\]/, ""));
  return { ...document, arxivId, date: document.date ?? (arxivId === null ? null : arxivMonth(arxivId)) };
}

/** LaTeX files by name; null for an archive that cannot be taken apart. An archive of one file has no names. */
function filesIn(bytes: Uint8Array): ReadonlyMap<string, string> | null {
  if (!isTar(bytes)) return new Map([["main.tex", textOf(bytes)]]);
  const files = new Map<string, string>();
  const items = tarItems(bytes);
  if (items === null) return null;
  for (const item of items) {
    if (item.data !== undefined && LATEX_NAME.test(item.name)) files.set(plainPath(item.name), textOf(item.data));
  }
  return files;
}

/** Null where the library throws, which it does for its input alone. */
function tarItems(bytes: Uint8Array): readonly ParsedTarFileItem[] | null {
  try {
    return parseTar(bytes);
  } catch {
    return null;
  }
}

/** Where the mark of a tar archive stands. Source: POSIX.1-1988, ustar. */
const TAR_MARK = { at: 257, text: "ustar" };

function isTar(bytes: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(bytes.subarray(TAR_MARK.at, TAR_MARK.at + TAR_MARK.text.length)) === TAR_MARK.text;
}

/** Old sources are in Latin-1, in which every byte is a character. */
function textOf(bytes: Uint8Array): string {
  const decoded = decodeText(bytes, null);
  return decoded.kind === "invalid" || decoded.mended !== null ? new TextDecoder("latin1").decode(bytes) : decoded.text;
}

/** Names that people give to the main file. */
const MAIN_NAME = /(?:^|\/)(?:main|ms|paper|arxiv|article)\.\w+$/i;

/** The file with a document in it: of several, the one with a usual name, in the outermost folder, or the longest. */
function mainFile(files: ReadonlyMap<string, string>): string | null {
  const documents = [...files].filter(([, text]) => isMainSource(text));
  const ranked = documents
    .map(([name, text]) => ({ name, usual: MAIN_NAME.test(name), deep: name.split("/").length, length: text.length }))
    .sort((left, right) => Number(right.usual) - Number(left.usual) || left.deep - right.deep || right.length - left.length);
  return ranked[0]?.name ?? null;
}

/** A line, and the places that it is put together from. */
interface SourceLine {
  readonly text: string;
  /** In order; the first one begins the line. */
  readonly parts: readonly LinePart[];
}

interface LinePart {
  /** Where it begins in the line. Units: characters. */
  readonly at: number;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** How much of that line stands before it. Units: characters. */
  readonly cut: number;
}

function joinedLine(left: SourceLine, right: SourceLine): SourceLine {
  const moved = right.parts.map((part) => ({ ...part, at: part.at + left.text.length }));
  return { text: left.text + right.text, parts: left.text.trim() === "" ? moved : [...left.parts, ...moved] };
}

function cutLine({ text, parts }: SourceLine, from: number, to: number): SourceLine {
  const first = parts.findLast(({ at }) => at <= from) ?? parts[0];
  const kept = parts.filter((part) => part === first || (part.at > from && part.at < to));
  return {
    text: text.slice(from, Math.max(from, to)),
    parts: kept.map((part) => ({ ...part, at: Math.max(0, part.at - from), cut: part.cut + Math.max(0, from - part.at) })),
  };
}

/** Where a line of the joined text stands, be it in several files. */
function placesOf({ start, line, column }: LineStart, lines: readonly SourceLine[], end: number): readonly (LinePart & LineStart)[] {
  const parts = lines[line - 1]?.parts ?? [];
  if (column === undefined) return parts.slice(0, 1).map((part) => ({ ...part, start }));
  const first = parts.findLast(({ at }) => at < column) ?? parts[0];
  return parts.flatMap((part) => {
    const ahead = part === first ? 0 : part.at + 1 - column;
    if ((part !== first && part.at < column) || start + ahead >= end) return [];
    return [{ ...part, start: start + ahead, column: column + ahead - part.at + part.cut }];
  });
}

/**
 * The lines of a file with those of the files it pulls in; null where they are too many or too deep in one another.
 *
 * What is not in the archive stays as it is written, and is missing where the text of the paper pulls it in: a preamble pulls in files of
 * TeX itself. A text longer than a source may be is cut.
 */
function withInputs(
  files: ReadonlyMap<string, string>,
  main: string,
): {
  readonly lines: readonly SourceLine[];
  readonly missing: readonly { readonly named: string; readonly file: string; readonly line: number }[];
} | null {
  let left = LONGEST_SOURCE + 1;
  let inputs = 0;
  let isEndless = false;
  let isText = false;
  const missing: { readonly named: string; readonly file: string; readonly line: number }[] = [];
  const find = fileFinder(files);
  const expand = (name: string, opened: readonly string[]): readonly SourceLine[] => {
    const text = (files.get(name) ?? "").slice(0, left);
    left -= text.length;
    return text.split("\n").flatMap((line, index) => expandLine(line, { file: name, line: index + 1 }, opened));
  };
  const expandLine = (text: string, { file, line }: Pick<LinePart, "file" | "line">, opened: readonly string[]): readonly SourceLine[] => {
    const part = (cut: number, end: number): SourceLine => ({ text: text.slice(cut, end), parts: [{ at: 0, file, line, cut }] });
    isText ||= text.includes("\\begin{document}");
    const done: SourceLine[] = [];
    let from = 0;
    let current = part(0, 0);
    for (const match of uncommented(text).matchAll(INPUT_COMMAND)) {
      const [command, braced, bare] = match;
      const named = String(braced ?? bare ?? "").trim();
      const target = isEndless ? null : find(file, named);
      if (target === null) {
        if (isText) missing.push({ named, file, line });
        continue;
      }
      inputs += 1;
      isEndless ||= inputs > MOST_INPUTS || opened.length > DEEPEST_INPUT;
      if (isEndless) return [];
      // A file that pulls itself in would never end.
      const body = opened.includes(target) || left <= 0 ? [] : bodyOf(expand(target, [...opened, target]));
      current = joinedLine(current, part(from, match.index));
      from = match.index + command.length;
      if (command.startsWith("\\include")) {
        const blank = part(from, from);
        append(done, [current, blank]);
        append(done, body);
        done.push(blank);
        current = blank;
        continue;
      }
      const [first, ...rest] = body;
      if (first !== undefined) current = joinedLine(current, first);
      const last = rest.at(-1);
      if (last !== undefined) {
        done.push(current);
        append(done, rest.slice(0, -1));
        current = last;
      }
      // The end of a file is the end of a line, but no empty line.
      if (from < text.length) {
        done.push(current);
        current = part(from, from);
      }
    }
    return [...done, joinedLine(current, part(from, text.length))];
  };
  const lines = expand(main, [main]);
  return isEndless ? null : { lines, missing };
}

/** A part that can be set alone has a document of its own around its text; blank lines at the end are none of it. */
function bodyOf(lines: readonly SourceLine[]): readonly SourceLine[] {
  const [opening, closing] = ["\\begin{document}", "\\end{document}"];
  const begin = lines.findIndex(({ text }) => text.includes(opening));
  const end = begin < 0 ? -1 : lines.findLastIndex(({ text }) => text.includes(closing));
  const inside = lines.slice(Math.max(0, begin), end < 0 ? lines.length : end + 1).map((line, index, all): SourceLine => {
    const from = begin >= 0 && index === 0 ? line.text.indexOf(opening) + opening.length : 0;
    const to = end >= 0 && index === all.length - 1 ? line.text.lastIndexOf(closing) : line.text.length;
    return cutLine(line, from, to);
  });
  return inside.slice(0, inside.findLastIndex(({ text }) => text.trim() !== "") + 1);
}

/** Finds files as they are named in others: from the folder of the main file, of the file itself or of any, with or without an ending. */
function fileFinder(files: ReadonlyMap<string, string>): (from: string, named: string) => string | null {
  const byName = Map.groupBy(files.keys(), (path) => path.slice(path.lastIndexOf("/") + 1));
  return (from, named) => {
    const folder = from.includes("/") ? from.slice(0, from.lastIndexOf("/") + 1) : "";
    const candidates = [named, `${named}.tex`].flatMap((path) => [plainPath(path), plainPath(folder + path)]);
    const whole = candidates.find((path) => files.has(path));
    if (whole !== undefined) return whole;
    const alike = candidates.flatMap((wanted) => byName.get(wanted.slice(wanted.lastIndexOf("/") + 1)) ?? []);
    return alike.find((path) => candidates.some((wanted) => path.endsWith(`/${wanted}`))) ?? null;
  };
}

/** "./sections//a.tex" is "sections/a.tex". */
function plainPath(path: string): string {
  return path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}
