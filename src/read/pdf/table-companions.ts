import { isTableCaption } from "./block-pattern.ts";
import { type LayoutBlock, sharesColumn } from "./layout-block.ts";

/** Blocks that belong to a table and stand beside it. */
export interface TableCompanions {
  readonly caption: LayoutBlock | null;
  readonly notes: LayoutBlock | null;
}

/** In points: a caption stands so near to its table. */
const CAPTION_DISTANCE = 45;
const NOTES_DISTANCE = 14;
/** Remarks under a table: "Note: all runs", "Source: our logs", "† with TF32", "* per GPU", "ᵃ estimated"; not "Notebooks". */
const TABLE_NOTE = /^(?:notes?\s*[:.]|source\s*[:.]|[†‡*§∗]\s*\S|[ᵃ-ᶜ¹²³]\s?\p{L})/iu;

/** Finds the caption and the notes of each table: the nearest that fit, each caption for one table. */
export function tableCompanions(blocks: readonly LayoutBlock[]): ReadonlyMap<LayoutBlock, TableCompanions> {
  const byPage = new Map<number, LayoutBlock[]>();
  for (const block of blocks) byPage.set(block.page, [...(byPage.get(block.page) ?? []), block]);
  const companions = new Map<LayoutBlock, TableCompanions>();
  for (const page of byPage.values()) {
    const tables = page.filter((block) => block.grid !== null);
    const captions = page.filter((block) => block.kind === "caption" && isTableCaption(block.lines[0]?.text ?? ""));
    const pairs = tables
      .flatMap((table) => captions.map((caption) => ({ table, caption, distance: distanceOf(table, caption) })))
      .filter((pair) => pair.distance <= CAPTION_DISTANCE)
      .sort((one, other) => one.distance - other.distance);
    const captionOf = new Map<LayoutBlock, LayoutBlock>();
    const taken = new Set<LayoutBlock>();
    for (const { table, caption } of pairs) {
      if (captionOf.has(table) || taken.has(caption)) continue;
      captionOf.set(table, caption);
      taken.add(caption);
    }
    for (const table of tables) companions.set(table, { caption: captionOf.get(table) ?? null, notes: notesOf(table, page) });
  }
  return companions;
}

function distanceOf(table: LayoutBlock, other: LayoutBlock): number {
  if (!sharesColumn(table.area, other.area)) return Number.POSITIVE_INFINITY;
  return Math.max(0, other.area.top - table.area.bottom, table.area.top - other.area.bottom);
}

function notesOf(table: LayoutBlock, page: readonly LayoutBlock[]): LayoutBlock | null {
  return (
    page.find((block) => {
      const below = block.area.top - table.area.bottom;
      const fits = (block.kind === "paragraph" || block.kind === "footnote") && TABLE_NOTE.test(block.lines[0]?.text ?? "");
      return fits && below > -4 && below < NOTES_DISTANCE && sharesColumn(block.area, table.area);
    }) ?? null
  );
}
