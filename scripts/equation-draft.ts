/** The files of a new equation, to be filled in. */
export interface EquationDraft {
  /** Path below `rules/equations/`, without its ending. */
  readonly id: string;
  readonly yaml: string;
  readonly page: string;
}

/** Matches "money/run-cost"; not "Money/run_cost". */
const ID = /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/;

/** A draft that loads as it stands: an equation with its page, whose cases are to be rewritten first. Errors: throws on an id of another shape. */
export function draftEquation(id: string, version: string): EquationDraft {
  if (!ID.test(id)) throw new Error(`"${id}" is no id of an equation; write the domain and the quantity that is compared: money/run-cost`);
  const yaml = `id: ${id}
title: One sentence that says what the quantity is
status: draft
since: ${version}
class: M
equation: cost = accelerators * wall_time * price
slack: { low: 0.95, high: 1.15, because: "what leaks, and which way" }
errorBand: { low: 0.8, high: 1.3 }
severityCap: warning
asks: false
sources:
  - { title: "Where it is written" }
`;
  const page = `# One sentence that says what the quantity is

What is compared with what, in one sentence.

## What it compares

The stated result with \`accelerators * wall_time * price\`, each premise taken from the same run.

## Why it matters

What goes wrong where nobody checks it.

## Examples

\`\`\`case
# The figures agree.
> Lark was trained on 8 A100 GPUs for 100 hours. At $2 per GPU hour one run costs $1,600.
= consistent ${id}
\`\`\`

\`\`\`case
# Half of it.
> Lark was trained on 8 A100 GPUs for 100 hours. At $2 per GPU hour one run costs $800.
= inconsistent ${id}
\`\`\`

\`\`\`case
# A premise is missing.
> Lark was trained on 8 A100 GPUs for 100 hours.
= silent
\`\`\`

## Readings

Which of the figures can be read in several ways.

## Stays silent when

A premise is missing, hypothetical, vague, or belongs to another run.

## Known limits

What it cannot know.

## Sources

Where it is written.
`;
  return { id, yaml, page };
}
