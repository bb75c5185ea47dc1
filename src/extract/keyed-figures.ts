import { chineseKeyBefore } from "./chinese-units.ts";
import { type Draft, simpleDraft } from "./draft.ts";
import type { NumberToken } from "./numbers.ts";
import { energyUnit, massUnit, unitAfter } from "./units-grammar.ts";

/** "batch size of 2048", "sequence length 512", "PUE of 1.1": the word stands before the number. */
const KEYED: readonly (readonly [RegExp, Draft["kind"], string])[] = [
  [
    /(?<!ramp-?up[\s-])\b(?:micro|mini|global)?batch[\s-](?:size(?:\sper (?:gpu|device|tpu|core|chip|accelerator))?(?:\sof|\sis set to|\sset to|\sto|\sis|:|=|\swas)?|sizes(?:\sper \w+)?(?:\sof|\sare|:|=)?)(?:\s(?:about|up to|~))?\s?$/i,
    "batch",
    "sequence",
  ],
  // "on 8 cards, batch 128, in 5 minutes".
  [/[,;(|]\s?batch\s$/i, "batch", "sequence"],
  // "batch sizes of 16, 32 and 64": those after the first.
  [/\bbatch[\s-](?:sizes(?:\sof|\sare|:)?|size:)\s(?:\d+[kKM]?(?:,\s(?:and\s|or\s)?|\s(?:and|or)\s))+$/i, "batch", "sequence"],
  [
    /(?<!\b(?:warm-?up|accumulation|sampling|diffusion|denoising|inference|saving|logging)\s)\b(?:training|total|optimi[sz]ation|pre-?training)\s(?:steps|iterations|updates)(?:\s(?:are|is|were|was|to)|:|=)\s$/i,
    "steps",
    "step",
  ],
  [/\bsequences?\s(?:of (?:(?:max(?:imum)? )?length )?|[x×*·]\s?)$/i, "sequence-length", "token"],
  [/\bstep time(?:\sof|\sis|:|=|\swas)?\s?$/i, "step-time", "second"],
  [
    /\b(?:factor of|speed-?up (?:is|of)|(?:cost|price|time|energy|emissions?)[\s-](?:reduction|saving)s? (?:is|of)|ratio (?:is|of|was))(?:\s(?:about|up to|nearly|almost|roughly|approximately))?\s?~?$/i,
    "ratio",
    "times",
  ],
  [
    /\b(?:GPU|TPU|accelerator|device|core|chip|[AHV]100|H800|TPUv\d)[\s-]hours?\b[^.,;:()\d]{0,40}[(:]\s?$/i,
    "accelerator-hours",
    "accelerator-hour",
  ],
  [
    /\b(?:sequence|context)[\s-](?:length|window|size)s?(?:\sof|\sis set to|\sset to|\sto|\sis|:|=|\swas)?(?:\s(?:about|up to|over|at least|~))?\s?$/i,
    "sequence-length",
    "token",
  ],
  [/(?:上下文|序列)(?:窗口)?(?:长度|大小)(?:为|是|:|达)*\s?$/, "sequence-length", "token"],
  [/(?:利用率|MFU)(?:高达|达到|达|约|为|是|:)*\s?$/, "mfu", "1"],
  [/\bPUE\)?(?:\)|\sof|\sat|\sis|:|=|\sto be|\scoefficient)*\s?(?:of\s)?$/, "pue", "1"],
  [/\bpower usage effectiveness(?:\s\(PUE\))?(?:\sof|\sat|\sis|:|=)*\s?$/i, "pue", "1"],
  [/\bPUE\)?\b(?:[^.;:,\d]|\b(?:19|20)\d\d\b){0,64}\s(?:is|was|of|at|to)\s(?:about\s)?$/, "pue", "1"],
  [/\bbatch(?:es)? (?:of|has|have|holds?|contains?|consists? of)\s$/i, "batch", "sequence"],
  [
    /\b(?:MFU|HFU|model flops? utili[sz]ation(?:\s\(MFU\))?)(?:\sof|\sis|\swas|\sreached|:|=|\sat)?(?:\s(?:about|around|up to|~))?\s?$/i,
    "mfu",
    "1",
  ],
];

/** No batch has so many sequences: such a one is counted in tokens. */
const LEAST_TOKEN_BATCH = 500_000;

/** Matches "batch size per GPU was ", "the per-GPU batch size was ", "local batch size of "; not "batch size of ". */
const PER_DEVICE =
  /\bbatch(?:[\s-]size)?s? per \w+(?:\s\w+)?\s?$|\b(?:per[\s-](?:gpu|tpu|device|chip|core|card|worker|accelerator)|micro|local|device)[\s-]?batch[^.;]{0,16}$/i;

/** Matches " per GPU", "/device", " on each chip"; not " per step". */
const PER_DEVICE_AFTER = /^\s?(?:\/|per|on each|for each)\s?(?:gpu|tpu|device|chip|core|card|worker|accelerator)\b/i;

/** A hedge between the word and its number. */
const HEDGE = /\b(?:about|approximately|around|roughly|some)\s$|[~≈]\s?$/i;

/**
 * A product that the number is the result of: what its key says, it says of the result.
 * Matches "64 (per GPU) * 8 (nodes) = ", "4*8*128*1 = "; not "2 GPUs = ".
 */
const PRODUCT_BEFORE =
  /(?<![\w.])(?:\d[\d,]*[kKM]?\s?(?:\([^()\d]{1,40}\)\s?)?[*x×·]\s?){1,6}\d[\d,]*[kKM]?\s?(?:\([^()]{1,40}\)\s?)?=\s?$/;

/** Matches " (per GPU) * 8 (nodes) = 512", "*8*128 = 4096" behind the first factor; not "x A100". */
const OPENS_PRODUCT = /^\s?(?:\([^()\d]{1,40}\)\s?)?(?:[*x×·]\s?\d[\d,]*[kKM]?\s?(?:\([^()]{1,40}\)\s?)?){1,6}=\s?\d/;

/** The figure that the words before a number make of it; null where they make none. */
export function keyedDraft(text: string, token: NumberToken): Draft | null {
  const told = text.slice(Math.max(0, token.start - 160), token.start);
  const product = PRODUCT_BEFORE.exec(told);
  if (product === null && OPENS_PRODUCT.test(text.slice(token.end))) return null;
  const before = told.slice(0, product?.index).slice(-80).replace(HEDGE, "");
  const entry = KEYED.find(([pattern]) => pattern.test(before));
  if (entry === undefined)
    return (
      keyedIntensity(text, token, before) ??
      keyedCompute(text, token, before) ??
      keyedChange(text, token, before) ??
      keyedInChinese(text, token, before)
    );
  const [, kind, unit] = entry;
  // "200,000 GPU-hours (33 days)" is time, "GPU hours: 73.2 hours" says its unit again.
  if (kind === "accelerator-hours") {
    const said = unitAfter(text, token.end);
    const isSaidAgain = said?.unit === "hour" && /:\s?$/.test(before);
    if (isSaidAgain) return simpleDraft(token, kind, unit, token.end + said.length, 0.95, `key ${kind}`);
    if (said !== null) return null;
  }
  if (kind === "pue" && (token.number.value > MOST_PUE || unitAfter(text, token.end) !== null)) return null;
  const percent = /^\s?(?:%|percent)/.exec(text.slice(token.end));
  if (percent !== null && kind !== "mfu") return null;
  // "a factor of 0.385 kg CO2eq/KWh" is no ratio.
  if (kind === "ratio" && unitAfter(text, token.end) !== null) return null;
  if (kind === "step-time") {
    const time = unitAfter(text, token.end);
    if (time === null || time.kind !== "wall-time") return null;
    const end = token.end + time.length;
    const base = { start: token.start, number: token.number, hardware: null, noun: null, per: null, confidence: 0.95 } as const;
    return { ...base, kind, end, unit: time.unit, value: token.number.value * time.factor, rule: `key ${kind}` };
  }
  // Lengths in bytes are no tokens.
  if (kind === "sequence-length" && /^[\s-]?(?:bytes?|characters?|frames|pixels|bits)\b/i.test(text.slice(token.end))) return null;
  const after = /^\s?(?<what>tokens?|words?|sequences?|samples?|images?|times|x)\b/i.exec(text.slice(token.end));
  const named = after?.groups?.["what"]?.toLowerCase().replace(/(?<=\w\w)s$/, "");
  const isShare = kind === "mfu" && percent !== null;
  const end = token.end + (percent?.[0].length ?? after?.[0].length ?? 0);
  return {
    kind,
    start: token.start,
    end,
    number: token.number,
    unit: isShare ? "percent" : kind === "batch" ? (named ?? (token.number.value >= LEAST_TOKEN_BATCH ? "token" : unit)) : unit,
    value: token.number.value,
    hardware: null,
    noun: kind === "accelerator-hours" ? "gpu" : null,
    per: kind === "batch" && (PER_DEVICE.test(before) || PER_DEVICE_AFTER.test(text.slice(end))) ? "accelerator" : null,
    confidence: 0.95,
    rule: `key ${kind}`,
    ...(kind === "mfu" && HARDWARE_SHARE.test(before) ? { qualifiers: ["hardware"] } : {}),
  };
}

/** Matches "HFU of ", "hardware FLOPs utilization (HFU) is "; not "MFU of ". */
const HARDWARE_SHARE = /\b(?:HFU|hardware flops? utili[sz]ation)\b[^.;,\d]{0,16}$/i;

/** No data center is worse; a larger number is something else. */
const MOST_PUE = 4;

/** "the net tCO2e per MWh in 2020 was 0.33": what a grid emits, its unit told first. */
const INTENSITY_BEFORE =
  /\b(?<mass>kg|g|lbs?|pounds|t|tons|tonnes)\s?(?:of\s)?co(?:2|₂)\s?-?(?:e|eq)?\.?\s?(?:\/|per)\s?(?<energy>[kM]Wh|kilowatt[\s-]hour|megawatt[\s-]hour)\b(?:[^.;:,)\d]|\b(?:19|20)\d\d\b){0,48}(?:\s(?:is|was|of|at)|:|=)\s(?:about\s|~)?$/i;

function keyedIntensity(text: string, token: NumberToken, before: string): Draft | null {
  const groups = INTENSITY_BEFORE.exec(before)?.groups;
  const isMass = /^\s?(?:kg|g|t|lbs?|tons?|tonnes?|pounds?)\b/i.test(text.slice(token.end));
  if (groups === undefined || isMass || unitAfter(text, token.end) !== null) return null;
  const unit = `${massUnit(groups["mass"] ?? "kg")}/${energyUnit(groups["energy"] ?? "kWh")}`;
  return simpleDraft(token, "carbon-intensity", unit, token.end, 0.9, "key carbon-intensity");
}

/** "the training FLOPs used were 5.76e23", "a compute budget of 1e21". */
const COMPUTE_BEFORE =
  /\b(?:FLOPs?|compute|computation|floating[\s-]point operations)\b(?!\s?(?:\/|per)\s?(?:s|param|token))[^.;:,\d]{0,40}(?:\s(?:is|was|were|of|at|be)|:|=)\s(?:about\s|approximately\s|roughly\s|~)?$/i;

/** Fewer operations are no training of a model. */
const LEAST_COMPUTE = 1e15;

function keyedCompute(text: string, token: NumberToken, before: string): Draft | null {
  if (token.number.value < LEAST_COMPUTE || !COMPUTE_BEFORE.test(before) || unitAfter(text, token.end) !== null) return null;
  return simpleDraft(token, "flop", "flop", token.end, 0.9, "key flop");
}

/** "参数量为 1300 亿", "批大小 4224", "碳排放 257 吨". */
function keyedInChinese(text: string, token: NumberToken, before: string): Draft | null {
  const found = chineseKeyBefore(before, text.slice(token.end, token.end + 4));
  if (found === null || (found.length === 0 && unitAfter(text, token.end) !== null)) return null;
  return simpleDraft(token, found.kind, found.unit, token.end + found.length, 0.9, `key ${found.kind}`);
}

/** "cut the training cost by 42%", "energy fell by 30%". */
const CHANGE_BEFORE =
  /(?=.*\b(?:costs?|times?|energy|compute|hours|carbon|emissions?|FLOPs?|price|training)\b).*\b(?:reduc\w+|cuts?|cutting|lower\w*|decreas\w+|fell|falls?|dropp\w+|drops?|shr[aiu]nk\w*|sav\w+|increas\w+|rose|grew|rais\w+)\b[^.;]{0,48}\bby\s(?:about\s|roughly\s|up to\s)?$/i;

function keyedChange(text: string, token: NumberToken, before: string): Draft | null {
  const percent = /^\s?(?:%|percent)/.exec(text.slice(token.end));
  if (percent === null || !CHANGE_BEFORE.test(before)) return null;
  return simpleDraft(token, "ratio", "percent", token.end + percent[0].length, 0.85, "key ratio");
}
