/**
 * A result and a phrase come in; what the phrase went through comes out: what was read, between which candidates was chosen, what it
 * was compared with, and why a finding is or is not told.
 *
 * Decisions that the stages hand over are told as they are; where a stage hands over none, they are put together from its result.
 */
import type { Document } from "./model/document.ts";
import type { Finding } from "./model/finding.ts";
import type { Mention } from "./model/mention.ts";
import type { DocumentResult } from "./model/report.ts";
import type { Run } from "./model/run.ts";
import type { Span } from "./model/span.ts";
import { type Candidate, DECISIONS_TAKEN, type Decision, type Silence, type Trace, type TracedMention } from "./model/trace.ts";

/** More places of a phrase than these say nothing new. */
const MOST_PLACES = 20;

/** Traces every figure that a phrase of the document overlaps; upper and lower case, and white space, are the same. */
export function traceOf(result: DocumentResult, phrase: string): Trace {
  const places = placesOf(result.document, phrase);
  const { mentions } = result.extraction;
  const overlaps = (span: Span, place: Span): boolean => span.start < place.end && place.start < span.end;
  const found = mentions.filter(({ span }) => places.some((place) => overlaps(span, place)));
  const unread = places.filter((place) => !mentions.some(({ span }) => overlaps(span, place)));
  return {
    phrase,
    mentions: found.map((mention) => traced(result, mention)),
    unread: unread.map((span) => {
      const within = result.document.blocks.find((block) => overlaps(block.span, span))?.span ?? span;
      return { span, within, beside: mentions.filter((mention) => overlaps(mention.span, within)) };
    }),
  };
}

/** Signs that mean something in a pattern. */
const SIGNS = /[\\^$.*+?()[\]{}|/]/g;

function placesOf({ text }: Document, phrase: string): readonly Span[] {
  const words = phrase.split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return [];
  const pattern = new RegExp(words.map((word) => word.replaceAll(SIGNS, String.raw`\$&`)).join(String.raw`\s+`), "giu");
  return [...text.matchAll(pattern)].slice(0, MOST_PLACES).map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

function traced(result: DocumentResult, mention: Mention): TracedMention {
  const { findings, withheld } = result.checked;
  const judged = findings.filter(({ claim }) => claim === mention.id);
  const supports = findings.filter(({ premises }) => premises.includes(mention.id));
  const handed = (result.decisions ?? []).filter((decision) => decision.mention === mention.id);
  const known = new Set(handed.map(({ decision }) => decision));
  const derived = derivedDecisions(result, mention, judged).filter(({ decision }) => !known.has(decision));
  const doubted = withheld.filter(({ finding }) => finding.claim === mention.id);
  const isTold = judged.length > 0 || doubted.length > 0;
  return {
    mention,
    decisions: [...handed, ...derived].toSorted((left, right) => placeOf(left) - placeOf(right)),
    ...{ judged, supports, withheld: doubted },
    silence: isTold ? null : silenceOf(result, mention, supports.length > 0),
  };
}

function placeOf({ decision }: Decision): number {
  return DECISIONS_TAKEN.indexOf(decision);
}

function silenceOf({ linked }: DocumentResult, { id, role }: Mention, isPremise: boolean): Silence {
  if (isPremise) return "premise";
  if ((linked.attachments.get(id)?.role ?? role) === "hypothetical") return "hypothetical";
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
  const kinds: readonly Candidate[] = [
    { choice: mention.kind, score: mention.confidence, features: Object.fromEntries(mention.rules.map((rule) => [`rule ${rule}`, 1])) },
    ...readings.map(({ slot, baseUnit, weight, contradictsPrint }) => ({
      choice: `${slot} in ${baseUnit}`,
      score: weight,
      features: contradictsPrint ? { "contradicts the print": 1 } : {},
    })),
  ];
  return [
    { mention: mention.id, decision: "kind", candidates: kinds, chosen: mention.kind },
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
