import type { Equation } from "../model/catalog.ts";
import type { Interval } from "../model/interval.ts";
import type { Span } from "../model/span.ts";
import type { Dimensions } from "./dimensions.ts";
import type { TypedValue } from "./typed-value.ts";

/** A definition that is no figure of the text: 6 FLOP for a parameter and a token. */
export interface Definition {
  readonly id: string;
  readonly title: string;
  readonly value: number;
  readonly unit: string;
  readonly dimensions: Dimensions;
  readonly key: string;
  /** The dimension that it is looked for to cancel. */
  readonly cancels: "flop" | "parameter";
  /** A dated fact of the catalog is no definition. */
  readonly source: string | null;
}

/** A number of the text that counts something without a known unit: "five seeds". */
export interface Count {
  readonly value: number;
  readonly span: Span;
  /** What it counts, as lexicons name it: "seed", "fold"; null where it is only multiplied. */
  readonly part: string | null;
  /** The row that it stands in, under a header for what it counts; null in prose. */
  readonly row: { readonly table: number; readonly row: number } | null;
}

/** One factor or summand of a candidate. */
export interface Term {
  readonly value: TypedValue;
  /** 1 multiplied or added, -1 divided by or taken away. */
  readonly sign: 1 | -1;
}

/**
 * How a claim is worked out from its terms.
 *
 * "stages" adds up products of one form; "same" restates or converts one figure; "less" is 1 - a/b, "more" a/b - 1, "share" a part of the sum of several.
 */
export type Shape = "product" | "stages" | "same" | "sum" | "difference" | "ratio" | "less" | "more" | "share";

/** A way to work out a claim from other figures, whose dimension is the claim's. Values are logarithms. */
export interface Candidate {
  readonly claim: TypedValue;
  readonly shape: Shape;
  readonly terms: readonly Term[];
  readonly definitions: readonly { readonly definition: Definition; readonly sign: 1 | -1 }[];
  readonly counts: readonly Count[];
  /** What a product is by its dimensions alone; null for other shapes. */
  readonly structure: Structure | null;
  /** For sums: which series of figures was added up. */
  readonly series: Series | null;
  /** The products that are added up; null for other shapes than stages. */
  readonly summands: readonly Candidate[] | null;
  /** Whether of two products the second is taken from the first instead. */
  readonly isRest?: boolean;
  /** Of a sum, what its parts have in common; null for other shapes. */
  readonly parts: Parts | null;
  readonly log: number;
  readonly strict: Interval;
  readonly generous: Interval;
}

/** The equation that a product is, and whether it is solved for its result. */
export interface Named {
  readonly equation: Equation;
  readonly isForward: boolean;
}

/** How a product is built, whatever figures it holds. */
export interface Structure {
  /** The equations of the catalog that work with the same dimensions. */
  readonly named: readonly Named[];
  /** An equation works with the same dimensions and a constant that the product lacks: three times the forward pass. */
  readonly lacksConstant: boolean;
}

/** The parts of a sum as one. */
export interface Parts {
  readonly count: number;
  /** Different models among the parts, "none" being one. */
  readonly subjects: number;
  readonly hasOwnSubject: boolean;
  /** The claim and the parts are told in more than one unit. */
  readonly hasUnits: boolean;
  readonly isInSentence: boolean;
  /** No two of them stand in one block. */
  readonly hasOwnBlocks: boolean;
  readonly hasOtherRole: boolean;
  /** The logarithm of the largest. */
  readonly most: number;
  /** Where the figure stands that would be the next part: with the last one in a sentence or a list; null where the series is whole. */
  readonly cut: "sentence" | "list" | null;
  /** Whether it begins at what is told as a total, or goes on beyond one, whose own parts it then holds twice. */
  readonly total: "from" | "over" | null;
}

/** Figures that stand in line: the cells above a total, those of its row, the peers before or after it in the text. */
export type Series = "column" | "group" | "leaves" | "totals" | "carried" | "row" | "before" | "after" | "all";

/** What a candidate has that compares figures and is nothing else. */
export const OF_FIGURES_ALONE = {
  definitions: [],
  counts: [],
  structure: null,
  series: null,
  summands: null,
  parts: null,
} as const satisfies Partial<Candidate>;
