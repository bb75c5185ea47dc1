import type { Finding, Step } from "../model/finding.ts";
import type { Statement } from "../model/mention.ts";
import type { Figure, Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { statementFinding } from "./statement-finding.ts";
import { exactly } from "./working.ts";

/** Words that vocabularies of language models have, the fewest and the most. */
const VOCABULARY = { fewest: 0, usual: 32_000, most: 260_000 };

/** Beyond rounding: biases, norms, positions, and feed-forward layers that are not four times as wide. */
const SLACK = { low: 0.8, high: 1.25 };

/** The same where the vocabulary and the width of the feed-forward layers are told: biases and norms alone are left. */
const EXACT_SLACK = { low: 0.95, high: 1.05 };

/** A sum off by this much is another network, or a slip. */
const LEAST_APART = 1.3;

/**
 * Parameters by the shape of a Transformer: 12 for each layer and the square of its width, and one for each word and unit of width.
 *
 * With the width of the feed-forward layers they are summed for plain and gated layers, and for one table of words or two. Other
 * networks have other shapes, so that what does not fit is told only where all is told, and as a note.
 * Source: Kaplan et al. 2020, Scaling Laws for Neural Language Models, table 1; Touvron et al. 2023, LLaMA, section 2.2.
 */
export function checkShapes(statements: readonly Statement[], quantities: readonly Quantity[], runs: readonly Run[]): readonly Finding[] {
  return statements.flatMap((statement) => {
    if (statement.kind !== "shape") return [];
    const claim = quantities.find(({ mention }) => mention.id === statement.parameters);
    return claim === undefined ? [] : (judge(statement, claim, runs) ?? []);
  });
}

type Shape = Extract<Statement, { kind: "shape" }>;

/** What the shape gives, and whether nothing of it had to be guessed. */
function fromShape({ layers, hidden, feedForward, vocabulary }: Shape): {
  readonly figure: Figure;
  readonly core: number;
  readonly isWhole: boolean;
} {
  const unit = "parameter";
  if (feedForward === null) {
    const core = 12 * layers * hidden ** 2;
    const words = vocabulary ?? VOCABULARY.usual;
    const figure = {
      value: core + words * hidden,
      low: core * SLACK.low + (vocabulary ?? VOCABULARY.fewest) * hidden,
      high: (core + (vocabulary === null ? VOCABULARY.most : 2 * vocabulary) * hidden) * SLACK.high,
      unit,
    };
    return { figure, core, isWhole: false };
  }
  const ofLayer = (matrices: number): number => layers * (4 * hidden ** 2 + matrices * hidden * feedForward);
  const words = (vocabulary ?? VOCABULARY.usual) * hidden;
  // Queries may share their keys and values, which leaves a little more than half of attention.
  const least = layers * (2 * hidden ** 2 + 2 * hidden * feedForward) + (vocabulary ?? VOCABULARY.fewest) * hidden;
  const most = ofLayer(3) + 2 * (vocabulary ?? VOCABULARY.most) * hidden;
  const isGated = feedForward < 3.9 * hidden;
  const core = ofLayer(isGated ? 3 : 2);
  const value = core + (isGated ? 2 : 1) * words;
  return { figure: { value, low: least * EXACT_SLACK.low, high: most * EXACT_SLACK.high, unit }, core, isWhole: vocabulary !== null };
}

function judge(shape: Shape, claim: Quantity, runs: readonly Run[]): Finding | null {
  const { layers, hidden } = shape;
  const { printed, width } = claim.readings[0];
  const { figure: recomputed, core, isWhole } = fromShape(shape);
  const agrees = width.generous.high >= recomputed.low && width.generous.low <= recomputed.high;
  const isApart = width.generous.high * LEAST_APART < recomputed.low || width.generous.low > recomputed.high * LEAST_APART;
  const isSparse = claim.mention.qualifiers.includes("activated") || claim.readings[0].slot !== "parameters";
  if (!agrees && (!isWhole || !isApart || isSparse)) return null;
  const perSquare = core / layers / hidden ** 2;
  const steps: readonly Step[] = [
    {
      kind: "compute",
      rule: "parameters/shape",
      terms: [
        { operator: "*", figure: exactly(perSquare, "1") },
        { operator: "*", figure: exactly(layers, "layer") },
        { operator: "*", figure: exactly(hidden, "unit") },
        { operator: "*", figure: exactly(hidden, "unit") },
      ],
      result: exactly(core, "parameter"),
      from: [],
      facts: [],
    },
  ];
  return statementFinding(claim.mention, runs, "parameters/shape", {
    stated: printed,
    recomputed,
    agrees,
    exact: false,
    steps,
    premises: [],
    untested: !isWhole,
    atMostNote: true,
  });
}
