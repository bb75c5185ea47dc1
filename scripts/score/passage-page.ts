import type { GenreScores } from "./passage-run.ts";
import { type PassageScore, sumOf, type Told } from "./passages.ts";
import type { Share } from "./tally.ts";

/** Scores by genre, with all together last. */
export function genreRows(scores: GenreScores): readonly (readonly [string, PassageScore])[] {
  const rows = [...scores].map(([genre, list]) => [genre, sumOf(list)] as const);
  return [...rows, ["all", sumOf(rows.map(([, score]) => score))]];
}

/** The figures in the layout of the passages' ruler, so that the two can be laid side by side. */
export function passageLines(scores: GenreScores): readonly string[] {
  const rows = genreRows(scores).map(([genre, score]) => {
    const shares = [
      share(score.found).padStart(6),
      share(score.wanted).padStart(9),
      share(score.subject).padStart(7),
      share(score.hardware).padStart(8),
      share(score.checks).padStart(6),
      `${share(score.discrepancies)} of ${score.discrepancies.of}`.padStart(13),
      String(score.alarms).padStart(7),
    ];
    return `${genre.padEnd(20)} ${String(score.passages).padStart(8)} ${String(score.found.of).padStart(5)} ${shares.join(" ")} (${score.errors})`;
  });
  return ["genre                passages  gold recall precision subject hardware checks discrepancies  alarms (errors)", ...rows];
}

/** What each column of the table of passages counts. */
const MEANINGS: readonly (readonly [string, string])[] = [
  ["found", "figures of the gold that are read with their value and kind"],
  ["precision", "figures read that are figures of the gold; the gold is complete, so any other is wrong"],
  ["model", "figures found whose model is the one of the gold, of those that have one"],
  ["product", "the same for the hardware"],
  ["checks", "claims that the passage lets a reader recompute and that get the verdict that is right, silence where nothing can be told"],
  ["discrepancies", "claims that are wrong, and are told"],
  ["alarms", "warnings and errors on what is right; errors in brackets"],
];

/** The part of SCORES.md on passages: as the rules stand, and with what is fitted not having seen the genre. */
export function passageSections(scores: GenreScores, heldOut: GenreScores | null, joined: GenreScores): readonly string[] {
  if (scores.size === 0) return [];
  const intro =
    "Short texts written for measuring, with complete gold, in many ways in which people state such figures.\nThey are no part of this repository.";
  const parts = ["## Passages by genre", intro, MEANINGS.map(([name, words]) => `- _${name}_: ${words}.`).join("\n"), genreTable(scores)];
  const long = joined.size === 0 ? [] : ["### In long documents", JOINED, genreTable(joined)];
  const reliability = [...long, "### How sure", RELIABILITY, reliabilityTable(sumOf([...(heldOut ?? scores).values()].flat()).told)];
  if (heldOut === null) return [...parts, ...reliability];
  return [
    ...parts,
    "### With the genre held out",
    "The same, with every weight that is fitted having been fitted on the other genres only: what to expect of texts of a new kind.",
    genreTable(heldOut),
    ...reliability,
  ];
}

const JOINED =
  "The same passages, eight at a time as the sections of one document, each scored by itself: what to expect where much else stands around a text.";

const RELIABILITY =
  "Of what is told with so much confidence, this share is right: agreements of claims whose verdict is known, and disagreements of all claims, notes too.";

/** The lower ends of the rows; in the first are notes of equations that the binder doubts. */
const TENTHS: readonly number[] = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98];

export function reliabilityTable(told: readonly Told[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rows = TENTHS.map((low, index) => {
    const high = TENTHS[index + 1] ?? Infinity;
    const [agreeing, flags] = [false, true].map((isFlag) => {
      const all = told.filter((one) => one.isFlag === isFlag && one.confidence >= low && one.confidence < high);
      const right = all.filter(({ isRight }) => isRight).length;
      return all.length === 0 ? "-" : `${right} of ${all.length} (${(right / all.length).toFixed(2)})`;
    });
    return [`${low} to ${high === Infinity ? 1 : high}`, agreeing ?? "-", flags ?? "-"];
  });
  const head = ["confidence", "agreements", "disagreements"];
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** The figures on passages that README quotes first. */
export function passageHeadline(scores: GenreScores, heldOut: GenreScores | null): string | null {
  if (scores.size === 0) return null;
  const all = sumOf([...(heldOut ?? scores).values()].flat());
  const how = heldOut === null ? "" : ", each genre scored with weights that have not seen it";
  return [
    `On ${all.passages} short passages in ${scores.size} genres${how}, ${share(all.found)} of ${all.found.of} figures are found and ${share(all.checks)} of ${all.checks.of} checks agree;`,
    `${all.discrepancies.hit} of ${all.discrepancies.of} wrong claims are told, with ${counted(all.alarms, "false alarm")}, of them ${counted(all.errors, "error")}.`,
  ].join("\n");
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function genreTable(scores: GenreScores): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const head = ["genre", "passages", "figures", ...MEANINGS.map(([name]) => name)];
  const rows = genreRows(scores).map(([genre, score]) => [
    genre,
    String(score.passages),
    String(score.found.of),
    share(score.found),
    share(score.wanted),
    share(score.subject),
    share(score.hardware),
    share(score.checks),
    `${share(score.discrepancies)} of ${score.discrepancies.of}`,
    `${score.alarms} (${score.errors})`,
  ]);
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function share({ hit, of }: Share): string {
  return of === 0 ? "-" : (hit / of).toFixed(3);
}
