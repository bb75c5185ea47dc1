import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName } from "pdf-lib";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { hasBrowser, LAPTOP, launchBrowser, startReview, xlnetPaper } from "../support/review-server.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-review-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const decisions = join(folder, "decisions.sqlite");

/** Set to a folder, the states are kept there as pictures. */
const SHOTS = process.env["RECKONER_SCREENSHOTS"];

async function shoot(view: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  // What fades in is there.
  await view.waitForTimeout(400);
  await view.screenshot({ path: join(SHOTS, `review-${name}.png`) });
}

/** Rules of accessibility that the page as it is breaks, in light and in dark. */
async function faultsOf(view: Page): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const colorScheme of ["dark", "light"] as const) {
    await view.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page: view }).analyze();
    faults.push(...violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map(({ html }) => html).join(" ")}`));
  }
  return faults;
}

test.runIf(hasBrowser)("a claim is judged by keys on its PDF, and the judgement outlives the server", { timeout: 120_000 }, async () => {
  const path = await xlnetPaper(folder);
  const before = readFileSync(path);
  let server = await startReview([path], decisions);
  const browser = await launchBrowser();
  try {
    const view = await (await browser.newContext({ viewport: LAPTOP, acceptDownloads: true })).newPage();
    const faults: string[] = [];
    view.on("pageerror", (error) => faults.push(error.message));
    await view.goto(server.url);
    const recomputed = view.locator("#recomputed");
    await expect.poll(() => recomputed.textContent(), { timeout: 30_000 }).toBe("$61,440");
    await expect.poll(() => view.locator(".box.claim").count()).toBeGreaterThan(0);
    await expect
      .poll(() => view.locator("canvas").evaluate((node: { readonly width: number }) => node.width), { timeout: 30_000 })
      .toBe(1224);
    expect(await faultsOf(view)).toEqual([]);
    await shoot(view, "light");

    // A reading is switched; what follows from it is told, and who switched it.
    await view.keyboard.press("2");
    await expect.poll(() => recomputed.textContent()).toBe("$30,720");
    await expect.poll(() => view.locator(".corrections").textContent()).toContain("corrected from chip to core by ada");
    expect(await view.locator(".corrections").textContent()).toContain("$61,440 → $30,720, still inconsistent");
    expect(await faultsOf(view)).toEqual([]);
    await view.emulateMedia({ colorScheme: "dark" });
    await shoot(view, "dark");
    await view.keyboard.press("z");
    await expect.poll(() => recomputed.textContent()).toBe("$61,440");
    await view.keyboard.press("y");
    await expect.poll(() => recomputed.textContent()).toBe("$30,720");

    // Each figure can be seen where it stands.
    await view.keyboard.press("w");
    await expect.poll(() => view.locator(".box.target").getAttribute("data-mention")).not.toBe("m4");
    await view.locator(".working button.link", { hasText: "2.5 days" }).click();
    await expect.poll(() => view.locator(".box.target").count()).toBe(1);

    const header = view.locator("header");
    await view.keyboard.press("c");
    await expect.poll(() => header.textContent()).toContain("1 of 1 decided");
    await view.keyboard.press("z");
    await expect.poll(() => header.textContent()).toContain("0 of 1 decided");
    await view.keyboard.press("y");
    await expect.poll(() => header.textContent()).toContain("1 of 1 decided");
    await view.keyboard.press("n");
    await view.keyboard.type("chips were priced as devices");
    await view.keyboard.press("Escape");
    await expect.poll(async () => (await server.api("/api/export/note")).text()).toContain("chips were priced as devices");

    // A key is put elsewhere; one that is taken stays where it is.
    await view.keyboard.press("?");
    expect(await faultsOf(view)).toEqual([]);
    await shoot(view, "keys");
    await view.locator("input[data-action=unsure]").fill("w");
    expect(await view.locator("dialog").textContent()).toContain("“w” is taken");
    await view.locator("input[data-action=unsure]").fill("v");
    await view.keyboard.press("Escape");
    await expect.poll(() => view.locator("dialog").count()).toBe(0);
    await view.keyboard.press("v");
    await expect.poll(async () => (await server.api("/api/export/json")).text()).toContain('"unsure"');
    await view.keyboard.press("c");
    await expect.poll(async () => (await server.api("/api/export/json")).text()).toContain('"confirmed"');

    // The PDF with all that was said, as a download.
    await view.keyboard.press("x");
    expect(await faultsOf(view)).toEqual([]);
    await shoot(view, "export");
    const [download] = await Promise.all([view.waitForEvent("download"), view.locator("#annotated").click()]);
    expect(download.suggestedFilename()).toBe("xlnet-reviewed.pdf");
    const notes = await notesIn(readFileSync(await download.path()));
    expect(notes.join("\n")).toContain("ada: confirmed, chips were priced as devices");
    expect(notes.join("\n")).toContain('corrected: "512 TPU v3 chips": chip -> core, by ada');
    await view.keyboard.press("Escape");

    await server.stop();
    await expect.poll(() => view.locator(".gone").textContent(), { timeout: 20_000 }).toContain("The server does not answer");
    expect(await faultsOf(view)).toEqual([]);
    server = await startReview([path], decisions);
    await view.goto(server.url);
    await expect.poll(() => header.textContent()).toContain("1 of 1 decided");
    expect(await view.locator("#note").inputValue()).toBe("chips were priced as devices");
    await expect.poll(() => recomputed.textContent()).toBe("$30,720");
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(faults).toEqual([]);
  } finally {
    await browser.close();
    await server.stop();
  }
});

/** The texts of the annotations of a PDF. */
async function notesIn(bytes: Uint8Array): Promise<readonly string[]> {
  const file = await PDFDocument.load(bytes);
  return file.getPages().flatMap((page) => {
    const list = page.node.lookupMaybe(PDFName.of("Annots"), PDFArray);
    return (list?.asArray() ?? []).flatMap((_, index) => {
      const contents = list?.lookupMaybe(index, PDFDict)?.lookupMaybe(PDFName.of("Contents"), PDFHexString);
      return contents?.decodeText() ?? [];
    });
  });
}

test.runIf(hasBrowser)("what is fine needs a reason, which a digit gives", { timeout: 120_000 }, async () => {
  const path = join(folder, "two.md");
  writeFileSync(
    path,
    "We trained Ibis on 8 V100 GPUs for 2 days, which took 9,000 GPU-hours.\n\nWe trained Kite on 8 V100 GPUs for 3 days, which took 6,000 GPU-hours.\n",
  );
  const server = await startReview([path], join(folder, "reasons.sqlite"));
  const browser = await launchBrowser();
  try {
    const view = await (await browser.newContext({ viewport: LAPTOP })).newPage();
    await view.goto(server.url);
    await view.locator("mark.claim").waitFor();
    const exported = async () => (await server.api("/api/export/json")).text();
    await view.keyboard.press("f");
    await view.locator("dialog").waitFor();
    expect(await faultsOf(view)).toEqual([]);
    await shoot(view, "reason");
    await view.keyboard.press("Escape");
    expect(JSON.parse(await exported())).toEqual([]);
    await view.keyboard.press("f");
    await view.keyboard.press("2");
    await expect.poll(exported).toContain('"reason": "rounding"');
    // The next claim is there; its reason is in the reviewer's own words.
    await expect.poll(() => view.locator(".row[aria-selected=true]").textContent()).toContain("Kite");
    await view.keyboard.press("f");
    await view.keyboard.press("0");
    await view.keyboard.type("counts all seeds");
    await view.keyboard.press("Enter");
    await expect.poll(exported).toContain('"reason": "counts all seeds"');
    await expect.poll(() => view.locator("header [role=status]").textContent()).toContain("Every claim here is decided");

    const [{ fingerprint }] = JSON.parse(await exported());
    const refused = await server.api("/api/decisions", { method: "POST", body: JSON.stringify({ fingerprint, decision: "fine" }) });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toEqual({ error: 'reason: what is "fine" needs a reason, for example "different scope" or "rounding"' });
  } finally {
    await browser.close();
    await server.stop();
  }
});

test.runIf(hasBrowser)("files are dropped, and an excerpt is checked again by the paper it talks about", { timeout: 120_000 }, async () => {
  const server = await startReview([], join(folder, "dropped.sqlite"));
  const browser = await launchBrowser();
  try {
    const view = await (await browser.newContext({ viewport: LAPTOP })).newPage();
    await view.goto(server.url);
    await expect.poll(() => view.locator("main").textContent()).toContain("Drop a PDF here");
    expect(await faultsOf(view)).toEqual([]);
    const bytes = readFileSync(await xlnetPaper(folder)).toString("base64");
    // The page's own objects, which this side has no types for.
    await view.evaluate(`
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob("${bytes}"), (letter) => letter.charCodeAt(0))], "dropped.pdf"));
      globalThis.dropped = data;
      dispatchEvent(new DragEvent("dragover", { dataTransfer: data, cancelable: true }));
    `);
    await view.locator(".drop").waitFor();
    expect(await faultsOf(view)).toEqual([]);
    await shoot(view, "drop");
    await view.evaluate(`dispatchEvent(new DragEvent("drop", { dataTransfer: globalThis.dropped, cancelable: true }))`);
    await expect.poll(() => view.locator("#recomputed").textContent(), { timeout: 30_000 }).toBe("$61,440");
    await expect.poll(() => view.locator(".box.claim").count()).toBe(1);

    const text = "Training Heron-90B takes 1.64 million TPU v4 chip-hours, the press says.";
    await view.evaluate(`
      const text = new DataTransfer();
      text.setData("text/plain", ${JSON.stringify(text)});
      dispatchEvent(new ClipboardEvent("paste", { clipboardData: text }));
    `);
    const status = view.locator("header [role=status]");
    await expect.poll(() => status.textContent(), { timeout: 30_000 }).toContain("checked pasted text.txt");
    await view.keyboard.press("o");
    expect(await faultsOf(view)).toEqual([]);
    await shoot(view, "check");
    await view.setInputFiles("#against", {
      name: "heron.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("Heron\n\nHeron-90B was trained on 2048 TPU v4 chips for 500 hours and 1024 TPU v4 chips for 300 hours."),
    });
    await view.locator("#check").click();
    await expect.poll(() => status.textContent(), { timeout: 30_000 }).toContain("by heron.txt");
    await expect.poll(() => view.locator("#recomputed").textContent(), { timeout: 30_000 }).toContain("1,331,200");
    // A number of the paper is put in: the excerpt alone is judged by it, and nothing else changes.
    const chips = view.locator('input[aria-label="number of 2048 TPU v4 chips"]');
    await chips.fill("2676");
    await view.keyboard.press("Enter");
    await expect.poll(() => view.locator("#recomputed").textContent()).toContain("1,645,200");
    expect(await view.locator(".corrections ul").last().locator("li").count()).toBe(1);
  } finally {
    await browser.close();
    await server.stop();
  }
});
