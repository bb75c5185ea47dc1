import { degrees, PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFNumber, type PDFPage, StandardFonts } from "pdf-lib";
import { expect, test } from "vitest";
import type { DocumentResult } from "../../src/model/report.ts";
import { annotatePdf } from "../../src/report/annotated-pdf.ts";
import { checkBytes } from "../../src/store/checked-input.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";

const SIZE = 11;
const WRONG = "We trained Heron on 8 V100 GPUs for 5 days, which is 9,600 GPU hours.";

interface Made {
  readonly bytes: Uint8Array;
  /** Where the sentence begins and ends, in the space of the page. */
  readonly start: readonly [number, number];
  readonly end: readonly [number, number];
}

/** A page shown at an angle, cut on all sides, whose text stands upright when it is shown. */
async function turnedPaper(angle: 0 | 90 | 180 | 270): Promise<Made> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.TimesRoman);
  const page = document.addPage([700, 700]);
  page.setCropBox(30, 20, 600, 640);
  page.setRotation(degrees(angle));
  const width = font.widthOfTextAtSize(WRONG, SIZE);
  const along = { 0: [1, 0], 90: [0, 1], 180: [-1, 0], 270: [0, -1] }[angle] as [number, number];
  const [x, y] = { 0: [120, 400], 90: [300, 120], 180: [560, 300], 270: [300, 560] }[angle] as [number, number];
  page.drawText(WRONG, { x, y, size: SIZE, font, rotate: degrees(angle) });
  return { bytes: await document.save(), start: [x, y], end: [x + along[0] * width, y + along[1] * width] };
}

async function check(bytes: Uint8Array): Promise<DocumentResult> {
  const { catalog } = await openCatalog({ overlay: null });
  const options = { priceDate: null, provider: null, assume: {} };
  const report = await checkBytes(catalog, { source: "paper.pdf", bytes, sha256: null }, options);
  if (report.result === null) throw new Error("not read");
  return report.result;
}

function annotationsOf(page: PDFPage): readonly PDFDict[] {
  const list = page.node.lookup(PDFName.of("Annots"), PDFArray);
  return Array.from({ length: list.size() }, (_unused, index) => list.lookup(index, PDFDict));
}

function numbersOf(annotation: PDFDict, key: string): readonly number[] {
  const list = annotation.lookup(PDFName.of(key), PDFArray);
  return Array.from({ length: list.size() }, (_unused, index) => list.lookup(index, PDFNumber).asNumber());
}

test.each([0, 90, 180, 270] as const)("the sentence is marked where it stands on a page turned by %i degrees", async (angle) => {
  const made = await turnedPaper(angle);
  const copy = await annotatePdf(made.bytes, await check(made.bytes));
  if (copy.kind !== "annotated") throw new Error(copy.reason);
  expect(copy.marks).toBe(2);
  const page = (await PDFDocument.load(copy.bytes)).getPage(0);
  const [sentence, claim] = annotationsOf(page);
  if (sentence === undefined || claim === undefined) throw new Error("no marks");
  const [left = 0, bottom = 0, right = 0, top = 0] = numbersOf(sentence, "Rect");
  const [low, high] = [
    [Math.min(made.start[0], made.end[0]), Math.min(made.start[1], made.end[1])],
    [Math.max(made.start[0], made.end[0]), Math.max(made.start[1], made.end[1])],
  ] as const;
  // The rectangle holds the baseline and is no more than a line high and a letter longer.
  expect([left <= low[0] + 1, bottom <= low[1] + 1, right >= high[0] - 1, top >= high[1] - 1]).toEqual([true, true, true, true]);
  expect(right - left - (high[0] - low[0])).toBeLessThan(1.5 * SIZE);
  expect(top - bottom - (high[1] - low[1])).toBeLessThan(1.5 * SIZE);
  expect(numbersOf(sentence, "QuadPoints").length).toBe(8);
  const [claimLeft = 0, claimBottom = 0, claimRight = 0, claimTop = 0] = numbersOf(claim, "Rect");
  expect(claimLeft >= left && claimBottom >= bottom && claimRight <= right && claimTop <= top).toBe(true);
  expect((claimRight - claimLeft) * (claimTop - claimBottom)).toBeLessThan(0.5 * (right - left) * (top - bottom));
});

test("the note is the finding with its working, and the text stays as it was", async () => {
  const made = await turnedPaper(0);
  const result = await check(made.bytes);
  const copy = await annotatePdf(made.bytes, result);
  if (copy.kind !== "annotated") throw new Error(copy.reason);
  const [sentence] = annotationsOf((await PDFDocument.load(copy.bytes)).getPage(0));
  const note = sentence?.lookup(PDFName.of("Contents"), PDFHexString).decodeText() ?? "";
  expect(note).toContain("8 V100 GPUs × 5 days is 960 GPU hours; the page says 9,600 GPU hours.");
  expect(note).toContain("works out to 960 ");
  expect(sentence?.lookup(PDFName.of("Subtype"))).toBe(PDFName.of("Highlight"));
  expect((await check(copy.bytes)).document.text).toBe(result.document.text);
});

test("what is no PDF, or cannot be rewritten, is refused with the reason", async () => {
  const result = await check((await turnedPaper(0)).bytes);
  const text = { ...result, document: { ...result.document, mediaType: "text/plain" as const } };
  expect(await annotatePdf(new Uint8Array([65]), text)).toEqual({ kind: "refused", reason: "not a PDF" });
  expect(await annotatePdf(new Uint8Array([65]), result)).toEqual({ kind: "refused", reason: "the PDF is too damaged to be rewritten" });
});
