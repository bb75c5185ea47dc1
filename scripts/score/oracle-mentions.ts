/**
 * Mentions made from the gold of a passage: what a faultless extractor would give.
 *
 * They let binding be measured by itself, before and apart from what reads the figures.
 */
import { findNumbers } from "../../src/extract/numbers.ts";
import { fold } from "../../src/extract/fold.ts";
import { splitSentences } from "../../src/extract/sentences.ts";
import type { Catalog } from "../../src/model/catalog.ts";
import type { Document } from "../../src/model/document.ts";
import { findHardware } from "../../src/model/hardware-finder.ts";
import type { CountNoun, Hedge, Mention, MentionId, MentionKind, PrintedNumber, Role } from "../../src/model/mention.ts";
import type { Span } from "../../src/model/span.ts";

/** A figure of the gold. */
export interface OracleQuantity {
  readonly phrase: string;
  readonly kind: string;
  readonly value: number;
  readonly unit?: string;
  readonly nth?: number;
  readonly hedge?: string;
  readonly per?: string;
  readonly about?: string;
  readonly hypothetical?: boolean;
  readonly subject?: string;
  readonly hardware?: string;
}

/** A mention with what the gold attaches to it. */
export interface OracleMention {
  readonly mention: Mention;
  readonly subject: string | null;
  readonly gold: OracleQuantity;
}

/** The mentions of a passage in reading order, and the phrases that could not be found in what was read. */
export function oracleMentions(
  catalog: Catalog,
  document: Document,
  source: string,
  quantities: readonly OracleQuantity[],
): { readonly mentions: readonly OracleMention[]; readonly lost: readonly string[] } {
  const letters = lettersOf(document.text);
  const lost: string[] = [];
  const placed: { readonly gold: OracleQuantity; readonly span: Span }[] = [];
  for (const gold of quantities) {
    const span = spanOf(document, letters, source, gold);
    if (span === null) lost.push(gold.phrase);
    else placed.push({ gold, span });
  }
  placed.sort((left, right) => left.span.start - right.span.start || left.span.end - right.span.end);
  return { mentions: placed.map(({ gold, span }, index) => mentionOf(catalog, document, gold, span, index)), lost };
}

interface Letters {
  readonly text: string;
  readonly at: readonly number[];
}

/** Letters and digits alone, each with its place. */
function lettersOf(text: string): Letters {
  let folded = "";
  const at: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const plain = (text[index] ?? "").normalize("NFKC").toLowerCase();
    for (const letter of plain) {
      if (!/[\p{L}\p{N}]/u.test(letter)) continue;
      folded += letter;
      for (let unit = 0; unit < letter.length; unit += 1) at.push(index);
    }
  }
  return { text: folded, at };
}

function spanOf(document: Document, letters: Letters, source: string, gold: OracleQuantity): Span | null {
  const key = lettersOf(gold.phrase.replaceAll(/<[^>]*>|&[a-z]+;|\\[a-zA-Z]+/g, "")).text;
  if (key === "") return null;
  // Which occurrence among those of the folded phrase: as far along in what was read as the phrase is in the source.
  let at = -1;
  for (let count = 0; count < (gold.nth ?? 1); count += 1) at = source.indexOf(gold.phrase, at + 1);
  const share = at < 0 ? 0 : at / Math.max(1, source.length);
  let best: Span | null = null;
  let distance = Infinity;
  for (let found = letters.text.indexOf(key); found >= 0; found = letters.text.indexOf(key, found + 1)) {
    const [start, last] = [letters.at[found] ?? 0, letters.at[found + key.length - 1] ?? 0];
    // No part of a longer number or word.
    const before = document.text[start - 1] ?? " ";
    const after = document.text[last + 1] ?? " ";
    const isCut = (/\d/.test(key[0] ?? "") && /[\d]/.test(before)) || (/\d$/.test(key) && /\d/.test(after));
    const off = Math.abs(start / Math.max(1, document.text.length) - share) + (isCut ? 1 : 0);
    if (off < distance) {
      distance = off;
      best = { start, end: last + 1 };
    }
  }
  return best;
}

const HEDGES: Readonly<Record<string, Hedge>> = {
  about: "about",
  nearly: "nearly",
  over: "over",
  "slightly over": "slightly-over",
  "up to": "up-to",
  under: "under",
  estimated: "estimated",
  "order of magnitude": "order-of-magnitude",
  "order-of-magnitude": "order-of-magnitude",
};

function mentionOf(catalog: Catalog, document: Document, gold: OracleQuantity, span: Span, index: number): OracleMention {
  const text = document.text.slice(span.start, span.end);
  const number = numberOf(gold, text, span.start);
  const cell = cellOf(document, number.span);
  const block = document.blocks.findIndex((each) => each.span.start <= number.span.start && number.span.end <= each.span.end);
  const unit = gold.unit ?? "1";
  // As attached, also where the name is printed elsewhere.
  const [named] = gold.hardware === undefined ? [] : findHardware(catalog).find(gold.hardware);
  const inPhrase = findHardware(catalog).find(text)[0];
  const name = inPhrase ?? named;
  const role: Role = gold.hypothetical === true ? "hypothetical" : gold.about === "other" ? "other" : "own";
  return {
    gold,
    subject: gold.subject ?? null,
    mention: {
      id: `m${index + 1}` as MentionId,
      kind: gold.kind as MentionKind,
      span,
      text,
      number,
      unit,
      value: gold.value,
      hedge: gold.hedge === undefined ? null : (HEDGES[gold.hedge] ?? "about"),
      hardware:
        name === undefined ? null : { span, text: name.text, accelerators: name.accelerators, system: inPhrase?.system ?? null },
      noun: nounOf(gold.kind, unit, text),
      per: gold.per ?? null,
      role,
      roleEvidence: null,
      speaker: null,
      stage: null,
      qualifiers: [],
      sentence: sentenceOf(document, number.span, block, cell),
      block: Math.max(0, block),
      cell,
      confidence: 0.95,
      rules: ["gold"],
    },
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
function numberOf(gold: OracleQuantity, text: string, offset: number): PrintedNumber {
  const tokens = findNumbers(fold(text));
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
function unreadNumber(gold: OracleQuantity, text: string, offset: number): PrintedNumber {
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

function cellOf(document: Document, span: Span): Mention["cell"] {
  for (const [table, { cells, span: whole }] of document.tables.entries()) {
    if (span.start < whole.start || span.end > whole.end) continue;
    const cell = cells.find((each) => each.span.start <= span.start && span.end <= each.span.end);
    if (cell !== undefined) return { table, row: cell.row, column: cell.column };
  }
  return null;
}

function sentenceOf(document: Document, span: Span, block: number, cell: Mention["cell"]): Span {
  const table = cell === null ? undefined : document.tables[cell.table];
  const row = table?.cells.filter((each) => each.row === cell?.row);
  if (row !== undefined && row.length > 0)
    return { start: Math.min(...row.map((each) => each.span.start)), end: Math.max(...row.map((each) => each.span.end)) };
  const inside = document.blocks[block]?.span ?? { start: 0, end: document.text.length };
  const text = document.text.slice(inside.start, inside.end);
  if (document.blocks[block]?.kind === "code") {
    const start = document.text.lastIndexOf("\n", span.start - 1) + 1;
    const end = document.text.indexOf("\n", span.end);
    return { start: Math.max(start, inside.start), end: end < 0 ? inside.end : Math.min(end, inside.end) };
  }
  return splitSentences(text, inside.start).find((each) => each.start <= span.start && span.start < each.end) ?? inside;
}
