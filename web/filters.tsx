import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import type { Entry } from "./api.ts";
import { CHOICES, choiceWords } from "./decision-bar.tsx";
import { nameOf } from "./figure-words.ts";
import { isDisputed, type Judgements } from "./judgements.ts";

/** What of the queue is shown; an empty string is any. */
export interface Filter {
  readonly words: string;
  readonly severity: string;
  /** "flagged" is every verdict that says that something is wrong. */
  readonly verdict: string;
  readonly kind: string;
  readonly decision: string;
  readonly document: string;
}

export const USUAL_FILTER: Filter = { words: "", severity: "", verdict: "flagged", kind: "", decision: "", document: "" };

/** Documents that a list can hold; of more, words find theirs. */
const MOST_DOCUMENTS = 300;

const NOT_FLAGGED: ReadonlySet<string> = new Set(["consistent", "untested", "unverifiable"]);

/** Whether a finding says that something is wrong. */
export function isFlagged({ verdict }: { readonly verdict: string }): boolean {
  return !NOT_FLAGGED.has(verdict);
}

/** What stands in the place of a severity where a finding was read with doubt. */
export const IN_DOUBT = "in doubt";

function severityOf({ doubt, severity }: Entry): string {
  return doubt === null ? severity : IN_DOUBT;
}

/** The entries that a filter lets through. */
export function filtered(entries: readonly Entry[], filter: Filter, judgements: Judgements, reviewer: string): readonly Entry[] {
  const words = filter.words.toLowerCase();
  return entries.filter(
    (entry) =>
      (filter.severity === "" || severityOf(entry) === filter.severity) &&
      (filter.verdict === "" || (filter.verdict === "flagged" ? isFlagged(entry) : entry.verdict === filter.verdict)) &&
      (filter.kind === "" || entry.kind === filter.kind) &&
      (filter.document === "" || String(entry.document) === filter.document) &&
      (filter.decision === "" || hasDecision(entry, filter.decision, judgements, reviewer)) &&
      (words === "" ||
        `${entry.text} ${entry.subject} ${entry.source} ${entry.rule} ${entry.verdict} ${entry.kind}`.toLowerCase().includes(words)),
  );
}

function hasDecision({ fingerprint, added }: Entry, decision: string, judgements: Judgements, reviewer: string): boolean {
  if (decision === "added") return added !== null;
  if (decision === "disagreed") return isDisputed(judgements, fingerprint);
  if (decision === "corrected") return judgements.corrected.has(fingerprint);
  return (judgements.standing.get(fingerprint)?.get(reviewer)?.decision ?? "open") === decision;
}

/** The fields of the filter. */
export function Filters({
  filter,
  entries,
  change,
}: {
  readonly filter: Filter;
  readonly entries: readonly Entry[];
  readonly change: (filter: Filter) => void;
}): VNode {
  const { documents, verdicts, kinds } = useMemo(
    () => ({
      documents: new Map(entries.map(({ document, source }) => [String(document), nameOf(source)])),
      verdicts: valuesOf(entries, "verdict"),
      kinds: valuesOf(entries, "kind"),
    }),
    [entries],
  );
  const pick = (name: keyof Filter, values: readonly (readonly [string, string])[]): VNode => (
    <select
      aria-label={`${name.charAt(0).toUpperCase()}${name.slice(1)}`}
      value={filter[name]}
      onChange={(event) => change({ ...filter, [name]: event.currentTarget.value })}
    >
      <option value="">any {name}</option>
      {values.map(([id, words]) => (
        <option key={id} value={id}>
          {words}
        </option>
      ))}
    </select>
  );
  return (
    <div class="filters">
      <input
        id="filter"
        placeholder="Filter: words, rule, file"
        aria-label="Filter"
        value={filter.words}
        onInput={(event) => change({ ...filter, words: event.currentTarget.value })}
      />
      {pick("verdict", [["flagged", "flagged"], ...verdicts])}
      {pick("severity", same(["error", "warning", "note", IN_DOUBT]))}
      {pick("decision", [
        ["open", "open"],
        ...CHOICES.map((choice) => [choice, choiceWords(choice)] as const),
        ["disagreed", "disagreed"],
        ["corrected", "corrected"],
        ["added", "added by a reviewer"],
      ])}
      {pick("kind", kinds)}
      {documents.size < 2 || documents.size > MOST_DOCUMENTS ? null : pick("document", [...documents])}
    </div>
  );
}

function valuesOf(entries: readonly Entry[], key: "verdict" | "kind"): readonly (readonly [string, string])[] {
  return same([...new Set(entries.map((entry) => entry[key]))].sort());
}

function same(values: readonly string[]): readonly (readonly [string, string])[] {
  return values.map((value) => [value, value] as const);
}
