import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Entry, KeptCorrection } from "./api.ts";
import { choiceWords } from "./decision-bar.tsx";
import { nameOf } from "./figure-words.ts";
import { IN_DOUBT } from "./filters.tsx";
import { choicesOf, isDisputed, type Judgements } from "./judgements.ts";
import { useCorrectedFinding } from "./use-what-if.ts";

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
      <div class="rows" role="listbox" aria-label="Claims" style={{ height: `${list.getTotalSize()}px` }}>
        {list.getVirtualItems().map(({ index, start }) => {
          const entry = entries[index];
          if (entry === undefined) return null;
          return (
            <Row
              key={`${entry.document} ${entry.fingerprint}`}
              {...{ entry, judgements, reviewer, start }}
              isAt={index === at}
              choose={() => choose(index)}
            />
          );
        })}
      </div>
    </div>
  );
}

interface RowProps extends Pick<Props, "judgements" | "reviewer"> {
  readonly entry: Entry;
  readonly isAt: boolean;
  /** In pixels from the top. */
  readonly start: number;
  readonly choose: () => void;
}

/** A claim of the queue; one that was corrected shows how it is judged now. */
function Row({ entry, judgements, reviewer, isAt, start, choose }: RowProps): VNode {
  const now = useCorrectedFinding(entry, judgements.corrected.get(entry.fingerprint) ?? NONE);
  const before: Standing = [entry.doubt === null ? entry.severity : IN_DOUBT, entry.verdict];
  const after: Standing = now === null ? before : now === "gone" ? ["no finding"] : [now.severity, now.verdict];
  return (
    <button
      type="button"
      class="row"
      role="option"
      aria-selected={isAt}
      // The keys j and k walk the list; tabbing through thousands of rows would lead nowhere.
      tabIndex={isAt ? 0 : -1}
      style={{ top: `${start}px` }}
      onClick={choose}
    >
      <b>
        <span class={now === null || now === "gone" ? entry.severity : now.severity} aria-hidden="true">
          ●{" "}
        </span>
        {entry.text}
        {entry.subject === null ? "" : ` · ${entry.subject}`}
      </b>
      <span class="dim">
        <StandingNow {...{ before, after }} /> · {judgementWords(judgements, entry.fingerprint, reviewer)}
      </span>
      <span class="dim">
        {entry.added === null ? null : `added by ${entry.added.reviewer} · `}
        {nameOf(entry.source)}
      </span>
    </button>
  );
}

const NONE: readonly KeptCorrection[] = [];

/** Severity and verdict; one part where there is no finding. */
type Standing = readonly string[];

/** "error · inconsistent"; where it was corrected, what stood before is struck out, and what still stands is told once. */
function StandingNow({ before, after }: { readonly before: Standing; readonly after: Standing }): VNode {
  const isSameLength = before.length === after.length;
  const gone = before.filter((part, index) => !isSameLength || part !== after[index]);
  if (gone.length === 0) return <>{after.join(" · ")}</>;
  const [left, right] = [gone.join(" · "), after.filter((part, index) => !isSameLength || part !== before[index]).join(" · ")];
  const still = isSameLength ? after.filter((part, index) => part === before[index]) : [];
  return (
    <>
      <s>{left}</s> → {[right, ...still].join(" · ")}
    </>
  );
}

/** "you: error · ben: fine · disagreed"; "open"; "corrected" of what nobody has decided yet. */
function judgementWords(judgements: Judgements, fingerprint: string, reviewer: string): string {
  const choices = choicesOf(judgements, fingerprint).map(
    (line) => `${line.reviewer === reviewer ? "you" : line.reviewer}: ${choiceWords(line.decision)}`,
  );
  const corrected = judgements.corrected.has(fingerprint) ? ["corrected"] : [];
  const disputed = isDisputed(judgements, fingerprint) ? ["disagreed"] : [];
  const open = choices.length === 0 && corrected.length === 0 ? ["open"] : [];
  return [...open, ...choices, ...corrected, ...disputed].join(" · ");
}
