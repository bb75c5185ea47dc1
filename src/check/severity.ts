import type { Severity } from "../model/finding.ts";
import { largest } from "../model/many.ts";
import type { Mention, MentionKind } from "../model/mention.ts";
import type { Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import type { Group } from "./compare.ts";
import { distanceBetween, type Ground } from "./derive.ts";
import type { Estimate } from "./estimate.ts";

/** Below this, what was read makes at most a warning. */
const SURE_CONFIDENCE = 0.9;

/**
 * How grave a disagreement is.
 *
 * An error only where every premise is stated or a definition, read without doubt, in one run that is surely one, and outside what
 * the equation may leak; a warning where a dated fact was needed; a note for plans, defaults and estimating models.
 */
export function severityOf(ground: Ground, quantity: Quantity, group: Group): Severity {
  const { estimate, ratio } = group.leading;
  const mentions = [quantity.mention, ...estimate.premises.map((premise) => premise.mention)];
  const natures = new Set(estimate.facts.map((fact) => fact.nature));
  const caps = new Set(estimate.equations.map((equation) => equation.severityCap));
  // A source that was given is about the claim; only what stands apart in it is in doubt.
  const [foreign, near] = [true, false].map((isForeign) => mentions.filter((mention) => ground.isForeign(mention) === isForeign));
  const furthest = largest([foreign ?? [], near ?? []].map(spreadOf), 0);
  if (
    mentions.some((mention) => mention.role === "hypothetical") ||
    natures.has("default") ||
    isBorrowed(ground.run, estimate) ||
    caps.has("note") ||
    estimate.equations.length >= 3
  )
    return "note";
  if (natures.has("dated") && mentions.some((mention) => mention.role === "other") && mentions.every((mention) => mention.role !== "own"))
    return furthest < 1 ? "warning" : "note";
  // Two offers of one machine are two prices, and neither is wrong.
  if (natures.has("dated") && estimate.slot !== "cost" && quantity.mention.kind === "price") return "note";
  // Who pays less than a listed price has a discount, or machines of their own.
  const isOfPrice = natures.has("dated") && estimate.slot === "cost" && ratio < 1;
  const isBesideBand = largest(quantity.readings.map(({ width }) => width.face)) * BESIDE_BAND >= estimate.width.generous.low;
  if (isOfPrice && (ratio >= MOST_DISCOUNT || isBesideBand)) return "note";
  const band = estimate.equations.at(-1)?.errorBand ?? null;
  const isWithinErrorBand = band !== null && ratio >= band.low && ratio <= band.high;
  const isUnsure =
    mentions.some((mention) => mention.confidence < SURE_CONFIDENCE) ||
    ground.run.tie === "document" ||
    (furthest >= 3 && !TOLD_TOGETHER.has(ground.run.tie));
  // What a bare price buys is settled by price lists of its time, not by its words.
  const isListed = estimate.premises.some(({ mention, readings }) => mention.kind === "price" && readings.length > 1);
  if (group.verdict === "depends") return isUnsure ? "note" : "warning";
  if (natures.has("dated") || isListed || caps.has("warning") || isWithinErrorBand) return isUnsure ? "note" : "warning";
  return isUnsure ? "warning" : "error";
}

/** What came together so is told together, however long the list is. */
const TOLD_TOGETHER: ReadonlySet<Run["tie"]> = new Set(["row", "sentence", "paragraph"]);

/** The least part of a listed price that large customers pay. */
const MOST_DISCOUNT = 0.4;

/** A cost this many times below the cheapest offer that is known is odd and no more: offers come and go. Source: method of prices, section 4. */
const BESIDE_BAND = 1.5;

/** Constants of a product, a place or a model hold for all its runs; any other figure of another run may be of another thing. */
const HOLD_FOR_ALL: ReadonlySet<MentionKind> = new Set(["price", "pue", "carbon-intensity", "power"]);

/** Whether an estimate rests on what another run states of itself, in another sentence than the claim's where a claim is given. */
export function isBorrowed(run: Run, estimate: Estimate, claim: Mention | null = null): boolean {
  return estimate.premises.some(
    ({ mention }) => run.lent.has(mention.id) && !HOLD_FOR_ALL.has(mention.kind) && mention.sentence.start !== claim?.sentence.start,
  );
}

/** How far the first of some mentions is from the others. */
function spreadOf(mentions: readonly Mention[]): number {
  const [first, ...others] = mentions;
  return first === undefined
    ? 0
    : largest(
        others.map((other) => distanceBetween(first, other)),
        0,
      );
}
