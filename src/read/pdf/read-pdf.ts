import type { Document, ReadResult } from "../../model/document.ts";
import type { Problem } from "../../model/problem.ts";
import { bylineBelow } from "../byline.ts";
import { lineJoiner, vocabularyOf } from "../line-joiner.ts";
import { arrangePages } from "./arrange-pages.ts";
import { mendCutOff } from "./cut-off-file.ts";
import { isCutOff, isPdf, messageOf, openProblem } from "./open-failure.ts";
import type { PageContent } from "./page-content.ts";
import { findParticulars } from "./particulars.ts";
import { type OpenPdf, openPdf, type Particulars } from "./pdf-engine.ts";
import type { Segment } from "./segment.ts";
import { tableCompanions } from "./table-companions.ts";
import { writeText } from "./text-writer.ts";

/**
 * Reads a PDF: bytes in, a Document out, with what could not be read as problems.
 *
 * The engine plays the drawing operators of each page and tells where every glyph, rule and picture stands.
 * From there on all is geometry: glyphs make segments, segments make columns and lines, lines make paragraphs and tables, and
 * paragraphs that a column, a page or a float has cut are joined again.
 * Nothing is known here of what documents say: no word list of hardware, no special paper.
 *
 * Errors: none. Damage to one page costs that page; damage to the file costs the document, and a problem says why.
 */
export async function readPdf(bytes: Uint8Array, source: string): Promise<ReadResult> {
  const refuse = (code: Problem["code"], detail: string | null): ReadResult => ({
    document: null,
    problems: [{ code, source, page: null, detail }],
  });
  if (bytes.length === 0) return refuse("empty-file", null);
  if (!isPdf(bytes)) return refuse("not-a-pdf", null);
  const pdf = await openOrMend(bytes, source);
  if ("code" in pdf) return { document: null, problems: [pdf] };
  try {
    const { pages, problems } = await readPages(pdf, source);
    if (isCutOff(bytes)) {
      // A page that is lost with the end of the file needs no further reason.
      for (const [index, problem] of problems.entries()) problems[index] = { ...problem, detail: null };
      problems.unshift({ code: "truncated", source, page: null, detail: null });
    }
    if (pages.length === 0)
      return { document: null, problems: problems.length > 0 ? problems : [{ code: "damaged", source, page: null, detail: "no pages" }] };
    const document = compose(pages, await particulars(pdf), source);
    if (document.text === "")
      return { document: null, problems: [{ code: "no-text-layer", source, page: null, detail: null }, ...problems] };
    return { document, problems: [...problems, ...pagesWithoutText(pages, source)] };
  } finally {
    await pdf.close();
  }
}

/** A file whose end is missing is opened by the pages that are there. */
async function openOrMend(bytes: Uint8Array, source: string): Promise<OpenPdf | Problem> {
  try {
    // The engine keeps what it is given, so it gets a copy.
    return await openPdf(Uint8Array.from(bytes));
  } catch (error) {
    const problem = openProblem(error, bytes, source);
    const mended = problem.code === "truncated" ? await mendCutOff(bytes) : null;
    // What cannot be opened when it is mended is as unreadable as it was.
    return mended === null ? problem : await openPdf(mended).catch(() => problem);
  }
}

async function readPages(pdf: OpenPdf, source: string): Promise<{ readonly pages: readonly PageContent[]; readonly problems: Problem[] }> {
  const pages: PageContent[] = [];
  const problems: Problem[] = [];
  for (let number = 1; number <= pdf.pageCount; number += 1) {
    try {
      pages.push(await pdf.page(number));
    } catch (error) {
      problems.push({ code: "page-unreadable", source, page: number, detail: messageOf(error) });
    }
  }
  return { pages, problems };
}

/** What the file says about itself is of use but not needed. */
async function particulars(pdf: OpenPdf): Promise<Particulars> {
  try {
    return await pdf.particulars();
  } catch {
    // Damaged metadata takes nothing from the text.
    return { title: null, created: null };
  }
}

function compose(pages: readonly PageContent[], file: Particulars, source: string): Document {
  const { blocks, segments, stamp } = arrangePages(pages);
  const written = writeText({ blocks, pages, companions: tableCompanions(blocks) }, lineJoiner(vocabularyOf(segments.map(wordsOf))));
  const front = blocks.filter((block) => block.page === 1);
  const found = findParticulars(front, stamp, file, source);
  return {
    source,
    mediaType: "application/pdf",
    ...found,
    ...bylineBelow(written.blocks, written.text, found.title),
    ...written,
    lines: [],
  };
}

function wordsOf({ pieces }: Segment): readonly string[] {
  return pieces.map((piece) => piece.text);
}

/** Units: square points. A picture this large may be a scanned page. */
const SCAN_AREA = 100_000;

/** Pages that show a picture the size of a page and no text: scans, in a document that else has text. */
function pagesWithoutText(pages: readonly PageContent[], source: string): readonly Problem[] {
  return pages.flatMap((page): readonly Problem[] => {
    const scanned = page.pictures.some((picture) => (picture.right - picture.left) * (picture.bottom - picture.top) > SCAN_AREA);
    const silent = page.pieces.length === 0 && page.turned.length === 0;
    return silent && scanned ? [{ code: "page-without-text", source, page: page.number, detail: null }] : [];
  });
}
