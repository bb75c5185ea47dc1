import { passageSections } from "./passage-page.ts";
import type { GenreScores } from "./passage-run.ts";
import type { QuoteScore } from "./quotes.ts";
import { type ReadDraw, readWords } from "./read-by-eye.ts";
import type { ReadingScore } from "./reading.ts";
import type { Share, Tally } from "./tally.ts";
import type { StageTimes } from "./timing.ts";

/** What was measured, and on what. */
export interface Scores {
  readonly all: Tally;
  readonly text: Tally;
  readonly pdf: Tally;
  readonly quotes: QuoteScore | null;
  readonly reading: ReadingScore | null;
  readonly times: readonly StageTimes[];
  readonly readByEye: readonly ReadDraw[];
  readonly passages: GenreScores;
  /** With rules whose weights were fitted without the genre. */
  /** The same passages as sections of long documents. */
  readonly joined: GenreScores;
  readonly heldOut: GenreScores | null;
  readonly failures: readonly string[];
  readonly date: string;
  readonly version: string;
  readonly rules: string;
  readonly seconds: number;
}

/** SCORES.md: every figure with the number of cases it rests on. */
export function scorePage(scores: Scores): string {
  const { all, text, pdf, quotes, reading } = scores;
  const parts = [
    "# Scores",
    `Measured on ${scores.date} with version ${scores.version}, rules ${scores.rules.slice(0, 12)}, by \`npm run score\` on ${all.documents.length} documents of the development corpus (${text.documents.length} text, ${pdf.documents.length} PDF) in ${scores.seconds.toFixed(0)} s.`,
    "The corpus is no part of this repository, and these documents were looked at while the rules were written: expect less on others.\nA figure without support is not shown.",
    "## Development corpus",
    table(
      ["measure", "all", "text", "PDF"],
      [
        ["figures found (value, kind and page)", ...[all, text, pdf].map((tally) => shareText(recall(tally)))],
        ["subject attached, of those found", ...[all, text, pdf].map((tally) => shareText(tally.subject))],
        ["hardware attached, of those found", ...[all, text, pdf].map((tally) => shareText(tally.hardware))],
        ["checks that agree", ...[all, text, pdf].map((tally) => shareText(tally.checks))],
        ["of the others, told as plausible but not tested", ...[all, text, pdf].map((tally) => String(tally.untested))],
        ["flags (warnings and errors)", ...[all, text, pdf].map((tally) => String(tally.flags.total))],
        ["of these outside the gold", ...[all, text, pdf].map((tally) => String(tally.outside.length))],
        ["disagreements only noted, outside the gold", ...[all, text, pdf].map((tally) => String(tally.notes.length))],
        [
          "errors outside the gold",
          ...[all, text, pdf].map((tally) => String(tally.outside.filter((line) => line.includes(" error ")).length)),
        ],
        [
          "flags in documents that claim nothing",
          ...[all, text, pdf].map((tally) => `${tally.onSilent.length} in ${tally.silentDocuments.count} documents`),
        ],
      ],
    ),
    ...passageSections(scores.passages, scores.heldOut, scores.joined),
    "## Figures by kind",
    "Recall is over the gold.\nThe lists of gold are not complete, so a mention outside them need not be wrong; one in a passage or document that claims nothing is.",
    table(
      ["kind", "gold", "found", "recall", "text", "PDF", "mentions", "in gold", "where none should be"],
      sortedKinds(all).map(([kind, counts]) => [
        kind,
        String(counts.gold),
        String(counts.page),
        counts.gold === 0 ? "" : (counts.page / counts.gold).toFixed(3),
        kindRecall(text, kind),
        kindRecall(pdf, kind),
        String(counts.mentions),
        String(counts.inGold),
        String(counts.unwanted),
      ]),
    ),
    "## Checks by verdict",
    table(
      ["wanted", "agree"],
      [...all.verdicts].sort((left, right) => right[1].of - left[1].of).map(([verdict, share]) => [verdict, shareText(share)]),
    ),
  ];
  parts.push(
    "## Checks by kind of claim",
    "Support is the number of checks in the gold, recall the share that the findings agree with.",
    table(
      ["kind", "support", "recall"],
      [...all.claims]
        .sort((left, right) => right[1].of - left[1].of)
        .map(([kind, share]) => [kind, String(share.of), (share.hit / share.of).toFixed(3)]),
    ),
    "## Rules",
    "Support is the number of findings on figures that a check of the gold is about, precision the share of these with its verdict.",
    table(
      ["rule", "findings", "flags", "support", "precision"],
      [...all.rules]
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([rule, { findings, flags, known }]) => [
          rule,
          String(findings),
          String(flags),
          String(known.of),
          known.of === 0 ? "" : (known.hit / known.of).toFixed(3),
        ]),
    ),
  );
  if (scores.readByEye.length > 0) parts.push(...readWords(scores.readByEye));
  if (scores.times.length > 0) parts.push("## Time", timeWords(scores.times));
  if (reading !== null)
    parts.push(
      "## Reading of PDF",
      "Marked phrases that stand whole in the text on their page, and marked cells that stand in a table under their row and column.",
      table(
        ["measure", "found"],
        [
          ["phrases", shareText(reading.phrases)],
          ["table cells", shareText(reading.cells)],
        ],
      ),
    );
  if (quotes !== null)
    parts.push(
      "## Quotes",
      "Sentences that Epoch AI quotes for its table of models: what they themselves state, and how much of it is found.",
      table(
        ["fact", "found"],
        (["hardware", "quantity", "hours", "chip-hours"] as const).map((fact) => [
          fact,
          shareText({ hit: quotes.found[fact], of: quotes.stated[fact] }),
        ]),
      ),
    );
  if (scores.failures.length > 0) parts.push("## Not scored", scores.failures.map((line) => `- ${line}`).join("\n"));
  return `${parts.join("\n\n")}\n`;
}

function timeWords(times: readonly StageTimes[]): string {
  const worst = (pick: (time: StageTimes) => number): string => {
    const most = [...times].sort((left, right) => pick(right) - pick(left))[0];
    return most === undefined ? "" : `${pick(most).toFixed(2)} of it (${most.document})`;
  };
  return [
    `In parts of the time that reading takes, for the worst of ${times.length} PDFs: checking ${worst(({ check }) => check)}; extracting, linking and checking together ${worst(({ all }) => all)}.`,
    `Below a fifth: checking in ${times.filter(({ check }) => check < 0.2).length} of ${times.length}, all stages together in ${times.filter(({ all }) => all < 0.2).length}.`,
  ].join("\n");
}

/** The figures that README quotes. */
export function headline({ all }: Scores): string {
  const found = recall(all);
  const ratio = ({ hit, of }: Share): string => (hit / of).toFixed(3);
  return [
    `On the development corpus (${all.documents.length} documents, looked at while the rules were written) ${ratio(found)} of ${found.of} figures are found and ${ratio(all.checks)} of ${all.checks.of} checks agree;`,
    `${all.outside.filter((line) => line.includes(" error ")).length} errors are false, and nothing is flagged in the ${all.silentDocuments.count} documents that claim nothing.`,
  ].join("\n");
}

/** Kinds by their support in the gold, then by name. */
export function sortedKinds(tally: Tally): readonly (readonly [string, NonNullable<ReturnType<Tally["kinds"]["get"]>>])[] {
  return [...tally.kinds].sort((left, right) => right[1].gold - left[1].gold || (left[0] < right[0] ? -1 : 1));
}

export function recall(tally: Tally): Share {
  const counts = [...tally.kinds.values()];
  return { hit: counts.reduce((sum, kind) => sum + kind.page, 0), of: counts.reduce((sum, kind) => sum + kind.gold, 0) };
}

function kindRecall(tally: Tally, kind: string): string {
  const counts = tally.kinds.get(kind);
  return counts === undefined || counts.gold === 0 ? "" : shareText({ hit: counts.page, of: counts.gold });
}

/** "83 of 84 (0.988)"; nothing without support. */
export function shareText({ hit, of }: Share): string {
  return of === 0 ? "" : `${hit} of ${of} (${(hit / of).toFixed(3)})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
