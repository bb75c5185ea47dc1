import { lastPlaceOf, withAdded, withNamedModels } from "./added-figures.ts";
import { attachMentions } from "./attach/attach-mentions.ts";
import { bindClaims } from "./bind/bind-claims.ts";
import { checkRuns } from "./check/check-runs.ts";
import { linkRuns } from "./link/link-runs.ts";
import type { AddedFigure } from "./model/added-figure.ts";
import { NOTHING_BOUND } from "./model/bound.ts";
import type { Catalog } from "./model/catalog.ts";
import type { Document } from "./model/document.ts";
import type { Extraction, Mention } from "./model/mention.ts";
import type { Quantity } from "./model/quantity.ts";
import type { CheckOptions, DocumentResult } from "./model/report.ts";
import { normalizeMentions } from "./normalize/normalize-mentions.ts";

/** What a reviewer takes a mention for; the document itself is never changed. */
export type Correction =
  /** Only the readings whose printed unit is this one: "core". */
  | { readonly kind: "reading"; readonly mention: string; readonly unit: string }
  /** The number that the page really has, in the unit of the mention. */
  | { readonly kind: "value"; readonly mention: string; readonly value: number }
  /** What the page does not say of the run of a claim, in the unit of the slot. */
  | { readonly kind: "fill"; readonly mention: string; readonly slot: string; readonly value: number }
  /** Whose prices are looked up. */
  | { readonly kind: "provider"; readonly mention: string; readonly provider: string }
  /** The day of which prices are looked up, as exact as it is known. */
  | { readonly kind: "price-date"; readonly mention: string; readonly date: string }
  /** A figure that was not read, or not as what it is; it names no mention, for it is one. */
  | { readonly kind: "added"; readonly mention: ""; readonly figure: AddedFigure };

/** The figures that corrections add. */
export function addedBy(corrections: readonly Correction[]): readonly AddedFigure[] {
  return corrections.flatMap((correction) => (correction.kind === "added" ? [correction.figure] : []));
}

/** `binds`: whether claims are bound to what gives them as well. The equations alone answer sooner. */
export type RecheckOptions = CheckOptions & { readonly binds?: boolean };

/**
 * Checks a document again from its mentions, with corrections: nothing is read or extracted a second time.
 *
 * Errors: none; a correction of a mention, or to a reading, that does not exist changes nothing.
 */
export function recheckDocument(
  catalog: Catalog,
  known: { readonly document: Document; readonly extraction: Extraction },
  corrections: readonly Correction[],
  options: RecheckOptions,
): DocumentResult {
  const { document } = known;
  const added = addedBy(corrections);
  const read = withAdded(document, known.extraction, added);
  const corrected = { ...read, mentions: read.mentions.map((mention) => withValue(mention, corrections)) };
  const attached = attachMentions(catalog, document, corrected);
  const { extraction } = attached;
  const attachments = withNamedModels(attached.attachments, extraction, added);
  const quantities = normalizeMentions(catalog, extraction.mentions, attachments).map((quantity) => withReading(quantity, corrections));
  const linked = linkRuns(document, extraction, quantities, attachments);
  // What was added is bound like what was read.
  const { quantities: asked, statements } = linked;
  const bound =
    added.length > 0 || options.binds === true
      ? bindClaims({ catalog, document, quantities: asked, attachments: linked.attachments, statements })
      : NOTHING_BOUND;
  return { document, extraction, linked, checked: checkRuns(catalog, document, linked, withOptions(options, corrections), bound) };
}

function withOptions(options: CheckOptions, corrections: readonly Correction[]): CheckOptions {
  const date = corrections.findLast((correction) => correction.kind === "price-date");
  const provider = corrections.findLast((correction) => correction.kind === "provider");
  return {
    ...options,
    priceDate: date?.kind === "price-date" ? date.date : options.priceDate,
    provider: provider?.kind === "provider" ? provider.provider : options.provider,
    filled: corrections.filter((correction) => correction.kind === "fill"),
  };
}

function withValue(mention: Mention, corrections: readonly Correction[]): Mention {
  const last = corrections.findLast((correction) => correction.kind === "value" && correction.mention === mention.id);
  if (last?.kind !== "value") return mention;
  const prefix = mention.number.value === 0 ? 1 : mention.value / mention.number.value;
  const value = last.value / prefix;
  const form = Number.isInteger(value) ? "integer" : "decimal";
  const number = { ...mention.number, value, lastPlace: lastPlaceOf(last.value) / prefix, form, range: null, repair: null } as const;
  return { ...mention, text: correctedText(mention, value), number, value: last.value, confidence: 1 };
}

/** What letters and words behind a numeral multiply it by. */
const SCALES: readonly number[] = [1, 1e3, 1e6, 1e9, 1e12];

/** What the page would say: "$63,864" corrected to 36864 is "$36,864", "1.2M hours" to 1400000 "1.4M hours", "eight GPUs" to 16 "16 GPUs". */
function correctedText({ text, number }: Mention, value: number): string {
  const inWords = (part: number): string => part.toLocaleString("en-US", { maximumSignificantDigits: 12 });
  for (const numeral of text.match(/\d[\d,]*(?:\.\d+)?/g) ?? []) {
    const printed = Number(numeral.replaceAll(",", ""));
    const scale = SCALES.find((each) => Math.abs(number.value / printed / each - 1) < 1e-9);
    if (scale !== undefined) return text.replace(numeral, inWords(value / scale));
  }
  const told = inWords(value);
  const [first = "", ...rest] = text.trim().split(/\s+/);
  return [/^\p{L}+$/u.test(first) && rest.length > 0 ? told : `${told} (${first})`, ...rest].join(" ");
}

function withReading(quantity: Quantity, corrections: readonly Correction[]): Quantity {
  const last = corrections.findLast((correction) => correction.kind === "reading" && correction.mention === quantity.mention.id);
  if (last?.kind !== "reading") return quantity;
  const kept = quantity.readings.filter((reading) => reading.printed.unit === last.unit);
  const total = kept.reduce((sum, reading) => sum + reading.weight, 0);
  const weight = (own: number): number => (total > 0 ? own / total : 1 / kept.length);
  const [first, ...rest] = kept.map((reading) => ({ ...reading, weight: weight(reading.weight), contradictsPrint: false }));
  return first === undefined ? quantity : { ...quantity, readings: [first, ...rest] };
}
