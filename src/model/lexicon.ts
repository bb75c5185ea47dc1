import type { MentionKind } from "./mention.ts";

/** A unit that figures are counted in, from `rules/kinds.yaml`. */
export interface UnitAtom {
  /** As lexicons name it: "hour", "card", "kWh". */
  readonly id: string;
  /** The base dimension: "time", "accelerator"; "part" for what a figure is only for one of (a seed, a fold). */
  readonly dimension: string;
  /** The word of the contract: a "card" is printed "accelerator". */
  readonly prints: string;
}

/** A kind of quantity, from `rules/kinds.yaml`. */
export interface KindDefinition {
  readonly kind: MentionKind;
  /** Products of base dimensions that a figure of the kind may have: "accelerator*time", "mass/energy"; "1" for a pure number. */
  readonly dimensions: readonly string[];
  /** Whether figures of parts add up to that of the whole. */
  readonly adds: boolean;
  /** Whether a person chooses it: no two of them are added up, and none is what is left of another. */
  readonly isSetting: boolean;
  /** Whether the figure is one of a product (its count, time, price), so that a product is attached to it. */
  readonly product: boolean;
  /** Whether a figure is only one of the kind where the page names it so: a percentage is no utilization by itself. */
  readonly isNamed: boolean;
}

/** What a word of a lexicon does in a sentence. */
export const LEXICON_ROLES = [
  "units",
  "multipliers",
  "label-multipliers",
  "numbers",
  "hedges",
  "names",
  "and",
  "articles",
  "definite",
  "of",
  "per",
  "times",
  "each",
  "stops",
  "to",
  "between",
  "contains",
  "neutral",
  "foreign",
  "again",
  "further",
  "point",
  "counters",
  "ordinal",
  "per-after",
  "pronouns",
  "owners",
  "by-the",
  "fractions",
  "passes",
  "decimals",
  "capitals",
  "scripts",
  "parts",
  "results",
  "operators",
  "functions",
  "changes",
  "compared",
  "totals",
] as const;

export type LexiconRole = (typeof LEXICON_ROLES)[number];

/** Words of one language that do the same: "hour", "hrs" and "h" are the unit "hour". */
export interface LexiconEntry {
  /** "en/units/hour" */
  readonly id: string;
  readonly language: string;
  readonly role: LexiconRole;
  /** What the words stand for: a unit expression, a value, a hedge, a kind; empty for words of grammar. */
  readonly value: string;
  /** A space stands for any gap; a word with a capital, or of one or two letters, is matched as it is written. */
  readonly words: readonly string[];
}
