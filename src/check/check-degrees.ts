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
 * Checks accelerators as the product of the degrees of parallelism that their sentence tells, and a batch as the product of its
 * micro-batch, the accumulated steps and the data parallelism.
 *
 * Experts, sequences and shards are folded into other degrees by some: a product that is off by one of the degrees is let pass.
 */
export function checkDegrees(statements: readonly Statement[], quantities: readonly Quantity[], runs: readonly Run[]): readonly Finding[] {
  return statements.flatMap((statement): readonly Finding[] => {
    if (statement.kind !== "degrees") return [];
    const accelerators = quantities.find(({ mention }) => mention.id === statement.accelerators);
    const batch = quantities.find(({ mention }) => mention.id === statement.batch);
    return [...parallel(statement, accelerators, runs), ...globalBatch(statement, accelerators, batch, runs)];
  });
}

/** Ways to split a model itself. */
const MODEL_WAYS = ["tensor", "pipeline"] as const;

function parallel({ degrees }: Degrees, claim: Quantity | undefined, runs: readonly Run[]): readonly Finding[] {
  const hasData = degrees.some(({ way }) => way === "data");
  if (claim === undefined || !hasData || degrees.length < 2) return [];
  const factors = degrees.map(({ value }) => ({ value, unit: "1" }));
  const product = productOf(factors);
  const ratio = claim.mention.value / product;
  const isFolded = degrees.some(({ value }) => [ratio, 1 / ratio].some((each) => Math.abs(each / value - 1) < 1e-9));
  // A degree that is not told would make up for a whole factor.
  const isOneUntold = ratio > 1 && Number.isInteger(ratio) && !MODEL_WAYS.every((way) => degrees.some((degree) => degree.way === way));
  if (ratio !== 1 && (isFolded || isOneUntold)) return [];
  return [judge(claim, factors, "hardware/parallel", runs)];
}

function globalBatch(
  { degrees, accumulation, micro }: Degrees,
  accelerators: Quantity | undefined,
  claim: Quantity | undefined,
  runs: readonly Run[],
): readonly Finding[] {
  if (claim === undefined || micro === null || accumulation === null) return [];
  const data = degrees.find(({ way }) => way === "data")?.value ?? null;
  const isSplit = degrees.some(({ way }) => way !== "data");
  // Accelerators that hold parts of one model take one micro-batch together.
  const copies = data ?? (isSplit ? null : (accelerators?.mention.value ?? null));
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
