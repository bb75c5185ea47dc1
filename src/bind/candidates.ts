import { type Catalog, sourceOf } from "../model/catalog.ts";
import { hardwareById } from "../model/hardware-finder.ts";
import { parametersOf } from "../model/model-name.ts";
import type { Candidate, Count, Definition, Shape } from "./candidate.ts";
import { countsNear, withCounts } from "./counts.ts";
import type { Cue } from "./cues.ts";
import { formsFor } from "./forms.ts";
import { NearestFew } from "./nearest-few.ts";
import { pairsFor } from "./pairs.ts";
import { productsFor, SIX } from "./products.ts";
import { type Ledger, nearest, reachOf } from "./reach.ts";
import { stagesFor } from "./stages.ts";
import { sumsFor } from "./sums.ts";
import type { TypedValue } from "./typed-value.ts";

/** Figures between which a difference is looked for, and those of any kind between which a ratio is. */
const MOST_PEERS_OF_DIFFERENCE = 6;
const MOST_PEERS_OF_RATIO = 24;

/** Every way in which a figure may have been worked out from others, under one of its readings. */
export function candidatesFor(
  catalog: Catalog,
  ledger: Ledger,
  claim: TypedValue,
  counts: readonly Count[],
  cues: readonly Cue[],
): readonly Candidate[] {
  const peers = ledger.byKey.get(claim.key) ?? [];
  const reach = { ...reachOf(ledger, claim), definitions: definitionsFor(catalog, ledger, claim) };
  const isAsked = (shape: Shape): boolean => !isAgainst(shape, claim, cues[claim.at]);
  const isAdded = claim.key !== "" && catalog.kinds.find(({ kind }) => kind === claim.quantity.mention.kind)?.isSetting !== true;
  const products = productsFor(claim, reach).filter((candidate) => !lacksConstant(candidate));
  return [
    ...products,
    ...stagesFor(ledger, claim, products),
    ...counted(ledger, claim, products, counts),
    ...(isAdded ? sumsFor(claim, peers, { places: ledger.places, relations: ledger.relations, grid: ledger.grid, cues }) : []),
    ...pairsFor(claim, comparable(ledger, claim, isAdded), ledger.pairs, isAsked),
    ...formsFor(catalog, ledger, claim, isAsked),
  ];
}

/** The ways that stand further off, by equations or as plain as them: one that fits excuses a figure that nearer ones do not give. */
export function excusesFor(catalog: Catalog, ledger: Ledger, claim: TypedValue): readonly Candidate[] {
  const definitions = definitionsFor(catalog, ledger, claim);
  return productsFor(claim, { ...reachOf(ledger, claim, true), definitions }).filter(({ terms }) => terms.length <= MOST_TERMS_OF_EXCUSE);
}

const MOST_TERMS_OF_EXCUSE = 3;

function lacksConstant({ shape, definitions, structure }: Candidate): boolean {
  return shape === "product" && definitions.length === 0 && structure?.lacksConstant === true;
}

/** "43% less" is no growth, and no part of the other; a percentage in a table is what is gone or added only under words that say so. */
function isAgainst(shape: Shape, { quantity }: TypedValue, cue: Cue | undefined): boolean {
  if (quantity.mention.cell !== null && (shape === "less" || shape === "more")) return cue?.change === null || cue?.change === "part";
  if (quantity.mention.unit !== "percent" || (cue?.change !== "less" && cue?.change !== "more")) return false;
  return shape === "ratio" || (cue.change === "less" && shape === "more");
}

/** Kinds of claims that repetitions multiply. */
const REPEATED: ReadonlySet<string> = new Set([
  "accelerators",
  "accelerator-hours",
  "wall-time",
  "cost",
  "energy",
  "carbon",
  "steps",
  "samples",
  "tokens",
  "batch",
  "flop",
]);
const MOST_COUNTED_TERMS = 3;
const FURTHEST_COUNTED = 3;

/** Short products of what stands near, by numbers that stand near. */
function counted(ledger: Ledger, claim: TypedValue, products: readonly Candidate[], counts: readonly Count[]): readonly Candidate[] {
  const place = ledger.places[claim.at];
  if (place === undefined || !REPEATED.has(place.mention.kind)) return [];
  const near = countsNear(counts, place);
  if (near.length === 0) return [];
  return products
    .filter(({ terms }) => terms.length <= MOST_COUNTED_TERMS)
    .filter(({ terms }) => terms.every(({ value, sign }) => sign > 0 && ledger.relations.distance(claim.at, value.at) < FURTHEST_COUNTED))
    .slice(0, 12)
    .flatMap((candidate) => withCounts(candidate, near));
}

/** The figures whose quotients or differences the claim may be. */
function comparable(ledger: Ledger, claim: TypedValue, isAdded: boolean): readonly TypedValue[] {
  const { kind } = claim.quantity.mention;
  if (kind !== "ratio" && kind !== "pue") return !isAdded ? [] : nearest(ledger, claim, claim.key, MOST_PEERS_OF_DIFFERENCE);
  if (claim.key !== "") return [];
  const near = new NearestFew<TypedValue>(MOST_PEERS_OF_RATIO);
  for (const key of ledger.byKey.keys())
    if (key !== "")
      for (const { value, distance } of ledger.ranked(claim.at, key))
        if (kind === "ratio" || OF_SITES.has(value.quantity.mention.kind)) near.add(distance, value);
  return near.take();
}

/** What a whole site takes over what its machines take is its PUE. */
const OF_SITES: ReadonlySet<string> = new Set(["energy", "power"]);

const OF_WORK: ReadonlySet<string> = new Set(["mfu", "flop", "flop-rate", "wall-time", "throughput", "accelerator-hours"]);

/** Precisions that models are trained in, the usual first. */
const TRAINED_IN: readonly string[] = ["bf16_matrix", "fp16_matrix", "fp16_vector", "fp32_vector"];

/** 6 FLOP for a parameter and a token, the parameters that the name of the model tells, and the peak of the product that is named. */
function definitionsFor(catalog: Catalog, ledger: Ledger, claim: TypedValue): readonly Definition[] {
  if (!OF_WORK.has(claim.quantity.mention.kind)) return [];
  if (claim.quantity.mention.kind !== "mfu" || ledger.isPeakStated) return [SIX, ...sizeInName(ledger, claim)];
  const named = ledger.places[claim.at]?.hardware || ledger.onlyHardware;
  const row = named === "" || named === null || named === undefined ? null : hardwareById(catalog, named);
  const precision = TRAINED_IN.find((name) => row?.densePeakTeraflops[name] !== undefined);
  const teraflops = precision === undefined ? undefined : row?.densePeakTeraflops[precision];
  if (row === null || precision === undefined || teraflops === undefined) return [SIX];
  const peak: Definition = {
    id: `${row.id} ${precision}`,
    title: `${row.name}: dense ${precision.replace("_", " ")} peak`,
    value: teraflops * 1e12 * 3600,
    unit: "flop/hour/accelerator",
    dimensions: { flop: 1, time: -1, accelerator: -1 },
    key: "accelerator-1 flop1 time-1",
    cancels: "flop",
    source: sourceOf(row),
  };
  return [SIX, peak];
}

/** "Sorrel-22B" has 22 billion parameters, where no figure says how many. */
function sizeInName({ places }: Ledger, claim: TypedValue): readonly Definition[] {
  const own = places[claim.at];
  const name = own?.subjectName ?? null;
  const value = name === null ? null : parametersOf(name);
  if (value === null || places.some(({ mention, subject }) => mention.kind === "parameters" && subject === own?.subject)) return [];
  const dimensions = { parameter: 1 };
  return [
    {
      id: `size of ${name}`,
      title: `${name}: its name`,
      value,
      unit: "parameter",
      dimensions,
      key: "parameter1",
      cancels: "parameter",
      source: `the name ${name}`,
    },
  ];
}
