import { attachMentions } from "./attach/attach-mentions.ts";
import { explainAttachments } from "./attach/explain-attachments.ts";
import { bindClaims } from "./bind/bind-claims.ts";
import { explainBindings } from "./bind/explain-bindings.ts";
import { checkAgainst, checkRuns } from "./check/check-runs.ts";
import { checklistOf } from "./check/checklist.ts";
import { diffVersions } from "./check/diff-versions.ts";
import { estimateFrom } from "./check/estimate-phrase.ts";
import { explainNumbers } from "./extract/explain-numbers.ts";
import { extractMentions } from "./extract/extract-mentions.ts";
import { findPrecision } from "./extract/precision.ts";
import { attachSources } from "./link/attach-sources.ts";
import { linkRuns } from "./link/link-runs.ts";
import type { Catalog } from "./model/catalog.ts";
import type { Document } from "./model/document.ts";
import type { Estimation, UnknownName } from "./model/estimation.ts";
import type { CheckOptions, DocumentResult } from "./model/report.ts";
import { overlaps, type Span } from "./model/span.ts";
import type { VersionDiff } from "./model/version-diff.ts";
import { normalizeMentions } from "./normalize/normalize-mentions.ts";
import { OPTIMAL, readSetting } from "./phrase-setting.ts";
import { readText } from "./read/text.ts";

/** The stages in order. Pure: the same document, catalog and options give the same result. */
export function checkDocument(catalog: Catalog, document: Document, options: CheckOptions): DocumentResult {
  const found = extractMentions(catalog, document);
  const { extraction, attachments } = attachMentions(catalog, document, found);
  const quantities = normalizeMentions(catalog, extraction.mentions, attachments);
  const linked = linkRuns(document, extraction, quantities, attachments);
  const bound = bindClaims({
    catalog,
    document,
    quantities: linked.quantities,
    attachments: linked.attachments,
    statements: linked.statements,
  });
  const checked = checkRuns(catalog, document, linked, options, bound);
  return { document, extraction, linked, checked };
}

/** The training figures that differ between two versions of a document. */
export function compareVersions(old: DocumentResult, newer: DocumentResult): VersionDiff {
  return diffVersions(old.linked, newer.linked);
}

/** A result with what each of its training runs states, leaves to be worked out, and lacks. */
export function withChecklist(catalog: Catalog, result: DocumentResult): DocumentResult {
  const { document, linked } = result;
  return { ...result, checklist: checklistOf(catalog, document, linked, findPrecision(document)) };
}

/** A result with what was decided on all that some places of its text overlap: the stages decide again, and keep what there was. */
export function withDecisions(catalog: Catalog, result: DocumentResult, places: readonly Span[]): DocumentResult {
  const { document, linked } = result;
  const found = extractMentions(catalog, document).mentions;
  const asked = found.filter(({ span }) => places.some((place) => overlaps(span, place)));
  const ids = new Set(asked.map(({ id }) => id));
  const numbers = explainNumbers(catalog, document, [...places, ...asked.map(({ span }) => span)]);
  const { quantities, attachments, statements } = linked;
  const mentions = [
    ...explainAttachments(catalog, document, found, ids),
    ...explainBindings({ catalog, document, quantities, attachments, statements }, ids),
  ];
  return { ...result, decisions: { numbers, mentions } };
}

/** An article with its claims checked against the papers it talks about, too. */
export function checkAgainstSources(
  catalog: Catalog,
  article: DocumentResult,
  sources: readonly DocumentResult[],
  options: CheckOptions,
): DocumentResult {
  const joined = attachSources(article, sources);
  const linked = { ...joined.linked, runs: joined.shared };
  const checked = checkAgainst(catalog, { document: joined.document, article: article.linked, linked, own: joined.own }, options);
  return {
    document: joined.document,
    extraction: joined.extraction,
    linked: { ...joined.linked, runs: article.linked.runs },
    checked,
    ...(article.decisions === undefined ? {} : { decisions: article.decisions }),
  };
}

/** What a phrase such as "512 TPU v3 chips for 2.5 days" works out to, under every reading, and the names in it that nothing is known of. */
export function estimatePhrase(
  catalog: Catalog,
  phrase: string,
  options: CheckOptions & { readonly place?: string | null; readonly model?: string | null },
): { readonly estimation: Estimation; readonly unknown: readonly UnknownName[] } {
  const { document } = readText(new TextEncoder().encode(phrase), "phrase");
  if (document === null) return { estimation: { phrase, mentions: [], readings: [], missing: ["accelerators", "wall_time"] }, unknown: [] };
  const { extraction, attachments } = attachMentions(catalog, document, extractMentions(catalog, document));
  const quantities = normalizeMentions(catalog, extraction.mentions, attachments);
  const { setting, asked, unknown } = readSetting(catalog, document.text, extraction.mentions, {
    place: options.place ?? null,
    model: options.model ?? null,
  });
  const input = { phrase, date: document.date, quantities, setting, asked, isOptimal: OPTIMAL.test(document.text) };
  return { estimation: estimateFrom(catalog, input, options), unknown };
}
