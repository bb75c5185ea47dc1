import { withAdded } from "../added-figures.ts";
import type { Catalog } from "../model/catalog.ts";
import type { DocumentResult } from "../model/report.ts";
import { checkAgainstSources } from "../pipeline.ts";
import { addedBy, type Correction, type RecheckOptions, recheckDocument } from "../recheck.ts";

/** An article and the papers that it was checked by, each by itself. */
export interface CheckedParts {
  readonly article: DocumentResult;
  readonly sources: readonly DocumentResult[];
}

/**
 * Checks an article by its sources again, with corrections of either.
 *
 * Mentions of the sources are named as in the whole: numbered on behind those of the article.
 */
export function recheckAgainst(
  catalog: Catalog,
  { article, sources }: CheckedParts,
  corrections: readonly Correction[],
  options: RecheckOptions,
): DocumentResult {
  let first = 0;
  const [own, ...others] = [partWithAdded(article, corrections), ...sources].map((part, index) => {
    const last = first + part.extraction.mentions.length;
    const theirs = corrections.flatMap((correction) => {
      // Only the article is added to.
      if (correction.kind === "added") return index === 0 ? [correction] : [];
      return renumbered(correction, first, last);
    });
    first = last;
    return recheckDocument(catalog, part, theirs, options);
  });
  const filled = corrections.filter((correction) => correction.kind === "fill");
  return own === undefined ? article : checkAgainstSources(catalog, own, others, { ...options, filled });
}

/** A part with the figures that a person marked among its mentions. */
export function partWithAdded(part: DocumentResult, corrections: readonly Correction[]): DocumentResult {
  return { ...part, extraction: withAdded(part.document, part.extraction, addedBy(corrections)) };
}

/** A correction of one part in its own numbers; nothing where its mention stands in another. */
function renumbered(correction: Exclude<Correction, { readonly kind: "added" }>, first: number, last: number): readonly Correction[] {
  const number = Number(correction.mention.slice(1));
  return number > first && number <= last ? [{ ...correction, mention: `m${number - first}` }] : [];
}
