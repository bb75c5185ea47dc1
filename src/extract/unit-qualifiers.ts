import type { PrintedNumber } from "../model/mention.ts";
import type { NumberToken } from "./numbers.ts";
import type { SimpleUnit } from "./units-grammar.ts";

/** What the words around a figure say of it that its kind does not. */
export function qualifiersOfUnit(text: string, token: NumberToken, { kind, length }: SimpleUnit): readonly string[] {
  const own = text.slice(token.end, token.end + length);
  const before = text.slice(Math.max(0, token.start - 32), token.start);
  if (kind === "mfu") return HARDWARE_SHARE.test(own) ? ["hardware"] : [];
  if (kind === "parameters") return ACTIVATED.test(own) || ACTIVATED_BEFORE.test(before) ? ["activated"] : [];
  if (kind === "energy") return WITH_PUE.test(text.slice(token.end + length)) ? ["with-pue"] : [];
  if (kind === "power") {
    const after = text.slice(token.end + length);
    if (EACH_AFTER.test(after)) return ["each"];
    return WHOLE_BEFORE.test(before) || WHOLE_AFTER.test(after) ? ["whole"] : [];
  }
  if (kind === "samples") return SEEN_BEFORE.test(before) || SEEN_AFTER.test(text.slice(token.end + length)) ? ["seen"] : [];
  return [];
}

/** Matches " including PUE", " (after a PUE of 1.1"; not " at a PUE of 1.1", which may be told beside it. */
const WITH_PUE = /^\s\(?(?:including|incl\.?|inclusive of|after)\s(?:applying\s)?(?:an?\s|the\s)?PUE\b/i;

/** Matches "a total power draw of ", "the whole system drew "; not "a GPU draws ". */
const WHOLE_BEFORE = /\b(?:total|combined|overall|whole|entire)\b[^.;\d]{0,28}$/i;

/** Matches " in all", " combined"; not " in bursts". */
const WHOLE_AFTER = /^\s(?:in (?:all|total)|combined|altogether|overall)\b/i;

/** Matches " per GPU", " for each node"; not " per hour". */
const EACH_AFTER = /^\s?(?:\/|per|for each|each)\s?(?:gpu|tpu|chip|device|card|accelerator|node|server|[avhp]\d{2,3})\b/i;

/** Matches "% HFU"; not "% MFU". */
const HARDWARE_SHARE = /HFU$/;

/** Matches " activated parameters", " are active"; not " parameters". */
const ACTIVATED = /\bactiv(?:e|ated)\b/i;

/** Matches "activates ", "active parameters: "; not "activation of ". */
const ACTIVATED_BEFORE = /\b(?:activat(?:es|ed|ing)|active)\b[^.;,\d]{0,20}$/i;

/** Matches "saw ", "a total of "; not "on ". What is seen over a whole training is no data set. */
const SEEN_BEFORE = /\b(?:saw|sees?|seen|seeing|processe[sd]|consum(?:es|ed|ing)|total of|totall?ing)\s(?:about\s|over\s)?$/i;

/** Matches " seen", " in total"; not " of text". */
const SEEN_AFTER = /^\s(?:seen|in total|in all|overall|processed)\b/i;

/** Matches "consumed ", "a total energy consumption of "; not "a power of ", "consumes ", which tell a rate. */
const ENERGY_BEFORE =
  /\b(?:energy (?:consumption|use|usage)(?: (?:of|was|is|to))?|consumed|total energy(?: of)?)(?:\s(?:about|around|roughly|of))*\s$/i;

/** Matches " in total", " over 20 days", " for the whole training"; not " on average", " at peak". */
const WHOLE_TRAINING =
  /^\s(?:in (?:total|all)|over\s(?:the|\d+)|during (?:the\s)?(?:whole\s)?(?:pre-?)?training|for (?:the (?:whole|entire)|training))\b/i;

/** "Training consumed 37,500 kW in total": a rate where an amount is meant. */
export function powerNumber(text: string, token: NumberToken, { length, unit }: SimpleUnit): PrintedNumber {
  const isAmount =
    unit !== "W" &&
    ENERGY_BEFORE.test(text.slice(Math.max(0, token.start - 48), token.start)) &&
    WHOLE_TRAINING.test(text.slice(token.end + length));
  return isAmount ? { ...token.number, repair: { value: token.number.value, reason: "power-for-energy" } } : token.number;
}
