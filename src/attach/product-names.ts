import type { CueIndex } from "../language/cues.ts";
import { blockAt } from "../language/reading-order.ts";
import type { Catalog } from "../model/catalog.ts";
import type { BlockKind, Document } from "../model/document.ts";
import { type HardwareMatch, hardwareById, hardwareIn } from "../model/hardware-finder.ts";
import type { Mention } from "../model/mention.ts";
import { contains, type Span } from "../model/span.ts";
import { spanIndexOf } from "../model/span-index.ts";

/** A product that a document speaks of, under all its names. */
export interface Product {
  /** Catalog ids that all its names allow; empty for CPUs of no name. */
  readonly ids: readonly string[];
  readonly text: string;
  /** "gpu", "tpu", "cpu" and so on, as the catalog has it. */
  readonly kind: string;
  readonly key: string;
}

/** Where a product is named. */
export interface ProductPlace {
  readonly product: Product;
  readonly span: Span;
  /** The machine as printed, where one is named and not its product: "DGX-2". */
  readonly machine: string | null;
  /** Index into `Document.blocks`. */
  readonly block: number;
  readonly cell: { readonly table: number; readonly row: number; readonly column: number; readonly header: boolean } | null;
  /** A caption's or a note's table, and whether it heads the table or stands below. */
  readonly isExample: boolean;
  readonly isContrast: boolean;
}

/** Blocks whose words are not the document's own telling. */
const UNREAD: ReadonlySet<BlockKind> = new Set(["references", "comment", "furniture"]);

interface Naming {
  readonly ids: readonly string[];
  readonly text: string;
  readonly span: Span;
  readonly block: number;
  readonly isMachine: boolean;
}

/** Every place where a document names a product, in reading order. */
export function productsIn(catalog: Catalog, document: Document, cues: CueIndex, mentions: readonly Mention[]): readonly ProductPlace[] {
  const named = namedIn(catalog, document, cues, mentions);
  const processors = unnamedProcessors(document, cues).filter(({ span }) => !hasCores(catalog, named) || !isOfCores(mentions, span));
  const namings = [...named, ...processors].sort((left, right) => left.span.start - right.span.start);
  const products = productsOf(catalog, namings);
  const cells = cellFinder(document);
  return namings.flatMap((naming) => {
    const product = products.get(keyOf(naming.ids));
    if (product === undefined) return [];
    const before = { start: Math.max(0, naming.span.start - REACH_OF_A_WORD), end: naming.span.start };
    return [
      {
        product,
        span: naming.span,
        machine: naming.isMachine ? naming.text : null,
        block: naming.block,
        cell: cells(naming),
        isExample: cues.has("example", before),
        isContrast: cues.has("contrast", before),
      },
    ];
  });
}

/** How far before a name "such as" or "than" may stand, in code units. */
const REACH_OF_A_WORD = 14;

function namedIn(catalog: Catalog, document: Document, cues: CueIndex, mentions: readonly Mention[]): readonly Naming[] {
  const matches = hardwareIn(catalog, document.text)
    .map((match) => ({ match, block: blockAt(document, match.span.start) }))
    .filter(({ block }) => block >= 0 && !UNREAD.has(document.blocks[block]?.kind ?? "furniture"));
  const blocks = new Set(matches.flatMap(({ match, block }) => (match.needsContext ? [] : [block])));
  const counted = new Set(mentions.flatMap(({ hardware }) => hardware?.span.start ?? []));
  const isMeant = ({ match, block }: Found): boolean =>
    !match.needsContext ||
    (!isPartOfName(document.text, match.span) &&
      (blocks.has(block) || counted.has(match.span.start) || hasHardwareNear(document, cues, match, block)));
  const meant = new Set(matches.filter(isMeant).map(({ match }) => match.text));
  const numbered = new Set(matches.flatMap(({ match }) => (/\d/.test(match.text) ? match.accelerators : [])));
  const kinds = new Set([...numbered].map((id) => hardwareById(catalog, id)?.kind));
  return matches.flatMap(({ match, block }) => {
    // "HPU" beside a Gaudi 2 is no product of its own.
    const isPlain = match.needsContext && !/\d/.test(match.text) && !match.accelerators.some((id) => numbered.has(id));
    if (isPlain && match.accelerators.some((id) => kinds.has(hardwareById(catalog, id)?.kind))) return [];
    if (!meant.has(match.text) || (match.needsContext && isPartOfName(document.text, match.span))) return [];
    if (match.accelerators.length > 1 && !/\d/.test(match.text) && match.systems.length === 0) return [];
    return [
      { ids: match.accelerators, text: textOf(catalog, document.text, match), span: match.span, block, isMachine: match.system !== null },
    ];
  });
}

interface Found {
  readonly match: HardwareMatch;
  readonly block: number;
}

/** Whether a short name follows a word of letters and digits, whose last part it is: the "A2" of "Atlas 800T A2"; not that of "8x A2". */
function isPartOfName(text: string, { start }: Span): boolean {
  const word = /[\p{L}\p{N}]+(?=[ -]$)/u.exec(text.slice(Math.max(0, start - REACH_OF_A_WORD), start))?.[0] ?? "";
  return /\p{L}/u.test(word) && /\p{N}/u.test(word) && !/^\p{N}+x$/iu.test(word);
}

/** A short name ("K40", "v3-8") counts where its block or one beside it speaks of hardware. */
function hasHardwareNear({ blocks }: Document, cues: CueIndex, match: HardwareMatch, block: number): boolean {
  const [first, last] = [blocks[Math.max(0, block - 1)], blocks[Math.min(blocks.length - 1, block + 1)]];
  const around = { start: first?.span.start ?? 0, end: last?.span.end ?? 0 };
  return cues.within(around).some((cue) => cue.kind === "hardware" && !contains(match.span, cue.span));
}

/** The product as printed, without plural; a part of a pod and a machine by what the catalog calls their only product. */
function textOf(catalog: Catalog, text: string, match: HardwareMatch): string {
  const [id, ...others] = match.accelerators;
  const isOfOne = id !== undefined && others.length === 0;
  if (match.slice !== null && isOfOne) return hardwareById(catalog, id)?.name ?? match.text;
  return withMemory(text, match.span);
}

/** The name as printed, with the memory that is printed beside it: "80GB A100", "A100 cards with 80 GB" are the A100-80GB. */
function withMemory(text: string, { start, end }: Span): string {
  const name = text.slice(start, end).replace(/\s+/g, " ").replace(MEMORY_FIRST, "$<name>-$<size>GB");
  const size = /GB?$/i.test(name) ? undefined : MEMORY_AFTER.exec(text.slice(end, end + REACH_OF_MEMORY))?.groups?.["size"];
  return size === undefined ? name : `${name}-${size}GB`;
}

const REACH_OF_MEMORY = 24;

/** Matches "80GB A100"; not "A100 80GB". */
const MEMORY_FIRST = /^(?<size>\d{2,3})\s?G(?:i?B)?[\s-](?<name>.+)$/i;

/** Matches " GPUs with 80GB", "s (40 GB)"; not " with 2 TB". */
const MEMORY_AFTER = /^s?(?:\s\p{L}+)?\s?(?:with |\()(?<size>\d{2,3})\s?G(?:i?B)\b/iu;

/** "CPU cores": a kind of processor whose product is not told. */
function unnamedProcessors(document: Document, cues: CueIndex): readonly Naming[] {
  return cues
    .within({ start: 0, end: document.text.length })
    .filter((cue) => cue.kind === "of-cpu")
    .map((cue) => ({ ids: [], text: "CPU", span: cue.span, block: blockAt(document, cue.span.start), isMachine: false }))
    .filter(({ block }) => block >= 0);
}

/** Whether a product that is named counts in cores itself, as TPUs do. */
function hasCores(catalog: Catalog, named: readonly Naming[]): boolean {
  return named.some(({ ids }) => ids.some((id) => "core" in (hardwareById(catalog, id)?.unitsInCanonical ?? {})));
}

/** "$0.30 per core-hour": a word for a processor that only counts its cores. */
function isOfCores(mentions: readonly Mention[], { start, end }: Span): boolean {
  return mentions.some(({ noun, span }) => noun === "core" && span.start < end && start < span.end);
}

function keyOf(ids: readonly string[]): string {
  return ids.length === 0 ? "cpu" : [...ids].sort().join(" ");
}

/**
 * One product for each set of ids, and one for names that can only be the same: "A100" where "A100-80GB" is the only A100, "p3.16xlarge"
 * beside the V100 that it holds.
 */
function productsOf(catalog: Catalog, namings: readonly Naming[]): ReadonlyMap<string, Product> {
  const sets = new Map<string, Naming>();
  for (const naming of namings) {
    const key = keyOf(naming.ids);
    const known = sets.get(key);
    if (known === undefined || precedes(naming, known)) sets.set(key, naming);
  }
  const all = [...sets.values()];
  return new Map(
    [...sets].map(([key, own]) => {
      const touching = all.filter((other) => own.ids.some((id) => other.ids.includes(id)));
      const narrowest = touching.toSorted((left, right) => left.ids.length - right.ids.length || compare(left.text, right.text))[0] ?? own;
      const isChain = touching.every((other) => narrowest.ids.every((id) => other.ids.includes(id)));
      const ids = isChain ? narrowest.ids : own.ids;
      const named = isChain
        ? (touching.filter((other) => !other.isMachine).toSorted((left, right) => left.ids.length - right.ids.length)[0] ?? own)
        : own;
      const kind = ids[0] === undefined ? "cpu" : (hardwareById(catalog, ids[0])?.kind ?? "gpu");
      return [key, { ids, text: named.text, kind, key: keyOf(ids) }];
    }),
  );
}

/** A product rather than a machine that holds it, and a name with its memory; else what is named first. */
function precedes(left: Naming, right: Naming): boolean {
  if (left.isMachine !== right.isMachine) return !left.isMachine;
  return WITH_MEMORY.test(left.text) && !WITH_MEMORY.test(right.text);
}

/** Matches "A100-80GB", "A100 40G"; not "A100". */
const WITH_MEMORY = /\d\s?GB?\b/i;

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function cellFinder({ tables, blocks }: Document): (naming: Naming) => ProductPlace["cell"] {
  const byStart = new Map(tables.map((table, index) => [table.span.start, index]));
  const cells = tables.map((table) => spanIndexOf(table.cells));
  return ({ block, span }) => {
    const index = byStart.get(blocks[block]?.span.start ?? -1);
    const cell = index === undefined ? undefined : cells[index]?.overlapping(span).find((other) => contains(other.span, span));
    return index === undefined || cell === undefined ? null : { table: index, row: cell.row, column: cell.column, header: cell.header };
  };
}
