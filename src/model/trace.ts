import type { Finding, Withheld } from "./finding.ts";
import type { Mention, MentionId } from "./mention.ts";
import type { Span } from "./span.ts";

export const DECISIONS_TAKEN = ["kind", "model", "product", "role", "binding"] as const;

/** One thing that a figure could have been taken for. */
export interface Candidate {
  readonly choice: string;
  /** Larger is likelier; comparable within one decision. */
  readonly score: number;
  /** What spoke for it, and against it, by name; 1 for what merely holds. */
  readonly features: Readonly<Record<string, number>>;
}

/** A decision on a figure: what there was to choose from, and what was chosen. Null where no choice was made. */
export interface Decision {
  readonly mention: MentionId;
  readonly decision: (typeof DECISIONS_TAKEN)[number];
  readonly candidates: readonly Candidate[];
  readonly chosen: string | null;
}

/** Why nothing is told of a figure by itself. */
export type Silence = "premise" | "hypothetical" | "alone" | "not-compared";

/** What a figure of the page went through. */
export interface TracedMention {
  readonly mention: Mention;
  readonly decisions: readonly Decision[];
  /** Findings that judge it, then those that rest on it. */
  readonly judged: readonly Finding[];
  readonly supports: readonly Finding[];
  readonly withheld: readonly Withheld[];
  /** Null where something is told of it. */
  readonly silence: Silence | null;
}

/** A place where the phrase stands, and nothing was read. */
export interface UnreadPlace {
  readonly span: Span;
  /** What it stands in: the block of the document. */
  readonly within: Span;
  /** Figures that were read beside it. */
  readonly beside: readonly Mention[];
}

/** Everything that is known of a phrase of the page. */
export interface Trace {
  readonly phrase: string;
  readonly mentions: readonly TracedMention[];
  readonly unread: readonly UnreadPlace[];
}
