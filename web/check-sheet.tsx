import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import { Sheet } from "./dialogs.tsx";
import { nameOf } from "./figure-words.ts";

/** A document to be checked, and perhaps the paper that it talks about. */
export interface CheckRequest {
  readonly file: Blob;
  readonly name: string;
  readonly against: File | null;
}

/** What was dropped or pasted last, to be checked again by the paper it talks about. */
export type Dropped = Pick<CheckRequest, "file" | "name">;

/** Takes a file, or an excerpt as text; and the paper that it talks about. */
export function CheckForm(props: { readonly dropped: Dropped | null; readonly check: (request: CheckRequest) => void }): VNode {
  const file = useRef<HTMLInputElement>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const against = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState("");
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const [given] = file.current?.files ?? [];
    const words = text.current?.value.trim() ?? "";
    const source = against.current?.files?.[0] ?? null;
    const what = given === undefined ? (words === "" ? props.dropped : pasted(words)) : { file: given, name: given.name };
    if (what === null) setFault("Choose a file, or paste an excerpt.");
    else props.check({ ...what, against: source });
  };
  return (
    <form class="check" onSubmit={submit}>
      <label for="excerpt">Excerpt</label>
      <textarea ref={text} id="excerpt" rows={5} placeholder="Paste a paragraph of an article here." />
      <label for="upload">or a file</label>
      <input ref={file} id="upload" type="file" />
      <label for="against">
        The paper it talks about <span class="dim">(if there is one)</span>
      </label>
      <input ref={against} id="against" type="file" />
      {props.dropped === null ? null : <p class="dim">Without an excerpt or a file: “{nameOf(props.dropped.name)}” once more.</p>}
      {fault === "" ? null : <p role="alert">{fault}</p>}
      <button type="submit" id="check" class="main">
        Check
      </button>
    </form>
  );
}

/** The same over the page. */
export function CheckSheet({ close, ...given }: Parameters<typeof CheckForm>[0] & { readonly close: () => void }): VNode {
  return (
    <Sheet title="Check a document" close={close}>
      <CheckForm {...given} />
      <p class="dim">Elsewhere on the page, files can be dropped and text be pasted at any time.</p>
    </Sheet>
  );
}

/** Text that has no file. */
export function pasted(text: string): Dropped {
  return { file: new Blob([text]), name: "pasted text.txt" };
}
