import type { Document } from "../model/document.ts";
import type { Finding, Step } from "../model/finding.ts";
import type { MentionKind } from "../model/mention.ts";
import type { Figure, NonEmpty, Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { around, slippedFrom } from "./digit-slips.ts";
import { statementFinding } from "./statement-finding.ts";
import { readStep } from "./working.ts";

/** What a sentence may add up. */
const ADDITIVE: ReadonlySet<MentionKind> = new Set(["wall-time", "accelerator-hours", "cost", "energy", "carbon", "accelerators", "nodes"]);

/** Matches "in total ", "for a total of ", "adding up to "; not "the total batch of ". */
const TOTAL_BEFORE =
  /\b(?:in total|a total of|in all|altogether|together|summ?ing to|add(?:s|ing)? up to|totall?ing)(?:\s(?:about|of|to))?\s?[,(]?\s?$/i;

/** Matches " in total", " altogether"; not " in a total of". */
const TOTAL_AFTER = /^,?\s(?:in total|in all|altogether|combined|all told)\b/i;

/** Beyond this a sum leaves out or holds something else. */
const MOST_APART = 1.5;

/**
 * Checks a total that a sentence tells behind the figures it adds up: "2.5 hours, 0.25 hours and 10.8 hours, 13.6 hours in total".
 *
 * Stages may overlap or be left out, so that a sum that does not agree is told only where one wrong digit explains it.
 */
export function checkSums(document: Document, quantities: readonly Quantity[], runs: readonly Run[]): readonly Finding[] {
  const inText = quantities.filter(
    ({ mention }) => mention.cell === null && ADDITIVE.has(mention.kind) && (mention.per === null || mention.per === "reserve"),
  );
  const groups = Map.groupBy(inText, ({ mention, readings }) => `${mention.kind} ${mention.sentence.start} ${readings[0].baseUnit}`);
  return [...groups.values()].flatMap((figures) => {
    const totals = figures.filter((figure) => isTotal(document, figure));
    const [total] = totals;
    const parts = figures.filter((figure) => figure !== total);
    const isPlain = figures.every(({ mention }) => mention.number.range === null && mention.number.form !== "vague" && mention.value > 0);
    if (total === undefined || totals.length > 1 || parts.length < 2 || !isPlain) return [];
    const isLast = parts.every(({ mention }) => mention.span.end <= total.mention.span.start);
    return isLast ? (judge(total, parts, runs) ?? []) : [];
  });
}

function isTotal(document: Document, { mention }: Quantity): boolean {
  const before = document.text.slice(Math.max(mention.sentence.start, mention.span.start - 32), mention.span.start);
  return TOTAL_BEFORE.test(before) || TOTAL_AFTER.test(document.text.slice(mention.span.end, mention.span.end + 24));
}

function judge(total: Quantity, parts: readonly Quantity[], runs: readonly Run[]): Finding | null {
  const own = total.readings[0];
  const scale = own.width.face / own.printed.value;
  const figures = parts.map(({ readings: [{ width }] }): Figure => {
    const { face, generous } = width;
    return { value: face / scale, low: generous.low / scale, high: generous.high / scale, unit: own.printed.unit };
  });
  const [first, ...rest] = figures;
  if (first === undefined) return null;
  const sum = (pick: (figure: Figure) => number): number => figures.reduce((all, figure) => all + pick(figure), 0);
  const recomputed: Figure = {
    value: sum(({ value }) => value),
    low: sum(({ low }) => low),
    high: sum(({ high }) => high),
    unit: first.unit,
  };
  const ratio = own.printed.value / recomputed.value;
  const agrees = own.printed.low <= recomputed.high && recomputed.low <= own.printed.high;
  const { number } = total.mention;
  const meant = slippedFrom(number, around(number, number.value / ratio));
  if (!agrees && (meant === null || ratio > MOST_APART || ratio < 1 / MOST_APART)) return null;
  const terms: NonEmpty<{ readonly operator: "*" | "+"; readonly figure: Figure }> = [
    { operator: "*", figure: first },
    ...rest.map((figure) => ({ operator: "+" as const, figure })),
  ];
  const steps: readonly Step[] = [
    ...parts.map(readStep),
    { kind: "compute", rule: "sum/in-prose", terms, result: recomputed, from: parts.map(({ mention }) => mention.id), facts: [] },
  ];
  return statementFinding(total.mention, runs, "sum/in-prose", {
    stated: own.printed,
    recomputed,
    agrees,
    steps,
    premises: parts.map(({ mention }) => mention.id),
    atMostWarning: true,
  });
}
