import type { Document } from "../model/document.ts";
import type { Finding, Step } from "../model/finding.ts";
import type { Interval } from "../model/interval.ts";
import type { Figure, Quantity, Slot } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { statementFinding } from "./statement-finding.ts";
import { type TableLine, tableLines } from "./table-lines.ts";

/** A column as a constant times a product of others; the constant (a price, a PUE, a carbon intensity) need not be printed. */
interface Relation {
  readonly result: Slot;
  readonly factors: readonly Slot[];
  /** What the constant is, in a sentence. */
  readonly constant: string;
}

/** In the order tried: the first that the lines obey is shown. */
const RELATIONS: readonly Relation[] = [
  { result: "energy", factors: ["accelerator_hours", "power"], constant: "PUE" },
  { result: "energy", factors: ["wall_time", "power_total"], constant: "PUE" },
  { result: "energy", factors: ["wall_time", "power"], constant: "PUE" },
  { result: "energy", factors: ["accelerator_hours"], constant: "power of one accelerator" },
  { result: "carbon", factors: ["energy"], constant: "carbon intensity" },
  { result: "carbon", factors: ["accelerator_hours", "power"], constant: "carbon for each kWh of the chips" },
  { result: "carbon", factors: ["accelerator_hours"], constant: "carbon for each accelerator-hour" },
  { result: "cost", factors: ["accelerator_hours"], constant: "price" },
  { result: "cost", factors: ["accelerators", "wall_time"], constant: "price" },
  { result: "accelerator_hours", factors: ["accelerators", "wall_time"], constant: "share of the time in use" },
];

/** Lines needed to know a constant, those needed before one that breaks it is told, and the most its lines may differ beyond rounding. */
const LEAST_LINES = 2;
const LEAST_LINES_TO_DOUBT = 4;
const MOST_SPREAD = 1.05;

/** The lines must differ by this much in what they multiply, or a constant says nothing. */
const LEAST_VARIETY = 1.5;

interface Point {
  readonly result: Quantity;
  readonly factors: readonly Quantity[];
  /** result / product of the factors: face value, and what rounding allows. */
  readonly face: number;
  readonly interval: Interval;
}

/**
 * Checks that a column of a table is the same function of other columns in every line.
 *
 * Needs no catalog: the constant is whatever the lines share. A line that breaks what at least three others, and three in four, obey
 * is told; two lines that differ say nothing.
 */
export function checkColumns(document: Document, quantities: readonly Quantity[], runs: readonly Run[]): readonly Finding[] {
  return tableLines(document, quantities).flatMap(({ lines }) => {
    const told = new Set<string>();
    return RELATIONS.flatMap((relation) => {
      const points = lines.filter((line) => !line.isTotal).flatMap((line) => pointOf(line, relation) ?? []);
      const fresh = points.filter((point) => !told.has(point.result.mention.id));
      const constant = constantOf(points);
      if (constant === null || fresh.length === 0) return [];
      for (const point of points) told.add(point.result.mention.id);
      return fresh.flatMap((point) => judge(point, relation, constant, points.length, runs) ?? []);
    });
  });
}

function pointOf(line: TableLine, relation: Relation): Point | null {
  const find = (slot: Slot): Quantity | null => {
    const found = line.quantities.filter((quantity) => quantity.readings[0].slot === slot && quantity.readings[0].width.face > 0);
    return found.length === 1 ? (found[0] ?? null) : null;
  };
  const result = find(relation.result);
  const factors = relation.factors.map(find);
  if (result === null || factors.some((factor) => factor === null)) return null;
  const known = factors.filter((factor) => factor !== null);
  const width = result.readings[0].width;
  const widths = known.map((factor) => factor.readings[0].width);
  const face = widths.reduce((value, factor) => value / factor.face, width.face);
  const low = widths.reduce((value, factor) => value / factor.generous.high, width.generous.low);
  const high = widths.reduce((value, factor) => value / factor.generous.low, width.generous.high);
  return Number.isFinite(face) && face > 0 && Number.isFinite(high) ? { result, factors: known, face, interval: { low, high } } : null;
}

/** The constant that the lines share: the value most of their intervals hold; null where too few do or where they hardly differ. */
function constantOf(points: readonly Point[]): number | null {
  if (points.length < LEAST_LINES) return null;
  const results = points.map((point) => point.result.readings[0].width.face);
  if (Math.max(...results) / Math.min(...results) < LEAST_VARIETY) return null;
  const holding = (value: number): readonly Point[] => points.filter((point) => holds(point, value));
  const best = points
    .map((point) => point.face)
    .sort((left, right) => holding(right).length - holding(left).length || precision(points, left) - precision(points, right))[0];
  if (best === undefined) return null;
  const count = holding(best).length;
  return count >= LEAST_LINES && count >= 0.75 * points.length ? best : null;
}

/** Of the values that hold in as many lines, the one from the line printed with most digits. */
function precision(points: readonly Point[], value: number): number {
  const point = points.find((candidate) => candidate.face === value);
  return point === undefined ? Infinity : point.interval.high / point.interval.low;
}

function holds(point: Point, constant: number): boolean {
  return point.interval.low / MOST_SPREAD <= constant && constant <= point.interval.high * MOST_SPREAD;
}

function judge(point: Point, relation: Relation, constant: number, lines: number, runs: readonly Run[]): Finding | null {
  const { result, factors } = point;
  const reading = result.readings[0];
  const factor = reading.width.face / reading.printed.value;
  const value = factors.reduce((product, quantity) => product * quantity.readings[0].width.face, constant) / factor;
  const spread = point.interval.high / point.face;
  const recomputed: Figure = { value, low: value / spread, high: value * spread, unit: reading.printed.unit };
  const agrees = holds(point, constant);
  // With few lines it is not known which of them is off.
  if (!agrees && lines < LEAST_LINES_TO_DOUBT) return null;
  const ratio = reading.printed.value / value;
  const unit = `${reading.baseUnit}/(${factors.map((quantity) => quantity.readings[0].baseUnit).join("*")})`;
  const shared = {
    id: `column ${relation.result}`,
    title: `the ${relation.constant} that ${agrees ? lines : lines - 1} lines of the table share`,
    figure: { value: constant, low: constant, high: constant, unit },
    source: "worked out from the table",
    nature: "shared" as const,
  };
  const figures = factors.map((quantity) => ({ operator: "*" as const, figure: figureOf(quantity) }));
  const steps: readonly Step[] = [
    ...factors.map(
      (quantity): Step => ({
        kind: "read",
        mention: quantity.mention.id,
        slot: quantity.readings[0].slot,
        figure: quantity.readings[0].printed,
        assumes: [],
      }),
    ),
    { kind: "look-up", fact: shared },
    {
      kind: "compute",
      rule: "table/column",
      terms: [{ operator: "*", figure: shared.figure }, ...figures],
      result: recomputed,
      from: factors.map((quantity) => quantity.mention.id),
      facts: [shared],
    },
    { kind: "compare", stated: reading.printed, recomputed, ratio, claim: result.mention.id },
  ];
  return statementFinding(result.mention, runs, "table/column", {
    stated: reading.printed,
    recomputed,
    ratio,
    agrees,
    exact: Math.abs(ratio - 1) < 1e-6,
    steps,
    premises: factors.map((quantity) => quantity.mention.id),
    atMostWarning: true,
  });
}

function figureOf(quantity: Quantity): Figure {
  const { width, baseUnit } = quantity.readings[0];
  return { value: width.face, low: width.generous.low, high: width.generous.high, unit: baseUnit };
}
