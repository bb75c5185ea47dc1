import { headLength } from "../model/head-length.ts";
import type { Mention } from "../model/mention.ts";
import { contains, type Span } from "../model/span.ts";
import { headersOver } from "../model/table-cells.ts";
import type { ProductPlace } from "./product-names.ts";
import { lowerBound, type Scene } from "./scene.ts";

/** How a place stands to a figure, the closest first. */
export const RELATIONS = [
  "own",
  "touching",
  "beside",
  "line",
  "clause",
  "cell",
  "sentence",
  "row",
  "column-head",
  "row-above",
  "column",
  "block-before",
  "block-after",
  "item",
  "caption",
  "heading",
  "lead",
  "after-table",
  "previous",
  "next",
  "title",
  "section",
  "before",
  "after",
] as const;

export type Relation = (typeof RELATIONS)[number];

export interface RelatedPlace {
  readonly relation: Relation;
  readonly place: ProductPlace;
}

/** The places of a document, asked by where they stand. */
export interface PlaceIndex {
  readonly all: readonly ProductPlace[];
  readonly byBlock: ReadonlyMap<number, readonly ProductPlace[]>;
  readonly byTable: ReadonlyMap<number, TableLines>;
  /** Keys of the products of a stretch of a block, in the order in which each is named first. */
  readonly distinctIn: (block: number, span: Span) => readonly string[];
}

/** The places in cells of a table. */
interface TableLines {
  readonly rows: ReadonlyMap<number, readonly ProductPlace[]>;
  /** Those in heads, by their place. */
  readonly heads: ReadonlyMap<string, readonly ProductPlace[]>;
  /** Those that are no heads, from the top, by the columns around one. */
  readonly columnsNear: (column: number) => Iterable<readonly [number, readonly ProductPlace[]]>;
}

export function placeIndexOf(all: readonly ProductPlace[]): PlaceIndex {
  const byBlock = Map.groupBy(all, ({ block }) => block);
  const kept = new Map<string, readonly string[]>();
  const inCells = all.filter(({ cell }) => cell !== null);
  return {
    all,
    byBlock,
    byTable: new Map([...Map.groupBy(inCells, ({ cell }) => cell?.table ?? -1)].map(([table, places]) => [table, linesOf(places)])),
    distinctIn: (block, span) => {
      const key = `${block} ${span.start}-${span.end}`;
      const found = kept.get(key) ?? distinctIn(byBlock.get(block) ?? [], span);
      kept.set(key, found);
      return found;
    },
  };
}

function linesOf(places: readonly ProductPlace[]): TableLines {
  let ordered: readonly (readonly [number, readonly ProductPlace[]])[] | null = null;
  const [heads, body] = [places.filter(({ cell }) => cell?.header === true), places.filter(({ cell }) => cell?.header === false)];
  const columns = Map.groupBy(body, ({ cell }) => cell?.column ?? -1);
  return {
    rows: Map.groupBy(places, ({ cell }) => cell?.row ?? -1),
    heads: Map.groupBy(heads, ({ cell }) => (cell === null ? "" : placeOf(cell))),
    columnsNear: (column) => {
      if (columns.size <= 2 * MOST_BESIDE) return columns;
      ordered ??= [...columns].sort(([left], [right]) => left - right);
      const middle = headLength(ordered, ([other]) => other < column);
      return ordered.slice(Math.max(0, middle - MOST_BESIDE), middle + MOST_BESIDE);
    },
  };
}

function placeOf({ row, column }: { readonly row: number; readonly column: number }): string {
  return `${row} ${column}`;
}

function distinctIn(places: readonly ProductPlace[], { start, end }: Span): readonly string[] {
  const inside = places.slice(lowerBound(places, start), lowerBound(places, end)).filter(({ span }) => span.end <= end);
  return [...new Set(inside.map(({ product }) => product.key))];
}

/** The last of places from the top that stands above a row. */
function lastAbove(places: readonly ProductPlace[], row: number): ProductPlace | undefined {
  return places[headLength(places, ({ cell }) => (cell?.row ?? 0) < row) - 1];
}

/** What stands so far off counts only where nothing is nearer. */
const FAR: ReadonlySet<Relation> = new Set<Relation>(["before", "after"]);

/** No more places than these on one side of a figure are looked at. */
const NEAREST = 6;

/** Of a block, or a line of a table, so many on each side. */
const MOST_BESIDE = 128;

/** Between a figure and a product that is told beside it: "8 of its cards, A100s". Units: code units. */
const BESIDE = 24;

/** Every place that has to do with a figure, each with its closest relation. */
export function placesAround(scene: Scene, index: PlaceIndex, mention: Mention): readonly RelatedPlace[] {
  const found = new Map<ProductPlace, Relation>();
  const add = (relation: Relation, places: readonly ProductPlace[]): void => {
    for (const place of places) if (!found.has(place)) found.set(place, relation);
  };
  const inBlock = index.byBlock.get(mention.block) ?? [];
  const near = aroundIn(inBlock, mention.span, NEAREST);
  add(
    "own",
    near.filter(({ span }) => overlapsOwn(mention, span)),
  );
  if (mention.cell === null) addProse(scene, mention, near, add);
  else addTable(scene, index, mention, mention.cell, add);
  addSurroundings(scene, index, mention, add);
  const related = [...found].map(([place, relation]) => ({ relation, place }));
  const closer = related.filter(({ relation }) => !FAR.has(relation));
  return closer.length > 0 ? closer : related;
}

type Add = (relation: Relation, places: readonly ProductPlace[]) => void;

function overlapsOwn(mention: Mention, span: Span): boolean {
  const own = mention.hardware?.span;
  return (
    (span.start < mention.span.end && mention.span.start < span.end) || (own !== undefined && own.start < span.end && span.start < own.end)
  );
}

function addProse(scene: Scene, mention: Mention, near: readonly ProductPlace[], add: Add): void {
  const isIn = (outer: Span, { span }: ProductPlace): boolean => contains(outer, span);
  const clause = scene.clauseOf(mention);
  const inClause = near.filter((place) => isIn(clause, place));
  add(
    "touching",
    inClause.filter((place) => isTouching(scene, mention, place)),
  );
  add(
    "beside",
    inClause.filter((place) => isBeside(scene, mention, place)),
  );
  if (scene.document.blocks[mention.block]?.kind === "code") {
    const line = lineAround(scene, mention);
    add(
      "line",
      near.filter((place) => isIn(line, place)),
    );
  }
  add("clause", inClause);
  add(
    "sentence",
    near.filter((place) => isIn(mention.sentence, place)),
  );
  add(
    "block-before",
    near.filter(({ span }) => span.end <= mention.span.start),
  );
  add(
    "block-after",
    near.filter(({ span }) => span.start >= mention.span.end),
  );
}

/** Marks and blanks that may stand between a figure and its product: " (~$". */
const LONGEST_MARKS = 5;

/** Nothing but marks and blanks stands between. */
function isTouching({ document }: Scene, mention: Mention, { span }: ProductPlace): boolean {
  const between = document.text.slice(Math.min(mention.span.end, span.end), Math.max(mention.span.start, span.start));
  return between.length <= LONGEST_MARKS && !/[\p{L}\p{N}]/u.test(between);
}

function lineAround({ document }: Scene, { span }: Mention): Span {
  const end = document.text.indexOf("\n", span.end);
  return { start: document.text.lastIndexOf("\n", span.start) + 1, end: end < 0 ? document.text.length : end };
}

/** Few words and no other figure stand between. */
function isBeside({ document, hasFigureIn }: Scene, mention: Mention, { span }: ProductPlace): boolean {
  const between =
    span.start >= mention.span.end ? { start: mention.span.end, end: span.start } : { start: span.end, end: mention.span.start };
  if (between.end - between.start > BESIDE) return false;
  if (/[;.]\s/.test(document.text.slice(between.start, between.end))) return false;
  return !hasFigureIn(between);
}

function addTable(scene: Scene, index: PlaceIndex, mention: Mention, cell: NonNullable<Mention["cell"]>, add: Add): void {
  const table = scene.document.tables[cell.table];
  const lines = index.byTable.get(cell.table);
  if (table === undefined) return;
  const inRow = aroundIn(lines?.rows.get(cell.row) ?? [], mention.span, MOST_BESIDE);
  const inCell = inRow.filter((place) => place.cell?.column === cell.column);
  add(
    "touching",
    inCell.filter((place) => isTouching(scene, mention, place)),
  );
  add(
    "beside",
    inCell.filter((place) => isBeside(scene, mention, place)),
  );
  add("cell", inCell);
  add(
    "row",
    inRow.filter((place) => !(place.cell?.header === true && place.cell.column > 0)),
  );
  for (const head of headersOver(table, cell.column)) if (head.row < cell.row) add("column-head", lines?.heads.get(placeOf(head)) ?? []);
  for (const [column, below] of lines?.columnsNear(cell.column) ?? []) {
    const above = lastAbove(below, cell.row);
    if (above !== undefined) add(column === cell.column ? "column" : "row-above", [above]);
  }
  const caption = table.caption;
  add("caption", caption === null ? [] : within(index, caption));
  const notes = table.notes;
  add("after-table", notes === null ? [] : within(index, notes));
}

function addSurroundings(scene: Scene, index: PlaceIndex, mention: Mention, add: Add): void {
  const { document, order } = scene;
  const ofBlock = (block: number): readonly ProductPlace[] => aroundIn(index.byBlock.get(block) ?? [], mention.span, MOST_BESIDE);
  const own = document.blocks[mention.block];
  if (own?.kind === "list-item") {
    const first = order.listOf(mention.block) ?? mention.block;
    for (let block = first; block < first + MOST_ITEMS && document.blocks[block]?.kind === "list-item"; block += 1)
      add("item", ofBlock(block));
    add("lead", ofBlock(first - 1));
  }
  for (const heading of order.headingsOf(mention.block).slice(0, 2)) add("heading", ofBlock(heading));
  add(mention.cell === null ? "previous" : "lead", ofBlock(mention.block - 1));
  add(mention.cell === null ? "next" : "after-table", ofBlock(mention.block + 1));
  if (document.blocks[0]?.kind === "heading") add("title", ofBlock(0));
  const around = aroundIn(index.all, mention.span, 2);
  const section = order.sectionOf(mention.block);
  add(
    "section",
    around.filter(({ block }) => order.sectionOf(block) === section),
  );
  add(
    "before",
    around.filter(({ span }) => span.end <= mention.span.start),
  );
  add(
    "after",
    around.filter(({ span }) => span.start >= mention.span.end),
  );
}

/** Items of a list that may share a product. */
const MOST_ITEMS = 40;

function within(index: PlaceIndex, span: Span): readonly ProductPlace[] {
  return index.all.slice(lowerBound(index.all, span.start), lowerBound(index.all, span.end));
}

/** The places nearest to a span: so many that begin before it ends, so many behind. */
function aroundIn(places: readonly ProductPlace[], span: Span, count: number): readonly ProductPlace[] {
  const middle = lowerBound(places, span.end);
  return places.slice(Math.max(0, lowerBound(places, span.start) - count), middle + count);
}
