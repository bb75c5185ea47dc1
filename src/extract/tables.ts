import type { Table } from "../model/document.ts";
import type { HardwareMatch } from "../model/hardware-finder.ts";
import type { MentionKind } from "../model/mention.ts";
import type { Draft } from "./draft.ts";
import { hardwareAt, nameOf } from "./hardware-phrases.ts";
import { findNumbers } from "./numbers.ts";
import { energyUnit, massUnit, perDevice, powerUnit, timeUnit, unitAfter } from "./units-grammar.ts";

/** What a header says of the numbers under it. */
interface ColumnMeaning {
  readonly kind: MentionKind;
  readonly unit: string;
  readonly factor: number;
  /** What each figure is for one of, where the header says so: "GPU hours on 300B tokens". */
  readonly per: string | null;
  /** What sets it apart from another column of its kind: "gross", "market-based". */
  readonly qualifiers: readonly string[];
}

interface HeaderRule {
  readonly pattern: RegExp;
  readonly kind: MentionKind;
  readonly unit: (match: RegExpExecArray, header: string, caption: string) => string;
}

/** Matches the "kg" of "CO2 (kg)", the "t" of "tCO2eq". */
const MASS = /\b(?<mass>kg|g|lbs?|pounds?|kt|t|tons?|tonnes?)(?=\b|co2)/i;

/** Matches "CO2 emissions (lbs)" in a caption; not "cost (USD)". */
const MASS_OF_CARBON = /(?:co2|co₂|carbon)[^.;()]{0,24}\(?(?:in )?\b(?<mass>kg|g|lbs?|pounds|kt|t|tons?|tonnes?)\b/i;

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
    unit: (_, header, caption) => massUnit((MASS.exec(header) ?? MASS_OF_CARBON.exec(caption))?.groups?.["mass"] ?? "t"),
  },
  {
    pattern:
      /(?:\$|\b(?:usd|price|cost|rate))[^a-z]{0,4}(?:\/|per)\s?(?<thing>gpu|tpu|chip|core|device|accelerator)?[\s-]?(?:hours?|hr|h)\b|\bhourly (?:price|cost|rate)/i,
    kind: "price",
    unit: (match) => (match.groups?.["thing"] === undefined ? "USD/hour" : "USD/accelerator-hour"),
  },
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
      /(?:#|num(?:ber)?(?: of)?|no\.? of)?\s?(?:gpus|tpus|chips|accelerators|devices)\b|(?:#|num(?:ber)?(?: of)?)\s[avh]\d{2,3}s\b|^hardware$/i,
    kind: "accelerators",
    unit: (_, header) => (/chips/i.test(header) ? "chip" : "accelerator"),
  },
  { pattern: /(?:#|num(?:ber)?(?: of)?)?\s?nodes\b/i, kind: "nodes", unit: () => "node" },
  {
    pattern: /(?<!\bper[\s/]|\/\s?)\b(?:time|duration|hours?|days?|minutes?)\b/i,
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
  { pattern: /#?\s?(?<!\bhyper[\s-]?)\b(?:num)?param(?:eter)?s?\b/i, kind: "parameters", unit: () => "parameter" },
  { pattern: /\btokens\b(?!\s?(?:\/|per)\s?\w)/i, kind: "tokens", unit: () => "token" },
  { pattern: /\bbatch(?:[\s-]?size)?\b/i, kind: "batch", unit: (_, header) => (/token/i.test(header) ? "token" : "sequence") },
  { pattern: /\b(?:steps|iterations)\b/i, kind: "steps", unit: () => "step" },
  { pattern: /\bepochs\b/i, kind: "epochs", unit: () => "epoch" },
  { pattern: /(?:seq(?:uence)?\.?|context)[\s-]?len(?:gth)?/i, kind: "sequence-length", unit: () => "token" },
];

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

/** A batch of so many is counted in tokens. */
const LEAST_TOKEN_BATCH = 500_000;

/** No device does this many times what its maker says. */
const MOST_SHARE = 1.5;

/** A figure with its unit: "(0.5 epochs)", "32k tokens", "8 GPUs"; not "GPU hours on 300B tokens". */
const SETTING = /^\W{0,2}\d[\d.,]*\s?[kKMBT]?\s?(?:epochs?|tokens?|steps?|gpus?|hours?|days?)(?:\W{0,2}$|\s\d)/i;

/** A cell that is a number with marks around it: "61.2", "$1,890", "3,456†", "12.4*". */
const NUMERIC_CELL =
  /^[~≈<>]?\s?(?:US|A|C)?[$€£]?\s?[\d.,]+(?:\s?[kKMBT])?(?:\s?±\s?[\d.]+)?(?:\s?[x×·*]\s?10[\^⁰¹²³⁴-⁹{}\d-]+)?(?:[eE][+-]?\d+)?(?:\s?(?:–|-)\s?[$€£]?[\d.,]+\s?[kKMB]?)?\s?(?:[a-zA-Zα-ω%†‡*§°/]{0,12})?$/u;

/** Cells of a table whose meaning its headers give; cells of prose are left to the prose grammar. Positions count from the start of `text`. */
export function draftTable(
  table: Table,
  text: string,
  caption: string,
): readonly { readonly draft: Draft; readonly row: number; readonly column: number }[] {
  const drafts: { draft: Draft; row: number; column: number }[] = [];
  const columns = Array.from({ length: table.columnCount }, (_, column) => columnMeaning(table, text, column, caption));
  const rows = Array.from({ length: table.rowCount }, (_, row) => {
    const label = rowLabel(table, text, row);
    // "(0.5 epochs)", "32k tokens": the label is a setting itself, and heads results.
    return SETTING.test(label) ? null : meaningOf(label, caption);
  });
  const isTransposed = columns.every((meaning, column) => meaning === null || column === 0) && rows.some((meaning) => meaning !== null);
  for (const cell of table.cells) {
    if (cell.header || (isTransposed && cell.column === 0)) continue;
    const content = text.slice(cell.span.start, cell.span.end);
    const meaning = (isTransposed ? rows[cell.row] : columns[cell.column]) ?? moneyUnder(table, text, cell.column, content);
    if (meaning === null) continue;
    if (!NUMERIC_CELL.test(content.trim())) continue;
    const token = findNumbers(content)[0];
    if (token === undefined) continue;
    // A unit printed in the cell outweighs its header: "356 MWh" under "power consumption" is energy.
    const printed = token.currency === null ? unitAfter(content, token.end) : null;
    const headed = printed === null ? unitInCell(content.slice(token.end), meaning) : printed.unit;
    // A share above one is told in hundredths, whether its header says so or not.
    const own = meaning.kind === "mfu" && headed === "1" && token.number.value > MOST_SHARE ? "percent" : headed;
    const isTokenBatch =
      meaning.kind === "batch" &&
      (printed?.kind === "tokens" || token.number.value >= LEAST_TOKEN_BATCH || meaning.factor === BINARY_MILLION);
    const kind = token.currency !== null && meaning.kind !== "price" ? "cost" : isTokenBatch ? "batch" : (printed?.kind ?? meaning.kind);
    const isMoney = kind === "cost";
    drafts.push({
      row: cell.row,
      column: cell.column,
      draft: {
        kind,
        start: cell.span.start,
        end: cell.span.end,
        number: shift(token.number, cell.span.start),
        unit: isTokenBatch ? "token" : isMoney ? (token.currency ?? meaning.unit) : own,
        value: token.number.value * (printed?.factor ?? meaning.factor),
        hardware: null,
        noun:
          meaning.kind === "accelerators"
            ? meaning.unit === "chip"
              ? "chip"
              : "bare"
            : meaning.kind === "accelerator-hours"
              ? meaning.unit.startsWith("core")
                ? "core"
                : "gpu"
              : null,
        per: meaning.per,
        confidence: 0.9,
        rule: "table cell",
        qualifiers: meaning.qualifiers,
      },
    });
  }
  return drafts;
}

/** Sums of money under a header that says no more than "Total". */
function moneyUnder(table: Table, text: string, column: number, content: string): ColumnMeaning | null {
  if (!/^\s?[$€£]\s?\d/.test(content) || column === 0) return null;
  const header = headersOver(table, column).map((cell) => text.slice(cell.span.start, cell.span.end));
  const isTotal = /^\s*(?:(?:grand )?total|sum|bill|amount|price paid)\s*$/i.test(header.at(-1) ?? "");
  return isTotal ? { kind: "cost", unit: "USD", factor: 1, per: null, qualifiers: [] } : null;
}

/** The unit a cell prints beside its number ("36 MWh"), else its header's. */
function unitInCell(after: string, meaning: ColumnMeaning): string {
  const energy = /^\s?(?<unit>[kMG]?Wh)\b/.exec(after);
  if (energy !== null && meaning.kind === "energy") return energyUnit(energy.groups?.["unit"] ?? "kWh");
  const time = /^\s?(?<unit>hours?|hrs?|h|days?|d|mins?|minutes?|s|sec|weeks?)\b/.exec(after);
  if (time !== null && meaning.kind === "wall-time") return timeUnit(time.groups?.["unit"] ?? "h");
  return meaning.unit;
}

function meaningOf(header: string, caption: string): ColumnMeaning | null {
  if (header === "" || RESULTS.test(header) || RELATIVE.test(header) || OF_CALLS.test(header)) return null;
  for (const rule of HEADERS) {
    const match = rule.pattern.exec(header);
    if (match === null) continue;
    const unit = rule.unit(match, header, caption);
    const prefix = /^(?<letter>[mgtpe])(?<base>flop(?:\/s(?:\/accelerator)?)?)$/.exec(unit)?.groups;
    return {
      kind: rule.kind,
      unit: prefix?.["base"] ?? unit,
      factor:
        prefix === undefined
          ? scaleOfHeader(header, rule.kind === "parameters" ? caption : "")
          : (RATE_PREFIXES[prefix["letter"] ?? ""] ?? 1),
      per: perOfHeader(header),
      qualifiers: SET_APART.filter(([kinds, pattern]) => kinds.has(rule.kind) && pattern.test(header)).map(([, , word]) => word),
    };
  }
  return null;
}

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
const BINARY_MILLION = 2 ** 20;

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

/** What the first column may count; anything else there names its row. */
const LEADING: ReadonlySet<MentionKind> = new Set(["accelerators", "nodes", "parameters"]);

/** A header that stands over several columns says less of each than the one under it; the first column has a meaning only if it is headed as a count. */
function columnMeaning(table: Table, text: string, column: number, caption: string): ColumnMeaning | null {
  const headers = headersOver(table, column);
  const words = headers.map((cell) => text.slice(cell.span.start, cell.span.end));
  const isApart = headers.some((cell) => cell.columnSpan > 1) || (words.length > 1 && /\([^)]*\)\s*$/.test(words.at(-1) ?? ""));
  const own = isApart ? meaningOf((words.at(-1) ?? "").trim(), caption) : null;
  const meaning = own ?? meaningOf(words.join(" ").trim(), caption);
  return column > 0 || (meaning !== null && LEADING.has(meaning.kind)) ? meaning : null;
}

function headersOver(table: Table, column: number): Table["cells"] {
  return table.cells.filter((cell) => cell.header && cell.column <= column && column < cell.column + cell.columnSpan);
}

/** The first cell of a row; empty where there is none. */
export function rowLabel(table: Table, text: string, row: number): string {
  const cell = table.cells.find((candidate) => candidate.row === row && candidate.column === 0);
  return cell === undefined ? "" : text.slice(cell.span.start, cell.span.end).trim();
}

/** The hardware each row speaks of, by the matches inside it; blank cells inherit from above. */
export function rowHardware(table: Table, text: string, matches: readonly HardwareMatch[]): ReadonlyMap<number, Draft["hardware"]> {
  const byRow = new Map<number, Draft["hardware"]>();
  for (const cell of table.cells) {
    if (cell.header) continue;
    const match = matches.find((candidate) => candidate.span.start >= cell.span.start && candidate.span.end <= cell.span.end);
    if (match !== undefined && !byRow.has(cell.row) && hardwareAt(text, match.span.start, matches) !== null)
      byRow.set(cell.row, nameOf(match));
  }
  return byRow;
}

function shift(number: Draft["number"], offset: number): Draft["number"] {
  return { ...number, span: { start: number.span.start + offset, end: number.span.end + offset } };
}
