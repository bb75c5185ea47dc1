import type { MediaType } from "../model/document.ts";
import type { Problem } from "../model/problem.ts";

/** What the bytes are, or why they cannot be read. */
export type Detected = { readonly kind: "known"; readonly mediaType: MediaType } | { readonly kind: "unusable"; readonly problem: Problem };

/**
 * Says what kind of document the bytes hold: by their first bytes where those are decisive, else by the ending of the name.
 *
 * Errors: an empty input, a name that promises a PDF over something else, and bytes that are no text of any kind give a problem.
 */
export function detectMediaType(bytes: Uint8Array, source: string): Detected {
  if (bytes.length === 0) return unusable("empty-file", source, null);
  const ending = endingOf(source);
  if (holdsPdf(bytes)) return known("application/pdf");
  const signature = SIGNATURES.find((entry) => startsWith(bytes, entry.bytes));
  if (signature !== undefined) {
    if (ending === "docx" && signature.name === "ZIP archive") return known(WORD);
    // The source of a paper at arXiv; what else it may hold shows when it is unpacked.
    if (ending !== "pdf" && signature.name === "GZIP archive") return known("application/x-latex");
    return unusable(ending === "pdf" ? "not-a-pdf" : "wrong-type", source, signature.name);
  }
  if (ending === "pdf") return unusable("not-a-pdf", source, describeText(bytes));
  if (!looksLikeText(bytes)) return unusable("wrong-type", source, "binary data");
  const byEnding = ENDINGS[ending];
  if (byEnding !== undefined) return known(byEnding);
  return known(textKind(bytes));
}

/** Endings of the names of files that can be read, for a search through folders. */
export const READABLE_ENDINGS: readonly string[] = [
  "pdf",
  "txt",
  "text",
  "md",
  "markdown",
  "html",
  "htm",
  "xhtml",
  "tex",
  "tar.gz",
  "docx",
];

const WORD: MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

const ENDINGS: Readonly<Record<string, MediaType>> = {
  txt: "text/plain",
  text: "text/plain",
  md: "text/markdown",
  markdown: "text/markdown",
  html: "text/html",
  htm: "text/html",
  xhtml: "text/html",
  tex: "application/x-latex",
};

/** The first bytes of a GZIP archive. Source: RFC 1952, 2.3.1. */
const GZIP_MARK = [0x1f, 0x8b];

/** True for a GZIP archive: of LaTeX sources, if `detectMediaType` says that it is LaTeX. */
export function isGzip(bytes: Uint8Array): boolean {
  return startsWith(bytes, GZIP_MARK);
}

/**
 * First bytes of common formats that are no text.
 *
 * Source: the registered signatures of each format (PNG, JFIF, ZIP, GZIP, ELF, OLE2, GIF, RIFF, MP4 by its box name).
 */
const SIGNATURES: readonly { readonly name: string; readonly bytes: readonly number[] }[] = [
  { name: "PNG image", bytes: [0x89, 0x50, 0x4e, 0x47] },
  { name: "JPEG image", bytes: [0xff, 0xd8, 0xff] },
  { name: "GIF image", bytes: [0x47, 0x49, 0x46, 0x38] },
  { name: "ZIP archive", bytes: [0x50, 0x4b, 0x03, 0x04] },
  { name: "GZIP archive", bytes: GZIP_MARK },
  { name: "program", bytes: [0x7f, 0x45, 0x4c, 0x46] },
  { name: "old Office document", bytes: [0xd0, 0xcf, 0x11, 0xe0] },
  { name: "audio or video", bytes: [0x52, 0x49, 0x46, 0x46] },
];

/** A PDF may have rubbish before its header, but readers look no further than this. Source: Adobe, implementation note 13 to PDF 1.7. */
const PDF_HEADER_BYTES = 1024;
const PDF_MARK = [0x25, 0x50, 0x44, 0x46, 0x2d];

function holdsPdf(bytes: Uint8Array): boolean {
  const limit = Math.min(bytes.length - PDF_MARK.length, PDF_HEADER_BYTES);
  for (let offset = 0; offset <= limit; offset += 1) {
    if (bytes[offset] === PDF_MARK[0] && PDF_MARK.every((byte, index) => bytes[offset + index] === byte)) return true;
  }
  return false;
}

/** How much is looked at to tell text from binary data. */
const PROBE_BYTES = 4096;

/** Text has no control characters but white space; UTF-16 has zeros in every other place and is text all the same. */
function looksLikeText(bytes: Uint8Array): boolean {
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])) return true;
  const probe = bytes.subarray(0, PROBE_BYTES);
  let controls = 0;
  let zeros = 0;
  for (const byte of probe) {
    if (byte === 0) zeros += 1;
    else if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d && byte !== 0x1b) controls += 1;
  }
  // One in a long text is a fault of whoever saved it.
  if (zeros > probe.length * 0.001) return zeros >= probe.length * 0.4 && zeros <= probe.length * 0.5 && controls === 0;
  return controls <= probe.length * 0.02;
}

/** Markup at the start of a page: "<!DOCTYPE html>", "<html lang=en>"; not "<b>bold</b> prose" or "< 5 days". */
const HTML_START = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)?<(?:!doctype\s+html|html|head|body|article|main|table|div)\b/i;
/** "<?xml version=...", "<svg ", "<TEI xmlns=..."; not "<5 days". */
const XML_START = /^\s*<(?:\?xml|[A-Za-z][\w.-]*:?[\w.-]*\s+xmlns)/;
/** "\documentclass{article}"; not a mention of it deep in a text. */
const LATEX_START = /^(?:\s*%[^\n]*\n|\s)*\\(?:documentclass|documentstyle|section|begin|input)\b/;
/** A heading, a fence, a table rule or a front matter rule that starts a line: "# Title", "```", "|---|", "---"; not "#1 in sales". */
const MARKDOWN_LINE = /^(?:#{1,6} \S|```|\|? ?:?-{3,}:? ?\||---$)/m;

function textKind(bytes: Uint8Array): MediaType {
  const start = probeText(bytes);
  if (HTML_START.test(start)) return "text/html";
  if (LATEX_START.test(start)) return "application/x-latex";
  return MARKDOWN_LINE.test(start) ? "text/markdown" : "text/plain";
}

function describeText(bytes: Uint8Array): string {
  if (!looksLikeText(bytes)) return "binary data";
  const start = probeText(bytes);
  if (HTML_START.test(start)) return "HTML page";
  if (XML_START.test(start)) return "XML document";
  return "text";
}

function probeText(bytes: Uint8Array): string {
  return new TextDecoder("utf-8").decode(bytes.subarray(0, PROBE_BYTES));
}

function endingOf(source: string): string {
  const dot = source.lastIndexOf(".");
  return dot < 0 ? "" : source.slice(dot + 1).toLowerCase();
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return bytes.length >= start.length && start.every((byte, index) => bytes[index] === byte);
}

function known(mediaType: MediaType): Detected {
  return { kind: "known", mediaType };
}

function unusable(code: "empty-file" | "not-a-pdf" | "wrong-type", source: string, detail: string | null): Detected {
  return { kind: "unusable", problem: { code, source, page: null, detail } };
}
