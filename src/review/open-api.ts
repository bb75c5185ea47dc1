import { z } from "zod";
import { wireDocument } from "../report/wire.ts";
import * as shapes from "./api-shapes.ts";
import { EXPORT_FORMATS } from "./review-export.ts";

/** The calls of the server as an OpenAPI document, from the shapes that it checks them by. */
export function openApi(version: string): object {
  const registry = z.registry<{ readonly id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  const uri = (id: string): string => `#/components/schemas/${id}`;
  const { schemas } = z.toJSONSchema(registry, { uri, io: "output" });
  return {
    openapi: "3.1.0",
    info: {
      title: "reckoner review",
      version,
      description: "What the page of `reckoner review` is made of. Programs send the token of the address in a header.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    security: [{ token: [] }, { cookie: [] }],
    paths: paths(),
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutNames(schema)])),
      securitySchemes: {
        token: { type: "apiKey", in: "header", name: "x-reckoner-token" },
        cookie: { type: "apiKey", in: "cookie", name: "reckoner_review", description: "what the browser gets; its name ends in the port" },
      },
    },
  };
}

/** Shapes that are answered, by the name under which they stand. */
const NAMED = {
  Document: wireDocument,
  DocumentAnswer: shapes.documentAnswer,
  DocumentPlaces: shapes.documentPlaces,
  QueueNews: shapes.queueNews,
  Findings: shapes.findingsAnswer,
  Decision: shapes.decision,
  Decisions: shapes.decisionsAnswer,
  Correction: shapes.keptCorrection,
  Corrections: shapes.correctionsAnswer,
  Addition: shapes.keptAddition,
  Additions: shapes.additionsAnswer,
  Marked: shapes.markedAnswer,
  Found: shapes.foundAnswer,
  Kept: shapes.keptAnswer,
  WhatIf: shapes.whatIfAnswer,
  Refusal: shapes.refusal,
} as const;

const JSON_TYPE = "application/json";

const answer = (id: keyof typeof NAMED, description: string) => ({
  "200": { description, content: { [JSON_TYPE]: { schema: { $ref: `#/components/schemas/${id}` } } } },
});
const file = (description: string, type = "application/octet-stream") => ({ "200": { description, content: { [type]: {} } } });
const refused = (...statuses: readonly (keyof typeof REFUSALS)[]) =>
  Object.fromEntries(
    (["401", "403", ...statuses] as const).map((status) => [
      status,
      { description: REFUSALS[status], content: { [JSON_TYPE]: { schema: { $ref: "#/components/schemas/Refusal" } } } },
    ]),
  );

const REFUSALS = {
  "400": "what was sent cannot be used",
  "401": "the token is missing or wrong",
  "403": "a call from another page, or to another name of this server",
  "404": "no such document, file or format",
  "409": "the PDF cannot be rewritten",
  "413": "the upload is too large",
  "503": "too many documents are being checked at once",
};

/** The values of a query, each as a parameter. */
function queryOf(schema: z.ZodObject): readonly object[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: "output" });
  return Object.entries(properties).map(([name, property]) => ({ name, in: "query", required: false, schema: property }));
}

const body = (schema: z.ZodType) => ({
  required: true,
  content: { [JSON_TYPE]: { schema: withoutNames(z.toJSONSchema(schema, { io: "input" })) } },
});

const reviewer = {
  name: "x-reckoner-reviewer",
  in: "header",
  description: "who decides, percent-encoded; usual: --reviewer",
  schema: { type: "string" },
};
const index = { name: "index", in: "path", required: true, description: "place of the document", schema: { type: "integer", minimum: 0 } };
const part = { name: "part", in: "query", description: "1 is what it was checked by", schema: { type: "integer", minimum: 0, default: 0 } };
const format = { name: "format", in: "path", required: true, schema: { type: "string", enum: EXPORT_FORMATS } };

const upload = {
  type: "object",
  properties: {
    file: { type: "string", contentMediaType: "application/octet-stream", description: "a PDF, text, Markdown, HTML, LaTeX or Word file" },
    against: { type: "string", contentMediaType: "application/octet-stream", description: "the paper that it talks about" },
  },
  required: ["file"],
};

function paths(): object {
  const checkBody = body(shapes.textInput);
  return {
    "/api/check": {
      post: {
        operationId: "check",
        summary: "checks a text or a file, by itself or by the paper that it talks about, and adds it to the queue",
        requestBody: { ...checkBody, content: { ...checkBody.content, "multipart/form-data": { schema: upload } } },
        responses: { ...answer("DocumentAnswer", "what was found"), ...refused("400", "413", "503") },
      },
    },
    "/api/findings": {
      get: {
        operationId: "findings",
        summary: "every claim to be judged, most consequential first, with what was decided and corrected",
        responses: { ...answer("Findings", "the claims"), ...refused() },
      },
    },
    "/api/queue": {
      get: {
        operationId: "queue",
        summary: "what is new since the last call: claims as they come, progress, decisions and corrections",
        parameters: queryOf(shapes.queueInput),
        responses: { ...answer("QueueNews", "what is new"), ...refused("400") },
      },
    },
    "/api/documents/{index}": {
      get: {
        operationId: "document",
        summary: "a document with its findings, as it is known",
        parameters: [index],
        responses: { ...answer("DocumentAnswer", "the document"), ...refused("404") },
      },
    },
    "/api/documents/{index}/places": {
      get: {
        operationId: "places",
        summary: "where its figures stand, for which it is read",
        parameters: [index],
        responses: { ...answer("DocumentPlaces", "the places"), ...refused("404") },
      },
    },
    "/api/documents/{index}/file": {
      get: {
        operationId: "file",
        summary: "the file itself",
        parameters: [index, part],
        responses: { ...file("the bytes"), ...refused("404") },
      },
    },
    "/api/documents/{index}/annotated": {
      get: {
        operationId: "annotated",
        summary: "a copy of the PDF with findings and decisions as notes",
        parameters: [index],
        responses: { ...file("the copy", "application/pdf"), ...refused("404", "409") },
      },
    },
    "/api/what-if": {
      post: {
        operationId: "whatIf",
        summary: "what a document says under corrections, and what that changes; nothing is kept",
        requestBody: body(shapes.whatIfInput),
        responses: { ...answer("WhatIf", "the findings"), ...refused("400", "404") },
      },
    },
    "/api/documents/{index}/find": {
      get: {
        operationId: "find",
        summary: "where words stand in a document, over all its pages",
        parameters: [index, part, { name: "words", in: "query", required: true, schema: { type: "string" } }],
        responses: { ...answer("Found", "the places"), ...refused("400", "404") },
      },
    },
    "/api/marked": {
      post: {
        operationId: "marked",
        summary: "what stands where something was marked, and what it looks like; nothing is kept",
        requestBody: body(shapes.markedInput),
        responses: { ...answer("Marked", "the words"), ...refused("400", "404") },
      },
    },
    "/api/additions": {
      get: {
        operationId: "additions",
        summary: "every claim that reviewers added or took back",
        responses: { ...answer("Additions", "the history"), ...refused() },
      },
      post: {
        operationId: "add",
        summary: "adds a claim that was not found, or takes it back; its document is checked again with it",
        parameters: [reviewer],
        requestBody: body(shapes.additionInput),
        responses: { ...answer("Kept", "it is kept"), ...refused("400", "404") },
      },
    },
    "/api/decisions": {
      get: {
        operationId: "decisions",
        summary: "every line of the history, and how far reviewers agree",
        responses: { ...answer("Decisions", "the history"), ...refused() },
      },
      post: {
        operationId: "decide",
        summary: "adds a decision, which stands until the same reviewer adds another one on the same finding",
        parameters: [reviewer],
        requestBody: body(shapes.decisionInput),
        responses: { ...answer("Kept", "it is kept"), ...refused("400") },
      },
    },
    "/api/corrections": {
      get: {
        operationId: "corrections",
        summary: "every correction that was made or taken back",
        responses: { ...answer("Corrections", "the history"), ...refused() },
      },
      post: {
        operationId: "correct",
        summary: "adds a correction, which stands until anybody adds another one on the same figure",
        parameters: [reviewer],
        requestBody: body(shapes.correctionInput),
        responses: { ...answer("Kept", "it is kept"), ...refused("400") },
      },
    },
    "/api/export/{format}": {
      get: {
        operationId: "export",
        summary: "reviewed findings for others",
        parameters: [format],
        responses: { ...file("the file", "text/plain"), ...refused("400") },
      },
    },
  };
}

/** A schema inside a document has the dialect of the document, and its name is its place. */
function withoutNames(schema: object): object {
  const { $schema: _, $id: __, ...rest }: Record<string, unknown> = { ...schema };
  return rest;
}
