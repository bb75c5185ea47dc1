import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { putPapers, type Running, runTool, startTool, toolPath } from "../support/command.ts";
import { freshDatabase, hasPostgres } from "../support/postgres.ts";
import { faultsOf, hasBrowser, inBrowser, putPdf } from "../support/review-server.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-command-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Waits for the address that the command prints. */
async function addressOf(tool: Running): Promise<URL> {
  const out: string[] = [];
  return new Promise((resolve, reject) => {
    tool.child.stdout?.on("data", (chunk: Buffer) => {
      out.push(chunk.toString());
      const [, address] = /open (http:\S+)/.exec(out.join("")) ?? [];
      if (address !== undefined) resolve(new URL(address));
    });
    void tool.ended.then(({ code, err }) => reject(new Error(`ended with ${code}: ${err}`)));
  });
}

interface State {
  readonly progress: { readonly total: number; readonly done: number; readonly failed: readonly { readonly code: string }[] };
  readonly entries: readonly { readonly verdict: string; readonly document: number }[];
}

async function stateAt(url: URL): Promise<State> {
  const answer = await fetch(new URL("/api/queue", url), { headers: { "x-reckoner-token": url.searchParams.get("token") ?? "" } });
  return JSON.parse(await answer.text());
}

async function stop(tool: Running): Promise<number | null> {
  tool.child.kill("SIGINT");
  return (await tool.ended).code;
}

test.runIf(hasBrowser)("a folder opens at once, and the queue fills while it is checked", { timeout: 120_000 }, async () => {
  const papers = join(folder, "papers");
  putPapers(papers, 60);
  await putPdf(join(papers, "z-last.pdf"), "Lark", [
    "Lark-Large was trained on 256 TPU v3 chips for 4 days, at $8 per TPU v3 device-hour, for $196,608.",
  ]);
  writeFileSync(join(papers, "broken.pdf"), "%PDF-1.7\nnothing");
  const tool = startTool(folder, ["review", "papers", "--reviewer", "ada"]);
  const url = await addressOf(tool);
  // A browser may take longer to start than the papers to be checked.
  const { progress: first } = await stateAt(url);
  const watch = async (view: Page): Promise<void> => {
    expect(first.done).toBeLessThan(62);
    await view.goto(url.href);
    await view.locator("#recomputed").waitFor({ timeout: 30_000 });
    const shown = await view.locator(".row[aria-selected=true]").textContent();
    await expect.poll(async () => (await stateAt(url)).progress.done, { timeout: 60_000 }).toBe(62);
    await expect.poll(() => view.locator("#failures").textContent(), { timeout: 10_000 }).toBe("1 not read");
    await expect.poll(() => view.locator("#checking").count()).toBe(0);
    // Whatever came meanwhile, the claim that is looked at stays.
    expect(await view.locator(".row[aria-selected=true]").textContent()).toBe(shown);
    await view.locator("#failures").click();
    expect(await faultsOf(view)).toEqual([]);
    expect(await view.locator(".failures").textContent()).toMatch(/^broken\.pdf (?:truncated|damaged)/);
    const { progress, entries } = await stateAt(url);
    expect(progress.failed).toHaveLength(1);
    expect(entries.filter(({ verdict }) => verdict === "inconsistent").length).toBeGreaterThan(40);
  };
  try {
    await inBrowser(watch);
  } finally {
    expect(await stop(tool)).toBe(0);
  }
});

test("a review that is ended while it checks ends at once", { timeout: 60_000 }, async () => {
  putPapers(join(folder, "many"), 400);
  const tool = startTool(folder, ["review", "many"]);
  const url = await addressOf(tool);
  await expect.poll(async () => (await stateAt(url)).progress.done, { timeout: 30_000 }).toBeGreaterThan(0);
  const begun = performance.now();
  expect(await stop(tool)).toBe(0);
  expect(performance.now() - begun).toBeLessThan(8000);
});

/** Gives a command a terminal. */
const TERMINAL = "/usr/bin/script";

test.runIf(existsSync(TERMINAL) && process.platform === "linux")(
  "at a terminal the browser is opened, unless it is not to be",
  { timeout: 60_000 },
  async () => {
    const home = join(folder, "terminal");
    putPapers(home, 1);
    const opener = join(home, "xdg-open");
    writeFileSync(opener, `#!/bin/sh\necho "$1" > "${home}/opened"\n`, { mode: 0o755 });
    const env = { ...process.env, PATH: `${home}:${process.env["PATH"]}` };
    for (const [words, isOpened] of [
      ["--no-open", false],
      ["", true],
    ] as const) {
      const line = `${process.execPath} ${toolPath()} review ${home} ${words}`;
      const child = spawn(TERMINAL, ["-qec", line, "/dev/null"], { env, stdio: ["pipe", "pipe", "ignore"] });
      const ended = once(child, "close");
      let out = "";
      child.stdout.on("data", (chunk) => {
        out += chunk;
      });
      await expect.poll(() => out, { timeout: 30_000 }).toContain("to look at");
      await expect.poll(() => existsSync(join(home, "opened")), { timeout: isOpened ? 10_000 : 1000 }).toBe(isOpened);
      if (isOpened) expect(readFileSync(join(home, "opened"), "utf8").trim()).toBe(/open (http:\S+)/.exec(out)?.[1]);
      // The terminal passes Ctrl+C on.
      child.stdin.write("\u0003");
      await ended;
    }
  },
);

test("without anything to look at there is no server", async () => {
  expect(await runTool(folder, ["review", "nowhere"])).toMatchObject({ code: 2, err: expect.stringContaining("nowhere") });
  expect(await runTool(folder, ["review", "nowhere.sqlite"])).toMatchObject({ code: 2, err: expect.stringContaining("no such store") });
  expect(await runTool(folder, ["review", ".", "--host", "0.0.0.0"])).toMatchObject({
    code: 2,
    err: expect.stringContaining("--allow-remote"),
  });
});

async function reviewsStore(store: string, home: string): Promise<void> {
  putPapers(join(home, "papers"), 12);
  await runTool(home, ["batch", "papers", "--out", "out", "--store", store, "--fail-level", "never"]);
  const tool = startTool(home, ["review", store]);
  try {
    const url = await addressOf(tool);
    await expect.poll(async () => (await stateAt(url)).progress, { timeout: 30_000 }).toEqual({ total: 12, done: 12, failed: [] });
    const { entries } = await stateAt(url);
    expect(entries.length).toBeGreaterThanOrEqual(10);
    const token = { "x-reckoner-token": url.searchParams.get("token") ?? "" };
    const call = async (path: string, init: RequestInit = {}) => {
      const answer = await fetch(new URL(path, url), { headers: token, ...init });
      return JSON.parse(await answer.text());
    };
    expect(await call("/api/documents/0")).toMatchObject({ wire: { status: "checked" } });
    expect(await call("/api/documents/0/places")).toMatchObject({ wire: null, problem: null });
    const correction = { kind: "value", mention: "m1", value: 100 };
    const whatIf = await call("/api/what-if", { method: "POST", body: JSON.stringify({ document: 0, corrections: [correction] }) });
    expect(whatIf.changed).toHaveLength(1);
    // What the store knows is there after its file has gone.
    rmSync(join(home, "papers"), { recursive: true });
    expect(await call("/api/documents/5")).toMatchObject({ wire: { status: "checked" } });
    expect((await call("/api/documents/5/places")).problem).toContain("no such file");
  } finally {
    expect(await stop(tool)).toBe(0);
  }
}

test("a store of the batch is reviewed as it is", { timeout: 60_000 }, async () => {
  const home = join(folder, "file-store");
  mkdirSync(home);
  await reviewsStore("results.sqlite", home);
});

test("a store is reviewed from another folder, too, with its files", { timeout: 60_000 }, async () => {
  const home = join(folder, "far-store");
  mkdirSync(home);
  putPapers(join(home, "papers"), 2);
  await runTool(home, ["batch", "papers", "--out", "out", "--store", "results.sqlite", "--fail-level", "never"]);
  const tool = startTool(folder, ["review", join(home, "results.sqlite")]);
  try {
    const url = await addressOf(tool);
    await expect.poll(async () => (await stateAt(url)).progress.done, { timeout: 30_000 }).toBe(2);
    const headers = { "x-reckoner-token": url.searchParams.get("token") ?? "" };
    expect(await (await fetch(new URL("/api/documents/0/places", url), { headers })).json()).toMatchObject({ problem: null });
    expect(await (await fetch(new URL("/api/documents/0/file", url), { headers })).text()).toContain("We trained Heron-0");
  } finally {
    expect(await stop(tool)).toBe(0);
  }
});

const POSTGRES = await hasPostgres();

test.skipIf(!POSTGRES)("and one on PostgreSQL, with its decisions beside the results", { timeout: 60_000 }, async () => {
  const home = join(folder, "server-store");
  mkdirSync(home);
  const database = await freshDatabase();
  try {
    await reviewsStore(database.url, home);
    expect(await database.query("select count(*)::int as lines from reckoner.decision")).toEqual([{ lines: 0 }]);
  } finally {
    await database.drop();
  }
});
