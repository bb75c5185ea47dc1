import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { PDFDocument, StandardFonts } from "pdf-lib";
import { describe, expect, test } from "vitest";
import { type Box, boxesOf, type Document, textOf } from "../../src/model/document.ts";
import type { Span } from "../../src/model/span.ts";
import { openPdf } from "../../src/read/pdf/pdf-engine.ts";
import { readPdf } from "../../src/read/pdf/read-pdf.ts";

/**
 * The boxes of a span cover the glyphs whose text it is, all of them and no others.
 *
 * The text inside the boxes is taken out of the page once more, from the glyphs as they were drawn, and must be the text of the span.
 */
interface Glyph {
  readonly page: number;
  readonly text: string;
  /** The middle of the glyph, in points from the top left corner of its page. */
  readonly x: number;
  readonly y: number;
}

const PAGES = resolve(import.meta.dirname, "../../fixtures/pages");

/** Glyphs of text in the direction of the page. */
async function glyphsOf(bytes: Uint8Array): Promise<readonly Glyph[]> {
  const pdf = await openPdf(Uint8Array.from(bytes));
  const glyphs: Glyph[] = [];
  for (let page = 1; page <= pdf.pageCount; page += 1) {
    const content = await pdf.page(page);
    if (content.turn !== 0) throw new Error("glyphs of turned pages are not compared");
    for (const piece of content.pieces)
      for (let index = 0; index < piece.text.length; index += 1) {
        const x = ((piece.edges[index] ?? Number.NaN) + (piece.edges[index + 1] ?? Number.NaN)) / 2;
        glyphs.push({ page, text: piece.text.charAt(index), x, y: piece.baseline - 0.3 * piece.size });
      }
  }
  await pdf.close();
  return glyphs;
}

function textInside(glyphs: readonly Glyph[], boxes: readonly Box[]): string {
  return boxes
    .map((box) =>
      glyphs
        .filter(
          (glyph) => glyph.page === box.page && box.left <= glyph.x && glyph.x <= box.right && box.top <= glyph.y && glyph.y <= box.bottom,
        )
        .sort((left, right) => left.x - right.x)
        .map((glyph) => glyph.text)
        .join(""),
    )
    .join("");
}

/** Raised digits are digits on the page, and white space is no glyph. */
function plain(text: string): string {
  return text.normalize("NFKC").replace(/[−–]/g, "-").replace(/∼/g, "~").replace(/\s/g, "");
}

async function readWhole(bytes: Uint8Array): Promise<Document> {
  const { document } = await readPdf(bytes, "page.pdf");
  if (document === null) throw new Error("nothing was read");
  return document;
}

/** Any part of the text that does not begin or end inside a character of two code units. */
function spanIn(document: Document): fc.Arbitrary<Span> {
  const end = document.text.length;
  return fc
    .tuple(fc.nat(end - 1), fc.integer({ min: 1, max: 200 }))
    .map(([start, length]): Span => ({ start, end: Math.min(end, start + length) }));
}

/** Turned text has no order from left to right. */
const UPRIGHT = readdirSync(PAGES).filter((name) => name !== "turned-page" && name !== "arxiv-stamp");

describe("the boxes of a span hold its text and nothing else", () => {
  test.each(UPRIGHT)("%s", async (name) => {
    const bytes = readFileSync(join(PAGES, name, "page.pdf"));
    const [document, glyphs] = [await readWhole(bytes), await glyphsOf(bytes)];
    fc.assert(
      fc.property(spanIn(document), (span) => {
        expect(plain(textInside(glyphs, boxesOf(document, span)))).toBe(plain(textOf(document, span)));
      }),
      { numRuns: 200 },
    );
    for (const table of document.tables)
      for (const cell of table.cells)
        expect(plain(textInside(glyphs, boxesOf(document, cell.span)))).toBe(plain(textOf(document, cell.span)));
  });
});

/** A word in a font whose letters are all six tenths of its size wide, so that the test knows where each one stands. */
interface Placed {
  readonly text: string;
  readonly left: number;
  readonly baseline: number;
}

const [SIZE, LETTER] = [10, 6];
const WORD = fc.stringMatching(/^[a-z]{2,9}$/);

test("on generated pages, the box of a word is where the word was drawn", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(WORD, { minLength: 2, maxLength: 7 }), { minLength: 2, maxLength: 12 }),
      fc.nat(60),
      async (lines, left) => {
        const pdf = await PDFDocument.create();
        const font = await pdf.embedFont(StandardFonts.Courier);
        const page = pdf.addPage([612, 792]);
        const placed: Placed[] = [];
        for (const [row, words] of lines.entries()) {
          const baseline = 90 + row * 12;
          page.drawText(words.join(" "), { x: 40 + left, y: 792 - baseline, size: SIZE, font });
          let column = 0;
          for (const text of words) {
            placed.push({ text, left: 40 + left + column * LETTER, baseline });
            column += text.length + 1;
          }
        }
        const document = await readWhole(await pdf.save());
        let from = 0;
        for (const word of placed) {
          const start = document.text.indexOf(word.text, from);
          expect(start).toBeGreaterThanOrEqual(0);
          from = start + word.text.length;
          const boxes = boxesOf(document, { start, end: from });
          expect(boxes.length).toBe(1);
          const [box] = boxes;
          expect(box?.left).toBeCloseTo(word.left, 1);
          expect(box?.right).toBeCloseTo(word.left + word.text.length * LETTER, 1);
          expect(box?.top).toBeLessThan(word.baseline - 0.5 * SIZE);
          expect(box?.bottom).toBeGreaterThanOrEqual(word.baseline);
          expect((box?.bottom ?? 0) - (box?.top ?? 0)).toBeLessThan(1.5 * SIZE);
        }
      },
    ),
    { numRuns: 25 },
  );
}, 60_000);
