/** What the gold leaves out of a mention: how its number is printed, its noun, and the product that is attached to it. */

import { fold } from "../../src/language/fold.ts";
import { tokensOf } from "../../src/language/tokenize.ts";
import type { Catalog } from "../../src/model/catalog.ts";
import { findHardware } from "../../src/model/hardware-finder.ts";
import type { CountNoun, Mention, PrintedNumber } from "../../src/model/mention.ts";
import type { GoldFigure } from "./gold-mentions.ts";

/** A mention of the gold as a faultless extractor would give it, with the product that is attached to it. */
export function withPrint(catalog: Catalog, mention: Mention, gold: GoldFigure): Mention {
  const [named] = gold.hardware === undefined ? [] : findHardware(catalog).find(gold.hardware);
  const hardware = named === undefined ? null : { span: mention.span, text: named.text, accelerators: named.accelerators, system: null };
  return {
    ...mention,
    number: { ...numberOf(catalog, gold, mention.text, mention.span.start), range: mention.number.range },
    noun: nounOf(gold.kind, gold.unit, mention.text),
    hardware: mention.hardware ?? hardware,
    confidence: 0.95,
  };
}

const NOUNS: ReadonlySet<string> = new Set(["chip", "core", "device", "board", "node", "module", "gcd"]);

function nounOf(kind: string, unit: string, text: string): CountNoun | null {
  if (!["accelerators", "accelerator-hours", "price", "nodes"].includes(kind)) return null;
  const word = (/^(?:[A-Z]{3}\/)?(?<noun>[A-Za-z]+)/.exec(unit)?.groups?.["noun"] ?? "").toLowerCase();
  if (/slice|v\d[a-z]*-\d/i.test(text) && kind === "accelerators") return "slice";
  if (NOUNS.has(word)) return word as CountNoun;
  return /gpu/i.test(text) ? "gpu" : kind === "price" && !unit.includes("-") ? null : "bare";
}

/** The number of a phrase as it is printed: the one whose value is that of the gold but for a power of ten. */
function numberOf(catalog: Catalog, gold: GoldFigure, text: string, offset: number): PrintedNumber {
  const tokens = tokensOf(catalog, fold(text)).filter((token) => token.kind === "number");
  const isOf = (value: number): boolean => {
    const power = Math.log10(gold.value / value);
    return Number.isFinite(power) && Math.abs(power - Math.round(power)) < 1e-9;
  };
  const token = tokens.find(({ number }) => number.value === gold.value) ?? tokens.find(({ number }) => isOf(number.value));
  if (token === undefined) return unreadNumber(gold, text, offset);
  const scale = token.number.value === 0 ? 1 : gold.value / token.number.value;
  const { range } = token.number;
  return {
    ...token.number,
    span: { start: offset + token.start, end: offset + token.end },
    value: gold.value,
    lastPlace: token.number.lastPlace * scale,
    range: range === null ? null : { low: range.low * scale, high: range.high * scale },
  };
}

/** A number in a form that is not read: words, marks of another language, minutes of "3h50m". */
function unreadNumber(gold: GoldFigure, text: string, offset: number): PrintedNumber {
  const start = offset + Math.max(0, text.search(/\d/));
  const digits = /\d[\d.,\s]*/.exec(text)?.[0].trim() ?? "";
  const isComposite = /\d\s?[a-z:]+\s?\d/i.test(text) && /time/.test(gold.kind);
  const plain = digits.replaceAll(/[^\d]/g, "").replace(/0+$/, "");
  const place = plain === "" ? gold.value : 10 ** (Math.floor(Math.log10(gold.value || 1)) - plain.length + 1);
  return {
    span: { start, end: start + Math.max(1, digits.length) },
    value: gold.value,
    lastPlace: isComposite ? 1 : place,
    form: digits === "" ? "word" : isComposite ? "composite" : Number.isInteger(gold.value) ? "integer" : "decimal",
    range: null,
    repair: null,
  };
}
