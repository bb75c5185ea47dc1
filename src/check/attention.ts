/** What attention adds to the operations of a token, which 6 FLOP for each parameter leave out: much for small models on long sequences. */
import type { Finding } from "../model/finding.ts";
import type { Linked, Run } from "../model/run.ts";

/** The rule whose constant leaves attention out. */
const WITHOUT_ATTENTION = "compute/utilization-tokens";

/** Width over depth of usual transformers; a layer has 12 parameters for each square of its width. Source: Kaplan et al. 2020, figure 5. */
const ASPECT = 128;
const PER_SQUARE = 12;

/** How far the width of a network may be from the usual one for its size. */
const ROOM = 1.5;

/** Whether a utilization is only as much above its estimate as attention over the sequence of the run may add: it counts what the estimate does not. */
export function isForAttention({ runs }: Linked, finding: Finding): boolean {
  if (finding.verdict !== "inconsistent" || finding.rule !== WITHOUT_ATTENTION || finding.ratio < 1) return false;
  const run = runs.find(({ id }) => id === finding.run);
  const [length, parameters] = [valueIn(run, "sequence-length"), valueIn(run, "parameters")];
  if (length === null || parameters === null) return false;
  const width = Math.cbrt((parameters * ASPECT) / PER_SQUARE);
  // 12 FLOP for each layer, width and position beside 6 for each of 12 parameters of a layer and square of the width.
  return finding.ratio <= 1 + (ROOM * length) / (6 * width);
}

function valueIn(run: Run | undefined, kind: string): number | null {
  return run?.quantities.find(({ mention }) => mention.kind === kind)?.readings[0].width.face ?? null;
}
