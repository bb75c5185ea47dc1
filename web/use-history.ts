import { useRef } from "preact/hooks";
import { call, type Decision, type KeptCorrection } from "./api.ts";
import type { Edit } from "./what-if-fields.tsx";

type Judgement = Pick<Decision, "decision" | "reason" | "note">;

/** What this reviewer did: where, what stood before, and what stands since. */
export type Step =
  | { readonly kind: "decision"; readonly fingerprint: string; readonly before: Judgement; readonly after: Judgement }
  | { readonly kind: "correction"; readonly fingerprint: string; readonly edit: Edit; readonly before: string | null };

export const NO_JUDGEMENT: Judgement = { decision: null, reason: "", note: "" };

export interface History {
  /** Does a step and remembers it. Errors: rejects with what the server says; then nothing was done. */
  readonly act: (step: Step) => Promise<void>;
  /** Takes the last step back; the result is it, null if there is none. */
  readonly undo: () => Promise<Step | null>;
  readonly redo: () => Promise<Step | null>;
}

/** Undo and redo of decisions and corrections, in the order in which they were made. */
export function useHistory(): History {
  const done = useRef<Step[]>([]);
  const undone = useRef<Step[]>([]);
  const move = async (from: Step[], to: Step[], side: "before" | "after"): Promise<Step | null> => {
    const step = from.at(-1);
    if (step === undefined) return null;
    await send(step, side);
    from.pop();
    to.push(step);
    return step;
  };
  return {
    act: async (step) => {
      await send(step, "after");
      done.current.push(step);
      undone.current = [];
    },
    undo: () => move(done.current, undone.current, "before"),
    redo: () => move(undone.current, done.current, "after"),
  };
}

async function send(step: Step, side: "before" | "after"): Promise<void> {
  const { fingerprint } = step;
  if (step.kind === "decision") await call("decisions", { fingerprint, ...step[side] });
  else await call("corrections", { fingerprint, ...step.edit, after: side === "after" ? step.edit.after : step.before });
}

/** What stands of a figure under a finding before an edit. */
export function standingAfter(corrected: readonly KeptCorrection[], edit: Edit): string | null {
  return corrected.find(({ kind, mention, slot }) => kind === edit.kind && mention === edit.mention && slot === edit.slot)?.after ?? null;
}
