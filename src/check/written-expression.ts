import type { WrittenExpression } from "../model/mention.ts";
import type { Figure } from "../model/quantity.ts";

export type Operand = Extract<WrittenExpression, { kind: "operand" }>;

export interface Term {
  readonly operator: "*" | "/" | "+" | "-";
  readonly figure: Figure;
}

/** The value of a written computation at the face value of its operands; null for a division by nothing. */
export function evaluate(expression: WrittenExpression): number | null {
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

/** The operands in the order printed, each with the operator that stands before it. */
export function termsOf(expression: WrittenExpression, operator: Term["operator"] = "*"): readonly Term[] {
  if (expression.kind === "operand") {
    const { value } = expression.number;
    return [{ operator, figure: { value, low: value, high: value, unit: expression.unit ?? "1" } }];
  }
  const inner = expression.operator === "^" ? "*" : expression.operator;
  const flipped = operator === "/" && (inner === "*" || inner === "/") ? (inner === "*" ? "/" : "*") : inner;
  return [...termsOf(expression.left, operator), ...termsOf(expression.right, flipped)];
}

export function operandsOf(expression: WrittenExpression): readonly Operand[] {
  return expression.kind === "operand" ? [expression] : [...operandsOf(expression.left), ...operandsOf(expression.right)];
}

/** True for a chain of products and quotients, where every operand stands for a factor of the result. */
export function isProduct(expression: WrittenExpression): boolean {
  if (expression.kind === "operand") return true;
  return (expression.operator === "*" || expression.operator === "/") && isProduct(expression.left) && isProduct(expression.right);
}
