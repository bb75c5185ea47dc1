import { PDFArray, PDFDocument, PDFHexString, PDFName, type PDFPage, type PDFRef } from "pdf-lib";
import { type Box, boxesOf } from "../model/document.ts";
import type { Finding, Severity } from "../model/finding.ts";
import { largest, smallest } from "../model/many.ts";
import type { DocumentResult } from "../model/report.ts";
import type { Span } from "../model/span.ts";
import { fingerprintsOf } from "./fingerprint.ts";
import { findingMessage } from "./message.ts";
import { inPageWords } from "./page-words.ts";
import { isFlagged, type ReportSubject, reportSubject } from "./report-subject.ts";
import { stepSource, stepWords } from "./step-words.ts";

/** A copy of the PDF with marks in it, or why there is none. */
export type AnnotatedPdf =
  | { readonly kind: "annotated"; readonly bytes: Uint8Array; readonly marks: number }
  /** `reason` is in a few words, to be shown after the name of the file. */
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Highlights the sentence of each flagged finding, with the finding as its note, in a copy of the PDF that was checked.
 *
 * The marks are highlight annotations with the quadrilaterals of each line (ISO 32000-1, 12.5.6.10), which every viewer shows and
 * lists; nothing on the pages is changed. The judged figure is marked a second time, so that it stands out in its sentence.
 * What people said of a finding, by its fingerprint, stands first in its note.
 * Errors: none; a file that must not or cannot be rewritten is refused.
 */
export async function annotatePdf(
  original: Uint8Array,
  result: DocumentResult,
  said: ReadonlyMap<string, readonly string[]> = new Map(),
): Promise<AnnotatedPdf> {
  if (result.document.mediaType !== "application/pdf") return { kind: "refused", reason: "not a PDF" };
  const file = await openCopy(original);
  if (typeof file === "string") return { kind: "refused", reason: file };
  const pages = file.getPages();
  const subject = reportSubject(result);
  let marks = 0;
  const fingerprints = fingerprintsOf(result);
  const saidOf = (finding: Finding): readonly string[] => said.get(fingerprints.get(finding.id) ?? "") ?? [];
  for (const mark of marksOf(result, subject, saidOf)) {
    for (const [number, boxes] of byPage(mark.boxes)) {
      const page = pages[number - 1];
      if (page === undefined) continue;
      addHighlight(file, page, { ...mark, boxes });
      marks += 1;
    }
  }
  return { kind: "annotated", bytes: await file.save(), marks };
}

/** The file for writing, or why it cannot be written. */
async function openCopy(original: Uint8Array): Promise<PDFDocument | string> {
  try {
    return await PDFDocument.load(original, { updateMetadata: false });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return /encrypted/i.test(error.message) ? "the PDF is protected against changes" : "the PDF is too damaged to be rewritten";
  }
}

interface Mark {
  readonly boxes: readonly Box[];
  readonly severity: Severity;
  readonly title: string;
  readonly note: string;
}

/** What people said of a finding, line by line. */
type Said = (finding: Finding) => readonly string[];

/** For each sentence one mark that holds all its findings, then one for each judged figure. */
function marksOf(result: DocumentResult, subject: ReportSubject, saidOf: Said): readonly Mark[] {
  const bySentence = new Map<string, { readonly sentence: Span; readonly findings: Finding[] }>();
  const claims: Mark[] = [];
  for (const finding of result.checked.findings.filter(isFlagged)) {
    const mention = subject.mention(finding.claim);
    if (mention === null) continue;
    const { sentence } = mention;
    const key = `${sentence.start}-${sentence.end}`;
    const known = bySentence.get(key);
    if (known === undefined) bySentence.set(key, { sentence, findings: [finding] });
    else known.findings.push(finding);
    claims.push(markOf(subject, mention.span, [finding], saidOf));
  }
  const sentences = [...bySentence.values()].map(({ sentence, findings }) => markOf(subject, sentence, findings, saidOf));
  return [...sentences, ...claims].filter((mark) => mark.boxes.length > 0);
}

function markOf(subject: ReportSubject, span: Span, findings: readonly Finding[], saidOf: Said): Mark {
  const severities = findings.map((finding) => finding.severity);
  const severity = severities.includes("error") ? "error" : severities.includes("warning") ? "warning" : "note";
  return {
    boxes: boxesOf(subject.document, span),
    severity,
    title: [...new Set(findings.map((finding) => finding.verdict))].join(", "),
    note: findings.map((finding) => [...saidOf(finding), noteOf(subject, finding)].join("\n")).join("\n\n"),
  };
}

function noteOf(subject: ReportSubject, told: Finding): string {
  const finding = inPageWords(subject, told);
  const steps = finding.steps.map((step) => {
    const source = stepSource(step);
    return `- ${stepWords(subject, step)}${source === null ? "" : ` [${source}]`}`;
  });
  return [findingMessage(subject, finding), ...steps, `(${finding.severity}, ${finding.rule})`].join("\n");
}

function byPage(boxes: readonly Box[]): ReadonlyMap<number, readonly Box[]> {
  const pages = new Map<number, Box[]>();
  for (const box of boxes) pages.set(box.page, [...(pages.get(box.page) ?? []), box]);
  return pages;
}

/** Red, green and blue, each 0 to 1. */
const COLORS: Readonly<Record<Severity, readonly [number, number, number]>> = {
  error: [1, 0.6, 0.55],
  warning: [1, 0.85, 0.35],
  note: [0.7, 0.87, 1],
};

/** Flag of an annotation that is printed with the page. Source: ISO 32000-1, table 165. */
const PRINTED = 4;

function addHighlight(file: PDFDocument, page: PDFPage, mark: Mark): void {
  const { context } = file;
  const areas = mark.boxes.map((box) => inPageSpace(page, box));
  const bounds = [
    smallest(areas.map((area) => area.left)),
    smallest(areas.map((area) => area.bottom)),
    largest(areas.map((area) => area.right)),
    largest(areas.map((area) => area.top)),
  ] as const;
  const annotation = context.obj({
    Type: "Annot",
    Subtype: "Highlight",
    Rect: [...bounds],
    // Upper left, upper right, lower left, lower right of each line: the order that viewers expect, which is not that of the standard.
    QuadPoints: areas.flatMap(({ left, right, top, bottom }) => [left, top, right, top, left, bottom, right, bottom]),
    C: [...COLORS[mark.severity]],
    F: PRINTED,
  });
  annotation.set(PDFName.of("Contents"), PDFHexString.fromText(mark.note));
  annotation.set(PDFName.of("T"), PDFHexString.fromText("reckoner"));
  annotation.set(PDFName.of("Subj"), PDFHexString.fromText(mark.title));
  annotation.set(PDFName.of("AP"), context.obj({ N: appearance(file, areas, bounds, COLORS[mark.severity]) }));
  const known = page.node.lookupMaybe(PDFName.of("Annots"), PDFArray);
  const ref = context.register(annotation);
  if (known === undefined) page.node.set(PDFName.of("Annots"), context.obj([ref]));
  else known.push(ref);
}

/** The mark as drawn: the lines filled, and the letters below left dark. */
function appearance(
  file: PDFDocument,
  areas: readonly Area[],
  bounds: readonly [number, number, number, number],
  color: readonly [number, number, number],
): PDFRef {
  const { context } = file;
  const fills = areas.map(({ left, right, top, bottom }) => `${left} ${bottom} ${right - left} ${top - bottom} re f`);
  const stream = context.stream(`/Through gs ${color.join(" ")} rg\n${fills.join("\n")}`, {
    Type: "XObject",
    Subtype: "Form",
    BBox: [...bounds],
    Resources: { ExtGState: { Through: { Type: "ExtGState", BM: "Multiply" } } },
  });
  return context.register(stream);
}

/** In points, in the page's own space: upwards from its origin, before it is turned for display. */
interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** From the page as displayed, measured from its top left corner, to the page's own space. */
function inPageSpace(page: PDFPage, box: Box): Area {
  const crop = page.getCropBox();
  const [x0, y0, x1, y1] = [crop.x, crop.y, crop.x + crop.width, crop.y + crop.height];
  switch ((((page.getRotation().angle % 360) + 360) % 360) as 0 | 90 | 180 | 270) {
    case 90:
      return { left: x0 + box.top, right: x0 + box.bottom, bottom: y0 + box.left, top: y0 + box.right };
    case 180:
      return { left: x1 - box.right, right: x1 - box.left, bottom: y0 + box.top, top: y0 + box.bottom };
    case 270:
      return { left: x1 - box.bottom, right: x1 - box.top, bottom: y1 - box.right, top: y1 - box.left };
    default:
      return { left: x0 + box.left, right: x0 + box.right, bottom: y1 - box.bottom, top: y1 - box.top };
  }
}
