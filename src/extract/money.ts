import type { HardwareMatch } from "../model/hardware-finder.ts";
import type { CountNoun } from "../model/mention.ts";
import { chineseHour } from "./chinese-units.ts";
import { countUnit, type Draft } from "./draft.ts";
import { hardwareAt, nameOf } from "./hardware-phrases.ts";
import type { NumberToken } from "./numbers.ts";
import { energyUnit } from "./units-grammar.ts";

/** Money that pays for something else than computing: wages, interfaces, data, prizes, purchases. */
const OTHER_MONEY =
  /\b(?:salar(?:y|ies)|wages?|paid (?:a |\$|annotators|workers)|annotat\w+|labell?(?:ing|ers?)|crowd\w*|subscription|per month|\/month|prize|API|data generation|generating (?:the )?data|dataset|workstation|grant|fund(?:ing|ed|s)|revenue|raised|valuation|per 1[kK] tokens|per million (?:input |output )?tokens|coupon|discount|lunch|coffee)\b/i;

/** What people are paid by the hour. */
const WAGES =
  /\b(?:annotators?|raters?|labell?ers|workers|participants|crowd\w*|employees|engineers)\b.{0,40}\b(?:paid|earn\w*|wages?)\b|\bpaid\b.{0,32}\b(?:annotators?|raters?|labell?ers|workers|participants)\b/i;

/** "fell from $2k to $40": how a price moved over the years, not what one run cost. */
const CHANGED = /\b(?:fell|fallen|dropp?(?:ed|s)|went|declined|decreased|shrank|plunged|rose|grew)\b[^.;]{0,24}\bfrom\b[^.;]{0,24}$/i;

/** Hardware that is bought: "at $30,000 apiece", "the servers alone cost". */
const PURCHASE =
  /[$€£¥]\s?\d[\d,.]*\s?[kKM]?\s(?:apiece|each|a piece|per (?:card|unit|chip|GPU))\b(?!\s?(?:-|per\s)?(?:hour|hr|day))|\b(?:hardware|GPUs?|chips?|cards?|servers?|cluster|supercomputer)\s(?:alone|itself|themselves)\b|\b(?:an?|each|one)\s(?:NVIDIA\s)?(?:[AHVBP]\d{2,3}|GPU|TPU|chip|card)\s(?:costs?|sells?|goes)\b(?!.*\b(?:hour|hr)\b)|\b(?:cluster|supercomputer|data ?cent(?:er|re))\b[^.;]{0,40}\bcosts?\b/i;

/** Words without which a sum of money in a sentence is not about computing. */
const COMPUTE_MONEY =
  /\b(?:train\w*|pre-?train\w*|GPU|TPU|comput\w+|cloud|AWS|GCP|rent\w*|hours?|days?|weeks?|minutes?|node|cost\w*|kost\w*|coût\w*|price\w*|device|chips?)|训练|成本|费用/i;

/** "per hour", "an hour", "/hr" and what it is charged for. */
const HOURLY = /^\s?\)?\s?(?:\/|per|an?|each)\s?(?:hour|hr|h)\b/i;

/** "$2 per GPU hour", "$0.30 per TPU v3 core-hour", "$3/GPU/hour", "$8 per device". */
const PER_THING = /^\s?\)?\s?(?:\/|per|for each|for a|a|each)\s?/i;

/** A price or a cost; null for money that is not about computing. */
export function moneyDraft(text: string, token: NumberToken, matches: readonly HardwareMatch[]): Draft | null {
  const currency = token.currency ?? "USD";
  const base = { start: token.start, number: token.number, value: token.number.value, per: null, confidence: 0.95 } as const;
  // "$45\%$" is a formula, and no share is money.
  if (WAGES.test(text) || /^\s?\\?%/.test(text.slice(token.end))) return null;
  const han = chineseHour(text.slice(Math.max(0, token.start - 24), token.start), text.slice(token.end, token.end + 16));
  if (han !== null) {
    const end = token.end + han.length;
    if (han.thing === null)
      return { ...base, kind: "price", end, unit: `${currency}/hour`, hardware: null, noun: null, rule: "rate of the whole" };
    const named = matches.find((match) => match.text === han.thing) ?? null;
    return price(base, currency, "gpu", named === null ? null : nameOf(named), end);
  }
  const energy = PER_ENERGY.exec(text.slice(token.end, token.end + 24));
  if (energy !== null) {
    const unit = energyUnit(energy.groups?.["unit"] ?? "kWh");
    const end = token.end + energy[0].length;
    return { ...base, kind: "price", end, unit: `${currency}/${unit}`, hardware: null, noun: null, rule: "price of electricity" };
  }
  const hourly = HOURLY.exec(text.slice(token.end, token.end + 20));
  if (hourly !== null) {
    const end = token.end + hourly[0].length;
    const after = PER_THING.exec(text.slice(end, end + 12));
    const thing = after === null ? null : hardwareAt(text, end + after[0].length, matches);
    if (thing !== null && thing.time === null) return price(base, currency, thing.noun, thing.hardware, thing.end);
    if (INSTANCE_BEFORE.test(text.slice(Math.max(0, token.start - 64), token.start))) return price(base, currency, "node", null, end);
    const owner = ownerBefore(text, token.start, matches);
    if (owner !== null) return price(base, currency, owner.noun, owner.hardware, end);
    return { ...base, kind: "price", end, unit: `${currency}/hour`, hardware: null, noun: null, rule: "rate of the whole" };
  }
  const per = PER_THING.exec(text.slice(token.end, token.end + 14));
  const thing = per === null ? null : hardwareAt(text, token.end + per[0].length, matches);
  if (thing !== null) {
    const tail = HOURLY.exec(text.slice(thing.end, thing.end + 14));
    if (thing.time === "hour" || tail !== null) {
      const hardware = thing.hardware ?? ownerBefore(text, token.start, matches)?.hardware ?? null;
      return price(base, currency, thing.noun, hardware, thing.end + (tail?.[0].length ?? 0));
    }
    return null;
  }
  if (PURCHASE.test(text)) return null;
  if (OTHER_MONEY.test(text.slice(Math.max(0, token.start - 70), token.end + 32)) || !COMPUTE_MONEY.test(text)) return null;
  const confidence = CHANGED.test(text.slice(Math.max(0, token.start - 64), token.start)) ? 0.6 : base.confidence;
  const isElectricity =
    ELECTRICITY_BEFORE.test(text.slice(Math.max(0, token.start - 64), token.start)) ||
    ELECTRICITY_AFTER.test(text.slice(token.end, token.end + 32));
  const qualifiers = isElectricity ? ["electricity"] : [];
  return { ...base, confidence, kind: "cost", end: token.end, unit: currency, hardware: null, noun: null, rule: "money", qualifiers };
}

/** Matches " per kWh", "/MWh", " a kilowatt-hour"; not " per hour". */
const PER_ENERGY = /^\s?(?:\/|per|an?|for each)\s?(?<unit>[kM]Wh|(?:kilo|mega)watt[\s-]?hour)\b/i;

/** Matches "the electricity cost ", "an energy bill of ", "power costs were about "; not "energy use and cost ". */
const ELECTRICITY_BEFORE = /\b(?:electricity|power|energy)\s(?:(?:alone\s)?costs?|bills?|expenses?)\b[^.;:\d]{0,24}$/i;

/** Matches " of electricity", " in electricity costs", " for power"; not " of compute". */
const ELECTRICITY_AFTER = /^\s(?:of|in|for|on)\s(?:electricity|electric power|power\b|energy\s(?:costs?|bills?))/i;

function price(
  base: Pick<Draft, "start" | "number" | "value" | "per" | "confidence">,
  currency: string,
  noun: CountNoun,
  hardware: Draft["hardware"],
  end: number,
): Draft {
  const unit = noun === "bare" || noun === "gpu" ? "accelerator" : countUnit(noun);
  return { ...base, kind: "price", end, unit: `${currency}/${unit}-hour`, hardware, noun, rule: "price" };
}

/** "an ND96 instance costs ", "a node with 8 cards is "; not "4 nodes for 3 hours, at ". */
const INSTANCE_BEFORE =
  /\b(?:an?|each|one|every|per|the)\s(?:[\w.-]+\s){0,4}(?:instance|node|machine|server|VM)\b(?![\s-]?hours?\b)(?![^.;]*\d[\d,]*\s(?:hours?|days?))[^.;]{0,40}$/i;

/** What an hour is charged for where the sentence names it first: "A Cloud TPU v3 device, which costs US$8 per hour"; not after a count. */
function ownerBefore(
  text: string,
  before: number,
  matches: readonly HardwareMatch[],
): { readonly noun: CountNoun; readonly hardware: Draft["hardware"] } | null {
  const named = [...matches].reverse().find((match) => match.slice === null && match.span.end <= before && before - match.span.end < 80);
  if (named === undefined) return null;
  const lead = text.slice(Math.max(0, named.span.start - 24), named.span.start);
  if (/(?:\d[\d,]*|\b(?:two|four|eight|sixteen))\s?(?:x\s?)?(?:\w+\s){0,2}$/i.test(lead)) return null;
  const phrase = hardwareAt(text, named.span.start, matches);
  return { noun: phrase?.noun ?? "bare", hardware: nameOf(named) };
}
