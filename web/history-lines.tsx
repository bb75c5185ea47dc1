import type { VNode } from "preact";
import type { Entry } from "./api.ts";
import { correctedThing } from "./corrections.ts";
import { choiceWords } from "./decision-bar.tsx";
import { nameOf } from "./figure-words.ts";
import type { Judgements } from "./judgements.ts";
import { type Step, stepTo } from "./use-history.ts";

/** Lines that are shown at once. */
const MOST_LINES = 200;

interface Line {
  readonly key: string;
  readonly at: string;
  readonly reviewer: string;
  readonly fingerprint: string;
  readonly what: string;
  /** What makes it stand again; null where it stands. */
  readonly again: Step | null;
}

/** Every line that reviewers left, the latest first; on one finding, or on all. */
function linesOf(judgements: Judgements, reviewer: string, fingerprint: string | null): readonly Line[] {
  const isMeant = (line: { readonly fingerprint: string }): boolean => fingerprint === null || line.fingerprint === fingerprint;
  const decisions = [...judgements.decisions.values()].filter(isMeant).map((line): Line => {
    const { decision, reason, note } = line;
    const words = [decision === null ? "no decision" : choiceWords(decision), reason, note].filter((part) => part !== "").join(", ");
    return { ...common(line), key: `d${line.id}`, what: words, again: stepTo(judgements, reviewer, { kind: "decision", line }) };
  });
  const corrections = [...judgements.corrections.values()].filter(isMeant).map((line): Line => {
    const what = `${correctedThing(line)}: ${line.after ?? "taken back"}`;
    return { ...common(line), key: `c${line.id}`, what, again: stepTo(judgements, reviewer, { kind: "correction", line }) };
  });
  const additions = fingerprint === null ? [...judgements.additions.values()] : [];
  const added = additions.map((line): Line => {
    const { text, value, unit, subject, removed } = line;
    const what = `${removed ? "took back the added claim" : "added the claim"} “${text}” (${[`${value} ${unit}`, ...(subject === null ? [] : [subject])].join(" · ")})`;
    const again = stepTo(judgements, reviewer, { kind: "addition", line });
    return { ...common({ ...line, fingerprint: "" }), key: `a${line.id}`, what, again };
  });
  return [...decisions, ...corrections, ...added].sort((left, right) => right.at.localeCompare(left.at));
}

function common({ at, reviewer, fingerprint }: Pick<Line, "at" | "reviewer" | "fingerprint">) {
  return { at, reviewer, fingerprint };
}

/** The history as a list; what stood before can be made to stand again. */
export function HistoryLines(props: {
  readonly judgements: Judgements;
  readonly reviewer: string;
  /** Null for all. */
  readonly fingerprint: string | null;
  readonly entries: readonly Entry[];
  readonly restore: (step: Step) => void;
  /** Null where it is shown with its finding. */
  readonly go: ((entry: Entry) => void) | null;
}): VNode | null {
  const { judgements, reviewer, fingerprint, entries, restore, go } = props;
  const lines = linesOf(judgements, reviewer, fingerprint);
  const entryOf = go === null ? null : new Map(entries.map((entry) => [entry.fingerprint, entry]));
  return (
    <>
      <ul class="history">
        {lines.slice(0, MOST_LINES).map(({ key, at, reviewer: name, what, again, fingerprint: finding }) => {
          const entry = entryOf?.get(finding);
          return (
            <li key={key}>
              <time class="dim" dateTime={at}>
                {timeWords(at)}
              </time>
              <span>
                {name}: {what}
                {entry === undefined || go === null ? null : (
                  <>
                    {" · "}
                    <button type="button" class="link" onClick={() => go(entry)}>
                      {entry.text}
                      {entry.subject === null ? "" : ` · ${entry.subject}`} · {nameOf(entry.source)}
                    </button>
                  </>
                )}
              </span>
              {again === null ? null : (
                <button type="button" class="small" onClick={() => restore(again)}>
                  put back
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {lines.length > MOST_LINES ? <p class="dim">… and {lines.length - MOST_LINES} before</p> : null}
    </>
  );
}

/** "2026-01-02 10:00", as clocks here show it. */
export function timeWords(at: string): string {
  const time = new Date(at);
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
