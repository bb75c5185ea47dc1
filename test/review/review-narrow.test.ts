import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { faultsOf, hasBrowser, inReview, xlnetPaper } from "../support/review-server.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-narrow-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.runIf(hasBrowser)("queue, page and working stand one under the other in a narrow window", { timeout: 120_000 }, async () => {
  await inReview([await xlnetPaper(folder)], join(folder, "decisions.sqlite"), async (view) => {
    for (const width of [600, 390]) {
      await view.setViewportSize({ width, height: 844 });
      await view.reload();
      await expect.poll(() => view.locator(".box.claim").count(), { timeout: 30_000 }).toBeGreaterThan(0);
      expect(await view.evaluate("document.documentElement.scrollWidth")).toBe(width);
      // The claim is scrolled to in its page, and the window stays at its beginning.
      expect(await view.evaluate("scrollY")).toBe(0);
      await view.keyboard.press("?");
      expect(await view.evaluate("(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('dialog'))")).toBe(
        0,
      );
      await view.keyboard.press("Escape");
      const tops: number[] = [];
      for (const pane of [".queue", "main.document", ".finding"]) {
        const box = await view.locator(pane).boundingBox();
        expect(box?.width, pane).toBe(width);
        expect(box?.height, pane).toBeGreaterThan(200);
        tops.push(box?.y ?? 0);
      }
      expect(tops).toEqual(tops.toSorted((left, right) => left - right));
      expect(await faultsOf(view)).toEqual([]);
    }
  });
});
