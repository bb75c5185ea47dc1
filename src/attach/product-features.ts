import type { Candidate } from "../language/decide.ts";
import type { CueKind } from "../model/catalog.ts";
import { hardwareById } from "../model/hardware-finder.ts";
import { headLength } from "../model/head-length.ts";
import { smallest } from "../model/many.ts";
import type { CountNoun, Mention } from "../model/mention.ts";
import type { Span } from "../model/span.ts";
import type { Product, ProductPlace } from "./product-names.ts";
import { type PlaceIndex, RELATIONS, type RelatedPlace, type Relation } from "./product-places.ts";
import { familyOf, type Scene } from "./scene.ts";

/** What is known of the products of a document before any figure is looked at. */
export interface ProductScene {
  readonly scene: Scene;
  readonly index: PlaceIndex;
  readonly products: readonly Product[];
  /** The places that have to do with a figure. */
  readonly relatedOf: (mention: Mention) => readonly RelatedPlace[];
  /** The figure that a place is told with, if one stands in its clause or row. */
  readonly ownerOf: (place: ProductPlace) => Mention | null;
  /** Places whose figure is of a model, in reading order. */
  readonly placesOf: (subject: string) => readonly ProductPlace[];
  /** The products of these places. */
  readonly keysOf: (subject: string) => ReadonlySet<string>;
  /** Products that another model's figures are told with, and no figure of this one. */
  readonly isOthers: (product: Product, subject: string) => boolean;
}

/** A product with how it is called where it is told of the figure. */
export interface ToldProduct extends Product {
  readonly called: string;
}

export type ProductCandidate = Candidate<ToldProduct | null>;

/** No product, and each that stands in some relation to a figure. */
export function productCandidates(known: ProductScene, mention: Mention): readonly ProductCandidate[] {
  const related = known.relatedOf(mention);
  const byProduct = Map.groupBy(related, ({ place }) => place.product.key);
  for (const product of known.products) if (known.products.length === 1 && !byProduct.has(product.key)) byProduct.set(product.key, []);
  const told = kindsTold(known.scene, mention);
  const candidates = [...byProduct].flatMap(([key, places]): readonly ProductCandidate[] => {
    const product = places[0]?.place.product ?? known.products.find((other) => other.key === key) ?? null;
    if (product === null || isOfOtherKind(told, product) || isOfOtherUnit(known, mention, product)) return [];
    return [
      { value: { ...product, called: calledIn(product, places) }, key, features: featuresOf(known, mention, product, places, related) },
    ];
  });
  return [{ value: null, key: "", features: noneFeatures(known, mention, related) }, ...candidates];
}

/** The product's name; of a machine its own, with what it holds where that is told: "DGX-2 (V100)". */
function calledIn({ text }: Product, places: readonly RelatedPlace[]): string {
  const machine = places[0]?.place.machine ?? null;
  if (machine === null || text === machine) return text;
  return `${machine} (${text})`;
}

function noneFeatures({ scene, products }: ProductScene, mention: Mention, related: readonly RelatedPlace[]): readonly string[] {
  const closest = RELATIONS.find((relation) => related.some((entry) => entry.relation === relation)) ?? "nowhere";
  return [
    "none",
    `none:${mention.kind}`,
    `none:closest ${closest}`,
    ...(products.length === 1 ? ["none:one product"] : []),
    ...((mention.hardware?.accelerators.length ?? 0) > 0 ? ["none:names a product"] : []),
    ...(scene.subjectOf(mention) === null ? ["none:no model"] : []),
    ...(mention.per === null ? [] : ["none:per"]),
    ...(kindsTold(scene, mention).has("cpu") ? ["none:cpu"] : []),
  ];
}

function featuresOf(
  known: ProductScene,
  mention: Mention,
  product: Product,
  places: readonly RelatedPlace[],
  related: readonly RelatedPlace[],
): readonly string[] {
  const features = new Set<string>([`is ${product.kind}`]);
  const ordered = orderFeatures(known, mention, product);
  for (const feature of ordered) features.add(feature);
  let isClosest = true;
  for (const relation of RELATIONS) {
    const here = places.filter((entry) => entry.relation === relation);
    if (here.length === 0) continue;
    const rivals = related.filter((entry) => entry.relation === relation && entry.place.product.key !== product.key);
    // Where figures and products run in parallel, which of them is nearer tells nothing.
    if (ordered.length > 0 && IN_SENTENCE.has(relation)) continue;
    features.add(relation);
    if (isClosest) features.add(`closest ${relation}`);
    isClosest = false;
    if (rivals.length === 0) features.add(`${relation} alone`);
    else features.add(isNearest(mention, here, rivals) ? `${relation} nearest` : `${relation} farther`);
    if (here.some(({ place }) => place.span.end <= mention.span.start)) features.add(`${relation} earlier`);
    for (const word of subjectWords(known, mention, here)) features.add(`${relation} ${word}`);
  }
  for (const feature of modelFeatures(known, mention, product)) features.add(feature);
  for (const feature of kindFeatures(known.scene, mention, product)) features.add(feature);
  for (const feature of wordFeatures(known, mention, places)) features.add(feature);
  if (known.products.length === 1) features.add("only product");
  if (known.products.filter(({ kind }) => kind === product.kind).length === 1) features.add("only of its kind");
  return [...features];
}

const IN_SENTENCE: ReadonlySet<Relation> = new Set<Relation>(["touching", "beside", "clause", "sentence"]);

function isNearest(mention: Mention, own: readonly RelatedPlace[], rivals: readonly RelatedPlace[]): boolean {
  const nearest = (entries: readonly RelatedPlace[]): number => smallest(entries.map(({ place }) => distance(mention.span, place.span)));
  return nearest(own) <= nearest(rivals);
}

function distance(left: Span, right: Span): number {
  return left.start < right.end && right.start < left.end
    ? 0
    : Math.min(Math.abs(left.start - right.end), Math.abs(right.start - left.end));
}

/** Whether the figures that the product is told with are of the same model. */
function subjectWords(known: ProductScene, mention: Mention, here: readonly RelatedPlace[]): readonly string[] {
  const subject = known.scene.subjectOf(mention);
  const owners = here.map(({ place }) => known.ownerOf(place)).filter((owner) => owner !== null && owner !== mention);
  if (subject === null || owners.length === 0) return [];
  const subjects = owners.map((owner) => (owner === null ? null : known.scene.subjectOf(owner)));
  if (subjects.includes(subject)) return ["of same model"];
  if (subjects.some((other) => other !== null && familyOf(other) === familyOf(subject))) return ["of same family"];
  return subjects.every((other) => other !== null) ? ["of other model"] : [];
}

function modelFeatures(known: ProductScene, mention: Mention, product: Product): readonly string[] {
  const subject = known.scene.subjectOf(mention);
  if (subject === null) return [];
  const places = known.placesOf(subject);
  const isOthers = known.isOthers(product, subject);
  const features: string[] = isOthers ? ["another model's"] : [];
  if (isOthers && known.products.length > 1 && known.products.every((other) => known.isOthers(other, subject)))
    features.push("each another model's");
  if (places.length === 0) return features;
  const keys = known.keysOf(subject);
  if (keys.size === 1 && keys.has(product.key)) features.push("only product of model");
  if (!keys.has(product.key)) features.push("model has others");
  const before = places[headLength(places, ({ span }) => span.start <= mention.span.start) - 1] ?? null;
  if (before?.product.key === product.key) features.push("last of model");
  if (before === null && places[0]?.product.key === product.key) features.push("next of model");
  return features;
}

/** As many figures of a kind as products in one sentence, and the n-th of each; the first and the second of two, where they are called so. */
function orderFeatures(known: ProductScene, mention: Mention, product: Product): readonly string[] {
  if (mention.cell !== null) return [];
  const { scene, index } = known;
  const features: string[] = [];
  const figures = scene.peersOf(mention);
  const named = index.distinctIn(mention.block, mention.sentence);
  if (
    figures.length > 1 &&
    figures.length <= LONGEST_LIST &&
    figures.length === named.length &&
    !figures.some((figure) => hasOwn(known, figure))
  )
    features.push(named[figures.indexOf(mention)] === product.key ? "parallel" : "not parallel");
  const behind = { start: mention.span.end, end: Math.min(mention.span.end + NEAR_WORDS, mention.sentence.end) };
  const nearest = scene.cues.within(behind).find(({ kind }) => kind === "former" || kind === "latter");
  if (nearest === undefined) return features;
  const before = index.distinctIn(mention.block, { start: 0, end: nearest.span.start }).slice(-2);
  const meant = before[nearest.kind === "former" ? 0 : 1];
  if (meant !== undefined) features.push(meant === product.key ? "parallel" : "not parallel");
  return features;
}

/** Figures of a sentence that may run in parallel with as many products. */
const LONGEST_LIST = 12;

/** Whether a product is told in a figure's own words or right beside it. */
function hasOwn({ relatedOf }: ProductScene, mention: Mention): boolean {
  return relatedOf(mention).some(({ relation }) => relation === "own" || relation === "touching");
}

/** How far from a figure "the latter" may stand, in code units. */
const NEAR_WORDS = 24;

/** The kinds of processor that a figure's own words tell. */
function kindsTold(scene: Scene, mention: Mention): ReadonlySet<string> {
  const start = Math.min(mention.span.start, mention.hardware?.span.start ?? mention.span.start);
  const end = Math.max(mention.span.end, mention.hardware?.span.end ?? mention.span.end);
  const nouns = KINDS_OF_NOUN.get(mention.noun ?? "bare") ?? [];
  return new Set([...kindsIn(scene, { start, end }), ...nouns]);
}

/** Kinds of processor that a noun alone tells. */
const KINDS_OF_NOUN: ReadonlyMap<CountNoun, readonly string[]> = new Map<CountNoun, readonly string[]>([
  ["cloud-tpu", ["tpu"]],
  ["slice", ["tpu"]],
  ["pod", ["tpu"]],
  ["core", ["tpu", "cpu"]],
  ["cpu", ["cpu"]],
]);

/** "41 TPU-years" beside "2,000 V100s" is told of no V100. */
function isOfOtherKind(told: ReadonlySet<string>, { kind }: Product): boolean {
  return told.size > 0 && !told.has(kind) && TOLD_KINDS.has(kind);
}

/** "$4.50 per device-hour" where only one of the products is counted in devices. */
function isOfOtherUnit({ scene, products }: ProductScene, { noun }: Mention, product: Product): boolean {
  if (noun === null || !UNITS_OF_SOME.has(noun)) return false;
  const has = ({ ids }: Product): boolean => ids.some((id) => noun in (hardwareById(scene.catalog, id)?.unitsInCanonical ?? {}));
  return !has(product) && products.some(has);
}

/** Nouns that are units of few products, and of these alone. */
const UNITS_OF_SOME: ReadonlySet<CountNoun> = new Set<CountNoun>(["device", "core", "gcd"]);

const TOLD_KINDS: ReadonlySet<string> = new Set(["gpu", "tpu", "cpu"]);

const KIND_CUES: readonly (readonly [CueKind, string])[] = [
  ["of-gpu", "gpu"],
  ["of-tpu", "tpu"],
  ["of-cpu", "cpu"],
];

function kindsIn({ cues }: Scene, span: Span): ReadonlySet<string> {
  const told = cues.kindsIn(span);
  return new Set(KIND_CUES.flatMap(([cue, kind]) => (told.has(cue) ? [kind] : [])));
}

function kindFeatures(scene: Scene, mention: Mention, product: Product): readonly string[] {
  const own = kindsTold(scene, mention);
  if (own.size > 0) return [own.has(product.kind) ? "kind agrees" : "kind clashes"];
  const around = kindsIn(scene, scene.clauseOf(mention));
  if (around.size === 0) return [];
  return [around.has(product.kind) ? "clause kind agrees" : "clause kind clashes"];
}

function wordFeatures({ scene }: ProductScene, mention: Mention, places: readonly RelatedPlace[]): readonly string[] {
  const features: string[] = [];
  if (places.length > 0 && places.every(({ place }) => place.isExample)) features.push("example");
  if (places.length > 0 && places.every(({ place }) => place.isContrast)) features.push("contrast");
  if (places.some((entry) => isMeans(scene, mention, entry))) features.push("means");
  const hasSame = scene.cues.kindsIn(scene.clauseOf(mention)).has("same");
  if (hasSame && places.some(({ place }) => place.span.end <= mention.span.start)) features.push("same, told before");
  const stage = stagesIn(scene, scene.clauseOf(mention));
  // Most figures are of no stage, and a row may have thousands of places.
  if (stage.size === 0) return features;
  const others = places.map(({ place }) => stagesIn(scene, sentenceAround(scene, place)));
  if (others.some((other) => [...other].some((one) => stage.has(one)))) features.push("stage agrees");
  if (others.length > 0 && others.every((other) => other.size > 0 && ![...other].some((one) => stage.has(one))))
    features.push("stage clashes");
  return features;
}

function stagesIn({ cues }: Scene, span: Span): ReadonlySet<CueKind> {
  return new Set([...cues.kindsIn(span)].filter((kind) => kind.startsWith("stage-")));
}

/** "3,800 hours on an H100": right behind the figure, with a word that says by what means. */
function isMeans({ cues }: Scene, { span }: Mention, { relation, place }: RelatedPlace): boolean {
  return relation === "beside" && place.span.start >= span.end && cues.has("by-means", { start: span.end, end: place.span.start });
}

/** Farther off no stage is looked for. Units: code units. */
const LONGEST_SENTENCE = 500;

/** The clause that a place stands in, roughly: what its block holds from the last full stop before it to the next one. */
function sentenceAround({ document }: Scene, place: ProductPlace): Span {
  const block = document.blocks[place.block]?.span ?? place.span;
  const from = Math.max(block.start, place.span.start - LONGEST_SENTENCE);
  const to = Math.min(block.end, place.span.end + LONGEST_SENTENCE);
  const before = document.text.slice(from, place.span.start).lastIndexOf(". ");
  const after = document.text.slice(place.span.end, to).indexOf(". ");
  return { start: before < 0 ? from : from + before + 1, end: after < 0 ? to : place.span.end + after };
}
