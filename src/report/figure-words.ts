import type { Figure } from "../model/quantity.ts";

/** A worked-out figure as a reader would write it: "$61,440", "20.8 days", "1.02 million tokens". Three significant digits, more for whole numbers. */
export function figureWords(figure: Figure): string {
  return endsWords(figure, DERIVED_DIGITS) ?? withUnit(figure.value, figure.unit, DERIVED_DIGITS);
}

/** A figure that was read or looked up, with every digit that it has: "2.375 days". */
export function exactFigureWords(figure: Figure): string {
  return endsWords(figure, STATED_DIGITS) ?? withUnit(figure.value, figure.unit, STATED_DIGITS);
}

/** "$41 to $140", where the page prints both ends. */
function endsWords({ low, high, unit, isRange }: Figure, most: number): string | null {
  return isRange === true ? spanWords(withUnit(low, unit, most), withUnit(high, unit, most)) : null;
}

/** The span that rounding leaves open: "$55,296 to $67,584"; null where it leaves none, or no end. */
export function rangeWords(figure: Figure): string | null {
  const { low, high, unit, value, isRange } = figure;
  if (isRange === true || !Number.isFinite(low) || !Number.isFinite(high) || high - low <= Math.abs(value) * 1e-6) return null;
  return spanWords(withUnit(low, unit, DERIVED_DIGITS), withUnit(high, unit, DERIVED_DIGITS));
}

/** "24 to 26 hours": what both ends end in is told once. */
function spanWords(low: string, high: string): string {
  const [left, right] = [low.split(" "), high.split(" ")];
  let shared = 0;
  while (shared < left.length - 1 && shared < right.length - 1 && left.at(-1 - shared) === right.at(-1 - shared)) shared += 1;
  return `${left.slice(0, left.length - shared).join(" ")} to ${high}`;
}

/** How many times one figure is another: "4 times", "3.99 times", "0.25 times". */
export function ratioWords(ratio: number): string {
  return `${digits(ratio, DERIVED_DIGITS)} times`;
}

/** What a stated figure is of the one worked out: "3.99 times that", "0.03% more than that", "the same". */
export function comparisonWords(ratio: number): string {
  if (Math.abs(ratio - 1) < SAME) return "the same";
  if (Math.abs(ratio - 1) >= LEAST_OF_TIMES) return `${ratioWords(ratio)} that`;
  return `${digits(Math.abs(ratio - 1) * 100, PERCENT_DIGITS)}% ${ratio > 1 ? "more" : "less"} than that`;
}

/** Nearer to one than this, a ratio is better told as a percentage. */
const LEAST_OF_TIMES = 0.1;
const PERCENT_DIGITS = 2;
const SAME = 1e-9;

/** The number alone, grouped and rounded: "1,022,362", "0.385", "3.14 × 10²³". */
export function numberWords(value: number): string {
  return digits(value, STATED_DIGITS);
}

const DERIVED_DIGITS = 3;
const STATED_DIGITS = 6;

/** Signs of currencies that stand before the number; other codes stand before it as they are. Source: CLDR, English. */
const CURRENCY_SIGNS: Readonly<Record<string, string>> = {
  USD: "$",
  EUR: "€",
  GBP: "£",
  JPY: "¥",
  CNY: "CN¥",
  INR: "₹",
  KRW: "₩",
  CAD: "CA$",
  AUD: "A$",
  CHF: "CHF ",
};

/** Units that are symbols: never plural, joined by a slash. */
const SYMBOLS: ReadonlySet<string> = new Set(
  "W kW MW GW Wh kWh MWh GWh TWh J kg g t lb s ms GB MB TB GiB FLOP GFLOP TFLOP PFLOP".split(" "),
);

/** A unit or a count in the word that a page has for its accelerators: "accelerator-hour" is "GPU hour". */
export function inNoun(words: string, noun: string): string {
  return words.replaceAll("accelerator-", `${noun} `).replaceAll("accelerator", noun);
}

/** Units as they are printed, where that is not how the contract names them. */
const PRINTED: Readonly<Record<string, string>> = {
  flop: "FLOP",
  gpu: "GPU",
  npu: "NPU",
  gcd: "GCD",
  tpu: "TPU",
  cpu: "CPU",
  byte: "byte",
};

const PRINTED_NOUNS: ReadonlySet<string> = new Set(Object.values(PRINTED));

/** Countable things that are given in millions and billions. */
const COUNTED: ReadonlySet<string> = new Set(["token", "parameter", "word", "sample", "sequence", "image"]);

function withUnit(value: number, unit: string, most: number): string {
  // Not a rate of something for each "s-day".
  if (unit === "petaflop/s-day") return `${digits(value, most)} PF-${Math.abs(value) === 1 ? "day" : "days"}`;
  const [head = "", ...rest] = unit.split("/");
  const per = rest.map((part, index) => perWords(part, index === 0 ? head : (rest[index - 1] ?? ""))).join("");
  if (isCurrency(head)) return `${money(value, head)}${per}`;
  if (head === "percent" || head === "%") return `${digits(value, most)}%${per}`;
  if (head === "" || head === "1" || head === "ratio") return `${digits(value, most)}${per}`;
  if (head === "times") return `${digits(value, most)} times`;
  const number = COUNTED.has(head) ? counted(value) : digits(value, most);
  return `${number} ${nounWords(head, Math.abs(value) === 1)}${per}`;
}

/** "USD", "CNY"; not "kWh", and not "GPU", as a page calls its accelerators. */
function isCurrency(unit: string): boolean {
  return CURRENCY_CODE.test(unit) && !PRINTED_NOUNS.has(unit);
}

const CURRENCY_CODE = /^[A-Z]{3}$/;

/** "GPU hour", "chip-hour": what is written in capitals takes no hyphen. */
export function printedUnit(unit: string): string {
  const [head = "", ...rest] = unit.split("-");
  const word = PRINTED[head] ?? head;
  return [word, ...rest].join(CAPITALS.test(word) ? " " : "-");
}

/** "GPU", "TPU"; not "MWh". */
const CAPITALS = /^[A-Z]{2,}$/;

function perWords(unit: string, before: string): string {
  if (unit === "") return "";
  // "FLOP per parameter and token"
  if (unit.startsWith("(")) return ` per ${unit.slice(1, -1).split("*").map(printedUnit).join(" and ")}`;
  const word = printedUnit(unit);
  return SYMBOLS.has(unit) && !isCurrency(before) ? `/${word}` : ` per ${word}`;
}

function nounWords(unit: string, isOne: boolean): string {
  const word = printedUnit(unit);
  if (isOne || SYMBOLS.has(word)) return word;
  // The "ch" of "epoch" is a "k".
  if (/(?:s|x|(?<!po)ch|sh)$/.test(word)) return `${word}es`;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}

function money(value: number, code: string): string {
  const sign = CURRENCY_SIGNS[code] ?? `${code} `;
  const size = Math.abs(value);
  const minus = value < 0 ? "−" : "";
  if (size >= 1e9) return `${minus}${sign}${digits(size / 1e9, DERIVED_DIGITS)} billion`;
  if (size >= 1000 || isWhole(size)) return `${minus}${sign}${grouped(Math.round(size))}`;
  if (size >= 0.1) return `${minus}${sign}${size.toFixed(2)}`;
  return `${minus}${sign}${digits(size, 2)}`;
}

function counted(value: number): string {
  for (const [scale, word] of [
    [1e12, "trillion"],
    [1e9, "billion"],
    [1e6, "million"],
  ] as const) {
    if (Math.abs(value) >= scale && Math.abs(value) < scale * 1000) return `${digits(value / scale, 4)} ${word}`;
  }
  return digits(value, DERIVED_DIGITS);
}

function digits(value: number, most: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (size >= 1e12 || (size !== 0 && size < 1e-4)) return scientific(value, Math.max(most, DERIVED_DIGITS));
  if (isWhole(value) || size >= 1000) return grouped(Math.round(value));
  return trimZeros(value.toPrecision(most));
}

function scientific(value: number, most: number): string {
  const [mantissa = "", exponent = "0"] = value.toExponential(most - 1).split("e");
  return `${trimZeros(mantissa)} × 10${raised(Number(exponent))}`;
}

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function raised(exponent: number): string {
  const figures = [...String(Math.abs(exponent))].map((figure) => RAISED[Number(figure)] ?? "").join("");
  return exponent < 0 ? `⁻${figures}` : figures;
}

/** A whole number: "12,345". */
export function grouped(value: number): string {
  return String(value)
    .replace(/\B(?=(?:\d{3})+$)/g, ",")
    .replace("-", "−");
}

function trimZeros(text: string): string {
  const plain = text.includes("e") ? String(Number(text)) : text;
  return (plain.includes(".") ? plain.replace(/\.?0+$/, "") : plain).replace("-", "−");
}

/** Floating-point noise around a whole number is not a fraction. */
function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) <= 1e-9 * Math.max(1, Math.abs(value));
}
