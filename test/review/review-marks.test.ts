import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { faultsOf, hasBrowser, inReview, LAPTOP, putPdf } from "../support/review-server.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-marks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Set to a folder, the states are kept there as pictures, in both colors and three widths. */
const SHOTS = process.env["RECKONER_SCREENSHOTS"];

async function shoot(view: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  for (const colorScheme of ["light", "dark"] as const)
    for (const width of [1366, 600, 390]) {
      await view.emulateMedia({ colorScheme });
      await view.setViewportSize({ width, height: 768 });
      await view.waitForTimeout(600);
      await view.screenshot({ path: join(SHOTS, `marks-${name}-${width}-${colorScheme}.png`) });
    }
  await view.emulateMedia({ colorScheme: "light" });
  await view.setViewportSize(LAPTOP);
  await view.waitForTimeout(600);
}

const WRONG = "We trained Ibis on 8 V100 GPUs for 2 days, which took 9,000 GPU-hours.";
const RIGHT = "We trained Kite on 8 V100 GPUs for 3 days, which took 576 GPU-hours.";

test.runIf(hasBrowser)("every claim of a text is marked by how it stands, and a mark opens its claim", { timeout: 120_000 }, async () => {
  const path = join(folder, "two.md");
  writeFileSync(path, `${WRONG}\n\n${RIGHT}\n`);
  await inReview([path], join(folder, "two.sqlite"), async (view) => {
    await view.locator("mark.claim.wrong").waitFor();
    await shoot(view, "text");
    const right = view.locator("mark.right", { hasText: "576 GPU-hours" });
    await right.waitFor();
    expect(await view.evaluate("getComputedStyle(document.querySelector('mark.right'), '::after').content")).toContain("✓");
    expect(await faultsOf(view)).toEqual([]);
    await right.locator("a").click();
    await expect.poll(() => view.locator("mark.claim").textContent()).toBe("576 GPU-hours");
    await expect.poll(() => view.locator(".finding").textContent()).toContain("576 GPU-hours");
    await view.getByLabel("Verdict").selectOption("consistent");
    await expect.poll(() => view.locator(".row", { hasText: "576 GPU-hours" }).count()).toBe(1);
    expect(await view.locator(".row", { hasText: "9,000" }).count()).toBe(0);
    expect(await faultsOf(view)).toEqual([]);
  });
});

test.runIf(hasBrowser)("a document in which nothing is flagged can be read", { timeout: 120_000 }, async () => {
  const path = join(folder, "clean.md");
  writeFileSync(path, `${RIGHT}\n`);
  await inReview([path], join(folder, "clean.sqlite"), async (view) => {
    await view.locator("mark.claim.right").waitFor({ timeout: 30_000 });
    expect(await view.locator("mark", { hasText: "576 GPU-hours" }).getAttribute("class")).toContain("right");
  });
});

test.runIf(hasBrowser)("the words of a PDF can be selected, and its claims are marked and opened", { timeout: 120_000 }, async () => {
  const path = await putPdf(join(folder, "birds.pdf"), "Birds", [WRONG, RIGHT]);
  await inReview([path], join(folder, "birds.sqlite"), async (view) => {
    await view.locator(".box.claim.wrong").waitFor({ timeout: 30_000 });
    const line = view.locator(".words span", { hasText: "We trained Kite" });
    await line.waitFor();
    await shoot(view, "pdf");
    const claim = view.locator(".box.right[aria-label*='576 GPU-hours']");
    // Each word lies where it is drawn.
    const [words, mark] = [await line.boundingBox(), await claim.boundingBox()];
    expect(mark?.y).toBeGreaterThan((words?.y ?? 0) - 4);
    expect((mark?.x ?? 0) + (mark?.width ?? 0)).toBeLessThan((words?.x ?? 0) + (words?.width ?? 0) + 8);
    const [x, y] = [(words?.x ?? 0) + 1, (words?.y ?? 0) + (words?.height ?? 0) / 2];
    await view.mouse.move(x, y);
    await view.mouse.down();
    await view.mouse.move(x + (words?.width ?? 0) / 3, y, { steps: 5 });
    await view.mouse.up();
    expect(await view.evaluate("String(getSelection())")).toMatch(/^We trained Kite/);
    await claim.click();
    await expect.poll(() => view.locator(".box.claim").getAttribute("aria-label")).toBe("the claim: 576 GPU-hours");
    expect(await faultsOf(view)).toEqual([]);
  });
});

test.runIf(hasBrowser)("without an input, what is pasted is checked", { timeout: 120_000 }, async () => {
  await inReview([], join(folder, "pasted.sqlite"), async (view) => {
    const field = view.locator("main #excerpt");
    await field.waitFor();
    await shoot(view, "paste");
    expect(await faultsOf(view)).toEqual([]);
    await field.fill(RIGHT);
    await view.locator("main #check").click();
    await view.locator("mark.right", { hasText: "576 GPU-hours" }).waitFor({ timeout: 60_000 });
  });
});
