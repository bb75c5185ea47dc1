import type { VNode } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** What is most often true of a figure that was flagged and is fine; the digits choose. */
export const REASONS = [
  "different scope",
  "rounding",
  "stated elsewhere",
  "another reading is meant",
  "a different price or fact applies",
  "stated as an estimate",
] as const;

interface Props {
  /** The reason that stands; empty for none. */
  readonly before: string;
  /** Null leaves all as it was. */
  readonly answer: (reason: string | null) => void;
}

/** Asks why a flagged figure is fine. */
export function ReasonDialog({ before, answer }: Props): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const words = useRef<HTMLInputElement>(null);
  // At once, so that the next key is for the dialog already.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const press = (event: KeyboardEvent): void => {
    if (event.target === words.current) return;
    const reason = REASONS[Number(event.key) - 1];
    if (reason !== undefined) answer(reason);
    else if (event.key === "0") words.current?.focus();
    else return;
    event.preventDefault();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const reason = words.current?.value.trim() ?? "";
    if (reason !== "") answer(reason);
  };
  return (
    <dialog ref={dialog} aria-label="Why is it fine?" onKeyDown={press} onCancel={() => answer(null)}>
      <h2>Why is it fine as it is?</h2>
      <div class="reasons">
        {REASONS.map((reason, index) => (
          <button type="button" key={reason} aria-pressed={reason === before} onClick={() => answer(reason)}>
            <kbd>{index + 1}</kbd> {reason}
          </button>
        ))}
      </div>
      <form onSubmit={submit}>
        <label>
          <kbd>0</kbd> other …{" "}
          <input ref={words} name="reason" maxLength={1000} defaultValue={REASONS.some((reason) => reason === before) ? "" : before} />
        </label>{" "}
        <button type="submit">Fine</button>{" "}
        <button type="button" onClick={() => answer(null)}>
          Cancel <kbd>Esc</kbd>
        </button>
      </form>
    </dialog>
  );
}
