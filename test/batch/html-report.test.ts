import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { htmlReport } from "../../src/report/html.ts";
import { ROWS_ON_PAGE } from "../../src/report/html-findings.ts";
import { renderReport } from "../../src/report/render.ts";
import type { WireDocument } from "../../src/report/wire.ts";
import { toWireDocument } from "../../src/report/wire-report.ts";
import { checkBytes } from "../../src/store/checked-input.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";
import { brokenRules } from "../support/accessibility.ts";

/** Where Debian puts the browser. */
const BROWSER = "/usr/bin/chromium";
const hasBrowser = existsSync(BROWSER);
const folder = mkdtempSync(join(tmpdir(), "reckoner-html-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PAPERS: Readonly<Record<string, string>> = {
  "far.txt": "We trained Crane on 8 V100 GPUs for 2 days, which took 3,840 GPU-hours.",
  "near.txt": "We trained Stork on 8 V100 GPUs for 2 days, which took 768 GPU-hours.",
  "utilized.txt":
    "---\ndate: 2022-05-01\n---\nWe trained Egret on 512 A100 GPUs at $2 per GPU-hour, with a model FLOPs utilization of 41%.",
  "right.txt": "We trained <b>Ibis</b> on 8 V100 GPUs for 2 days, which took 384 GPU-hours.",
  "empty.txt": "",
};

async function page(): Promise<string> {
  return reportOf(await documentsOf(PAPERS));
}

async function documentsOf(papers: Readonly<Record<string, string>>): Promise<readonly WireDocument[]> {
  const { catalog } = await openCatalog({ overlay: null });
  const documents = [];
  for (const [source, text] of Object.entries(papers)) {
    const input = { source, bytes: new TextEncoder().encode(text), sha256: null };
    const report = await checkBytes(catalog, input, { priceDate: null, provider: null, assume: {} });
    documents.push(toWireDocument(report));
  }
  return documents;
}

const reportOf = (documents: readonly WireDocument[]): Promise<string> =>
  htmlReport({ tool: { name: "reckoner", version: "0.0.0", rules: "none" }, documents: [...documents] });

/** The same document about another model. */
function renamed(document: WireDocument | undefined, name: string): WireDocument {
  return JSON.parse(JSON.stringify(document).replaceAll("Crane", name));
}

test("the page needs no network and shows text of papers as text", async () => {
  const html = await page();
  expect(html).not.toMatch(/<(?:link|img|iframe)\b|\bsrc=|url\(/);
  expect(html).toContain("&lt;b&gt;Ibis");
  expect(html).not.toContain("<b>Ibis");
  expect(html).toContain('<h3>empty-file <small>1</small></h3>\n<ul>\n<li class="failed">empty.txt: ');
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
    await view.getByRole("combobox", { name: "Verdict" }).selectOption("consistent");
    expect(await shown.count()).toBe(2);
    expect(await first.textContent()).toBe("right.txt");
    expect(await view.locator("#count").textContent()).toBe("2 of 4");
    await view.getByRole("combobox", { name: "Verdict" }).selectOption("");
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

test.runIf(hasBrowser)("thousands of findings are there, a part of them at a time", { timeout: 60_000 }, async () => {
  const path = join(folder, "many.html");
  const [first] = await documentsOf({ "far.txt": PAPERS["far.txt"] ?? "" });
  const many = Array.from({ length: 2500 }, (_, index) => renamed(first, `Finch-${index} `));
  writeFileSync(path, await reportOf(many));
  const browser = await chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox"] });
  try {
    const view = await browser.newPage();
    await view.goto(pathToFileURL(path).href);
    const rows = view.locator("#findings tbody tr");
    await expect.poll(() => rows.count(), { timeout: 30_000 }).toBe(2500);
    expect(await view.locator("#findings tbody tr:visible").count()).toBe(200);
    await view.getByRole("button", { name: "Show more" }).click();
    expect(await view.locator("#findings tbody tr:visible").count()).toBe(400);
    await view.getByLabel("Search").fill("finch-2499 gpu-hours");
    expect(await view.locator("#findings tbody tr:visible").count()).toBe(1);
    expect(await view.locator("#count").textContent()).toBe("1 of 2,500");
    expect(await view.getByRole("button", { name: "Show more" }).isVisible()).toBe(false);
  } finally {
    await browser.close();
  }
});

test("the charts name what is flagged, and are the same each time", async () => {
  const html = await page();
  const chart = (id: string): string => new RegExp(`<figure id="chart-${id}">(.*?)</figure>`, "s").exec(html)?.[1] ?? "";
  expect(chart("compared")).toContain("4 claims that could be worked out again, each in its own unit.");
  expect(chart("compared")).toContain("2 flagged; the furthest off are named.");
  expect(chart("compared")).toContain("<title>Crane: inconsistent, stated 3,840, works out to 384</title>");
  expect(chart("compared")).toMatch(/<text[^>]*>Stork<\/text>/);
  expect(chart("compared")).not.toMatch(/<text[^>]*>[^<]*Ibis/);
  expect(chart("verdicts")).toContain("4 claims by kind, 2 of them flagged");
  expect(chart("utilization")).toContain("1 utilization of 1 document, by the date of the document.");
  expect(chart("prices")).toMatch(/<text[^>]*>Egret<\/text>/);
  expect(await page()).toBe(html);
});

test("of more findings than a page can hold, it has the gravest, and counts all of them", { timeout: 60_000 }, async () => {
  const [grave, consistent, unread] = await documentsOf({
    "far.txt": PAPERS["far.txt"] ?? "",
    "right.txt": PAPERS["right.txt"] ?? "",
    "empty.txt": "",
  });
  const findings = consistent?.findings ?? [];
  const copies = Array.from({ length: 3 * ROWS_ON_PAGE }, (_, index) =>
    findings.map((finding) => ({ ...finding, claim: `${finding.claim}-${index}` })),
  );
  const mentions = copies.flatMap((same) =>
    same.map(({ claim }) => ({ ...consistent?.mentions.find(({ id }) => id === claim.split("-")[0]), id: claim })),
  );
  const crowd = { ...consistent, mentions, findings: copies.flat() } as WireDocument;
  const html = await reportOf([crowd, renamed(grave, "Finch "), ...Array.from({ length: 1200 }, () => unread as WireDocument)]);
  expect(html.match(/<tr class="/g)).toHaveLength(ROWS_ON_PAGE);
  expect(html.indexOf('<tr class="error"')).toBe(html.indexOf("<tr class="));
  const total = (crowd.findings.length + (grave?.findings.length ?? 0)).toLocaleString("en-US");
  expect(html).toContain(`<p>The 5,000 gravest of ${total} findings are shown; findings.csv has all of them.</p>`);
  expect(html).toContain(`<b>${crowd.findings.length.toLocaleString("en-US")}</b> claims consistent`);
  expect(html).toContain(`${total} claims by kind, 1 of them flagged`);
  expect(html).toContain("<h3>empty-file <small>1,200</small></h3>");
  expect(html).toContain("<p>And 200 more, in documents.jsonl.</p>");
});

test("without figures, the charts say so in words", async () => {
  const html = await reportOf([]);
  for (const words of [
    "No claim could be worked out again.",
    "No claim was judged.",
    "No utilization is stated in a document with a date.",
    "No price is stated in a document with a date.",
  ])
    expect(html).toContain(words);
  expect(html).not.toContain("<svg");
});

test("documents have a row each, and a link to the page of a finding; claims are counted one way", async () => {
  const documents = (await documentsOf(PAPERS)).map((document) => ({
    ...document,
    source: `papers/${document.source}`,
    findings: document.findings.map((finding) => ({ ...finding, page: 12 })),
  }));
  const html = await reportOf(documents);
  expect(
    html
      .match(/<table id="documents".*?<\/table>/s)?.[0]
      .split("<tbody>")[1]
      ?.match(/<tr/g),
  ).toHaveLength(5);
  expect(html).toContain('<a href="papers/far.txt#page=12">page 12</a>');
  expect(html).toContain('<td data-label="document"><a href="papers/empty.txt">papers/<wbr>empty.<wbr>txt</a></td>');
  const claims = Number(/of (\d+) claims could be checked/.exec(html)?.[1]);
  expect(html).toContain(`${claims} claims by kind`);
  const byVerdict = [...html.matchAll(/<b>(\d+)<\/b> claims? /g)].map((match) => Number(match[1]));
  expect(byVerdict.reduce((sum, count) => sum + count, 0)).toBe(claims);
  expect(html).not.toMatch(/>1e[56]</);
});

test.runIf(hasBrowser)(
  "a narrow window shows findings and documents as cards, and one text as a page of its own",
  { timeout: 60_000 },
  async () => {
    const paths = [join(folder, "narrow.html"), join(folder, "one.html")] as const;
    writeFileSync(paths[0], await page());
    const { catalog } = await openCatalog({ overlay: null });
    const bytes = new TextEncoder().encode(
      `# Crane\n\n${PAPERS["far.txt"]}\n\n| Model | GPUs | Days |\n| --- | --- | --- |\n| Finch | 8 | 4 |`,
    );
    const checked = await checkBytes(catalog, { source: "one.md", bytes, sha256: null }, { priceDate: null, provider: null, assume: {} });
    const tool = { name: "reckoner", version: "0.0.0", rules: "none" } as const;
    writeFileSync(paths[1], await renderReport("html", { tool, documents: [checked] }, { color: false, width: 100, verbose: false }));
    const browser = await chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox"] });
    try {
      for (const path of paths)
        for (const [width, colorScheme] of [
          [1366, "light"],
          [600, "light"],
          [390, "dark"],
        ] as const) {
          const view = await (await browser.newContext({ colorScheme, viewport: { width, height: 800 } })).newPage();
          await view.goto(pathToFileURL(path).href);
          expect(await view.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
          expect(await brokenRules(view)).toEqual([]);
        }
      const view = await browser.newPage();
      await view.goto(pathToFileURL(paths[1]).href);
      expect(await view.locator("h1").textContent()).toMatch(/^One of \w+ claims does not add up|^The one claim found does not add up/);
      expect(await view.locator("article mark.wrong").textContent()).toBe("3,840 GPU-hours✗");
      expect(await view.locator("article td").first().textContent()).toBe("Finch");
      await view.locator("article mark.wrong a").click();
      expect(new URL(view.url()).hash).toMatch(/^#answer-m/);
      expect(await view.locator("li:target").textContent()).toContain(
        "8 V100 GPUs × 2 days is 384 GPU hours; the page says 3,840 GPU-hours",
      );
      expect(await view.locator("svg").count()).toBe(0);
    } finally {
      await browser.close();
    }
  },
);

test.runIf(hasBrowser)("charts have names and words for those who do not see them, in light and dark", { timeout: 60_000 }, async () => {
  const path = join(folder, "charts.html");
  writeFileSync(path, await page());
  const browser = await chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox"] });
  try {
    for (const colorScheme of ["light", "dark"] as const) {
      const view = await (await browser.newContext({ colorScheme })).newPage();
      await view.goto(pathToFileURL(path).href);
      const chart = view.getByRole("img", { name: "Stated against recomputed" });
      expect(await chart.isVisible()).toBe(true);
      expect(await chart.ariaSnapshot()).toContain("Stated against recomputed");
      expect(await brokenRules(view)).toEqual([]);
    }
  } finally {
    await browser.close();
  }
});

test.runIf(!hasBrowser)(`without a browser at ${BROWSER}, the page is not tried in one`, () => {
  process.stderr.write(`no browser at ${BROWSER}: apt-get install chromium to test the report in one\n`);
  expect(hasBrowser).toBe(false);
});
