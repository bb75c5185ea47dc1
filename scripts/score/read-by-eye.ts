import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A random draw of mentions (`npm run sample-mentions`) that a person read, judging every field of each against the page. */
export interface ReadDraw {
  readonly date: string;
  readonly version: string;
  readonly draw: "uniform" | "stratified";
  readonly seed: number;
  readonly drawn: number;
  /** Those whose kind, value, unit and what it is for one of are right, and that are figures of a training at all. */
  readonly figureRight: number;
  /** Of these, those whose role and model are right, too. */
  readonly right: number;
  /** What is wrong with the others: a class, and how many. */
  readonly wrong: Readonly<Record<string, number>>;
}

/** The last draws that were read, one of each way of drawing. */
export function readDraws(): readonly ReadDraw[] {
  return JSON.parse(readFileSync(join(import.meta.dirname, "read-by-eye.json"), "utf8")) as readonly ReadDraw[];
}

/** A section of the page of scores. */
export function readWords(draws: readonly ReadDraw[]): readonly string[] {
  const lines = draws.map(
    ({ draw, seed, date, version, drawn, figureRight, right, wrong }) =>
      `| ${draw}, seed ${seed} | ${date}, ${version} | ${figureRight} of ${drawn} (${(figureRight / drawn).toFixed(3)}) | ${right} of ${drawn} (${(right / drawn).toFixed(3)}) | ${Object.entries(
        wrong,
      )
        .map(([kind, count]) => `${kind} ${count}`)
        .join(", ")} |`,
  );
  return [
    "## Read by eye",
    "Mentions drawn at random and read on the page: the figure is right where kind, value, unit and what it is for one of are, and it is told of a training at all; all of it is right where whose figure it is and of which model are right, too.\nA stratified draw takes kinds and documents in turn, so that rare kinds weigh as much as long tables.",
    ["| draw | read | figure right | all right | wrong |", "| --- | --- | --- | --- | --- |", ...lines].join("\n"),
  ];
}
