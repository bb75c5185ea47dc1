import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Marked } from "./api.ts";
import { Sheet } from "./dialogs.tsx";
import { numberText } from "./figure-words.ts";
import type { AddedClaim } from "./use-history.ts";

interface Props {
  readonly document: number;
  readonly marked: Marked;
  /** The units of each kind. */
  readonly units: Readonly<Record<string, readonly string[]>>;
  /** Models that the document names. */
  readonly models: readonly string[];
  /** Errors: rejects with why it was not kept. */
  readonly add: (claim: AddedClaim) => Promise<void>;
  readonly close: () => void;
}

/** Asks what a marked claim is: its kind, number, unit and model, as far as they are not seen already. */
export function AddClaimSheet({ document, marked, units, models, add, close }: Props): VNode {
  const [kind, setKind] = useState(marked.kind ?? "");
  const [unit, setUnit] = useState(marked.unit ?? "");
  const [fault, setFault] = useState("");
  const value = useRef<HTMLInputElement>(null);
  const model = useRef<HTMLInputElement>(null);
  const choices = units[kind] ?? [];
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const number = Number(value.current?.value ?? "");
    const subject = model.current?.value.trim() ?? "";
    add({ document, start: marked.start, end: marked.end, kind, value: number, unit, subject: subject === "" ? null : subject }).catch(
      (error: Error) => setFault(`Not kept: ${error.message}`),
    );
  };
  return (
    <Sheet title="Add a claim" close={close}>
      <blockquote>{marked.text}</blockquote>
      <form class="check" onSubmit={submit}>
        <label for="claim-kind">Kind</label>
        <select
          id="claim-kind"
          required
          value={kind}
          onChange={(event) => {
            setKind(event.currentTarget.value);
            setUnit(units[event.currentTarget.value]?.[0] ?? "");
          }}
        >
          <option value="">what it is …</option>
          {Object.keys(units).map((each) => (
            <option key={each} value={each}>
              {each.replaceAll("-", " ")}
            </option>
          ))}
        </select>
        <label for="claim-value">Value</label>
        <input
          ref={value}
          id="claim-value"
          type="number"
          step="any"
          min={0}
          required
          defaultValue={marked.value === null ? "" : numberText(marked.value)}
        />
        <label for="claim-unit">Unit</label>
        <select id="claim-unit" value={unit} disabled={choices.length === 0} onChange={(event) => setUnit(event.currentTarget.value)}>
          {choices.map((each) => (
            <option key={each} value={each}>
              {each === "1" ? "none" : each.replaceAll("/", " per ")}
            </option>
          ))}
        </select>
        <label for="claim-model">
          Model <span class="dim">(if the text names it)</span>
        </label>
        <input ref={model} id="claim-model" list="models" maxLength={200} defaultValue={marked.subject ?? ""} />
        <datalist id="models">
          {models.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
        {fault === "" ? null : <p role="alert">{fault}</p>}
        <button type="submit" id="add" class="main">
          Add and check
        </button>
      </form>
    </Sheet>
  );
}
