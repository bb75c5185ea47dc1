import type { Accelerator, Catalog } from "./catalog.ts";
import type { HardwareUnit } from "./hardware-unit.ts";
import { keptForLastText } from "./last-text.ts";
import { buildNameTrie, isIdeograph, isWordCode, type NameTrie } from "./name-trie.ts";
import type { Span } from "./span.ts";

/** A product or machine named in a text. */
export interface HardwareMatch {
  readonly span: Span;
  /** As printed, with the maker's name and the memory where they are printed: "NVIDIA A100 (80GB)". */
  readonly text: string;
  /** Catalog ids it may be, likeliest first; for a machine, what it contains. Never empty. */
  readonly accelerators: readonly string[];
  /** The machine that is named, if one is; the likeliest where the name is shared. */
  readonly system: string | null;
  /** Every machine it may be. */
  readonly systems: readonly string[];
  /** "v3-256": how many of which unit the name itself counts. */
  readonly slice: NamedSlice | null;
  /** The name is short or ordinary: believe it only beside a word such as "GPU" or "trained on". */
  readonly needsContext: boolean;
}

export interface NamedSlice {
  readonly count: number;
  readonly unit: HardwareUnit;
  /** The digits of the count. */
  readonly span: Span;
}

/** Finds the hardware a text names. */
export interface HardwareFinder {
  /** In reading order; matches do not overlap, and the longest name wins. */
  readonly find: (text: string) => readonly HardwareMatch[];
}

const FINDERS = new WeakMap<Catalog, HardwareFinder>();

/**
 * The finder of a catalog, built once.
 *
 * Names match without regard to case, spaces and hyphens, whole words only ("TPUv3", "TPU-v3"; "8xA100" holds "A100", "XA100" does not).
 * A memory size or form factor beside a name narrows what it may be: "V100 (32GB)", "80 GB A100", "H100 PCIe".
 */
export function findHardware(catalog: Catalog): HardwareFinder {
  const known = FINDERS.get(catalog);
  if (known !== undefined) return known;
  const finder = buildFinder(catalog);
  FINDERS.set(catalog, finder);
  return finder;
}

/** The hardware that the text of a document names, kept for all who ask. */
export const hardwareIn = keptForLastText((catalog: Catalog, text: string) => findHardware(catalog).find(text));

/** The row with this id; null for an id that the catalog has not. */
export function hardwareById(catalog: Catalog, id: string): Accelerator | null {
  return rowsById(catalog).get(id) ?? null;
}

const ROWS = new WeakMap<Catalog, ReadonlyMap<string, Accelerator>>();

function rowsById(catalog: Catalog): ReadonlyMap<string, Accelerator> {
  const known = ROWS.get(catalog);
  if (known !== undefined) return known;
  const rows = new Map(catalog.accelerators.map((row) => [row.id, row]));
  ROWS.set(catalog, rows);
  return rows;
}

/** What one name leads to. */
interface Named {
  /** Products that list the name outright, then those that share it. */
  readonly certain: readonly string[];
  readonly shared: readonly string[];
  readonly systems: readonly string[];
  readonly needsContext: boolean;
}

interface Tools {
  readonly catalog: Catalog;
  readonly rows: ReadonlyMap<string, Accelerator>;
  readonly trie: NameTrie<Named>;
  readonly contents: ReadonlyMap<string, readonly string[]>;
  readonly slices: SliceNames | null;
  readonly makers: readonly string[];
}

function buildFinder(catalog: Catalog): HardwareFinder {
  const tools: Tools = {
    catalog,
    rows: rowsById(catalog),
    trie: buildNameTrie(namesOf(catalog), joinNamed),
    contents: new Map(catalog.systems.map((system) => [system.id, Object.keys(system.contains)])),
    slices: sliceNames(catalog),
    makers: makersOf(catalog),
  };
  return { find: (text) => merge(namedIn(tools, text), slicesIn(tools, text)) };
}

function* namesOf(catalog: Catalog): Generator<{ readonly name: string; readonly payload: Named }> {
  for (const row of catalog.accelerators) {
    const listed = row.ambiguousAliases.length > 0 ? row.aliases : [row.name, ...row.aliases];
    for (const name of new Set([row.name, ...listed]))
      yield { name, payload: { certain: [row.id], shared: [], systems: [], needsContext: row.aliasesNeedingContext.includes(name) } };
    for (const name of row.ambiguousAliases) {
      if (row.aliases.includes(name)) continue;
      yield { name, payload: { certain: [], shared: [row.id], systems: [], needsContext: row.aliasesNeedingContext.includes(name) } };
    }
  }
  for (const system of catalog.systems)
    for (const name of new Set([system.name, ...system.aliases]))
      yield { name, payload: { certain: [], shared: [], systems: [system.id], needsContext: false } };
}

function joinNamed(left: Named, right: Named): Named {
  const union = (first: readonly string[], second: readonly string[]): readonly string[] => [...new Set([...first, ...second])];
  return {
    certain: union(left.certain, right.certain),
    shared: union(left.shared, right.shared),
    systems: union(left.systems, right.systems),
    needsContext: left.needsContext || right.needsContext,
  };
}

function namedIn(tools: Tools, text: string): readonly HardwareMatch[] {
  const matches: HardwareMatch[] = [];
  let previous = 32;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isStart = isWordCode(code) && (!isWordCode(previous) || isIdeograph(previous) || isGluedCount(text, at));
    previous = code;
    if (!isStart || !tools.trie.mayBegin(code, text.charCodeAt(at + 1))) continue;
    const hit = tools.trie.longestAt(text, at);
    if (hit === null) continue;
    const match = matchOf(tools, text, { start: at, end: closed(text, at, hit.end) }, hit.payload);
    matches.push(match);
    at = match.span.end - 1;
    previous = text.charCodeAt(at);
  }
  return matches;
}

/** A name that opens a parenthesis ends with it: "Titan X (Pascal)". */
function closed(text: string, start: number, end: number): number {
  return text.charCodeAt(end) === 41 && text.slice(start, end).includes("(") ? end + 1 : end;
}

/** "8xA100": the letter before the name is a sign of multiplication. */
function isGluedCount(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const digit = text.charCodeAt(at - 2);
  return (before === 120 || before === 88) && digit >= 48 && digit <= 57;
}

function matchOf(tools: Tools, text: string, name: Span, named: Named): HardwareMatch {
  const isSystem = named.systems.length > 0;
  const candidates = isSystem
    ? [...new Set(named.systems.flatMap((id) => tools.contents.get(id) ?? []))]
    : [...named.certain, ...named.shared.filter((id) => !named.certain.includes(id))];
  const start = withMaker(tools, text, name.start);
  const narrowed = isSystem
    ? { span: { start, end: name.end }, ids: candidates }
    : narrow(tools, text, { start, end: name.end }, candidates);
  return {
    span: narrowed.span,
    text: text.slice(narrowed.span.start, narrowed.span.end),
    accelerators: narrowed.ids,
    system: named.systems[0] ?? null,
    systems: named.systems,
    slice: null,
    // A maker or a memory size beside a short name settles it.
    needsContext: named.needsContext && start === name.start && narrowed.span.end === name.end && narrowed.span.start === start,
  };
}

/** Names of makers and brands, right before a product: "NVIDIA Tesla ", "Moore Threads "; not "Tesla, ". */
function withMaker({ makers }: Tools, text: string, start: number): number {
  for (let at = start; ; ) {
    if (!BLANKS.includes(text.charAt(at - 1) || ".")) return at;
    const end = MARKS_OF_TRADE.includes(text.charAt(at - 2)) ? at - 2 : at - 1;
    const maker = makers.find(
      (name) =>
        text.slice(Math.max(0, end - name.length), end).toLowerCase() === name && !isWordCode(text.charCodeAt(end - name.length - 1)),
    );
    if (maker === undefined) return at;
    at = end - maker.length;
  }
}

const BLANKS = " \u00a0";
const MARKS_OF_TRADE = ["®", "™"];

/** Who makes what the catalog lists, and under which names it is sold, in small letters; longer names go first. */
function makersOf({ accelerators }: Catalog): readonly string[] {
  const vendors = accelerators.map(({ vendor }) => (vendor.split(" (")[0] ?? vendor).toLowerCase());
  return [...new Set([...vendors, ...BRANDS])].sort((left, right) => right.length - left.length);
}

const BRANDS = ["aws", "amazon", "habana", "tesla", "geforce", "instinct", "radeon", "quadro"];

/** A memory size or form factor after a name: " (80GB)", "-SXM4", " 40 G"; not " 40 GPUs". */
const QUALIFIER =
  /[ \u00a0-]?\(?(?:(?<size>\d{1,3})[ \u00a0-]?Gi?B?|(?<form>SXM\d?|PCI-?e|NVL(?:ink)?))(?![\p{L}\p{N}])(?: ?(?:HBM|memory|RAM|VRAM))?\)?/iuy;

/** A memory size before a name: "80GB ", "32 GB-"; not "80GB of ". */
const SIZE_BEFORE = /(?<![\d.,])(?<size>\d{1,3})[ \u00a0-]?Gi?B?[ \u00a0-]$/i;

/** Sizes are rounded in print: 94 GB of 96, 80 GiB of 80 GB. */
const SIZE_SLACK = 0.06;

function narrow(
  tools: Tools,
  text: string,
  name: Span,
  candidates: readonly string[],
): { readonly span: Span; readonly ids: readonly string[] } {
  let { start, end } = name;
  let ids = candidates;
  for (;;) {
    QUALIFIER.lastIndex = end;
    const groups = QUALIFIER.exec(text)?.groups;
    if (groups === undefined) break;
    const kept = ids.filter((id) => isOfSize(tools, id, groups.size) && isOfForm(tools, id, groups.form));
    if (kept.length === 0) break;
    ids = kept;
    end = QUALIFIER.lastIndex;
  }
  const before = SIZE_BEFORE.exec(text.slice(Math.max(0, start - 8), start));
  if (before !== null) {
    const kept = ids.filter((id) => isOfSize(tools, id, before.groups?.size));
    if (kept.length > 0) {
      ids = kept;
      start -= before[0].length;
    }
  }
  return { span: { start, end }, ids };
}

function isOfSize(tools: Tools, id: string, size: string | undefined): boolean {
  if (size === undefined) return true;
  const memory = tools.rows.get(id)?.memoryGigabytes ?? null;
  return memory !== null && Math.abs(Number(size) / memory - 1) <= SIZE_SLACK;
}

function isOfForm(tools: Tools, id: string, form: string | undefined): boolean {
  if (form === undefined) return true;
  const wanted = form.toUpperCase().replace("-", "").replace("NVLINK", "SXM");
  return (tools.rows.get(id)?.name ?? "").toUpperCase().includes(wanted);
}

/** Families whose names count: "v3-256", with the row each prefix belongs to. */
interface SliceNames {
  readonly pattern: RegExp;
  readonly rows: ReadonlyMap<string, Accelerator>;
}

function sliceNames(catalog: Catalog): SliceNames | null {
  const rows = new Map<string, Accelerator>();
  for (const row of catalog.accelerators) for (const prefix of row.slice?.prefixes ?? []) rows.set(prefix.toLowerCase(), row);
  if (rows.size === 0) return null;
  const prefixes = [...rows.keys()].sort((left, right) => right.length - left.length).join("|");
  // "v3-256", "TPU v3-8", "Cloud TPUv2-32"; not "GPT-v3-2", "v3-0324".
  const source = `(?<maker>(?:Google )?(?:Cloud )?TPU[ \\u00a0-]?)?(?<![\\p{L}\\p{N}](?<!TPU)|[\\p{L}\\p{N}][-.])(?<prefix>${prefixes})[-\\u2010-\\u2013](?<count>[1-9]\\d{0,4})(?![\\p{L}\\p{N}]|[.,]\\d)`;
  return { pattern: new RegExp(source, "giu"), rows };
}

/** Marks between the version of a slice and its count. */
const HYPHENS = ["-", "\u2010", "\u2011", "\u2012", "\u2013"];

/** Whether a text has a digit behind a hyphen, without which no slice is written. */
function hasHyphenedCount(text: string): boolean {
  return HYPHENS.some((hyphen) => {
    for (let at = text.indexOf(hyphen); at >= 0; at = text.indexOf(hyphen, at + 1)) {
      const code = text.charCodeAt(at + 1);
      if (code >= 48 && code <= 57) return true;
    }
    return false;
  });
}

function slicesIn(tools: Tools, text: string): readonly HardwareMatch[] {
  if (tools.slices === null || !hasHyphenedCount(text)) return [];
  const matches: HardwareMatch[] = [];
  for (const found of text.matchAll(tools.slices.pattern)) {
    const { maker, prefix = "", count: digits = "" } = found.groups ?? {};
    const row = tools.slices.rows.get(prefix.toLowerCase());
    const counts = row?.slice?.counts;
    if (row === undefined || counts === undefined) continue;
    const count = Number(digits);
    // Without "TPU" the version of anything may look like a slice; then it must be written as one, and be of a size that is sold.
    if (maker === undefined && (prefix !== prefix.toLowerCase() || !isSold(row, counts, count))) continue;
    const end = found.index + found[0].length;
    matches.push({
      span: { start: found.index, end },
      text: found[0],
      accelerators: [row.id],
      system: null,
      systems: [],
      slice: { count, unit: counts, span: { start: end - digits.length, end } },
      needsContext: maker === undefined,
    });
  }
  return matches;
}

/** Slices are single hosts or parts of them, or whole numbers of hosts, up to a pod. */
function isSold(row: Accelerator, unit: HardwareUnit, count: number): boolean {
  const canonical = count * (row.unitsInCanonical[unit] ?? 1);
  const isWhole = canonical % 4 === 0 || (row.unitsInCanonical[unit] === 1 && canonical === 1);
  return isWhole && canonical <= (row.podCanonicalUnits ?? Number.POSITIVE_INFINITY);
}

/** Both lists in reading order; a slice is the fuller reading of what else would be a plain name. */
function merge(names: readonly HardwareMatch[], slices: readonly HardwareMatch[]): readonly HardwareMatch[] {
  if (slices.length === 0) return names;
  const apart = names.filter((name) => !slices.some((slice) => slice.span.start < name.span.end && name.span.start < slice.span.end));
  return [...apart, ...slices].sort((left, right) => left.span.start - right.span.start);
}
