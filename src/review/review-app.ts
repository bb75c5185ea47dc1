import { basename } from "node:path";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import type { Catalog } from "../model/catalog.ts";
import type { CheckOptions } from "../model/report.ts";
import { checkAgainstSources } from "../pipeline.ts";
import { checkBytes, type ReadLimits } from "../store/checked-input.ts";
import { agreements } from "./agreement.ts";
import { type DecisionStore, decisionInput } from "./decision-store.ts";
import { requestGuard } from "./request-guard.ts";
import { EXPORT_FORMATS, exportReview } from "./review-export.ts";
import type { ReviewLibrary } from "./review-library.ts";

/** What the server is made of. */
export interface ReviewParts {
  readonly catalog: Catalog;
  readonly options: CheckOptions;
  readonly limits: ReadLimits;
  readonly library: ReviewLibrary;
  readonly decisions: DecisionStore;
  readonly reviewer: string;
  readonly token: string;
  /** Values of Host that are ours. */
  readonly hosts: () => readonly string[];
  /** Files of the front end by name: "index.html", "assets/index.js". */
  readonly front: ReadonlyMap<string, Uint8Array>;
}

/** More bytes than any paper that is dropped on the page. */
const LARGEST_UPLOAD = 50_000_000;

const whatIfInput = z.object({
  document: z.int().min(0),
  corrections: z
    .array(
      z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("reading"), mention: z.string(), unit: z.string() }),
        z.object({ kind: z.literal("value"), mention: z.string(), value: z.number().positive() }),
      ]),
    )
    .max(100),
  options: z
    .object({ priceDate: z.string().nullable(), provider: z.string().nullable(), assume: z.record(z.string(), z.number()) })
    .partial()
    .default({}),
});

const textInput = z.object({ text: z.string().min(1).max(2_000_000), against: z.string().min(1).max(2_000_000).optional() });

/** The calls of the page, and of programs. Errors: bad input gets status 400 and one line that says what is wrong. */
export function reviewApp(parts: ReviewParts): Hono {
  const { library, decisions } = parts;
  const app = new Hono();
  app.use(requestGuard(parts.token, parts.hosts));
  app.use(bodyLimit({ maxSize: LARGEST_UPLOAD, onError: (context) => context.json({ error: "the upload is larger than 50 MB" }, 413) }));
  app.onError((error, context) => {
    if (error instanceof z.ZodError || error instanceof SyntaxError)
      return context.json(
        { error: z.prettifyError === undefined || !(error instanceof z.ZodError) ? error.message : z.prettifyError(error) },
        400,
      );
    process.stderr.write(`reckoner: review: ${error.stack ?? error.message}\n`);
    return context.json({ error: "the server failed at this call; it goes on" }, 500);
  });

  app.get("/api/queue", async (context) =>
    context.json({ reviewer: parts.reviewer, entries: library.queue, decisions: await decisions.standing() }),
  );
  app.get("/api/documents/:index", async (context) => {
    const index = documentIndex(context.req.param("index"), library);
    return index === null ? context.json({ error: "no such document" }, 404) : context.json(await library.open(index));
  });
  app.get("/api/documents/:index/file", async (context) => {
    const index = documentIndex(context.req.param("index"), library);
    const bytes = index === null ? null : await library.bytes(index);
    if (bytes === null) return context.json({ error: "no such file" }, 404);
    return context.body(new Uint8Array(bytes), 200, { "Content-Type": "application/octet-stream", "Content-Disposition": "attachment" });
  });
  app.post("/api/what-if", async (context) => {
    const { document, corrections, options } = whatIfInput.parse(await context.req.json());
    if (!library.has(document)) return context.json({ error: "no such document" }, 404);
    const { priceDate, provider, assume } = options;
    const given = {
      ...(priceDate !== undefined && { priceDate }),
      ...(provider !== undefined && { provider }),
      ...(assume !== undefined && { assume }),
    };
    return context.json(await library.whatIf(document, corrections, given));
  });
  app.get("/api/decisions", async (context) =>
    context.json({ history: await decisions.history(), agreements: agreements(await decisions.standing()) }),
  );
  app.post("/api/decisions", async (context) => {
    await decisions.add(parts.reviewer, decisionInput.parse(await context.req.json()), new Date().toISOString());
    return context.json({ decisions: await decisions.standing() });
  });
  app.post("/api/check", async (context) => {
    const { claim: input, against } = await uploaded(context.req.raw);
    const check = (each: Upload) => checkBytes(parts.catalog, { ...each, sha256: null }, parts.options, parts.limits);
    const alone = await check(input);
    const source = against === null ? null : (await check(against)).result;
    if (against !== null && source === null) return context.json({ error: `${against.source}: could not be read as the source` }, 400);
    const result =
      alone.result === null || source === null ? alone.result : checkAgainstSources(parts.catalog, alone.result, [source], parts.options);
    const report = { ...alone, result };
    const document = library.addReport(report, input.bytes);
    return context.json({ document, ...(await library.open(document)) });
  });
  app.get("/api/export/:format", async (context) => {
    const format = z.enum(EXPORT_FORMATS).parse(context.req.param("format"));
    return context.text(exportReview(format, library.queue, await decisions.standing()));
  });
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

interface Upload {
  readonly source: string;
  readonly bytes: Uint8Array;
}

/** A form with a file, and perhaps the paper it talks about; or JSON with a text, and perhaps that of the paper. */
async function uploaded(request: Request): Promise<{ readonly claim: Upload; readonly against: Upload | null }> {
  if (request.headers.get("content-type")?.startsWith("multipart/form-data") !== true) {
    const { text, against } = textInput.parse(await request.json());
    return { claim: ofText("pasted text", text), against: against === undefined ? null : ofText("pasted source", against) };
  }
  const form = await request.formData();
  const file = z.instanceof(File, { message: 'the form has no file "file"' }).parse(form.get("file"));
  const source = form.get("against");
  return { claim: await ofFile(file), against: source instanceof File ? await ofFile(source) : null };
}

function ofText(source: string, text: string): Upload {
  return { source, bytes: new TextEncoder().encode(text) };
}

async function ofFile(file: File): Promise<Upload> {
  return { source: basename(file.name), bytes: new Uint8Array(await file.arrayBuffer()) };
}

function openApi(): object {
  const body = (schema: z.ZodType) => ({
    requestBody: { required: true, content: { "application/json": { schema: z.toJSONSchema(schema, { io: "input" }) } } },
  });
  const responses = {
    "200": { description: "done" },
    "400": { description: "bad input" },
    "401": { description: "no token" },
    "403": { description: "other host or origin" },
  };
  return {
    openapi: "3.1.0",
    info: { title: "reckoner review", version: "1" },
    paths: {
      "/api/queue": { get: { summary: "flagged claims, most consequential first", responses } },
      "/api/documents/{index}": { get: { summary: "a document with its findings and boxes", responses } },
      "/api/decisions": { get: { summary: "history and agreement", responses }, post: { ...body(decisionInput), responses } },
      "/api/what-if": { post: { ...body(whatIfInput), responses } },
      "/api/check": { post: { ...body(textInput), responses } },
      "/api/export/{format}": { get: { summary: EXPORT_FORMATS.join(", "), responses } },
    },
  };
}
