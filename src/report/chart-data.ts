import type { WireDocument, WireFinding, WireMention } from "./wire.ts";

/** A claim and what it works out to, in one unit. */
export interface ComparedFigure {
  /** The run, or the document where the run has no name. */
  readonly name: string;
  readonly verdict: WireFinding["verdict"];
  readonly stated: number;
  readonly recomputed: number;
}

/** A judged claim. */
export interface JudgedClaim {
  readonly kind: WireMention["kind"];
  readonly verdict: WireFinding["verdict"];
}

/** A figure of a document with a date. */
export interface DatedFigure {
  readonly source: string;
  readonly name: string;
  /** ISO 8601: a day, a month or a year. */
  readonly date: string;
  readonly value: number;
}

/** What the charts of the report show of some documents. */
export interface ChartData {
  readonly judged: readonly JudgedClaim[];
  readonly compared: readonly ComparedFigure[];
  /** Percent of the peak. */
  readonly utilization: readonly DatedFigure[];
  /** USD for an hour of one accelerator. */
  readonly prices: readonly DatedFigure[];
  /** Figures that no date could be given to. */
  readonly undated: { readonly utilization: number; readonly prices: number };
}

/** What the charts show of one document. Figures of others and of plans are left out. */
export function chartData(document: WireDocument): ChartData {
  const kinds = new Map(document.mentions.map((mention) => [mention.id, mention.kind]));
  const judged = document.findings.flatMap(({ claim, verdict }) => {
    const kind = kinds.get(claim);
    return kind === undefined ? [] : [{ kind, verdict }];
  });
  const own = document.mentions.filter(({ role, confidence }) => role === "own" && confidence >= LEAST_CONFIDENCE);
  const utilization = own.filter(({ kind, unit }) => kind === "mfu" && unit === "percent");
  const prices = own.filter(({ kind, unit }) => kind === "price" && unit === "USD/accelerator-hour");
  const { date } = document;
  const dated = (mentions: readonly WireMention[]): readonly DatedFigure[] =>
    date === null
      ? []
      : mentions.map(({ value, subject }) => ({ source: document.source, name: subject ?? baseName(document.source), date, value }));
  return {
    judged,
    compared: document.findings.flatMap((finding) => comparedFigure(document, finding)),
    utilization: dated(utilization),
    prices: dated(prices),
    undated: { utilization: date === null ? utilization.length : 0, prices: date === null ? prices.length : 0 },
  };
}

/** What the charts show of several documents. */
export function joinedChartData(all: readonly ChartData[]): ChartData {
  const sum = (of: (data: ChartData) => number): number => all.reduce((total, data) => total + of(data), 0);
  return {
    judged: all.flatMap(({ judged }) => judged),
    compared: all.flatMap(({ compared }) => compared),
    utilization: all.flatMap(({ utilization }) => utilization),
    prices: all.flatMap(({ prices }) => prices),
    undated: { utilization: sum(({ undated }) => undated.utilization), prices: sum(({ undated }) => undated.prices) },
  };
}

/** Below it, a figure is for the review only. */
const LEAST_CONFIDENCE = 0.7;

/** The ratio is that of both in one unit, in which the figure that was worked out need not be printed. */
function comparedFigure(document: WireDocument, { stated, ratio, verdict, subject }: WireFinding): readonly ComparedFigure[] {
  if (ratio === null || !(ratio > 0) || !(stated.value > 0) || !Number.isFinite(ratio)) return [];
  return [{ name: subject ?? baseName(document.source), verdict, stated: stated.value, recomputed: stated.value / ratio }];
}

function baseName(source: string): string {
  return source.slice(source.search(/[^/\\]*$/));
}
