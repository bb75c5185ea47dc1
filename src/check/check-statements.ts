import type { Finding, FindingId, Outcome, Step } from "../model/finding.ts";
import type { Mention, MentionId, Statement, WrittenExpression } from "../model/mention.ts";
import type { Figure, NonEmpty, Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";

/** Written arithmetic is exact but for the rounding of its result; a gap below this is nobody's slip. */
const NEGLIGIBLE_GAP = 0.005;

/** Checks what the prose computes by itself: written arithmetic and conversions. */
export function checkStatements(
  statements: readonly Statement[],
  quantities: readonly Quantity[],
  runs: readonly Run[],
): readonly Finding[] {
  const byId = new Map(quantities.map((quantity) => [quantity.mention.id, quantity]));
  return statements.flatMap((statement) => {
    if (statement.kind === "composition") return [];
    return (statement.kind === "arithmetic" ? arithmetic(statement, byId, runs) : conversion(statement, byId, runs)) ?? [];
  });
}

function arithmetic(
  statement: Extract<Statement, { kind: "arithmetic" }>,
  byId: ReadonlyMap<MentionId, Quantity>,
  runs: readonly Run[],
): Finding | null {
  const claim = statement.result === null ? undefined : byId.get(statement.result);
  if (claim === undefined) return null;
  // Sums of time without a label are about anything, a person's life as well: they are no claim about training.
  if (claim.mention.kind === "wall-time" && !hasLabel(statement.expression)) return null;
  const value = evaluate(statement.expression);
  if (value === null || value <= 0) return null;
  const unit = claim.mention.unit;
  const width = claim.readings[0].printed;
  const stated: Figure = { value: statement.resultNumber.value, low: width.low, high: width.high, unit };
  const recomputed: Figure = { value, low: value, high: value, unit };
  const ratio = stated.value / value;
  const agrees =
    (value >= stated.low && value <= stated.high) ||
    Math.abs(ratio - 1) < NEGLIGIBLE_GAP ||
    (statement.approximate && Math.abs(ratio - 1) < 0.1);
  const [first, ...rest] = terms(statement.expression, "*");
  if (first === undefined) return null;
  const steps: readonly Step[] = [
    { kind: "compute", rule: "expression/value", terms: [first, ...rest], result: recomputed, from: [], facts: [] },
    { kind: "compare", stated, recomputed, ratio, claim: claim.mention.id },
  ];
  return finding(claim.mention, runs, "expression/value", {
    stated,
    recomputed,
    ratio,
    agrees,
    exact: Math.abs(ratio - 1) < 1e-6,
    steps,
    premises: [],
  });
}

function conversion(
  statement: Extract<Statement, { kind: "conversion" }>,
  byId: ReadonlyMap<MentionId, Quantity>,
  runs: readonly Run[],
): Finding | null {
  const left = byId.get(statement.left);
  const right = byId.get(statement.right);
  if (left === undefined || right === undefined) return null;
  const from = left.readings[0];
  const to = right.readings[0];
  if (from.slot !== to.slot || from.baseUnit !== to.baseUnit || from.contradictsPrint || to.contradictsPrint) return null;
  const factor = to.width.face / to.printed.value;
  const value = from.width.face / factor;
  const recomputed: Figure = {
    value,
    low: from.width.generous.low / factor,
    high: from.width.generous.high / factor,
    unit: to.printed.unit,
  };
  const ratio = to.printed.value / value;
  const agrees = to.printed.low <= recomputed.high && recomputed.low <= to.printed.high;
  const facts = [...from.conversion, ...to.conversion].flatMap((step) => step.fact ?? []);
  const rule = from.slot === "wall_time" ? "time/conversion" : "hardware/conversion";
  const steps: readonly Step[] = [
    { kind: "read", mention: left.mention.id, slot: from.slot, figure: from.printed, assumes: [] },
    ...facts.map((fact): Step => ({ kind: "look-up", fact })),
    {
      kind: "compute",
      rule,
      terms: [
        { operator: "*", figure: from.printed },
        ...from.conversion,
        ...to.conversion.map((step) => ({ ...step, operator: step.operator === "*" ? ("/" as const) : ("*" as const) })),
      ],
      result: recomputed,
      from: [left.mention.id],
      facts,
    },
    { kind: "compare", stated: to.printed, recomputed, ratio, claim: right.mention.id },
  ];
  return finding(right.mention, runs, rule, {
    stated: to.printed,
    recomputed,
    ratio,
    agrees,
    exact: Math.abs(ratio - 1) < 1e-6,
    steps,
    premises: [left.mention.id],
  });
}

interface Result {
  readonly stated: Figure;
  readonly recomputed: Figure;
  readonly ratio: number;
  readonly agrees: boolean;
  readonly exact: boolean;
  readonly steps: readonly Step[];
  readonly premises: readonly MentionId[];
}

function finding(mention: Mention, runs: readonly Run[], rule: string, result: Result): Finding {
  const run = runs.find((candidate) => candidate.quantities.some((quantity) => quantity.mention.id === mention.id)) ?? null;
  const outcomes: NonEmpty<Outcome> = [{ assumes: [], weight: 1, admissible: true, recomputed: result.recomputed, agrees: result.agrees }];
  const isSure = mention.confidence >= 0.9 && mention.role !== "hypothetical";
  const about = {
    id: "" as FindingId,
    rule,
    claim: mention.id,
    premises: result.premises,
    subject: run?.subject ?? null,
    run: run?.id ?? null,
    stated: result.stated,
    steps: result.steps,
    speaker: mention.speaker,
    correctedBy: null,
    remarks: [],
    recomputed: result.recomputed,
    ratio: result.ratio,
    cause: null,
    outcomes,
    power: 1.01,
  };
  if (result.agrees) return { ...about, severity: "note", verdict: "consistent", strength: result.exact ? "exact" : "strict" };
  return { ...about, severity: isSure ? "error" : "warning", verdict: "inconsistent" };
}

function hasLabel(expression: WrittenExpression): boolean {
  return expression.kind === "operand" ? expression.unit !== null : hasLabel(expression.left) || hasLabel(expression.right);
}

function evaluate(expression: WrittenExpression): number | null {
  if (expression.kind === "operand") return expression.number.value;
  const left = evaluate(expression.left);
  const right = evaluate(expression.right);
  if (left === null || right === null) return null;
  switch (expression.operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0 ? null : left / right;
    case "^":
      return left ** right;
  }
}

type Term = { readonly operator: "*" | "/" | "+" | "-"; readonly figure: Figure };

/** The operands in the order printed, each with the operator that stands before it. */
function terms(expression: WrittenExpression, operator: Term["operator"]): readonly Term[] {
  if (expression.kind === "operand") {
    const { value } = expression.number;
    return [{ operator, figure: { value, low: value, high: value, unit: expression.unit ?? "1" } }];
  }
  const inner = expression.operator === "^" ? "*" : expression.operator;
  const flipped = operator === "/" && (inner === "*" || inner === "/") ? (inner === "*" ? "/" : "*") : inner;
  return [...terms(expression.left, operator), ...terms(expression.right, flipped)];
}
