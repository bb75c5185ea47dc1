import type { Mention } from "../model/mention.ts";
import {
  absorb,
  areJoinable,
  areRivals,
  type GrowingRun,
  growingRun,
  isHypothetical,
  isLoose,
  isNamed,
  keyOfRun,
  merged,
  type OpenRun,
  openRun,
  quantitiesOf,
  stageOfRun,
} from "./open-run.ts";
import {
  isOtherReading,
  isPremise,
  isRestated,
  isShared,
  isTraining,
  isWholeRate,
  kindOf,
  type QuantityGroup,
  sizesOf,
} from "./quantity-group.ts";

interface Scene {
  readonly sectionOf: (block: number) => number;
  readonly listOf: (block: number) => number | null;
}

/**
 * Joins what is said together into runs.
 *
 * A paragraph joins what it says of one model; further apart, only figures whose model is named are joined, and only where just
 * one run of that model can take them. What hangs on the title alone is joined across the document only if all of it agrees.
 * In doubt nothing is joined: a missed join is a miss, a wrong one a false alarm.
 */
export function joinRuns(scene: Scene, groups: readonly QuantityGroup[]): readonly OpenRun[] {
  const still: OpenRun[] = [];
  const training: QuantityGroup[] = [];
  for (const group of groups) {
    if (isTraining(group.stage)) training.push(group);
    else still.push(openRun(group));
  }
  const inPlace = joinLists(scene, joinParagraphs(training));
  const named = joinNamed(inPlace);
  const sectionOf = (run: OpenRun): string => [...new Set(run.groups.map((group) => scene.sectionOf(group.block)))].join();
  const titled = joinTitled(joinTitled(named, sectionOf), () => "document");
  return lendTimes([...joinRestated(scene, titled), ...still]);
}

/** Within a block, a saying joins the run of its model, if there is one only and it can take it. */
function joinParagraphs(groups: readonly QuantityGroup[]): readonly OpenRun[] {
  const byBlock = new Map<number, { readonly runs: GrowingRun[]; readonly byKey: Map<string, GrowingRun[]> }>();
  for (const group of groups) {
    const single = openRun(group);
    const block = byBlock.get(group.block) ?? { runs: [], byKey: new Map<string, GrowingRun[]>() };
    byBlock.set(group.block, block);
    const alike = block.byKey.get(group.key) ?? [];
    block.byKey.set(group.key, alike);
    const only = group.line === null && !isPartAndWhole(group) ? onlyOne(alike, (run) => areRivals(run, single)) : undefined;
    if (only !== undefined && areJoinable(only, single) && haveOneMood(only, single)) {
      absorb(only, single, "paragraph");
      continue;
    }
    const run = growingRun(single);
    block.runs.push(run);
    alike.push(run);
  }
  return [...byBlock.values()].flatMap(({ runs }) => runs);
}

/** The one that a test holds for; undefined where it holds for none or for several. */
function onlyOne<T>(all: Iterable<T>, holds: (one: T) => boolean): T | undefined {
  const seen = new Set<T>();
  let only: T | undefined;
  for (const one of all) {
    if (seen.has(one)) continue;
    seen.add(one);
    if (!holds(one)) continue;
    if (only !== undefined) return undefined;
    only = one;
  }
  return only;
}

/**
 * A list of settings ("GPUs: 512 A100", "Training time: 24 days") tells of one run where no two of its items tell two things of a kind.
 *
 * Only items of one model, or of none, that belong together whichever way they are read.
 */
function joinLists(scene: Scene, runs: readonly OpenRun[]): readonly OpenRun[] {
  const listOf = (run: OpenRun): string | null => {
    const lists = new Set(run.groups.map((group) => scene.listOf(group.block)));
    const [list] = lists;
    return lists.size !== 1 || list === null || list === undefined || isHypothetical(run) ? null : `${list} ${keyOfRun(run)}`;
  };
  const byList = Map.groupBy(runs, listOf);
  return [...byList].flatMap(([list, items]) => {
    const [first, ...others] = items;
    if (list === null || first === undefined) return items;
    const areOne = items.every((item, index) =>
      items.slice(index + 1).every((later) => areJoinable(item, later) && areJoinable(later, item)),
    );
    return areOne ? [others.reduce((left, right) => merged(left, right, "paragraph"), first)] : items;
  });
}

/** "Each epoch takes 180 GPU hours, that is 4 hours on 45 cards": figures for a part, which figures for the whole must not join. */
function isPartAndWhole(group: QuantityGroup): boolean {
  const amounts = group.quantities.filter((quantity) => AMOUNTS.has(quantity.mention.kind));
  return amounts.some((quantity) => quantity.mention.per !== null) && amounts.some((quantity) => quantity.mention.per === null);
}

const AMOUNTS: ReadonlySet<string> = new Set(["wall-time", "accelerator-hours", "cost", "energy", "carbon", "flop", "tokens"]);

/** Runs whose model is named where they stand are joined by its name, if just one other run bears it and can take them. */
function joinNamed(runs: readonly OpenRun[]): readonly OpenRun[] {
  const byKey = new Map<string, GrowingRun[]>();
  const apart: OpenRun[] = [];
  for (const run of runs) {
    const key = keyOfRun(run);
    if (key === "" || !isNamed(run) || isHypothetical(run) || run.groups.some(isPartAndWhole)) {
      apart.push(run);
      continue;
    }
    const bearers = byKey.get(key) ?? [];
    byKey.set(key, bearers);
    const only = onlyOne(bearers, (other) => areRivals(other, run) && areRivals(run, other));
    if (only === undefined || !areJoinable(only, run)) bearers.push(growingRun(run));
    else absorb(only, run, "section");
  }
  return [...[...byKey.values()].flat(), ...apart];
}

/**
 * Figures that belong to the document's model by its title only: joined if all runs of that model and stage at the place agree.
 *
 * A price list joins nobody: what it says is lent to every run that it can be for.
 */
function joinTitled(runs: readonly OpenRun[], placeOf: (run: OpenRun) => string): readonly OpenRun[] {
  const hasOthers = new Set(runs.map(keyOfRun)).size > 1;
  const isOpen = (run: OpenRun): boolean =>
    !isPriceList(run) && keyOfRun(run) !== "" && !isHypothetical(run) && isTraining(stageOfRun(run));
  const families = Map.groupBy(runs.filter(isOpen), (run) => `${keyOfRun(run)} ${placeOf(run)}`);
  const joined = new Map<OpenRun, OpenRun>();
  for (const family of families.values()) {
    const [first, ...others] = family;
    // What only goes on about the model of paragraphs before may be about another that was not understood, where there are others.
    const isGuess = hasOthers && family.some(isLoose) && family.some(isNamed);
    if (first === undefined || others.length === 0 || isGuess || family.every(isNamed) || !doAllAgree(family)) continue;
    const whole = others.reduce((left, right) => merged(left, right, hasOthers ? "document" : "section"), first);
    for (const run of family) joined.set(run, whole);
  }
  const apart = runs.filter((run) => !joined.has(run));
  return joined.size === 0 ? runs : [...apart, ...new Set(joined.values())];
}

function doAllAgree(family: readonly OpenRun[]): boolean {
  return family.every((one) => family.every((other) => one === other || (areJoinable(one, other) && areRivals(other, one))));
}

function isPriceList(run: OpenRun): boolean {
  return quantitiesOf(run).every((quantity) => quantity.mention.kind === "price" && isShared(quantity) && !isWholeRate(quantity.mention));
}

/**
 * A figure of a whole family ("BERT: $6,912"), or one that hangs on what was spoken of before, joins the one run of that model
 * that repeats it in the same section: saying it again cannot make it wrong.
 */
function joinRestated(scene: Scene, runs: readonly OpenRun[]): readonly OpenRun[] {
  // What has become of each run, in its place; null for what stands in that of another.
  const places = runs.map((run): { run: OpenRun | null } => ({ run }));
  const placeOf = new Map(runs.map((run, at) => [run, places[at]]));
  const bySize = new Map<string, OpenRun[]>();
  for (const run of runs)
    for (const size of sizesOfRun(run)) {
      const bearers = bySize.get(size) ?? [];
      bearers.push(run);
      bySize.set(size, bearers);
    }
  const current = (run: OpenRun): OpenRun => placeOf.get(run)?.run ?? run;
  for (const run of runs) {
    const key = keyOfRun(run);
    const [first] = quantitiesOf(run);
    if (key === "" || first === undefined || isHypothetical(run) || (isNamed(run) && !key.endsWith("/"))) continue;
    const sections = new Set(run.groups.map((group) => scene.sectionOf(group.block)));
    const mayRepeat = (other: OpenRun): boolean =>
      other !== run &&
      keyOfRun(other).startsWith(key) &&
      other.groups.some((group) => sections.has(scene.sectionOf(group.block))) &&
      repeats(other, run);
    const near = sizesOf(first)
      .values()
      .flatMap((size) => bySize.get(`${familyOf(key)} ${size}`) ?? [])
      .map(current);
    // Where two repeat it, which of them is meant is not known.
    const only = onlyOne(near, mayRepeat);
    if (only === undefined) continue;
    const whole = { ...merged(only, run, "section"), groups: [...only.groups, ...run.groups] };
    const [own, other] = [placeOf.get(run), placeOf.get(only)];
    if (own?.run === run) own.run = null;
    if (other === undefined) continue;
    other.run = whole;
    placeOf.set(whole, other).set(run, other);
  }
  return places.flatMap(({ run }) => run ?? []);
}

function sizesOfRun(run: OpenRun): ReadonlySet<string> {
  const family = familyOf(keyOfRun(run));
  return new Set(quantitiesOf(run).map((quantity) => `${family} ${sizesOf(quantity)[0]}`));
}

function familyOf(key: string): string {
  return key.slice(0, key.indexOf("/") + 1);
}

function repeats(run: OpenRun, told: OpenRun): boolean {
  return quantitiesOf(told).every((quantity) =>
    quantitiesOf(run).some((other) => kindOf(other) === kindOf(quantity) && isRestated(other, quantity)),
  );
}

/** "They could also have meant 512 cores": another reading of a count runs for as long as the first. */
function lendTimes(runs: readonly OpenRun[]): readonly OpenRun[] {
  const counting = new Map<string, Counting[]>();
  for (const [order, run] of runs.entries())
    for (const { mention, place } of countsOf(run, () => true)) {
      const known = counting.get(place) ?? [];
      counting.set(place, known);
      const alike = known.find((other) => other.mention.noun === mention.noun);
      if (alike === undefined) known.push({ mention, runs: [{ order, run }] });
      else if (alike.runs.length < 2 && alike.runs[0]?.run !== run) alike.runs.push({ order, run });
    }
  return runs.map((run) => {
    if (quantitiesOf(run).some((quantity) => quantity.mention.kind === "wall-time")) return run;
    const others = countsOf(run, isPremise).flatMap(({ mention, place }) =>
      (counting.get(place) ?? [])
        .filter((other) => isOtherReading(other.mention, mention))
        .flatMap((other) => other.runs.filter((bearer) => bearer.run !== run)),
    );
    const first = others.sort((left, right) => left.order - right.order)[0]?.run;
    if (first === undefined) return run;
    const times = quantitiesOf(first).filter((quantity) => quantity.mention.kind === "wall-time" && quantity.mention.per === null);
    return { ...run, lent: [...run.lent, ...times], tie: "paragraph" };
  });
}

/** The first runs that tell a number of accelerators under one noun. */
interface Counting {
  readonly mention: Mention;
  readonly runs: { readonly order: number; readonly run: OpenRun }[];
}

/** Each number of accelerators that a run tells, once for each noun and block; `place` is one text for model, block and number. */
function countsOf(run: OpenRun, isAsked: (mention: Mention) => boolean): readonly { readonly mention: Mention; readonly place: string }[] {
  const counts = new Map<string, Mention>();
  for (const { mention } of quantitiesOf(run))
    if (mention.kind === "accelerators" && isAsked(mention)) counts.set(`${mention.value} ${mention.noun}`, mention);
  const blocks = counts.size === 0 ? [] : [...new Set(run.groups.map(({ block }) => block))];
  return [...counts.values()].flatMap((mention) =>
    blocks.map((block) => ({ mention, place: `${block} ${mention.value} ${keyOfRun(run)}` })),
  );
}

/** Thought experiments stay apart from what was done, except beside a figure of the same model in the same paragraph. */
function haveOneMood(run: OpenRun, other: OpenRun): boolean {
  return isHypothetical(run) === isHypothetical(other) || (isNamed(run) && isNamed(other));
}
