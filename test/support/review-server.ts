import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PDFDocument, StandardFonts } from "pdf-lib";
import { type Browser, chromium } from "playwright-core";
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

export const hasBrowser = existsSync(BROWSER);

/** A screen as laptops have it. */
export const LAPTOP = { width: 1366, height: 768 };

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox"] });
}

/** The founding case as a PDF in a folder. */
export async function xlnetPaper(folder: string): Promise<string> {
  return putPdf(join(folder, "xlnet.pdf"), "The Bill of XLNet", [
    "XLNet-Large was trained on 512 TPU v3 chips for 2.5 days.",
    "At $8 per TPU v3 device-hour, training XLNet-Large cost $245,000.",
  ]);
}

/** A PDF of one page: a title and lines. */
export async function putPdf(path: string, title: string, lines: readonly string[]): Promise<string> {
  const file = await PDFDocument.create();
  const page = file.addPage([612, 792]);
  const font = await file.embedFont(StandardFonts.Helvetica);
  page.drawText(title, { x: 72, y: 710, size: 18, font });
  lines.forEach((line, index) => {
    page.drawText(line, { x: 72, y: 670 - 15 * index, size: 11, font });
  });
  writeFileSync(path, await file.save());
  return path;
}

/** A server of reviews with some files checked. */
export async function startReview(inputs: readonly string[], decisionsPlace: string, reviewer = "ada") {
  const { catalog } = await openCatalog({ overlay: null });
  const library = new ReviewLibrary(catalog, OPTIONS, USUAL_LIMITS);
  for (const input of inputs) await library.addFile(input);
  const decisions = await DecisionStore.open(storePlace(decisionsPlace));
  const parts = { catalog, options: OPTIONS, limits: USUAL_LIMITS, library, decisions, reviewer, front: await loadFrontEnd() };
  const server = await serveReview(parts, { host: "127.0.0.1", port: 0 });
  const stop = async (): Promise<void> => {
    await server.close();
    await decisions.close();
  };
  const api = (path: string, init: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${server.port}${path}`, { ...init, headers: { "x-reckoner-token": server.token, ...init.headers } });
  return { ...server, library, decisions, stop, api };
}
