import { h, type VNode } from "preact";
import type { Correction, Figure, Finding, Opened } from "./api.ts";

interface Props {
  readonly opened: Opened;
  /** Document and finding: a handle for tests and scripts. */
  readonly place: string;
  readonly finding: Finding;
  readonly now: Finding | null;
  readonly readings: readonly { readonly mention: string; readonly unit: string }[];
  readonly corrections: readonly Correction[];
  readonly changed: number;
  readonly decision: string | null;
  readonly note: string;
  readonly correct: (correction: Correction | null) => void;
  readonly decide: (decision: string | null) => void;
  readonly saveNote: (note: string) => void;
  readonly show: (mention: string) => void;
}

export const DECISIONS = [
  ["confirmed", "Error", "c"],
  ["fine", "Fine", "f"],
  ["misread", "Misread", "m"],
  ["unsure", "Unsure", "u"],
] as const;

export function figureWords({ value, unit }: Figure): string {
  if (unit === "USD") return `$${value.toLocaleString("en-US", { maximumFractionDigits: 2 })}`;
  return `${Math.abs(value) >= 1e9 ? value.toPrecision(4) : value.toLocaleString("en-US", { maximumSignificantDigits: 6 })} ${unit}`;
}

/** Stated against recomputed, the working, the readings as switches, and the decision. */
export function FindingPane(props: Props): VNode {
  const { finding, now, corrections } = props;
  const shown = now ?? finding;
  const origins = [...new Set([finding.claim, ...finding.steps.flatMap(({ from }) => from)])].flatMap((id) =>
    props.opened.wire.mentions.filter((mention) => mention.id === id),
  );
  const unitOf = (mention: string): string | undefined =>
    corrections.findLast((entry) => entry.kind === "reading" && entry.mention === mention)?.["unit" as never];
  return h(
    "section",
    { class: "pane finding", "aria-label": "Finding", "data-place": props.place, tabIndex: 0 },
    h(
      "p",
      { class: finding.severity },
      h("b", null, `${shown.severity}: ${shown.verdict}`),
      " ",
      h("span", { class: "dim" }, finding.rule),
    ),
    h(
      "dl",
      { class: "figures" },
      h("dt", null, "stated"),
      h("dd", null, figureWords(shown.stated)),
      h("dt", null, "works out to"),
      h("dd", { id: "recomputed", "aria-live": "polite" }, shown.recomputed === null ? "nothing" : figureWords(shown.recomputed)),
    ),
    h("p", null, shown.message),
    corrections.length === 0
      ? null
      : h(
          "p",
          { role: "status" },
          now === null ? "This finding is gone under the what-if. " : `What-if: ${props.changed} of the findings changed. `,
          h("button", { onClick: () => props.correct(null) }, "Reset"),
        ),
    h(
      "div",
      { class: "choices", role: "group", "aria-label": "Decision" },
      DECISIONS.map(([id, label, key]) =>
        h(
          "button",
          { "aria-pressed": String(props.decision === id), onClick: () => props.decide(props.decision === id ? null : id) },
          label,
          " ",
          h("kbd", null, key),
        ),
      ),
    ),
    h(
      "label",
      null,
      "Note ",
      h("kbd", null, "n"),
      h("textarea", {
        id: "note",
        rows: 2,
        value: props.note,
        onChange: (event: Event) => props.saveNote((event.currentTarget as HTMLTextAreaElement).value),
      }),
    ),
    props.readings.length < 2
      ? null
      : [
          h("h2", null, "Readings"),
          h(
            "div",
            { class: "choices" },
            props.readings.map(({ mention, unit }, index) =>
              h(
                "button",
                { "aria-pressed": String(unitOf(mention) === unit), onClick: () => props.correct({ kind: "reading", mention, unit }) },
                h("kbd", null, String(index + 1)),
                ` ${unit}`,
              ),
            ),
          ),
        ],
    h("h2", null, "Working"),
    h(
      "ol",
      null,
      shown.steps.map(({ text, source }) => h("li", null, text, source === null ? null : h("span", { class: "dim" }, ` [${source}]`))),
    ),
    h("h2", null, "Figures it rests on ", h("kbd", null, "e")),
    origins.map((mention) =>
      h(
        "label",
        { key: mention.id },
        h("button", { onClick: () => props.show(mention.id) }, mention.text),
        " ",
        h("input", {
          class: "value",
          size: 9,
          type: "number",
          step: "any",
          "aria-label": `number of ${mention.text}`,
          defaultValue: String(mention.value),
          onChange: (event: Event) => {
            const value = Number((event.currentTarget as HTMLInputElement).value);
            if (Number.isFinite(value) && value > 0) props.correct({ kind: "value", mention: mention.id, value });
          },
        }),
        ` ${mention.unit}`,
      ),
    ),
  );
}
