/**
 * Fits the weights of the decisions to the gold: `npm run fit [-- DECISION] [--verbose] [--dry] [--quick] [--passages DIR] [--features A,B]`.
 *
 * Prints how many questions are answered right with each genre held out by turns, which is the figure that counts, and with nothing
 * held out (`--quick`: only this); then writes `rules/weights/<decision>.yaml`. With `--features A,B` only the weights of features whose names
 * begin with one of the words are fitted, beside the others as they are.
 */
import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { stringify } from "yaml";
import { openCatalog } from "../src/store/rules-folder.ts";
import { corpusMentions } from "./fit/corpus-mentions.ts";
import { crossValidate, type GroupScore, scoreGroup } from "./fit/cross-validate.ts";
import { DECISIONS, type FittedDecision } from "./fit/decisions.ts";
import { fitWeights, USUAL_FIT } from "./fit/fit-weights.ts";
import { FOLDS } from "./fit/held-out.ts";
import { shapePassages } from "./fit/shape-passages.ts";
import { type GoldPassage, joinedPassages, mentionsOfPassage, type PassageMentions, readPassages } from "./score/gold-mentions.ts";

const ROOT = resolve(import.meta.dirname, "..");

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    passages: { type: "string", default: join(ROOT, "..", "shared", "passages") },
    corpus: { type: "string", default: join(ROOT, "..", "shared", "corpus") },
    verbose: { type: "boolean", default: false },
    dry: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    features: { type: "string" },
  },
});

if (existsSync(flags.passages)) {
  const { catalog, problems } = await openCatalog({ overlay: null });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const mentionsOf = async (passages: readonly GoldPassage[]): Promise<readonly PassageMentions[]> =>
    (await Promise.all(passages.map((passage) => mentionsOfPassage(catalog, passage)))).filter((passage) => passage !== null);
  const texts = [...readPassages(join(ROOT, "fixtures", "passages")), ...readPassages(flags.passages)];
  // Each is read by itself and among others, as in a longer document.
  const passages = await mentionsOf([...texts, ...joinedPassages(catalog, texts)]);
  const shapes = await mentionsOf(shapePassages(catalog));
  const corpus = await corpusMentions(catalog, flags.corpus);
  for (const decision of DECISIONS.filter(({ id }) => positionals.length === 0 || positionals.includes(id))) await fitDecision(decision);

  async function fitDecision(decision: FittedDecision): Promise<void> {
    const asked = [...passages, ...(decision.usesShapes === true ? shapes : []), ...(decision.usesCorpus === true ? corpus : [])];
    const examples = await decision.examples(catalog, asked, null);
    const groups = [...new Set(examples.map(({ group }) => group))].sort();
    const path = join(ROOT, "rules", "weights", `${decision.id}.yaml`);
    const { margin, prior = {}, weights: now = {} } = catalog.decisions.find(({ id }) => id === decision.id) ?? { margin: 1 };
    const word = flags.features;
    const beginnings = word?.split(",") ?? [""];
    // What has no weight now keeps none, too.
    const isFitted = (feature: string): boolean => beginnings.some((beginning) => feature.startsWith(beginning));
    const kept = word === undefined ? {} : Object.fromEntries(Object.entries(now).filter(([feature]) => !isFitted(feature)));
    const options = { ...USUAL_FIT, ...decision.options, prior, kept, isFitted };
    const scores = await crossValidate(flags.quick ? [] : groups, (without) => decision.examples(catalog, asked, without), margin, options);
    const parts = await crossValidate(flags.quick ? [] : FOLDS, (without) => decision.examples(catalog, asked, without), margin, options);
    if (flags.verbose)
      for (const miss of [...scores, ...parts.map(({ misses }) => ({ misses: misses.map((miss) => `PART ${miss}`) }))].flatMap(
        ({ misses }) => misses,
      ))
        console.log(miss);
    const weights = fitWeights(examples, options);
    const fitted = scoreGroup({ id: decision.id, about: decision.about, margin, weights }, "nothing held out", examples);
    for (const score of [...scores, sumOf("genres held out", scores), sumOf("parts held out", parts), fitted])
      console.log(line(decision.id, score));
    if (!flags.dry) writeFileSync(path, stringify({ id: decision.id, about: decision.about, margin, prior, weights }, { lineWidth: 0 }));
  }
} else console.log(`no passages in ${flags.passages}; nothing to fit (give another folder with --passages)`);

function sumOf(group: string, scores: readonly GroupScore[]): GroupScore {
  const sum = (of: (score: GroupScore) => number): number => scores.reduce((total, score) => total + of(score), 0);
  return {
    group,
    right: sum(({ right }) => right),
    silent: sum(({ silent }) => silent),
    asked: sum(({ asked }) => asked),
    named: { right: sum(({ named }) => named.right), asked: sum(({ named }) => named.asked) },
    misses: [],
  };
}

function line(id: string, { group, right, silent, asked, named }: GroupScore): string {
  const share = (part: number, whole: number): string => (part / Math.max(whole, 1)).toFixed(3);
  return `${id.padEnd(10)} ${group.padEnd(18)} ${share(right, asked)} of ${asked}; ${share(named.right, named.asked)} of ${named.asked} that are not none; ${silent} not decided`;
}
