import type { Document } from "../model/document.ts";
import type { Finding, Step } from "../model/finding.ts";
import type { Mention } from "../model/mention.ts";
import type { Figure, Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { statementFinding } from "./statement-finding.ts";
import { exactly, readStep } from "./working.ts";

/** What a share may be rounded or leak beyond its digits. */
const SLACK = 1.12;

/** A share off by this much is of something else, or a slip. */
const LEAST_APART = 2;

/** Matches "0.2% of the pre-training compute", "5% of the pretraining cost". */
const OF_PRETRAINING = /%\s?of (?:the |its )?(?:original )?pre-?training\b/i;

/** Accelerator-hours, as told or as count times time of one sentence. */
interface Hours {
  readonly value: number;
  readonly from: readonly Quantity[];
}

/** Checks what a later stage takes as a share of pre-training, where a paragraph tells the accelerator-hours of both. */
export function checkShares(document: Document, quantities: readonly Quantity[], runs: readonly Run[]): readonly Finding[] {
  return quantities.flatMap((claim) => {
    const { mention } = claim;
    const text = document.text.slice(mention.span.start, mention.sentence.end);
    if (mention.kind !== "ratio" || mention.unit !== "percent" || mention.cell !== null || !OF_PRETRAINING.test(text)) return [];
    const inBlock = quantities.filter(
      (other) => other.mention.cell === null && other.mention.block === mention.block && other.mention.per === null,
    );
    const own = hoursIn(inBlock, ({ sentence }) => sentence.start === mention.sentence.start);
    const whole = hoursIn(inBlock, ({ sentence, stage }) => sentence.start !== mention.sentence.start && stage === "pretrain");
    return own === null || whole === null ? [] : (judge(claim, own, whole, runs) ?? []);
  });
}

function hoursIn(inBlock: readonly Quantity[], isOf: (mention: Mention) => boolean): Hours | null {
  const of = (slot: string): readonly Quantity[] => inBlock.filter(({ mention, readings }) => readings[0].slot === slot && isOf(mention));
  const [told, ...others] = of("accelerator_hours");
  if (told !== undefined) return others.length > 0 ? null : { value: told.readings[0].width.face, from: [told] };
  const [counts, times] = [of("accelerators"), of("wall_time")];
  const [count, time] = [counts[0], times[0]];
  if (count === undefined || time === undefined || counts.length > 1 || times.length > 1) return null;
  return { value: count.readings[0].width.face * time.readings[0].width.face, from: [count, time] };
}

function judge(claim: Quantity, own: Hours, whole: Hours, runs: readonly Run[]): Finding | null {
  const { printed } = claim.readings[0];
  const value = (own.value / whole.value) * 100;
  const recomputed: Figure = { value, low: value / SLACK, high: value * SLACK, unit: printed.unit };
  const agrees = printed.low <= recomputed.high && recomputed.low <= printed.high;
  const isApart = printed.low > value * LEAST_APART || printed.high * LEAST_APART < value;
  if (!agrees && !isApart) return null;
  const premises = [...own.from, ...whole.from];
  const steps: readonly Step[] = [
    ...premises.map(readStep),
    {
      kind: "compute",
      rule: "ratio/share",
      terms: [
        { operator: "*", figure: exactly(own.value, "accelerator-hour") },
        { operator: "/", figure: exactly(whole.value, "accelerator-hour") },
        { operator: "*", figure: exactly(100, "percent") },
      ],
      result: recomputed,
      from: premises.map(({ mention }) => mention.id),
      facts: [],
    },
  ];
  return statementFinding(claim.mention, runs, "ratio/share", {
    stated: printed,
    recomputed,
    agrees,
    exact: false,
    steps,
    premises: premises.map(({ mention }) => mention.id),
    atMostNote: true,
  });
}
