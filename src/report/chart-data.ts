import { judgedClaims } from "./judged-claims.ts";
import { isFlagged } from "./report-subject.ts";
import type { WireDocument, WireFinding, WireMention } from "./wire.ts";

/** A claim and what it works out to, in one unit. */
export interface ComparedFigure {
  /** The run, or the document where the run has no name. */
  readonly name: string;
  readonly verdict: WireFinding["verdict"];
  readonly stated: number;
  readonly recomputed: number;
}

/** Claims of one kind with one verdict. */
export interface JudgedClaims {
  readonly kind: WireMention["kind"];
  readonly verdict: WireFinding["verdict"];
  readonly claims: number;
}

/** A figure of a document with a date. */
export interface DatedFigure {
  readonly source: string;
  readonly name: string;
  /** ISO 8601: a day, a month or a year. */
  readonly date: string;
  readonly value: number;
}

/** Claims that could be worked out again. Of those that a chart could not tell apart, `figures` has the first. */
export interface ComparedFigures {
  readonly figures: readonly ComparedFigure[];
  readonly claims: number;
  readonly flagged: number;
}

/** Figures of one kind by date. Of those that a chart could not tell apart, `figures` has the first. */
export interface DatedFigures {
  readonly figures: readonly DatedFigure[];
  readonly stated: number;
  /** Documents that state them and have a date. */
  readonly documents: number;
  /** Figures that no date could be given to. */
  readonly undated: number;
}

/** What the charts of the report show. */
export interface ChartData {
  readonly judged: readonly JudgedClaims[];
  readonly compared: ComparedFigures;
  /** Percent of the peak. */
  readonly utilization: DatedFigures;
  /** USD for an hour of one accelerator. */
  readonly prices: DatedFigures;
}

/** Collects what the charts show as documents pass; of any number of documents, it keeps what can be told apart in a drawing. */
export interface ChartTally {
  /** Figures of others and of plans are left out. */
  add(document: WireDocument): void;
  data(): ChartData;
}

/** Below it, a figure is for the review only. */
const LEAST_CONFIDENCE = 0.7;
/** Steps of a factor of ten: finer than a chart of a few powers of ten has pixels. */
const STEPS_OF_TEN = 100;

/** Begins to collect. */
export function startCharts(): ChartTally {
  const judged = new Map<string, JudgedClaims>();
  const compared = new Distinct<ComparedFigure>(
    ({ verdict, stated, recomputed }) => `${verdict} ${logStep(stated)} ${logStep(recomputed)}`,
  );
  let flagged = 0;
  const utilization = startDated();
  const prices = startDated();
  return {
    add: (document) => {
      const kinds = new Map(document.mentions.map((mention) => [mention.id, mention.kind]));
      for (const finding of judgedClaims(document)) {
        const kind = kinds.get(finding.claim);
        if (kind !== undefined) count(judged, kind, finding.verdict);
        const figure = comparedFigure(document, finding);
        if (figure === null) continue;
        compared.add(figure);
        if (isFlagged(figure)) flagged += 1;
      }
      const own = document.mentions.filter(({ role, confidence }) => role === "own" && confidence >= LEAST_CONFIDENCE);
      utilization.add(
        document,
        own.filter(({ kind, unit }) => kind === "mfu" && unit === "percent"),
      );
      prices.add(
        document,
        own.filter(({ kind, unit }) => kind === "price" && unit === "USD/accelerator-hour"),
      );
    },
    data: () => ({
      judged: [...judged.values()],
      compared: { figures: compared.items, claims: compared.added, flagged },
      utilization: utilization.data(),
      prices: prices.data(),
    }),
  };
}

function count(judged: Map<string, JudgedClaims>, kind: JudgedClaims["kind"], verdict: JudgedClaims["verdict"]): void {
  const key = `${kind} ${verdict}`;
  judged.set(key, { kind, verdict, claims: (judged.get(key)?.claims ?? 0) + 1 });
}

function startDated() {
  const figures = new Distinct<DatedFigure>(({ date, value }) => `${date} ${value.toPrecision(3)}`);
  let [documents, undated] = [0, 0];
  return {
    add: ({ source, date }: WireDocument, mentions: readonly WireMention[]): void => {
      if (date === null) {
        undated += mentions.length;
        return;
      }
      if (mentions.length > 0) documents += 1;
      for (const { value, subject } of mentions) figures.add({ source, name: subject ?? baseName(source), date, value });
    },
    data: (): DatedFigures => ({ figures: figures.items, stated: figures.added, documents, undated }),
  };
}

/** The first of each item with the same key, and how many were added. */
class Distinct<T> {
  readonly items: T[] = [];
  added = 0;
  readonly #keyOf: (item: T) => string;
  readonly #seen = new Set<string>();

  constructor(keyOf: (item: T) => string) {
    this.#keyOf = keyOf;
  }

  add(item: T): void {
    this.added += 1;
    if (this.#seen.size < this.#seen.add(this.#keyOf(item)).size) this.items.push(item);
  }
}

function logStep(value: number): number {
  return Math.round(Math.log10(value) * STEPS_OF_TEN);
}

/** The ratio is that of both in one unit, in which the figure that was worked out need not be printed. */
function comparedFigure(document: WireDocument, { stated, ratio, verdict, subject }: WireFinding): ComparedFigure | null {
  if (ratio === null || !(ratio > 0) || !(stated.value > 0) || !Number.isFinite(ratio)) return null;
  return { name: subject ?? baseName(document.source), verdict, stated: stated.value, recomputed: stated.value / ratio };
}

function baseName(source: string): string {
  return source.slice(source.search(/[^/\\]*$/));
}
