import { type CueIndex, cuesIn } from "../language/cues.ts";
import type { Catalog, CueKind } from "../model/catalog.ts";
import type { Cell, Document, Table } from "../model/document.ts";
import { contains, type Span } from "../model/span.ts";
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

/** Signs that what follows is the result of what stands before. */
const RESULTS = /[=≈→⇒]|=>|->/;

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

/** A cue whose way of change is looked for when it is asked: few figures are told as a change. */
class ToldCue implements Cue {
  readonly isTotal: boolean;
  readonly isOutcome: boolean;
  readonly isAside: boolean;
  readonly isRest: boolean;
  readonly #find: () => Cue["change"];
  #change: Cue["change"] | undefined;

  constructor(told: Omit<Cue, "change">, find: () => Cue["change"]) {
    this.isTotal = told.isTotal;
    this.isOutcome = told.isOutcome;
    this.isAside = told.isAside;
    this.isRest = told.isRest;
    this.#find = find;
  }

  get change(): Cue["change"] {
    if (this.#change === undefined) this.#change = this.#find();
    return this.#change;
  }
}

export function cueOf(catalog: Catalog, document: Document, places: readonly Place[], at: number): Cue {
  const place = places[at];
  if (place === undefined) return { isTotal: false, isOutcome: false, isAside: false, isRest: false, change: null };
  const { mention } = place;
  const end = mention.span.start;
  const { text } = document;
  const told = cuesIn(catalog, text);
  const has = (kind: CueKind, spans: readonly Span[]): boolean => spans.some((span) => told.has(kind, span));
  const hasTotal = (spans: readonly Span[]): boolean => has("is-total", spans) || has("cell-subtotal", spans);
  if (mention.cell !== null) {
    const table = document.tables[mention.cell.table];
    const { row, column } = mention.cell;
    const labels = table === undefined ? [] : labelsOf(table, row, text).filter((cell) => cell.column < column);
    const head = table === undefined ? undefined : headersOver(table, column).find((cell) => cell.column === column);
    const spans = [...labels, head].flatMap((cell) => cell?.span ?? []);
    return new ToldCue({ isTotal: hasTotal(spans), isOutcome: false, isAside: false, isRest: has("is-rest", spans) }, () =>
      spans
        .toReversed()
        .reduce<Cue["change"]>((known, span) => known ?? nearestChange(told, span, null), signed(text, mention.number.span)),
    );
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
  return new ToldCue(
    {
      isTotal: hasTotal(spans),
      isOutcome: RESULTS.test(before) || has("is-outcome", spans.slice(0, 1)),
      isAside: isBehind && /[([]\s*$/.test(before),
      isRest: has("is-rest", spans),
    },
    () =>
      changeOf(
        told,
        text,
        { start: Math.max(mention.sentence.start, end - REACH), end: mention.number.span.start },
        { start: mention.number.span.end, end: Math.min(mention.number.span.end + REACH, mention.sentence.end) },
        places[at - 1]?.mention.span ?? null,
      ),
  );
}

/** Which way a sign before a number says: "−34 %", "+12 %". */
function signed(text: string, { start }: Span): Cue["change"] {
  const sign = text.charAt(start - 1);
  return sign === "−" || sign === "-" ? "less" : sign === "+" ? "more" : null;
}

/** Which way a ratio goes by the words around it; those of the figure before, "just under a fifth (19.5%)", are not its own. */
function changeOf(cues: CueIndex, text: string, before: Span, after: Span, previous: Span | null): Cue["change"] {
  // "19 % of it, less than feared".
  if (text.slice(after.start, after.end).trimStart().startsWith("of ")) return nearestChange(cues, before, null, previous) ?? "part";
  return /[−-]$/.test(text.slice(before.start, before.end)) ? "less" : nearestChange(cues, before, after, previous);
}

const CHANGES: readonly (readonly [CueKind, NonNullable<Cue["change"]>])[] = [
  // "makes up 20 %" goes up in no way: of cues that end together the first is told.
  ["is-share", "part"],
  ["goes-down", "less"],
  ["goes-up", "more"],
];

/** The way that the nearest word of change tells; of what is before and behind, what stands nearer. */
function nearestChange(cues: CueIndex, before: Span, after: Span | null, previous: Span | null = null): Cue["change"] {
  let best: { readonly change: Cue["change"]; readonly gap: number } = { change: null, gap: Number.POSITIVE_INFINITY };
  for (const [kind, change] of CHANGES) {
    const behind = after === null ? null : cues.first(kind, after);
    const ahead = cues.within(before).findLast((cue) => cue.kind === kind && (previous === null || !contains(previous, cue.span)));
    const gaps = [
      ...(behind === null || after === null ? [] : [behind.span.start - after.start]),
      ...(ahead === undefined ? [] : [before.end - ahead.span.end]),
    ];
    for (const gap of gaps) if (gap < best.gap) best = { change, gap };
  }
  return best.change;
}
