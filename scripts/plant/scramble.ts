import type { Mention } from "../../src/model/mention.ts";
import { type CheckText, type Claim, near } from "./claims.ts";

/** A time within the band of the equation cannot be told from the right one. */
const LEAST_DIFFERENCE = 0.25;

/** Claims after it whose times each claim is given. */
const MOST_TIMES = 5;

const HOURS: Readonly<Record<string, number>> = { minute: 1 / 60, hour: 1, day: 24, week: 168, month: 730.5 };

/** Hardware of one claim with the time of the next: how many still agree, so that the test was strong. */
export async function scramble(
  check: CheckText,
  claims: readonly Claim[],
): Promise<{ readonly tried: number; readonly agreeing: number; readonly lines: readonly string[] }> {
  const timed = claims.filter(({ finding, mentions }) => finding.rule === "accelerator-hours/product" && mentions.length === 3);
  const lines: string[] = [];
  let tried = 0;
  for (const [index, claim] of timed.entries()) {
    for (let step = 1; step <= MOST_TIMES; step += 1) {
      const other = timed[(index + step) % timed.length];
      const [time, foreign] = [claim, other].map((each) => each?.mentions.find((mention) => mention.kind === "wall-time"));
      const place = time === undefined ? null : claim.excerpt.at(time.span);
      if (other === undefined || other === claim || foreign === undefined || place === null || time === undefined) continue;
      // What hardly changes the time is no other time.
      if (Math.abs(hoursOf(foreign) / hoursOf(time) - 1) < LEAST_DIFFERENCE) continue;
      tried += 1;
      const { text } = claim.excerpt;
      const result = await check(text.slice(0, place.start) + foreign.text + text.slice(place.end), claim.date);
      const still = result?.checked.findings.some(
        (each) => each.verdict === "consistent" && each.rule === claim.finding.rule && near(each.stated.value, claim.finding.stated.value),
      );
      if (still === true)
        lines.push(`AGREES ${claim.document} "${time.text}" -> "${foreign.text}" ${text.replaceAll(/\s+/g, " ").slice(0, 200)}`);
    }
  }
  return { tried, agreeing: lines.length, lines };
}

function hoursOf(mention: Mention): number {
  return mention.value * (HOURS[mention.unit] ?? 1);
}
