import type { HardwareMatch } from "../model/hardware-finder.ts";
import type { PrintedNumber } from "../model/mention.ts";
import { countUnit, type Draft } from "./draft.ts";
import { hardwareAt } from "./hardware-phrases.ts";

/** "a single A100", "one GPU", "a single preemptible Cloud TPU v2", "trained on a V100": one of it. */
export function articleHardware(text: string, matches: readonly HardwareMatch[], drafts: readonly Draft[]): readonly Draft[] {
  const found: Draft[] = [];
  for (const match of text.matchAll(
    /\b(?:(?:on|with|using|to|of)\s(?:only\s|just\s)?(?:a|an|one)(?:\ssingle)?|(?:a\s)?single)\s(?:preemptible\s|free\s|commodity\s|consumer\s)?/gi,
  )) {
    const from = match.index + match[0].length;
    const phrase = hardwareAt(text, from, matches);
    if (phrase === null || phrase.time !== null || phrase.noun === "core" || (phrase.hardware === null && phrase.noun !== "gpu")) continue;
    if (/^of\b/i.test(match[0]) && SLICE.test(text.slice(0, match.index))) continue;
    if (/^of\b/i.test(match[0]) && PROPERTY.test(text.slice(0, match.index))) continue;
    if (/^\s?(?:cluster|pod|system|cloud|platform|hours?)\b/i.test(text.slice(phrase.end, phrase.end + 10))) continue;
    if (drafts.some((draft) => match.index < draft.end && draft.start < phrase.end) || found.some((draft) => match.index < draft.end))
      continue;
    const number: PrintedNumber = {
      span: { start: match.index, end: from },
      value: 1,
      lastPlace: 1,
      form: "word",
      range: null,
      repair: null,
    };
    const isNode = phrase.noun === "node";
    found.push({
      kind: isNode ? "nodes" : "accelerators",
      start: match.index,
      end: phrase.end,
      number,
      unit: countUnit(phrase.noun),
      value: 1,
      hardware: phrase.hardware,
      noun: phrase.noun,
      per: null,
      confidence: /\b(?:single|one)\b/i.test(match[0]) ? 0.92 : 0.85,
      rule: "article",
    });
  }
  return found;
}

/** What a product has, not that it ran: "the TDP of a V100", "memory of one A100"; not "the use of a V100". */
const PROPERTY =
  /\b(?:TDP|power|consumption|draw|price|costs?|memory|peak|bandwidth|throughput|performance|speed|capacity|size|FLOPS?)(?:\s\w+)?\s$/i;

/** "a slice of a pod" is not one of it. */
const SLICE = /\b(?:slices?|parts?|portion|share|fraction|half|quarter|subset)\s$/i;
