import type { Draft } from "./draft.ts";
import { type HeaderMeaning, meaningOf } from "./header-meaning.ts";
import { findNumbers, type NumberToken } from "./numbers.ts";
import { unitAfter } from "./units-grammar.ts";

/**
 * Lines of a key and its value, as cards and configurations list their settings: "GPUs: 3", "Total steps = 624", "Epochs: 10 (best of 3)".
 *
 * A key means what it would mean as the header of a table. Only numbers that nothing else has read are read so, and a number that
 * needs a unit must have it in its key.
 */
export function keyedLineDraft(lines: string, text: string, token: NumberToken): Draft | null {
  const start = lines.lastIndexOf("\n", token.start - 1) + 1;
  const newline = lines.indexOf("\n", token.end);
  const end = newline < 0 ? text.length : newline;
  const key = KEY.exec(text.slice(start, token.start))?.groups?.["key"]?.trim();
  if (key === undefined || !VALUE_END.test(text.slice(token.end, end)) || unitAfter(text, token.end) !== null) return null;
  const meaning = meaningOf(key.replace(MARKS, ""), "");
  if (meaning === null || token.number.value < (meaning.least ?? 0) || (NEEDS_UNIT.has(meaning.kind) && !TELLS_UNIT.test(key))) return null;
  // "Batch size: 32 x 8 = 256": the first number is a part of the value.
  const isPart = findNumbers(text.slice(token.end, end)).length > 0 && /^\s?[x×*·]\s?\d/.test(text.slice(token.end, end));
  if (isPart) return null;
  const draft = draftOf(token, meaning);
  // What is quoted of "GPUs: 3" is the whole of it: the number alone says nothing.
  const printed = text.slice(start, token.start);
  const lead = /[\p{L}#]/u.exec(printed)?.index ?? printed.length;
  return /\d/.test(printed) ? draft : { ...draft, start: start + lead };
}

function draftOf(token: NumberToken, meaning: HeaderMeaning): Draft {
  const isCount = meaning.kind === "accelerators" || meaning.kind === "accelerator-hours";
  return {
    kind: meaning.kind,
    start: token.start,
    end: token.end,
    number: token.number,
    unit: meaning.unit,
    value: token.number.value * meaning.factor,
    hardware: null,
    noun: isCount ? (meaning.unit.startsWith("chip") ? "chip" : meaning.unit.startsWith("core") ? "core" : "gpu") : null,
    per: meaning.per,
    confidence: 0.85,
    rule: "keyed line",
    qualifiers: meaning.qualifiers,
  };
}

/**
 * A key of a few words up to its colon or equals sign, then at most a product that the number is the result of.
 * Matches "- GPUs used: ", "Batch: 32 x 8 x 2 x 4 = ", "n_ctx = "; not "We compare two settings, as follows: in the first, ".
 */
const KEY =
  /^\W{0,4}(?<key>[\p{L}#][\p{L}\p{N}#()%$/_+. -]{1,47}?)\W{0,2}\s?[:=]\W{0,3}\s?[~<>]?\s?(?:(?:\d[\d,.]*[kKM]?\s?[x×*·]\s?)+\d[\d,.]*[kKM]?\s?=\s?)?$/u;

/** What may follow a value: nothing, a remark, another setting. Matches "", " (load from best epoch)", ", AdamW"; not " different seeds". */
const VALUE_END = /^\s*(?:$|[(;|,]|\.\s|\.$|\s[-–—]\s)/;

/** Marks of emphasis around a key. */
const MARKS = /[*_`]{1,2}(?=\s|$)|^[*_`]{1,2}/g;

/** Kinds whose number says nothing without a unit. */
const NEEDS_UNIT: ReadonlySet<Draft["kind"]> = new Set([
  "wall-time",
  "step-time",
  "energy",
  "power",
  "carbon",
  "carbon-intensity",
  "cost",
  "price",
  "flop",
  "flop-rate",
  "throughput",
  "ratio",
]);

/** Matches "Training time (hours)", "Energy [kWh]", "Cost in USD"; not "Training time". */
const TELLS_UNIT =
  /\b(?:hours?|hrs?|h|days?|weeks?|minutes?|mins?|seconds?|secs?|s)\b|\b[kMG]?Wh\b|\b[kM]?W\b|watts?|\b(?:kg|g|lbs?|t|tons?|tonnes?)\b|USD|[$€£]|FLOP|\/s\b/i;
