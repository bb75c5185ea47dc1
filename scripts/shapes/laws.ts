import type { WireDocument } from "../../src/report/wire.ts";
import type { Passage } from "../score/passages.ts";
import { type Laid, LISTS, listOf, TABLES, tableOf } from "./layouts.ts";
import { anyName, NAME_KINDS, nameOf } from "./names.ts";
import { joined, type Piece, passageOf, words } from "./piece.ts";
import { type Random, randomOf, USUAL } from "./random.ts";
import { oneSentence, paragraphOf, repeatedClaims, sentenceOf, sentencesOf } from "./sentences.ts";
import { silentText } from "./silence.ts";
import { CLAIMS, type FactKey, type Product, type Story, storyOf } from "./story.ts";

/** A text that must come out right, and one of which it is a change: both must come out alike. */
export interface Trial {
  readonly base: Passage | null;
  readonly variant: Passage;
  /** The variant with the gold of what both tell of, where it tells of more. */
  readonly shared: Passage;
  /** Lines on what is told wrongly, beyond what the gold can say. */
  readonly demand?: (document: WireDocument) => readonly string[];
}

/** Makes the trial of a seed; products are those of one structure. */
export type Law = (seed: number, products: readonly Product[]) => Trial;

export const SHAPES = ["one sentence", "sentences", ...LISTS, ...TABLES] as const;
type Shape = (typeof SHAPES)[number];

/** The laws of reading and judging: what may be changed in a text without changing what is found in it. */
export const LAWS: Readonly<Record<string, Law>> = {
  order: (seed, products) => {
    const random = randomOf(seed);
    const first = draw(seed, products, random);
    const stories = [first, ...(random.chance(0.5) ? [drawBeside([first], seed + SECOND, products, random)] : [])];
    const kind = random.pick(["sentences", "items", "rows"]);
    if (kind === "rows") {
      const rows = [...stories, drawBeside(stories, seed + THIRD, products, random)];
      const [layout, turned] = [random.pick(TABLES), random.shuffled(rows)];
      return trial(seed, tableOf(layout, rows, randomOf(seed)), tableOf(layout, turned, randomOf(seed)));
    }
    const told = stories.flatMap((story) => sentencesOf(story, "all", random));
    const laid = (pieces: readonly Piece[]): Laid => (kind === "items" ? itemsOf(pieces) : proseOf(pieces));
    return trial(seed, laid(told), laid(random.shuffled(told)));
  },
  "four sentences": (seed) => {
    const told = permuted(FOUR_SENTENCES, seed);
    const [base, variant] = [
      proseOf(FOUR_SENTENCES),
      seed > ORDERS_OF_FOUR ? { media: "text" as const, piece: joined(told, "\n\n") } : proseOf(told),
    ];
    return trial(seed, base, variant);
  },
  place: (seed, products) => {
    const random = randomOf(seed);
    const story = draw(seed, products, random);
    const [first, second] = random.shuffled(SHAPES);
    return trial(seed, laidAs(first ?? "sentences", story, randomOf(seed)), laidAs(second ?? "sentences", story, randomOf(seed)));
  },
  words: (seed, products) => {
    const random = randomOf(seed);
    const story = draw(seed, products, random);
    const naming = random.pick(["all", "first"] as const);
    const [base, variant] = [
      sentencesOf(story, naming, USUAL),
      random.chance(0.3) ? [oneSentence(story, random)] : sentencesOf(story, naming, random),
    ];
    return trial(seed, proseOf(base), proseOf(variant));
  },
  names: (seed, products) => {
    const random = randomOf(seed);
    const product = random.pick(products);
    const [shape, usual, other] = [random.pick(SHAPES), nameOf(random, "digits"), nameOf(random, random.pick(NAME_KINDS))];
    return trial(
      seed,
      laidAs(shape, storyOf(seed, usual, product), randomOf(seed)),
      laidAs(shape, storyOf(seed, other, product), randomOf(seed)),
    );
  },
  products: (seed, products) => {
    const random = randomOf(seed);
    const name = anyName(random);
    const known = products.find((product) => product.name === "A100") ?? random.pick(products);
    const [shape, other] = [random.pick(SHAPES), random.pick(products)];
    return trial(
      seed,
      laidAs(shape, storyOf(seed, name, known), randomOf(seed)),
      laidAs(shape, storyOf(seed, name, other), randomOf(seed)),
    );
  },
  company: (seed, products) => {
    const random = randomOf(seed);
    const story = draw(seed, products, random);
    return companyOf(seed, story, drawBeside([story], seed + SECOND, products, random), random);
  },
  time: (seed, products) => {
    const random = randomOf(seed);
    const story = draw(seed, products, random);
    const told = sentencesOf(story, "all", random);
    return trial(seed, proseOf(told), inTextAndTable(story, random));
  },
  silence: (seed, products) => {
    const random = randomOf(seed);
    const story = draw(seed, products, random);
    const { quantities: _run, ...passage } = passageOf(`silence-${seed}`, "text", silentText(story, products, random));
    return { base: null, variant: passage, shared: passage };
  },
};

const HOBBY: Story = {
  model: "Hobby-XL",
  product: { name: "H100", vendor: "NVIDIA", watts: 700 },
  facts: new Map([
    ["count", 48],
    ["time", 120],
    ["device-hours", 5760],
  ]),
  slip: null,
};
const MERLIN: Story = {
  model: "Merlin-XL",
  product: { name: "V100", vendor: "NVIDIA", watts: 300 },
  facts: new Map([
    ["count", 16],
    ["time", 216],
  ]),
  slip: null,
};

/** Each names its model; the figures of the first follow from each other. */
const FOUR_SENTENCES: readonly Piece[] = [
  ...["{m} was trained on {count}.", "Training {m} took {time}.", "In total, {m} used {device-hours}."].map((wording) =>
    sentenceOf(HOBBY, wording, USUAL),
  ),
  sentenceOf(MERLIN, "{m} was trained on {count} for {time}.", USUAL),
];

/** First in one paragraph, then in four. */
const ORDERS_OF_FOUR = 24;

/** The n-th of the orders of a few things. */
function permuted<Item>(items: readonly Item[], nth: number): readonly Item[] {
  const [rest, ordered] = [[...items], [] as Item[]];
  let left = nth;
  while (rest.length > 0) {
    ordered.push(...rest.splice(left % rest.length, 1));
    left = Math.floor(left / (rest.length + 1));
  }
  return ordered;
}

/** Far enough from the first seed that the second story is another. */
const SECOND = 500_000;
const THIRD = 900_000;

/** The story of a seed, with a name and a product of any kind. */
export function draw(seed: number, products: readonly Product[], random: Random): Story {
  return storyOf(seed, anyName(random), random.pick(products));
}

/** A run of another model: two of one name are for no reader to tell apart. */
function drawBeside(others: readonly Story[], seed: number, products: readonly Product[], random: Random): Story {
  for (;;) {
    const story = draw(seed, products, random);
    if (others.every(({ model }) => model.toLowerCase() !== story.model.toLowerCase())) return story;
  }
}

function trial(seed: number, base: Laid, variant: Laid): Trial {
  const passage = passageOf(`variant-${seed}`, variant.media, variant.piece);
  return { base: passageOf(`base-${seed}`, base.media, base.piece), variant: passage, shared: passage };
}

/** A story in one of the shapes. */
export function laidAs(shape: Shape, story: Story, random: Random): Laid {
  const list = LISTS.find((layout) => layout === shape);
  if (list !== undefined) return listOf(list, story, random);
  const table = TABLES.find((layout) => layout === shape);
  if (table !== undefined) return tableOf(table, [story], random);
  return proseOf(shape === "one sentence" ? [oneSentence(story, random)] : sentencesOf(story, random.pick(["all", "first"]), random));
}

function proseOf(pieces: readonly Piece[]): Laid {
  return { media: "text", piece: joined([paragraphOf(pieces), words("\n")], "") };
}

function itemsOf(pieces: readonly Piece[]): Laid {
  return {
    media: "markdown",
    piece: joined(
      pieces.map((piece) => joined([words("- "), piece, words("\n")], "")),
      "",
    ),
  };
}

/** The same story, and a paragraph, a row or a list on another model before it, within it or after it. */
function companyOf(seed: number, story: Story, other: Story, random: Random): Trial {
  const place = random.pick(["before", "between", "after"]);
  const around = (first: Laid, added: Piece, media: Laid["media"]): Trial => {
    const pieces = place === "before" ? [added, first.piece] : [first.piece, added];
    return told(seed, first, { media, piece: joined(pieces, "\n\n") }, story);
  };
  const shape = random.pick(["prose", "table", "list"]);
  if (shape === "table") {
    const layout = random.pick(TABLES);
    const rows = place === "before" ? [other, story] : [story, other];
    return told(seed, tableOf(layout, [story], randomOf(seed)), tableOf(layout, rows, randomOf(seed)), story);
  }
  if (shape === "list") {
    const first = listOf("list", story, randomOf(seed));
    return around(first, listOf("list", other, randomOf(seed)).piece, first.media);
  }
  const sentences = sentencesOf(story, place === "between" ? "all" : "first", random);
  const added = paragraphOf(sentencesOf(other, "first", random));
  if (place !== "between") return around(proseOf(sentences), added, "text");
  const cut = 1 + Math.floor(random.next() * Math.max(1, sentences.length - 1));
  const parts = [paragraphOf(sentences.slice(0, cut)), added, paragraphOf(sentences.slice(cut))];
  return told(seed, proseOf(sentences), { media: "text", piece: joined(parts, "\n\n") }, story);
}

function told(seed: number, base: Laid, variant: Laid, story: Story): Trial {
  const own = variant.piece.printed.filter((figure) => figure.story.model === story.model);
  return {
    ...trial(seed, base, variant),
    shared: passageOf(`shared-${seed}`, variant.media, { text: variant.piece.text, printed: own }),
  };
}

/** Some facts in sentences, the others in a table, in any order, and at times the claims once more. */
function inTextAndTable(story: Story, random: Random): Laid {
  const moved = new Set<FactKey>([...story.facts.keys()].filter((key) => key !== "count" && key !== "time" && random.chance(0.5)));
  const part = (isMoved: boolean): Story => ({ ...story, facts: new Map([...story.facts].filter(([key]) => moved.has(key) === isMoved)) });
  const prose = random.shuffled(sentencesOf(part(false), "all", random));
  const again = random.chance(0.4)
    ? repeatedClaims({ ...story, facts: new Map([...story.facts].filter(([key]) => CLAIMS.has(key))) }, random)
    : [];
  const table = moved.size === 0 ? [] : [tableOf("markdown table", [part(true)], random).piece];
  const parts = random.shuffled([paragraphOf(prose), ...table]);
  return { media: "markdown", piece: joined([...parts, ...(again.length === 0 ? [] : [paragraphOf(again)])], "\n\n") };
}
