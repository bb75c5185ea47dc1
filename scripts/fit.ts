/**
 * Fits the weights of the decisions to the gold: `npm run fit [-- DECISION] [--verbose] [--dry] [--passages DIR]`.
 *
 * Prints how many questions are answered right with each genre held out by turns, which is the figure that counts, and with nothing
 * held out; then writes `rules/weights/<decision>.yaml`.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { parse, stringify } from "yaml";
import { openCatalog } from "../src/store/rules-folder.ts";
import { crossValidate, type GroupScore, scoreGroup } from "./fit/cross-validate.ts";
import { DECISIONS, type FittedDecision } from "./fit/decisions.ts";
import { fitWeights } from "./fit/fit-weights.ts";

const ROOT = resolve(import.meta.dirname, "..");

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    passages: { type: "string", default: join(ROOT, "..", "shared", "passages") },
    verbose: { type: "boolean", default: false },
    dry: { type: "boolean", default: false },
  },
});

if (existsSync(flags.passages)) {
  const { catalog, problems } = await openCatalog({ overlay: null });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  for (const decision of DECISIONS.filter(({ id }) => positionals.length === 0 || positionals.includes(id))) fitDecision(decision);

  function fitDecision(decision: FittedDecision): void {
    const examples = decision.examples(catalog, flags.passages);
    const path = join(ROOT, "rules", "weights", `${decision.id}.yaml`);
    const margin = existsSync(path) ? (parse(readFileSync(path, "utf8")) as { readonly margin: number }).margin : 1;
    const scores = crossValidate(examples, margin);
    if (flags.verbose) for (const miss of scores.flatMap(({ misses }) => misses)) console.log(miss);
    const weights = fitWeights(examples);
    const fitted = scoreGroup({ id: decision.id, about: decision.about, margin, weights }, "nothing held out", examples);
    for (const score of [...scores, sumOf(scores), fitted]) console.log(line(decision.id, score));
    if (!flags.dry) writeFileSync(path, stringify({ id: decision.id, about: decision.about, margin, weights }, { lineWidth: 0 }));
  }
} else console.log(`no passages in ${flags.passages}; nothing to fit (give another folder with --passages)`);

function sumOf(scores: readonly GroupScore[]): GroupScore {
  const sum = (of: (score: GroupScore) => number): number => scores.reduce((total, score) => total + of(score), 0);
  return {
    group: "all, held out",
    right: sum(({ right }) => right),
    silent: sum(({ silent }) => silent),
    asked: sum(({ asked }) => asked),
    misses: [],
  };
}

function line(id: string, { group, right, silent, asked }: GroupScore): string {
  return `${id.padEnd(10)} ${group.padEnd(18)} ${(right / Math.max(asked, 1)).toFixed(3)}  ${right} of ${asked}, ${silent} not decided`;
}
