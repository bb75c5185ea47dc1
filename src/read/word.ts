import mammoth from "mammoth";
import type { ReadResult } from "../model/document.ts";
import type { ProblemCode } from "../model/problem.ts";
import { readHtml } from "./html.ts";
import { inflate } from "./inflate.ts";
import { thrownWords } from "./parsed-tree.ts";

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
  const fault = await archiveFault(bytes);
  if (fault !== null) return refuse(fault.code, fault.detail);
  const converted = await htmlOf(bytes);
  if (converted.kind === "refused") return refuse("damaged", converted.detail);
  const { html } = converted;
  if (html.length > LARGEST_HTML) return refuse("too-large", "unpacked");
  if (html.trim() === "") return refuse("empty-file", "document without text");
  const { document, problems } = readHtml(new TextEncoder().encode(`<meta charset="utf-8"><article>${html}</article>`), source);
  if (document === null) return { document, problems };
  const mediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  return { document: { ...document, mediaType, lines: [] }, problems };
}

/** In characters, as markup: a fifth of it is text. */
const LARGEST_HTML = 24_000_000;

type Converted = { readonly kind: "html"; readonly html: string } | { readonly kind: "refused"; readonly detail: string };

/** What the converter makes of it. It throws errors of every kind, and only for its input. */
async function htmlOf(bytes: Uint8Array): Promise<Converted> {
  try {
    // Pictures are not looked at.
    const convertImage = mammoth.images.imgElement(async () => ({ src: "" }));
    return { kind: "html", html: (await mammoth.convertToHtml({ buffer: Buffer.from(bytes) }, { convertImage })).value };
  } catch (error) {
    return { kind: "refused", detail: `no Word document that can be converted: ${thrownWords(error)}` };
  }
}

/** Mark of an entry of the table of contents of a ZIP archive, and where it tells of its entry. Source: APPNOTE 6.3, sections 4.3.7 and 4.3.12. */
const ENTRY = { mark: 0x02014b50, method: 10, packed: 20, nameLength: 28, place: 42, length: 46 };
/** The same of the head before the bytes of an entry. */
const HEAD = { mark: 0x04034b50, nameLength: 26, extraLength: 28, length: 30 };
const DEFLATED = 8;

/** Parts of one document; a book with a picture on every page has fewer. */
const MOST_PARTS = 10_000;
/** Elements in one another; tables in tables in tables have fifty. */
const DEEPEST = 512;

/** What the converter must not be given: an archive that unpacks to more than it says, or parts that nest without end. */
async function archiveFault(bytes: Uint8Array): Promise<{ readonly code: ProblemCode; readonly detail: string } | null> {
  const entries = entriesOf(bytes);
  if (entries.length > MOST_PARTS) return { code: "too-large", detail: `archive of ${entries.length} files` };
  let left = LARGEST_CONTENT;
  for (const packed of entries) {
    // What an archive says of its size may be a lie, so that it is counted as it comes.
    const part = await inflate(packed, "deflate-raw", left);
    if (part.kind === "too-large") return { code: "too-large", detail: "unpacked" };
    if (part.kind === "damaged") continue;
    left -= part.bytes.length;
    if (nestsDeeper(part.bytes, DEEPEST)) return { code: "damaged", detail: "markup nested too deeply" };
  }
  return null;
}

/** The packed bytes of what a ZIP archive holds under names of text. */
function entriesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Uint8Array[] = [];
  for (let at = 0; at + ENTRY.length <= bytes.length; at += 1) {
    if (bytes[at] !== 0x50 || view.getUint32(at, true) !== ENTRY.mark) continue;
    const nameEnd = at + ENTRY.length + view.getUint16(at + ENTRY.nameLength, true);
    const name = new TextDecoder("latin1").decode(bytes.subarray(at + ENTRY.length, nameEnd));
    const head = view.getUint32(at + ENTRY.place, true);
    if (!TEXT_PART.test(name) || view.getUint16(at + ENTRY.method, true) !== DEFLATED || head + HEAD.length > bytes.length) continue;
    if (view.getUint32(head, true) !== HEAD.mark) continue;
    const from = head + HEAD.length + view.getUint16(head + HEAD.nameLength, true) + view.getUint16(head + HEAD.extraLength, true);
    entries.push(bytes.subarray(from, from + view.getUint32(at + ENTRY.packed, true)));
  }
  return entries;
}

/** "word/document.xml", "word/_rels/document.xml.rels"; not "word/media/image1.png". */
const TEXT_PART = /\.(?:xml|rels)$/i;

/** Whether elements of XML stand in one another more than so many deep: "<a>" is one more, "</a>" one less, "<a/>", "<?a?>" and "<!a>" none. */
function nestsDeeper(bytes: Uint8Array, most: number): boolean {
  let depth = 0;
  for (let at = bytes.indexOf(LESS); at >= 0; at = bytes.indexOf(LESS, at + 1)) {
    const next = bytes[at + 1];
    if (next === SLASH) depth -= 1;
    else if (next !== QUESTION && next !== EXCLAMATION) {
      const end = tagEnd(bytes, at);
      if (bytes[end - 1] !== SLASH) depth += 1;
      at = end;
    }
    if (depth > most) return true;
  }
  return false;
}

/** Where a tag ends; a ">" in the value of an attribute is no end. */
function tagEnd(bytes: Uint8Array, from: number): number {
  let quote: number | undefined;
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (quote !== undefined) quote = byte === quote ? undefined : quote;
    else if (byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE) quote = byte;
    else if (byte === GREATER) return at;
  }
  return bytes.length;
}

const [DOUBLE_QUOTE, SINGLE_QUOTE] = [0x22, 0x27];
const [LESS, GREATER, SLASH, QUESTION, EXCLAMATION] = [0x3c, 0x3e, 0x2f, 0x3f, 0x21];
