import type { MentionKind } from "../model/mention.ts";
import { chineseUnitAfter } from "./chinese-units.ts";
import { continentalUnitAfter } from "./continental.ts";

/** What follows a number and makes it a quantity that needs no hardware name. */
export interface SimpleUnit {
  readonly kind: MentionKind;
  readonly unit: string;
  /** What the number is multiplied with: 1e12 for "TFLOP/s". */
  readonly factor: number;
  /** Code units taken after the number. */
  readonly length: number;
  /** The figure is for one of this. */
  readonly per: string | null;
}

interface UnitRule {
  readonly pattern: RegExp;
  readonly kind: MentionKind;
  readonly unit: string | ((match: RegExpExecArray) => string);
  readonly factor?: (match: RegExpExecArray) => number;
  readonly per?: string;
}

const PREFIXES: Readonly<Record<string, number>> = {
  k: 1e3,
  kilo: 1e3,
  m: 1e6,
  mega: 1e6,
  g: 1e9,
  giga: 1e9,
  t: 1e12,
  tera: 1e12,
  p: 1e15,
  peta: 1e15,
  e: 1e18,
  exa: 1e18,
  zetta: 1e21,
  z: 1e21,
};

const TIME_WORD =
  "(?:milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|months?|years?|天|个?小时|周|个?星期|个月|分钟|Tagen?|Stunden?|Wochen?|Monaten?|Minuten?)";

/** The contract's name of a printed time unit. */
export function timeUnit(word: string): string {
  const plain = word.toLowerCase();
  if (/^(?:ms|millisecond)/.test(plain)) return "millisecond";
  if (/^(?:s$|sec)/.test(plain)) return "second";
  if (/^min|分钟/.test(plain)) return "minute";
  if (/^h|小时|^stunde/.test(plain)) return "hour";
  if (/^d|天|^tag/.test(plain)) return "day";
  if (/^w|周|星期/.test(plain)) return "week";
  if (/^mo|月/.test(plain)) return "month";
  return "year";
}

const PER_DEVICE =
  "(?:\\s?(?:/|per|on each|for each)\\s?(?:NVIDIA\\s|AMD\\s|Google\\s)?(?:[avhp]\\d{2,3}(?:-?\\d{2,3}\\s?GB?)?\\s?)?(?:gpu|tpu|chip|core|device|accelerator|card)s?|\\s?(?:/|per)\\s?(?:NVIDIA\\s|AMD\\s)?[avh]\\d{2,3}(?:-\\d{2,3}\\s?GB?)?)";

/** In the order tried: the longest expressions first. Each is anchored right after the number, on folded text. */
const RULES: readonly UnitRule[] = [
  { pattern: /^\s?-?tokens?\s?(?:\/|per)\s?(?:mini-?)?batch\b/i, kind: "batch", unit: "token" },
  { pattern: /^\s?-?words?\s?(?:\/|per)\s?(?:mini-?)?batch\b/i, kind: "batch", unit: "word" },
  {
    pattern: /^\s?-?tokens?\s(?:of\s)?(?:(?:max(?:imum)?|training|input)\s)?(?:sequence|context)(?:\s(?:length|window|size))?s?\b/i,
    kind: "sequence-length",
    unit: "token",
  },
  {
    pattern: new RegExp(`^\\s?-?(?:tokens?|tok)\\s?(?:/|per)\\s?s(?:ec(?:ond)?)?\\b(?<per>${PER_DEVICE})?`, "i"),
    kind: "throughput",
    unit: (match) => perDevice("token/s", match.groups?.["per"]),
  },
  {
    pattern: new RegExp(
      `^\\s?-?(?<what>samples?|images?|imgs?|sequences?|sentences?|examples?)\\s?(?:/|per)\\s?s(?:ec(?:ond)?)?\\b(?<per>${PER_DEVICE})?`,
      "i",
    ),
    kind: "throughput",
    unit: (match) => perDevice("sample/s", match.groups?.["per"]),
  },
  {
    pattern:
      /^\s?(?<mass>g|kg|grams?|lbs?|pounds?|t|tons?|tonnes?)\s?(?:of\s)?(?:eq\.?\s)?(?:co\s?2?\s?-?(?:e|eq|equivalents?)?|co₂e?q?)\.?\s?(?:\/|per)\s?(?<energy>[kM]Wh|(?:kilo|mega)watt[\s-]?hour)/i,
    kind: "carbon-intensity",
    unit: (match) => `${massUnit(match.groups?.["mass"] ?? "kg")}/${energyUnit(match.groups?.["energy"] ?? "kWh")}`,
  },
  {
    pattern:
      /^\s?(?<mass>g|kg|t|lbs?|grams?|grammes?|kilograms?|pounds?|tonnes?)\s?(?:\/|per|an?|for each)\s?(?<energy>[kM]Wh|(?:kilo|mega)watt[\s-]hour)\b/i,
    kind: "carbon-intensity",
    unit: (match) => `${massUnit(match.groups?.["mass"] ?? "kg")}/${energyUnit(match.groups?.["energy"] ?? "kWh")}`,
  },
  {
    pattern:
      /^\s?(?<mass>g|kg|kilograms?|lbs?|pounds?|kt|t|(?:metric )?tons?|tonnes?)\s?(?:of\s)?(?:eq\.?\s)?(?:carbon dioxide|co\s?2|co₂|carbon|c(?=o2))[\s-]?(?:e\b|eq\b|equivalents?)?/i,
    kind: "carbon",
    unit: (match) => massUnit(match.groups?.["mass"] ?? "t"),
  },
  // "0.3 kg eq.": what emissions are counted in.
  { pattern: /^\s?(?<mass>kg|g|t|lbs?)\s?-?eq\b\.?/, kind: "carbon", unit: (match) => massUnit(match.groups?.["mass"] ?? "kg") },
  {
    pattern: /^\s?(?<unit>Wh|kWh|MWh|GWh|TWh|(?:kilo|mega|giga|tera)?watt(?:[\s-]?hours?|stunden?)|[MG]J|(?:mega|giga)joules?)\b/i,
    kind: "energy",
    unit: (match) => energyUnit(match.groups?.["unit"] ?? "kWh"),
  },
  {
    pattern: /^\s?-?(?<unit>kW|KW|MW|W|watts?|kilowatts?|megawatts?)\b(?!\s?h)/,
    kind: "power",
    unit: (match) => powerUnit(match.groups?.["unit"] ?? "W"),
  },
  {
    pattern: /^\s?(?:peta-?flops?|PFLOPS?|pflops?|PF)(?:\s?\/\s?s(?:ec)?)?[\s-]?(?:-|·|\s)\s?days?\b/i,
    kind: "flop",
    unit: "petaflop/s-day",
  },
  {
    pattern: new RegExp(
      `^\\s?(?<prefix>tera|peta|exa|giga|[TPGE])[\\s-]?flops?(?:\\s?(?:/|per)\\s?s(?:ec(?:ond)?)?\\b|s\\b)?(?<per>${PER_DEVICE})?`,
      "i",
    ),
    kind: "flop-rate",
    unit: (match) => (match.groups?.["per"] === undefined ? "flop/s" : "flop/s/accelerator"),
    factor: (match) => PREFIXES[(match.groups?.["prefix"] ?? "").toLowerCase()] ?? 1,
  },
  { pattern: /^\s?(?:zetta|Z)-?flops?\b/i, kind: "flop", unit: "flop", factor: () => 1e21 },
  {
    // "5 T flops per GPU": the prefix was read with the number.
    pattern: new RegExp(`^\\s?flops?(?:\\s?/\\s?s(?:ec)?)?(?<per>${PER_DEVICE})`, "i"),
    kind: "flop-rate",
    unit: "flop/s/accelerator",
  },
  { pattern: /^\s?(?:total\s)?(?:training\s)?(?:flops?\b|floating[\s-]point operations|FLOPs)/i, kind: "flop", unit: "flop" },
  {
    pattern: /^(?:\s|-)?(?:(?:total|activated|active|trainable|learnable|million|billion)\s)*-?(?:parameters?|params?)\b/i,
    kind: "parameters",
    unit: "parameter",
  },
  { pattern: /^\s(?:(?:are|is|being) )?(?:activated|active)\b(?!\s\w+ing)/i, kind: "parameters", unit: "parameter" },
  {
    pattern:
      /^\s?-?(?:(?:training|high-quality|diverse|text|unique|total|pre-?training|multimodal|subword|BPE|wordpiece)\s)*(?:tokens?|subwords?)\b/i,
    kind: "tokens",
    unit: "token",
  },
  { pattern: /^\s?-?words?\b(?![-\s]?pieces?)/i, kind: "tokens", unit: "word" },
  {
    pattern:
      /^(?:\s|-)?(?:(?:training|gradient|optimi[sz]ation|optimi[sz]er|update|total|pre-?training|fine-?tuning)\s)*(?:steps?|iterations?|iters|updates)\b(?!\s?(?:\/|per)\s?s(?:ec)?)/i,
    kind: "steps",
    unit: "step",
  },
  { pattern: /^\s[A-Z][A-Za-z\d-]{2,15}\sepochs\b/, kind: "epochs", unit: "epoch" },
  {
    pattern: /^(?:\s|-)?(?:(?:training|full|total)\s)*(?:epochs?\b|cycles (?:through|over)\b)/i,
    kind: "epochs",
    unit: "epoch",
  },
  {
    pattern: /^\W{0,3}\swhich is (?:the|our) (?:(?:total|global|effective|desired|full) ){0,3}batch[\s-]size\b/i,
    kind: "batch",
    unit: "sequence",
  },
  { pattern: /^\s?-?batch[\s-]sizes?\b/i, kind: "batch", unit: "sequence" },
  {
    pattern: /^\s?(?:sequences?|samples?|images?|examples?)\s?(?:\/|per)\s?(?:gpu|tpu|device|accelerator|core|chip)\b/i,
    kind: "batch",
    unit: "sequence",
    per: "accelerator",
  },
  { pattern: /^\s?-?(?:sequences?|samples?|images?|examples?)\s?(?:\/|per)\s?(?:mini-?)?batch\b/i, kind: "batch", unit: "sequence" },
  { pattern: /^\s?kimg\b/, kind: "samples", unit: "sample", factor: () => 1e3 },
  { pattern: /^\s?(?:s|sec|seconds?)\s?\/\s?kimg\b/, kind: "step-time", unit: "second/kimg" },
  { pattern: /^\s?[x×](?=\s?\))/, kind: "ratio", unit: "times" },
  {
    pattern:
      /^\s?(?:(?:training|image-text|total|labell?ed)\s)*(?:samples|images|image-text pairs|text-image pairs|examples|sentence pairs|documents|pages)\b/i,
    kind: "samples",
    unit: "sample",
  },
  {
    pattern: /^\s?-?(?<unit>GB|TB|MB|GiB)\b(?!\s?\/\s?s)/,
    kind: "memory",
    unit: (match) => (match.groups?.["unit"] ?? "GB").replace("GiB", "GB"),
  },
  {
    pattern:
      /^\s?(?:%|percent)\s?(?:(?:in|of|sustained|average|mean|overall) )?(?:model flops? utili[sz]ation|MFU|HFU|utili[sz]ation|of (?:the )?(?:theoretical |hardware |device )?peak(?!\s(?:\w+\s){0,2}(?:memory|bandwidth|learning|rate|lr)\b))/i,
    kind: "mfu",
    unit: "percent",
  },
  {
    pattern:
      /^\s?(?:x|×|times|-?fold)\s(?:fewer|faster|cheaper|less|more|speed-?up|smaller|larger|lower|higher|increase|decrease|reduction|as (?:many|much|long))\b/i,
    kind: "ratio",
    unit: "times",
  },
  {
    pattern:
      /^\s?(?:%|percent)\s(?:of (?:the |its |our |that of )?(?:[A-Z][\w.-]*(?: [\w.-]+){0,3}(?:'s|s') )?(?:(?:(?:pre-?)?training|total|overall|original|full) )*(?:costs?|time|compute|GPU|energy|emissions|budget)\b|less|fewer|cheaper|faster|lower|reduction|speed-?up|more)/i,
    kind: "ratio",
    unit: "percent",
  },
  {
    pattern: /^\s?-?(?<unit>milliseconds?|ms|seconds?|secs?|s)\s?(?:\/|per)\s?(?:training\s)?(?:step|iter(?:ation)?|it|update)s?\b/i,
    kind: "step-time",
    unit: (match) => timeUnit(match.groups?.["unit"] ?? "s"),
  },
  {
    pattern: new RegExp(
      `^(?:\\s|-)?(?:full\\s|wall-?clock\\s|whole\\s|consecutive\\s|real-?time\\s|calendar\\s|continuous\\s)?(?<unit>${TIME_WORD})(?![\\w/])(?!-(?:old|long))`,
      "i",
    ),
    kind: "wall-time",
    unit: (match) => timeUnit(match.groups?.["unit"] ?? "h"),
  },
];

/** The contract's unit of a rate, for all hardware or for one of it: "token/s/accelerator", "sample/s/core". */
export function perDevice(rate: string, per: string | undefined): string {
  if (per === undefined) return rate;
  return `${rate}/${/core/i.test(per) ? "core" : "accelerator"}`;
}

/** "3D", "2-D", "5-s": a dimension or a name, no time. Matches "D", "-d"; not "days", "-day". */
const NOT_TIME = /^\s?(?:-[shd]|-?[SHD])$/i;
const PLAIN_TIME = /^\s?[shd]$/;

/** The unit that stands right after a number; null if none does. Units: `factor` turns the printed number into `unit`. */
export function unitAfter(text: string, end: number): SimpleUnit | null {
  const foreign = chineseUnitAfter(text, end) ?? continentalUnitAfter(text, end);
  if (foreign !== null) return { ...foreign, factor: 1, per: perAfter(text, end + foreign.length) };
  const after = text.slice(end, end + 60);
  for (const rule of RULES) {
    const match = rule.pattern.exec(after);
    if (match === null || (rule.kind === "wall-time" && NOT_TIME.test(match[0]) && !PLAIN_TIME.test(match[0]))) continue;
    const unit = typeof rule.unit === "string" ? rule.unit : rule.unit(match);
    const scaled = unit === "millisecond" ? { unit: "second", factor: 1e-3 } : { unit, factor: rule.factor?.(match) ?? 1 };
    const per = rule.per ?? perAfter(text, end + match[0].length);
    // "4 GFLOPs per image" is work, not a rate.
    const isWork = rule.kind === "flop-rate" && per === "sample" && !/s$|\bsec/.test(match[0].replace(/flops$/i, ""));
    if (isWork) return { kind: "flop", unit: "flop", factor: scaled.factor, length: match[0].length, per };
    return { kind: rule.kind, ...scaled, length: match[0].length, per };
  }
  return null;
}

/** Matches "each run used 12 GB and took ", "each of the 3 runs took ", "every seed "; not "each step takes 1 s, in total ", "each step takes 1 s, and training took ". */
const EACH_LONG =
  /\b(?:each|every|per)\s(?:of (?:the|these|our)\s(?:\w+\s)?)?(?:training\s|single\s|individual\s)?(?<what>epoch|step|iteration|update|seed|run|fold|game|task|stage|phase|experiment|configuration)s?\b(?:(?!\b(?:total|overall|altogether|whole|entire|steps?|epochs?|iterations?|so|hence|thus|therefore|giving|training (?:took|takes|lasted|ran|needed)|the run)\b)[^.;:]|\.(?=\d)){0,72}$/i;

/** Matches "a single epoch takes "; not "one epoch, ". */
const EACH_SHORT =
  /\b(?:one|an?)\s(?:training\s|single\s)?(?<what>epoch|step|iteration|update|seed|run|fold)\b(?:[^.,;:\d]|,(?=\s\w+ing)){0,36}$/i;

/** What a figure is for one of, where the words before it say so: "each epoch takes", "per seed:"; null if they do not. */
export function perBefore(text: string, start: number): string | null {
  const before = text.slice(Math.max(0, start - 96), start);
  if (/\b(?:each|every|per|one|a)\strillion\s(?:training\s)?tokens\b(?:[^.;]|i\.e\.){0,72}$/i.test(before)) return "1e12 token";
  const match = EACH_LONG.exec(before) ?? EACH_SHORT.exec(before);
  const what = match?.groups?.["what"]?.toLowerCase() ?? null;
  return what === "iteration" || what === "update" ? "step" : what;
}

/** Matches "5 seeds, 2 hours each": so many runs are told of before; not "A and B took 2 hours each". */
const RUNS_BEFORE =
  /\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)\s(?:\w+\s)?(?:seeds|runs|folds|trials|models|experiments|tasks|settings|configurations)\b[^.;]{0,40}$/i;

/** Whether a figure is told of each of some runs. */
export function isOfEachRun(text: string, start: number, end: number): boolean {
  return /^\seach\b/i.test(text.slice(end)) && RUNS_BEFORE.test(text.slice(Math.max(0, start - 80), start));
}

/** What a figure is for one of: "per epoch", "/step", "for each trillion tokens", "per seed"; null for the whole run. */
export function perAfter(text: string, end: number): string | null {
  const match =
    /^\s?(?:\/|per|for (?:each|every)|an?)\s?(?<what>(?:training )?epoch|step|iteration|update|seed|task|run|fold|language|week|month|year|user|trillion tokens|image|sample|node|kimg)\b/i.exec(
      text.slice(end, end + 40),
    );
  if (match === null) return null;
  const what = (match.groups?.["what"] ?? "").toLowerCase().replace("training ", "");
  if (what === "image") return "sample";
  return what === "trillion tokens" ? "1e12 token" : what === "iteration" || what === "update" ? "step" : what;
}

export function massUnit(word: string): string {
  const plain = word.toLowerCase();
  if (/^(?:kg|kilo)/.test(plain)) return "kg";
  if (/^(?:lb|pound)/.test(plain)) return "lb";
  if (/^g/.test(plain)) return "g";
  return plain === "kt" ? "kt" : "t";
}

export function energyUnit(word: string): string {
  const plain = word.toLowerCase();
  if (plain.endsWith("joule") || plain.endsWith("joules")) return plain.startsWith("giga") ? "GJ" : "MJ";
  if (plain.startsWith("watt")) return "Wh";
  if (plain.startsWith("tera")) return "TWh";
  if (plain.startsWith("giga")) return "GWh";
  if (plain.startsWith("mega")) return "MWh";
  if (plain.startsWith("kilo")) return "kWh";
  const known: Readonly<Record<string, string>> = { wh: "Wh", kwh: "kWh", mwh: "MWh", gwh: "GWh", twh: "TWh", mj: "MJ", gj: "GJ" };
  return known[plain] ?? "kWh";
}

export function powerUnit(word: string): string {
  const plain = word.toLowerCase();
  if (plain.startsWith("kilo") || plain === "kw") return "kW";
  if (plain.startsWith("mega") || plain === "mw") return "MW";
  return "W";
}
