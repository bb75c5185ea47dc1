import type { Problem, ProblemCode } from "../model/problem.ts";

/** A problem in one line: what, where, and what to do; lower case, no full stop. */
export function problemWords(problem: Problem): string {
  const place = problem.page === null ? problem.source : `${problem.source} page ${problem.page}`;
  const detail = problem.detail === null ? "" : ` (${problem.detail})`;
  const { what, remedy } = PROBLEMS[problem.code];
  const name = problem.source === "-" ? place.replace("-", "standard input") : place;
  if (SELF_EXPLAINED.has(problem.code) && problem.detail !== null) return `${name}: ${problem.detail}${remedy === "" ? "" : `; ${remedy}`}`;
  return `${name}: ${what}${detail}${remedy === "" ? "" : `; ${remedy}`}`;
}

/** Codes whose detail says it all. */
const SELF_EXPLAINED: ReadonlySet<ProblemCode> = new Set(["bad-rules", "bad-config", "bad-option"]);

const PROBLEMS: Readonly<Record<ProblemCode, { readonly what: string; readonly remedy: string }>> = {
  "not-found": { what: "no such file or folder", remedy: "check the name" },
  "missing-input": { what: "pulls in a file that is not there", remedy: "the rest was read; add the file, or correct its name" },
  "not-readable": { what: "cannot be opened", remedy: "check its permissions" },
  "not-a-file": { what: "no regular file, and not read", remedy: "save what it gives to a file, or pipe it in and name it -" },
  "not-fetched": { what: "cannot be fetched", remedy: "check the address and the network, then run it again" },
  "no-readable-files": { what: "no readable files here", remedy: "reckoner reads .pdf, .txt, .md, .html, .tex, .tar.gz and .docx" },
  "empty-file": { what: "the file is empty", remedy: "download or save it again" },
  "not-a-pdf": { what: "named .pdf, but is no PDF", remedy: "download the PDF again, or give the file its right name" },
  "wrong-type": { what: "not a document that can be read", remedy: "save it as PDF, text, Markdown or HTML" },
  encrypted: { what: "the PDF needs a password", remedy: "save a copy without one" },
  "no-text-layer": { what: "no text layer, only pictures of pages", remedy: "run OCR first, for example with ocrmypdf" },
  "page-without-text": { what: "no text on this page, page skipped", remedy: "run OCR first if it shows text" },
  "page-unreadable": { what: "the page is damaged, page skipped", remedy: "download the file again" },
  truncated: { what: "the file is cut off", remedy: "download it again" },
  damaged: { what: "the file is damaged", remedy: "download it again, or save it from another program" },
  "too-large": { what: "too large to be read", remedy: "split it, or pass an excerpt" },
  "too-slow": { what: "reading took too long and was stopped", remedy: "pass a longer --timeout" },
  "out-of-memory": { what: "reading needed too much memory and was stopped", remedy: "split the file" },
  "process-ended": {
    what: "the process that read it was ended from outside",
    remedy: "run it again, with fewer --jobs if the machine is short of memory",
  },
  "not-utf8": { what: "text is not valid UTF-8", remedy: "save it as UTF-8" },
  "bad-rules": { what: "the rules cannot be used", remedy: "" },
  "bad-config": { what: "the settings cannot be used", remedy: "" },
  "bad-option": { what: "the option cannot be used", remedy: "" },
  internal: { what: "reckoner failed on this file, which is our fault", remedy: "please report it with the file" },
};
