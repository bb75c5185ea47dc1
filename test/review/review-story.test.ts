import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { PDFDocument, StandardFonts } from "pdf-lib";
import { chromium } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { DecisionStore } from "../../src/review/decision-store.ts";
import { loadFrontEnd } from "../../src/review/front-end.ts";
import { ReviewLibrary } from "../../src/review/review-library.ts";
import { serveReview } from "../../src/review/serve-review.ts";
import { USUAL_LIMITS } from "../../src/store/checked-input.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";
import { storePlace } from "../../src/store/store-place.ts";

/** Where Debian puts the browser. */
const BROWSER = "/usr/bin/chromium";
const OPTIONS = { priceDate: null, provider: null, assume: {} };
const folder = mkdtempSync(join(tmpdir(), "reckoner-review-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function paper(): Promise<string> {
  const file = await PDFDocument.create();
  const page = file.addPage([612, 792]);
  const font = await file.embedFont(StandardFonts.Helvetica);
  page.drawText("The Bill of XLNet", { x: 72, y: 710, size: 18, font });
  page.drawText("XLNet-Large was trained on 512 TPU v3 chips for 2.5 days.", { x: 72, y: 670, size: 11, font });
  page.drawText("At $8 per TPU v3 device-hour, training XLNet-Large cost $245,000.", { x: 72, y: 655, size: 11, font });
  const path = join(folder, "xlnet.pdf");
  writeFileSync(path, await file.save());
  return path;
}

async function start(inputs: readonly string[]) {
  const { catalog } = await openCatalog({ overlay: null });
  const library = new ReviewLibrary(catalog, OPTIONS, USUAL_LIMITS);
  for (const input of inputs) await library.addFile(input);
  const decisions = await DecisionStore.open(storePlace(join(folder, "decisions.sqlite")));
  const parts = { catalog, options: OPTIONS, limits: USUAL_LIMITS, library, decisions, reviewer: "ada", front: await loadFrontEnd() };
  const server = await serveReview(parts, { host: "127.0.0.1", port: 0 });
  const stop = async (): Promise<void> => {
    await server.close();
    await decisions.close();
  };
  const api = (path: string, init: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${server.port}${path}`, { ...init, headers: { "x-reckoner-token": server.token, ...init.headers } });
  return { ...server, stop, api };
}

/** The status of a call with headers that fetch does not let through. */
function statusWith(port: number, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ port, host: "127.0.0.1", path: "/api/queue", headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });
}

test.runIf(existsSync(BROWSER))(
  "a claim is judged in the browser, and the judgement outlives the server",
  { timeout: 120_000 },
  async () => {
    const path = await paper();
    let server = await start([path]);
    const browser = await chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox"] });
    try {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const view = await context.newPage();
      const faults: string[] = [];
      view.on("pageerror", (error) => faults.push(error.message));
      await view.goto(server.url);
      const recomputed = view.locator("#recomputed");
      await expect.poll(() => recomputed.textContent(), { timeout: 30_000 }).toBe("$61,440");
      await expect.poll(() => view.locator(".box.claim").count()).toBeGreaterThan(0);
      await expect
        .poll(() => view.locator("canvas").evaluate((node: { readonly width: number }) => node.width), { timeout: 30_000 })
        .toBe(1224);
      const axe = await new AxeBuilder({ page: view }).analyze();
      expect(axe.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
      await view.waitForTimeout(500);
      const shots = process.env["RECKONER_SCREENSHOTS"];
      if (shots !== undefined) await view.screenshot({ path: join(shots, "review-light.png") });
      await view.keyboard.press("2");
      await expect.poll(() => recomputed.textContent()).toBe("$30,720");
      await view.emulateMedia({ colorScheme: "dark" });
      if (shots !== undefined) await view.screenshot({ path: join(shots, "review-dark.png") });
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
      await view.keyboard.press("?");
      await view.locator("input[data-action=unsure]").fill("w");
      await view.locator("dialog button").click();
      await view.keyboard.press("w");
      await expect.poll(async () => (await server.api("/api/export/json")).text()).toContain('"unsure"');
      await view.keyboard.press("c");
      await expect.poll(async () => (await server.api("/api/export/json")).text()).toContain('"confirmed"');
      await server.stop();
      server = await start([path]);
      await view.goto(server.url);
      await expect.poll(() => header.textContent()).toContain("1 of 1 decided");
      expect(await view.locator("#note").inputValue()).toBe("chips were priced as devices");
      expect(faults).toEqual([]);
    } finally {
      await browser.close();
      await server.stop();
    }
  },
);

test.runIf(existsSync(BROWSER))("an excerpt is pasted, and checked again by the paper it talks about", { timeout: 120_000 }, async () => {
  const server = await start([]);
  const browser = await chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox"] });
  try {
    const view = await browser.newPage();
    await view.goto(server.url);
    await view.waitForSelector("main");
    const text = "Training Heron-90B takes 1.64 million TPU v4 chip-hours, the press says.";
    // The page's own objects, which this side has no types for.
    await view.evaluate(`
      const data = new DataTransfer();
      data.setData("text/plain", ${JSON.stringify(text)});
      dispatchEvent(new ClipboardEvent("paste", { clipboardData: data }));
    `);
    const status = view.locator("header [role=status]");
    await expect.poll(() => status.textContent(), { timeout: 30_000 }).toContain("checked: ");
    await view.setInputFiles("#against", {
      name: "heron.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("Heron\n\nHeron-90B was trained on 2048 TPU v4 chips for 500 hours and 1024 TPU v4 chips for 300 hours."),
    });
    await expect.poll(() => status.textContent(), { timeout: 30_000 }).toContain("by heron.txt");
    await expect.poll(() => view.locator("#recomputed").textContent(), { timeout: 30_000 }).toContain("1,331,200");
  } finally {
    await browser.close();
    await server.stop();
  }
});

test("calls from elsewhere, and uploads that are too large or hostile, are refused and the server goes on", {
  timeout: 120_000,
}, async () => {
  const server = await start([]);
  try {
    const { port, token } = server;
    expect((await fetch(`http://127.0.0.1:${port}/api/queue`)).status).toBe(401);
    expect((await server.api("/api/queue", { headers: { origin: "http://evil.example" } })).status).toBe(403);
    expect(await statusWith(port, { host: "evil.example", "x-reckoner-token": token })).toBe(403);
    for (const path of ["/..%2f..%2fpackage.json", "/api/documents/..%2f..%2fetc%2fpasswd/file", "/api/documents/7/file"])
      expect((await server.api(path)).status, path).toBe(404);
    const form = new FormData();
    form.set("file", new Blob([new Uint8Array(100_000_000)]), "big.pdf");
    const refused = await server.api("/api/check", { method: "POST", body: form }).then(
      ({ status }) => status,
      () => 413,
    );
    expect(refused).toBe(413);
    const hostile = new FormData();
    hostile.set("file", new Blob(["%PDF-1.7\n1 0 obj << /Length 99999999999 >> stream"]), "<script>alert(1)</script>.pdf");
    const checked = await (await server.api("/api/check", { method: "POST", body: hostile })).json();
    expect(checked).toMatchObject({ wire: { status: "failed" } });
    const dropped = new FormData();
    dropped.set("file", new Blob([readFileSync(await paper())]), "dropped.pdf");
    const found: { readonly document?: number } = JSON.parse(
      await (await server.api("/api/check", { method: "POST", body: dropped })).text(),
    );
    expect(found).toMatchObject({ wire: { findings: [{ recomputed: { value: 61_440 } }] } });
    expect((await (await server.api(`/api/documents/${found.document}/file`)).text()).slice(0, 5)).toBe("%PDF-");
    expect((await server.api("/api/check", { method: "POST", body: "{" })).status).toBe(400);
    expect((await server.api("/api/queue")).status).toBe(200);
    expect((await server.api("/api/openapi.json")).status).toBe(200);
  } finally {
    await server.stop();
  }
});

test.runIf(existsSync(BROWSER))("markup in a text and in its name is shown as text", { timeout: 120_000 }, async () => {
  const path = join(folder, "<img src=x onerror=alert(1)>.txt");
  writeFileSync(path, "We trained Ibis<script>alert(2)</script> on 8 V100 GPUs for 2 days, which took 9,000 GPU-hours.");
  const server = await start([path]);
  const browser = await chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox"] });
  try {
    const view = await browser.newPage();
    const dialogs: string[] = [];
    view.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await view.goto(server.url);
    await expect.poll(() => view.locator("article").textContent(), { timeout: 30_000 }).toContain("<script>alert(2)</script>");
    expect(await view.locator(".row").textContent()).toContain("<img src=x onerror=alert(1)>");
    expect(await view.locator("article script, .row img").count()).toBe(0);
    expect(dialogs).toEqual([]);
  } finally {
    await browser.close();
    await server.stop();
  }
});
