import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SAMPLE, startReview } from "../support/review-server.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-api-"));
let server: Awaited<ReturnType<typeof startReview>>;

/** The parts of the document that these tests look into. */
interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

interface Operation {
  readonly operationId: string;
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { readonly schema?: { readonly $ref: string } }>> }>
  >;
}

let description: Description;
const ajv = new Ajv2020({ strict: false, validateFormats: false });

beforeAll(async () => {
  server = await startReview([SAMPLE], join(folder, "decisions.sqlite"));
  description = JSON.parse(await (await server.api("/api/openapi.json")).text());
  ajv.addSchema({ $id: "api", components: description.components });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What an answer breaks of what the document says of the call; an empty list is none. */
function breaches(path: string, method: string, answer: unknown): readonly string[] {
  const ref = description.paths[path]?.[method]?.responses["200"]?.content["application/json"]?.schema?.$ref ?? "";
  const check = ajv.compile({ $ref: `api${ref}` });
  check(answer);
  return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** An answer with a finding that works out to a value, among others. */
const findingOf = (value: number) => ({
  findings: expect.arrayContaining([expect.objectContaining({ recomputed: expect.objectContaining({ value }) })]),
});

const json = async (path: string, init: RequestInit = {}): Promise<unknown> => JSON.parse(await (await server.api(path, init)).text());

describe("the description of the calls", () => {
  test("is a valid OpenAPI document", async () => {
    const { valid, errors } = await new Validator().validate(structuredClone({ ...description }));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(description.openapi).toBe("3.1.0");
    const ids = Object.values(description.paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("tells every call that the server has, and no other", () => {
    const source = readFileSync(new URL("../../src/review/review-app.ts", import.meta.url), "utf8");
    const served = [...source.matchAll(/app\.(get|post)\("(\/api\/[^"]*)", async \(context\)/g)].map(
      ([, method, path = ""]) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`,
    );
    const told = Object.entries(description.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
    expect(served.length).toBeGreaterThan(10);
    expect(told.sort()).toEqual(served.sort());
  });

  test("is what is answered", async () => {
    const [finding] = server.library.queue;
    const fingerprint = finding?.fingerprint ?? "";
    const decision = { fingerprint, decision: "fine", reason: "rounding" };
    const correction = { fingerprint, kind: "value", mention: finding?.id ?? "", text: finding?.text ?? "", before: "1", after: "2" };
    const posts = { "/api/decisions": decision, "/api/corrections": correction };
    for (const [path, body] of Object.entries(posts)) {
      expect(breaches(path, "post", await json(path, { method: "POST", body: JSON.stringify(body) })), path).toEqual([]);
      const schema = description.paths[path]?.["post"]?.requestBody?.content["application/json"]?.schema ?? {};
      expect(ajv.compile(schema)(body), path).toBe(true);
    }
    for (const path of ["/api/queue", "/api/findings", "/api/decisions", "/api/corrections"])
      expect(breaches(path, "get", await json(path)), path).toEqual([]);
    for (const path of ["/api/documents/{index}", "/api/documents/{index}/places"])
      expect(breaches(path, "get", await json(path.replace("{index}", "0"))), path).toEqual([]);
    const whatIf = { document: 0, corrections: [{ kind: "value", mention: "m1", value: 9 }] };
    expect(breaches("/api/what-if", "post", await json("/api/what-if", { method: "POST", body: JSON.stringify(whatIf) }))).toEqual([]);
    const findings = await json("/api/findings");
    expect(findings).toMatchObject({
      findings: expect.arrayContaining([
        expect.objectContaining({
          fingerprint,
          page: 1,
          decisions: [expect.objectContaining({ reviewer: "ada", decision: "fine" })],
          corrections: [expect.objectContaining({ reviewer: "ada" })],
        }),
      ]),
    });
    // The check of answers is none that lets everything pass.
    expect(breaches("/api/findings", "get", { findings: [{}] })).not.toEqual([]);
  });
});

describe("POST /api/check", () => {
  test("takes a text, and one with the text of the paper that it talks about", async () => {
    const text = "We trained Ibis on 8 V100 GPUs for 2 days, which took 9,000 GPU-hours.";
    const alone = await json("/api/check", { method: "POST", body: JSON.stringify({ text }) });
    expect(breaches("/api/check", "post", alone)).toEqual([]);
    expect(alone).toMatchObject({
      wire: { source: "pasted text", findings: expect.arrayContaining([expect.objectContaining({ verdict: "inconsistent" })]) },
    });
    const body = JSON.stringify({
      text: "Training Heron-90B takes 1.64 million TPU v4 chip-hours, the press says.",
      against: "Heron\n\nHeron-90B was trained on 2048 TPU v4 chips for 500 hours and 1024 TPU v4 chips for 300 hours.",
    });
    const judged = await json("/api/check", { method: "POST", body });
    expect(judged).toMatchObject({ wire: findingOf(1_331_200) });
  });

  test("takes a file, and one with the paper", async () => {
    const form = new FormData();
    form.set("file", new Blob([readFileSync(SAMPLE)]), "wren.pdf");
    const checked = await json("/api/check", { method: "POST", body: form });
    expect(breaches("/api/check", "post", checked)).toEqual([]);
    expect(checked).toMatchObject({ wire: { source: "wren.pdf", status: "checked", pages: 2 } });
    const press = new FormData();
    press.set("file", new Blob(["Training Wren-Large cost $245,000, says the press."]), "press.txt");
    press.set("against", new Blob([readFileSync(SAMPLE)]), "wren.pdf");
    const judged = await json("/api/check", { method: "POST", body: press });
    expect(judged).toMatchObject({ wire: { source: "press.txt", ...findingOf(61_440) } });
    press.set("against", new Blob(["%PDF-1.7\n"]), "broken.pdf");
    expect(await json("/api/check", { method: "POST", body: press })).toMatchObject({
      error: expect.stringMatching(/^broken\.pdf: could not be read/),
    });
  });
});
