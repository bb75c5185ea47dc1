import type { CheckedParts } from "../isolate/recheck-against.ts";
import { boxesOf, type Document } from "../model/document.ts";
import type { DocumentReport, DocumentResult } from "../model/report.ts";
import type { WireDocument } from "../report/wire.ts";
import type { DocumentPlaces, PartPlaces } from "./api-shapes.ts";

/** Where everything stands that is found `now`, in each of the documents that were checked together. */
export function documentPlaces(
  report: DocumentReport,
  now: WireDocument,
  known: WireDocument,
  checked: CheckedParts | null,
): DocumentPlaces {
  if (report.result === null) return { wire: null, problem: now.problems.map(({ message }) => message).join("; "), parts: [] };
  const isSame = JSON.stringify(judgedAndRead(now)) === JSON.stringify(judgedAndRead(known));
  const results = checked === null ? [report.result] : [checked.article, ...checked.sources];
  const attached = report.result.document.attached ?? [];
  let before = 0;
  const parts = results.map((result, index) => {
    const part = partPlaces(result, before, index === 0 ? 0 : (attached[index - 1]?.span.start ?? 0));
    before += result.extraction.mentions.length;
    return part;
  });
  return { wire: isSame ? null : now, problem: null, parts };
}

/** A part whose mentions are numbered on behind so many, and whose text stands from an offset. */
function partPlaces({ document, extraction }: DocumentResult, before: number, offset: number): PartPlaces {
  const { source, pages } = document;
  const boxes = extraction.mentions.map(({ id, span }) => [`m${Number(id.slice(1)) + before}`, boxesOf(document, span)] as const);
  return {
    source,
    pages: pages.map(({ width, height }) => ({ width, height })),
    boxes: pages.length === 0 ? {} : Object.fromEntries(boxes),
    blocks: pages.length === 0 ? blockPlaces(document, offset) : [],
  };
}

type Row = NonNullable<PartPlaces["blocks"][number]["rows"]>[number];

function blockPlaces({ blocks, tables, text }: Document, offset: number): PartPlaces["blocks"] {
  const byStart = new Map(tables.map((table) => [table.span.start, table]));
  return blocks.map(({ kind, span }) => {
    const table = kind === "table" ? byStart.get(span.start) : undefined;
    const rows = table === undefined ? null : Array.from({ length: table.rowCount }, (): Row[number][] => []);
    for (const cell of table?.cells ?? [])
      rows?.[cell.row]?.push({
        start: cell.span.start - span.start,
        end: cell.span.end - span.start,
        header: cell.header,
        columns: cell.columnSpan,
        lines: cell.rowSpan,
      });
    return { kind, start: span.start + offset, text: text.slice(span.start, span.end), rows };
  });
}

function judgedAndRead({ findings, withheld = [], mentions }: WireDocument): readonly unknown[] {
  return [findings, withheld, mentions];
}
