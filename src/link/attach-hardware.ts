import { blockAt, type ReadingOrder } from "../language/reading-order.ts";
import type { Catalog } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import type { HardwareName, Mention, MentionId } from "../model/mention.ts";
import { contains, type Span } from "../model/span.ts";
import { cellsOfRow } from "../model/table-cells.ts";
import type { Belonging } from "./attach-subjects.ts";
import { hardwareIn, type NamedHardware } from "./hardware-names.ts";
import { keyOf } from "./model-name.ts";
import { enumerationsOf } from "./parallel-lists.ts";
import type { Grid } from "./table-axis.ts";

/** The product a figure speaks of. */
export interface HardwareTie {
  readonly text: string;
  /** Catalog ids; empty for a bare "GPU" or "Cloud TPU". */
  readonly ids: readonly string[];
}

interface Scene {
  readonly catalog: Catalog;
  readonly document: Document;
  readonly order: ReadingOrder;
  readonly belongings: ReadonlyMap<MentionId, Belonging>;
  readonly gridOf: (table: number) => Grid | null;
}

/**
 * The product of every figure: its own words, its sentence, its row or table, the nearest count before it of the same model,
 * and last the only product of the document. Never a product that was named for another model.
 */
export function attachHardware(scene: Scene, mentions: readonly Mention[]): ReadonlyMap<MentionId, HardwareTie> {
  const { catalog, document } = scene;
  const inSpan = new Map<string, readonly NamedHardware[]>();
  const named = (span: Span): readonly NamedHardware[] => {
    const key = `${span.start}-${span.end}`;
    const known = inSpan.get(key) ?? hardwareIn(catalog, document, span);
    inSpan.set(key, known);
    return known;
  };
  const result = new Map<MentionId, HardwareTie>();
  const sure = new Map<string, SureTie[]>();
  const companies = Map.groupBy(mentions, companyOf);
  for (const mention of mentions) {
    const company = companies.get(companyOf(mention)) ?? [];
    const own =
      ownTie(scene, mention) ??
      (mention.cell === null ? inSentence(scene, mention, company, named) : inTable(scene, mention, company, named));
    if (own === null || !fitsPrint(mention, own)) continue;
    result.set(mention.id, own);
    const family = familyOf(scene, mention);
    const known = sure.get(family) ?? [];
    known.push({ mention, tie: own });
    sure.set(family, known);
  }
  const only = onlyProduct(scene, mentions, named);
  for (const mention of mentions) {
    if (result.has(mention.id)) continue;
    const tie =
      inList(scene, mention, named) ?? fromBefore(scene, mention, sure.get(familyOf(scene, mention)) ?? []) ?? bareTie(mention) ?? only;
    if (tie !== null) result.set(mention.id, tie);
  }
  return result;
}

/** A figure whose product is known by its own words or its surroundings. */
interface SureTie {
  readonly mention: Mention;
  readonly tie: HardwareTie;
}

/** The sentence or the table that a figure shares with others. */
function companyOf(mention: Mention): string {
  return mention.cell === null ? `sentence ${mention.sentence.start}` : `table ${mention.cell.table}`;
}

function ownTie(scene: Scene, mention: Mention): HardwareTie | null {
  const name = mention.hardware;
  if (name === null || !isSpecific(name)) return null;
  return { text: printedName(scene.document.text, name.span), ids: name.accelerators };
}

function tieOf(scene: Scene, name: NamedHardware): HardwareTie {
  return { text: printedName(scene.document.text, name.span), ids: name.ids };
}

/** The product's name as printed, without its noun and with the memory printed beside it: "80GB A100s" is the A100-80GB. */
function printedName(text: string, span: Span): string {
  const name = text
    .slice(span.start, span.end)
    .replace(/\s+/g, " ")
    .replace(TRAILING_NOUN, "")
    .replace(LEADING_MEMORY, "$<name>-$<size>GB");
  if (/\d\s?G(?:i?B)?\b/i.test(name)) return name;
  const before = MEMORY_BEFORE.exec(text.slice(Math.max(0, span.start - 16), span.start))?.groups?.size;
  const after = MEMORY_AFTER.exec(text.slice(span.end, span.end + 24))?.groups?.size;
  const size = before ?? after;
  return size === undefined ? name : `${name}-${size}GB`;
}

/** Matches "80GB ", "40 GB NVIDIA "; not "80GB of RAM on ". */
const MEMORY_BEFORE = /(?<![\d.])(?<size>\d{1,3})\s?G(?:i?B)?\s(?:NVIDIA |Tesla )?$/i;

/** Matches "80GB A100"; not "A100 80GB". */
const LEADING_MEMORY = /^(?<size>\d{2,3})\s?G(?:i?B)?\s(?<name>.+)$/i;

/** Matches " GPUs with 80GB", " (40 GB)", " 80GB"; not " with 2 TB". */
const MEMORY_AFTER = /^s?(?:\sGPUs?)?\s?(?:with |\()?(?<size>\d{2,3})\s?G(?:i?B)\b/i;

/** Matches " GPUs", " cards", the "s" of "A100s"; not "V100S". */
const TRAILING_NOUN = /(?:\s(?:GPUs?|cards?|chips?|cores?|devices?|accelerators?|nodes?|boards?))+$|(?<=\d)s$/;

/** "TPU" and "GPU" may be any of their kind: only a machine, a number in the name or a single candidate settles the product. */
function isSpecific(name: HardwareName): boolean {
  return name.system !== null || name.accelerators.length === 1 || (name.accelerators.length > 0 && /\d/.test(name.text));
}

/** "Cloud TPU", "GPU": kept as printed where nothing better is known. */
function bareTie(mention: Mention): HardwareTie | null {
  return mention.hardware === null ? null : { text: mention.hardware.text, ids: mention.hardware.accelerators };
}

/** The product in the same sentence: of the nearest figure of the same model, else the nearest name before, else after. */
function inSentence(
  scene: Scene,
  mention: Mention,
  mentions: readonly Mention[],
  named: (span: Span) => readonly NamedHardware[],
): HardwareTie | null {
  const listed = fromList(scene, mention, mentions, named);
  if (listed !== null) return listed;
  const key = subjectKey(scene, mention);
  const mates = mentions.filter((other) => other !== mention && ownTie(scene, other) !== null && subjectKey(scene, other) === key);
  const nearest = nearestTo(mention, mates);
  if (nearest !== null) return ownTie(scene, nearest);
  const others = mentions.filter((other) => subjectKey(scene, other) !== key);
  const free = named(mention.sentence).filter(
    (name) =>
      !others.some((other) => other.hardware !== null && contains(cover(other), name.span)) &&
      !EXAMPLE.test(scene.document.text.slice(Math.max(mention.sentence.start, name.span.start - 24), name.span.start)),
  );
  const name = free.length === 0 || others.some((other) => ownTie(scene, other) !== null) ? null : nearestTo(mention, free);
  return name === null ? null : tieOf(scene, name);
}

/** Matches "a GPU like a ", "cards such as the Titan X or "; a product that is only an example ran nothing. */
const EXAMPLE = /\b(?:like|such as|e\.g\.,?)\s(?:an?\s|the\s)?(?:[\w-]+\s){0,2}(?:or\s)?$/i;

/** "2.8, 3.7 and 9.5 TFLOPS for K80, K40 and P100": as many figures as products, in one order. */
function fromList(
  scene: Scene,
  mention: Mention,
  mentions: readonly Mention[],
  named: (span: Span) => readonly NamedHardware[],
): HardwareTie | null {
  const { text } = scene.document;
  const products = enumerationsOf(text, named(mention.sentence), (left, right) => !left.ids.some((id) => right.ids.includes(id)));
  if (products.length === 0) return null;
  const figures = mentions.filter((other) => other.kind === mention.kind);
  const list = enumerationsOf(text, figures, () => true).find((candidate) => candidate.items.includes(mention));
  const matching = products.find((candidate) => candidate.items.length === list?.items.length);
  const name = list === undefined ? undefined : matching?.items[list.items.indexOf(mention)];
  return name === undefined ? null : tieOf(scene, name);
}

function cover(mention: Mention): Span {
  const hardware = mention.hardware?.span ?? mention.span;
  return { start: Math.min(mention.span.start, hardware.start), end: Math.max(mention.span.end, hardware.end) };
}

/** The product of the figure's row or column, of its header, of the caption, or of the notes under the table. */
function inTable(
  scene: Scene,
  mention: Mention,
  mentions: readonly Mention[],
  named: (span: Span) => readonly NamedHardware[],
): HardwareTie | null {
  const { cell } = mention;
  const grid = cell === null ? null : scene.gridOf(cell.table);
  if (cell === null || grid === null) return null;
  const position = grid.positionOf(mention);
  const beside = inCell(grid, mention, named);
  if (beside !== null) return tieOf(scene, beside);
  const line = mentions.filter((other) => grid.positionOf(other) === position && ownTie(scene, other) !== null);
  const first = nearestTo(mention, line);
  if (first !== null) return ownTie(scene, first);
  const isOnLine = (row: number, column: number): boolean => (grid.axis === "row" ? row === position : column === position);
  const isOnHeader = (row: number, column: number): boolean =>
    grid.axis === "row" ? column === cell.column && row < cell.row : row === cell.row && column < cell.column;
  for (const isRelevant of [isOnLine, isOnHeader]) {
    const cells = grid.table.cells.filter((other) => isRelevant(other.row, other.column) && other.span.end > other.span.start);
    const found = cells.flatMap((other) => named(other.span))[0];
    if (found !== undefined) return tieOf(scene, found);
  }
  const inherited = aboveInTable(scene, grid, mention, named);
  if (inherited !== null) return inherited;
  for (const span of [grid.table.caption, grid.table.notes]) {
    const found = span === null ? undefined : soleProduct(named(span));
    if (found !== undefined) return tieOf(scene, found);
  }
  const section = scene.order.headingsOf(blockAt(scene.document, grid.table.span.start))[0];
  const heading = section === undefined ? undefined : scene.document.blocks[section];
  const found = heading === undefined ? undefined : soleProduct(named(heading.span));
  return found === undefined ? null : tieOf(scene, found);
}

/** The product right behind a figure in a cell that tells of several: "7B: 3,000 GPU hours on A100; 13B: 9,000 GPU hours on H100". */
function inCell(grid: Grid, mention: Mention, named: (span: Span) => readonly NamedHardware[]): NamedHardware | null {
  const cell = grid.table.cells.find((other) => contains(other.span, mention.span));
  const names = cell === undefined ? [] : named(cell.span);
  if (soleProduct(names) !== undefined) return null;
  return names.find((name) => name.span.start >= mention.span.end) ?? null;
}

/** A blank cell in a column of products takes the product above it. */
function aboveInTable(scene: Scene, grid: Grid, mention: Mention, named: (span: Span) => readonly NamedHardware[]): HardwareTie | null {
  const row = mention.cell?.row ?? 0;
  if (grid.axis !== "row") return null;
  for (const blank of cellsOfRow(grid.table, row).filter((cell) => cell.span.end === cell.span.start)) {
    const above = grid.table.cells
      .filter((cell) => cell.column === blank.column && cell.row < row && cell.span.end > cell.span.start)
      .at(-1);
    const found = above === undefined ? undefined : named(above.span)[0];
    if (found !== undefined) return tieOf(scene, found);
  }
  return null;
}

/** The only product that the items of a list name: "Hardware: T4" beside "GPUs: 4". */
function inList(scene: Scene, mention: Mention, named: (span: Span) => readonly NamedHardware[]): HardwareTie | null {
  const { blocks } = scene.document;
  const isItem = (index: number): boolean => blocks[index]?.kind === "list-item";
  if (mention.cell !== null || !isItem(mention.block)) return null;
  let [first, last] = [mention.block, mention.block];
  while (isItem(first - 1)) first -= 1;
  while (isItem(last + 1)) last += 1;
  const found = soleProduct(blocks.slice(first, last + 1).flatMap((block) => named(block.span)));
  const tie = found === undefined ? null : tieOf(scene, found);
  return tie !== null && isOfKind(scene, mention, tie) ? tie : null;
}

/** The nearest earlier figure of the same model (and stage) whose product is known, in the block, then in the section. */
function fromBefore(scene: Scene, mention: Mention, sure: readonly SureTie[]): HardwareTie | null {
  const section = scene.order.sectionOf(mention.block);
  const same = sure.filter((entry) => areSameModel(scene, entry.mention, mention) && areStagesCompatible(entry.mention, mention));
  for (const isNear of [
    (other: Mention) => other.block === mention.block,
    (other: Mention) => scene.order.sectionOf(other.block) === section,
    (other: Mention) => subjectKey(scene, other) !== "",
  ]) {
    const near = same.filter((entry) => isNear(entry.mention));
    const before = near.filter((entry) => entry.mention.span.start < mention.span.start).at(-1) ?? near[0];
    if (before !== undefined && isOfKind(scene, mention, before.tie)) return before.tie;
  }
  return null;
}

/** The product of the whole document, if it names just one. */
function onlyProduct(scene: Scene, mentions: readonly Mention[], named: (span: Span) => readonly NamedHardware[]): HardwareTie | null {
  const all: HardwareTie[] = mentions.flatMap((mention) => ownTie(scene, mention) ?? []);
  for (const block of scene.document.blocks) {
    if (block.kind === "references" || block.kind === "comment" || block.kind === "code" || block.kind === "furniture") continue;
    all.push(...named(block.span).map((name) => tieOf(scene, name)));
  }
  const first = all[0];
  if (first === undefined || all.some((tie) => !sharesProduct(tie, first))) return null;
  return [...all].sort((left, right) => right.text.length - left.text.length)[0] ?? null;
}

/** Whether two names can be one product: a bare "TPU" can be any TPU, but no V100. */
export function sharesProduct(left: HardwareTie, right: HardwareTie): boolean {
  if (left.ids.length === 0 || right.ids.length === 0) return isTpu(left) === isTpu(right);
  return left.ids.some((id) => right.ids.includes(id));
}

function isTpu(tie: HardwareTie): boolean {
  return /tpu/i.test(tie.text) || tie.ids.some((id) => /tpu/i.test(id));
}

function soleProduct(names: readonly NamedHardware[]): NamedHardware | undefined {
  const first = names[0];
  return first !== undefined && names.every((name) => sharesProduct(name, first)) ? first : undefined;
}

/** "41 TPU-years" beside "2,000 V100s" is told of no V100. */
function fitsPrint({ hardware }: Mention, tie: HardwareTie): boolean {
  return hardware === null || sharesProduct({ text: hardware.text, ids: hardware.accelerators }, tie);
}

/** A bare "TPU" takes no product that is none, and what is said of GPUs takes no TPU. */
function isOfKind(scene: Scene, mention: Mention, tie: HardwareTie): boolean {
  const printed = mention.hardware?.text ?? scene.document.text.slice(mention.sentence.start, mention.sentence.end);
  const saysTpu = /TPU/i.test(printed);
  const saysGpu = /GPU/i.test(printed) || mention.noun === "gpu";
  return saysTpu === saysGpu || saysTpu === isTpu(tie);
}

function areStagesCompatible(left: Mention, right: Mention): boolean {
  return left.stage === null || right.stage === null || left.stage === right.stage;
}

/** Same name, or one the whole family of the other: a card that speaks of the family speaks of each of its models. */
function areSameModel(scene: Scene, left: Mention, right: Mention): boolean {
  const one = scene.belongings.get(left.id)?.name ?? null;
  const other = scene.belongings.get(right.id)?.name ?? null;
  if (one === null || other === null) return one === other;
  return keyOf(one) === keyOf(other) || (one.family === other.family && (one.variant === "" || other.variant === ""));
}

function familyOf(scene: Scene, mention: Mention): string {
  return scene.belongings.get(mention.id)?.name?.family ?? "";
}

function subjectKey(scene: Scene, mention: Mention): string {
  const name = scene.belongings.get(mention.id)?.name;
  return name === undefined || name === null ? "" : keyOf(name);
}

function nearestTo<T extends { readonly span: Span }>(mention: Mention, items: readonly T[]): T | null {
  let best: T | null = null;
  for (const item of items)
    if (best === null || Math.abs(item.span.start - mention.span.start) < Math.abs(best.span.start - mention.span.start)) best = item;
  return best;
}
