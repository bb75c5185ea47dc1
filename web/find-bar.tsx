import type { VNode } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { FoundPlaces } from "./use-find.ts";

interface Props {
  readonly words: string;
  readonly found: FoundPlaces;
  readonly change: (words: string) => void;
  readonly step: (by: number) => void;
  readonly close: () => void;
}

/** The field for words that are looked for, and the way from one place to the next. */
export function FindBar({ words, found, change, step, close }: Props): VNode {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.select(), []);
  return (
    <search class="find">
      <input
        ref={field}
        id="find"
        aria-label="Find in the document"
        placeholder="Find in the document"
        value={words}
        onInput={(event) => change(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") close();
          else if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
          else return;
          event.preventDefault();
        }}
      />
      <span role="status">{words.trim() === "" ? "" : found.words === words ? countWords(found) : "looking …"}</span>
      <button type="button" aria-label="previous place" disabled={found.places.length < 2} onClick={() => step(-1)}>
        ‹
      </button>
      <button type="button" aria-label="next place" disabled={found.places.length < 2} onClick={() => step(1)}>
        ›
      </button>
      <button type="button" aria-label="close find" onClick={close}>
        ×
      </button>
    </search>
  );
}

/** "3 of 17"; "3 of more than 500". */
function countWords({ places, more, at }: FoundPlaces): string {
  if (places.length === 0) return "not found";
  return `${at + 1} of ${more ? "more than " : ""}${places.length}`;
}
