import type { Report } from "../model/report.ts";
import { REVIEW_RATINGS, type Review } from "./review.ts";
import type { WireDocument } from "./wire.ts";
import { toWireReport } from "./wire-report.ts";

/**
 * Findings that a person has reviewed, as fact checks that search engines read.
 *
 * Shape: a JSON-LD list; findings without a decision of a person are left out, for a program publishes no verdicts on people.
 * Source: schema.org ClaimReview.
 */
export function claimReviewReport(report: Report, reviews: readonly Review[]): string {
  return claimReviewFile(toWireReport(report).documents.flatMap((document) => claimReviewEntries(document, reviews)));
}

/** The file of some fact checks. */
export function claimReviewFile(entries: readonly object[]): string {
  return `${JSON.stringify(entries, null, 2)}\n`;
}

/** The fact checks of one document. */
export function claimReviewEntries(document: WireDocument, reviews: readonly Review[]): readonly object[] {
  const decided = Map.groupBy(reviews, ({ fingerprint }) => fingerprint);
  const claims = new Map(document.mentions.map((mention) => [mention.id, mention.text]));
  return document.findings.flatMap((finding) => {
    const quote = finding.quote === "" ? (claims.get(finding.claim) ?? "") : finding.quote;
    const { speaker, message } = finding;
    const claim = { quote, document: document.title ?? document.source, speaker, message };
    // Each reviewer publishes for themselves.
    return (decided.get(finding.fingerprint) ?? []).flatMap((review) => claimReview(claim, review));
  });
}

/** What was claimed, where, and what the finding says of it. */
export interface ReviewedClaim {
  readonly quote: string;
  readonly document: string;
  readonly speaker: string | null;
  readonly message: string;
}

/** One fact check; none for a decision that is not for others ("misread", "unsure"). */
export function claimReview({ quote, document, speaker, message }: ReviewedClaim, review: Review): readonly object[] {
  const rating = REVIEW_RATINGS[review.decision];
  if (rating === undefined) return [];
  return [
    {
      "@context": "https://schema.org",
      "@type": "ClaimReview",
      claimReviewed: quote,
      itemReviewed: {
        "@type": "Claim",
        appearance: { "@type": "CreativeWork", name: document },
        ...(speaker === null ? {} : { author: { "@type": "Person", name: speaker } }),
      },
      author: { "@type": "Person", name: review.author },
      datePublished: review.at,
      reviewBody: review.reason === "" ? message : `${message} ${review.reason}`,
      reviewRating: { "@type": "Rating", ratingValue: rating.value, bestRating: 5, worstRating: 1, alternateName: rating.name },
    },
  ];
}
