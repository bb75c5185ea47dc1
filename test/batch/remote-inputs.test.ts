import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { problemWords } from "../../src/report/problem-words.ts";
import { loadRemote, type RemoteInput, USUAL_FETCH_LIMITS } from "../../src/store/remote-input.ts";
import { runTool } from "../support/command.ts";
import { type PaperServer, sendText, startPaperServer } from "../support/paper-server.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-remote-"));
const TEXT = "We trained Plover on 4 V100 GPUs for 5 days, which took 9,000 GPU-hours.\n";
const SAMPLE = readFileSync(join(import.meta.dirname, "../../fixtures/sample/sample-paper.pdf"));

/** Objects of the bucket, in the order of their names. */
const OBJECTS: Readonly<Record<string, string | Buffer>> = {
  "2024/a b+c&d.txt": TEXT,
  "2024/deep/sample.pdf": SAMPLE,
  "2024/notes.xyz": "nothing that is read",
  "2024/z.txt": TEXT,
};

let server: PaperServer;
/** What the last request was signed with. */
let authorization: string | undefined;

beforeAll(async () => {
  server = await startPaperServer((request, response) => {
    authorization = request.headers.authorization;
    const url = new URL(request.url ?? "/", "http://host");
    if (url.pathname.startsWith("/bucket")) sendObject(response, url);
    else sendPage(request, response, url.pathname);
  });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function sendPage(request: IncomingMessage, response: ServerResponse, path: string): void {
  if (path === "/paper.txt" || path === "/other.txt") sendText(request, response, TEXT);
  else if (path === "/moved") response.writeHead(302, { location: "/moved-again" }).end();
  else if (path === "/moved-again") response.writeHead(301, { location: "/paper.txt" }).end();
  else if (path === "/circle") response.writeHead(302, { location: "/circle" }).end();
  else if (path === "/away") response.writeHead(302, { location: "file:///etc/hostname" }).end();
  else if (path === "/cut") response.writeHead(200, { "content-length": 1000 }).write("We trained", () => response.destroy());
  else if (path === "/endless") response.writeHead(200).write("x".repeat(100_000));
  else if (path === "/silent") return;
  else response.writeHead(404).end("gone");
}

/** As much of S3 as is asked of it: objects, and their names in pages of two. */
function sendObject(response: ServerResponse, url: URL): void {
  const names = Object.keys(OBJECTS);
  if (url.searchParams.get("list-type") === "2") {
    const from = Number(url.searchParams.get("continuation-token") ?? 0);
    const found = names.filter((name) => name.startsWith(url.searchParams.get("prefix") ?? ""));
    const keys = found
      .slice(from, from + 2)
      .map((name) => `<Contents><Key>${encodeURIComponent(name).replaceAll("%20", "+")}</Key><Size>1</Size></Contents>`);
    const next = from + 2 < found.length ? `<IsTruncated>true</IsTruncated><NextContinuationToken>${from + 2}</NextContinuationToken>` : "";
    response.end(`<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><Name>bucket</Name>${keys.join("")}${next}</ListBucketResult>`);
    return;
  }
  const object = OBJECTS[decodeURIComponent(url.pathname.slice("/bucket/".length))];
  if (object === undefined) response.writeHead(404).end("<Error><Code>NoSuchKey</Code></Error>");
  else response.writeHead(200, { etag: `"${object.length}"` }).end(object);
}

function problemOf(input: RemoteInput): string {
  if (input.kind !== "unread") return input.kind;
  return input.result.problems.map((problem) => `${problem.code}: ${problemWords(problem).replaceAll(server.origin, "")}`).join("\n");
}

test("an address is fetched, and not again while it stays the same", async () => {
  const first = await loadRemote(`${server.origin}/moved`, null);
  if (first.kind !== "bytes") throw new Error(problemOf(first));
  expect(new TextDecoder().decode(first.bytes)).toBe(TEXT);
  expect(await loadRemote(`${server.origin}/paper.txt`, first.stamp)).toEqual({ kind: "unchanged" });
  expect((await loadRemote(`${server.origin}/paper.txt`, 'etag:"another"')).kind).toBe("bytes");
});

test("whatever goes wrong is told, within limits of time, size and redirects", { timeout: 60_000 }, async () => {
  const limits = { seconds: 1, bytes: 50_000, redirects: 3 };
  const remedy = "check the address and the network, then run it again";
  const cases: readonly (readonly [string, string])[] = [
    ["/nothing.txt", `not-fetched: /nothing.txt: cannot be fetched (HTTP 404 Not Found); ${remedy}`],
    ["/circle", `not-fetched: /circle: cannot be fetched (more than 3 redirects); ${remedy}`],
    ["/away", `not-fetched: /away: cannot be fetched (redirects to file://, which is not fetched); ${remedy}`],
    ["/silent", `not-fetched: /silent: cannot be fetched (took longer than 1 s); ${remedy}`],
    ["/endless", "too-large: /endless: too large to be read (more than 0 MB); split it, or pass an excerpt"],
    ["/cut", `not-fetched: /cut: cannot be fetched (the connection broke); ${remedy}`],
  ];
  for (const [path, words] of cases) expect(problemOf(await loadRemote(server.origin + path, null, limits))).toBe(words);
  const closed = await startPaperServer(() => undefined);
  await closed.close();
  expect(problemOf(await loadRemote(`${closed.origin}/a.pdf`, null))).toContain("cannot be fetched (connection refused)");
  expect(problemOf(await loadRemote("http://no host/a.pdf", null))).toContain("cannot be fetched (no valid address)");
  expect(problemOf(await loadRemote("s3:///a.pdf", null))).toContain("cannot be fetched (no bucket; write it as s3://bucket/name)");
  expect(USUAL_FETCH_LIMITS.redirects).toBeGreaterThan(limits.redirects);
});

test("addresses stand among the papers of a batch, and in check", { timeout: 120_000 }, async () => {
  writeFileSync(join(folder, "list.txt"), TEXT);
  const words = [
    "batch",
    `${server.origin}/paper.txt`,
    `${server.origin}/gone.txt`,
    "list.txt",
    "--out",
    "report",
    "--jobs",
    "1",
    "--fail-level",
    "never",
  ];
  const first = await runTool(folder, words);
  expect(first.err).toBe("");
  expect(first.out).toContain("3 documents: 2 checked now, 1 known; 1 could not be read");
  const documents = readFileSync(join(folder, "report", "documents.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(documents.map(({ source, status }) => `${source.replace(server.origin, "")} ${status}`)).toEqual([
    "/paper.txt checked",
    "/gone.txt failed",
    "list.txt checked",
  ]);
  expect(documents[1].problems).toMatchObject([{ code: "not-fetched" }]);
  // What could not be fetched is tried again; what is unchanged is known.
  const second = await runTool(folder, words);
  expect(second.out).toContain("3 documents: 1 checked now, 2 known; 1 could not be read");
  const checked = await runTool(folder, ["check", `${server.origin}/paper.txt`, "--format", "csv"]);
  expect(checked.out).toContain(`${server.origin}/paper.txt`);
  expect(checked.out).toContain("inconsistent");
});

test("objects of S3 are listed and read, signed where there are credentials", { timeout: 120_000 }, async () => {
  const env = { AWS_ENDPOINT_URL: server.origin, AWS_ACCESS_KEY_ID: "reader", AWS_SECRET_ACCESS_KEY: "secret", AWS_REGION: "eu-north-1" };
  const words = ["batch", "s3://bucket/2024/", "--jobs", "1", "--fail-level", "never"];
  const first = await runTool(folder, [...words, "--out", "s3"], env);
  expect(first.err).toBe("");
  expect(first.out).toContain("3 documents: 2 checked now, 1 known; 0 could not be read");
  expect(authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=reader\/\d{8}\/eu-north-1\/s3\/aws4_request, /);
  const table = readFileSync(join(folder, "s3", "findings.csv"), "utf8");
  for (const name of ["s3://bucket/2024/a b+c&d.txt", "s3://bucket/2024/deep/sample.pdf", "s3://bucket/2024/z.txt"])
    expect(table).toContain(name);
  const bare = { AWS_ENDPOINT_URL: server.origin, AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" };
  const one = await runTool(
    folder,
    ["batch", "s3://bucket/2024/z.txt", "s3://bucket/none.pdf", "--out", "one", "--fail-level", "never"],
    bare,
  );
  expect(one.out).toContain("2 documents: 2 checked now, 0 known; 1 could not be read");
  expect(authorization).toBeUndefined();
  const nowhere = await runTool(folder, ["batch", "s3://elsewhere/", "--out", "none"], bare);
  expect(nowhere.code).toBe(2);
  expect(nowhere.err).toBe(
    "reckoner: s3://elsewhere/: cannot be fetched (HTTP 404); check the address and the network, then run it again\n",
  );
});
