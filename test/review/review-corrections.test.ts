import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kysely, sql } from "kysely";
import { afterAll, describe, expect, test } from "vitest";
import { DecisionStore } from "../../src/review/decision-store.ts";
import { openResultStore } from "../../src/store/result-store.ts";
import { sqliteDialect } from "../../src/store/sqlite-dialect.ts";
import { storePlace } from "../../src/store/store-place.ts";
import { freshDatabase, hasPostgres } from "../support/postgres.ts";
import { atReview, faultsOf, hasBrowser, inBrowser, xlnetPaper } from "../support/review-server.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-corrections-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FINDING = "0123456789abcdef";
const CHIPS = { fingerprint: FINDING, kind: "reading", mention: "m1", text: "512 TPU v3 chips", slot: "", before: "chip" } as const;

async function correctIn(place: string): Promise<void> {
  const [ada, ben] = [await DecisionStore.open(storePlace(place)), await DecisionStore.open(storePlace(place))];
  await ada.correct("Ada", { ...CHIPS, after: "core" }, "2026-01-02T10:00:00Z");
  await ada.correct("Ada", { ...CHIPS, kind: "value", before: "512", after: "500" }, "2026-01-02T10:01:00Z");
  await ben.correct("Ben", { ...CHIPS, after: "device" }, "2026-01-02T10:02:00Z");
  const standing = (await ada.corrections()).map(({ kind, after, reviewer }) => `${kind} ${after} ${reviewer}`);
  expect(standing).toEqual(["value 500 Ada", "reading device Ben"]);
  await ada.correct("Ada", { ...CHIPS, after: null }, "2026-01-02T10:03:00Z");
  expect((await ben.corrections()).map(({ kind }) => kind)).toEqual(["value"]);
  expect(await ben.correctionHistory()).toHaveLength(4);
  const [, second] = await ben.correctionHistory();
  expect(await ben.correctionHistory(second?.id)).toHaveLength(2);
  await ada.close();
  await ben.close();
}

const POSTGRES = await hasPostgres();

describe("corrections", () => {
  test("stand in a file; the last of each figure counts, whoever made it", () => correctIn(join(folder, "corrections.sqlite")));

  test.skipIf(!POSTGRES)("and on PostgreSQL, beside the results of a batch", async () => {
    const database = await freshDatabase();
    try {
      const results = await openResultStore(storePlace(database.url));
      await correctIn(database.url);
      await results.close();
      await (await openResultStore(storePlace(database.url))).close();
    } finally {
      await database.drop();
    }
  });

  test("a file of decisions that knew none is brought up to date, and keeps its lines", async () => {
    const path = join(folder, "old.sqlite");
    const old = new Kysely<unknown>({ dialect: sqliteDialect(path) });
    await sql`create table decision (id integer primary key autoincrement, fingerprint text not null, decision text, note text not null,
      reviewer text not null, at text not null)`.execute(old);
    await sql`insert into decision (fingerprint, decision, note, reviewer, at) values (${FINDING}, 'fine', 'old', 'Ada', '2026-01-01')`.execute(
      old,
    );
    await old.destroy();
    const store = await DecisionStore.open(storePlace(path));
    expect(await store.standing()).toMatchObject([{ decision: "fine", reason: "", note: "old" }]);
    await store.correct("Ada", { ...CHIPS, after: "core" }, "2026-01-02T10:00:00Z");
    await store.close();
    const again = await DecisionStore.open(storePlace(path));
    expect(await again.corrections()).toHaveLength(1);
    await again.close();
  });
});

test.runIf(hasBrowser)("a number, a missing value and a price are put in, told and taken back", { timeout: 120_000 }, async () => {
  const grover = join(folder, "grover.md");
  writeFileSync(
    grover,
    "Training Grover-Mega cost $25,000; it took two weeks at $0.30 per TPU v3 core-hour.\n\nWe trained Heron-2 on 64 V100 GPUs for 10 days in November 2019; the cost was $98,304.\n",
  );
  const decisions = join(folder, "kept.sqlite");
  const papers = [await xlnetPaper(folder), grover];
  await inBrowser(async (view) => {
    const recomputed = view.locator("#recomputed");
    const told = view.locator(".corrections");
    await atReview(papers, decisions, async (server) => {
      await view.goto(server.url);
      const verdict = view.locator(".finding > p").first();
      await expect.poll(() => recomputed.textContent(), { timeout: 30_000 }).toBe("$61,440");

      // The page really has 128 chips: the claim still does not fit. Escape drops what was being typed.
      const chips = view.locator('input[aria-label="number of 512 TPU v3 chips"]');
      await chips.fill("99");
      await view.keyboard.press("Escape");
      expect(await chips.inputValue()).toBe("512");
      await chips.fill("128");
      await view.keyboard.press("Enter");
      await expect.poll(() => recomputed.textContent()).toBe("$15,360");
      expect(await told.textContent()).toContain("“512 TPU v3 chips” corrected from 512 to 128 by ada");
      await chips.fill("2048");
      await view.keyboard.press("Enter");
      await expect.poll(() => verdict.textContent()).toContain(": consistent");
      expect(await told.textContent()).toContain("$61,440 → $245,760, inconsistent → consistent");
      await view.keyboard.press("Escape");

      // A price is looked up, or said.
      await view.keyboard.press("j");
      await expect.poll(() => view.locator(".row[aria-selected=true]").textContent()).toContain("$98,304");
      const listed = await recomputed.textContent();
      expect(listed).toMatch(/^\$[\d,]+$/);
      expect(listed).not.toBe("$98,304");
      await view.keyboard.press("p");
      await view.locator("#provider").selectOption("AWS");
      await expect.poll(() => told.textContent()).toContain("provider filled in as AWS by ada");
      await view.keyboard.press("z");
      await view.keyboard.press("Escape");
      await view.keyboard.press("z");
      await expect.poll(() => told.count()).toBe(0);
      await view.locator("input[name=price-date]").fill("June");
      await view.keyboard.press("Tab");
      expect(await told.count()).toBe(0);
      await view.locator("input[name=price-date]").fill("2019-11");
      await view.keyboard.press("Tab");
      await expect.poll(() => told.textContent()).toContain("price date filled in as 2019-11");
      await view.locator('input[aria-label="USD per accelerator-hour"]').fill("6.4");
      await view.keyboard.press("Enter");
      await expect.poll(() => recomputed.textContent()).toBe("$98,304");
      await expect.poll(() => verdict.textContent()).toContain(": consistent");
      await view.keyboard.press("Escape");

      // What is missing is filled in, in the unit of the page.
      await view.locator("select[aria-label=Verdict]").selectOption("unverifiable");
      await view.keyboard.press("Escape");
      await expect.poll(() => view.locator(".row[aria-selected=true]").textContent()).toContain("$25,000");
      await view.locator(".finding h2", { hasText: "Missing" }).waitFor();
      await view.keyboard.press("e");
      await view.keyboard.type("64");
      await view.keyboard.press("Enter");
      await expect.poll(() => verdict.textContent()).toContain(": inconsistent");
      await view.locator("button", { hasText: "a v3-256 slice" }).click();
      await expect.poll(() => recomputed.textContent()).toBe("$25,805");
      await expect.poll(() => told.textContent()).toContain("accelerators filled in as 128 accelerator by ada");
      expect(await told.textContent()).toContain("unverifiable → consistent");
      expect(await faultsOf(view)).toEqual([]);
      expect(await view.locator('input[aria-label="accelerators"]').inputValue()).toBe("256");

      const shots = process.env["RECKONER_SCREENSHOTS"];
      if (shots !== undefined) await view.screenshot({ path: join(shots, "review-missing.png") });

      // No claim passes the filter, which is said and can be undone.
      await view.locator("#filter").fill("nothing of the kind");
      await view.keyboard.press("Escape");
      await expect.poll(() => view.locator("main").textContent()).toContain("No claim passes the filter.");
      expect(await faultsOf(view)).toEqual([]);
      await view.locator(".nothing button").click();
      await expect.poll(() => view.locator(".row").count()).toBe(2);

      // It is kept for whoever comes next, and told by every export.
    });
    await atReview(
      papers,
      decisions,
      async (server) => {
        await view.goto(server.url);
        await expect.poll(() => recomputed.textContent(), { timeout: 30_000 }).toBe("$245,760");
        expect(await told.textContent()).toContain("by ada");
        const exported = async (format: string) => (await server.api(`/api/export/${format}`)).text();
        expect(await exported("csv")).toContain('""512 TPU v3 chips"": 512 -> 2048, by ada');
        expect(await exported("markdown")).toContain("accelerators: not given -\\> 128 accelerator, by ada");
        expect(await exported("annotations")).toContain('"purpose": "editing"');
        const rows: readonly { readonly decision: string | null; readonly corrections: readonly object[] }[] = JSON.parse(
          await exported("json"),
        );
        expect(rows.flatMap((row) => row.corrections)).toHaveLength(4);
        expect(rows.every(({ decision }) => decision === null)).toBe(true);
        await view.locator(".corrections button").first().click();
        await expect.poll(() => recomputed.textContent()).toBe("$61,440");
        expect(await view.locator("details").textContent()).toContain("ben: “512 TPU v3 chips”: taken back");
      },
      { reviewer: "ben" },
    );
  });
});
