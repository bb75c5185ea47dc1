import type { Accelerator, Catalog, Price, System } from "../model/catalog.ts";

/** Rows that hold every word of a search. */
export interface CatalogMatches {
  /** Those whose own name fits before those that only mention the words. */
  readonly accelerators: readonly Accelerator[];
  readonly systems: readonly System[];
  /** By hardware, then date, the oldest first. */
  readonly prices: readonly Price[];
}

/** Searches hardware, machines and prices; words may stand in any order and any case: "tpu v3 preemptible". */
export function searchCatalog(catalog: Catalog, query: string): CatalogMatches {
  const words = query
    .split(/\s+/)
    .map(fold)
    .filter((word) => word !== "");
  if (words.length === 0) return { accelerators: [], systems: [], prices: [] };
  const whole = fold(query);
  const fitting = <T>(rows: readonly T[], textsOf: (row: T) => readonly string[]): readonly T[] =>
    rows
      .map((row) => ({ row, score: scoreOf(textsOf(row), words, whole) }))
      .filter((entry) => entry.score > 0)
      .sort((left, right) => right.score - left.score)
      .map((entry) => entry.row);
  const namesOfHardware = new Map(catalog.accelerators.map((row) => [row.id, namesOf(row)]));
  const prices = fitting(catalog.prices, (price) => [
    price.provider,
    price.sku,
    price.kind,
    price.region,
    ...(namesOfHardware.get(price.hardware) ?? []),
  ]);
  return {
    accelerators: fitting(catalog.accelerators, (row) => [...namesOf(row), row.kind]),
    systems: fitting(catalog.systems, (row) => [row.id, row.name, row.vendor, ...row.aliases]),
    prices: [...prices].sort(
      (left, right) => compare(left.hardware, right.hardware) || compare(left.validFrom ?? "", right.validFrom ?? ""),
    ),
  };
}

function namesOf(row: Accelerator): readonly string[] {
  return [row.name, ...row.aliases, ...row.ambiguousAliases, row.id, row.vendor, row.family];
}

/** 0 if a word is missing; more if the whole query is a name, or begins one. */
function scoreOf(texts: readonly string[], words: readonly string[], whole: string): number {
  const folded = texts.map(fold);
  if (folded.some((text) => text === whole)) return 3;
  if (folded.some((text) => begins(text, whole))) return 2;
  const parts = texts.flatMap((text) => text.toLowerCase().match(PART) ?? []);
  return words.every((word) => [...parts, ...folded].some((text) => begins(text, word))) ? 1 : 0;
}

/** Whether a text begins with a word, and no number is cut in two: "H100 SXM" begins with "H100", "H200" not with "H20". */
function begins(text: string, word: string): boolean {
  return text.startsWith(word) && !(/\d$/.test(word) && /^\d/.test(text.slice(word.length)));
}

/** A run of letters and digits: "v3" of "TPU v3"; not "-". */
const PART = /[\p{L}\p{N}]+/gu;

function fold(text: string): string {
  return (text.toLowerCase().match(PART) ?? []).join("");
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
