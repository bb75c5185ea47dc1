import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { agreements } from "../../src/review/agreement.ts";
import { DecisionStore } from "../../src/review/decision-store.ts";
import { exportReview } from "../../src/review/review-export.ts";
import { storePlace } from "../../src/store/store-place.ts";
import { freshDatabase, hasPostgres } from "../support/postgres.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-decisions-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FIRST = "0123456789abcdef";
const SECOND = "fedcba9876543210";

async function decideIn(place: string): Promise<void> {
  const [ada, ben] = [await DecisionStore.open(storePlace(place)), await DecisionStore.open(storePlace(place))];
  await ada.add("Ada", { fingerprint: FIRST, decision: "unsure", reason: "", note: "" }, "2026-01-02T10:00:00Z");
  await ada.add("Ada", { fingerprint: FIRST, decision: "confirmed", reason: "", note: "wrote to them" }, "2026-01-02T10:01:00Z");
  await ben.add("Ben", { fingerprint: FIRST, decision: "fine", reason: "rounding", note: "" }, "2026-01-02T11:00:00Z");
  await ben.add("Ben", { fingerprint: SECOND, decision: "fine", reason: "rounding", note: "" }, "2026-01-02T11:01:00Z");
  await ben.add("Ben", { fingerprint: SECOND, decision: null, reason: "", note: "" }, "2026-01-02T11:02:00Z");
  await ada.close();
  expect(await ben.history()).toHaveLength(5);
  const standing = await ben.standing();
  expect(standing.map(({ reviewer, decision }) => `${reviewer} ${decision}`).sort()).toEqual(["Ada confirmed", "Ben fine"]);
  expect(agreements(standing)).toHaveLength(1);
  await ben.close();
}

const POSTGRES = await hasPostgres();

describe("decisions", () => {
  test("of several reviewers stand in a file; the last of each counts", () => decideIn(join(folder, "decisions.sqlite")));

  test.skipIf(!POSTGRES)("and on PostgreSQL", async () => {
    const database = await freshDatabase();
    try {
      await decideIn(database.url);
    } finally {
      await database.drop();
    }
  });
});

const exported = (...request: Parameters<typeof exportReview>): string => exportReview(...request).text;

describe("exports", () => {
  const entry = {
    ...{
      document: 0,
      source: "a.pdf",
      fingerprint: FIRST,
      id: "f1",
      verdict: "inconsistent",
      severity: "error",
      confidence: 0.98,
      rule: "money/run-cost",
    },
    ...{
      kind: "cost",
      subject: "Vela",
      ratio: 4,
      text: "$98,304",
      quote: "Training cost $98,304 in all.",
      speaker: "Roe",
      message: "It is $24,576.",
      working: ["64 chips × 96 hours × $4 = $24,576"],
      page: 3,
      line: null,
      doubt: null,
      rank: 0,
      revision: 0,
      added: null,
    },
  };
  const decision = {
    id: 1,
    fingerprint: FIRST,
    decision: "confirmed" as const,
    reason: "",
    note: "told them",
    reviewer: "Ada",
    at: "2026-01-02T10:00:00Z",
  };

  test("reviews are what the check takes", () => {
    expect(JSON.parse(exported("reviews", [entry], [decision], []))).toEqual([
      { fingerprint: FIRST, decision: "confirmed", reason: "told them", author: "Ada", at: "2026-01-02" },
    ]);
  });

  test("fact checks hold what is for others, annotations all", () => {
    const [review] = JSON.parse(exported("claimreview", [entry], [decision], []));
    expect(review).toMatchObject({ "@type": "ClaimReview", claimReviewed: entry.quote, itemReviewed: { author: { name: "Roe" } } });
    expect(JSON.parse(exported("claimreview", [entry], [{ ...decision, decision: "unsure" }], []))).toEqual([]);
    const [annotation] = JSON.parse(exported("annotations", [entry], [decision], []));
    expect(annotation.target.selector).toMatchObject({ type: "FragmentSelector", value: "page=3" });
    expect(annotation.target.selector.refinedBy).toEqual({
      type: "TextQuoteSelector",
      exact: "$98,304",
      prefix: "Training cost ",
      suffix: " in all.",
    });
  });

  test("a claim that a reviewer added is told as such, decided or not", () => {
    const added = { ...entry, added: { reviewer: "Ben", at: "2026-01-03T10:00:00Z" } };
    const [row] = JSON.parse(exported("json", [added], [], []));
    expect(row).toMatchObject({ decision: null, reviewer: "Ben", at: "2026-01-03T10:00:00Z", added: { reviewer: "Ben" } });
    expect(exported("csv", [added], [decision], [])).toContain(",Ben,error,");
    expect(exported("markdown", [added], [decision], [])).toContain("- not found by the check: added by Ben");
    expect(exported("csv", [entry], [], []).trim().split("\n")).toHaveLength(1);
  });

  test("tables escape what a spreadsheet or Markdown would take for its own", () => {
    const odd = { ...entry, message: "=1+1 | *x*" };
    expect(exported("csv", [odd], [decision], [])).toContain(`,'=1+1 | *x*\r\n`);
    expect(exported("markdown", [odd], [decision], [])).toContain("=1+1 \\| \\*x\\*");
  });
});
