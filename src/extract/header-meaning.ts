import { type MentionKind, UNTOLD_UNIT } from "../model/mention.ts";
import { energyUnit, massUnit, perDevice, powerUnit, timeUnit } from "./units-grammar.ts";

/** What a header says of the numbers under it. */
export interface HeaderMeaning {
  readonly kind: MentionKind;
  readonly unit: string;
  readonly factor: number;
  /** What each figure is for one of, where the header says so: "GPU hours on 300B tokens". */
  readonly per: string | null;
  /** What sets it apart from another column of its kind: "gross", "market-based". */
  readonly qualifiers: readonly string[];
  /** No smaller number is one of it. */
  readonly least: number | null;
}

interface HeaderRule {
  readonly pattern: RegExp;
  readonly kind: MentionKind;
  readonly least?: number;
  /** Null where nothing says it. */
  readonly unit: (match: RegExpExecArray, header: string, caption: string) => string | null;
}

/** Matches the "kg" of "CO2 (kg)", the "t" of "tCO2eq". */
const MASS = /\b(?<mass>kg|g|lbs?|pounds?|kt|t|tons?|tonnes?)(?=\b|co2)/i;

/** What emissions are called. */
const CARBON = "(?:co\\s?2|co₂|carbon|emissions?|emitted)";

/** A mass that is not told of each kilowatt-hour. */
const OF_ALL =
  "(?<mass>kilograms?|kg|g(?:rams?)?|lbs?|pounds?|kt|t|(?:metric )?tons?|tonnes?)(?!\\s?(?:co\\s?2e?q?\\s?)?(?:\\/|per)\\s?[kM]?Wh)";

/** Matches captions such as "CO2 emissions (lbs)", "emissions of each run, in kilograms", "tCO2eq", "pounds of CO2"; not "kg CO2/kWh". */
const MASS_OF_CARBON = [
  new RegExp(`${CARBON}[^.;]{0,60}?[\\s(]${OF_ALL}\\b`, "i"),
  new RegExp(`\\b${OF_ALL}(?:\\s(?:of\\s)?${CARBON}|co\\s?2|co₂)`, "i"),
];

/** In the order tried. Matched against the folded text of header cells, top to bottom, joined by a space. */
const HEADERS: readonly HeaderRule[] = [
  {
    pattern: /(?:tokens?|tok|\bT)\s?(?:\/|per)\s?s(?:ec(?:ond)?)?\b(?<per>\s?(?:\/|per)\s?(?:gpu|tpu|device|chip|core|accelerator))?/i,
    kind: "throughput",
    unit: (match) => perDevice("token/s", match.groups?.["per"]),
  },
  {
    pattern:
      /(?:samples?|sequences?|seqs?|images?|imgs?|throughput \(S)\s?(?:\/|per)\s?s(?:ec(?:ond)?)?\b(?<per>\s?(?:\/|per)\s?(?:gpu|tpu|device|chip|core|accelerator))?/i,
    kind: "throughput",
    unit: (match) => perDevice("sample/s", match.groups?.["per"]),
  },
  { pattern: /^speed-?up\b/i, kind: "ratio", unit: () => "times" },
  { pattern: /\bmemory\b(?!.*\bbandwidth\b)[^()]*\((?:in )?(?<unit>GB|GiB|MB|TB)\)/i, kind: "memory", unit: (match) => memoryUnit(match) },
  { pattern: /(?:s|sec|seconds?)\s?(?:\/|per)\s?(?:iter|step|it)\b/i, kind: "step-time", unit: () => "second" },
  {
    pattern:
      /(?:gpu|tpu|chip|core|device|accelerator|a100|v100|h100|h800)s?[\s-]*(?:v\d\s?)?(?:core|chip)?[\s-]?(?<unit>hours?|hrs|days?|years?)\b|(?<alone>core-days)/i,
    kind: "accelerator-hours",
    unit: (match, header) => `${/core/i.test(header) ? "core" : "accelerator"}-${timeUnit(match.groups?.["unit"] ?? "day")}`,
  },
  { pattern: /^(?!.*\b[kMG]?Wh\b).*(?:\bPUE\b|power usage (?:effectiveness|efficiency))/i, kind: "pue", unit: () => "1" },
  {
    pattern: /\b(?:carbon|grid|emissions?)[\s-](?:intensity|factor)\b|\bco(?:\s?2|₂)?(?:e|eq)?\.?\s?(?:\/|per)\s?(?:k|M)Wh\b/i,
    kind: "carbon-intensity",
    unit: (_, header) => intensityUnit(header),
  },
  { pattern: /\b[kmg]?wh\b|energy/i, kind: "energy", unit: (_, header) => energyUnit(/\b[kmg]?wh\b/i.exec(header)?.[0] ?? "MWh") },
  { pattern: /power[^()]*\(?\s?(?<unit>kw|w|watts?)?\b/i, kind: "power", unit: (match) => powerUnit(match.groups?.["unit"] ?? "W") },
  {
    pattern: /(?:co\s?2|co₂)(?!.*\/\s?kwh)|carbon emi/i,
    kind: "carbon",
    unit: (_, header, caption) => massOf(header, caption),
  },
  {
    pattern:
      /(?:\$|\b(?:usd|price|cost|rate))[^a-z]{0,4}(?:\/|per)\s?(?<thing>gpu|tpu|chip|core|device|accelerator)?[\s-]?(?:hours?|hr|h)\b|\bhourly (?:price|cost|rate)/i,
    kind: "price",
    unit: (match) => (match.groups?.["thing"] === undefined ? "USD/hour" : "USD/accelerator-hour"),
  },
  { pattern: /\bcosts?\s?\((?:peta|P)-?FLOPs?(?:\/s)?[\s-]days?\)/i, kind: "flop", unit: () => "petaflop/s-day" },
  { pattern: /\bcosts?\s?\((?:FLOPs?|floating[^)]*)\)/i, kind: "flop", unit: () => "flop" },
  {
    pattern: /\bcost\b[^a-z]*(?:\$|usd|€|in)|\$\s?cost|(?:price|cost)\b|^\(?(?:in )?(?:USD|US\$|\$|dollars)\)?$/i,
    kind: "cost",
    unit: () => "USD",
  },
  {
    pattern: /\bMFU\b|\bHFU\b|utili[sz]ation|(?:%|percent(?:age)?|fraction) of (?:the )?(?:theoretical )?peak/i,
    kind: "mfu",
    unit: (_, header) => (/%/.test(header) ? "percent" : "1"),
  },
  {
    pattern: /(?<prefix>tera|peta|T|P)?flops?\s?(?:\/s)?\s?(?:\/|per)\s?(?:gpu|device)|model tflops?/i,
    kind: "flop-rate",
    unit: () => "tflop/s/accelerator",
  },
  {
    pattern: /\b(?<prefix>tera|peta|exa|[TPE])[\s-]?flops?\s?\/\s?s(?:ec)?\b(?![\s-]?days?)/i,
    kind: "flop-rate",
    unit: (match) => `${(match.groups?.["prefix"] ?? "t").charAt(0).toLowerCase()}flop/s`,
  },
  {
    // A column of "TFLOPS" is a speed unless it is told as what the whole training took; one of "GFLOPs" is work.
    pattern: /^(?!.*\b(?:total|train\w*|compute|cost)\b).*\b(?<prefix>[TP])FLOP[sS]\b(?!\s?\/)/,
    kind: "flop-rate",
    unit: (match) => `${(match.groups?.["prefix"] ?? "").toLowerCase()}flop/s`,
  },
  {
    pattern: /\b(?<prefix>[GMTPE])FLOPs?\b(?!\s?\/)/,
    kind: "flop",
    unit: (match) => `${(match.groups?.["prefix"] ?? "").toLowerCase()}flop`,
  },
  {
    pattern: /(?:flops?|training cost \(flops\)|compute|floating[\s-]point operations|computation)\b/i,
    kind: "flop",
    unit: (_, header) => (/pf-?days|petaflop/i.test(header) ? "petaflop/s-day" : "flop"),
  },
  {
    pattern:
      /(?:#|num(?:ber)?(?: of)?|no\.? of)?\s?(?:gpus|tpus|chips|accelerators|devices)\b|\b(?:gpu|tpu|chip|accelerator|device) (?:count|number)\b|(?:#|num(?:ber)?(?: of)?)\s[avh]\d{2,3}s\b|^hardware$/i,
    kind: "accelerators",
    unit: (_, header) => (/chips/i.test(header) ? "chip" : "accelerator"),
  },
  { pattern: /(?:#|num(?:ber)?(?: of)?)?\s?nodes\b/i, kind: "nodes", unit: () => "node" },
  {
    pattern:
      /^(?!.*\b(?:reconstruction|sampling|generation|rendering|decoding|processing|annotation|test|search|response)\b).*(?<!\bper[\s/]|\/\s?)\b(?:time|duration|hours?|days?|minutes?)\b/i,
    kind: "wall-time",
    unit: (_, header) =>
      timeUnit(/\b(?<unit>hours?|hrs?|h|days?|d|minutes?|mins?|min|weeks?|seconds?|sec|s)\b/i.exec(header)?.groups?.["unit"] ?? "hour"),
  },
  {
    pattern: /\b(?:global[\s-]?)?batch\s?size\b[^()]*(?:\(T\)|\(?(?:in )?tokens\)?)/i,
    kind: "batch",
    unit: () => "token",
  },
  { pattern: /\bglobal[\s-]?batch[\s-]?size\b/i, kind: "batch", unit: () => "sequence" },
  { pattern: /#?\s?(?<!\bhyper[\s-]?)\b(?:num|n)?param(?:eter)?s?\b/i, kind: "parameters", unit: () => "parameter" },
  { pattern: /\bmodel size\b/i, kind: "parameters", unit: () => "parameter", least: 1e6 },
  { pattern: /\btokens\b(?!\s?(?:\/|per)\s?\w)|\btoken count\b/i, kind: "tokens", unit: () => "token" },
  {
    pattern: /(?:^|\s)(?:#|number of |training |total )\s?(?:images|samples|examples|(?:image-text|text-image) pairs)\b/i,
    kind: "samples",
    unit: () => "sample",
    least: 10_000,
  },
  { pattern: /\bbatch(?:[\s-]?size)?\b/i, kind: "batch", unit: (_, header) => (/token/i.test(header) ? "token" : "sequence") },
  { pattern: /\b(?:steps|iterations|updates)\b/i, kind: "steps", unit: () => "step" },
  { pattern: /\bepochs\b/i, kind: "epochs", unit: () => "epoch" },
  {
    pattern:
      /(?:seq(?:uence)?\.?|context)[\s-]?len(?:gth)?|^context[\s-](?:size|window)\b|\b(?:max(?:imum)?|cutoff) (?:input )?len(?:gth)?\b|^n ctx$/i,
    kind: "sequence-length",
    unit: () => "token",
  },
];

function massOf(header: string, caption: string): string | null {
  const [inHeader, ...inCaption] = [MASS.exec(header), ...MASS_OF_CARBON.map((pattern) => pattern.exec(caption))];
  const mass = (inHeader ?? inCaption.find((match) => match !== null))?.groups?.["mass"];
  return mass === undefined ? null : massUnit(mass);
}

function memoryUnit(match: RegExpExecArray): string {
  return (match.groups?.["unit"] ?? "GB").toUpperCase().replace("GIB", "GB");
}

/** "kg CO2e/KWh", "tCO2 per MWh", "carbon intensity (g/kWh)"; the kilogram where none is told. */
function intensityUnit(header: string): string {
  const energy = /(?:\/|per)\s?(?<energy>[kM]Wh)\b/i.exec(header)?.groups?.["energy"] ?? "kWh";
  return `${massUnit(MASS.exec(header)?.groups?.["mass"] ?? "kg")}/${energyUnit(energy)}`;
}

/** Figures in parts of another figure, which stand for no amount: "FLOPs (in Gopher units)", "relative compute". */
const RELATIVE = /\bin (?:[\w-]+ )?units?\b|\brelative\b|\bnormali[sz]ed\b|\b(?:ratio|share|percent(?:age)?) of\b(?!.*\bpeak\b)/i;

/** Headers whose numbers are results of models, not costs of training. */
const RESULTS =
  /\b(?:humaneval|mbpp|gsm8k|mmlu|glue|pass)\b|pass@|(?:^|\s)@\s?\d+$|\b(?:precision|recall|acc(?:uracy)?|bleu|f1|loss|perplexity|ppl|score|top-?1|map|ap\d*|rouge|error|eval time|inference|latency)\b/i;

/** What the use of a finished model costs: "Cost per 1000 tokens", "$ / 1M input tokens". */
const OF_CALLS = /(?:\/|\bper)\s?(?:1,?000|1[kKM]|thousand|million)\s(?:\w+\s)?tokens?\b|\bAPI\b/i;

export function meaningOf(header: string, caption: string): HeaderMeaning | null {
  if (header === "" || RESULTS.test(header) || RELATIVE.test(header) || OF_CALLS.test(header)) return null;
  const words = header.replaceAll("_", " ");
  for (const rule of HEADERS) {
    const match = rule.pattern.exec(words);
    if (match === null) continue;
    if (rule.kind === "steps" && NO_STEPS_OF_TRAINING.test(words)) return null;
    const told = rule.unit(match, header, caption);
    const unit = told ?? "t";
    const prefix = /^(?<letter>[mgtpe])(?<base>flop(?:\/s(?:\/accelerator)?)?)$/.exec(unit)?.groups;
    return {
      kind: rule.kind,
      unit: prefix?.["base"] ?? unit,
      factor:
        prefix === undefined
          ? scaleOfHeader(header, rule.kind === "parameters" ? caption : "")
          : (RATE_PREFIXES[prefix["letter"] ?? ""] ?? 1),
      per: perOfHeader(header),
      least: rule.least ?? null,
      qualifiers: [
        ...SET_APART.filter(([kinds, pattern]) => kinds.has(rule.kind) && pattern.test(header)).map(([, , word]) => word),
        ...(told === null ? [UNTOLD_UNIT] : []),
      ],
    };
  }
  return null;
}

/** Matches "gradient accumulation steps", "save steps", "sampling steps": settings that say nothing of how long a training was. */
const NO_STEPS_OF_TRAINING =
  /\b(?:accumulat\w+|sav(?:e|ing)|eval\w*|logg?ing|log|valid\w*|decay|diffusion|sampling|denois\w+|inference|ddim|plms|unfreez\w+|cooldown)\b/i;

const EMISSIONS: ReadonlySet<MentionKind> = new Set(["carbon", "carbon-intensity"]);
const ENERGIES: ReadonlySet<MentionKind> = new Set(["energy"]);
const POWERS: ReadonlySet<MentionKind> = new Set(["power"]);

/** Words that set two columns of one kind apart. */
const SET_APART: readonly (readonly [ReadonlySet<MentionKind>, RegExp, string])[] = [
  [EMISSIONS, /\bgross\b/i, "gross"],
  [EMISSIONS, /\bnet\b/i, "net"],
  [EMISSIONS, /\bmarket[\s-]based\b/i, "market-based"],
  [EMISSIONS, /\blocation[\s-]based\b/i, "location-based"],
  [ENERGIES, /\bPUE\b/, "with-pue"],
  [POWERS, /\bTDP\b|\bthermal design\b/i, "design"],
  [POWERS, /\bmeasured\b|\baverage\b|\bmean\b/i, "measured"],
];

const RATE_PREFIXES: Readonly<Record<string, number>> = { m: 1e6, g: 1e9, t: 1e12, p: 1e15, e: 1e18 };

/** "GPU hours on 300B tokens", "time per epoch": figures for a part of the work, which no total is compared with. */
function perOfHeader(header: string): string | null {
  const work = /\b(?:on|for|per|taken on)\s(?<amount>\d+(?:\.\d+)?)\s?(?<scale>[KMBT])\s?(?<what>tokens|images|samples)\b/i.exec(header);
  if (work !== null) {
    const scale = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 }[(work.groups?.["scale"] ?? "K").toUpperCase()] ?? 1;
    const amount = (Number(work.groups?.["amount"]) * scale).toExponential().replace("e+", "e");
    return `${amount} ${(work.groups?.["what"] ?? "token").toLowerCase().replace(/s$/, "")}`;
  }
  if (/\bwarm-?\s?up\b/i.test(header)) return "warm-up";
  if (/\bper[\s-](?:node|machine|server)\b/i.test(header)) return "node";
  // Utilization of the hardware counts what is computed twice.
  if (/\bHFU\b|hardware flops?\b/i.test(header)) return "recomputation";
  if (/\b(?:micro|local|device)[\s-]?batch|batch[^/]*(?:per|\/)\s?(?:gpu|device|chip|core)/i.test(header)) return "accelerator";
  return (
    /(?:\bper|\/)\s?(epoch|step|iteration|run|seed|task|param(?:eter)?|token|sample|sequence|image|example|layer)\b/i
      .exec(header)?.[1]
      ?.toLowerCase() ?? null
  );
}

/** "2^20": what batches of tokens are counted in. */
export const BINARY_MILLION = 2 ** 20;

/** "(M)", "x10^3", "in thousands", "(k$)": what the header multiplies its numbers with. */
function scaleOfHeader(header: string, caption = ""): number {
  if (/\((?:[x×·]\s?)?2(?:\^\{?20\}?|²⁰)\)|[x×·]\s?2(?:\^\{?20\}?|²⁰)/.test(header)) return BINARY_MILLION;
  if (/\((?:in )?(?:billions?|B)\)|[x×·]\s?10(?:\^?9|⁹)/.test(header)) return 1e9;
  if (/\((?:in )?(?:millions?|M)\)|[x×·]\s?10(?:\^?6|⁶)/.test(header)) return 1e6;
  if (/\((?:in )?(?:thousands?|k\$?|K)\)|[x×·]\s?10(?:\^?3|³)/i.test(header)) return 1e3;
  // "Table 2: number of parameters (in millions)."
  if (/\bparam\w*\s?\(?in billions\b/i.test(caption)) return 1e9;
  if (/\bparam\w*\s?\(?in millions\b/i.test(caption)) return 1e6;
  return 1;
}
