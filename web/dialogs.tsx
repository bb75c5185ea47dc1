import type { ComponentChildren, VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Agreement, type Entry, ownName, type Progress } from "./api.ts";
import { choiceWords } from "./decision-bar.tsx";
import { nameOf } from "./figure-words.ts";
import { choicesOf, isDisputed, type Judgements } from "./judgements.ts";
import { ACTIONS, type Action, type Keymap } from "./keymap.ts";

/** A sheet over the page; Escape closes it. */
export function Sheet({
  title,
  close,
  children,
}: {
  readonly title: string;
  readonly close: () => void;
  readonly children: ComponentChildren;
}): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  // At once, so that the next key is for the dialog already.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-label={title} onClose={close}>
      <h2>{title}</h2>
      {children}
      <form method="dialog">
        <button type="submit">
          Close <kbd>Esc</kbd>
        </button>
      </form>
    </dialog>
  );
}

/** Keys that are where they are. */
const FIXED_KEYS: readonly (readonly [readonly string[], string])[] = [
  [["1", "…", "9"], "switch a reading"],
  [["↓", "↑"], "next claim, previous claim"],
  [["Space"], "down the document; with Shift up"],
  [["Tab"], "to the next field or button"],
  [["Enter"], "take what was typed"],
  [["Esc"], "out of a field or a sheet"],
];

/** All keys; each can be put on another one. */
export function KeysSheet(props: {
  readonly keymap: Keymap;
  /** False where the key is taken. */
  readonly remap: (action: Action, key: string) => boolean;
  readonly reset: () => void;
  readonly close: () => void;
}): VNode {
  const [words, setWords] = useState("Type another key into a field to put the action on it. This browser remembers.");
  return (
    <Sheet title="Keys" close={props.close}>
      <div class="keys">
        {ACTIONS.map(([action, , what]) => (
          <label key={action}>
            <input
              class="key"
              maxLength={1}
              value={props.keymap[action]}
              data-action={action}
              onFocus={(event) => event.currentTarget.select()}
              onInput={(event) => {
                const field = event.currentTarget;
                const key = field.value;
                if (key === "") return;
                if (props.remap(action, key)) setWords(`“${what}” is on “${key}” now.`);
                else {
                  setWords(`“${key}” is taken.`);
                  field.value = props.keymap[action];
                }
              }}
            />
            {what}
          </label>
        ))}
      </div>
      <h2>Always</h2>
      <div class="keys">
        {FIXED_KEYS.map(([keys, what]) => (
          <span key={what}>
            {keys.map((key) => (key === "…" ? "–" : <kbd key={key}>{key}</kbd>))} {what}
          </span>
        ))}
      </div>
      <p class="dim" role="status">
        {words}
      </p>
      <p>
        <button
          type="button"
          id="usual-keys"
          onClick={() => {
            props.reset();
            setWords("Every key is where it was first.");
          }}
        >
          Usual keys
        </button>
      </p>
    </Sheet>
  );
}

/** Who decided how much, how far they agree, and where they do not. */
export function ReviewersSheet(props: {
  readonly judgements: Judgements;
  readonly agreements: readonly Agreement[];
  readonly entries: readonly Entry[];
  readonly reviewer: string;
  readonly go: (entry: Entry) => void;
  readonly rename: (name: string) => void;
  readonly close: () => void;
}): VNode {
  const { judgements, entries } = props;
  const counts = new Map<string, number>();
  for (const fingerprint of judgements.standing.keys())
    for (const { reviewer } of choicesOf(judgements, fingerprint)) counts.set(reviewer, (counts.get(reviewer) ?? 0) + 1);
  const disputed = entries.filter(({ fingerprint }) => isDisputed(judgements, fingerprint));
  return (
    <Sheet title="Reviewers" close={props.close}>
      <label>
        you decide as{" "}
        <input
          id="reviewer-name"
          maxLength={80}
          placeholder={props.reviewer}
          defaultValue={ownName() ?? ""}
          onChange={(event) => props.rename(event.currentTarget.value.trim())}
        />
      </label>
      <ul>
        {[...counts].map(([name, count]) => (
          <li key={name}>
            {name}
            {name === props.reviewer ? " (you)" : ""}: {count} decided
          </li>
        ))}
      </ul>
      {props.agreements.length === 0 ? (
        <p>One reviewer so far; with a second one, their agreement stands here.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">reviewers</th>
              <th scope="col">both decided</th>
              <th scope="col">disagree</th>
              <th scope="col">Cohen’s kappa</th>
            </tr>
          </thead>
          <tbody>
            {props.agreements.map(({ reviewers, both, disagreements, kappa }) => (
              <tr key={reviewers.join(" ")}>
                <td>{reviewers.join(", ")}</td>
                <td>{both}</td>
                <td>{disagreements.length}</td>
                <td>{kappa === null ? "none" : kappa.toFixed(2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {disputed.length === 0 ? null : (
        <>
          <h2>Disagreements</h2>
          <ul class="disputes">
            {disputed.map((entry) => (
              <li key={`${entry.document} ${entry.id}`}>
                <button type="button" class="link" onClick={() => props.go(entry)}>
                  {entry.text}
                  {entry.subject === null ? "" : ` · ${entry.subject}`} · {nameOf(entry.source)}
                </button>
                <br />
                {choicesOf(judgements, entry.fingerprint)
                  .map(({ reviewer, decision, reason }) => `${reviewer}: ${choiceWords(decision)}${reason === "" ? "" : ` (${reason})`}`)
                  .join(" · ")}
              </li>
            ))}
          </ul>
        </>
      )}
    </Sheet>
  );
}

/** What could not be read. */
export function FailuresSheet({ failed, close }: { readonly failed: Progress["failed"]; readonly close: () => void }): VNode {
  return (
    <Sheet title="Not read" close={close}>
      <ul class="failures">
        {failed.map(({ source, code, message }) => (
          <li key={`${source} ${code}`}>
            <b title={source}>{nameOf(source)}</b> <span class="dim">{code}</span>
            <br />
            {message.startsWith(`${source}: `) ? message.slice(source.length + 2) : message}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
