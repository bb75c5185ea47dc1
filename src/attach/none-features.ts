/** What speaks for a figure being of no model. */
import { append } from "../model/many.ts";
import type { Mention } from "../model/mention.ts";
import { clauseOf, type ModelScene } from "./model-scene.ts";

/** What speaks for a figure being of no model. */
export function noneFeatures(scene: ModelScene, mention: Mention): readonly string[] {
  const names = scene.namesIn(mention.sentence);
  const named = mention.cell === null ? names.named.size : 0;
  const features = [
    "none",
    `none:kind=${mention.kind}`,
    `none:sentence=${Math.min(named, 2)}`,
    `none:kind=${mention.kind}&sentence=${named > 0}`,
  ];
  for (const step of NONE_STEPS) if (names.best > step) features.push(`none:sentence>${step}`);
  for (const step of NONE_STEPS) if ((scene.best?.score ?? step) > step) features.push(`none:document>${step}`);
  features.push(`none:documentnames=${Math.min(scene.countNames, 3)}`);
  if (RATES.has(mention.kind)) features.push(`none:rate&documentnames=${Math.min(scene.countNames, 2)}`);
  if (mention.per !== null) features.push(`none:per=${mention.per}`, "none:per");
  if (mention.cell !== null) features.push("none:cell");
  for (const kind of scene.cues.kindsIn(clauseOf(scene, mention)))
    if (NONE_CUES.has(kind)) append(features, [`none:cue=${kind}`, ...(named === 0 ? [`none:cue=${kind}&unnamed`] : [])]);
  const near = scene.document.text.slice(
    Math.max(mention.sentence.start, mention.span.start - 60),
    Math.min(mention.sentence.end, mention.span.end + 40),
  );
  for (const word of near.toLowerCase().match(/\p{L}+/gu) ?? []) {
    if (scene.names.words.is(word, "total")) features.push(named === 0 ? "none:total&unnamed" : "none:total&named");
    if (scene.names.words.is(word, "org-noun")) features.push("none:place");
  }
  return features;
}

/** What is of a product, a place or a market rather than of a run. */
export const RATES: ReadonlySet<string> = new Set(["price", "pue", "carbon-intensity", "flop-rate"]);

const NONE_STEPS = [-20, -10, 0, 10] as const;

const NONE_CUES: ReadonlySet<string> = new Set([
  "plan",
  "request",
  "limit",
  "condition",
  "modal",
  "stage-inference",
  "stage-data",
  "stage-all",
  "stage-search",
  "about-serving",
  "about-purchase",
  "contrast",
  "own",
  "cited",
]);
