import { useRef } from "preact/hooks";
import { type AdditionInput, call, type Decision, type KeptAddition, type KeptCorrection } from "./api.ts";
import type { Judgements } from "./judgements.ts";
import type { Edit } from "./what-if-fields.tsx";

type Judgement = Pick<Decision, "decision" | "reason" | "note">;

/** What this reviewer did: where, what stood before, and what stands since. */
export type Step =
  | { readonly kind: "decision"; readonly fingerprint: string; readonly before: Judgement; readonly after: Judgement }
  | { readonly kind: "correction"; readonly fingerprint: string; readonly edit: Edit; readonly before: string | null }
  /** Whether a claim that was added stands. */
  | { readonly kind: "addition"; readonly fingerprint: ""; readonly claim: AddedClaim; readonly before: boolean; readonly after: boolean };

/** A claim that a reviewer marks. */
export type AddedClaim = Omit<AdditionInput, "removed">;

export const NO_JUDGEMENT: Judgement = { decision: null, reason: "", note: "" };

export interface History {
  /** Does a step and remembers it. Errors: rejects with what the server says; then nothing was done. */
  readonly act: (step: Step) => Promise<void>;
  /** Takes the last step back; the result is it, null if there is none. */
  readonly undo: () => Promise<Step | null>;
  readonly redo: () => Promise<Step | null>;
}

/** Undo and redo of decisions and corrections, in the order in which they were made; also of those that stood when the page was opened. */
export function useHistory(judgements: Judgements, reviewer: string): History {
  const done = useRef<Step[] | null>(null);
  const undone = useRef<Step[]>([]);
  /** What was done before, once it is known who decides. */
  const past = (): Step[] => {
    done.current ??= pastSteps(judgements, reviewer);
    return done.current;
  };
  const move = async (from: Step[], to: Step[], side: "before" | "after"): Promise<Step | null> => {
    const step = from.at(-1);
    if (step === undefined) return null;
    await send(step, side);
    from.pop();
    to.push(step);
    return step;
  };
  const latest = useRef<Promise<unknown>>(Promise.resolve());
  /** One after the other, however fast the keys come. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = latest.current.then(work);
    latest.current = turn.catch(() => undefined);
    return turn;
  };
  return {
    act: (step) =>
      inTurn(async () => {
        const before = past();
        await send(step, "after");
        before.push(step);
        undone.current = [];
      }),
    undo: () => inTurn(() => move(past(), undone.current, "before")),
    redo: () => inTurn(() => move(undone.current, past(), "after")),
  };
}

async function send(step: Step, side: "before" | "after"): Promise<void> {
  const { fingerprint } = step;
  if (step.kind === "addition") await call("additions", { ...step.claim, removed: !step[side] });
  else if (step.kind === "decision") await call("decisions", { fingerprint, ...step[side] });
  else await call("corrections", { fingerprint, ...step.edit, after: side === "after" ? step.edit.after : step.before });
}

/** What stands of a figure under a finding before an edit. */
export function standingAfter(corrected: readonly KeptCorrection[], edit: Edit): string | null {
  return corrected.find(({ kind, mention, slot }) => kind === edit.kind && mention === edit.mention && slot === edit.slot)?.after ?? null;
}

type Line =
  | { readonly kind: "decision"; readonly line: Decision }
  | { readonly kind: "correction"; readonly line: KeptCorrection }
  | { readonly kind: "addition"; readonly line: KeptAddition };

/** The step that makes a line of the history stand again; null where it stands, or is another reviewer's decision. */
export function stepTo(judgements: Judgements, reviewer: string, { kind, line }: Line): Step | null {
  if (kind === "addition") {
    const last = [...judgements.additions.values()].findLast((other) => placeOf(other) === placeOf(line));
    const claim = claimOf(line);
    return claim === null || last === undefined || last.id === line.id
      ? null
      : { kind, fingerprint: "", claim, before: !last.removed, after: !line.removed };
  }
  const { fingerprint } = line;
  if (kind === "correction") {
    const edit = editOf(line);
    const before = standingAfter(judgements.corrected.get(fingerprint) ?? [], edit);
    return before === edit.after ? null : { kind, fingerprint, edit, before };
  }
  if (line.reviewer !== reviewer) return null;
  const before = judgementOf(judgements.standing.get(fingerprint)?.get(reviewer));
  const after = judgementOf(line);
  return isSame(before, after) ? null : { kind, fingerprint, before, after };
}

/** Every step of a reviewer, oldest first, as the store has it. */
function pastSteps({ decisions, corrections, additions }: Judgements, reviewer: string): Step[] {
  const standing = new Map<string, Judgement>();
  const figures = new Map<string, string | null>();
  const added = new Set<string>();
  const lines = [
    ...[...decisions.values()].map((line): Line => ({ kind: "decision", line })),
    ...[...corrections.values()].map((line): Line => ({ kind: "correction", line })),
    ...[...additions.values()].map((line): Line => ({ kind: "addition", line })),
  ].sort((left, right) => left.line.at.localeCompare(right.line.at));
  return lines.flatMap(({ kind, line }): Step[] => {
    if (kind === "addition") {
      const [place, claim] = [placeOf(line), claimOf(line)];
      const before = added.has(place);
      if (line.removed) added.delete(place);
      else added.add(place);
      return line.reviewer === reviewer && claim !== null ? [{ kind, fingerprint: "", claim, before, after: !line.removed }] : [];
    }
    const { fingerprint } = line;
    if (kind === "correction") {
      const edit = editOf(line);
      const key = [fingerprint, edit.kind, edit.mention, edit.slot].join("\n");
      const before = figures.get(key) ?? null;
      figures.set(key, edit.after);
      return line.reviewer === reviewer ? [{ kind, fingerprint, edit, before }] : [];
    }
    if (line.reviewer !== reviewer) return [];
    const before = standing.get(fingerprint) ?? NO_JUDGEMENT;
    const after = judgementOf(line);
    standing.set(fingerprint, after);
    return [{ kind, fingerprint, before, after }];
  });
}

function placeOf({ sha256, start, end }: KeptAddition): string {
  return `${sha256} ${start} ${end}`;
}

/** What was marked, as it is sent; null where its document is not here. */
export function claimOf({ document, start, end, kind, value, unit, subject }: KeptAddition): AddedClaim | null {
  return document === null ? null : { document, start, end, kind, value, unit, subject };
}

function judgementOf(line: Judgement | undefined): Judgement {
  return line === undefined ? NO_JUDGEMENT : { decision: line.decision, reason: line.reason, note: line.note };
}

function editOf({ kind, mention, text, slot, before, after }: KeptCorrection): Edit {
  return { kind, mention, text, slot, before, after };
}

function isSame(left: Judgement, right: Judgement): boolean {
  return left.decision === right.decision && left.reason === right.reason && left.note === right.note;
}
