import type { VNode } from "preact";
import type { Agreement } from "./api.ts";
import { CheckForm, type CheckRequest } from "./check-sheet.tsx";
import type { Action, Keymap } from "./keymap.ts";
import type { Queue } from "./use-queue.ts";

interface HeaderProps {
  readonly queue: Queue;
  readonly decided: number;
  readonly total: number;
  readonly status: string;
  readonly agreements: readonly Agreement[];
  readonly open: (sheet: "failures" | "reviewers" | "export" | "open" | "history") => void;
}

/** How far the reviewer is, how far the check is, and what went wrong. */
export function Header({ queue, decided, total, status, agreements, open }: HeaderProps): VNode {
  const { progress, gone, reviewer } = queue;
  const isBusy = progress.done < progress.total;
  return (
    <header>
      <h1>reckoner review</h1>
      <progress class="of-claims" value={decided} max={Math.max(1, total)} aria-label="decided" />
      <span class="dim of-claims">
        {decided} of {total} decided
      </span>
      {isBusy ? (
        <span class="dim" id="checking">
          <progress value={progress.done} max={progress.total} aria-label="checked" /> {progress.done} of {progress.total} documents checked
        </span>
      ) : null}
      {progress.failed.length === 0 ? null : (
        <button type="button" id="failures" class="error" onClick={() => open("failures")}>
          {progress.failed.length} not read
        </button>
      )}
      <span class="grow" role="status" title={status}>
        {status}
      </span>
      <button type="button" class="of-claims" onClick={() => open("open")}>
        Check …
      </button>
      <button type="button" class="of-claims" onClick={() => open("history")}>
        History
      </button>
      <button type="button" class="of-claims" onClick={() => open("export")}>
        Export
      </button>
      <button type="button" id="reviewers" title="Reviewers, and how far they agree" onClick={() => open("reviewers")}>
        Reviewer: {reviewer}
        {agreements.map(({ reviewers, kappa }) => (kappa === null ? null : <span key={reviewers.join(" ")}> κ {kappa.toFixed(2)}</span>))}
      </button>
      {gone === "" ? null : (
        <p class="gone" role="alert">
          {gone}
        </p>
      )}
    </header>
  );
}

/** In few words, for one line at the foot of a laptop's screen; `?` has all. */
const HINTS: readonly (readonly [readonly Action[], string])[] = [
  [["next", "previous"], "next, previous"],
  [["confirmed"], "confirm"],
  [["fine"], "fine"],
  [["misread"], "misread"],
  [["unsure"], "unsure"],
  [["undo", "redo"], "undo, redo"],
  [["edit"], "edit"],
  [["where"], "figures"],
  [["note"], "note"],
  [["filter"], "filter"],
  [["find"], "find"],
  [["add"], "add claim"],
  [["open"], "check"],
  [["export"], "export"],
];

/** The keys that are used most. */
export function Hints({ keymap }: { readonly keymap: Keymap }): VNode {
  return (
    <footer>
      {HINTS.map(([actions, what]) => (
        <span key={what}>
          {actions.map((action) => (
            <kbd key={action}>{keymap[action]}</kbd>
          ))}{" "}
          {what}
        </span>
      ))}
      <span>
        <kbd>1</kbd>–<kbd>9</kbd> reading
      </span>
      <span class="last">
        <kbd>{keymap.keys}</kbd> all keys
      </span>
    </footer>
  );
}

/** What stands in the place of a document where there is none to show. */
export function Nothing(props: {
  readonly queue: Queue;
  readonly isFiltered: boolean;
  readonly isLoading: boolean;
  readonly reset: () => void;
  readonly check: (request: CheckRequest) => void;
}): VNode {
  const { progress, isLoaded } = props.queue;
  if (!isLoaded || props.isLoading) return <p role="status">loading …</p>;
  if (props.isFiltered)
    return (
      <div class="nothing">
        <p>No claim passes the filter.</p>
        <button type="button" onClick={props.reset}>
          Show all that is flagged
        </button>
      </div>
    );
  if (progress.done < progress.total)
    return <p class="nothing">Nothing flagged so far; the first claims show here as documents are checked.</p>;
  return (
    <div class={progress.done === 0 ? "nothing start" : "nothing"}>
      <p>{progress.done === 0 ? "No documents yet." : "No claim was found."}</p>
      <p>Drop a PDF here, or paste an excerpt, to have it checked.</p>
      <CheckForm dropped={null} check={props.check} />
    </div>
  );
}
