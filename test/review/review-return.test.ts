import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { DecisionStore } from "../../src/review/decision-store.ts";
import { exportReview } from "../../src/review/review-export.ts";
import { storePlace } from "../../src/store/store-place.ts";
import { runTool } from "../support/command.ts";
import { freshDatabase, hasPostgres } from "../support/postgres.ts";
import { atReview } from "../support/review-server.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-return-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const POSTGRES = await hasPostgres();

/** Papers with a slip each, and a place for decisions; `more` stands behind what is claimed. */
function putBirds(home: string, more = ""): void {
  mkdirSync(join(home, "papers"), { recursive: true });
  for (const [name, hours] of [
    ["ibis", "9,000"],
    ["kite", "3,840"],
    ["rook", "3,072"],
  ])
    writeFileSync(
      join(home, "papers", `${name}.txt`),
      `We trained ${name} on 8 V100 GPUs for 2 days, which took ${hours} GPU-hours.\n${more}`,
    );
}

/** Ada finds the first fine and confirms the second; of the third Ben says otherwise. */
async function decideOn(home: string, place: string): Promise<void> {
  const papers = ["ibis", "kite", "rook"].map((name) => join(home, "papers", `${name}.txt`));
  await atReview(papers, place, async (server) => {
    const prints = papers.map((path) => server.library.queue.find(({ source }) => source === path)?.fingerprint ?? "");
    const decide = async (name: string, fingerprint: string, decision: string, words: object): Promise<void> => {
      const body = JSON.stringify({ fingerprint, decision, ...words });
      const answer = await server.api("/api/decisions", { method: "POST", body, headers: { "x-reckoner-reviewer": name } });
      expect(answer.status).toBe(200);
    };
    const [ibis = "", kite = "", rook = ""] = prints;
    await decide("Ada", ibis, "fine", { reason: "counts all seeds" });
    await decide("Ada", kite, "confirmed", { note: "wrote to them" });
    await decide("Ada", rook, "fine", { reason: "rounding" });
    await decide("Ben", rook, "confirmed", {});
    const standing = await server.decisions.standing();
    writeFileSync(join(home, "suppressed.yaml"), exportReview("suppressions", server.library.queue, standing, []).text);
  });
}

async function comesBack(home: string, place: string): Promise<void> {
  const plain = await runTool(home, ["check", "papers", "--format", "markdown"]);
  expect(plain.out).toContain("9,000");
  const checked = await runTool(home, ["check", "papers", "--reviews", place, "--format", "markdown"]);
  expect(checked.code).toBe(1);
  expect(checked.out).not.toContain("9,000");
  expect(checked.out).toMatch(/384 GPU hours\b.*Confirmed by Ada on 20\d\d-\d\d-\d\d: wrote to them\./);
  // What reviewers disagree about stays flagged, with what both said.
  expect(checked.out).toMatch(/Found to be fine by Ada on [\d-]+: rounding\. Confirmed by Ben on [\d-]+\./);
  expect(checked.err).toContain("1 finding is in the baseline, reviewed or suppressed, and not shown");
  const pretty = await runTool(home, ["check", "papers", "--reviews", place]);
  expect(pretty.out.replaceAll(/\s+/g, " ")).toContain("Confirmed by Ada");
}

test("decisions come back in the check, in a batch that is run again after the papers changed, and as suppressions", {
  timeout: 120_000,
}, async () => {
  const home = join(folder, "file");
  putBirds(home);
  await runTool(home, ["batch", "papers", "--out", "out", "--store", "store.sqlite", "--fail-level", "never"]);
  await decideOn(home, join(home, "kept.sqlite"));
  await comesBack(home, "kept.sqlite");
  // Other words came into the papers, so all are checked anew.
  putBirds(home, "\nThe weather was fine on most days, and nobody was hurt.\n");
  const again = await runTool(home, [
    "batch",
    "papers",
    "--out",
    "out",
    "--store",
    "store.sqlite",
    "--reviews",
    "kept.sqlite",
    "--fail-level",
    "never",
  ]);
  expect(again.code).toBe(0);
  expect(readFileSync(join(home, "out", "findings.csv"), "utf8")).not.toContain("9,000");
  for (const name of ["findings.csv", "index.html", "documents.jsonl", "findings.sarif"])
    expect(readFileSync(join(home, "out", name), "utf8"), name).toMatch(/Confirmed by Ada on [\d-]+: wrote to them\./);
  expect(JSON.parse(readFileSync(join(home, "out", "claimreview.json"), "utf8"))).toHaveLength(4);
  await comesBack(home, "kept.sqlite");
  // A review of the new results has the old decisions.
  await atReview([join(home, "papers", "ibis.txt")], join(home, "kept.sqlite"), async (server) => {
    expect(await (await server.api("/api/findings")).json()).toMatchObject({
      findings: [{ decisions: [{ decision: "fine", reason: "counts all seeds" }] }],
    });
  });
  const suppressed = await runTool(home, ["check", "papers", "--suppressions", "suppressed.yaml", "--format", "markdown"]);
  expect(suppressed.out).not.toContain("9,000");
  expect(suppressed.out).toContain("3,840");
  expect(suppressed.out).toContain("3,072");
  expect(readFileSync(join(home, "suppressed.yaml"), "utf8")).toContain('reason: "fine (Ada: counts all seeds)"');
  expect(await runTool(home, ["check", "papers", "--reviews", "gone.sqlite"])).toMatchObject({
    code: 2,
    err: expect.stringContaining("no such file"),
  });
});

test.skipIf(!POSTGRES)("and from PostgreSQL", { timeout: 120_000 }, async () => {
  const home = join(folder, "server");
  putBirds(home);
  const database = await freshDatabase();
  try {
    await decideOn(home, database.url);
    await comesBack(home, database.url);
    const store = await DecisionStore.open(storePlace(database.url));
    expect(await store.history()).toHaveLength(4);
    await store.close();
  } finally {
    await database.drop();
  }
});
