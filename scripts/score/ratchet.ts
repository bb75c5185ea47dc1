import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { CorpusFigures } from "./corpus-run.ts";
import { genreRows } from "./passage-page.ts";
import type { GenreScores } from "./passage-run.ts";
import type { PassageScore } from "./passages.ts";
import type { Share } from "./tally.ts";

/** Figures by set ("passages", "fixtures", "corpus", "laws"), row ("press", "all") and name ("recall"). */
export type Figures = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;

const FILE = join(import.meta.dirname, "ratchet.yaml");

/** How far a share may fall before it counts as fallen. */
const SLACK = 0.005;

/** A genre has some forty passages, so that one claim is more than the slack of the whole. */
const SLACK_OF_A_GENRE = 0.02;

/** Figures that count faults: these may not rise. */
const FAULTS: ReadonlySet<string> = new Set(["alarms", "errors", "errorsOutside", "flagsOutside", "failures"]);

const INTRO = `# Figures below which the score may not fall: \`npm run ratchet\` compares, \`npm run ratchet -- --write\` takes over what has risen.
# A figure is lowered by hand, with the reason in the commit. Shares are in parts of one; alarms, errors and flags are counts.
`;

export function committedFigures(): Figures {
  return (parse(readFileSync(FILE, "utf8")) ?? {}) as Figures;
}

export function writeFigures(figures: Figures): void {
  writeFileSync(FILE, INTRO + stringify(figures, { flowCollectionPadding: true, lineWidth: 0 }));
}

/** The figures of passages, by genre and all together. */
export function passageFigures(scores: GenreScores): Figures[string] {
  return Object.fromEntries(
    genreRows(scores).map(([genre, score]) => {
      // One alarm more in a genre and two fewer in another is no fall.
      const faults = genre === "all" ? { alarms: score.alarms, errors: score.errors } : {};
      return [genre, { ...sharesOf(score), ...faults }];
    }),
  );
}

export function corpusRow({ ...figures }: CorpusFigures): Figures[string] {
  return { all: figures };
}

/** A line for every committed figure of a set that has fallen, or is not measured any more. */
export function fallenBelow(set: string, committed: Figures[string], measured: Figures[string]): readonly string[] {
  return Object.entries(committed).flatMap(([row, figures]) =>
    Object.entries(figures).flatMap(([name, least]) => {
      const got = measured[row]?.[name];
      if (got !== undefined && !hasFallen(row, name, least, got)) return [];
      return [`${set}, ${row}: ${name} is ${got ?? "not measured"}, and was ${least}`];
    }),
  );
}

/** The better of what is committed and what was measured, figure by figure; rows that are new are added. */
export function raised(committed: Figures[string], measured: Figures[string]): Figures[string] {
  const rows = [...new Set([...Object.keys(committed), ...Object.keys(measured)])];
  return Object.fromEntries(
    rows.map((row) => {
      const [old, fresh] = [committed[row] ?? {}, measured[row] ?? {}];
      const names = [...new Set([...Object.keys(old), ...Object.keys(fresh)])];
      return [row, Object.fromEntries(names.map((name) => [name, better(name, old[name], fresh[name])]))];
    }),
  );
}

function better(name: string, old: number | undefined, fresh: number | undefined): number {
  if (old === undefined || fresh === undefined) return old ?? fresh ?? 0;
  return FAULTS.has(name) ? Math.min(old, fresh) : Math.max(old, fresh);
}

function hasFallen(row: string, name: string, least: number, got: number): boolean {
  if (FAULTS.has(name)) return got > least;
  return got < least - (row === "all" ? SLACK : SLACK_OF_A_GENRE);
}

function sharesOf(score: PassageScore): Readonly<Record<string, number>> {
  const shares = {
    recall: score.found,
    precision: score.wanted,
    subject: score.subject,
    hardware: score.hardware,
    checks: score.checks,
    discrepancies: score.discrepancies,
  };
  const measured = Object.entries(shares).filter(([, { of }]) => of > 0);
  return Object.fromEntries(measured.map(([name, share]) => [name, three(share)]));
}

function three({ hit, of }: Share): number {
  return Number((hit / of).toFixed(3));
}
