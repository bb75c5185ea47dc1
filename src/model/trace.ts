import type { Finding, Withheld } from "./finding.ts";
import type { Mention, MentionId } from "./mention.ts";
import type { Span } from "./span.ts";

/** "kind" is what a number with a unit is, "bare" what one without is; "reading" what quantity of a run it gives. */
export const DECISIONS_TAKEN = ["kind", "bare", "reading", "model", "product", "role", "binding"] as const;

/** One thing that a figure could have been taken for. */
export interface Candidate {
  readonly choice: string;
  /** Larger is likelier; comparable within one decision. */
  readonly score: number;
  /** What spoke for it, and against it, by name; 1 for what merely holds. */
  readonly features: Readonly<Record<string, number>>;
  /** Of a binding: how likely it is before figures are compared, and that it holds and agrees, or holds and does not, afterwards. */
  readonly odds?: { readonly prior: number; readonly agrees: number; readonly differs: number };
}

/** How weights chose: by how much the best answer led, how much was asked for, and what is taken where that is not reached. */
export interface Weighing {
  readonly lead: number;
  readonly margin: number;
  readonly otherwise: string;
}

/** What there was to choose from, and what was chosen. Null where no choice was made. */
export interface Choice {
  readonly decision: (typeof DECISIONS_TAKEN)[number];
  /** Best first; of a binding only those that matter. */
  readonly candidates: readonly Candidate[];
  readonly chosen: string | null;
  /** Where weights chose, the features are told with theirs. */
  readonly weighing?: Weighing;
  /** Of a binding: how many ways there were in all. */
  readonly tried?: number;
}

/** A decision on a figure. */
export interface Decision extends Choice {
  readonly mention: MentionId;
  /** Of a binding: why nothing is told of it. */
  readonly untold?: Untold | null;
}

/** What a number of the page was taken for, be it a figure or none. */
export interface NumberDecision extends Choice {
  readonly span: Span;
  /** The sentence says that it is not so. */
  readonly isDenied: boolean;
}

/** What the stages decided on a phrase of the page. */
export interface Decisions {
  readonly numbers: readonly NumberDecision[];
  readonly mentions: readonly Decision[];
}

/** Why a binding is not told. */
export type Untold = "unlikely" | "too-wide" | "restated" | "given-elsewhere" | "other-voice" | "far-off" | "told-of-another";

/** Why nothing is told of a figure by itself. */
export type Silence = "premise" | "hypothetical" | "alone" | "not-compared" | Untold;

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
  /** What its numbers could have been, where that was asked for. */
  readonly numbers: readonly NumberDecision[];
}

/** Everything that is known of a phrase of the page. */
export interface Trace {
  readonly phrase: string;
  readonly mentions: readonly TracedMention[];
  readonly unread: readonly UnreadPlace[];
}
