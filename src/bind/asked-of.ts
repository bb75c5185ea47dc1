import type { MentionKind } from "../model/mention.ts";
import type { Candidate, Count, Shape, Term } from "./candidate.ts";
import type { Cue } from "./cues.ts";
import type { Feature } from "./feature-names.ts";
import type { Known } from "./known.ts";
import type { Print } from "./print.ts";
import type { Ledger } from "./reach.ts";
import type { Place } from "./surroundings.ts";
import type { TypedValue } from "./typed-value.ts";

/** What is known of a claim before its candidates are looked at. */
export interface AskedOf {
  readonly ledger: Ledger;
  readonly claim: TypedValue;
  readonly place: Place;
  readonly cue: Cue;
  /** Those of all figures. */
  readonly cues: readonly Cue[];
  readonly print: Print;
  /** Figures that other claims of its dimension are worked out from. */
  readonly taken: Pick<ReadonlySet<number>, "has">;
  /** What figures give each other before anything is weighed. */
  readonly known: Known;
  /** Numbers of runs, seeds or models near it. */
  readonly counts: readonly Count[];
  /** How the words of the claim tell of what they count. */
  readonly parts: PartsTold;
  /** Of a ratio, the dimension of what it compares, where its words tell it: "four times the GPU-hours". */
  readonly compared: string | null;
  /** What would multiply and is told beside it, by kind. */
  readonly multipliers: readonly Multiplier[];
  /** Others of its dimension stand near that are not the same again. */
  readonly hasPeers: boolean;
  /** Figures of which it is known whether they are the nearest of their kind. */
  readonly choices: Map<TypedValue, boolean>;
}

/** How the parts of the work are told in the words of a claim: of one of them, or of all. */
export type PartsTold = ReadonlyMap<string, "one" | "all">;

/** A kind of figure by which products are usually multiplied, and whether the nearest stands behind the claim. */
export interface Multiplier {
  readonly kind: MentionKind;
  readonly isBehind: boolean;
}

/** How a candidate is built, as far as features ask: its shape, and of a product whether it is an equation. */
export interface Way {
  readonly shape: Shape;
  readonly group: string;
  readonly turn: string;
  /** Place among all ways. */
  readonly index: number;
}

/** Takes what is told of a candidate; what many candidates of a claim share is told as a whole, so that it need be told but once. */
export interface Listener {
  readonly add: Add;
  /** What is told of all candidates of a way. */
  readonly addOfWay: (asked: AskedOf, way: Way, tell: (asked: AskedOf, way: Way, add: Add) => void) => void;
  /** What is told of a figure in all candidates of a way in which it multiplies, or divides. */
  readonly addOfTerm: (
    asked: AskedOf,
    way: Way,
    term: Term,
    tell: (asked: AskedOf, way: Way, term: Term, listener: Listener) => void,
  ) => void;
  /** What is told of a figure beside a claim, whichever candidate it is in. */
  readonly addOf: (asked: AskedOf, value: TypedValue, tell: (asked: AskedOf, value: TypedValue, add: Add) => void) => void;
}

export type Add = (feature: Feature, amount: number) => void;

/** The rank of the nearness of what stands furthest from the claim. */
export function furthestOf({ ledger, claim }: AskedOf, { terms }: Candidate): number {
  let furthest = 0;
  for (const { value } of terms) furthest = Math.max(furthest, ledger.relations.rank(claim.at, value.at));
  return furthest;
}
