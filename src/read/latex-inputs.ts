/** What a LaTeX source says of the files that belong to it, without parsing it. */

/** "main.tex"; not "paper.tar.gz". */
export const LATEX_NAME = /\.(?:tex|ltx|latex)$/i;

/** "\documentclass" or its ancestor at the start of a line; not in a comment. */
const DOCUMENT_CLASS = /^[^%\n]*\\document(?:class|style)\b/m;

/** "\input{sections/training}", "\include{data}", "\subfile{x.tex}", "\input intro"; not "\inputenc". */
export const INPUT_COMMAND = /\\(?:input|include|subfile)(?:\s*\{([^{}\n]+)\}|\s+([\w./-]+))/g;
/** "%", where it begins a comment; not "\%". */
const COMMENT = /(?<!\\)%/;

/** A line without its comment. */
export function uncommented(line: string): string {
  return line.slice(0, COMMENT.exec(line)?.index ?? line.length);
}

/** Whether a source has a document in it. */
export function isMainSource(text: string): boolean {
  return DOCUMENT_CLASS.test(text) && text.includes("\\begin{document}");
}

/** The files that a source pulls in, as it names them. */
export function pulledInBy(text: string): readonly string[] {
  return text
    .split("\n")
    .flatMap((line) => [...uncommented(line).matchAll(INPUT_COMMAND)])
    .map(([, braced, bare]) => String(braced ?? bare ?? "").trim());
}
