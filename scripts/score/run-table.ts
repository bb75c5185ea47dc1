import type { RunRow, RunValue } from "../../src/model/run-row.ts";
import { RUN_COLUMNS } from "../../src/model/run-row.ts";
import type { WireDocument, WireMention } from "../../src/report/wire.ts";
import { runRows } from "../../src/run-rows.ts";
import { type Gold, type GoldQuantity, hasValueOf, isOnPageOf, near, sameName } from "./gold-match.ts";
import type { Share } from "./tally.ts";

/** How a table of runs stands to the gold of its documents. */
export interface RunTableScore {
  /** Subjects of the gold that spend or use something, and have a row. */
  readonly subjects: Share;
  /** Figures of the gold that were found and have a column: those that stand in the row of their subject and that column. */
  readonly figures: Share;
  readonly missing: string[];
  readonly misplaced: string[];
}

export function emptyRunTableScore(): RunTableScore {
  return { subjects: { hit: 0, of: 0 }, figures: { hit: 0, of: 0 }, missing: [], misplaced: [] };
}

/** What makes a training: hardware, time, cost, energy, carbon, compute or tokens. */
const OF_TRAINING: ReadonlySet<string> = new Set([
  ...["accelerators", "nodes", "wall-time", "accelerator-hours", "cost", "energy", "carbon", "flop", "tokens"],
]);

interface Detailed extends GoldQuantity {
  readonly per?: unknown;
  readonly hypothetical?: boolean;
  readonly about?: string;
}

/** Counts the subjects and figures of one document. */
export function countRunTable(score: RunTableScore, gold: Gold, document: WireDocument): void {
  const rows = runRows(document);
  const told = ((gold.quantities ?? []) as readonly Detailed[]).filter(
    ({ subject, per, hypothetical, about }) => subject !== undefined && per === undefined && hypothetical !== true && about !== "other",
  );
  const subjects = Map.groupBy(told, ({ subject }) => subject ?? "");
  for (const [subject, quantities] of subjects) {
    if (!quantities.some(({ kind }) => OF_TRAINING.has(kind))) continue;
    const own = rows.filter(({ model }) => (model === null ? subjects.size === 1 : sameName(model, subject)));
    score.subjects.of += 1;
    if (own.length > 0) score.subjects.hit += 1;
    else score.missing.push(`${gold.document} ${subject}: ${quantities.map(({ phrase }) => phrase).join(" | ")}`);
    for (const quantity of quantities) {
      // "16 Cloud TPUs" of one model may be as many as the "16 TPU chips" of another.
      const alike = document.mentions.filter(
        (found) => found.kind === quantity.kind && isOnPageOf(found, quantity) && hasValueOf(found, quantity),
      );
      const phrase = quantity.phrase ?? "";
      const mention = alike.find(({ text }) => text.includes(phrase) || phrase.includes(text)) ?? alike[0];
      const columns = mention === undefined ? [] : RUN_COLUMNS.filter((column) => fits(column, mention));
      if (mention === undefined || columns.length === 0) continue;
      score.figures.of += 1;
      const stands = own.some(({ values }) => columns.some((column) => holds(values.get(column.name), column.size, mention)));
      if (stands) score.figures.hit += 1;
      else score.misplaced.push(`${gold.document} ${subject}: ${mention.text} (${quantity.kind}), ${placeOf(rows, mention)}`);
    }
  }
}

function fits({ kinds, base, size, low, high }: (typeof RUN_COLUMNS)[number], { kind, readings, per }: WireMention): boolean {
  const [reading] = readings;
  // The steps of a warm-up have no column.
  if (per === "warm-up") return false;
  const value = (reading?.base.value ?? Number.NaN) * size;
  return kinds.includes(kind) && base.test(reading?.base.unit ?? "") && value >= low && value <= high;
}

function holds(value: RunValue | undefined, size: number, { text, readings }: WireMention): boolean {
  const own = (readings[0]?.base.value ?? Number.NaN) * size;
  return value !== undefined && (near(value.value, own) || value.also.includes(text));
}

/** Where else in the table a figure stands. */
function placeOf(rows: readonly RunRow[], mention: WireMention): string {
  const at = rows.flatMap(({ model, values }) =>
    RUN_COLUMNS.flatMap(({ name, kinds, size }) =>
      kinds.includes(mention.kind) && holds(values.get(name), size, mention) ? [`${model ?? "unnamed"} ${name}`] : [],
    ),
  );
  return at.length === 0
    ? `nowhere (read as of ${mention.subject ?? "nobody"}, ${mention.role}, ${mention.confidence})`
    : at.slice(0, 2).join("; ");
}
