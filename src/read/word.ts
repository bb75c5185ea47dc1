import mammoth from "mammoth";
import type { ReadResult } from "../model/document.ts";
import type { ProblemCode } from "../model/problem.ts";
import { readHtml } from "./html.ts";

/** In bytes, unpacked: text of thousands of pages. */
const LARGEST_CONTENT = 200_000_000;

/**
 * Reads a Word document (.docx): its headings, paragraphs, lists, tables and notes, by way of HTML.
 *
 * Pages and lines are not told, for Word sets them anew each time.
 * Errors: a file that is no Word document or is damaged gives a problem and no document.
 */
export async function readWord(bytes: Uint8Array, source: string): Promise<ReadResult> {
  const refuse = (code: ProblemCode, detail: string | null): ReadResult => ({
    document: null,
    problems: [{ code, source, page: null, detail }],
  });
  if (unpackedSize(bytes) > LARGEST_CONTENT) return refuse("too-large", "unpacked");
  const html = await htmlOf(bytes);
  if (html === null) return refuse("damaged", "no Word document inside");
  if (html.trim() === "") return refuse("empty-file", "document without text");
  const { document, problems } = readHtml(new TextEncoder().encode(`<meta charset="utf-8"><article>${html}</article>`), source);
  if (document === null) return { document, problems };
  const mediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  return { document: { ...document, mediaType, lines: [] }, problems };
}

/** Null for what the converter cannot open: it throws plain errors, and only for its input. */
async function htmlOf(bytes: Uint8Array): Promise<string | null> {
  try {
    // Pictures are not looked at.
    const convertImage = mammoth.images.imgElement(async () => ({ src: "" }));
    return (await mammoth.convertToHtml({ buffer: Buffer.from(bytes) }, { convertImage })).value;
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError || !(error instanceof Error)) throw error;
    return null;
  }
}

/** Mark of an entry of the table of contents of a ZIP archive, and where its unpacked size stands. Source: APPNOTE 6.3, section 4.3.12. */
const ENTRY = { mark: 0x02014b50, size: 24, length: 46 };

/** What a ZIP archive says it holds. */
function unpackedSize(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let size = 0;
  for (let at = 0; at + ENTRY.length <= bytes.length; at += 1) {
    if (bytes[at] === 0x50 && view.getUint32(at, true) === ENTRY.mark) size += view.getUint32(at + ENTRY.size, true);
  }
  return size;
}
