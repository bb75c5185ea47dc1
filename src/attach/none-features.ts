/** What speaks for a figure being of no model. */
import type { Mention } from "../model/mention.ts";
import type { ModelScene } from "./model-scene.ts";
import { clauseOf, isReference } from "./sure.ts";

/** What speaks for a figure being of no model. */
export function noneFeatures(scene: ModelScene, mention: Mention): readonly string[] {
  const inside = mention.cell === null ? scene.within(mention.sentence).filter(({ entity }) => entity.score > 0) : [];
  const features = [
    "none",
    `none:kind=${mention.kind}`,
    `none:sentence=${Math.min(new Set(inside.map(({ entity }) => entity.key)).size, 2)}`,
    `none:kind=${mention.kind}&sentence=${inside.length > 0}`,
  ];
  const best = Math.max(...scene.within(mention.sentence).map(({ entity }) => (isReference(entity) ? 0 : entity.score)));
  for (const step of NONE_STEPS) if (best > step) features.push(`none:sentence>${step}`);
  if (mention.per !== null) features.push(`none:per=${mention.per}`, "none:per");
  if (mention.cell !== null) features.push("none:cell");
  for (const { kind } of scene.cues.within(clauseOf(scene, mention)))
    if (NONE_CUES.has(kind)) features.push(`none:cue=${kind}`, ...(inside.length === 0 ? [`none:cue=${kind}&unnamed`] : []));
  const near = scene.document.text.slice(
    Math.max(mention.sentence.start, mention.span.start - 60),
    Math.min(mention.sentence.end, mention.span.end + 40),
  );
  for (const word of near.toLowerCase().match(/\p{L}+/gu) ?? []) {
    if (scene.names.words.is(word, "total")) features.push("none:total");
    if (scene.names.words.is(word, "org-noun")) features.push("none:place");
  }
  return features;
}

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
