import type { HardwareUnit } from "./hardware-unit.ts";
import type { KindDefinition, LexiconEntry, UnitAtom } from "./lexicon.ts";

/** Where a fact comes from. */
export interface Source {
  readonly title: string;
  readonly url: string | null;
  /** ISO date on which it was read; null if it was not recorded. */
  readonly read: string | null;
}

/** What is told as the source of a fact that has none. */
export const UNSOURCED = "unsourced";

/** The title of the first source of a fact; `UNSOURCED` where its row lists none: such a fact supports nothing above a note. */
export function sourceOf({ sources }: { readonly sources: readonly Source[] }): string {
  return sources[0]?.title ?? UNSOURCED;
}

export type Confidence = "high" | "medium" | "low";

/** A product that trains models. Figures are for one canonical unit. */
export interface Accelerator {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  readonly family: string;
  readonly kind: string;
  /** As papers write it; matched without regard to case, spaces and hyphens. */
  readonly aliases: readonly string[];
  /** Aliases that other products share: date, memory or form factor must settle which is meant. */
  readonly ambiguousAliases: readonly string[];
  /** Aliases too short to be believed without a word such as "GPU" or "trained on" near them. */
  readonly aliasesNeedingContext: readonly string[];
  readonly released: string | null;
  readonly canonicalUnit: HardwareUnit;
  /** How many canonical units one of the named units holds: a core of TPU v3 is 0.5 chip, a Cloud TPU device 4. */
  readonly unitsInCanonical: Readonly<Record<HardwareUnit, number>>;
  /** What a noun printed after or before the name may mean, likeliest first: { "Cloud TPU": ["device"] }. */
  readonly words: Readonly<Record<string, readonly HardwareUnit[]>>;
  readonly memoryGigabytes: number | null;
  /** 10^12 FLOP/s without structured sparsity, by precision: fp16_matrix, bf16_matrix, fp32_vector ... */
  readonly densePeakTeraflops: Readonly<Record<string, number>>;
  /** 2 where the vendor also advertises a figure with 2:4 sparsity. */
  readonly sparseFactor: number | null;
  readonly headlineTraps: readonly { readonly value: number; readonly unit: string; readonly means: string }[];
  /** Limit of the board, module or chip as the vendor gives it, in watts; not measured draw. */
  readonly thermalDesignPowerWatts: number | null;
  /** Names such as "v3-256": what the number counts. */
  readonly slice: Slice | null;
  readonly podCanonicalUnits: number | null;
  readonly notes: string | null;
  readonly confidence: Confidence;
  readonly sources: readonly Source[];
}

export interface Slice {
  /** What stands before the number, without spaces or hyphens, lower case: "v3", "v5litepod". */
  readonly prefixes: readonly string[];
  readonly counts: HardwareUnit;
}

/** A machine sold or rented as one: DGX-2, p3.16xlarge, a Summit node. */
export interface System {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  readonly aliases: readonly string[];
  readonly released: string | null;
  /** Accelerator id to the number of its canonical units in one machine. */
  readonly contains: Readonly<Record<string, number>>;
  readonly powerKilowattsMax: number | null;
  readonly notes: string | null;
  readonly confidence: Confidence;
  readonly sources: readonly Source[];
}

export type PriceKind = "on_demand" | "spot" | "preemptible" | "reserved_1y" | "reserved_3y" | "capacity_block" | "assumed_in_paper";

/** What one hour of something cost, when and where. */
export interface Price {
  readonly id: string;
  readonly provider: string;
  readonly sku: string;
  /** Accelerator id. */
  readonly hardware: string;
  /** What the price buys. */
  readonly unit: HardwareUnit;
  readonly canonicalUnitsPerUnit: number;
  readonly kind: PriceKind;
  readonly region: string;
  readonly currency: string;
  readonly perHour: number;
  readonly includes: string;
  /** ISO dates as exact as the sources allow; null is unknown (from) or still open (to). */
  readonly validFrom: string | null;
  readonly validTo: string | null;
  /** ISO dates on which a source shows this very price. */
  readonly observed: readonly string[];
  readonly note: string | null;
  readonly confidence: Confidence;
  readonly sources: readonly Source[];
}

/** A name of an AI system, used to tell runs apart. */
export interface SystemName {
  readonly name: string;
  /** ISO date of publication as exact as known. */
  readonly date: string | null;
  readonly parameters: number | null;
}

/** How large a unit is. */
export interface UnitSize {
  /** Plain singular name used in the output contract: "day", "kWh", "lb". */
  readonly id: string;
  /** The unit that equations reckon in: "hour", "kW", "kWh", "kg", "flop", "1". */
  readonly base: string;
  /** Base units in one of these. */
  readonly size: number;
}

/** How a word may be understood, and how likely each way is before any evidence: the data behind "16 Cloud TPUs are devices". */
export interface ReadingRule {
  readonly id: string;
  /** Accelerator families or ids this holds for; empty for all. */
  readonly hardware: readonly string[];
  /** Printed nouns this holds for: "chip", "core", "device", "cloud-tpu", "bare", "slice", "host", "board", "gpu". */
  readonly nouns: readonly string[];
  /** Holds only for printed counts in this range; null for all. */
  readonly counts: { readonly low: number; readonly high: number } | null;
  readonly readings: readonly { readonly unit: HardwareUnit; readonly weight: number }[];
  readonly because: string;
  readonly sources: readonly Source[];
}

/** One equation of the constraint network, from `rules/equations/`. */
export interface Equation {
  /** "money/run-cost": names the quantity compared; never reused. */
  readonly id: string;
  readonly title: string;
  readonly status: "draft" | "stable" | "retired";
  readonly since: string;
  /** D definition, A arithmetic shown in the text, M accounting model, P physical or estimating model. */
  readonly class: "D" | "A" | "M" | "P";
  /** The slot on the left. */
  readonly result: string;
  /** The right side: a product of powers of slots and a constant, or a sum of slots. */
  readonly terms: readonly EquationTerm[];
  readonly form: "product" | "sum";
  readonly constant: number;
  /** Band of stated / derived that is admitted beyond rounding. */
  readonly slack: { readonly low: number; readonly high: number; readonly because: string };
  /** Band outside which a disagreement of stated figures may be an error; between the two bands it is a warning. */
  readonly errorBand: { readonly low: number; readonly high: number } | null;
  /** The gravest severity a disagreement may have. */
  readonly severityCap: "error" | "warning" | "note";
  /** True when a run that states all premises but one, and not the result, is worth a line saying what is missing. */
  readonly asks: boolean;
  /** True for a variant that a claim may fit, but need not. */
  readonly confirmsOnly: boolean;
  /** True where only the result may be worked out: what the equation leaves open would pass into its premises. */
  readonly forwardOnly: boolean;
  readonly sources: readonly Source[];
  /** The page beside it, Markdown. */
  readonly page: string;
}

/**
 * What a rule lets pass before it tells a disagreement.
 *
 * none: rounding alone, for definitions and arithmetic that the text shows. band: what leaks. open: what the text leaves open may make
 * up for it, so that it is told as a note, or only where a known slip explains it.
 */
export type Leeway = "none" | "band" | "open";

/** A check that is code, with its page in `rules/checks/`. */
export interface Check {
  /** "table/total": the path of its page. */
  readonly id: string;
  readonly leeway: Leeway;
  readonly because: string;
}

export interface EquationTerm {
  readonly slot: string;
  /** 1 multiplied, -1 divided; for sums the sign. */
  readonly power: number;
}

/** Mistakes that chance makes, too: a digit of one figure, a place of another, a factor of two with no reason of its own. */
export const BY_CHANCE: ReadonlySet<string> = new Set(["decimal-point", "digit-slip", "count-for-two", "count-for-four"]);

/** A known slip: a factor that explains a disagreement, offered only if its gate is open. */
export interface Diagnosis {
  readonly id: string;
  /** The factor stated / derived, and its inverse, explain; null when it is computed from the premises (chips per device, PUE ...). */
  readonly factors: readonly number[];
  /** Relative tolerance of the factor. */
  readonly tolerance: number;
  /** Slots, one of which must be among the premises. */
  readonly gate: readonly string[];
  /** Units, one of which a figure must be told in; empty for all. */
  readonly units: readonly string[];
  /** Hardware families or kinds that open the gate; empty for all. */
  readonly hardware: readonly string[];
  readonly words: string;
  /** Likelier ones first when several fit. */
  readonly prior: number;
  readonly sources: readonly Source[];
}

/** A quantity that equations may speak of. */
export interface SlotDefinition {
  /** "accelerator_hours" */
  readonly id: string;
  /** What it is called in a sentence: "accelerator-hours". */
  readonly title: string;
  /** A product of base dimensions: "money/(accelerator*time)"; "1" for a pure number. */
  readonly dimension: string;
  /** The unit in which it is worked out and shown. */
  readonly unit: string;
  /** What is usual where nothing is stated, in that unit; for estimates alone. */
  readonly usual?: { readonly value: number; readonly low: number; readonly high: number; readonly source: string } | undefined;
}

/** Energy at the meter of a data center for one unit of energy at its machines, as an operator or survey gives it. */
export interface PowerUsageEffectiveness {
  readonly id: string;
  readonly operator: string;
  /** "fleet average", "site: Hamina, Finland (europe-north1)" ... */
  readonly scope: string;
  /** First and last year it holds for; null is open. */
  readonly yearFrom: number | null;
  readonly yearTo: number | null;
  readonly value: number;
  readonly note: string | null;
  readonly confidence: Confidence;
  readonly sources: readonly Source[];
}

/** What the electricity of a place emits. */
export interface GridIntensity {
  readonly id: string;
  /** "France", "US-CAL-CISO", "us-central1" ... */
  readonly place: string;
  readonly kind: "country" | "state" | "zone" | "cloud-region";
  /** Cloud provider, for a cloud region; else null. */
  readonly provider: string | null;
  /** What is counted: "direct" (at the stack), "lifecycle", or what a provider or tool publishes. */
  readonly basis: string;
  /** Kilograms of CO2 or CO2e per kWh, by year. */
  readonly kilogramsPerKilowattHour: Readonly<Record<string, number>>;
  readonly note: string | null;
  readonly confidence: Confidence;
  readonly sources: readonly Source[];
}

/** What a word or phrase may be a sign of. */
export const CUES = [
  "joint",
  "and",
  "verb",
  "own",
  "of-ours",
  "makes",
  "cited",
  "hearsay",
  "saying",
  "condition",
  "modal",
  "plan",
  "request",
  "limit",
  "equivalent",
  "denied",
  "not-denied",
  "retracted",
  "stage-pretrain",
  "stage-finetune",
  "stage-rl",
  "stage-distill",
  "stage-search",
  "stage-inference",
  "stage-profile",
  "stage-data",
  "stage-all",
  "about-training",
  "about-serving",
  "about-api",
  "about-people",
  "about-storage",
  "about-purchase",
  "about-data",
  "about-evaluation",
  "same",
  "by-means",
  "former",
  "latter",
  "example",
  "contrast",
  "hardware",
  "of-gpu",
  "of-tpu",
  "of-cpu",
  "cell-total",
  "cell-subtotal",
  "cell-compared",
  "cell-mean",
  "cell-same",
  "cell-none",
  "is-with-pue",
  "is-included",
  "is-electricity",
  "is-activated",
  "is-seen",
  "is-corpus",
  "is-less",
  "is-rest",
  "is-outcome",
  "is-superseded",
  "was-once",
  "goes-down",
  "goes-up",
  "is-share",
  "is-total",
  "is-whole",
  "is-amount",
  "is-hardware",
  "is-gross",
  "is-net",
  "is-market-based",
  "is-location-based",
  "is-design",
  "is-measured",
  "is-peak",
  "is-sparse",
] as const;

export type CueKind = (typeof CUES)[number];

/** Words of one language that are a sign of one thing. */
export interface CueWords {
  /** "en/plan" */
  readonly id: string;
  readonly cue: CueKind;
  /** "fine-tun*" is all that begins so; one with a capital is looked for as it is printed. */
  readonly words: readonly string[];
}

/** Everything that comes from `rules/`, validated. Pure data, handed to the stages as their first argument. */
export interface Catalog {
  /** Hash of the rules, for reproducible reports. */
  readonly hash: string;
  readonly accelerators: readonly Accelerator[];
  readonly systems: readonly System[];
  readonly prices: readonly Price[];
  readonly names: readonly SystemName[];
  readonly units: readonly UnitSize[];
  readonly readings: readonly ReadingRule[];
  readonly equations: readonly Equation[];
  readonly checks: readonly Check[];
  readonly diagnoses: readonly Diagnosis[];
  readonly slots: readonly SlotDefinition[];
  readonly powerUsageEffectiveness: readonly PowerUsageEffectiveness[];
  readonly grids: readonly GridIntensity[];
  /** The units that figures are counted in. */
  readonly atoms: readonly UnitAtom[];
  readonly kinds: readonly KindDefinition[];
  /** The words of all languages. */
  readonly lexicon: readonly LexiconEntry[];
  readonly cues: readonly CueWords[];
  readonly decisions: readonly DecisionWeights[];
  readonly wordClasses: readonly WordClass[];
}

/** Words in and beside names that tell the same of a name: "called", "dataset", "organization". */
export interface WordClass {
  readonly id: string;
  readonly words: readonly string[];
}

/** What each feature counts for in one decision: whose figure it is, which product, whose voice. */
export interface DecisionWeights {
  readonly id: string;
  readonly about: string;
  /** By how much the best answer must lead the second. */
  readonly margin: number;
  /** What is believed before any example is seen; the fit starts from it. It counts only through the weights. */
  readonly prior?: Readonly<Record<string, number>>;
  readonly weights: Readonly<Record<string, number>>;
}

/** The weights of a decision; none where the catalog has none, so that nothing is chosen. */
export function weightsOf({ decisions }: Catalog, id: string): DecisionWeights {
  return decisions.find((decision) => decision.id === id) ?? { id, about: "", margin: 1, weights: {} };
}

/** What a rule lets pass: a check says so, of an equation its band and the gravest it tells do. Null for an id of no rule. */
export function leewayOf({ checks, equations }: Catalog, rule: string): Leeway | null {
  const equation = equations.find(({ id }) => id === rule);
  if (equation === undefined) return checks.find(({ id }) => id === rule)?.leeway ?? null;
  if (equation.severityCap === "note") return "open";
  return equation.slack.low === 1 && equation.slack.high === 1 ? "none" : "band";
}
