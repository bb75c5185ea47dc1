import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { extractMentions } from "../../src/extract/extract-mentions.ts";
import type { Document } from "../../src/model/document.ts";
import { checkDocument } from "../../src/pipeline.ts";
import { readDocument } from "../../src/read/read-document.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";

const OPTIONS = { priceDate: null, provider: null, assume: {} };

/** Pieces that claims are made of, in any order, with odd characters between them. */
const PIECES = [
  "512 TPU v3 chips",
  "8xA100",
  "for 2.5 days",
  "about two weeks",
  "$245,000",
  "at $2 per GPU-hour",
  "3.3 x 10^20 FLOPs",
  "3.14+23",
  "16 (devices) * 4 (days) * 24 (hours) = 1,536",
  "Lark-7B",
  "did not use",
  "would take",
  "5h 54m",
  "0.4 kg CO2 per kWh",
  "训练了 21 天",
  "1 024 GPUs",
  ". ",
  ", and ",
  "(",
  ")",
  "\n\n",
  "−",
  "\u00ad",
];
const text = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 6 })), { maxLength: 14 }).map((parts) => parts.join(" "));

async function documentOf(content: string): Promise<Document | null> {
  return (await readDocument(new TextEncoder().encode(content), "property.txt")).document;
}

describe("whatever the text", () => {
  test("a mention's text is the text under its span, and its number lies in it", async () => {
    const { catalog } = await openCatalog({ overlay: null });
    await fc.assert(
      fc.asyncProperty(text, async (content) => {
        const document = await documentOf(content);
        if (document === null) return;
        for (const mention of extractMentions(catalog, document).mentions) {
          expect(document.text.slice(mention.span.start, mention.span.end)).toBe(mention.text);
          expect(mention.number.span.start).toBeGreaterThanOrEqual(mention.span.start);
          expect(mention.number.span.end).toBeLessThanOrEqual(mention.span.end);
          expect(mention.value).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("a paragraph put before it moves the mentions and changes nothing else", async () => {
    const { catalog } = await openCatalog({ overlay: null });
    const before = "Nothing is said of machines here.\n\n";
    await fc.assert(
      fc.asyncProperty(text, async (content) => {
        const [plain, moved] = [await documentOf(content), await documentOf(`${before}${content}`)];
        if (plain === null || moved === null) return;
        const words = (document: Document): readonly string[] =>
          extractMentions(catalog, document).mentions.map(({ kind, value, unit, text: printed }) => `${kind} ${value} ${unit} ${printed}`);
        expect(words(moved)).toEqual(words(plain));
      }),
      { numRuns: 200 },
    );
  });

  test("the whole check never throws, and every claim of a finding is a mention", async () => {
    const { catalog } = await openCatalog({ overlay: null });
    await fc.assert(
      fc.asyncProperty(text, async (content) => {
        const document = await documentOf(content);
        if (document === null) return;
        const result = checkDocument(catalog, document, OPTIONS);
        const ids = new Set<string>(result.extraction.mentions.map((mention) => mention.id));
        for (const finding of result.checked.findings) {
          expect(ids).toContain(finding.claim);
          for (const premise of finding.premises) expect(ids).toContain(premise);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("how a number is printed", () => {
  test.each([
    ["1,024 GPUs", 1024],
    ["1024 GPUs", 1024],
    ["1 024 GPUs", 1024],
    ["1\u2009024 GPUs", 1024],
  ])("%s", async (printed, value) => {
    const { catalog } = await openCatalog({ overlay: null });
    const document = await documentOf(`We trained on ${printed} for 3 days.`);
    const mentions = document === null ? [] : extractMentions(catalog, document).mentions;
    expect(mentions.find((mention) => mention.kind === "accelerators")?.value).toBe(value);
  });
});
