import { lineOf, pageOf, textOf } from "../model/document.ts";
import type { Finding } from "../model/finding.ts";
import type { DocumentReport } from "../model/report.ts";
import type { Silence, Trace, TracedMention, UnreadPlace } from "../model/trace.ts";
import { choiceRows } from "./choice-rows.ts";
import { findingMessage } from "./message.ts";
import { placeWords, quoted, type ReportSubject, reportSubject } from "./report-subject.ts";
import { columns, type Paint, type PrettyOptions, paint, wrapped } from "./terminal-layout.ts";
import { visible } from "./visible.ts";

/** A document with what a phrase of it went through; the trace is null where nothing could be read. */
export interface TracedDocument {
  readonly report: DocumentReport;
  readonly trace: Trace | null;
}

/** Why nothing is told of a figure, as a sentence. */
const SILENCES: Readonly<Record<Silence, string>> = {
  premise: "It is judged by nothing itself; the findings below rest on it.",
  hypothetical: "It is a plan or a thought experiment, which is read and not judged.",
  alone: "No other figure was found to be of the same run, so that there is nothing to compare it with.",
  "not-compared": "No rule works it out from the other figures of its run.",
  unlikely: "No way to work it out is likely enough, after figures are compared, that agreement or disagreement is told.",
  "too-wide": "What it agrees with is so rounded that a factor of 2 would pass: nothing was tested.",
  restated: "It differs from another telling in the same unit, and the two may be of two things.",
  "given-elsewhere": "It disagrees with what stands near it, and figures further off give it.",
  "other-voice": "It disagrees with figures that are told in another voice: a plan, or what others say.",
  "far-off": "It disagrees with figures that stand far off, and may be of another thing.",
  "told-of-another": "The same figures are told of another claim among them, or another finding outdoes it.",
};

const DOUBTS = { "low-confidence": "a figure was read with doubt", "unclear-run": "it is unclear which run the figures are of" } as const;

/** The trace for a person at a terminal. */
export function traceWords(documents: readonly TracedDocument[], options: PrettyOptions): string {
  const brush = paint(options.color);
  const parts = documents.map(({ report, trace }) => {
    const head = brush.strong(report.source === "-" ? "standard input" : visible(report.source));
    if (report.result === null || trace === null) return `${head}\n  could not be read`;
    const subject = reportSubject(report.result);
    const found = [
      ...trace.mentions.map((mention) => mentionWords(brush, options.width, subject, mention)),
      ...trace.unread.map((place) => unreadWords(brush, options.width, subject, place)),
    ];
    return [head, ...(found.length > 0 ? found : [`  ${quoted(trace.phrase)} stands nowhere in the text that was read.`])].join("\n\n");
  });
  return `${parts.join("\n\n")}\n`;
}

/** The trace for programs: an object for each document. */
export function traceJson(documents: readonly TracedDocument[]): string {
  return `${JSON.stringify({ schema: "reckoner-trace/1", documents: documents.map(documentData) }, null, 2)}\n`;
}

function documentData({ report, trace }: TracedDocument) {
  const head = { source: report.source, status: report.status };
  if (report.result === null || trace === null) return { ...head, phrase: trace?.phrase ?? null, mentions: [], unread: [] };
  const subject = reportSubject(report.result);
  const told = (finding: Finding) => {
    const { id, rule, verdict, severity, confidence, premises } = finding;
    return { id, rule, verdict, severity, confidence, premises, message: findingMessage(subject, finding) };
  };
  const place = (span: UnreadPlace["span"]) => ({ page: pageOf(subject.document, span), line: lineOf(subject.document, span), ...span });
  return {
    ...head,
    phrase: trace.phrase,
    mentions: trace.mentions.map(({ mention, decisions, judged, supports, withheld, silence }) => ({
      ...{ id: mention.id, text: mention.text, ...place(mention.span), kind: mention.kind, value: mention.value, unit: mention.unit },
      ...{ per: mention.per, hedge: mention.hedge, confidence: mention.confidence, rules: mention.rules },
      decisions: decisions.map(({ mention: _, ...choice }) => choice),
      ...{ judged: judged.map(told), supports: supports.map(told) },
      withheld: withheld.map(({ finding, because }) => ({ ...told(finding), because })),
      silence: silence === null ? null : { reason: silence, words: SILENCES[silence] },
    })),
    unread: trace.unread.map(({ span, within, beside, numbers }) => ({
      ...place(span),
      text: textOf(subject.document, within),
      beside: beside.map(({ id, text, kind }) => ({ id, text, kind })),
      numbers: numbers.map(({ span: own, ...choice }) => ({ text: textOf(subject.document, own), ...place(own), ...choice })),
    })),
  };
}

function mentionWords(brush: Paint, width: number, subject: ReportSubject, traced: TracedMention): string {
  const { mention, decisions, judged, supports, withheld, silence } = traced;
  const place = placeWords(subject.document, mention.span);
  const read = [
    `${mention.kind}: ${mention.value} ${mention.unit}${mention.per === null ? "" : ` per ${mention.per}`}`,
    ...(mention.hedge === null ? [] : [`hedged (${mention.hedge})`]),
    ...(mention.rules.length === 0 ? [] : [`by ${mention.rules.map((rule) => `"${rule}"`).join(", ")}`]),
    `confidence ${mention.confidence}`,
  ].join(", ");
  const rows = [[brush.quiet("read as"), read], ...decisions.flatMap((decision) => choiceRows(brush, decision))];
  const lines = [
    ...judged.map((finding) => `${findingHead(brush, finding)}: ${findingMessage(subject, finding)}`),
    ...withheld.map(
      ({ finding, because }) => `Not told, for ${DOUBTS[because]}: ${findingHead(brush, finding)}: ${findingMessage(subject, finding)}`,
    ),
    ...(silence === null ? [] : [SILENCES[silence]]),
    ...supports.map((finding) => `Supports ${findingHead(brush, finding)}: ${findingMessage(subject, finding)}`),
  ];
  const head = `${brush.claim(quoted(mention.text))}  ${brush.quiet([mention.id, place].filter((part) => part !== "").join(" · "))}`;
  return [head, columns(rows, width, "  "), ...lines.map((line) => wrapped(line, width, "  "))].join("\n");
}

function findingHead(brush: Paint, { id, severity, verdict, rule, confidence }: Finding): string {
  return `${brush[severity](`${severity} ${verdict}`)} ${brush.quiet(`(${id}, ${rule}, confidence ${confidence.toFixed(2)})`)}`;
}

function unreadWords(brush: Paint, width: number, subject: ReportSubject, { span, within, beside, numbers }: UnreadPlace): string {
  const place = placeWords(subject.document, span);
  const start = Math.max(within.start, span.start - AROUND);
  const end = Math.min(within.end, span.end + AROUND);
  const near = beside.map(({ id, text, kind }) => `${quoted(text)} (${id}, ${kind})`).join(", ");
  const asked = numbers.map((number) =>
    [
      wrapped(
        `${quoted(textOf(subject.document, number.span))} was taken for no figure${number.isDenied ? ", for it is said not to be so" : ""}.`,
        width,
        "  ",
      ),
      columns(choiceRows(brush, number), width, "  "),
    ].join("\n"),
  );
  return [
    `${quoted(textOf(subject.document, span))}${place === "" ? "" : `  ${place}`}`,
    wrapped(textOf(subject.document, { start, end }).replace(/\s+/g, " "), width, "  | "),
    wrapped("It stands in the text, and no figure was read from it.", width, "  "),
    ...asked,
    wrapped(near === "" ? "Nothing was read beside it, either." : `Read beside it: ${near}.`, width, "  "),
  ].join("\n");
}

/** So many signs before and behind a phrase are shown. */
const AROUND = 160;
