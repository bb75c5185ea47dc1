import type { Catalog } from "../model/catalog.ts";
import type { CheckOptions, DocumentResult } from "../model/report.ts";
import { checkAgainstSources } from "../pipeline.ts";
import { type Correction, recheckDocument } from "../recheck.ts";

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
  options: CheckOptions,
): DocumentResult {
  let first = 0;
  const [own, ...others] = [article, ...sources].map((part) => {
    const last = first + part.extraction.mentions.length;
    const theirs = corrections.flatMap((correction) => renumbered(correction, first, last));
    first = last;
    return recheckDocument(catalog, part, theirs, options);
  });
  const filled = corrections.filter((correction) => correction.kind === "fill");
  return own === undefined ? article : checkAgainstSources(catalog, own, others, { ...options, filled });
}

/** A correction of one part in its own numbers; nothing where its mention stands in another. */
function renumbered(correction: Correction, first: number, last: number): readonly Correction[] {
  const number = Number(correction.mention.slice(1));
  return number > first && number <= last ? [{ ...correction, mention: `m${number - first}` }] : [];
}
