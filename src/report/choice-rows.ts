/** A decision as rows for a person: each answer with its score and what spoke for and against it. */
import type { Candidate, Choice } from "../model/trace.ts";
import type { Paint } from "./terminal-layout.ts";

/** So many answers and features are shown at a terminal; JSON has them all. */
const MOST_ANSWERS = 6;
const MOST_FEATURES = 10;

/** A row for each candidate, the chosen one marked. */
export function choiceRows(brush: Paint, choice: Choice): readonly (readonly string[])[] {
  const { decision, candidates, chosen, weighing, tried } = choice;
  if (candidates.length === 0) return [[brush.quiet(decision), chosen ?? "none was chosen"]];
  const isWeighed = weighing !== undefined || tried !== undefined;
  const shown = candidates.filter((candidate, index) => index < MOST_ANSWERS || candidate.choice === chosen);
  const rows = shown.map((candidate, index) => {
    const mark = candidate.choice === chosen ? "*" : " ";
    const told = isWeighed ? weightWords(candidate.features) : featureWords(candidate.features);
    const why = told === "" ? "" : `  (${told})`;
    return [brush.quiet(index === 0 ? decision : ""), `${mark} ${scoreWords(candidate)}  ${candidate.choice}${why}`];
  });
  const last = [
    ...(candidates.length > shown.length ? [`${candidates.length - shown.length} less likely ones are left out`] : []),
    ...(tried === undefined ? [] : [`${tried} ways to work it out in all`]),
    ...(chosen !== null ? [] : [unchosenWords(choice)]),
  ];
  return last.length === 0 ? rows : [...rows, ["", last.join("; ")]];
}

function unchosenWords({ weighing }: Choice): string {
  if (weighing === undefined) return "none was chosen";
  const { lead, margin, otherwise } = weighing;
  return `none was chosen: the first leads by ${short(lead)}, of ${short(margin)} that are asked for, so that it is ${otherwise}`;
}

function scoreWords({ score, odds }: Candidate): string {
  if (odds === undefined) return short(score);
  const { prior, agrees, differs } = odds;
  const after = agrees + differs > 0 ? `, agrees ${percent(agrees)}, differs ${percent(differs)}` : `, now ${percent(score)}`;
  return `prior ${percent(prior)}${after}`;
}

/** What merely holds by its name, what is an amount with it. */
function featureWords(features: Candidate["features"]): string {
  return Object.entries(features)
    .map(([name, value]) => (value === 1 ? name : `${name} ${short(value)}`))
    .join("; ");
}

/** The weightiest features with their weights; what weighs nothing is counted. */
function weightWords(features: Candidate["features"]): string {
  const weighty = Object.entries(features)
    .filter(([, weight]) => weight !== 0)
    .sort(([, left], [, right]) => Math.abs(right) - Math.abs(left));
  const idle = Object.keys(features).length - weighty.length;
  return [
    ...weighty.slice(0, MOST_FEATURES).map(([name, weight]) => `${name} ${weight > 0 ? "+" : ""}${short(weight)}`),
    ...(weighty.length > MOST_FEATURES ? [`${weighty.length - MOST_FEATURES} of less weight`] : []),
    ...(idle > 0 ? [`${idle} of none`] : []),
  ].join("; ");
}

function percent(share: number): string {
  return share < LEAST_SHARE ? "0%" : `${Number((share * 100).toPrecision(3))}%`;
}

/** Less is shown as nothing. */
const LEAST_SHARE = 1e-4;

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
