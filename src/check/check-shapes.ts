import type { Finding, Step } from "../model/finding.ts";
import type { Statement } from "../model/mention.ts";
import type { Figure, Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { statementFinding } from "./statement-finding.ts";

/** Words that vocabularies of language models have, the fewest and the most. */
const VOCABULARY = { fewest: 0, usual: 32_000, most: 260_000 };

/** Beyond rounding: biases, norms, positions, and feed-forward layers that are not four times as wide. */
const SLACK = { low: 0.8, high: 1.25 };

/**
 * Parameters by the shape of a Transformer: 12 for each layer and the square of its width, and one for each word and unit of width.
 *
 * Other networks have other shapes, so what does not fit is not told.
 * Source: Kaplan et al. 2020, Scaling Laws for Neural Language Models, table 1.
 */
export function checkShapes(statements: readonly Statement[], quantities: readonly Quantity[], runs: readonly Run[]): readonly Finding[] {
  return statements.flatMap((statement) => {
    if (statement.kind !== "shape") return [];
    const claim = quantities.find(({ mention }) => mention.id === statement.parameters);
    return claim === undefined ? [] : (judge(statement, claim, runs) ?? []);
  });
}

function judge({ layers, hidden }: Extract<Statement, { kind: "shape" }>, claim: Quantity, runs: readonly Run[]): Finding | null {
  const { printed, width } = claim.readings[0];
  const core = 12 * layers * hidden ** 2;
  const recomputed: Figure = {
    value: core + VOCABULARY.usual * hidden,
    low: core * SLACK.low + VOCABULARY.fewest * hidden,
    high: (core + VOCABULARY.most * hidden) * SLACK.high,
    unit: "parameter",
  };
  if (width.generous.high < recomputed.low || width.generous.low > recomputed.high) return null;
  const ratio = width.face / recomputed.value;
  const exactly = (value: number, unit: string): Figure => ({ value, low: value, high: value, unit });
  const steps: readonly Step[] = [
    {
      kind: "compute",
      rule: "parameters/shape",
      terms: [
        { operator: "*", figure: exactly(12, "1") },
        { operator: "*", figure: exactly(layers, "layer") },
        { operator: "*", figure: exactly(hidden, "unit") },
        { operator: "*", figure: exactly(hidden, "unit") },
      ],
      result: exactly(core, "parameter"),
      from: [],
      facts: [],
    },
    { kind: "compare", stated: printed, recomputed, ratio, claim: claim.mention.id },
  ];
  return statementFinding(claim.mention, runs, "parameters/shape", {
    stated: printed,
    recomputed,
    ratio,
    agrees: true,
    exact: false,
    steps,
    premises: [],
    weak: true,
  });
}
