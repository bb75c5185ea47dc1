import { expect, test } from "vitest";
import { withArticle } from "../../src/model/noun-words.ts";
import type { DocumentReport } from "../../src/model/report.ts";
import { currentDocument } from "../../src/report/older-wire.ts";
import { nounIn } from "../../src/report/page-nouns.ts";
import { toWireDocument } from "../../src/report/wire-report.ts";
import { checkBytes } from "../../src/store/checked-input.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";

async function checked(text: string): Promise<DocumentReport> {
  const { catalog } = await openCatalog({ overlay: null });
  const input = { source: "case.md", bytes: new TextEncoder().encode(text), sha256: null };
  return checkBytes(catalog, input, { priceDate: null, provider: null, assume: {} });
}

test.each([
  ["We trained Lark on 8 GPUs for 10 hours, 800 GPU-hours in all.", "GPU", "is 80 GPU hours; the page says 800 GPU-hours."],
  ["We trained Lark on 8 cards for 10 hours, 800 card-hours in all.", "card", "is 80 card hours; the page says 800 card-hours."],
])("the units are those of the page: %s", async (text, noun, words) => {
  const finding = toWireDocument(await checked(text)).findings.find(({ verdict }) => verdict === "inconsistent");
  expect(finding?.noun).toBe(noun);
  expect(finding?.message).toContain(words);
  expect(`${finding?.message} ${finding?.steps.map((step) => step.text).join(" ")}`).not.toMatch(/accelerator/i);
  // The contract keeps its own.
  expect(finding?.recomputed?.unit).toBe("accelerator-hour");
});

test("a noun is a word of its own", () => {
  expect(["64 A100 GPUs", "ten cards", "microchips", "v3 TPUs", "cardinal"].map(nounIn)).toEqual(["GPU", "card", null, "TPU", null]);
});

test("articles go by the sound", () => {
  expect(["chip", "instance", "npu", "gpu", "accelerator"].map(withArticle)).toEqual([
    ...["a chip", "an instance", "an npu"],
    ...["a gpu", "an accelerator"],
  ]);
});

test("what an older release kept is told as this one has it", async () => {
  const now = toWireDocument(await checked("We trained Lark on 8 V100 GPUs for 10 hours, 80 GPU-hours in all."));
  const [first] = now.findings;
  if (first === undefined) throw new Error("nothing was found");
  const { confidence: _, noun: __, ...known } = first;
  const { untested: ___, ...coverage } = now.coverage;
  const older = { ...now, findings: [{ ...known, strength: "weak" }], withheld: [], coverage };
  const [finding] = currentDocument(older).findings;
  expect(finding).toMatchObject({ verdict: "untested", strength: null, confidence: 0 });
  expect(currentDocument(older).coverage.untested).toBe(1);
  expect(currentDocument(now)).toBe(now);
});
