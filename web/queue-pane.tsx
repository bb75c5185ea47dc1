import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Entry } from "./api.ts";
import { choiceWords } from "./decision-bar.tsx";
import { nameOf } from "./figure-words.ts";
import { choicesOf, isDisputed, type Judgements } from "./judgements.ts";

interface Props {
  readonly entries: readonly Entry[];
  readonly at: number;
  readonly judgements: Judgements;
  readonly reviewer: string;
  readonly choose: (at: number) => void;
}

/** In pixels, as in the style sheet. */
const ROW_HEIGHT = 62;

/** Only the rows in view are in the page, so that ten thousand cost as much as twenty. */
export function QueueList({ entries, at, judgements, reviewer, choose }: Props): VNode {
  const box = useRef<HTMLDivElement>(null);
  const [, redraw] = useState(0);
  const options = {
    count: entries.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 5,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => redraw((count) => count + 1),
  };
  const [list] = useState(() => new Virtualizer<HTMLDivElement, HTMLButtonElement>(options));
  list.setOptions({ ...list.options, ...options });
  useEffect(() => list._didMount(), [list]);
  useLayoutEffect(() => list._willUpdate());
  useEffect(() => {
    if (entries.length > 0) list.scrollToIndex(at, { align: "center" });
  }, [at, list, entries.length]);
  return (
    <div class="scroll" ref={box}>
      <div class="rows" role="listbox" aria-label="Flagged claims" style={{ height: `${list.getTotalSize()}px` }}>
        {list.getVirtualItems().map(({ index, start }) => {
          const entry = entries[index];
          if (entry === undefined) return null;
          return (
            <button
              type="button"
              class="row"
              role="option"
              key={`${entry.document} ${entry.id}`}
              aria-selected={index === at}
              // The keys j and k walk the list; tabbing through thousands of rows would lead nowhere.
              tabIndex={index === at ? 0 : -1}
              style={{ top: `${start}px` }}
              onClick={() => choose(index)}
            >
              <b>
                <span class={entry.severity} aria-hidden="true">
                  ●{" "}
                </span>
                {entry.text}
                {entry.subject === null ? "" : ` · ${entry.subject}`}
              </b>
              <span class="dim">
                {entry.doubt === null ? entry.severity : "in doubt"} · {entry.verdict} ·{" "}
                {judgementWords(judgements, entry.fingerprint, reviewer)}
              </span>
              <span class="dim">{nameOf(entry.source)}</span>
            </button>
          );
        })}
      </div>
    </div>
  );
}

/** "you: error · ben: fine · disagreed"; "open". */
function judgementWords(judgements: Judgements, fingerprint: string, reviewer: string): string {
  const choices = choicesOf(judgements, fingerprint).map(
    (line) => `${line.reviewer === reviewer ? "you" : line.reviewer}: ${choiceWords(line.decision)}`,
  );
  const corrected = judgements.corrected.has(fingerprint) ? ["corrected"] : [];
  const disputed = isDisputed(judgements, fingerprint) ? ["disagreed"] : [];
  return [...(choices.length === 0 ? ["open"] : choices), ...corrected, ...disputed].join(" · ");
}
