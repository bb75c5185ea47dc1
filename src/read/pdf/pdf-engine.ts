// The second half of the engine registers itself; the order of the two does not matter.
import "pdfjs-dist/legacy/build/pdf.worker.mjs";
import { PDFParse } from "pdf-parse";
import { AnnotationMode, type PDFDocumentProxy, type PDFPageProxy, PDFWorker, VerbosityLevel } from "pdfjs-dist/legacy/build/pdf.mjs";
import { type EnginePort, portPair } from "./engine-port.ts";
import type { EngineFont } from "./font-look.ts";
import type { Matrix } from "./graphics-state.ts";
import type { PageContent } from "./page-content.ts";
import { interpretPage } from "./page-interpreter.ts";

/** A PDF that could be opened. `close` frees what the engine holds. */
export interface OpenPdf {
  readonly pageCount: number;
  /** Errors: rejects if the page is damaged. */
  page(number: number): Promise<PageContent>;
  particulars(): Promise<Particulars>;
  close(): Promise<void>;
}

/** What the file says about itself; often wrong. */
export interface Particulars {
  readonly title: string | null;
  /** "D:20190619..." as written in the file. */
  readonly created: string | null;
}

/**
 * Opens a PDF with pdf-parse, in this thread.
 *
 * Errors: rejects with the typed exceptions of pdf-parse; `read-pdf.ts` tells them apart.
 */
export async function openPdf(bytes: Uint8Array): Promise<OpenPdf> {
  const [near, far] = portPair();
  engineHalf().initializeFromPort(far);
  const worker = new PDFWorker({ port: near as unknown as WorkerPort, verbosity: VerbosityLevel.ERRORS });
  const parser = new PDFParse({ ...ENGINE_OPTIONS, ...packagedData(), ownerDocument: fontSink(), data: bytes, worker });
  // The positions of glyphs are below what pdf-parse offers, so the document behind it is used; its type is private there.
  const document = await (parser as unknown as { load(): Promise<PDFDocumentProxy> }).load().catch(async (error: unknown) => {
    worker.destroy();
    throw error;
  });
  return {
    pageCount: document.numPages,
    page: async (number) => pageContent(await document.getPage(number), number),
    particulars: async () => particularsOf(await document.getMetadata()),
    close: async () => {
      await parser.destroy();
      worker.destroy();
    },
  };
}

const ENGINE_OPTIONS = {
  verbosity: VerbosityLevel.ERRORS,
  // Images are never looked at; one pixel is the largest that is decoded.
  maxImageSize: 1,
  isEvalSupported: false,
  useSystemFonts: false,
  isOffscreenCanvasSupported: false,
  isImageDecoderSupported: false,
  useWasm: false,
  stopAtErrors: false,
  // With font faces "in use" the engine spares itself the outlines of all glyphs; `fontSink` swallows the faces.
  disableFontFace: false,
  cMapPacked: true,
};

/** Tables of characters and metrics of standard fonts, which come with the engine's package. */
function packagedData(): { readonly cMapUrl: string; readonly standardFontDataUrl: string } {
  const module = import.meta.resolve("pdfjs-dist/legacy/build/pdf.mjs");
  return { cMapUrl: packagePath(module, "cmaps/"), standardFontDataUrl: packagePath(module, "standard_fonts/") };
}

/** A Windows path behind a slash: "/C:/Users"; not "/C/Users". */
const DRIVE = /^\/(?=[A-Za-z]:\/)/;

function packagePath(module: string, folder: string): string {
  return decodeURIComponent(new URL(`../../${folder}`, module).pathname).replace(DRIVE, "");
}

/** A document that takes font faces and shows nothing. */
function fontSink(): HTMLDocument {
  return { fonts: { add: () => undefined, delete: () => undefined } } as unknown as HTMLDocument;
}

type HTMLDocument = NonNullable<ConstructorParameters<typeof PDFParse>[0]["ownerDocument"]>;

/** The type that the engine declares for a port; it exists in browsers only. */
type WorkerPort = NonNullable<ConstructorParameters<typeof PDFWorker>[0]>["port"] & object;

interface EngineHalf {
  initializeFromPort(port: EnginePort): void;
}

function engineHalf(): EngineHalf {
  const { pdfjsWorker } = globalThis as unknown as { readonly pdfjsWorker: { readonly WorkerMessageHandler: EngineHalf } };
  return pdfjsWorker.WorkerMessageHandler;
}

async function pageContent(page: PDFPageProxy, number: number): Promise<PageContent> {
  try {
    const viewport = page.getViewport({ scale: 1 });
    const operators = await page.getOperatorList({ annotationMode: AnnotationMode.DISABLE });
    const fonts = await loadedFonts(page, operators.fnArray.length === 0 ? [] : operators.argsArray);
    const matrix = viewport.transform as unknown as Matrix;
    return interpretPage({ number, width: viewport.width, height: viewport.height, matrix }, operators, (id) => fonts.get(id) ?? null);
  } finally {
    page.cleanup();
  }
}

/** Names under which the engine keeps fonts: "g_d0_f12". */
const FONT_ID = /^g_d\d+_f\d+$/;

async function loadedFonts(page: PDFPageProxy, argsArray: readonly unknown[]): Promise<ReadonlyMap<string, EngineFont>> {
  const ids = new Set<string>();
  for (const args of argsArray) {
    if (!Array.isArray(args)) continue;
    const id: unknown = args[0];
    if (typeof id === "string" && FONT_ID.test(id)) ids.add(id);
  }
  const fonts = new Map<string, EngineFont>();
  for (const id of ids) {
    const font: unknown = page.commonObjs.has(id)
      ? page.commonObjs.get(id)
      : await new Promise((resolve) => {
          page.commonObjs.get(id, resolve);
        });
    if (typeof font === "object" && font !== null) fonts.set(id, font);
  }
  return fonts;
}

function particularsOf(metadata: { readonly info: object }): Particulars {
  const info = metadata.info as { readonly Title?: unknown; readonly CreationDate?: unknown };
  const text = (value: unknown): string | null => (typeof value === "string" && value.trim() !== "" ? value.trim() : null);
  return { title: text(info.Title), created: text(info.CreationDate) };
}
