import type { MentionId, Role, Statement } from "./mention.ts";
import type { Quantity } from "./quantity.ts";

/** "r1": made only by the linker. */
export type RunId = string & { readonly brand: "RunId" };

/** One training run and the quantities that belong to it. */
export interface Run {
  readonly id: RunId;
  /** "XLNet-Large", as printed; null where the document speaks of one run without naming it. */
  readonly subject: string | null;
  readonly quantities: readonly Quantity[];
  /** Catalog ids of the products that it may have run on, also where the name stands beside no figure. */
  readonly hardware: readonly string[];
  /** Of these, the figures that are told of another run and only support the claims of this one. */
  readonly lent: ReadonlySet<MentionId>;
  /** How the quantities came together: a weaker tie never supports an error. */
  readonly tie: "row" | "sentence" | "paragraph" | "section" | "document";
}

/** What the linker made of a document. */
export interface Linked {
  readonly runs: readonly Run[];
  /** Every quantity, whether it belongs to a run or not. */
  readonly quantities: readonly Quantity[];
  readonly statements: readonly Statement[];
  /** Subject and hardware as attached, for every mention. */
  readonly attachments: ReadonlyMap<MentionId, Attachment>;
}

/** How a figure came to its model, strongest first. "none" is no model at all. */
export type SubjectTie = "cell" | "sentence" | "paragraph" | "heading" | "section" | "document" | "none";

/** What ties a figure to its model. */
export interface ModelTie {
  readonly tie: SubjectTie;
  /** A row that adds up the others. */
  readonly isTotal: boolean;
  /** Whether the row says in which work the figure is told. */
  readonly isCited: boolean;
}

export interface Attachment {
  readonly subject: string | null;
  /** Absent where nobody asked: no model at all. */
  readonly model?: ModelTie;
  /** The product's name as printed, also where it was printed beside another figure of the run. */
  readonly hardware: string | null;
  /** Catalog ids that the product may be, likeliest first; empty where it is not known. */
  readonly products: readonly string[];
  /** Whose figure it is, by its words and by the model it belongs to. */
  readonly role: Role;
}

/** A subject as its spellings have it in common: "LLaMA-65B" and "LLaMA 65B" are one. Empty for none. */
export function foldedSubject(subject: string | null): string {
  return (subject ?? "").toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}
