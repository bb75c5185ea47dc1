import type { Mention, MentionId, Statement, WrittenExpression, WrittenUnit } from "./mention.ts";

/** How much an operand is worth: by its number alone, or with its unit in whatever the caller counts in. */
export type UnitWorth = (unit: WrittenUnit | null) => number;

/** The value of a written computation at the face value of its operands; null for a division by nothing. */
export function worthOf(expression: WrittenExpression, unitWorth: UnitWorth): number | null {
  if (expression.kind === "number") return expression.number.value * unitWorth(expression.unit);
  if (expression.kind === "group") {
    const inner = worthOf(expression.inner, unitWorth);
    return inner === null ? null : rounded(inner, expression.rounding, expression.places) * unitWorth(expression.unit);
  }
  const left = worthOf(expression.left, unitWorth);
  const right = worthOf(expression.right, unitWorth);
  if (left === null || right === null) return null;
  // "40 days + 10%": a percentage that is added is one of what stands before it.
  const share = shareOf(expression.left, expression.right);
  const added = share === null ? right : share * left;
  switch (expression.operator) {
    case "+":
      return left + added;
    case "-":
      return left - added;
    case "*":
      return left * right;
    case "/":
      return right === 0 ? null : left / right;
    case "^":
      return left ** right;
  }
}

function shareOf(left: WrittenExpression, right: WrittenExpression): number | null {
  const isPercent = ({ unit }: { readonly unit: WrittenUnit | null }): boolean => unit?.above[0]?.id === "percent";
  const isShare = right.kind === "number" && isPercent(right) && !(left.kind === "number" && isPercent(left));
  return isShare ? right.number.value / 100 : null;
}

/** A quotient that is whole but for the last bits of the machine. */
const SAME = 1e-9;

function rounded(value: number, rounding: Extract<WrittenExpression, { kind: "group" }>["rounding"], places: number): number {
  if (rounding === "same") return value;
  const scale = 10 ** places;
  const nearest = Math.round(value * scale);
  if (rounding === "nearest" || Math.abs(nearest - value * scale) < SAME * Math.abs(nearest)) return nearest / scale;
  return (rounding === "up" ? Math.ceil(value * scale) : Math.floor(value * scale)) / scale;
}

/** By their numbers alone. */
export function faceOnly(): number {
  return 1;
}

/** By their numbers, and whatever the words of the unit multiply them with: "400 TFLOP/s" is 4e14. */
export function withPrefix(unit: WrittenUnit | null): number {
  if (unit === null) return 1;
  return unit.above.some(({ id }) => id === "percent") ? unit.size / 100 : unit.size;
}

/** All numbers of a computation, in the order printed. */
export function operandsOf(expression: WrittenExpression): readonly Extract<WrittenExpression, { kind: "number" }>[] {
  if (expression.kind === "number") return [expression];
  return expression.kind === "group" ? operandsOf(expression.inner) : [...operandsOf(expression.left), ...operandsOf(expression.right)];
}

/** Whether a side is worked out, and not one number. */
export function isWorkedOut(expression: WrittenExpression): boolean {
  return (
    expression.kind === "operation" || (expression.kind === "group" && (isWorkedOut(expression.inner) || expression.rounding !== "same"))
  );
}

/** The figures that are only reckoned with in written arithmetic: factors of a product, and neither sides nor addends, which are told. */
export function operandsIn(statements: readonly Statement[], mentions: readonly Mention[]): ReadonlySet<MentionId> {
  const places = new Set(
    statements.flatMap((statement) =>
      statement.kind === "arithmetic"
        ? statement.sides.flatMap(({ expression }) => factorsIn(expression).map(({ number }) => number.span.start))
        : [],
    ),
  );
  return new Set(mentions.flatMap(({ id, number }) => (places.has(number.span.start) ? [id] : [])));
}

/** The numbers of its products: what is added up is told, what is multiplied only reckoned with. */
export function factorsIn(expression: WrittenExpression): readonly Extract<WrittenExpression, { kind: "number" }>[] {
  if (expression.kind === "number") return [];
  if (expression.kind === "group") return factorsIn(expression.inner);
  const isSum = expression.operator === "+" || expression.operator === "-";
  return isSum ? [...factorsIn(expression.left), ...factorsIn(expression.right)] : operandsOf(expression);
}
