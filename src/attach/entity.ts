/** What figures can be of, and where it stands. */
import type { Span } from "../model/span.ts";
import type { Reference } from "./references.ts";

/** Something that figures can be of: a model, a run, a system, named or not. */
export interface Entity {
  /** Folded name. */
  readonly key: string;
  /** As first printed. */
  readonly text: string;
  /** Above zero it is a name. */
  readonly score: number;
  readonly features: readonly string[];
  /** It is spoken of without a name. */
  readonly isReference: boolean;
  /** The size or variant by which a thing without a name is told: "13b", "base"; empty for names. */
  readonly size: string;
  /** In reading order. */
  readonly occurrences: readonly Occurrence[];
}

export interface Occurrence {
  readonly span: Span;
  readonly block: number;
  readonly kind: "name" | "describing" | "label" | Reference["kind"];
}
