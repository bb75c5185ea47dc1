import { largest } from "../../model/many.ts";
import { arxivIdIn, arxivMonth, datelineDate, printedDate } from "../printed-date.ts";
import { sectionKind } from "../section-name.ts";
import type { LayoutBlock, Line } from "./layout-block.ts";
import type { Particulars } from "./pdf-engine.ts";

/** What a document is called, when it appeared, and its number at arXiv. */
export interface FoundParticulars {
  readonly title: string | null;
  readonly date: string | null;
  readonly arxivId: string | null;
}

/** What arXiv prints up the margin: "arXiv:1906.08237v2 [cs.CL] 2 Jan 2020", "arXiv:1409.1556v6 [cs.CV] 10 Apr 2015"; not "arXiv preprint". */
const STAMP = /arXiv:\s*((\d{2})(?:0[1-9]|1[0-2])\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?\/\d{7}(?:v\d+)?)(.{0,60})/;
/** "D:20190619093000+02'00'": year, month, day; not "D:19". */
const PDF_DATE = /^(?:D:)?((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])/;

/** Gathers the particulars from what is printed first, and from what the file says of itself last. */
export function findParticulars(front: readonly LayoutBlock[], stamp: string, file: Particulars, source: string): FoundParticulars {
  const stamped = STAMP.exec(stamp);
  const arxivId = stamped?.[1] ?? arxivIdIn(fileName(source));
  const title = printedTitle(front) ?? plausibleTitle(file.title);
  const stampDate = stamped === null ? null : printedDate(stamped[3] ?? "");
  const date =
    stampDate ??
    (arxivId === null || !/^\d{4}\./.test(arxivId) ? null : arxivMonth(arxivId)) ??
    frontDate(front) ??
    creationDate(file.created);
  return { title, date, arxivId };
}

function fileName(source: string): string {
  return source.slice(Math.max(source.lastIndexOf("/"), source.lastIndexOf("\\")) + 1);
}

/** Titles are at most so long, in code units; what is longer was set large for another reason. */
const LONGEST_TITLE = 250;
const SHORTEST_TITLE = 4;
/** The sizes of the lines of one title differ by less. */
const SAME_SIZE = 0.04;

/** The largest print on the first page. */
function printedTitle(front: readonly LayoutBlock[]): string | null {
  const lines = front
    .filter((block) => block.grid === null && block.kind !== "furniture" && block.kind !== "caption" && block.kind !== "comment")
    .flatMap((block) => block.lines.filter((line) => line.page === 1));
  const sizes = lines.filter((line) => /\p{L}{3}/u.test(line.text)).map((line) => line.size);
  const largestSize = largest(sizes, 0);
  const usual = [...sizes].sort((one, other) => one - other)[sizes.length >> 1] ?? 0;
  if (largestSize < 1.15 * usual) return null;
  const from = lines.findIndex((line) => isLarge(line, largestSize));
  const title: string[] = [];
  for (const line of lines.slice(from)) {
    if (!isLarge(line, largestSize)) break;
    title.push(line.text);
  }
  const text = title.join(" ").replace(/\s*[⁰¹²³⁴-⁹*∗†‡]+$/u, "");
  return text.length >= SHORTEST_TITLE && text.length <= LONGEST_TITLE && !isSectionName(text) ? text : null;
}

/** "3 Experiments", "2.1 Model and data"; not "8-bit training", "100 days of birds". */
const NUMBERED_SECTION = /^\d{1,2}(?:\.\d{1,2})*\.?\s+\p{Lu}\S*(?:\s+\S+){0,3}$/u;
/** Sections that a part of a document may begin with. */
const NAMED_SECTION = /^(?:abstract|contents|table of contents|introduction|appendix|acknowledge?ments?)$/i;

/** A page taken out of a document begins with a section, whose name is not the document's. */
function isSectionName(text: string): boolean {
  return NUMBERED_SECTION.test(text) || NAMED_SECTION.test(text) || sectionKind(text) === "references";
}

function isLarge(line: Line, largest: number): boolean {
  return Math.abs(line.size - largest) <= SAME_SIZE * largest;
}

/** What programs write where no title was given: "untitled", "Microsoft Word - draft.docx", "main.dvi", "paper_v3.pdf"; not "Attention". */
const NO_TITLE = /^(?:untitled|microsoft word|powerpoint|latex|document\d*$|title$)|\.(?:docx?|dvi|tex|pdf|indd|pptx?)$|^[\w-]+$/i;

function plausibleTitle(title: string | null): string | null {
  return title === null || title.length < SHORTEST_TITLE || title.length > LONGEST_TITLE || NO_TITLE.test(title) ? null : title;
}

/** A date that stands on a line of its own, above or below the text of the first page. */
function frontDate(front: readonly LayoutBlock[]): string | null {
  for (const block of front) {
    if (block.kind === "references" || block.kind === "table") continue;
    for (const line of block.lines) {
      const date = datelineDate(line.text);
      if (date !== null && !/\b(?:conference|proceedings|workshop|isbn|acm|vol)\b/i.test(line.text)) return date;
    }
  }
  return null;
}

function creationDate(created: string | null): string | null {
  const match = created === null ? null : PDF_DATE.exec(created);
  return match === null ? null : `${match[1]}-${match[2]}-${match[3]}`;
}
