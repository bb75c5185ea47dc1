/** Times the review on a store of 10,000 findings, made by the batch, in a browser: `npm run bench:review`. */
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PDFDocument, StandardFonts } from "pdf-lib";
import { chromium, type Page } from "playwright-core";

const TOOL = resolve(import.meta.dirname, "../bin/reckoner.js");
const PAPERS = 500;
const CLAIMS = 20;
const STEPS = 30;
/** Every so many papers is a PDF, the first ones among them. */
const PDF_EVERY = 25;

const folder = mkdtempSync(join(tmpdir(), "reckoner-bench-"));
mkdirSync(join(folder, "papers"));

/** A claim that is off by a factor of its own, so that the queue has an order. */
function claimOf(paper: number, claim: number): string {
  const [devices, days] = [8 + claim, 2 + (paper % 9)];
  return `We trained Heron-${paper}-${claim} on ${devices} V100 GPUs for ${days} days, which took ${devices * days * 24 * (2 + ((paper * 7 + claim) % 40))} GPU-hours.`;
}

async function writePaper(paper: number): Promise<void> {
  const claims = Array.from({ length: CLAIMS }, (_, claim) => claimOf(paper, claim));
  const name = `paper-${String(paper).padStart(3, "0")}`;
  if (paper % PDF_EVERY !== 0) return writeFileSync(join(folder, "papers", `${name}.md`), `# Paper ${paper}\n\n${claims.join("\n\n")}\n`);
  const file = await PDFDocument.create();
  const font = await file.embedFont(StandardFonts.Helvetica);
  const page = file.addPage([612, 792]);
  claims.forEach((line, index) => {
    page.drawText(line, { x: 40, y: 740 - 34 * index, size: 9, font });
  });
  writeFileSync(join(folder, "papers", `${name}.pdf`), await file.save());
}

/** Milliseconds until a condition on the page holds, looked at with each picture that it draws. */
async function until(page: Page, what: string, condition: string): Promise<void> {
  await page.waitForFunction(condition, undefined, { polling: "raf", timeout: 60_000 }).catch((error: unknown) => {
    throw new Error(`${what} did not come`, { cause: error });
  });
}

function tell(what: string, times: readonly number[]): void {
  const sorted = [...times].sort((left, right) => left - right);
  const [median, most] = [sorted[Math.floor(sorted.length / 2)] ?? 0, sorted.at(-1) ?? 0];
  console.log(`${what}: ${median.toFixed(1)} ms median, ${most.toFixed(1)} ms at most`);
}

for (let paper = 0; paper < PAPERS; paper += 1) await writePaper(paper);
execFileSync(process.execPath, [TOOL, "batch", "papers", "--out", "out", "--store", "store.sqlite", "--fail-level", "never"], {
  cwd: folder,
});
const begun = performance.now();
const server = spawn(process.execPath, [TOOL, "review", "store.sqlite"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  let out = "";
  let isServing = false;
  await new Promise<void>((done) => {
    server.stdout.on("data", (chunk) => {
      out += chunk;
      if (!isServing && out.includes("open http")) {
        isServing = true;
        console.log(`command to address: ${Math.round(performance.now() - begun)} ms`);
      }
      if (out.includes("claims to look at")) done();
    });
  });
  console.log(`command to whole store: ${Math.round(performance.now() - begun)} ms`);
  const address = /open (\S+)/.exec(out)?.[1] ?? "";
  // The page lets no string be run as code, and the conditions below are strings.
  const page = await (await browser.newContext({ viewport: { width: 1366, height: 768 }, bypassCSP: true })).newPage();
  const opened = performance.now();
  await page.goto(address);
  await until(page, "the first claim", `document.querySelector("#recomputed")?.textContent !== undefined`);
  console.log(`first claim of ${/(\d+) claims/.exec(out)?.[1]}: ${Math.round(performance.now() - opened)} ms`);
  await until(page, "the first mark", `document.querySelector("mark.claim, .box.claim") !== null`);
  console.log(`... with its figures marked: ${Math.round(performance.now() - opened)} ms`);

  const [claims, marks]: [number[], number[]] = [[], []];
  for (let step = 0; step < STEPS; step += 1) {
    const place = await page.locator(".finding").getAttribute("data-place");
    const from = performance.now();
    await page.keyboard.press("j");
    await until(
      page,
      "the next claim",
      `document.querySelector(".finding[data-place]")?.dataset.place !== ${JSON.stringify(place)} && document.querySelector("#recomputed") !== null`,
    );
    claims.push(performance.now() - from);
    await until(page, "its mark", `document.querySelector("mark.claim, .box.claim") !== null`);
    marks.push(performance.now() - from);
    // A reviewer who reads a claim gives the next one a moment to be made ready.
    await page.waitForTimeout(150);
  }
  tell("next claim", claims);
  tell("... with its figures marked", marks);

  const token = new URL(address).searchParams.get("token") ?? "";
  const calls: number[] = [];
  const checks: number[] = [];
  for (let step = 0; step < STEPS; step += 1) {
    const corrections = [{ kind: "value", mention: "m1", value: 9 + step }];
    const from = performance.now();
    const answer = await fetch(new URL("/api/what-if", address), {
      method: "POST",
      headers: { "x-reckoner-token": token },
      body: JSON.stringify({ document: 0, corrections }),
    });
    const { milliseconds } = JSON.parse(await answer.text());
    // The first call reads the document.
    if (step > 0) calls.push(performance.now() - from);
    if (step > 0) checks.push(milliseconds);
  }
  tell("what-if, the check alone", checks);
  tell("what-if, the whole call", calls);
} finally {
  await browser.close();
  server.kill("SIGINT");
  await new Promise((done) => server.once("close", done));
  rmSync(folder, { recursive: true, force: true });
}
