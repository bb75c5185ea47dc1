import type { Document } from "../model/document.ts";
import type { Cause, Finding, Step } from "../model/finding.ts";
import type { MentionKind } from "../model/mention.ts";
import type { Figure, NonEmpty, Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { causeOfSlips, lineSlip } from "./line-slip.ts";
import { statementFinding } from "./statement-finding.ts";
import { type TableLine, tableLines } from "./table-lines.ts";
import { exactly, stepsOfTwo } from "./working.ts";

/** Lines that must obey before the pairing of work and rates is believed, and the share of all lines that they must be. */
const LEAST_LINES = 3;
const LEAST_SHARE = 0.75;

/** How far a line may lie from the sum beyond rounding. */
const MOST_SPREAD = 1.03;

/** Rates a table may have columns of; more are no stages of one training. */
const MOST_STAGES = 4;

const WORK: ReadonlySet<MentionKind> = new Set(["samples", "tokens"]);

interface Point {
  readonly time: Quantity;
  readonly rates: readonly Quantity[];
  /** Work over rate, added up. Units: hours. */
  readonly hours: number;
}

/**
 * Checks that the time in each line of a table is that of its stages: the work that the text gives for each, over the rate in the
 * column of each ("1.1B images at 256x256 and 1.7B at 512x512", with two columns of throughput).
 *
 * Work and columns are paired in their order, and only believed where the lines obey; the one that breaks it is told.
 */
export function checkStages(document: Document, quantities: readonly Quantity[], runs: readonly Run[]): readonly Finding[] {
  const lists = workLists(quantities);
  if (lists.length === 0) return [];
  return tableLines(document, quantities).flatMap(({ lines }) => {
    for (const work of lists) {
      const points = lines.flatMap((line) => pointOf(line, work) ?? []);
      const holding = points.filter(holds);
      if (holding.length < LEAST_LINES || holding.length < LEAST_SHARE * points.length) continue;
      return points.map((point) => judge(point, work, runs));
    }
    return [];
  });
}

/** Two to four amounts of work that one sentence of the text tells. */
function workLists(quantities: readonly Quantity[]): readonly (readonly Quantity[])[] {
  const inText = quantities.filter(({ mention }) => mention.cell === null && WORK.has(mention.kind) && mention.per === null);
  const sentences = Map.groupBy(inText, ({ mention }) => `${mention.kind} ${mention.sentence.start}`);
  return [...sentences.values()].filter((list) => list.length >= 2 && list.length <= MOST_STAGES);
}

function pointOf(line: TableLine, work: readonly Quantity[]): Point | null {
  const isRate = ({ mention, readings }: Quantity): boolean =>
    mention.kind === "throughput" &&
    /_total$/.test(readings[0].slot) &&
    mention.unit.startsWith(work[0]?.mention.kind === "tokens" ? "token" : "sample");
  const rates = line.quantities.filter(isRate);
  const times = line.quantities.filter(({ readings }) => readings[0].slot === "wall_time");
  const [time] = times;
  if (time === undefined || times.length > 1 || rates.length !== work.length) return null;
  const hours = work.reduce((sum, amount, index) => sum + faceOf(amount) / faceOf(rates[index]) / SECONDS_IN_HOUR, 0);
  return Number.isFinite(hours) && hours > 0 ? { time, rates, hours } : null;
}

const SECONDS_IN_HOUR = 3600;

function faceOf(quantity: Quantity | undefined): number {
  return quantity?.readings[0].width.face ?? 0;
}

function holds({ time, hours }: Point): boolean {
  const { generous } = time.readings[0].width;
  return generous.low / MOST_SPREAD <= hours && hours <= generous.high * MOST_SPREAD;
}

function judge(point: Point, work: readonly Quantity[], runs: readonly Run[]): Finding {
  const { time, rates, hours } = point;
  const reading = time.readings[0];
  const scale = reading.width.face / reading.printed.value;
  const parts = work.map((amount, index): Figure => {
    return exactly(faceOf(amount) / faceOf(rates[index]) / SECONDS_IN_HOUR / scale, reading.printed.unit);
  });
  const recomputed: Figure = {
    value: hours / scale,
    low: hours / scale / MOST_SPREAD,
    high: (hours / scale) * MOST_SPREAD,
    unit: reading.printed.unit,
  };
  const premises = [...work, ...rates].map(({ mention }) => mention.id);
  const steps: Step[] = work.flatMap((amount, index): readonly Step[] => {
    const rate = rates[index];
    const part = parts[index];
    if (rate === undefined || part === undefined) return [];
    const rest = [{ operator: "/" as const, figure: exactly(SECONDS_IN_HOUR * scale, `second/${reading.printed.unit}`) }];
    return stepsOfTwo({ rule: "table/stages", first: amount, operator: "/", second: rate, rest, result: part });
  });
  const sum = parts.map((figure) => ({ operator: "+" as const, figure }));
  const [first, ...rest] = sum;
  if (first !== undefined) {
    const terms: NonEmpty<{ readonly operator: "*" | "+"; readonly figure: Figure }> = [{ operator: "*", figure: first.figure }, ...rest];
    steps.push({ kind: "compute", rule: "table/stages", terms, result: recomputed, from: premises, facts: [] });
  }
  return statementFinding(time.mention, runs, "table/stages", {
    stated: reading.printed,
    recomputed,
    agrees: holds(point),
    steps,
    premises,
    atMostWarning: true,
    ...(holds(point) ? {} : causeIn(point, work)),
  });
}

/** The one figure of the line that a wrong digit or unit would explain: its time, or a rate of a stage. */
function causeIn({ time, rates, hours }: Point, work: readonly Quantity[]): { readonly cause?: Cause } {
  const told = faceOf(time);
  const ofRates = rates.map((rate, index) => {
    const own = faceOf(work[index]) / SECONDS_IN_HOUR;
    return lineSlip(rate, own / (told - (hours - own / faceOf(rate))));
  });
  const cause = causeOfSlips([lineSlip(time, hours), ...ofRates]);
  return cause === null ? {} : { cause };
}
