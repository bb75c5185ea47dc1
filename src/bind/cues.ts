import { cuesIn } from "../language/cues.ts";
import type { Catalog, CueKind } from "../model/catalog.ts";
import type { Cell, Document, Table } from "../model/document.ts";
import type { Span } from "../model/span.ts";
import { cellsOfRow, headersOver } from "../model/table-cells.ts";
import type { Place } from "./surroundings.ts";

/** What the words before a figure make of it. */
export interface Cue {
  /** "in total", "altogether": also in the label of its row. */
  readonly isTotal: boolean;
  /** "=", "that is", "hence": it is worked out from what stands before. */
  readonly isOutcome: boolean;
  /** In brackets behind another figure. */
  readonly isAside: boolean;
  /** "left", "to go", "another": it is what others leave of a whole. */
  readonly isRest: boolean;
  /** Which way a ratio goes by its words: "43% less", "twice as much". */
  readonly change: "less" | "more" | "part" | null;
}

const OUTCOMES =
  /(?:[=≈→⇒]|=>|->|\b(?:i\.e\.|that is|that makes|makes|thus|so|hence|therefore|which is|comes? to|came to|works? out|amounts?|arrive|adds? up|gives?|equals?|corresponds?|implies|for a|means|or|das sind|soit)\b)/i;

/** A cell of more letters than digits. */
function isWords(cell: string): boolean {
  return (cell.match(/\p{L}/gu)?.length ?? 0) > (cell.match(/\d/g)?.length ?? 0);
}

const LABELS = new WeakMap<Table, Map<number, readonly Cell[]>>();

/** The cells of a row that are words: found once for all its figures. */
function labelsOf(table: Table, row: number, text: string): readonly Cell[] {
  const known = LABELS.get(table) ?? new Map<number, readonly Cell[]>();
  LABELS.set(table, known);
  const labels = known.get(row) ?? cellsOfRow(table, row).filter(({ span }) => isWords(text.slice(span.start, span.end)));
  known.set(row, labels);
  return labels;
}

/** How far before a figure its cue may stand, in characters. */
const REACH = 60;

export function cueOf(catalog: Catalog, document: Document, places: readonly Place[], at: number): Cue {
  const place = places[at];
  if (place === undefined) return { isTotal: false, isOutcome: false, isAside: false, isRest: false, change: null };
  const { mention } = place;
  const end = mention.span.start;
  const { text } = document;
  const has = (kind: CueKind, spans: readonly Span[]): boolean => spans.some((span) => cuesIn(catalog, text).has(kind, span));
  let change: { readonly told: Cue["change"] } | null = null;
  if (mention.cell !== null) {
    const table = document.tables[mention.cell.table];
    const { row, column } = mention.cell;
    const labels = table === undefined ? [] : labelsOf(table, row, text).filter((cell) => cell.column < column);
    const head = table === undefined ? undefined : headersOver(table, column).find((cell) => cell.column === column);
    const spans = [...labels, head].flatMap((cell) => cell?.span ?? []);
    return {
      ...{ isTotal: has("is-total", spans), isOutcome: false, isAside: false, isRest: has("is-rest", spans) },
      get change() {
        change ??= {
          told: changeOf(
            [...labels, head].map((cell) => (cell === undefined ? "" : text.slice(cell.span.start, cell.span.end))).join(" "),
            "",
          ),
        };
        return change.told;
      },
    };
  }
  const previous = places[at - 1]?.mention.span.end ?? 0;
  const from = Math.max(mention.sentence.start, end - REACH, previous);
  const before = text.slice(Math.min(from, end), mention.number.span.start);
  const after = text.slice(mention.span.end, Math.min(mention.span.end + 25, mention.sentence.end));
  const behind = after.split(/[.,;]/)[0] ?? "";
  const isBehind = previous > 0 && end - previous < 12;
  const spans = [
    { start: Math.min(from, end), end: mention.number.span.start },
    { start: mention.span.end, end: mention.span.end + behind.length },
  ];
  return {
    isTotal: has("is-total", spans),
    isOutcome: OUTCOMES.test(before),
    isAside: isBehind && /[([]\s*$/.test(before),
    isRest: has("is-rest", spans),
    // Few figures are told as a change, and the rest are not asked.
    get change() {
      change ??= {
        told: changeOf(
          text.slice(Math.max(mention.sentence.start, end - REACH), mention.number.span.start),
          text.slice(mention.number.span.end, Math.min(mention.number.span.end + REACH, mention.sentence.end)),
        ),
      };
      return change.told;
    },
  };
}

const LESS =
  /\b(?:less|lower|fewer|cheaper|shorter|smaller|cut|cuts|cutting|saves?|saved|saving|savings|fell|falls?|down|drop|drops|dropped|reduc\w+|decreas\w+|below|under|shav\w+|shrink\w*|shrank|weniger|moins)\b|[−-]$/i;
const MORE =
  /\b(?:more|higher|longer|larger|bigger|dearer|up|rise|rose|rises|grew|grows|growth|gains?|gained|increas\w+|faster|speed-?up|above|over|extra|on top|mehr|plus)\b/i;
const PART = /\b(?:share|of the|of all|of what|part|fraction|accounts?|accounted|portion|proportion)\b/i;

/** The way that the nearest word of change tells; of what is before and behind, what stands nearer. */
function changeOf(before: string, after: string): Cue["change"] {
  // "19 % of it, less than feared".
  if (after.trimStart().startsWith("of ")) return changeOf(before, "") ?? "part";
  const found = [
    { change: "less" as const, pattern: LESS },
    { change: "more" as const, pattern: MORE },
    { change: "part" as const, pattern: PART },
  ].flatMap(({ change, pattern }) => {
    const behind = after.search(pattern);
    const ahead = [...before.matchAll(new RegExp(pattern, "gi"))].at(-1);
    return [
      ...(behind < 0 ? [] : [{ change, gap: behind }]),
      ...(ahead === undefined ? [] : [{ change, gap: before.length - ahead.index - ahead[0].length }]),
    ];
  });
  return (
    found.reduce<(typeof found)[number] | null>((best, each) => (best === null || each.gap < best.gap ? each : best), null)?.change ?? null
  );
}
