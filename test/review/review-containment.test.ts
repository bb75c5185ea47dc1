import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { PDFDocument, PDFName, PDFRawStream } from "pdf-lib";
import { afterAll, describe, expect, test } from "vitest";
import { pdfOf } from "../support/odd-pdf.ts";
import { atReview, type ReviewServer, SAMPLE, startReview } from "../support/review-server.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-contained-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const decisions = join(folder, "decisions.sqlite");

type Server = ReviewServer;

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** A call as it is, with a path and headers that fetch does not let through. */
function raw(server: Server, path: string, headers: Readonly<Record<string, string>> = {}, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ port: server.port, host: "127.0.0.1", path, headers, method }, (response) => {
      let body = "";
      response.on("data", (chunk) => {
        body += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    })
      .on("error", reject)
      .end();
  });
}

const isUp = async (server: Server): Promise<boolean> => (await server.api("/api/queue")).status === 200;

function upload(server: Server, name: string, bytes: Uint8Array<ArrayBuffer> | string): Promise<Response> {
  const form = new FormData();
  form.set("file", new Blob([bytes]), name);
  return server.api("/api/check", { method: "POST", body: form });
}

describe("who may call", () => {
  test("the token of the address becomes a cookie of this port, and leaves the address", async () => {
    const [one, other] = [await startReview([], decisions), await startReview([], join(folder, "other.sqlite"))];
    try {
      const opened = await raw(one, `/?token=${one.token}`);
      expect([opened.status, opened.headers["location"]]).toEqual([303, "/"]);
      const [cookie = ""] = opened.headers["set-cookie"] ?? [];
      expect(cookie).toContain(`reckoner_review_${one.port}=${one.token}; Path=/; HttpOnly; SameSite=Strict`);
      const second = (await raw(other, `/?token=${other.token}`)).headers["set-cookie"]?.[0] ?? "";
      // A browser sends both to both, for they are of one host.
      const both = [cookie, second].map((line) => line.split(";", 1)[0]).join("; ");
      for (const server of [one, other]) {
        expect((await raw(server, "/", { cookie: both })).status).toBe(200);
        expect((await raw(server, "/api/queue", { cookie: both })).status).toBe(200);
      }
      const foreign = second.split(";", 1)[0] ?? "";
      expect((await raw(one, "/api/queue", { cookie: foreign })).status).toBe(401);
      const refused = await raw(one, "/?token=x");
      expect([refused.status, refused.body]).toEqual([401, "the token is missing or wrong: open the address that the command printed"]);
    } finally {
      await one.stop();
      await other.stop();
    }
  });

  test("other pages get nothing: not by a form, a script, a preflight or a socket", async () => {
    await atReview([], decisions, async (server) => {
      const token = { "x-reckoner-token": server.token };
      for (const site of ["cross-site", "same-site"])
        expect((await raw(server, "/api/queue", { ...token, "sec-fetch-site": site })).status).toBe(403);
      expect((await raw(server, "/api/queue", { ...token, "sec-fetch-site": "same-origin" })).status).toBe(200);
      const preflight = {
        origin: "http://evil.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "x-reckoner-token",
      };
      const answer = await raw(server, "/api/decisions", preflight, "OPTIONS");
      expect(answer.status).toBe(403);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
      expect((await raw(server, "/api/queue", { ...token, origin: "null" })).status).toBe(403);
      expect((await raw(server, "/api/queue", { ...token, origin: `http://localhost:${server.port}` })).status).toBe(403);
      const socket = {
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
      };
      expect((await raw(server, "/api/queue", { ...socket, origin: "http://evil.example" })).status).toBe(403);
      expect((await raw(server, "/api/queue", { ...socket, ...token })).status).not.toBe(101);
      for (const host of [
        "evil.example",
        `evil.example:${server.port}`,
        "127.0.0.1",
        "127.0.0.1:1",
        `127.0.0.1.evil.example:${server.port}`,
        `[::1]:${server.port}`,
      ])
        expect((await raw(server, "/api/queue", { ...token, host })).status, host).toBe(403);
      expect(await isUp(server)).toBe(true);
    });
  });

  test("every answer, refusals too, forbids scripts, frames and connections of others", async () => {
    await atReview([], decisions, async (server) => {
      const token = { "x-reckoner-token": server.token };
      const script = [...(await raw(server, "/", token)).body.matchAll(/src="(\/assets\/[^"]+\.js)"/g)][0]?.[1] ?? "";
      expect(script).not.toBe("");
      const calls = [
        raw(server, "/", token),
        raw(server, script, token),
        raw(server, "/api/queue", token),
        raw(server, "/"),
        raw(server, "/", { host: "evil.example" }),
      ];
      for (const { headers } of await Promise.all(calls)) {
        const policy = String(headers["content-security-policy"]);
        const sources = new Map(policy.split("; ").map((part) => [part.split(" ", 1)[0], part.split(" ").slice(1)]));
        for (const name of ["default-src", "base-uri", "form-action", "frame-ancestors"])
          expect(sources.get(name), name).toEqual(["'none'"]);
        for (const name of ["script-src", "style-src", "connect-src", "worker-src"]) expect(sources.get(name), name).toEqual(["'self'"]);
        expect(policy).not.toMatch(/unsafe|\*|https?:/);
        expect(headers).toMatchObject({
          "x-content-type-options": "nosniff",
          "referrer-policy": "no-referrer",
          "cache-control": "no-store",
          "cross-origin-resource-policy": "same-origin",
        });
      }
    });
  });

  test("a server on every address still asks for the token, and knows its names", async () => {
    await atReview(
      [],
      decisions,
      async (server) => {
        const address = new URL(server.url);
        expect(address.hostname).not.toBe("0.0.0.0");
        expect((await fetch(new URL("/api/queue", address))).status).toBe(401);
        expect((await fetch(new URL("/api/queue", address), { headers: { "x-reckoner-token": server.token } })).status).toBe(200);
        expect((await raw(server, "/api/queue", { host: `evil.example:${server.port}`, "x-reckoner-token": server.token })).status).toBe(
          403,
        );
      },
      { at: { host: "0.0.0.0" } },
    );
  });
});

describe("what is served", () => {
  test("no path leads out of the page's own files, however it is written", async () => {
    await atReview([], decisions, async (server) => {
      const token = { "x-reckoner-token": server.token };
      const up = ["..", "%2e%2e", "%252e%252e", "..%00", "..%c0%af", "....//", "..%5c..", "%2e%2e%5c"];
      const paths = [
        ...up.flatMap((dots) => [`/${dots}/${dots}/package.json`, `/assets/${dots}/${dots}/package.json`, `/api/documents/${dots}/file`]),
        ...[
          "//etc/passwd",
          "/etc/passwd",
          "/%2fetc%2fpasswd",
          "/assets/",
          "/api",
          "/api/documents/0%2ffile",
          "/api/documents/NaN",
          "/api/documents/0x0/file",
        ],
      ];
      for (const path of paths) {
        const { status, body } = await raw(server, path, token);
        expect([400, 404], `${path}: ${status}`).toContain(status);
        expect(body, path).not.toMatch(/devDependencies|root:/);
      }
    });
  });

  test("a link out of the folder is not followed, and a file that becomes one is not served", async () => {
    const [papers, outside] = [join(folder, "papers"), join(folder, "outside")];
    mkdirSync(papers);
    mkdirSync(outside);
    const secret = "Secret: we trained Owl on 8 V100 GPUs for 2 days, which took 9,000 GPU-hours.";
    writeFileSync(join(outside, "secret.txt"), secret);
    const own = join(papers, "own.txt");
    writeFileSync(own, secret.replace("Secret", "Open"));
    symlinkSync(own, join(papers, "inside.txt"));
    symlinkSync(join(outside, "secret.txt"), join(papers, "link.txt"));
    symlinkSync(outside, join(papers, "folder"));
    await atReview(
      [own],
      decisions,
      async (server) => {
        const found = await server.library.sifted(
          ["own.txt", "inside.txt", "link.txt", "folder/secret.txt"].map((name) => join(papers, name)),
        );
        expect(found.files.map((path) => path.slice(papers.length + 1))).toEqual(["own.txt", "inside.txt"]);
        expect(found.linked.map(({ code, detail }) => `${code}: ${detail}`)).toEqual(
          Array(2).fill("not-readable: a link that leads out of the folder; name what it leads to as well"),
        );
        expect(await (await server.api("/api/documents/0/file")).text()).toContain("Open");
        rmSync(own);
        symlinkSync(join(outside, "secret.txt"), own);
        expect((await server.api("/api/documents/0/file")).status).toBe(404);
        const places = await (await server.api("/api/documents/0/places")).text();
        expect(places).toContain("a link that leads out of the folder");
        expect(places).not.toContain("Secret");
      },
      { inputs: [papers] },
    );
  });
});

/** A page whose content is inflated twice, to gigabytes. */
function contentBomb(): Uint8Array<ArrayBuffer> {
  const packed = deflateSync(deflateSync(Buffer.alloc(400_000_000, "0 0 m ")));
  const head = `<< /Length ${packed.length} /Filter [/FlateDecode /FlateDecode] >>\nstream\n`;
  const before = new TextDecoder().decode(
    pdfOf([
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
    ]),
  );
  const body = before.slice(0, before.indexOf("xref"));
  return new Uint8Array(
    Buffer.concat([
      Buffer.from(`${body}4 0 obj\n${head}`),
      packed,
      Buffer.from("\nendstream\nendobj\ntrailer << /Root 1 0 R /Size 5 >>\n"),
    ]),
  );
}

/** A paper that can be read, with a stream of objects that only a program that rewrites it inflates. */
async function hiddenBomb(): Promise<Uint8Array<ArrayBuffer>> {
  const file = await PDFDocument.load(readFileSync(SAMPLE), { updateMetadata: false });
  const dictionary = file.context.obj({ Type: "ObjStm", N: 1, First: 4, Filter: "FlateDecode" });
  dictionary.set(PDFName.of("Odd"), file.context.obj(1));
  file.context.register(PDFRawStream.of(dictionary, deflateSync(Buffer.alloc(1_500_000_000, " "))));
  return new Uint8Array(await file.save({ useObjectStreams: false }));
}

describe("what is uploaded", () => {
  // On a busy machine a thread takes seconds to start.
  const limits = { seconds: 15, megabytes: 300 };

  test("a text that takes for ever, or a stream that inflates to gigabytes, costs its own check alone", { timeout: 240_000 }, async () => {
    await atReview(
      [],
      decisions,
      async (server) => {
        const claims = Array.from(
          { length: 20_000 },
          (_, index) =>
            `We trained Heron-${index} on ${8 + (index % 50)} V100 GPUs for ${2 + (index % 9)} days, which took ${20 + ((index * 37) % 9000)} GPU-hours.`,
        );
        const [slow, bomb, looped] = [
          upload(server, "endless.txt", claims.join("\n\n")),
          upload(server, "bomb.pdf", contentBomb()),
          upload(
            server,
            "loop.pdf",
            new Uint8Array(pdfOf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>"])),
          ),
        ];
        // Meanwhile the server answers.
        const waits: number[] = [];
        const ended = Promise.all([slow, bomb, looped]).then(() => true);
        while (!(await Promise.race([ended, new Promise<false>((resolve) => setTimeout(() => resolve(false), 200))]))) {
          const begun = performance.now();
          expect(await isUp(server)).toBe(true);
          waits.push(performance.now() - begun);
        }
        expect(waits.length).toBeGreaterThan(10);
        expect(Math.max(...waits)).toBeLessThan(2000);
        // Which limit it meets first depends on the machine.
        const code = expect.stringMatching(/^(?:too-slow|out-of-memory)$/);
        expect(await (await slow).json()).toMatchObject({ wire: { status: "failed", problems: [{ code }] } });
        expect(await (await bomb).json()).toMatchObject({ wire: { status: "failed" } });
        expect(await (await looped).json()).toMatchObject({ wire: { status: "failed" } });
        // The next document is checked as if nothing had been.
        const next = await upload(server, "wren.pdf", new Uint8Array(readFileSync(SAMPLE)));
        expect(await next.json()).toMatchObject({ wire: { status: "checked", pages: 2 } });
      },
      { dropLimits: limits },
    );
  });

  test("a stream that only the annotated copy inflates makes no copy, and ends nothing", { timeout: 240_000 }, async () => {
    await atReview(
      [],
      decisions,
      async (server) => {
        const checked = await upload(server, "hidden.pdf", await hiddenBomb());
        expect(await checked.json()).toMatchObject({ document: 0, wire: { status: "checked" } });
        const copy = await server.api("/api/documents/0/annotated");
        expect(copy.status).toBe(409);
        expect(await copy.json()).toEqual({ error: "no annotated copy: the PDF is too damaged to be rewritten" });
        expect(await isUp(server)).toBe(true);
      },
      { limits },
    );
  });

  test("of many at once some are taken, the others are told to come again, and none is lost", { timeout: 240_000 }, async () => {
    await atReview([], decisions, async (server) => {
      // Long enough to be no task for the server itself.
      const text = "We trained Ibis on 8 V100 GPUs for 2 days, which took 9,000 GPU-hours.\n\n".repeat(300);
      const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => upload(server, `ibis-${index}.txt`, text)));
      const statuses = answers.map(({ status }) => status);
      expect(new Set(statuses)).toEqual(new Set([200, 503]));
      const taken = statuses.filter((status) => status === 200).length;
      expect(await (await server.api("/api/queue")).json()).toMatchObject({ progress: { done: taken } });
    });
  });

  test("an upload that does not come to its end is given up", { timeout: 60_000 }, async () => {
    await atReview(
      [],
      decisions,
      async (server) => {
        const socket = connect(server.port, "127.0.0.1");
        const answer = new Promise<string>((resolve) => {
          let text = "";
          socket.on("data", (chunk) => {
            text += chunk.toString();
          });
          socket.on("close", () => resolve(text));
        });
        socket.write(
          `POST /api/check HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nX-Reckoner-Token: ${server.token}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"text":`,
        );
        const drip = setInterval(() => socket.write(" "), 300);
        socket.on("error", () => undefined);
        expect(await answer).toMatch(/^HTTP\/1\.1 408/);
        clearInterval(drip);
        expect(await isUp(server)).toBe(true);
      },
      { at: { requestSeconds: 2 } },
    );
  });
});
