import { z } from "zod";
import { correctionInput, decisionInput } from "./decision-store.ts";
import { EXPORT_FORMATS } from "./review-export.ts";
import { textInput, whatIfInput } from "./review-input.ts";

/** The calls of the server as an OpenAPI document, from the shapes that it checks them by. */
export function openApi(): object {
  const body = (schema: z.ZodType) => ({
    requestBody: { required: true, content: { "application/json": { schema: z.toJSONSchema(schema, { io: "input" }) } } },
  });
  const responses = {
    "200": { description: "done" },
    "400": { description: "bad input" },
    "401": { description: "no token" },
    "403": { description: "other host or origin" },
  };
  const reviewer = {
    parameters: [
      {
        name: "x-reckoner-reviewer",
        in: "header",
        description: "who decides, percent-encoded; usual: --reviewer",
        schema: { type: "string" },
      },
    ],
  };
  const get = (summary: string) => ({ get: { summary, responses } });
  return {
    openapi: "3.1.0",
    info: { title: "reckoner review", version: "2" },
    paths: {
      "/api/queue": get(
        "flagged claims as they come (?since=COUNT), progress, and what was decided after a line (?decided=ID&corrected=ID)",
      ),
      "/api/documents/{index}": get("a document with its findings, as it is known"),
      "/api/documents/{index}/places": get("where its figures stand, for which it is read"),
      "/api/documents/{index}/file": get("the file itself"),
      "/api/documents/{index}/annotated": get("a copy of the PDF with findings and decisions as notes"),
      "/api/decisions": {
        get: { summary: "history and agreement", responses },
        post: { ...reviewer, ...body(decisionInput), responses },
      },
      "/api/corrections": {
        get: { summary: "history of corrections", responses },
        post: { ...reviewer, ...body(correctionInput), responses },
      },
      "/api/what-if": { post: { ...body(whatIfInput), responses } },
      "/api/check": { post: { ...body(textInput), responses } },
      "/api/export/{format}": get(EXPORT_FORMATS.join(", ")),
    },
  };
}
