import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { PDFDocument, StandardFonts } from "pdf-lib";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { toWireDocument } from "../../src/report/wire-report.ts";
import { DecisionStore } from "../../src/review/decision-store.ts";
import { loadFrontEnd } from "../../src/review/front-end.ts";
import { ReviewLibrary } from "../../src/review/review-library.ts";
import { type ServerPlace, serveReview } from "../../src/review/serve-review.ts";
import { unitChoices } from "../../src/review/unit-choices.ts";
import { checkFile } from "../../src/store/checked-input.ts";
import { type ReadLimits, USUAL_LIMITS } from "../../src/store/read-limits.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";
import { storePlace } from "../../src/store/store-place.ts";
import { brokenRules } from "./accessibility.ts";

/** Where Debian puts the browser. */
const BROWSER = "/usr/bin/chromium";
const OPTIONS = { priceDate: null, provider: null, assume: {} };

/** Nothing but the page: no network of its own, no drawing by a graphics card that is not there. */
const FLAGS =
  "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split(
    " ",
  );

export const hasBrowser = existsSync(BROWSER);

/** A screen as laptops have it. */
export const LAPTOP = { width: 1366, height: 768 };

function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: BROWSER, args: FLAGS });
}

/** A paper in two columns, as a browser printed it; its first claim is the founding case with other names. */
export const SAMPLE = resolve(import.meta.dirname, "../../fixtures/sample/two-columns.pdf");

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

/** What tests of safety set otherwise. */
interface Settings {
  readonly limits?: ReadLimits;
  readonly dropLimits?: ReadLimits;
  /** Folders of the files; usual: the files alone. */
  readonly inputs?: readonly string[];
  readonly at?: Partial<ServerPlace>;
}

/** A server of reviews with some files checked. */
export async function startReview(inputs: readonly string[], decisionsPlace: string, reviewer = "ada", settings: Settings = {}) {
  const { catalog } = await openCatalog({ overlay: null });
  const limits = { limits: settings.limits ?? USUAL_LIMITS, dropLimits: settings.dropLimits ?? USUAL_LIMITS };
  const library = new ReviewLibrary({
    rules: null,
    options: OPTIONS,
    ...limits,
    inputs: settings.inputs ?? inputs,
    units: unitChoices(catalog),
  });
  for (const input of inputs) library.addKnown(input, toWireDocument(await checkFile(catalog, input, OPTIONS)));
  const decisions = await DecisionStore.open(storePlace(decisionsPlace));
  const parts = { catalog, library, decisions, reviewer, front: await loadFrontEnd() };
  const server = await serveReview(parts, { host: "127.0.0.1", port: 0, ...settings.at });
  const stop = async (): Promise<void> => {
    await server.close();
    library.close();
    await decisions.close();
  };
  const api = (path: string, init: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${server.port}${path}`, { ...init, headers: { "x-reckoner-token": server.token, ...init.headers } });
  return { ...server, library, decisions, stop, api };
}

/** What a test in a browser sets otherwise. */
interface BrowserSettings {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly browser?: Omit<BrowserContextOptions, "viewport">;
}

/** Opens an empty page in a browser of its own, which is closed whatever comes; others that it opens share nothing with it. */
export async function inBrowser(
  use: (view: Page, newView: () => Promise<Page>) => Promise<void>,
  { viewport = LAPTOP, browser = {} }: BrowserSettings = {},
): Promise<void> {
  const own = await launchBrowser();
  const newView = async (): Promise<Page> => (await own.newContext({ ...browser, viewport })).newPage();
  try {
    await use(await newView(), newView);
  } finally {
    await own.close();
  }
}

/** A server of reviews with some files checked, which is closed whatever comes. */
export async function atReview(
  inputs: readonly string[],
  decisionsPlace: string,
  use: (server: ReviewServer) => Promise<void>,
  { reviewer = "ada", ...settings }: Settings & { readonly reviewer?: string } = {},
): Promise<void> {
  const server = await startReview(inputs, decisionsPlace, reviewer, settings);
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}

export type ReviewServer = Awaited<ReturnType<typeof startReview>>;

/** The same on its page in a browser. */
export function inReview(
  inputs: readonly string[],
  decisionsPlace: string,
  use: (view: Page, server: ReviewServer) => Promise<void>,
  settings: BrowserSettings & Settings & { readonly reviewer?: string } = {},
): Promise<void> {
  const show = (server: ReviewServer): Promise<void> =>
    inBrowser(async (view) => {
      await view.goto(server.url);
      await use(view, server);
    }, settings);
  return atReview(inputs, decisionsPlace, show, settings);
}

/** Rules of accessibility that the page as it is breaks, in light and in dark. */
export async function faultsOf(view: Page): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const colorScheme of ["dark", "light"] as const) {
    await view.emulateMedia({ colorScheme });
    faults.push(...(await brokenRules(view)).map((broken) => `${colorScheme} ${broken}`));
  }
  return faults;
}
