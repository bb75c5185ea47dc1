import { basename } from "node:path";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { LineFull, TaskStopped } from "../isolate/document-pool.ts";
import type { Catalog } from "../model/catalog.ts";
import { toolVersion } from "../store/tool-version.ts";
import { LONGEST_CLAIM, withDocuments } from "./added-claims.ts";
import { agreements } from "./agreement.ts";
import {
  additionInput,
  correctionInput,
  decisionInput,
  findInput,
  type ListedFinding,
  markedInput,
  type QueueEntry,
  queueInput,
  whatIfInput,
} from "./api-shapes.ts";
import type { DecisionStore } from "./decision-store.ts";
import { openApi } from "./open-api.ts";
import { requestGuard } from "./request-guard.ts";
import { EXPORT_FORMATS, type ExportFormat, exportReview } from "./review-export.ts";
import { reviewerName, uploaded } from "./review-input.ts";
import type { ReviewLibrary } from "./review-library.ts";
import { reviewLines } from "./review-rows.ts";

/** What the server is made of. */
export interface ReviewParts {
  readonly catalog: Catalog;
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
  // Before the upload is read: whoever sends too many at once is told so at once.
  app.post("/api/check", async (context, next) => {
    if (parts.library.isFull) return context.json({ error: "too many documents are being checked at once; try again in a moment" }, 503);
    await next();
    return undefined;
  });
  app.use(bodyLimit({ maxSize: LARGEST_UPLOAD, onError: (context) => context.json({ error: "the upload is larger than 50 MB" }, 413) }));
  app.onError((error, context) => {
    if (error instanceof z.ZodError) return context.json({ error: wordsOf(error) }, 400);
    if (error instanceof SyntaxError) return context.json({ error: error.message }, 400);
    if ("code" in error && error.code === "ECONNRESET") return context.json({ error: "the upload broke off" }, 400);
    if (error instanceof LineFull) return context.json({ error: error.message }, 503);
    if (error instanceof TaskStopped) return context.json({ error: `given up: ${error.code} (${error.message})` }, 503);
    tellFault(error);
    return context.json({ error: "the server failed at this call; it goes on" }, 500);
  });
  serveDocuments(app, parts);
  serveJudgements(app, parts);
  app.get("/api/openapi.json", (context) => context.json(openApi(toolVersion())));
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

function tellFault(error: Error): void {
  process.stderr.write(`reckoner: review: ${error.stack ?? error.message}\n`);
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
  app.get("/api/documents/:index/find", async (context) => {
    const index = documentIndex(context.req.param("index"), library);
    const { words, part } = findInput.parse(context.req.query());
    return index === null ? noDocument(context) : context.json(await library.find(index, words, part));
  });
  app.get("/api/documents/:index/file", async (context) => {
    const index = documentIndex(context.req.param("index"), library);
    const part = z.coerce.number().int().min(0).default(0).parse(context.req.query("part"));
    const bytes = index === null ? null : await library.bytes(index, part);
    if (bytes === null) return context.json({ error: "no such file" }, 404);
    return context.body(new Uint8Array(bytes), 200, { "Content-Type": "application/octet-stream", "Content-Disposition": "attachment" });
  });
  app.get("/api/documents/:index/annotated", async (context) => {
    const index = documentIndex(context.req.param("index"), library);
    const said = reviewLines(await decisions.standing(), await decisions.corrections());
    const copy = index === null ? null : await library.annotated(index, said);
    if (index === null || copy === null) return context.json({ error: "no such file" }, 404);
    if (copy.kind === "refused") return context.json({ error: `no annotated copy: ${copy.reason}` }, 409);
    const name = `${basename(library.sourceOf(index)).replace(/\.pdf$/i, "")}-reviewed.pdf`;
    return context.body(new Uint8Array(copy.bytes), 200, { "Content-Type": "application/pdf", "Content-Disposition": attachment(name) });
  });
  app.post("/api/what-if", async (context) => {
    const { document, corrections, claim } = whatIfInput.parse(await context.req.json());
    return library.has(document) ? context.json(await library.whatIf(document, corrections, claim ?? null)) : noDocument(context);
  });
  app.post("/api/check", async (context) => {
    const { claim, against } = await uploaded(context.req.raw);
    const { report, parts: checked, sourceProblem } = await library.checkDropped(claim, against);
    if (sourceProblem !== null)
      return context.json({ error: `${against?.source}: could not be read as the source (${sourceProblem})` }, 400);
    const document = library.addReport(report, claim.bytes, checked, against?.bytes ?? null);
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
    const { since, decided, corrected, added } = queueInput.parse(context.req.query());
    const additions = await decisions.additionHistory(added - LINES_SEEN_AGAIN);
    // Another server may have kept some; whoever asks does not wait until they are checked.
    void library.takeAdditions(additions).catch(tellFault);
    return context.json({
      reviewer: parts.reviewer,
      providers: [...new Set(parts.catalog.prices.map(({ provider }) => provider))].sort(),
      units: Object.fromEntries([...library.units].map(([kind, choices]) => [kind, choices.map(({ words }) => words)])),
      progress: library.progress,
      entries: library.entriesSince(since).map(listed),
      decisions: await decisions.history(decided - LINES_SEEN_AGAIN),
      corrections: await decisions.correctionHistory(corrected - LINES_SEEN_AGAIN),
      additions: withDocuments(additions, (sha256) => library.documentOf(sha256)),
    });
  });
  app.post("/api/marked", async (context) => {
    const input = markedInput.parse(await context.req.json());
    if (!library.has(input.document)) return noDocument(context);
    const marked = await library.marked(input);
    if (marked !== null && marked.text.length > LONGEST_CLAIM)
      return context.json({ error: "that is more than one claim: mark its figure alone" }, 400);
    return marked === null ? context.json({ error: "nothing is written where that was marked" }, 400) : context.json(marked);
  });
  app.get("/api/additions", async (context) =>
    context.json({ history: withDocuments(await decisions.additionHistory(), (sha256) => library.documentOf(sha256)) }),
  );
  app.post("/api/additions", async (context) => {
    const input = additionInput.parse(await context.req.json());
    if (!library.has(input.document)) return noDocument(context);
    const claim = await library.addition(input);
    if (claim === null) return context.json({ error: "no text stands there, or its kind is not told in that unit" }, 400);
    await decisions.addClaim(reviewerOf(context), claim, new Date().toISOString());
    await library.takeAdditions(await decisions.additionHistory());
    return context.json({ kept: true });
  });
  app.get("/api/findings", async (context) => {
    const [standing, corrections] = [await decisions.standing(), await decisions.corrections()];
    const [decided, corrected] = [
      Map.groupBy(standing, ({ fingerprint }) => fingerprint),
      Map.groupBy(corrections, ({ fingerprint }) => fingerprint),
    ];
    const findings = library.queue.map((entry) => ({
      ...entry,
      decisions: decided.get(entry.fingerprint) ?? [],
      corrections: corrected.get(entry.fingerprint) ?? [],
    }));
    return context.json({ progress: library.progress, findings });
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
    const format = z.enum(EXPORT_FORMATS as readonly [ExportFormat, ...ExportFormat[]]).parse(context.req.param("format"));
    const { name, mediaType, text } = exportReview(format, library.queue, await decisions.standing(), await decisions.corrections());
    return context.body(text, 200, { "Content-Type": `${mediaType}; charset=utf-8`, "Content-Disposition": attachment(name) });
  });
}

/** An entry without what only exports and programs need. */
function listed(finding: ListedFinding): QueueEntry {
  const { page: _, line: __, ratio: ___, quote: ____, speaker: _____, message: ______, working: _______, ...entry } = finding;
  return entry;
}

function attachment(name: string): string {
  return `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;
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
