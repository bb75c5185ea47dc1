import type { Mention, Statement } from "../model/mention.ts";

/** Matches "L=24", "24 layers", "48-layer", "24 Transformer blocks". */
const LAYERS = /\bL\s?=\s?(?<key>\d{1,3})\b|\b(?<count>\d{1,3})[\s-](?:Transformer\s|decoder\s|encoder\s|hidden\s)?(?:layers?|blocks?)\b/i;

/** Matches "H=1024", "hidden size of 1,600", "1600-hidden", "1024 hidden units", "dmodel = 12288", "model dimension 4096". */
const HIDDEN =
  /\b(?:H|d_?model)\s?=\s?(?<key>\d[\d,]{2,6})\b|\b(?:hidden|model|embedding)[\s-](?:size|dimension(?:ality)?|width|dim)s?(?:\s(?:of|is|was|=))?\s?(?<size>\d[\d,]{2,6})\b|\b(?<count>\d[\d,]{2,6})[\s-]hidden(?:\sunits)?\b/i;

/** Matches "FFN dimension of 22,016", "intermediate size 11008", "feed-forward width = 4096"; not "FFN layers". */
const FEED_FORWARD =
  /\b(?:FFN|feed-?forward|intermediate|MLP)\s(?:hidden\s)?(?:dimension(?:ality)?|size|width|dim)s?(?:\s(?:of|is|was|=))?\s?(?<size>\d[\d,]{2,6})\b/i;

/** Matches "vocabulary of 32,000", "vocab size 50257", "a 32K vocabulary"; not "vocabulary words". */
const VOCABULARY =
  /\bvocab(?:ulary)?(?:\ssize)?(?:\s(?:of|is|was|=))?\s?(?<size>\d[\d,]{2,7})\b|\bvocab(?:ulary)?(?:\ssize)?\s(?:of\s)?(?<thousands>\d{2,3})[kK]\b|\b(?<before>\d{2,3})[kK]\svocab/i;

/** Where a sentence tells the layers and the width of the one network whose parameters it tells. */
export function findShapes(text: string, offset: number, mentions: readonly Mention[]): readonly Statement[] {
  const parameters = mentions.filter((mention) => mention.kind === "parameters" && mention.per === null && mention.number.range === null);
  const [only] = parameters;
  if (only === undefined || parameters.length > 1) return [];
  const [layers, hidden] = [LAYERS, HIDDEN].map((pattern) => allOf(pattern, text));
  // Two widths are of two networks, and which has the parameters is not known.
  if (layers?.length !== 1 || hidden?.length !== 1 || layers[0] === undefined || hidden[0] === undefined) return [];
  return [
    {
      kind: "shape",
      span: { start: offset, end: offset + text.length },
      layers: layers[0],
      hidden: hidden[0],
      feedForward: onlyOf(FEED_FORWARD, text),
      vocabulary: onlyOf(VOCABULARY, text),
      parameters: only.id,
    },
  ];
}

function onlyOf(pattern: RegExp, text: string): number | null {
  const found = allOf(pattern, text);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** The different numbers that a pattern finds. */
function allOf(pattern: RegExp, text: string): readonly number[] {
  const found = [...text.matchAll(new RegExp(pattern, `${pattern.flags}g`))].map(({ groups }) =>
    groups?.["thousands"] === undefined && groups?.["before"] === undefined
      ? Number((groups?.["key"] ?? groups?.["size"] ?? groups?.["count"] ?? "0").replaceAll(",", ""))
      : Number(groups["thousands"] ?? groups["before"]) * 1000,
  );
  return [...new Set(found.filter((value) => value > 0))];
}
