/**
 * How well claims are bound and judged where every figure is read and attached as the gold has it.
 *
 * usage: node scripts/score/bind-gold.ts FOLDER... [--held-out] [--write] [--only=ID] [--misses]
 * With --held-out the weights for a quarter of the genres are fitted on the others; with --write those fitted on all are written.
 * A claim is an example twice: with the figures of the gold about it, and with those that the tool reads itself.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { BINDING, bindClaims } from "../../src/bind/bind-claims.ts";
import { DOUBT } from "../../src/bind/doubt.ts";
import { SLIPS } from "../../src/bind/slips.ts";
import { type Catalog, type DecisionWeights, weightsOf } from "../../src/model/catalog.ts";
import type { Finding } from "../../src/model/finding.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";
import { caseExamples } from "../fit/binding-cases.ts";
import { boundShapes } from "../fit/binding-shapes.ts";
import {
  asRead,
  type BindingExample,
  type BoundPassage,
  boundPassage,
  checkOf,
  examplesOf,
  fitBinding,
  type GoldCheck,
} from "../fit/fit-binding.ts";
import { doubtExamples } from "../fit/fit-doubt.ts";
import { slipChances, slipShares } from "../fit/slip-shares.ts";
import { joinedPassages, readPassages } from "./gold-mentions.ts";

const ABOUT =
  "Priors of bindings, in hundredths: how likely it is that a claim was worked out from some figures. Written by scripts/score/bind-gold.ts.";
const ABOUT_SLIPS =
  "How often each slip is what happened, in hundredths, of the wrong claims that leave room for it. Written by scripts/score/bind-gold.ts.";
const ABOUT_DOUBT =
  "How sure it is that a claim is wrong, once all ways to work it out are weighed, in hundredths. Written by scripts/score/bind-gold.ts.";
const FOLDER = new URL("../../rules/weights/", import.meta.url);

/** Parts that the genres are held out in, for the weights of doubts as for what is measured. */
const FOLDS = 4;

/** Passages among others count again, and less: most that users check is short. */
const WEIGHT_OF_JOINED = 0.6;

/** Generated texts are many, and alike. */
const WEIGHT_OF_SHAPES = 0.3;

const flags = process.argv.slice(2).filter((word) => word.startsWith("--"));
const folders = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const only = flags.find((flag) => flag.startsWith("--only="))?.slice("--only=".length) ?? "";
const { catalog } = await openCatalog({ overlay: null });
const all: BoundPassage[] = [];
for (const folder of folders) {
  const checks = checksIn(folder);
  const passages = readPassages(folder);
  for (const passage of [...passages, ...joinedPassages(catalog, passages)]) {
    const parts = [...new Set(passage.quantities.flatMap(({ part }) => part ?? []))];
    const ofParts = parts.flatMap((part) => (checks.get(part) ?? []).map((check) => ({ ...check, part })));
    const bound = await boundPassage(catalog, passage, checks.get(passage.id) ?? ofParts);
    if (bound !== null) all.push(bound);
  }
}
console.log(`${all.length} passages, ${all.reduce((sum, { lost }) => sum + lost, 0)} phrases lost`);
const isFitting = flags.includes("--held-out") || flags.includes("--write");
// What is read does not hang on the weights that are fitted here.
const read = isFitting ? all.map((bound) => asRead(catalog, bound)) : [];
const shapes = isFitting ? await boundShapes(catalog) : [];
const examples: readonly BindingExample[] = isFitting
  ? [
      ...all.flatMap((bound, index) => [bound, read[index] ?? bound].flatMap((one) => examplesOf(catalog, one))),
      ...(await caseExamples(catalog)),
      ...shapes.flatMap((bound) => examplesOf(catalog, bound)),
    ]
  : [];
const chances = isFitting ? all.flatMap((bound) => slipChances(catalog, bound)) : [];
console.log(`${examples.length} examples`);
const genres = [...new Set(all.map(({ passage }) => passage.genre))];
/** The genres in parts, each with the weights that are fitted on the other parts. */
const folds = isFitting
  ? Array.from({ length: FOLDS }, (_, fold) => {
      const genresOf = new Set(genres.filter((_genre, index) => index % FOLDS === fold));
      return { genresOf, rules: fittedWithout(genresOf) };
    })
  : [];
const doubts = folds.flatMap(({ genresOf, rules }) => [
  ...read
    .filter(({ passage }) => genresOf.has(passage.genre))
    .flatMap((bound) =>
      doubtExamples(rules, bound, bound.passage.quantities.some(({ part }) => part !== undefined) ? WEIGHT_OF_JOINED : 1),
    ),
  ...shapes.flatMap((bound) => doubtExamples(rules, bound, WEIGHT_OF_SHAPES / FOLDS)),
]);
const own = flags.includes("--write") ? withDoubt(fittedWithout(new Set()), fitBinding(doubts)) : catalog;
if (flags.includes("--write")) for (const id of [BINDING, SLIPS, DOUBT]) writeWeights(weightsOf(own, id));
const rows = genres.map((genre) => {
  const fold = folds.find(({ genresOf }) => genresOf.has(genre));
  const rules =
    flags.includes("--held-out") && fold !== undefined
      ? withDoubt(fold.rules, fitBinding(doubts.filter(({ group }) => !fold.genresOf.has(group))))
      : own;
  const passages = all.filter(({ passage }) => passage.genre === genre && passage.id.startsWith(only));
  return { genre, ...sum(passages.map((bound) => score(bound, bindClaims({ catalog: rules, ...bound }).findings))) };
});
console.log("genre            checks        discrepancies  alarms (errors)  notes");
for (const row of [...rows, { genre: "all", ...sum(rows) }])
  console.log(
    `${row.genre.padEnd(14)} ${share(row.checks)} of ${String(row.checks[1]).padStart(3)}   ${share(row.real)} of ${String(row.real[1]).padStart(3)}   ${String(row.alarms).padStart(4)} (${row.errors})  ${String(row.notes).padStart(8)}`,
  );

function fittedWithout(genresOf: ReadonlySet<string>): Catalog {
  const isIn = ({ group }: { readonly group: string }): boolean => !genresOf.has(group);
  return withWeights(catalog, [
    { id: BINDING, about: ABOUT, margin: 1, weights: fitBinding(examples.filter(isIn)) },
    { id: SLIPS, about: ABOUT_SLIPS, margin: 1, weights: slipShares(chances.filter(isIn)) },
  ]);
}

function withDoubt(rules: Catalog, weights: DecisionWeights["weights"]): Catalog {
  return withWeights(rules, [{ id: DOUBT, about: ABOUT_DOUBT, margin: 1, weights }]);
}

function withWeights(rules: Catalog, fitted: readonly DecisionWeights[]): Catalog {
  const ids = new Set(fitted.map(({ id }) => id));
  return { ...rules, decisions: [...rules.decisions.filter(({ id }) => !ids.has(id)), ...fitted] };
}

function writeWeights({ id, about, margin, weights }: DecisionWeights): void {
  const lines = Object.entries(weights).map(([name, weight]) => `  ${JSON.stringify(name)}: ${weight}`);
  writeFileSync(
    new URL(`${id}.yaml`, FOLDER),
    `id: ${id}\nabout: ${JSON.stringify(about)}\nmargin: ${margin}\nweights:\n${lines.join("\n")}\n`,
  );
}

function checksIn(place: string): ReadonlyMap<string, readonly GoldCheck[]> {
  const found = new Map<string, readonly GoldCheck[]>();
  for (const file of readdirSync(place).filter((name) => name.endsWith(".yaml")))
    for (const { id, checks: told = [] } of parse(readFileSync(join(place, file), "utf8")) as { id: string; checks?: GoldCheck[] }[])
      found.set(id, told);
  return found;
}

interface Score {
  readonly checks: readonly [number, number];
  readonly real: readonly [number, number];
  readonly alarms: number;
  readonly errors: number;
  readonly notes: number;
}

/** The rules of the passages' own ruler, for findings alone. */
function score(bound: BoundPassage, findings: readonly Finding[]): Score {
  const tell = (what: string): void => {
    if (flags.includes("--misses")) console.log(`${bound.passage.id}: ${what}`);
  };
  const isBad = ({ verdict }: Finding): boolean => verdict === "inconsistent";
  const claimed = new Set<Finding>();
  const [hits, of, real, ofReal] = [0, 0, 0, 0];
  const count = { hits, of, real, ofReal };
  for (const [id, gold] of bound.goldOf) {
    const check = checkOf(bound, gold);
    if (check === undefined) continue;
    const about = findings.filter(({ claim }) => claim === id);
    const flagged = about.filter(isBad);
    const isReal = !["consistent", "cannot-check"].includes(check.verdict);
    const isQuiet = flagged.every(({ severity }) => severity === "note");
    const isHit = isReal
      ? flagged.length > 0
      : isQuiet && (check.verdict === "cannot-check" || about.some(({ verdict }) => verdict === "consistent"));
    count.of += 1;
    count.hits += Number(isHit);
    count.ofReal += Number(isReal);
    count.real += Number(isReal && isHit);
    if (isReal) for (const finding of flagged) claimed.add(finding);
    if (!isHit) tell(`CHECK "${gold.phrase}" want ${check.verdict} (${check.how ?? ""}), got ${about.map(told).join("; ") || "nothing"}`);
  }
  const isMissed = claimed.size === 0 && count.ofReal > 0;
  const spare = findings.filter((finding) => isBad(finding) && !claimed.has(finding));
  const alarms = isMissed ? [] : spare.filter(({ severity }) => severity !== "note");
  for (const finding of spare) tell(`${finding.severity === "note" ? "NOTE" : "ALARM"} ${told(finding)}`);
  const errors = alarms.filter(({ severity }) => severity === "error").length;
  return {
    checks: [count.hits, count.of],
    real: [count.real, count.ofReal],
    alarms: alarms.length,
    errors,
    notes: spare.length - alarms.length,
  };
}

function told(finding: Finding): string {
  const step = finding.steps.find(({ kind, ...rest }) => kind === "compute" && "rule" in rest && rest.rule === finding.rule);
  const terms =
    step?.kind === "compute"
      ? step.terms.map(({ operator, figure }) => `${operator}${Number(figure.value.toPrecision(5))} ${figure.unit}`).join(" ")
      : "";
  const cause = "cause" in finding ? (finding.cause?.diagnosis ?? "") : "";
  const ratio = "ratio" in finding ? finding.ratio.toPrecision(4) : "";
  return `${finding.verdict}/${finding.severity} ${finding.confidence.toFixed(3)} ${finding.rule} of ${finding.stated.value} ${finding.stated.unit}: ${terms} ratio ${ratio} ${cause}`;
}

function sum(scores: readonly Score[]): Score {
  const add = (left: readonly [number, number], right: readonly [number, number]): readonly [number, number] => [
    left[0] + right[0],
    left[1] + right[1],
  ];
  return scores.reduce(
    (total, one) => ({
      checks: add(total.checks, one.checks),
      real: add(total.real, one.real),
      alarms: total.alarms + one.alarms,
      errors: total.errors + one.errors,
      notes: total.notes + one.notes,
    }),
    { checks: [0, 0], real: [0, 0], alarms: 0, errors: 0, notes: 0 },
  );
}

function share([hit, of]: readonly [number, number]): string {
  return of === 0 ? "  -  " : (hit / of).toFixed(3);
}
