import type { MediaType, ReadResult } from "../model/document.ts";
import type { Problem } from "../model/problem.ts";
import { detectMediaType, isGzip } from "./media-type.ts";

/** What reads some bytes: at once, or in steps that let others have a turn. */
export type DocumentReader =
  | { readonly kind: "at-once"; readonly read: () => ReadResult }
  | { readonly kind: "in-steps"; readonly read: () => Promise<ReadResult> };

/**
 * Bytes come in, a Document goes out: the whole text in reading order, its blocks and tables, and where everything stood.
 *
 * This stage knows formats and nothing about training figures.
 * Each format is loaded when it is first met, so that a paragraph of text does not wait for a PDF engine.
 */
export async function readDocument(bytes: Uint8Array, source: string): Promise<ReadResult> {
  return (await documentReader(bytes, source)).read();
}

/** Loads what reads the format of the bytes. */
export async function documentReader(bytes: Uint8Array, source: string): Promise<DocumentReader> {
  const detected = detectMediaType(bytes, source);
  if (detected.kind === "unusable") return refusal(detected.problem);
  if (detected.mediaType === "application/pdf") {
    const { readPdf } = await import("./pdf/read-pdf.ts");
    return { kind: "in-steps", read: () => readPdf(bytes, source) };
  }
  if (bytes.length > LARGEST_TEXT_BYTES) return refusal(tooLarge(bytes, source));
  return knownReader(bytes, source, detected.mediaType);
}

/** Texts larger than this are refused: they are logs or data, and their parse would not fit into memory. */
const LARGEST_TEXT_BYTES = 200_000_000;

/** Markdown larger than this is read as plain text: its tree would take a hundred times the memory of the text. */
const LARGEST_MARKDOWN_BYTES = 4_000_000;

/** LaTeX larger than this is read as plain text: the parser takes fifteen seconds for a megabyte. */
const LARGEST_LATEX_BYTES = 1_500_000;

/** Pages larger than this are refused, for their tags make no plain text. */
const LARGEST_HTML_BYTES = 24_000_000;

async function knownReader(bytes: Uint8Array, source: string, mediaType: Exclude<MediaType, "application/pdf">): Promise<DocumentReader> {
  switch (mediaType) {
    case "text/markdown": {
      if (bytes.length > LARGEST_MARKDOWN_BYTES) break;
      const { readMarkdown } = await import("./markdown.ts");
      return { kind: "at-once", read: () => readMarkdown(bytes, source) };
    }
    case "text/html": {
      if (bytes.length > LARGEST_HTML_BYTES) return refusal(tooLarge(bytes, source));
      const { readHtml } = await import("./html.ts");
      return { kind: "at-once", read: () => readHtml(bytes, source) };
    }
    case "application/vnd.openxmlformats-officedocument.wordprocessingml.document": {
      const { readWord } = await import("./word.ts");
      return { kind: "in-steps", read: () => readWord(bytes, source) };
    }
    case "application/x-latex": {
      if (isGzip(bytes)) {
        const { readLatexArchive } = await import("./latex-archive.ts");
        return { kind: "in-steps", read: () => readLatexArchive(bytes, source) };
      }
      if (bytes.length > LARGEST_LATEX_BYTES) break;
      const { readLatex } = await import("./latex.ts");
      return { kind: "at-once", read: () => readLatex(bytes, source) };
    }
    case "text/plain":
      break;
  }
  const { readText } = await import("./text.ts");
  return { kind: "at-once", read: () => readText(bytes, source) };
}

function tooLarge(bytes: Uint8Array, source: string): Problem {
  return { code: "too-large", source, page: null, detail: `${Math.round(bytes.length / 1e6)} MB` };
}

function refusal(problem: Problem): DocumentReader {
  return { kind: "at-once", read: () => ({ document: null, problems: [problem] }) };
}
