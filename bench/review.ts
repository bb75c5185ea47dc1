/** Times the review on a store of 10,000 findings in a browser: `npm run bench:review`. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { toWireDocument } from "../src/report/wire-report.ts";
import { DecisionStore } from "../src/review/decision-store.ts";
import { loadFrontEnd } from "../src/review/front-end.ts";
import { ReviewLibrary } from "../src/review/review-library.ts";
import { serveReview } from "../src/review/serve-review.ts";
import { checkFile, USUAL_LIMITS } from "../src/store/checked-input.ts";
import { openCatalog } from "../src/store/rules-folder.ts";
import { storePlace } from "../src/store/store-place.ts";

const FINDINGS = 10_000;
const STEPS = 30;
const options = { priceDate: null, provider: null, assume: {} };
const folder = mkdtempSync(join(tmpdir(), "reckoner-bench-"));
const path = join(folder, "paper.txt");
writeFileSync(
  path,
  "XLNet-Large was trained on 512 TPU v3 chips for 2.5 days. At $8 per TPU v3 device-hour, training XLNet-Large cost $245,000.",
);
const { catalog } = await openCatalog({ overlay: null });
const wire = toWireDocument(await checkFile(catalog, path, options, USUAL_LIMITS));
const library = new ReviewLibrary(catalog, options, USUAL_LIMITS);
for (let count = 0; count < FINDINGS; count += 1) library.addKnown(path, wire);
const decisions = await DecisionStore.open(storePlace(join(folder, "decisions.sqlite")));
const parts = { catalog, options, limits: USUAL_LIMITS, library, decisions, reviewer: "bench", front: await loadFrontEnd() };
const server = await serveReview(parts, { host: "127.0.0.1", port: 0 });
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  const page = await browser.newPage();
  const begun = performance.now();
  await page.goto(server.url);
  await page.locator("#recomputed").waitFor();
  console.log(`first claim of ${library.queue.length}: ${Math.round(performance.now() - begun)} ms`);
  const times: number[] = [];
  for (let step = 1; step <= STEPS; step += 1) {
    const from = performance.now();
    await page.keyboard.press("j");
    await page.locator(`.finding[data-place="${step} f1"]`).waitFor();
    await page.locator("mark.claim").waitFor();
    times.push(performance.now() - from);
  }
  console.log(`next claim: ${Math.round(median(times))} ms median, ${Math.round(Math.max(...times))} ms at most`);
  const checks: number[] = [];
  for (let step = 0; step < STEPS; step += 1)
    checks.push((await library.whatIf(0, [{ kind: "reading", mention: "m1", unit: "core" }])).milliseconds);
  console.log(`what-if: ${median(checks).toFixed(2)} ms median, ${Math.max(...checks).toFixed(2)} ms at most`);
} finally {
  await browser.close();
  await server.close();
  await decisions.close();
  rmSync(folder, { recursive: true, force: true });
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}
