import { isTableCaption } from "./block-pattern.ts";
import { captionSegments } from "./caption-segments.ts";
import type { DocumentStyle } from "./document-style.ts";
import type { Gutter } from "./gutters.ts";
import { areaOf, type Line, lineOf, rowsOf, sharesColumn, type TableGrid } from "./layout-block.ts";
import { looseTables } from "./loose-tables.ts";
import type { DrawnRule, PageContent } from "./page-content.ts";
import { buildParagraphs, type Paragraph } from "./paragraph-builder.ts";
import { mergeRules, ruledTables } from "./ruled-tables.ts";
import type { SortedPage } from "./running-matter.ts";
import type { Area, Segment } from "./segment.ts";
import { table } from "./table-region.ts";
import { columnFlows } from "./zones.ts";

/** A part of a page in reading order, before it is told what it is. */
export type PagePart =
  | ({ readonly kind: "text" } & Paragraph)
  | { readonly kind: "table"; readonly area: Area; readonly column: Column; readonly grid: TableGrid }
  /** Labels inside a picture. */
  | { readonly kind: "picture"; readonly area: Area; readonly column: Column; readonly lines: readonly Line[] };

interface Column {
  readonly left: number;
  readonly right: number;
}

/** Puts the text of a page into paragraphs, tables and pictures, in reading order. */
export function layOutPage(
  content: PageContent,
  sorted: SortedPage,
  gutters: readonly Gutter[],
  style: DocumentStyle,
): readonly PagePart[] {
  const pictured = sorted.body.filter((segment) => segment.picture > 0);
  const plain = sorted.body.filter((segment) => segment.picture === 0);
  const ofPage = (rule: DrawnRule): boolean => rule.picture === 0;
  const tables = ruledTables(plain, content.horizontals.filter(ofPage), content.verticals.filter(ofPage)).flatMap((region) =>
    table(region),
  );
  const inTables = new Set(tables.flatMap((found) => found.region.segments));
  const loose = plain.filter((segment) => !inTables.has(segment));
  const pictures = pictureParts(pictured, loose, content);
  const items: FlowItem[] = [
    ...loose.map((segment): FlowItem => ({ ...bounds(segment), item: segment })),
    ...tables.map((found): FlowItem => ({ ...bounds(found.region), item: { kind: "table", area: found.region, grid: found.grid } })),
    ...pictures.map((picture): FlowItem => ({ ...bounds(picture.area), item: picture })),
  ];
  const page = { left: style.left, right: style.right };
  return columnFlows(items, gutters, page).flatMap((flow) => layOutFlow(flow.items, flow, content.number, style));
}

interface FlowItem extends Area {
  readonly item: Segment | Placed;
}

type Placed =
  | { readonly kind: "table"; readonly area: Area; readonly grid: TableGrid }
  | { readonly kind: "picture"; readonly area: Area; readonly lines: readonly Line[] };

function bounds(area: Area): Area {
  return { left: area.left, right: area.right, top: area.top, bottom: area.bottom };
}

function layOutFlow(items: readonly FlowItem[], column: Column, page: number, style: DocumentStyle): readonly PagePart[] {
  const segments: Segment[] = [];
  const placed: Placed[] = [];
  for (const { item } of items) {
    if ("kind" in item) placed.push(item);
    else segments.push(item);
  }
  const found = looseTables(
    segments,
    placed.map((each) => each.area),
    style,
  );
  const used = new Set(found.flatMap((each) => each.region.segments));
  for (const each of found) placed.push({ kind: "table", area: each.region, grid: each.grid });
  const lines = rowsOf(segments.filter((segment) => !used.has(segment))).map((row) => lineOf(row, page));
  const paragraphs = buildParagraphs(
    lines,
    style,
    placed.map((each) => each.area),
  );
  return inOrder(paragraphs, placed, column);
}

/** Tables and pictures go before the first paragraph that begins below them. */
function inOrder(paragraphs: readonly Paragraph[], placed: readonly Placed[], column: Column): readonly PagePart[] {
  const parts: PagePart[] = [];
  const waiting = [...placed].sort((one, other) => one.area.top - other.area.top);
  const flush = (until: number): void => {
    for (let next = waiting[0]; next !== undefined && next.area.top < until; next = waiting[0]) {
      waiting.shift();
      parts.push({ ...next, column });
    }
  };
  for (const paragraph of paragraphs) {
    flush(paragraph.area.top);
    parts.push({ kind: "text", ...paragraph });
  }
  flush(Number.POSITIVE_INFINITY);
  return parts;
}

/** Units: points. A caption stands so near to its picture. */
const CAPTION_DISTANCE = 30;

/** The labels in each picture as one part; a picture with a table's caption is read as a table. */
function pictureParts(pictured: readonly Segment[], text: readonly Segment[], content: PageContent): readonly Placed[] {
  const groups = Map.groupBy(pictured, (segment) => segment.picture);
  const captions = captionSegments(text);
  return [...groups].flatMap(([picture, segments]): readonly Placed[] => {
    const area = areaOf(segments);
    const [nearest] = captions
      .filter((caption) => sharesColumn(caption, area) && distance(caption, area) < CAPTION_DISTANCE)
      .sort((one, other) => distance(one, area) - distance(other, area));
    const captioned = nearest !== undefined && isTableCaption(nearest.text);
    const drawnBy = (rule: DrawnRule): boolean => rule.picture === picture;
    const region = {
      ...area,
      segments,
      horizontals: mergeRules(content.horizontals.filter(drawnBy)),
      verticals: content.verticals.filter(drawnBy),
    };
    const [read] = captioned ? table(region) : [];
    if (read !== undefined) return [{ kind: "table", area, grid: read.grid }];
    return [{ kind: "picture", area, lines: rowsOf(segments).map((row) => lineOf(row, content.number)) }];
  });
}

function distance(one: Area, other: Area): number {
  return Math.max(0, one.top - other.bottom, other.top - one.bottom);
}
