import type { MediaType, ReadResult } from "../model/document.ts";
import type { Problem } from "../model/problem.ts";
import { detectMediaType, isGzip } from "./media-type.ts";

/**
 * Bytes come in, a Document goes out: the whole text in reading order, its blocks and tables, and where everything stood.
 *
 * This stage knows formats and nothing about training figures.
 * Each format is loaded when it is first met, so that a paragraph of text does not wait for a PDF engine.
 * PDF is read by `pdf/`, in a process of its own, and is not dispatched here.
 */
export async function readDocument(bytes: Uint8Array, source: string): Promise<ReadResult> {
  const detected = detectMediaType(bytes, source);
  if (detected.kind === "unusable") return nothing(detected.problem);
  if (bytes.length > LARGEST_TEXT_BYTES) return nothing(tooLarge(bytes, source));
  return readKnown(bytes, source, detected.mediaType);
}

/** Texts larger than this are refused: they are logs or data, and their parse would not fit into memory. */
const LARGEST_TEXT_BYTES = 200_000_000;

/** Markdown larger than this is read as plain text: its tree would take a hundred times the memory of the text. */
const LARGEST_MARKDOWN_BYTES = 4_000_000;

/** LaTeX larger than this is read as plain text: the parser takes fifteen seconds for a megabyte. */
const LARGEST_LATEX_BYTES = 1_500_000;

/** Pages larger than this are refused, for their tags make no plain text. */
const LARGEST_HTML_BYTES = 24_000_000;

async function readKnown(bytes: Uint8Array, source: string, mediaType: MediaType): Promise<ReadResult> {
  switch (mediaType) {
    case "text/markdown": {
      if (bytes.length > LARGEST_MARKDOWN_BYTES) break;
      const { readMarkdown } = await import("./markdown.ts");
      return readMarkdown(bytes, source);
    }
    case "text/html": {
      if (bytes.length > LARGEST_HTML_BYTES) return nothing(tooLarge(bytes, source));
      const { readHtml } = await import("./html.ts");
      return readHtml(bytes, source);
    }
    case "application/pdf":
      return nothing({ code: "wrong-type", source, page: null, detail: mediaType });
    case "application/vnd.openxmlformats-officedocument.wordprocessingml.document": {
      const { readWord } = await import("./word.ts");
      return readWord(bytes, source);
    }
    case "application/x-latex": {
      if (isGzip(bytes)) {
        const { readLatexArchive } = await import("./latex-archive.ts");
        return readLatexArchive(bytes, source);
      }
      if (bytes.length > LARGEST_LATEX_BYTES) break;
      const { readLatex } = await import("./latex.ts");
      return readLatex(bytes, source);
    }
    case "text/plain":
      break;
  }
  const { readText } = await import("./text.ts");
  return readText(bytes, source);
}

function tooLarge(bytes: Uint8Array, source: string): Problem {
  return { code: "too-large", source, page: null, detail: `${Math.round(bytes.length / 1e6)} MB` };
}

function nothing(problem: Problem): ReadResult {
  return { document: null, problems: [problem] };
}
