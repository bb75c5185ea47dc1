import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFDocument, StandardFonts } from "pdf-lib";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { atReview, faultsOf, hasBrowser, inReview, putPdf } from "../support/review-server.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-additions-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const WRONG = "We trained Ibis on 8 V100 GPUs for 2 days, which took 9,000 GPU-hours.";
/** What the meter showed is told in words that no grammar takes for hours. */
const MISSED = "We trained Kite on 8 V100 GPUs for 3 days; the counter of the cluster stood at 576 afterwards.";

/** Selects words that stand in one text node of the document, as a mouse would. */
async function select(view: Page, within: string, words: string): Promise<void> {
  await view.evaluate(`(() => {
    for (const element of document.querySelectorAll(${JSON.stringify(within)})) {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const at = node.textContent.indexOf(${JSON.stringify(words)});
        if (at < 0) continue;
        getSelection().setBaseAndExtent(node, at, node, at + ${words.length});
        return;
      }
    }
    throw new Error("the words are not on the page");
  })()`);
}

async function addHours(view: Page): Promise<void> {
  const sheet = view.getByRole("dialog", { name: "Add a claim" });
  await sheet.locator("blockquote", { hasText: "576" }).waitFor();
  await sheet.getByLabel("Kind").selectOption("accelerator-hours");
  await sheet.getByLabel("Value").fill("576");
  await sheet.getByLabel("Unit").selectOption("gpu-hour");
  await sheet.getByLabel("Model").fill("Kite");
}

test.runIf(hasBrowser)(
  "a claim that was missed is marked, added, checked, decided, exported and taken back",
  { timeout: 120_000 },
  async () => {
    const path = join(folder, "missed.md");
    writeFileSync(path, `${WRONG}\n\n${MISSED}\n`);
    const store = join(folder, "missed.sqlite");
    await inReview([path], store, async (view, server) => {
      await view.locator("mark.claim.wrong").waitFor();
      // Without a mark there is nothing to add.
      await view.keyboard.press("a");
      await expect.poll(() => view.locator("header [role=status]").textContent()).toContain("Mark the words of a claim");
      await select(view, "main p", "576");
      await view.keyboard.press("a");
      await addHours(view);
      expect(await faultsOf(view)).toEqual([]);
      await view.locator("#add").click();
      await expect.poll(() => view.locator("mark.claim").textContent(), { timeout: 30_000 }).toBe("576");
      expect(await view.locator("mark.claim").getAttribute("class")).toContain("right");
      expect(await view.locator("#recomputed").textContent()).toBe("576 GPU hours");
      expect(await view.locator(".finding").textContent()).toContain("Added by ada");
      expect(await view.locator(".row[aria-selected=true]").textContent()).toContain("added by ada");
      expect(await faultsOf(view)).toEqual([]);
      await view.locator("select[aria-label=Decision]").selectOption("added");
      await expect.poll(() => view.locator(".row").count()).toBe(1);
      await view.keyboard.press("Escape");
      await view.keyboard.press("u");
      await expect.poll(async () => (await server.decisions.standing()).length).toBe(1);
      const rows: readonly object[] = JSON.parse(await (await server.api("/api/export/json")).text());
      expect(rows).toMatchObject([{ text: "576", subject: "Kite", decision: "unsure", added: { reviewer: "ada" } }]);
      // The other claim is what it was.
      await view.locator("select[aria-label=Decision]").selectOption("");
      await expect.poll(() => view.locator(".row", { hasText: "9,000" }).textContent()).toContain("inconsistent");
    });
    // It is there for whoever comes next, who can take it back, and undo that.
    await inReview(
      [path],
      store,
      async (view) => {
        await view.getByLabel("Verdict").selectOption("consistent");
        await view.locator(".row", { hasText: "added by ada" }).click();
        await view.locator("#take-back-claim").click();
        await expect.poll(() => view.locator(".row", { hasText: "added by ada" }).count()).toBe(0);
        await view.locator("main").focus();
        await view.keyboard.press("z");
        await view.locator(".row", { hasText: "added by ben" }).waitFor();
        await view.keyboard.press("h");
        await expect.poll(() => view.locator("dialog").textContent()).toContain("ada: added the claim “576” (576 gpu-hour · Kite)");
      },
      { reviewer: "ben" },
    );
  },
);

test.runIf(hasBrowser)("words of a PDF are added where they are marked", { timeout: 120_000 }, async () => {
  const path = await putPdf(join(folder, "birds.pdf"), "Birds", [WRONG, MISSED]);
  await inReview([path], join(folder, "birds.sqlite"), async (view, server) => {
    await view.locator(".box.claim").waitFor({ timeout: 30_000 });
    await view.locator(".words span", { hasText: "We trained Kite" }).waitFor();
    await select(view, ".words", "576");
    await view.locator("#add-claim").click();
    await addHours(view);
    await view.locator("#add").click();
    await expect.poll(() => view.locator(".box.claim").getAttribute("aria-label"), { timeout: 30_000 }).toBe("the claim: 576");
    const [words, box] = [view.locator(".words span", { hasText: "We trained Kite" }), view.locator(".box.claim")];
    const [line, mark] = [await words.boundingBox(), await box.boundingBox()];
    expect(Math.abs((mark?.y ?? 0) - (line?.y ?? 0))).toBeLessThan(6);
    const [kept] = await server.decisions.additionHistory();
    expect(kept).toMatchObject({ text: "576", kind: "accelerator-hours", value: 576, unit: "gpu-hour", removed: false });
  });
});

test("what is marked looks like what was read there, or like what it says by itself", async () => {
  const path = join(folder, "looks.md");
  writeFileSync(path, `${WRONG}\n\nThe bill named 41.5 MWh somewhere.\n`);
  const wordy = join(folder, "wordy.md");
  writeFileSync(wordy, "Words and words. ".repeat(30));
  await atReview([path, wordy], join(folder, "looks.sqlite"), async (server) => {
    const text = `${WRONG}\n\nThe bill named 41.5 MWh somewhere.`;
    const marked = async (words: string) => {
      const start = text.indexOf(words);
      const body = JSON.stringify({ document: 0, start, end: start + words.length });
      return (await server.api("/api/marked", { method: "POST", body })).json();
    };
    const added = (body: object) => server.api("/api/additions", { method: "POST", body: JSON.stringify(body) });
    expect(await marked(" 9,000 GPU-hours")).toMatchObject({
      ...{ text: "9,000 GPU-hours", kind: "accelerator-hours", value: 9000, unit: "gpu-hour", subject: "Ibis" },
    });
    expect(await marked("somewhere")).toMatchObject({ text: "somewhere", kind: null, value: null, unit: null });
    expect((await server.api("/api/marked", { method: "POST", body: '{"document":0,"start":9000,"end":9001}' })).status).toBe(400);
    const long = await server.api("/api/marked", { method: "POST", body: '{"document":1,"start":0,"end":400}' });
    expect([long.status, await long.text()]).toEqual([400, expect.stringContaining("more than one claim")]);
    const claim = { document: 0, start: 0, end: 2, kind: "epochs", value: 3, unit: "epoch", subject: null };
    expect((await added({ ...claim, unit: "parsec" })).status).toBe(400);
    expect((await added({ ...claim, document: 7 })).status).toBe(404);
    expect((await added({ ...claim, value: -1 })).status).toBe(400);
    expect(await server.decisions.additionHistory()).toEqual([]);
    // A claim that nothing else gives is listed all the same.
    expect((await added(claim)).status).toBe(200);
    const { findings }: { readonly findings: readonly { readonly text: string }[] } = JSON.parse(
      await (await server.api("/api/findings")).text(),
    );
    expect(findings.find((finding) => finding.text === "We")).toMatchObject({ added: { reviewer: "ada" }, verdict: "unverifiable" });
  });
});

test.runIf(hasBrowser)("words are found over all pages, of which only those in view are drawn", { timeout: 120_000 }, async () => {
  const file = await PDFDocument.create();
  const font = await file.embedFont(StandardFonts.Helvetica);
  for (let number = 1; number <= 30; number += 1) {
    const page = file.addPage([612, 792]);
    page.drawText(number === 1 ? WRONG : `Page ${number} speaks of nothing much.`, { x: 60, y: 700, size: 11, font });
    if (number === 3 || number === 27) page.drawText("Here stands a Rare word.", { x: 60, y: 500, size: 11, font });
  }
  const path = join(folder, "long.pdf");
  writeFileSync(path, await file.save());
  await inReview([path], join(folder, "long.sqlite"), async (view) => {
    await view.locator(".box.claim").waitFor({ timeout: 30_000 });
    expect(await view.locator(".page").count()).toBe(30);
    expect(await view.locator(".page canvas").count()).toBeLessThan(6);
    const status = view.locator(".turn [role=status]");
    expect(await status.textContent()).toBe("page 1 of 30");
    await view.locator("main").evaluate((pane) => pane.scrollTo({ top: pane.scrollHeight }));
    await expect.poll(() => status.textContent()).toBe("page 30 of 30");
    await view.locator(".words span", { hasText: "Page 30" }).waitFor();
    await expect.poll(() => view.locator(".page canvas").count()).toBeLessThan(6);

    await view.locator("main").focus();
    await view.keyboard.press("Control+f");
    await view.keyboard.type("rare  WORD");
    const count = view.locator(".find [role=status]");
    await expect.poll(() => count.textContent(), { timeout: 10_000 }).toBe("1 of 2");
    await expect.poll(() => status.textContent()).toBe("page 3 of 30");
    expect(await faultsOf(view)).toEqual([]);
    await view.locator("#find").press("Enter");
    await expect.poll(() => count.textContent()).toBe("2 of 2");
    await expect.poll(() => status.textContent()).toBe("page 27 of 30");
    const [word, place] = [view.locator(".words span", { hasText: "Rare word" }), view.locator(".found.current")];
    await word.last().waitFor();
    const inView = await place.boundingBox();
    expect(inView?.y).toBeGreaterThan(0);
    expect(inView?.y).toBeLessThan(768);
    await view.locator("#find").press("Escape");
    await expect.poll(() => view.locator(".found").count()).toBe(0);
    await view.locator("main").focus();
    await view.keyboard.press("[");
    await expect.poll(() => status.textContent()).toBe("page 26 of 30");
  });
});
