import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { WireDocument } from "../../src/report/wire.ts";
import type { WhatIf } from "../../src/review/api-shapes.ts";
import { atReview, type ReviewServer } from "../support/review-server.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-what-if-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TEXT =
  "We rented 8 V100 GPUs for 2 days at $3 per GPU-hour, and paid $1,152 for Ibis; Kite took twice as long, and cost $3,304.\n\nWren was trained on 16 A100 GPUs for 5 days, 1,920 GPU-hours.\n";

/** What is judged otherwise when some words are corrected, asked for while a claim is looked at: the words of each claim with its verdicts before and after. */
async function changes(server: ReviewServer, words: string, value: number, claim: string): Promise<readonly string[]> {
  const { wire } = (await (await server.api("/api/documents/0")).json()) as { readonly wire: WireDocument };
  const idOf = (text: string): string => wire.mentions.find((mention) => mention.text === text)?.id ?? "";
  const asked = { document: 0, corrections: [{ kind: "value", mention: idOf(words), value }], claim: idOf(claim) };
  const answer = await server.api("/api/what-if", { method: "POST", body: JSON.stringify(asked) });
  const { changed, findings } = (await answer.json()) as WhatIf;
  expect(findings.some((finding) => finding.claim === idOf(claim))).toBe(true);
  const textOf = (id: string): string => wire.mentions.find((mention) => mention.id === id)?.text ?? "";
  const otherwise = changed.filter(({ before, after }) => before?.verdict !== after?.verdict);
  return otherwise.map((each) => `${textOf(each.claim)}: ${each.before?.verdict ?? "nothing"} → ${each.after?.verdict ?? "nothing"}`);
}

async function atText(use: (server: ReviewServer) => Promise<void>): Promise<void> {
  const path = join(folder, "ibis.md");
  writeFileSync(path, TEXT);
  await atReview([path], join(folder, "decisions.sqlite"), use);
}

test("a what-if tells what the correction changes, and nothing that only fewer means of checking would not tell", async () => {
  await atText(async (server) => {
    expect(await changes(server, "1,920 GPU-hours", 920, "1,920 GPU-hours")).toEqual([
      "5 days: consistent → nothing",
      "1,920 GPU-hours: consistent → inconsistent",
    ]);
  });
});

test("a claim that no equation reaches is judged under a what-if as it was judged before", async () => {
  await atText(async (server) => {
    expect(await changes(server, "$3,304", 2304, "$3,304")).toEqual(["$3,304: inconsistent → consistent"]);
  });
});
