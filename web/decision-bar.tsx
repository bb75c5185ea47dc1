import type { VNode } from "preact";
import type { Choice, Decision } from "./api.ts";
import type { Keymap } from "./keymap.ts";

export const CHOICES = ["confirmed", "fine", "misread", "unsure"] as const;

const WORDS: Readonly<Record<Choice, string>> = { confirmed: "confirmed", fine: "fine", misread: "misread", unsure: "unsure" };

/** As a button says it. */
const ACTS: Readonly<Record<Choice, string>> = { confirmed: "confirm", fine: "fine", misread: "misread", unsure: "unsure" };

/** A choice as the page names it. */
export function choiceWords(choice: Choice): string {
  return WORDS[choice];
}

interface Props {
  readonly own: Decision | null;
  readonly keymap: Keymap;
  readonly decide: (choice: Choice) => void;
  readonly takeBack: () => void;
  readonly saveNote: (note: string) => void;
}

/** The choices as buttons, of which the chosen one takes the decision back, why it is fine, and the note. */
export function DecisionBar({ own, keymap, decide, takeBack, saveNote }: Props): VNode {
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a field set would have to hold fields. */}
      <div class="choices decisions" role="group" aria-label="Decision">
        {CHOICES.map((choice) => (
          <button
            type="button"
            key={choice}
            class={`choice ${choice}`}
            aria-pressed={own?.decision === choice}
            onClick={() => (own?.decision === choice && choice !== "fine" ? takeBack() : decide(choice))}
          >
            {ACTS[choice]} <kbd>{keymap[choice]}</kbd>
          </button>
        ))}
      </div>
      {own?.decision === "fine" ? <p class="reason">Fine: {own.reason}</p> : null}
      <label class="note">
        Note <kbd>{keymap.note}</kbd>
        {/* Another note from outside is another field, for what is being typed belongs to the reviewer. */}
        <textarea
          id="note"
          key={own?.note ?? ""}
          rows={1}
          defaultValue={own?.note ?? ""}
          onChange={(event) => saveNote(event.currentTarget.value)}
        />
      </label>
    </>
  );
}
