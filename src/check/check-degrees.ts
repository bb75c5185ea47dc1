import type { Finding } from "../model/finding.ts";
import type { Statement } from "../model/mention.ts";
import type { Figure, NonEmpty, Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { statementFinding } from "./statement-finding.ts";
import { exactly } from "./working.ts";

type Degrees = Extract<Statement, { kind: "degrees" }>;

/** A factor of the product, with what it counts. */
interface Factor {
  readonly value: number;
  readonly unit: string;
}

/**
 * Checks accelerators as the product of the degrees of parallelism that their sentence or row tells, and a batch as the product of
 * its micro-batch, the accumulated steps and the data parallelism.
 *
 * Experts, sequences and shards are folded into other degrees by some: a product that is off by one of the degrees is let pass, but
 * not where the other rows of its table show how they are counted.
 */
export function checkDegrees(statements: readonly Statement[], quantities: readonly Quantity[], runs: readonly Run[]): readonly Finding[] {
  const split = statements.flatMap((statement): readonly Split[] => {
    if (statement.kind !== "degrees") return [];
    const of = (id: string | null): Quantity | undefined => quantities.find(({ mention }) => mention.id === id);
    return [{ told: statement, accelerators: of(statement.accelerators), batch: of(statement.batch) }];
  });
  return split.flatMap((one) => {
    const table = one.accelerators?.mention.cell?.table;
    const beside = table === undefined ? [] : split.filter((other) => other !== one && other.accelerators?.mention.cell?.table === table);
    return [...parallel(one, beside, runs), ...globalBatch(one, runs)];
  });
}

/** Degrees with the figures that they are told of. */
interface Split {
  readonly told: Degrees;
  readonly accelerators: Quantity | undefined;
  readonly batch: Quantity | undefined;
}

/** Rows that obey before one that does not is told whatever it is off by, and the share of all others that they must be. */
const LEAST_ROWS = 3;
const LEAST_SHARE = 0.75;

/** Ways to split a model itself. */
const MODEL_WAYS = ["tensor", "pipeline"] as const;

function parallel({ told, accelerators: claim }: Split, beside: readonly Split[], runs: readonly Run[]): readonly Finding[] {
  if (claim === undefined || !isSplit(told)) return [];
  const factors = factorsOf(told, claim);
  const obeying = beside.filter((other) => other.accelerators !== undefined && isProduct(other.told, other.accelerators)).length;
  const isKnown = obeying >= LEAST_ROWS && obeying >= LEAST_SHARE * beside.length;
  // A table of which no row obeys, or few do, counts in a way of its own.
  const isOwnWay = claim.mention.cell !== null && (obeying === 0 || obeying * 2 < beside.length);
  if (!isProduct(told, claim) && !isKnown && (isOwnWay || mayBeUntold(told, claim))) return [];
  return [judge(claim, factors, "hardware/parallel", runs)];
}

function isSplit({ degrees }: Degrees): boolean {
  return degrees.length >= 2 && degrees.some(({ way }) => way === "data");
}

/** The degrees as factors; those over experts and sequences only where the count is their product with the rest. */
function factorsOf({ degrees, folded }: Degrees, claim: Quantity): readonly Factor[] {
  const factor = (value: number): Factor => ({ value, unit: "1" });
  const plain = degrees.map(({ value }) => factor(value));
  const more = [...folded.map((value) => [value]), folded].find(
    (values) => productOf([...plain, ...values.map(factor)]) === claim.mention.value,
  );
  return productOf(plain) === claim.mention.value ? plain : [...plain, ...(more ?? []).map(factor)];
}

function isProduct(told: Degrees, claim: Quantity): boolean {
  return isSplit(told) && productOf(factorsOf(told, claim)) === claim.mention.value;
}

/** Whether a degree that is folded into another, or is not told, would make up for what the product is off by. */
function mayBeUntold({ degrees, folded }: Degrees, claim: Quantity): boolean {
  const ratio = claim.mention.value / degrees.reduce((product, { value }) => product * value, 1);
  const values = [...degrees.map(({ value }) => value), ...folded];
  const isFolded = values.some((value) => [ratio, 1 / ratio].some((each) => Math.abs(each / value - 1) < 1e-9));
  const isOneUntold = ratio > 1 && Number.isInteger(ratio) && !MODEL_WAYS.every((way) => degrees.some((degree) => degree.way === way));
  return isFolded || isOneUntold;
}

function globalBatch({ told, accelerators, batch: claim }: Split, runs: readonly Run[]): readonly Finding[] {
  const { degrees, accumulation, micro } = told;
  if (claim === undefined || micro === null || accumulation === null) return [];
  const data = degrees.find(({ way }) => way === "data")?.value ?? null;
  const isModelSplit = degrees.some(({ way }) => way !== "data");
  // Accelerators that hold parts of one model take one micro-batch together.
  const copies = data ?? (isModelSplit ? null : (accelerators?.mention.value ?? null));
  if (copies === null) return [];
  const factors = [
    { value: micro, unit: "sequence" },
    { value: accumulation, unit: "step" },
    { value: copies, unit: data === null ? "accelerator" : "1" },
  ];
  return [judge(claim, factors, "work/global-batch", runs)];
}

function productOf(factors: readonly Factor[]): number {
  return factors.reduce((product, { value }) => product * value, 1);
}

function judge(claim: Quantity, factors: readonly Factor[], rule: string, runs: readonly Run[]): Finding {
  const { printed } = claim.readings[0];
  const value = productOf(factors);
  const recomputed = exactly(value, printed.unit);
  const terms = factors.map((factor) => ({ operator: "*" as const, figure: exactly(factor.value, factor.unit) })) as unknown as NonEmpty<{
    readonly operator: "*";
    readonly figure: Figure;
  }>;
  return statementFinding(claim.mention, runs, rule, {
    stated: printed,
    recomputed,
    agrees: printed.low <= value && value <= printed.high,
    steps: [{ kind: "compute", rule, terms, result: recomputed, from: [], facts: [] }],
    premises: [],
    atMostWarning: true,
  });
}
