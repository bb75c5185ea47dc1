import type { Document } from "../model/document.ts";
import type { Mention } from "../model/mention.ts";
import type { FigureChange, VersionDiff } from "../model/version-diff.ts";
import { placeWords, quoted } from "./report-subject.ts";
import { columns, paint } from "./terminal-layout.ts";

/** Two versions that were compared, and the documents their figures stand in. */
export interface ComparedVersions {
  readonly old: Document;
  readonly newer: Document;
  readonly diff: VersionDiff;
}

/** The figures that differ, for a person at a terminal: what changed first, then what is gone and what is new. */
export function diffPage(versions: ComparedVersions, terminal: { readonly color: boolean; readonly width: number }): string {
  const brush = paint(terminal.color);
  const { changes, unchanged } = versions.diff;
  const sections = (["changed", "removed", "added"] as const).flatMap((kind) => {
    const rows = changes.filter((change) => change.change === kind).map((change) => rowOf(versions, change));
    return rows.length === 0 ? [] : [`${brush.strong(TITLES[kind])}\n${columns(rows, Math.min(terminal.width, WIDEST), "  ")}`];
  });
  const total = `${count(changes.filter(({ change }) => change === "changed").length, "figure")} changed, ${unchanged} the same`;
  return `${[...sections, total].join("\n\n")}\n`;
}

const WIDEST = 120;

const TITLES = { changed: "Changed", removed: "Only in the older version", added: "Only in the newer version" } as const;

function rowOf({ old, newer }: ComparedVersions, change: FigureChange): readonly string[] {
  const subject = change.subject ?? "";
  switch (change.change) {
    case "changed":
      return [subject, change.old.kind, `${figure(old, change.old)}  ->  ${figure(newer, change.new)}`];
    case "removed":
      return [subject, change.old.kind, figure(old, change.old)];
    case "added":
      return [subject, change.new.kind, figure(newer, change.new)];
  }
}

function figure(document: Document, mention: Mention): string {
  const place = placeWords(document, mention.span);
  return `${quoted(mention.text)}${place === "" ? "" : ` (${place})`}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** The same for programs: one entry for each figure that differs. */
export function diffJson({ old, newer, diff }: ComparedVersions): string {
  const side = (document: Document, mention: Mention) => ({
    text: mention.text,
    value: mention.value,
    unit: mention.unit,
    place: placeWords(document, mention.span),
  });
  const changes = diff.changes.map((change) => ({
    verdict: change.change,
    subject: change.subject,
    kind: change.change === "added" ? change.new.kind : change.old.kind,
    old: change.change === "added" ? null : side(old, change.old),
    new: change.change === "removed" ? null : side(newer, change.new),
  }));
  const head = { schema: "reckoner-diff/1", old: old.source, new: newer.source };
  return `${JSON.stringify({ ...head, changes, unchanged: diff.unchanged }, null, 2)}\n`;
}
