import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { freshDatabase, hasPostgres } from "../support/postgres.ts";
import { faultsOf, hasBrowser, inReview, type ReviewServer } from "../support/review-server.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-reviewers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const POSTGRES = await hasPostgres();

/** For 384: zeros too many, days for hours, twice as much. */
const WRONG = ["38,400", "9,216", "3,840", "768"];

test.runIf(hasBrowser && POSTGRES)("reviewers on two servers of one store see what the other decides", { timeout: 120_000 }, async () => {
  const path = join(folder, "birds.md");
  const birds = ["Ibis", "Kite", "Rook", "Wren"];
  writeFileSync(
    path,
    birds.map((name, index) => `We trained ${name} on 8 V100 GPUs for 2 days, which took ${WRONG[index]} GPU-hours.`).join("\n\n"),
  );
  const database = await freshDatabase();
  /** What they do, each on a server and in a browser of their own. */
  const judge = async (ada: Page, ben: Page, second: ReviewServer): Promise<void> => {
    for (const view of [ada, ben]) await view.locator("mark.claim").waitFor({ timeout: 30_000 });
    for (const key of ["c", "c", "m", "u"]) {
      await ada.keyboard.press(key);
      await expect.poll(() => ada.locator(".queue").textContent()).toContain("you: ");
    }
    await expect.poll(() => ada.locator("header").textContent()).toContain("4 of 4 decided");
    // Nothing is done in the other browser: it looks by itself.
    await expect.poll(() => ben.locator(".queue").textContent(), { timeout: 10_000 }).toContain("ada: misread");
    await expect.poll(() => ben.locator(".others").textContent()).toContain("ada: confirmed");
    await ben.keyboard.press("c");
    await ben.keyboard.press("f");
    await ben.keyboard.press("1");
    await ben.keyboard.press("m");
    await expect.poll(() => ada.locator(".queue").textContent(), { timeout: 10_000 }).toContain("you: confirmed · ben: fine · disagreed");
    await expect.poll(() => ada.locator("#reviewers").textContent(), { timeout: 10_000 }).toContain("κ 0.50");

    // Only what they disagree about, and why.
    await ada.locator("select[aria-label=Decision]").selectOption("disagreed");
    await expect.poll(() => ada.locator(".row").count()).toBe(1);
    await expect.poll(() => ada.locator(".others").textContent()).toContain("ben: fine, different scope");
    await ada.keyboard.press("Escape");
    await ada.keyboard.press("r");
    const sheet = ada.locator("dialog");
    expect(await sheet.locator("tbody").textContent()).toBe("ada, ben310.50");
    expect(await sheet.locator(".disputes").textContent()).toContain("ada: confirmed · ben: fine (different scope)");
    expect(await faultsOf(ada)).toEqual([]);
    const shots = process.env["RECKONER_SCREENSHOTS"];
    if (shots !== undefined) await ada.screenshot({ path: join(shots, "review-reviewers.png") });
    await sheet.locator(".disputes button").click();
    await expect.poll(() => ada.locator(".row[aria-selected=true]").textContent()).toContain("Kite");

    // Somebody else sits down at the same browser.
    await ada.keyboard.press("r");
    await ada.locator("#reviewer-name").fill("Zoë");
    await ada.keyboard.press("Tab");
    await ada.keyboard.press("Escape");
    await expect.poll(() => ada.locator("#reviewers").textContent()).toContain("Zoë");
    await ada.keyboard.press("m");
    await expect
      .poll(async () => (await second.decisions.standing()).map(({ reviewer }) => reviewer), { timeout: 10_000 })
      .toContain("Zoë");
  };
  try {
    await inReview([path], database.url, (ada) =>
      inReview([path], database.url, (ben, second) => judge(ada, ben, second), { reviewer: "ben" }),
    );
  } finally {
    await database.drop();
  }
});
