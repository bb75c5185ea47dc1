import type { WireDocument } from "../../src/report/wire.ts";
import { base, near } from "./gold-match.ts";

/** An entry of the quotes that Epoch AI collected: what somebody wrote, and the figures a person drew from it and from elsewhere. */
export interface Quote {
  readonly model: string;
  readonly quotes: readonly string[];
  readonly hardware: string;
  readonly quantity: string;
  readonly hours: string;
  readonly chip_hours: string;
}

export type QuoteFact = "hardware" | "quantity" | "hours" | "chip-hours";

export interface QuoteScore {
  readonly stated: Record<QuoteFact, number>;
  readonly found: Record<QuoteFact, number>;
  readonly misses: readonly string[];
}

/** Scores what the quotes themselves state; what Epoch knows from elsewhere is no fault of the text's reader. */
export async function scoreQuotes(quotes: readonly Quote[], check: (text: string) => Promise<WireDocument>): Promise<QuoteScore> {
  const stated: Record<QuoteFact, number> = { hardware: 0, quantity: 0, hours: 0, "chip-hours": 0 };
  const found: Record<QuoteFact, number> = { hardware: 0, quantity: 0, hours: 0, "chip-hours": 0 };
  const misses: string[] = [];
  for (const quote of quotes) {
    const text = quote.quotes.join("\n\n");
    const document = await check(text);
    for (const [fact, isFound] of factsIn(quote, text, document)) {
      stated[fact] += 1;
      if (isFound) found[fact] += 1;
      else misses.push(`${quote.model}: ${fact} ${figureOf(quote, fact)} in "${text.replace(/\s+/g, " ").slice(0, 160)}"`);
    }
  }
  return { stated, found, misses };
}

function figureOf(quote: Quote, fact: QuoteFact): string {
  return { hardware: quote.hardware, quantity: quote.quantity, hours: quote.hours, "chip-hours": quote.chip_hours }[fact];
}

/** The facts of an entry that its quote states, each with whether we found it. */
function* factsIn(quote: Quote, text: string, document: WireDocument): Generator<readonly [QuoteFact, boolean]> {
  const folded = fold(text);
  const names = quote.hardware.split(",").flatMap((name) => coreOf(name) ?? []);
  const written = names.filter((name) => folded.includes(name));
  if (written.length > 0)
    yield ["hardware", written.every((name) => document.mentions.some((mention) => fold(mention.hardware ?? mention.text).includes(name)))];
  const numbers = numbersIn(text);
  const quantity = Number(quote.quantity);
  if (quote.quantity !== "" && numbers.some((number) => number === quantity))
    yield ["quantity", hasFigure(document, ["accelerators", "nodes"], [quantity])];
  const hours = Number(quote.hours);
  const durations = durationsIn(text);
  if (quote.hours !== "" && durations.some((duration) => near(duration, hours)))
    yield ["hours", hasFigure(document, ["wall-time"], [hours * 3600])];
  const chipHours = Number(quote.chip_hours);
  if (quote.chip_hours !== "" && numbers.some((number) => near(number, chipHours) || near(number * 24, chipHours)))
    yield ["chip-hours", hasFigure(document, ["accelerator-hours"], [chipHours * 3600, chipHours])];
}

function hasFigure(document: WireDocument, kinds: readonly string[], values: readonly number[]): boolean {
  return document.mentions.some(
    (mention) =>
      kinds.includes(mention.kind) && values.some((value) => near(base(mention.value, mention.unit), value) || near(mention.value, value)),
  );
}

/** What makes a product's name its own: "a100" of "NVIDIA A100 SXM4 40 GB", "tpuv3" of "Google TPU v3"; null for a name without digits. */
function coreOf(name: string): string | null {
  const words = name.trim().split(/[\s-]+/);
  const at = words.findIndex((word) => /\d/.test(word));
  const word = words[at];
  if (word === undefined) return null;
  return fold(/^(?:v?\d+)$/i.test(word) ? `${words[at - 1] ?? ""}${word}` : word);
}

/** Whole numbers, with or without separators, and the first words for them. */
function numbersIn(text: string): readonly number[] {
  const digits = [...text.matchAll(/\d{1,3}(?:[,.]\d{3})+(?!\d)|\d+(?:\.\d+)?/g)].flatMap((match) => {
    const grouped = Number(match[0].replace(/[,.]/g, ""));
    return [Number(match[0].replace(/,/g, "")), grouped];
  });
  const words = [...text.toLowerCase().matchAll(/\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|sixteen)\b/g)].map(
    (match) => WORDS[match[0]] ?? 0,
  );
  return [...digits, ...words];
}

const WORDS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  sixteen: 16,
};

/** Durations in hours: a number right before a unit of time. */
function durationsIn(text: string): readonly number[] {
  return [...text.toLowerCase().matchAll(/(\d+(?:\.\d+)?|\b[a-z]+)[\s-]*(minute|hour|hr|day|week|month)s?\b/g)].flatMap((match) => {
    const value = WORDS[match[1] ?? ""] ?? Number(match[1]);
    const unit = match[2] === "hr" ? "hour" : (match[2] ?? "");
    return Number.isNaN(value) ? [] : [base(value, unit) / 3600];
  });
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}
