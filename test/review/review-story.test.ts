import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName } from "pdf-lib";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { ACTIONS } from "../../web/keymap.ts";
import { atReview, faultsOf, hasBrowser, inBrowser, inReview, SAMPLE } from "../support/review-server.ts";

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

/** The picture of the page that the claims of the sample stand on. */
const FIRST_PAGE = ".page[data-page='1'] canvas";

/** How far the ink in a mark is from the edges of the mark, to the left and to the right, in pixels. */
function inkGaps(view: Page, selector: string): Promise<readonly [number, number]> {
  // The page's own objects, which this side has no types for.
  return view.evaluate(`(() => {
    const canvas = document.querySelector(${JSON.stringify(FIRST_PAGE)});
    const [all, box] = [canvas.getBoundingClientRect(), document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect()];
    const scale = canvas.width / all.width;
    const [x, y, width, height] = [box.left - all.left, box.top - all.top, box.width, box.height].map((size) => Math.round(size * scale));
    const { data } = canvas.getContext("2d").getImageData(x, y, width, height);
    const hasInk = (column) => Array.from({ length: height }, (_, row) => data[4 * (row * width + column)]).some((red) => red < 128);
    const columns = Array.from({ length: width }, (_, column) => column).filter(hasInk);
    return [columns[0] / scale, (width - 1 - columns.at(-1)) / scale];
  })()`);
}

test.runIf(hasBrowser)("a claim is judged by keys on its PDF, and the judgement outlives the server", { timeout: 300_000 }, async () => {
  const path = join(folder, "wren.pdf");
  copyFileSync(SAMPLE, path);
  const before = readFileSync(path);
  await inBrowser(
    async (view) => {
      const [recomputed, header] = [view.locator("#recomputed"), view.locator("header")];
      const faults: string[] = [];
      view.on("pageerror", (error) => faults.push(error.message));
      view.on("console", (message) => {
        // A server that has ended is asked in vain, which the browser tells.
        if (message.type() === "error" && !message.text().includes("ERR_CONNECTION_REFUSED")) faults.push(message.text());
      });
      await atReview([path], decisions, async (server) => {
        await view.goto(server.url);
        // The token has left the address.
        expect(new URL(view.url()).search).toBe("");
        await expect.poll(() => recomputed.textContent(), { timeout: 30_000 }).toBe("$61,440");
        await expect.poll(() => view.locator(".box.claim").count(), { timeout: 30_000 }).toBeGreaterThan(0);
        // As many dots as the screen has, and each mark exactly on its figure.
        const drawn = () =>
          view
            .locator(FIRST_PAGE)
            .evaluate((node: { readonly width: number; readonly clientWidth: number }) => node.width - node.clientWidth);
        await expect.poll(drawn, { timeout: 30_000 }).toBe(0);
        await expect.poll(async () => Math.max(...(await inkGaps(view, ".box.claim"))), { timeout: 30_000 }).toBeLessThan(2.5);
        for (const place of await view.locator(".box").all()) {
          const mention = await place.getAttribute("data-mention");
          expect(Math.max(...(await inkGaps(view, `.box[data-mention="${mention}"]`))), `mark of ${mention}`).toBeLessThan(2.5);
        }
        expect(await view.locator(FIRST_PAGE).getAttribute("aria-label")).toMatch(
          /^page 1 of wren\.pdf; claim “\$245,000” in “A Cloud TPU v3 device/,
        );
        expect(await view.locator(".box.claim").getAttribute("aria-label")).toBe("the claim: $245,000");
        expect(await faultsOf(view)).toEqual([]);
        await shoot(view, "light");
        expect(await tabsThrough(view, "body")).toBe(true);

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
        await expect.poll(() => view.locator(".box.target").getAttribute("aria-label")).toBe("a figure it rests on: 512 TPU v3 chips");
        await view.locator(".working button.link", { hasText: "2.5 days" }).click();
        await expect.poll(() => view.locator(".box.target").getAttribute("aria-label")).toBe("a figure it rests on: 2.5 days");
        await expect.poll(() => isInView(view, ".box.target")).toBe(true);

        // Pages are turned and made larger by keys; the figure comes back.
        await view.keyboard.press("]");
        await expect.poll(() => view.locator(".turn [role=status]").textContent()).toBe("page 2 of 2");
        await view.keyboard.press("[");
        const narrow = await view.locator(FIRST_PAGE).evaluate((node: { readonly clientWidth: number }) => node.clientWidth);
        for (const key of ["+", "+"]) await view.keyboard.press(key);
        await expect
          .poll(() => view.locator(FIRST_PAGE).evaluate((node: { readonly width: number }) => node.width))
          .toBeGreaterThan(narrow * 1.4);
        expect(await isInView(view, ".box.target")).toBe(true);
        for (const key of ["-", "-"]) await view.keyboard.press(key);

        await view.keyboard.press("c");
        await expect.poll(() => header.textContent()).toContain("1 of 2 decided");
        await view.keyboard.press("z");
        await expect.poll(() => header.textContent()).toContain("0 of 2 decided");
        await view.keyboard.press("y");
        await expect.poll(() => header.textContent()).toContain("1 of 2 decided");
        // The next claim is there; back to the one that was decided.
        await expect.poll(() => view.locator(".row[aria-selected=true]").textContent()).toContain("$245,000");
        await view.keyboard.press("n");
        // What is typed stays, though the page looks for news meanwhile.
        await view.keyboard.type("chips were priced", { delay: 20 });
        await view.waitForTimeout(3500);
        await view.keyboard.type(" as devices");
        await view.keyboard.press("Escape");
        await expect.poll(async () => (await server.api("/api/export/note")).text()).toContain("chips were priced as devices");

        // A key is put elsewhere; one that is taken stays where it is.
        await view.keyboard.press("?");
        expect(await faultsOf(view)).toEqual([]);
        // The sheet has every action, and the keys that stay where they are.
        expect(await view.locator("dialog input.key").count()).toBe(ACTIONS.length);
        const sheet = await view.locator("dialog").textContent();
        for (const [, , what] of ACTIONS) expect(sheet).toContain(what);
        for (const fixed of ["1–9", "Space", "Tab", "Enter", "Esc"]) expect(sheet).toContain(fixed);
        expect(await tabsThrough(view, "dialog")).toBe(true);
        // Escape has closed it.
        await expect.poll(() => view.locator("dialog").count()).toBe(0);
        await view.keyboard.press("?");
        await shoot(view, "keys");
        await view.locator("input[data-action=unsure]").fill("w");
        expect(await view.locator("dialog").textContent()).toContain("“w” is taken");
        await view.locator("input[data-action=unsure]").fill("v");
        await view.keyboard.press("Escape");
        await expect.poll(() => view.locator("dialog").count()).toBe(0);
        // It stays there when the page is opened again, and can be undone.
        await view.reload();
        await expect.poll(() => recomputed.textContent(), { timeout: 30_000 }).toBe("$30,720");
        await view.keyboard.press("v");
        await expect.poll(async () => (await server.api("/api/export/json")).text()).toContain('"unsure"');
        await view.keyboard.press("k");
        await expect.poll(() => view.locator(".row[aria-selected=true]").textContent()).toContain("$245,000");

        // What stood before is put back from the history, and what was done before the page was opened is undone.
        await view.keyboard.press("h");
        expect(await faultsOf(view)).toEqual([]);
        await shoot(view, "history");
        await view
          .locator("dialog .history li", { hasText: "confirmed, chips were priced as devices" })
          .first()
          .getByText("put back")
          .click();
        await expect.poll(async () => (await server.api("/api/export/json")).text()).toContain('"confirmed"');
        await view.keyboard.press("Escape");
        for (const key of ["z", "z"]) await view.keyboard.press(key);
        await expect.poll(async () => (await server.api("/api/export/json")).text()).toContain('"confirmed"');

        // The PDF with all that was said, as a download.
        await view.keyboard.press("x");
        expect(await faultsOf(view)).toEqual([]);
        await shoot(view, "export");
        const [download] = await Promise.all([view.waitForEvent("download"), view.locator("#annotated").click()]);
        expect(download.suggestedFilename()).toBe("wren-reviewed.pdf");
        const notes = await notesIn(readFileSync(await download.path()));
        expect(notes.join("\n")).toContain("ada: confirmed, chips were priced as devices");
        expect(notes.join("\n")).toContain('corrected: "512 TPU v3 chips": chip -> core, by ada');
        await view.keyboard.press("Escape");
      });
      await expect.poll(() => view.locator(".gone").textContent(), { timeout: 20_000 }).toContain("The server does not answer");
      expect(await faultsOf(view)).toEqual([]);
      await atReview([path], decisions, async (server) => {
        await view.goto(server.url);
        await expect.poll(() => header.textContent()).toContain("1 of 2 decided");
        expect(await view.locator("#note").inputValue()).toBe("chips were priced as devices");
        await expect.poll(() => recomputed.textContent()).toBe("$30,720");
      });
      expect(readFileSync(path).equals(before)).toBe(true);
      expect(faults).toEqual([]);
    },
    { browser: { acceptDownloads: true } },
  );
});

/** Whether tabbing leads through all of a part of the page and out of it again, or in a sheet to its beginning: no field holds it. */
async function tabsThrough(view: Page, part: string): Promise<boolean> {
  const place = (): Promise<string> =>
    view.evaluate(`(() => {
      const all = [...document.querySelectorAll(${JSON.stringify(`${part} *`)})];
      return document.activeElement === document.body ? "out" : String(all.indexOf(document.activeElement));
    })()`);
  const seen = new Set<string>();
  for (let tabs = 0; tabs < 120; tabs += 1) {
    await view.keyboard.press("Tab");
    const now = await place();
    if (now === "out" || seen.has(now)) {
      await view.keyboard.press("Escape");
      // Focus goes back to where keys act.
      await view.evaluate("document.activeElement.blur(); document.querySelector('.finding').scrollTo(0, 0)");
      return seen.size > 5;
    }
    seen.add(now);
  }
  return false;
}

/** Whether all of an element can be seen in the document. */
function isInView(view: Page, selector: string): Promise<boolean> {
  return view.evaluate(`(() => {
    const [pane, box] = ["main", ${JSON.stringify(selector)}].map((name) => document.querySelector(name).getBoundingClientRect());
    return box.top >= pane.top && box.bottom <= pane.bottom && box.left >= pane.left && box.right <= pane.right;
  })()`);
}

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

test.runIf(hasBrowser)("what is fine needs a reason, which a digit gives", { timeout: 300_000 }, async () => {
  const path = join(folder, "two.md");
  writeFileSync(
    path,
    "We trained Ibis on 8 V100 GPUs for 2 days, which took 9,000 GPU-hours.\n\nWe trained Kite on 8 V100 GPUs for 3 days, which took 6,000 GPU-hours.\n",
  );
  await inReview([path], join(folder, "reasons.sqlite"), async (view, server) => {
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
  });
});

test.runIf(hasBrowser)("fifty claims are decided, and taken back, as fast as keys can be typed", { timeout: 300_000 }, async () => {
  const path = join(folder, "fifty.md");
  const claims = Array.from(
    { length: 50 },
    (_, index) => `We trained Heron-${index} on 8 V100 GPUs for 2 days, which took ${index === 49 ? 38_400 : 4013 + 37 * index} GPU-hours.`,
  );
  writeFileSync(path, claims.join("\n\n"));
  await inReview([path], join(folder, "fifty.sqlite"), async (view, server) => {
    await view.locator("mark.claim").waitFor();
    const header = view.locator("header");
    // The largest is first, and stays the first that is looked at.
    expect(await view.locator(".row[aria-selected=true]").textContent()).toContain("38400 GPU-hours");
    for (let claim = 0; claim < 50; claim += 1) {
      await view.keyboard.press(claim % 2 === 0 ? "c" : "m");
      // Whatever came in meanwhile, no claim is decided twice and none left out.
      if (claim === 24) await expect.poll(() => header.textContent()).toContain("25 of 50 decided");
    }
    await expect.poll(() => header.textContent(), { timeout: 30_000 }).toContain("50 of 50 decided");
    expect((await server.decisions.history()).map(({ decision }) => decision)).toEqual(
      Array.from({ length: 50 }, (_, claim) => (claim % 2 === 0 ? "confirmed" : "misread")),
    );
    for (let claim = 0; claim < 50; claim += 1) await view.keyboard.press("z");
    await expect.poll(() => header.textContent(), { timeout: 30_000 }).toContain("0 of 50 decided");
    await expect.poll(() => view.locator(".row[aria-selected=true]").textContent()).toContain("38400 GPU-hours");
    expect(await server.decisions.standing()).toEqual([]);
  });
});

test.runIf(hasBrowser)("files are dropped, and an excerpt is checked again by the paper it talks about", { timeout: 300_000 }, async () => {
  await inReview([], join(folder, "dropped.sqlite"), async (view) => {
    await expect.poll(() => view.locator("main").textContent()).toContain("Drop a PDF here");
    expect(await faultsOf(view)).toEqual([]);
    const recomputed = view.locator("#recomputed");
    const bytes = readFileSync(SAMPLE).toString("base64");
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
    await expect.poll(() => recomputed.textContent(), { timeout: 30_000 }).toBe("$61,440");
    await expect.poll(() => view.locator(".box.claim").count()).toBe(1);

    const text = "Training Wren-Large cost $245,000, the press says; nobody has trained a larger model of song.";
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
    await view.setInputFiles("#against", SAMPLE);
    await view.locator("#check").click();
    await expect.poll(() => status.textContent(), { timeout: 30_000 }).toContain("by two-columns.pdf");
    await expect.poll(() => recomputed.textContent(), { timeout: 30_000 }).toBe("$61,440");
    // The claim stands in the excerpt, what it rests on in the paper, on its page.
    expect(await view.locator("article").textContent()).toContain("the press says");
    expect(await view.locator("mark.claim").textContent()).toBe("$245,000");
    await view.keyboard.press("w");
    await expect.poll(() => view.locator(".box.target").getAttribute("aria-label")).toBe("a figure it rests on: 512 TPU v3 chips");
    await expect.poll(() => view.locator(".bar [aria-pressed=true]").textContent()).toBe("two-columns.pdf");
    await expect.poll(async () => Math.max(...(await inkGaps(view, ".box.target"))), { timeout: 30_000 }).toBeLessThan(2.5);
    expect(await faultsOf(view)).toEqual([]);
    await shoot(view, "against");
    // A number of the paper is put in: the excerpt alone is judged by it, and nothing else changes.
    const chips = view.locator('input[aria-label="number of 512 TPU v3 chips"]');
    await chips.fill("2048");
    await view.keyboard.press("Enter");
    await expect.poll(() => recomputed.textContent()).toBe("$245,760");
    expect(await view.locator(".corrections ul").last().locator("li").count()).toBe(1);
  });
});
