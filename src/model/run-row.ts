/** A quantity of the table of runs: one column for its value, and one for each thing that is told of it. */
export interface RunColumn {
  /** Head of the column, as in Epoch's table of notable models where it has one. */
  readonly name: string;
  readonly kinds: readonly string[];
  /** Base units that the column takes. */
  readonly base: RegExp;
  /** What one base unit is in the unit of the column. */
  readonly size: number;
  readonly low: number;
  readonly high: number;
  readonly isWhole?: true;
  /** A bare number of a table is mostly a score. */
  readonly needsUnit?: true;
  /** Only figures of the active parameters, or only the others. */
  readonly isActive?: boolean;
}

const HOUR_OF_DEVICES = /^[a-z-]+-hour$/;
const MONEY = /^[A-Z]{3}$/;

/**
 * The quantities in the order of the table.
 *
 * `low` and `high` are in the unit of the column: beyond them lies nothing that was ever trained or paid, so that it was something else.
 */
export const RUN_COLUMNS: readonly RunColumn[] = [
  {
    ...{ name: "Hardware quantity", kinds: ["accelerators", "nodes"], base: /^(?:accelerator|gpu|chip|npu|gcd|device|board|card|core)$/ },
    ...{ size: 1, low: 1, high: 2e6, isWhole: true },
  },
  { name: "Nodes", kinds: ["nodes"], base: /^node$/, size: 1, low: 1, high: 2e5, isWhole: true },
  { name: "Training time (hours)", kinds: ["wall-time"], base: /^hour$/, size: 1, low: 1 / 60, high: 26_280 },
  { name: "Training chip-hours", kinds: ["accelerator-hours", "wall-time"], base: HOUR_OF_DEVICES, size: 1, low: 0.1, high: 1e10 },
  { name: "Price per chip-hour", kinds: ["price"], base: /^[A-Z]{3}\/[a-z-]+-hour$/, size: 1, low: 0.001, high: 1000 },
  { name: "Training cost", kinds: ["cost"], base: MONEY, size: 1, low: 1, high: 1e12, needsUnit: true },
  { name: "Power of one chip (W)", kinds: ["power"], base: /^kW(?:\/accelerator)?$/, size: 1000, low: 1, high: 2500 },
  { name: "Training power draw (W)", kinds: ["power"], base: /^kW$/, size: 1000, low: 2500, high: 1e11 },
  { name: "Energy (kWh)", kinds: ["energy"], base: /^kWh$/, size: 1, low: 0.01, high: 1e11 },
  { name: "PUE", kinds: ["pue"], base: /^1$/, size: 1, low: 1, high: 5 },
  { name: "Carbon (kg CO2e)", kinds: ["carbon"], base: /^kg$/, size: 1, low: 0.01, high: 1e11 },
  { name: "Carbon intensity (kg/kWh)", kinds: ["carbon-intensity"], base: /^kg\/kWh$/, size: 1, low: 0, high: 2 },
  { name: "Parameters", kinds: ["parameters"], base: /^parameter$/, size: 1, low: 1000, high: 1e15, isActive: false },
  { name: "Active parameters", kinds: ["parameters"], base: /^parameter$/, size: 1, low: 1000, high: 1e15, isActive: true },
  { name: "Training dataset size (total)", kinds: ["tokens"], base: /^token$/, size: 1, low: 1e6, high: 1e16 },
  { name: "Epochs", kinds: ["epochs"], base: /^epoch$/, size: 1, low: 0.01, high: 1e6 },
  { name: "Batch size", kinds: ["batch"], base: /^(?:sequence|sample|token|image)$/, size: 1, low: 1, high: 1e10, isWhole: true },
  { name: "Sequence length", kinds: ["sequence-length"], base: /^token$/, size: 1, low: 2, high: 1e9, isWhole: true },
  { name: "Steps", kinds: ["steps"], base: /^step$/, size: 1, low: 2, high: 1e12, isWhole: true },
  { name: "Training compute (FLOP)", kinds: ["flop"], base: /^flop$/, size: 1, low: 1e12, high: 1e30 },
  { name: "Hardware utilization (MFU)", kinds: ["mfu"], base: /^1$/, size: 1, low: 0.001, high: 1 },
  { name: "Throughput (tokens/s)", kinds: ["throughput"], base: /^token\/s$/, size: 1, low: 0, high: 1e12 },
  { name: "Throughput of one chip (tokens/s)", kinds: ["throughput"], base: /^token\/s\/accelerator$/, size: 1, low: 0, high: 1e9 },
];

/** What is told of each value. */
export interface RunValue {
  /** In the unit of the column. */
  readonly value: number;
  readonly unit: string;
  /** As printed; null for what was worked out. */
  readonly text: string | null;
  readonly page: number | null;
  readonly line: number | null;
  readonly quote: string | null;
  /** "stated", or "worked out by" and the rule. */
  readonly origin: string;
  readonly role: "own" | "other";
  /** Of the finding on it, the most severe; null where it was not judged. */
  readonly verdict: string | null;
  readonly confidence: number;
  /** Other values that the document prints of the same quantity. */
  readonly also: readonly string[];
}

/** One training run of one document. */
export interface RunRow {
  readonly model: string | null;
  /** Where the authors of a document work, which need not be where a model that it only cites was made: null there. */
  readonly organization: string | null;
  /** Of the document. */
  readonly authors: string | null;
  readonly date: string | null;
  readonly document: string;
  readonly title: string | null;
  readonly sha256: string | null;
  readonly hardware: string | null;
  readonly role: "own" | "other";
  /** How many findings on figures of the run have each verdict: "consistent 2, inconsistent 1". */
  readonly verdicts: string;
  /** The least of its values. */
  readonly confidence: number;
  /** By the name of the column. */
  readonly values: ReadonlyMap<string, RunValue>;
}
