import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { atReview, hasBrowser, inReview, xlnetPaper } from "../support/review-server.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-safety-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const decisions = join(folder, "decisions.sqlite");

/** The status of a call with headers that fetch does not let through. */
function statusWith(port: number, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ port, host: "127.0.0.1", path: "/api/queue", headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });
}

test("calls from elsewhere are refused, and only documents of the review are served", { timeout: 60_000 }, async () => {
  await atReview([], decisions, async (server) => {
    const { port, token } = server;
    expect((await fetch(`http://127.0.0.1:${port}/api/queue`)).status).toBe(401);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(401);
    expect((await server.api("/api/queue", { headers: { "x-reckoner-token": `${token.slice(1)}x` } })).status).toBe(401);
    expect((await server.api("/api/queue", { headers: { origin: "http://evil.example" } })).status).toBe(403);
    expect(await statusWith(port, { host: "evil.example", "x-reckoner-token": token })).toBe(403);
    for (const call of ["decisions", "corrections", "what-if", "check"]) {
      const headers = { origin: "http://evil.example" };
      expect((await server.api(`/api/${call}`, { method: "POST", body: "{}", headers })).status, call).toBe(403);
    }
    const outside = ["/..%2f..%2fpackage.json", "/%2e%2e/%2e%2e/package.json", "/assets/..%2f..%2fpackage.json"];
    const documents = ["..%2f..%2fetc%2fpasswd/file", "7/file", "-1/file", "1e0/places", "7/annotated", "7"];
    for (const path of [...outside, ...documents.map((name) => `/api/documents/${name}`)])
      expect((await server.api(path)).status, path).toBe(404);
    const page = await server.api("/");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'");
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
  });
});

test("uploads that are too large or hostile are contained, and the server goes on", { timeout: 120_000 }, async () => {
  await atReview([], decisions, async (server) => {
    const form = new FormData();
    form.set("file", new Blob([new Uint8Array(100_000_000)]), "big.pdf");
    // The server answers before it has all of it, and may close the connection on the rest.
    const refused = await server.api("/api/check", { method: "POST", body: form }).then(
      ({ status }) => status,
      () => 413,
    );
    expect(refused).toBe(413);
    const hostile = new FormData();
    hostile.set("file", new Blob(["%PDF-1.7\n1 0 obj << /Length 99999999999 >> stream"]), "<script>alert(1)</script>.pdf");
    const checked = await (await server.api("/api/check", { method: "POST", body: hostile })).json();
    expect(checked).toMatchObject({ wire: { status: "failed" } });
    const progress = await (await server.api("/api/queue")).json();
    expect(progress).toMatchObject({ progress: { failed: [{ code: "truncated" }] } });
    const dropped = new FormData();
    dropped.set("file", new Blob([readFileSync(await xlnetPaper(folder))]), "../../dropped.pdf");
    const found = JSON.parse(await (await server.api("/api/check", { method: "POST", body: dropped })).text());
    expect(found).toMatchObject({ wire: { source: "dropped.pdf", findings: [{ recomputed: { value: 61_440 } }] } });
    expect((await (await server.api(`/api/documents/${found.document}/file`)).text()).slice(0, 5)).toBe("%PDF-");
    expect((await server.api("/api/queue")).status).toBe(200);
    expect((await server.api("/api/openapi.json")).status).toBe(200);
  });
});

/** The status of a call with a whole address in its first line. */
function statusOf(server: { readonly port: number; readonly token: string }, address: string): Promise<number> {
  const headers = { host: `127.0.0.1:${server.port}`, "x-reckoner-token": server.token };
  return new Promise((resolve, reject) => {
    request({ port: server.port, host: "127.0.0.1", path: address, headers }, (response) => resolve(response.resume().statusCode ?? 0))
      .on("error", reject)
      .end();
  });
}

test("bad input is told in a line", { timeout: 60_000 }, async () => {
  await atReview([await xlnetPaper(folder)], decisions, async (server) => {
    const told = async (path: string, body: string, headers: Readonly<Record<string, string>> = {}) => {
      const answer = await server.api(path, { method: "POST", body, headers });
      const { error }: { readonly error: string } = JSON.parse(await answer.text());
      return `${answer.status} ${error}`;
    };
    expect(await told("/api/check", "{")).toMatch(/^400 /);
    expect(await told("/api/decisions", JSON.stringify({ fingerprint: "x", decision: "confirmed" }))).toMatch(/^400 fingerprint: /);
    const date = { kind: "price-date", mention: "m1", date: "June" };
    expect(await told("/api/what-if", JSON.stringify({ document: 0, corrections: [date] }))).toContain('write the date as "2019"');
    const decision = JSON.stringify({ fingerprint: "0123456789abcdef", decision: "confirmed" });
    expect(await told("/api/decisions", decision, { "x-reckoner-reviewer": "%" })).toBe(
      "400 the name of the reviewer is not percent-encoded",
    );
    expect(await told("/api/decisions", decision, { "x-reckoner-reviewer": " " })).toMatch(/^400 the name of the reviewer is empty/);
    expect(await told("/api/what-if", JSON.stringify({ document: 99, corrections: [] }))).toBe("404 no such document");
    const form = { "content-type": "multipart/form-data; boundary=x" };
    expect(await told("/api/check", "no parts", form)).toBe("400 the form is malformed");
    // Addresses of calls that name another server, or a name and a password.
    for (const address of [`http://127.0.0.1:${server.port}@evil.example/api/queue`, "http://evil.example/api/queue"])
      expect(await statusOf(server, address)).toBe(400);
  });
});

test.runIf(hasBrowser)(
  "markup in a text and in its name is shown as text, and so are marks that turn the order of its letters",
  { timeout: 120_000 },
  async () => {
    const path = join(folder, "<img src=x onerror=alert(1)>\u202egpj.txt");
    writeFileSync(path, "We trained Ibis<script>alert(2)</script> on 8 V100 GPUs for 2 days, which took 9,000 GPU-hours.");
    await inReview([path], decisions, async (view, server) => {
      const dialogs: string[] = [];
      view.on("dialog", (dialog) => {
        dialogs.push(dialog.message());
        void dialog.dismiss();
      });
      await view.goto(server.url);
      await expect.poll(() => view.locator("article").textContent(), { timeout: 30_000 }).toContain("<script>alert(2)</script>");
      expect(await view.locator(".row").textContent()).toContain("<img src=x onerror=alert(1)><U+202E>gpj.txt");
      expect(await view.locator("article script, .row img").count()).toBe(0);
      expect(dialogs).toEqual([]);
    });
  },
);
