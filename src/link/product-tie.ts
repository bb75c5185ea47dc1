import type { MentionId } from "../model/mention.ts";
import type { Attachment } from "../model/run.ts";

/** The product a figure speaks of. */
export interface HardwareTie {
  readonly text: string;
  /** Catalog ids; empty for a bare "GPU" or "Cloud TPU". */
  readonly ids: readonly string[];
}

/** The products of figures that have one. */
export function tiesOf(attachments: ReadonlyMap<MentionId, Attachment>): ReadonlyMap<MentionId, HardwareTie> {
  return new Map(
    [...attachments].flatMap(([id, { hardware, products }]) =>
      hardware === null ? [] : ([[id, { text: hardware, ids: products }]] as const),
    ),
  );
}

/** Whether two names can be one product: a bare "TPU" can be any TPU, but no V100. */
export function sharesProduct(left: HardwareTie, right: HardwareTie): boolean {
  if (left.ids.length === 0 || right.ids.length === 0) return isTpu(left) === isTpu(right);
  return left.ids.some((id) => right.ids.includes(id));
}

function isTpu(tie: HardwareTie): boolean {
  return /tpu/i.test(tie.text) || tie.ids.some((id) => /tpu/i.test(id));
}
