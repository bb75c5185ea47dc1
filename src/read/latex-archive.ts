import { type ParsedTarFileItem, parseTar } from "nanotar";
import type { ReadResult } from "../model/document.ts";
import type { ProblemCode } from "../model/problem.ts";
import { inflate } from "./inflate.ts";
import { readLatex } from "./latex.ts";
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
 * Lines are told where nothing was pulled in, for then they are those of the one file.
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
  const main = mainFile(files);
  if (main === null) return refuse("wrong-type", "GZIP archive without LaTeX");
  const joined = withInputs(files, main);
  if (joined === null)
    return refuse("too-large", `LaTeX source that pulls in more than ${MOST_INPUTS} files, or ${DEEPEST_INPUT} in one another`);
  if (joined.length > LONGEST_SOURCE) return refuse("too-large", "LaTeX source");
  const read = readLatex(new TextEncoder().encode(joined), source);
  return read.document === null
    ? read
    : { ...read, document: dated({ ...read.document, lines: joined === files.get(main) ? read.document.lines : [] }) };
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
    if (item.data !== undefined && /\.(?:tex|ltx|latex)$/i.test(item.name)) files.set(plainPath(item.name), textOf(item.data));
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

/** "\documentclass" or its ancestor at the start of a line; not in a comment. */
const DOCUMENT_CLASS = /^[^%\n]*\\document(?:class|style)\b/m;
/** Names that people give to the main file. */
const MAIN_NAME = /(?:^|\/)(?:main|ms|paper|arxiv|article)\.\w+$/i;

/** The file with a document in it: of several, the one with a usual name, in the outermost folder, or the longest. */
function mainFile(files: ReadonlyMap<string, string>): string | null {
  const documents = [...files].filter(([, text]) => DOCUMENT_CLASS.test(text) && text.includes("\\begin{document}"));
  const ranked = documents
    .map(([name, text]) => ({ name, usual: MAIN_NAME.test(name), deep: name.split("/").length, length: text.length }))
    .sort((left, right) => Number(right.usual) - Number(left.usual) || left.deep - right.deep || right.length - left.length);
  return ranked[0]?.name ?? null;
}

/** "\input{sections/training}", "\include{data}", "\subfile{x.tex}", "\input intro"; not "\inputenc". */
const INPUT_COMMAND = /\\(?:input|include|subfile)(?:\s*\{([^{}\n]+)\}|\s+([\w./-]+))/g;
/** "%", where it begins a comment; not "\%". */
const COMMENT = /(?<!\\)%/;

/**
 * The text of a file with the files it pulls in; null where they are too many or too deep in one another.
 *
 * What is not in the archive stays as it is written; a text longer than a source may be is cut.
 */
function withInputs(files: ReadonlyMap<string, string>, main: string): string | null {
  let left = LONGEST_SOURCE + 1;
  let inputs = 0;
  let isEndless = false;
  const find = fileFinder(files);
  const expand = (name: string, opened: readonly string[]): string => {
    const text = (files.get(name) ?? "").slice(0, left);
    left -= text.length;
    const lines = text.split("\n").map((line) => {
      const comment = COMMENT.exec(line)?.index ?? line.length;
      const whole = line.slice(0, comment).replace(INPUT_COMMAND, (...match: readonly (string | number | undefined)[]) => {
        const [command, braced, bare, at] = match;
        const target = isEndless ? null : find(name, String(braced ?? bare ?? "").trim());
        if (target === null) return String(command);
        inputs += 1;
        isEndless ||= inputs > MOST_INPUTS || opened.length > DEEPEST_INPUT;
        if (isEndless) return "";
        // A file that pulls itself in would never end.
        const body = opened.includes(target) || left <= 0 ? "" : bodyOf(expand(target, [...opened, target])).trimEnd();
        if (String(command).startsWith("\\include")) return `\n\n${body}\n\n`;
        // The end of a file is the end of a line, but no empty line.
        return Number(at) + String(command).length < line.length ? `${body}\n` : body;
      });
      return whole + line.slice(comment);
    });
    return lines.join("\n");
  };
  const whole = expand(main, [main]);
  return isEndless ? null : whole;
}

/** A part that can be set alone has a document of its own around its text. */
function bodyOf(text: string): string {
  return /\\begin\{document\}([\s\S]*?)\\end\{document\}/.exec(text)?.[1] ?? text;
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
