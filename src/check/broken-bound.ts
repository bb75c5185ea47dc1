import type { Bound, Finding, FindingId, Severity, Step } from "../model/finding.ts";
import type { Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { readStep } from "./working.ts";

/** A limit broken by less than this is odd, not impossible: it may be rounding or a figure for something a little different. */
export const MARGIN = 1.1;

/** A limit that a figure breaks. */
export interface Broken {
  readonly rule: string;
  readonly bound: Bound;
  readonly severity: Severity;
  readonly premises?: readonly Quantity[];
  readonly steps?: readonly Step[];
}

/** The finding on a figure beyond a limit: of other people's figures at most a warning, and a note stays one. */
export function brokenBound(quantity: Quantity, runs: readonly Run[], broken: Broken): Finding {
  const { mention, readings } = quantity;
  const run = runs.find((candidate) => candidate.quantities.includes(quantity)) ?? null;
  return {
    id: "" as FindingId,
    rule: broken.rule,
    severity: mention.role === "own" || broken.severity === "note" ? broken.severity : "warning",
    verdict: "impossible",
    claim: mention.id,
    premises: (broken.premises ?? []).map((premise) => premise.mention.id),
    subject: run?.subject ?? null,
    run: run?.id ?? null,
    stated: readings[0].printed,
    steps: broken.steps ?? [readStep(quantity)],
    speaker: mention.speaker,
    correctedBy: null,
    confidence: 1,
    remarks: [],
    bound: broken.bound,
    outcomes: [],
  };
}
