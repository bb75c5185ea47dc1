/**
 * A result and a phrase come in; what the phrase went through comes out: what was read, between which candidates was chosen, what it
 * was compared with, and why a finding is or is not told.
 *
 * Decisions that were asked for are told as the stages made them; others are put together from what came of them.
 */
import type { Document } from "./model/document.ts";
import type { Finding } from "./model/finding.ts";
import type { Mention } from "./model/mention.ts";
import type { DocumentResult } from "./model/report.ts";
import type { Run } from "./model/run.ts";
import { overlaps, type Span } from "./model/span.ts";
import { type Candidate, DECISIONS_TAKEN, type Decision, type Silence, type Trace, type TracedMention } from "./model/trace.ts";

/** More places of a phrase than these say nothing new. */
const MOST_PLACES = 20;

/** Traces every figure that a phrase of the document overlaps, with the decisions on it that the result has. */
export function traceOf(result: DocumentResult, phrase: string): Trace {
  const places = placesOf(result.document, phrase);
  const { mentions } = result.extraction;
  const found = mentions.filter(({ span }) => places.some((place) => overlaps(span, place)));
  const unread = places.filter((place) => !mentions.some(({ span }) => overlaps(span, place)));
  return {
    phrase,
    mentions: found.map((mention) => traced(result, mention)),
    unread: unread.map((span) => {
      const within = result.document.blocks.find((block) => overlaps(block.span, span))?.span ?? span;
      return {
        ...{ span, within },
        beside: mentions.filter((mention) => overlaps(mention.span, within)),
        numbers: (result.decisions?.numbers ?? []).filter((number) => overlaps(number.span, span)),
      };
    }),
  };
}

/** Signs that mean something in a pattern. */
const SIGNS = /[\\^$.*+?()[\]{}|/]/g;

/** Where a phrase stands in a document; upper and lower case, and white space, are the same. */
export function placesOf({ text }: Document, phrase: string): readonly Span[] {
  const words = phrase.split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return [];
  const pattern = new RegExp(words.map((word) => word.replaceAll(SIGNS, String.raw`\$&`)).join(String.raw`\s+`), "giu");
  return [...text.matchAll(pattern)].slice(0, MOST_PLACES).map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

function traced(result: DocumentResult, mention: Mention): TracedMention {
  const { findings, withheld } = result.checked;
  const judged = findings.filter(({ claim }) => claim === mention.id);
  const supports = findings.filter(({ premises }) => premises.includes(mention.id));
  const handed: readonly Decision[] = [
    ...(result.decisions?.numbers ?? [])
      .filter(({ span }) => overlaps(span, mention.span))
      .map(({ span, isDenied, ...choice }) => ({ ...choice, mention: mention.id })),
    ...(result.decisions?.mentions ?? []).filter((decision) => decision.mention === mention.id),
  ];
  const known = new Set<Decision["decision"]>(handed.map(({ decision }) => (decision === "bare" ? "kind" : decision)));
  const derived = derivedDecisions(result, mention, judged).filter(({ decision }) => !known.has(decision));
  const doubted = withheld.filter(({ finding }) => finding.claim === mention.id);
  const isTold = judged.length > 0 || doubted.length > 0;
  return {
    mention,
    decisions: [...handed, ...derived].toSorted((left, right) => placeOf(left) - placeOf(right)),
    ...{ judged, supports, withheld: doubted },
    silence: isTold ? null : silenceOf(result, mention, supports.length > 0, handed),
  };
}

function placeOf({ decision }: Decision): number {
  return DECISIONS_TAKEN.indexOf(decision);
}

function silenceOf({ linked }: DocumentResult, { id, role }: Mention, isPremise: boolean, handed: readonly Decision[]): Silence {
  const binding = handed.find(({ decision }) => decision === "binding");
  if (binding?.untold != null && binding.untold !== "unlikely") return binding.untold;
  if (isPremise) return "premise";
  if ((linked.attachments.get(id)?.role ?? role) === "hypothetical") return "hypothetical";
  if (binding !== undefined) return binding.untold ?? "told-of-another";
  const others = runsOf(linked.runs, id).flatMap(({ quantities }) => quantities.filter(({ mention }) => mention.id !== id));
  return others.length === 0 ? "alone" : "not-compared";
}

/** What the results of the stages say of their decisions. */
function derivedDecisions(result: DocumentResult, mention: Mention, judged: readonly Finding[]): readonly Decision[] {
  const { linked } = result;
  const attachment = linked.attachments.get(mention.id);
  const ties = runsOf(linked.runs, mention.id).map(({ tie }) => [`tie ${tie}`, 1] as const);
  const readings = linked.quantities.find((quantity) => quantity.mention.id === mention.id)?.readings ?? [];
  const products = mention.hardware?.accelerators ?? [];
  const product = attachment?.hardware ?? mention.hardware?.text ?? null;
  const role = attachment?.role ?? mention.role;
  const one = (decision: Decision["decision"], chosen: string | null, features: Candidate["features"]): Decision => ({
    ...{ mention: mention.id, decision, chosen },
    candidates: chosen === null ? [] : [{ choice: chosen, score: 1, features }],
  });
  const read: readonly Candidate[] = readings.map(({ slot, baseUnit, weight, contradictsPrint }) => ({
    choice: `${slot} in ${baseUnit}`,
    score: weight,
    features: contradictsPrint ? { "contradicts the print": 1 } : {},
  }));
  return [
    one("kind", mention.kind, Object.fromEntries(mention.rules.map((rule) => [`rule ${rule}`, 1]))),
    { mention: mention.id, decision: "reading", candidates: read, chosen: read[0]?.choice ?? null },
    one("model", attachment?.subject ?? null, Object.fromEntries(ties)),
    {
      ...one("product", product, mention.hardware === null ? {} : { "printed with the figure": 1 }),
      ...(products.length > 1 ? { candidates: products.map((choice) => ({ choice, score: 1 / products.length, features: {} })) } : {}),
    },
    one("role", role, mention.roleEvidence === null ? {} : { "said by its words": 1 }),
    ...judged.map((finding) => bindingOf(finding)),
  ];
}

function bindingOf(finding: Finding): Decision {
  const basis = finding.premises.length === 0 ? finding.rule : `${finding.rule} with ${finding.premises.join(", ")}`;
  const outcomes = "outcomes" in finding ? finding.outcomes : [];
  const candidates = outcomes.map(({ assumes, weight, admissible, agrees, recomputed }) => ({
    choice: assumes.length === 0 ? basis : `${basis}, if ${assumes.join(" and ")}`,
    score: weight,
    features: { "works out to": recomputed.value, ...(agrees ? { agrees: 1 } : {}), ...(admissible ? {} : { "not what is printed": 1 }) },
  }));
  return { mention: finding.claim, decision: "binding", candidates, chosen: candidates[0]?.choice ?? basis };
}

function runsOf(runs: readonly Run[], id: Mention["id"]): readonly Run[] {
  return runs.filter(({ quantities }) => quantities.some(({ mention }) => mention.id === id));
}
