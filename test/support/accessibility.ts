import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/**
 * Rules of accessibility that a page as it is breaks, each with what breaks it.
 *
 * Pages here hold no frames of others, for which axe would open a page of its own, and what is in order need not be told in full: a seventh of the time.
 */
export async function brokenRules(view: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page: view })
    .setLegacyMode(true)
    .options({ resultTypes: ["violations"] })
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
