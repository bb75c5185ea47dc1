import type { HardwareMatch } from "../model/hardware-finder.ts";
import type { CountNoun } from "../model/mention.ts";
import type { Draft } from "./draft.ts";
import { findNumbers, type NumberToken } from "./numbers.ts";

/**
 * A key, then a colon, then what stands for each case: "Hours used: 22,000 for ViT-g, 4,500 for ViT-S" or "the number of cores
 * depends on the resolution: 128 for 128x128, 256 for 256x256".
 */
interface Key {
  readonly pattern: RegExp;
  readonly kind: Draft["kind"];
  readonly unit: string;
  readonly noun: CountNoun | null;
}

const KEYS: readonly Key[] = [
  {
    pattern: /\b(?:GPU|TPU|accelerator|device) hours\b[^.:;]{0,60}:\s?/i,
    kind: "accelerator-hours",
    unit: "accelerator-hour",
    noun: "gpu",
  },
  { pattern: /\bhours used\b[^.:;]{0,24}:\s?/i, kind: "accelerator-hours", unit: "accelerator-hour", noun: "bare" },
  { pattern: /\bnumber of (?:TPU )?cores\b[^.:;]{0,60}:\s?/i, kind: "accelerators", unit: "core", noun: "core" },
  { pattern: /\bnumber of (?:TPU )?chips\b[^.:;]{0,60}:\s?/i, kind: "accelerators", unit: "chip", noun: "chip" },
  {
    pattern: /\b(?:number of |#\s?)(?:GPUs|accelerators|devices)\b[^.:;]{0,60}:\s?/i,
    kind: "accelerators",
    unit: "accelerator",
    noun: "gpu",
  },
];

/** An item of the list: its number, then "for" and the case, up to a comma, "and" or the end. */
const ITEM_TAIL = /^\s(?:for|\()\s?[^,;]{1,48}?(?:\)|(?=,|;|\sand\s\d|\.\s|\.?$))/;

/** Figures that their key gives a meaning. Shape: positions count from the start of `text`. A single number must end the line. */
export function keyedListDrafts(text: string, matches: readonly HardwareMatch[]): readonly Draft[] {
  return KEYS.flatMap((key) => {
    const match = key.pattern.exec(text);
    if (match === null) return [];
    const tokens = findNumbers(text).filter((token) => token.currency === null);
    const drafts: Draft[] = [];
    let position = match.index + match[0].length;
    for (;;) {
      const token: NumberToken | undefined = tokens.find((candidate) => candidate.start >= position && candidate.start <= position + 2);
      if (token === undefined || matches.some((named) => named.span.start < token.end && token.start < named.span.end)) break;
      const tail = ITEM_TAIL.exec(text.slice(token.end));
      if (tail === null && !/^\s*\.?$/.test(text.slice(token.end))) break;
      drafts.push(itemDraft(key, token));
      position = token.end + (tail?.[0].length ?? 0);
      const joint = /^\s?(?:[,;]\s?(?:and\s)?|\sand\s)/.exec(text.slice(position));
      if (tail === null || joint === null) break;
      position += joint[0].length;
    }
    return drafts;
  }).filter((draft, index, all) => all.findIndex((other) => other.start === draft.start) === index);
}

function itemDraft(key: Key, token: NumberToken): Draft {
  return {
    kind: key.kind,
    start: token.start,
    end: token.end,
    number: token.number,
    unit: key.unit,
    value: token.number.value,
    hardware: null,
    noun: key.noun,
    per: null,
    confidence: 0.9,
    rule: "keyed list",
  };
}
