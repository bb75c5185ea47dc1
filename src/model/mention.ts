import type { Span } from "./span.ts";

/** The kinds that the code knows by name. The rules may have others, which are read, bound and checked by their dimension alone. */
export const MENTION_KINDS = [
  "accelerators",
  "nodes",
  "wall-time",
  "accelerator-hours",
  "price",
  "cost",
  "power",
  "energy",
  "pue",
  "carbon-intensity",
  "carbon",
  "flop",
  "flop-rate",
  "mfu",
  "parameters",
  "tokens",
  "samples",
  "steps",
  "epochs",
  "batch",
  "sequence-length",
  "throughput",
  "step-time",
  "ratio",
  "memory",
] as const;

/** A kind of `rules/kinds.yaml`: one of those above, or any other. */
export type MentionKind = (typeof MENTION_KINDS)[number] | (string & {});

/** "m1": made only by the extractor. */
export type MentionId = string & { readonly brand: "MentionId" };

/** How the digits were printed, which decides what they may stand for. */
export interface PrintedNumber {
  readonly span: Span;
  /** The value with every multiplier printed with the number (k, M, million, x 10^18), not with the unit. The middle of a range. */
  readonly value: number;
  /** Unit of the last place, in the same terms as `value`: "2.788M" has 1000, "4,600" has 100, "512" has 1. */
  readonly lastPlace: number;
  readonly form: NumberForm;
  /** The ends as printed, for a range ("2-3 weeks") or a spread ("18.2 ± 0.4"). */
  readonly range: { readonly low: number; readonly high: number } | null;
  /** What is wrong with the print and what it may stand for: "3.14+23" may be 3.14e23. */
  readonly repair: {
    readonly value: number;
    readonly reason: "missing-exponent-mark" | "decimal-comma" | "lost-superscript" | "reversed-slice" | "power-for-energy";
  } | null;
}

export type NumberForm =
  /** 512; 1,022,362 */
  | "integer"
  /** 2.5; 0.385; 2.788M */
  | "decimal"
  /** 3.14e23; 3.3 · 10¹⁸ */
  | "scientific"
  /** eight; a dozen; half a day; "a day" */
  | "word"
  /** a few; several; dozens */
  | "vague"
  /** 5h 54m; 1 day 11 hours; 1:30:00 */
  | "composite";

export type Hedge = "about" | "nearly" | "over" | "slightly-over" | "up-to" | "under" | "estimated" | "order-of-magnitude";

/** Whose figure it is: the document's own work, somebody else's, or a plan, wish or thought experiment. */
export type Role = "own" | "other" | "hypothetical";

/** What a training figure is about, where the words say so. */
export type Stage = "pretrain" | "finetune" | "rl" | "distill" | "search" | "inference" | "profile" | "data" | "all";

/** A product named on the page. */
export interface HardwareName {
  readonly span: Span;
  /** As printed: "TPU v3", "A100-80GB". */
  readonly text: string;
  /** Catalog ids it may be, likeliest first; empty for a bare "GPU" or "TPU". */
  readonly accelerators: readonly string[];
  /** The machine that was named, if it was one (DGX-2, p3.16xlarge). */
  readonly system: string | null;
}

/** The noun that says what is counted, as printed, folded to one word. "bare" is no noun at all: "512 TPU v3s". */
export type CountNoun =
  | "chip"
  | "core"
  | "device"
  | "cloud-tpu"
  | "board"
  | "host"
  | "node"
  | "pod"
  | "slice"
  | "gpu"
  | "gcd"
  | "module"
  | "superchip"
  | "cpu"
  | "bare";

/** A phrase on the page that states a quantity, exactly as printed. `text` is exactly the text under `span`. */
export interface Mention {
  readonly id: MentionId;
  readonly kind: MentionKind;
  readonly span: Span;
  readonly text: string;
  readonly number: PrintedNumber;
  /** Singular, plain, multiplied prefixes left in: "day", "USD", "MWh", "accelerator-hour", "token/s/accelerator" (the words of the contract). */
  readonly unit: string;
  /** `number.value` in `unit`. Differs from it only where the unit word carries a prefix that the contract's unit has not ("9.5 TFLOPS" is 9.5e12 flop/s). */
  readonly value: number;
  readonly hedge: Hedge | null;
  readonly hardware: HardwareName | null;
  /** What is counted, for accelerators, accelerator-hours and prices; null for the rest. */
  readonly noun: CountNoun | null;
  /** What the figure is for one of: "epoch", "step", "node", "run", "seed", "1e12 token"; "all runs" where it sums several; null for the whole. */
  readonly per: string | null;
  readonly role: Role;
  /** Why the role is not "own", as printed ("would", "Smith et al."); null otherwise. */
  readonly roleEvidence: Span | null;
  /** Who says so, where the document reports a saying: "Turner". */
  readonly speaker: string | null;
  readonly stage: Stage | null;
  /** A price's or cost's kind, where printed: on demand, preemptible, spot; an energy's PUE state; a parameter count's "activated"; `RETRACTED`; `UNTOLD_UNIT`. */
  readonly qualifiers: readonly string[];
  /** The sentence (or table row, or key-value line) it stands in. */
  readonly sentence: Span;
  /** Index into `Document.blocks`. */
  readonly block: number;
  /** Its cell, if it stands in a table: index into `Document.tables`, then row and column. */
  readonly cell: { readonly table: number; readonly row: number; readonly column: number } | null;
  /** 0 to 1: below 0.7 it goes to the review queue only; below 0.9 it never supports an error. */
  readonly confidence: number;
  /** What the mention is of the same number in another unit: index of the words that name a name the linker may use ("XLNet-Large"). */
  readonly rules: readonly string[];
}

/** The qualifier of a figure whose unit neither its header nor the caption says: `unit` is then only the likeliest. */
export const UNTOLD_UNIT = "unit-untold";

/** A qualifier: the figure held once, and another has come in its place. */
export const SUPERSEDED = "superseded";

/** A qualifier: the sentence takes back what it tells, or what somebody told before. */
export const RETRACTED = "retracted";

export function isRetracted({ qualifiers }: Mention): boolean {
  return qualifiers.includes(RETRACTED);
}

/** Whether a figure is taken back, and others tell another one in its place. */
export function isReplaced(mention: Mention, others: readonly Mention[]): boolean {
  return isRetracted(mention) && others.some((other) => other.kind === mention.kind && other.unit === mention.unit && !isRetracted(other));
}

export function isUnitUntold({ qualifiers }: Mention): boolean {
  return qualifiers.includes(UNTOLD_UNIT);
}

/** An operation or an equality that the prose itself shows. */
export type Statement =
  | {
      /** "512 chips * $2/h * 60 h = $61,440", "96 * 10 * 24 = 23,040 GPU-hours = 960 GPU-days": what is said to be equal. */
      readonly kind: "arithmetic";
      readonly span: Span;
      /** At least two, and one of them is worked out from several numbers. */
      readonly sides: readonly WrittenSide[];
    }
  | {
      /** "down from 40 to 25 days, a 38% saving", "halved from 60 hours to 30", "260 hours, 30% more than the 200 of before" */
      readonly kind: "change";
      readonly span: Span;
      readonly from: MentionId;
      readonly to: MentionId;
      /** The figure that tells the change; null for one in words. */
      readonly ratio: MentionId | null;
      readonly number: PrintedNumber;
      readonly unit: "percent" | "times" | "part" | "verb";
      readonly way: ChangeWay;
    }
  | {
      /** "512 TPU chips is 128 TPU devices", "16 Cloud TPUs (64 TPU chips total)", "168 hours (7 days)" */
      readonly kind: "conversion";
      readonly span: Span;
      readonly left: MentionId;
      readonly right: MentionId;
      /** "holds" may tell the accelerators of all machines or of each ("4 DGX-2 with 64 GPUs", "4 DGX-2 with 16 GPUs"). "or" gives an alternative reading ("512 cores, which is 64 devices, could also be meant") and is still exact. */
      readonly relation: "is" | "total" | "or" | "holds";
    }
  | {
      /** "24 layers, hidden size 1024, 340M parameters" */
      readonly kind: "shape";
      readonly span: Span;
      readonly layers: number;
      readonly hidden: number;
      /** Width of the feed-forward layers, and words of the vocabulary, where they are told. */
      readonly feedForward: number | null;
      readonly vocabulary: number | null;
      readonly parameters: MentionId;
    }
  | {
      /** "from March 11 to July 5, 2022, for 117 days" */
      readonly kind: "period";
      readonly span: Span;
      /** Days, both ends counted: the fewest and the most that the dates allow. */
      readonly low: number;
      readonly high: number;
      readonly time: MentionId;
    }
  | {
      /** "TP=8, PP=12 and DP=64 on 6,144 GPUs", a row of a table with columns TP, PP, DP and GPUs, "a micro-batch of 4, accumulated over 16 steps" */
      readonly kind: "degrees";
      readonly span: Span;
      readonly degrees: readonly { readonly way: "tensor" | "pipeline" | "data" | "context"; readonly value: number }[];
      /** Degrees over experts and sequences, which are ways of their own to some, and parts of the others to most. */
      readonly folded: readonly number[];
      readonly accumulation: number | null;
      readonly micro: number | null;
      /** The one count, and the one batch of all, that the sentence or row tells. */
      readonly accelerators: MentionId | null;
      readonly batch: MentionId | null;
    }
  | {
      /** "a Cloud TPU v3 device has four chips", "each node holds 8 H100" */
      readonly kind: "composition";
      readonly span: Span;
      readonly whole: { readonly noun: CountNoun; readonly hardware: HardwareName | null };
      readonly part: { readonly noun: CountNoun; readonly hardware: HardwareName | null };
      readonly count: number;
    };

/** How a change is told: by what is gone or added, by a speed, as a multiple ("as fast"), as a part ("of"); null where no word says it. */
export type ChangeWay = "less" | "more" | "speed" | "as" | "of" | null;

/** One side of written arithmetic, and how it follows the one before. */
export interface WrittenSide {
  readonly expression: WrittenExpression;
  /** By a sign, by words ("which is", "or"), by an arrow behind a computation, by brackets, or printed by the program that worked it out. */
  readonly relation: "equals" | "told" | "or" | "arrow" | "aside" | "printed";
  readonly isAbout: boolean;
  /** The figure that it is, where it is only one number. */
  readonly mention: MentionId | null;
}

/** A unit as printed beside an operand: so many times a product of units over another. */
export interface WrittenUnit {
  readonly size: number;
  readonly above: readonly WrittenAtom[];
  readonly below: readonly WrittenAtom[];
}

export interface WrittenAtom {
  /** "hour", "kWh", as `rules/kinds.yaml` has it. */
  readonly id: string;
  readonly dimension: string;
}

/** The tree of a written computation. */
export type WrittenExpression =
  | { readonly kind: "number"; readonly span: Span; readonly number: PrintedNumber; readonly unit: WrittenUnit | null }
  | {
      readonly kind: "operation";
      readonly span: Span;
      readonly operator: "+" | "-" | "*" | "/" | "^";
      readonly left: WrittenExpression;
      readonly right: WrittenExpression;
    }
  | {
      /** Brackets, or a call that rounds to so many places behind the point. */
      readonly kind: "group";
      readonly span: Span;
      readonly inner: WrittenExpression;
      readonly unit: WrittenUnit | null;
      readonly rounding: "up" | "down" | "nearest" | "same";
      readonly places: number;
    };

/** A name of a model or system on the page. */
export interface SubjectName {
  readonly span: Span;
  /** As printed: "XLNet-Large". */
  readonly text: string;
  /** Why it is believed to be one: in the catalog of names, in the title, a table's row label, a pattern such as "Name-65B". */
  readonly evidence: "catalog" | "title" | "row-label" | "pattern" | "heading" | "key";
}

/** Everything found in one document: figures and statements by the extractor, names by what attaches figures to them. */
export interface Extraction {
  /** In reading order; ids m1, m2 ... */
  readonly mentions: readonly Mention[];
  readonly statements: readonly Statement[];
  readonly subjects: readonly SubjectName[];
}
