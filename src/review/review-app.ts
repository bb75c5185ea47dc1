import { basename } from "node:path";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import type { Catalog } from "../model/catalog.ts";
import type { CheckOptions } from "../model/report.ts";
import { checkAgainstSources } from "../pipeline.ts";
import { checkBytes, type ReadLimits } from "../store/checked-input.ts";
import { agreements } from "./agreement.ts";
import { correctionInput, type DecisionStore, decisionInput } from "./decision-store.ts";
import { openApi } from "./open-api.ts";
import type { QueueEntry } from "./queue-entry.ts";
import { requestGuard } from "./request-guard.ts";
import { EXPORT_FORMATS, exportReview, reviewLines } from "./review-export.ts";
import { reviewerName, type Upload, uploaded, whatIfInput } from "./review-input.ts";
import type { ReviewLibrary } from "./review-library.ts";

/** What the server is made of. */
export interface ReviewParts {
  readonly catalog: Catalog;
  readonly options: CheckOptions;
  readonly limits: ReadLimits;
  readonly library: ReviewLibrary;
  readonly decisions: DecisionStore;
  /** Who decides, where the page gives no name. */
  readonly reviewer: string;
  readonly token: string;
  /** Values of Host that are ours. */
  readonly hosts: () => readonly string[];
  /** Files of the front end by name: "index.html", "assets/index.js". */
  readonly front: ReadonlyMap<string, Uint8Array>;
}

/** More bytes than any paper that is dropped on the page. */
const LARGEST_UPLOAD = 50_000_000;

/** Lines that another server wrote at the same time may be seen after later ones: so many are looked at again. */
const LINES_SEEN_AGAIN = 20;

/** The calls of the page, and of programs. Errors: bad input gets status 400 and one line that says what is wrong. */
export function reviewApp(parts: ReviewParts): Hono {
  const app = new Hono();
  app.use(requestGuard(parts.token, parts.hosts));
  app.use(bodyLimit({ maxSize: LARGEST_UPLOAD, onError: (context) => context.json({ error: "the upload is larger than 50 MB" }, 413) }));
  app.onError((error, context) => {
    if (error instanceof z.ZodError) return context.json({ error: wordsOf(error) }, 400);
    if (error instanceof SyntaxError) return context.json({ error: error.message }, 400);
    process.stderr.write(`reckoner: review: ${error.stack ?? error.message}\n`);
    return context.json({ error: "the server failed at this call; it goes on" }, 500);
  });
  serveDocuments(app, parts);
  serveJudgements(app, parts);
  app.get("/api/openapi.json", (context) => context.json(openApi()));
  app.get("/*", (context) => {
    const name = context.req.path === "/" ? "index.html" : context.req.path.slice(1);
    const bytes = parts.front.get(name);
    if (bytes === undefined) return context.json({ error: "no such page" }, 404);
    return context.body(new Uint8Array(bytes), 200, {
      "Content-Type": FRONT_TYPES[name.slice(name.lastIndexOf("."))] ?? "application/octet-stream",
    });
  });
  return app;
}

/** What was found, and what would be found. */
function serveDocuments(app: Hono, parts: ReviewParts): void {
  const { library, decisions } = parts;
  app.get("/api/documents/:index", async (context) => {
    const index = documentIndex(context.req.param("index"), library);
    return index === null ? noDocument(context) : context.json({ document: index, wire: await library.wire(index) });
  });
  app.get("/api/documents/:index/places", async (context) => {
    const index = documentIndex(context.req.param("index"), library);
    return index === null ? noDocument(context) : context.json(await library.places(index));
  });
  app.get("/api/documents/:index/file", async (context) => {
    const index = documentIndex(context.req.param("index"), library);
    const bytes = index === null ? null : await library.bytes(index);
    if (bytes === null) return context.json({ error: "no such file" }, 404);
    return context.body(new Uint8Array(bytes), 200, { "Content-Type": "application/octet-stream", "Content-Disposition": "attachment" });
  });
  app.get("/api/documents/:index/annotated", async (context) => {
    const index = documentIndex(context.req.param("index"), library);
    const bytes = index === null ? null : await library.bytes(index);
    const { result } = index === null ? { result: null } : await library.report(index);
    if (index === null || bytes === null || result === null) return context.json({ error: "no such file" }, 404);
    const { annotatePdf } = await import("../report/annotated-pdf.ts");
    const copy = await annotatePdf(bytes, result, reviewLines(await decisions.standing(), await decisions.corrections()));
    if (copy.kind === "refused") return context.json({ error: `no annotated copy: ${copy.reason}` }, 409);
    const name = `${basename(library.sourceOf(index)).replace(/\.pdf$/i, "")}-reviewed.pdf`;
    return context.body(new Uint8Array(copy.bytes), 200, {
      "Content-Type": "application/pdf",
      "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    });
  });
  app.post("/api/what-if", async (context) => {
    const { document, corrections } = whatIfInput.parse(await context.req.json());
    return library.has(document) ? context.json(await library.whatIf(document, corrections)) : noDocument(context);
  });
  app.post("/api/check", async (context) => {
    const { claim: input, against } = await uploaded(context.req.raw);
    const check = (each: Upload) => checkBytes(parts.catalog, { ...each, sha256: null }, parts.options, parts.limits);
    const alone = await check(input);
    const source = against === null ? null : (await check(against)).result;
    if (against !== null && source === null) return context.json({ error: `${against.source}: could not be read as the source` }, 400);
    const joined = alone.result === null || source === null ? null : { article: alone.result, sources: [source] };
    const result = joined === null ? alone.result : checkAgainstSources(parts.catalog, joined.article, joined.sources, parts.options);
    const document = library.addReport({ ...alone, result }, input.bytes, joined);
    return context.json({ document, wire: await library.wire(document) });
  });
}

/** The queue, and what reviewers make of it. */
function serveJudgements(app: Hono, parts: ReviewParts): void {
  const { library, decisions } = parts;
  const reviewerOf = (context: Context): string => {
    const given = context.req.header("x-reckoner-reviewer");
    return given === undefined ? parts.reviewer : reviewerName.parse(given);
  };
  app.get("/api/queue", async (context) => {
    const { since, decided, corrected } = queueInput.parse(context.req.query());
    return context.json({
      reviewer: parts.reviewer,
      providers: [...new Set(parts.catalog.prices.map(({ provider }) => provider))].sort(),
      progress: library.progress,
      entries: library.entriesSince(since).map(listed),
      decisions: await decisions.history(decided - LINES_SEEN_AGAIN),
      corrections: await decisions.correctionHistory(corrected - LINES_SEEN_AGAIN),
    });
  });
  app.get("/api/decisions", async (context) =>
    context.json({ history: await decisions.history(), agreements: agreements(await decisions.standing()) }),
  );
  app.post("/api/decisions", async (context) => {
    await decisions.add(reviewerOf(context), decisionInput.parse(await context.req.json()), new Date().toISOString());
    return context.json({ kept: true });
  });
  app.get("/api/corrections", async (context) => context.json({ history: await decisions.correctionHistory() }));
  app.post("/api/corrections", async (context) => {
    await decisions.correct(reviewerOf(context), correctionInput.parse(await context.req.json()), new Date().toISOString());
    return context.json({ kept: true });
  });
  app.get("/api/export/:format", async (context) => {
    const format = z.enum(EXPORT_FORMATS).parse(context.req.param("format"));
    return context.text(exportReview(format, library.queue, await decisions.standing(), await decisions.corrections()));
  });
}

const count = z.coerce.number().int().min(0).default(0);
const queueInput = z.object({ since: count, decided: count, corrected: count });

/** An entry without what only its document and exports need. */
function listed({ ratio: _, quote: __, speaker: ___, message: ____, ...entry }: QueueEntry): object {
  return entry;
}

function noDocument(context: Context): Response {
  return context.json({ error: "no such document" }, 404);
}

const FRONT_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

function documentIndex(text: string, library: ReviewLibrary): number | null {
  const index = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  return library.has(index) ? index : null;
}

function wordsOf(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join(".")}: ${message}`)).join("; ");
}
