/**
 * Quantities in, runs out: which training run, and which hardware, each figure belongs to.
 *
 * Quantities become one run only where the page ties them together: in one sentence or row, in one paragraph about one model, or
 * by the same name. Figures stated once for all, a price above all, join every run they can be for. Nothing is computed here and
 * nothing is judged; a figure that fits nowhere is a run of its own.
 */

import { readingOrderOf } from "../language/reading-order.ts";
import type { Document } from "../model/document.ts";
import { smallest } from "../model/many.ts";
import type { Extraction, MentionId } from "../model/mention.ts";
import { keyOf, parseModelName } from "../model/model-name.ts";
import type { Quantity } from "../model/quantity.ts";
import type { Attachment, Linked, ModelTie, Run, RunId } from "../model/run.ts";
import { lendWithinFamily } from "./family-quantities.ts";
import { joinRuns } from "./join-runs.ts";
import { hardwareOf, type OpenRun, quantitiesOf } from "./open-run.ts";
import { tiesOf } from "./product-tie.ts";
import type { Belonging } from "./quantity-group.ts";
import { sayingsOf } from "./sayings.ts";
import { lendShared } from "./shared-quantities.ts";
import { type Grid, gridOf } from "./table-axis.ts";

export function linkRuns(
  document: Document,
  extraction: Extraction,
  quantities: readonly Quantity[],
  attachments: ReadonlyMap<MentionId, Attachment>,
): Linked {
  const { mentions, statements } = extraction;
  if (mentions.length === 0) return { runs: [], quantities, statements, attachments };
  const order = readingOrderOf(document);
  const gridAt = gridsOf(document, extraction);
  const belongings = withLines(gridAt, quantities, withWholeRates(quantities, belongingsOf(attachments)));
  const hardware = tiesOf(attachments);
  const keys = settledKeys(belongings);
  const groups = sayingsOf({ document, statements, belongings, hardware, gridOf: gridAt, keyOf: (id) => keys.get(id) ?? "" }, quantities);
  const joined = lendWithinFamily(lendShared({ sectionOf: order.sectionOf, tables: document.tables }, joinRuns(order, groups), groups));
  const runs = [...joined].sort((left, right) => startOf(left) - startOf(right)).map((run, index) => finish(run, index));
  return { runs, quantities, statements, attachments };
}

function belongingsOf(attachments: ReadonlyMap<MentionId, Attachment>): ReadonlyMap<MentionId, Belonging> {
  return new Map([...attachments].map(([id, { subject, model }]) => [id, belongingOf(subject, model)]));
}

function belongingOf(subject: string | null, model: ModelTie = NO_TIE): Belonging {
  return { ...model, name: subject === null ? null : parseModelName(subject) };
}

/** "Lark ran on 256 chips, at $512 an hour": what a whole run costs by the hour is of the one model of its sentence, though prices are of none. */
function withWholeRates(quantities: readonly Quantity[], belongings: ReadonlyMap<MentionId, Belonging>): ReadonlyMap<MentionId, Belonging> {
  const isOpen = ({ mention, readings }: Quantity): boolean =>
    mention.cell === null && (belongings.get(mention.id)?.name ?? null) === null && readings.some(({ slot }) => slot === "cost_rate");
  const rates = quantities.filter(isOpen);
  if (rates.length === 0) return belongings;
  const bySentence = Map.groupBy(quantities, ({ mention }) => mention.sentence.start);
  const found = rates.flatMap(({ mention }): readonly (readonly [MentionId, Belonging])[] => {
    const beside = (bySentence.get(mention.sentence.start) ?? []).flatMap((other) => belongings.get(other.mention.id) ?? []);
    const named = beside.filter(({ name }) => name !== null);
    const [first] = named;
    return first !== undefined && new Set(named.map(({ name }) => name?.text)).size === 1 ? [[mention.id, first]] : [];
  });
  return new Map([...belongings, ...found]);
}

/** A column that a model heads is of that model as a whole: the constants in it, too, of which no model is told. */
function withLines(
  gridAt: (table: number) => Grid | null,
  quantities: readonly Quantity[],
  belongings: ReadonlyMap<MentionId, Belonging>,
): ReadonlyMap<MentionId, Belonging> {
  const inTables = quantities.filter(({ mention }) => mention.cell !== null);
  const lines = Map.groupBy(inTables, ({ mention }) => `${mention.cell?.table} ${gridAt(mention.cell?.table ?? -1)?.positionOf(mention)}`);
  const found = [...lines.values()].flatMap((line): readonly (readonly [MentionId, Belonging])[] => {
    const known = line.flatMap(({ mention }) => belongings.get(mention.id) ?? []).filter(({ name }) => name !== null);
    const [first] = known;
    if (first === undefined || new Set(known.map(({ name }) => name?.text)).size > 1) return [];
    return line.flatMap(({ mention }) => ((belongings.get(mention.id)?.name ?? null) === null ? [[mention.id, first] as const] : []));
  });
  return new Map([...belongings, ...found]);
}

const NO_TIE: ModelTie = { tie: "none", isTotal: false, isCited: false };

/** Tables by their place, each read once. */
function gridsOf(document: Document, { mentions, subjects }: Extraction): (table: number) => Grid | null {
  const spans = subjects.map(({ span }) => span);
  const grids = new Map<number, Grid | null>();
  return (table) => {
    const known = grids.get(table);
    if (known !== undefined) return known;
    const grid = gridOf(document, table, mentions, spans);
    grids.set(table, grid);
    return grid;
  };
}

/**
 * The key of each figure's model. A bare family ("XLNet") is its only variant ("XLNet-Large") where the document gives figures
 * for no other; sums over a family stay with the family.
 */
function settledKeys(belongings: ReadonlyMap<MentionId, Belonging>): ReadonlyMap<MentionId, string> {
  const variants = new Map<string, Set<string>>();
  for (const { name } of belongings.values()) {
    if (name === null || name.variant === "" || name.family === "") continue;
    variants.set(name.family, (variants.get(name.family) ?? new Set()).add(name.variant));
  }
  const keys = new Map<MentionId, string>();
  for (const [id, { name, isTotal }] of belongings) {
    if (name === null) continue;
    const known = [...(variants.get(name.family) ?? [])];
    // "1.1b" and "1.1b-chat" are one size.
    const only = known.find((variant) => known.every((other) => other.startsWith(variant)));
    const isSettled = name.variant === "" && only !== undefined && !isTotal;
    keys.set(id, isTotal ? `${keyOf(name)}total` : isSettled ? keyOf({ ...name, variant: only }) : keyOf(name));
  }
  return keys;
}

/** Names a run by the most particular name among its figures, as printed. */
function finish(run: OpenRun, index: number): Run {
  const names = run.groups.flatMap((group) => group.belonging.name ?? []);
  const subject = names.find((name) => name.variant !== "") ?? names[0] ?? null;
  const quantities = [...quantitiesOf(run)].sort((left, right) => left.mention.span.start - right.mention.span.start);
  const own = new Set(run.groups.flatMap((group) => group.quantities.map(({ mention }) => mention.id)));
  const lent = new Set(quantities.map(({ mention }) => mention.id).filter((id) => !own.has(id)));
  return {
    id: `r${index + 1}` as RunId,
    subject: subject?.text ?? null,
    quantities,
    hardware: hardwareOf(run)?.ids ?? [],
    lent,
    tie: run.tie,
  };
}

function startOf(run: OpenRun): number {
  return smallest(run.groups.map((group) => group.span.start));
}
