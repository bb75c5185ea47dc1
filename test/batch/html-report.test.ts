import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { htmlDocument, htmlReport } from "../../src/report/html.ts";
import { toWireDocument } from "../../src/report/wire-report.ts";
import { checkBytes, USUAL_LIMITS } from "../../src/store/checked-input.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";

/** Where Debian puts the browser. */
const BROWSER = "/usr/bin/chromium";
const hasBrowser = existsSync(BROWSER);
const folder = mkdtempSync(join(tmpdir(), "reckoner-html-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PAPERS: Readonly<Record<string, string>> = {
  "far.txt": "We trained Crane on 8 V100 GPUs for 2 days, which took 9,000 GPU-hours.",
  "near.txt": "We trained Stork on 8 V100 GPUs for 2 days, which took 768 GPU-hours.",
  "right.txt": "We trained <b>Ibis</b> on 8 V100 GPUs for 2 days, which took 384 GPU-hours.",
  "empty.txt": "",
};

async function page(): Promise<string> {
  const { catalog } = await openCatalog({ overlay: null });
  const documents = [];
  for (const [source, text] of Object.entries(PAPERS)) {
    const input = { source, bytes: new TextEncoder().encode(text), sha256: null };
    const report = await checkBytes(catalog, input, { priceDate: null, provider: null, assume: {} }, USUAL_LIMITS);
    documents.push(htmlDocument(toWireDocument(report)));
  }
  return htmlReport(documents, { name: "reckoner", version: "0.0.0", rules: "none" });
}

test("the page needs no network and shows text of papers as text", async () => {
  const html = await page();
  expect(html).not.toMatch(/<(?:link|img|iframe)\b|\bsrc=|url\(/);
  expect(html).toContain("&lt;b&gt;Ibis");
  expect(html).not.toContain("<b>Ibis");
  expect(html).toContain("empty-file: empty.txt");
});

test.runIf(hasBrowser)("in a browser, findings are filtered, put in order and opened", { timeout: 60_000 }, async () => {
  const path = join(folder, "index.html");
  writeFileSync(path, await page());
  const browser = await chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox"] });
  try {
    const view = await browser.newPage();
    const faults: string[] = [];
    view.on("pageerror", (error) => faults.push(error.message));
    await view.goto(pathToFileURL(path).href);
    const shown = view.locator("#findings tbody tr:visible");
    const first = shown.first().locator("td").nth(2);
    // Of the figures that add up, the time is worked out, too.
    expect(await shown.count()).toBe(4);
    expect(await first.textContent()).toBe("far.txt");
    await view.getByLabel("Verdict").selectOption("consistent");
    expect(await shown.count()).toBe(2);
    expect(await first.textContent()).toBe("right.txt");
    expect(await view.locator("#count").textContent()).toBe("2 of 4");
    await view.getByLabel("Verdict").selectOption("");
    await view.getByLabel("Search").fill("stork");
    expect(await shown.count()).toBe(1);
    expect(await first.textContent()).toBe("near.txt");
    await view.getByLabel("Search").fill("");
    await view.getByRole("button", { name: "ratio" }).click();
    expect(await first.textContent()).toBe("right.txt");
    await view.getByRole("button", { name: "ratio" }).click();
    expect(await first.textContent()).toBe("far.txt");
    const working = shown.first().locator("details");
    expect(await working.locator("blockquote").isVisible()).toBe(false);
    await working.locator("summary").click();
    expect(await working.locator("blockquote").textContent()).toBe(PAPERS["far.txt"]);
    expect(await working.locator("ol").textContent()).toContain("384");
    expect(faults).toEqual([]);
  } finally {
    await browser.close();
  }
});

test.runIf(!hasBrowser)(`without a browser at ${BROWSER}, the page is not tried in one`, () => {
  process.stderr.write(`no browser at ${BROWSER}: apt-get install chromium to test the report in one\n`);
  expect(hasBrowser).toBe(false);
});
