import { joined, noterOf, type Piece } from "./piece.ts";
import { hedgeOf, printed } from "./printing.ts";
import type { Random } from "./random.ts";
import { CLAIMS, FACT_KEYS, type FactKey, type Story } from "./story.ts";

/** Ways to say one thing: with the name of the model, and after it was named. */
interface Wording {
  readonly facts: readonly FactKey[];
  readonly named: readonly string[];
  readonly unnamed: readonly string[];
}

/** The first of each is the usual one. */
const WORDINGS: readonly Wording[] = [
  {
    facts: ["count", "time"],
    named: [
      "{m} was trained on {count} for {time}.",
      "We trained {m} on {count} for {time}.",
      "Training {m} took {time} on {count}.",
      "It took {time} to train {m} on {count}.",
      "For {time}, {count} were busy with the training of {m}.",
      "The team behind {m} says that the model was trained for {time} using {count}.",
      "{m} ran on {count}; the training lasted {time}.",
      "The training run of {m} occupied {count} for a total of {time}.",
    ],
    unnamed: ["The model was trained on {count} for {time}.", "It was trained for {time} on {count}.", "Training took {time} on {count}."],
  },
  {
    facts: ["parameters"],
    named: ["{m} has {parameters}.", "{m} is a language model with {parameters}."],
    unnamed: ["The model has {parameters}.", "It has {parameters}."],
  },
  {
    facts: ["tokens"],
    named: ["{m} was trained on {tokens}.", "{m} has seen {tokens} during training."],
    unnamed: ["The model was trained on {tokens}.", "It saw {tokens}."],
  },
  {
    facts: ["device-hours"],
    named: ["In total, training {m} used {device-hours}.", "The training of {m} came to {device-hours}.", "{m} consumed {device-hours}."],
    unnamed: ["In total, that is {device-hours}.", "The run used {device-hours}.", "This adds up to {device-hours}."],
  },
  {
    facts: ["price"],
    named: [
      "For {m}, we paid {price}.",
      "The GPUs for {m} were rented at {price}.",
      "For the training of {m} the provider charged {price}.",
    ],
    unnamed: ["We paid {price}.", "The GPUs were rented at {price}.", "The provider charges {price}."],
  },
  {
    facts: ["cost"],
    named: ["Training {m} cost {cost}.", "The bill for {m} came to {cost}.", "{m} cost {cost} to train."],
    unnamed: ["The training cost {cost}.", "The bill came to {cost}.", "That makes {cost} in all."],
  },
  {
    facts: ["power"],
    named: ["During the training of {m}, each GPU drew {power}.", "While {m} was trained, the draw was {power} per GPU."],
    unnamed: ["Each GPU drew {power} on average.", "The average draw was {power} per GPU."],
  },
  {
    facts: ["pue"],
    named: ["{m} was trained in a data center with a PUE of {pue}.", "The PUE of the site where {m} was trained is {pue}."],
    unnamed: ["The data center has a PUE of {pue}.", "The PUE is {pue}."],
  },
  {
    facts: ["energy"],
    named: ["Training {m} consumed {energy}.", "{m} took {energy} of electricity to train."],
    unnamed: ["The run consumed {energy}.", "The electricity used was {energy}."],
  },
  {
    facts: ["intensity"],
    named: ["The grid that powered {m} emits {intensity}.", "{m} was trained on a grid with {intensity}."],
    unnamed: ["The grid emits {intensity}.", "The carbon intensity of the grid is {intensity}."],
  },
  {
    facts: ["carbon"],
    named: ["Training {m} emitted {carbon}.", "The emissions of training {m} were {carbon}."],
    unnamed: ["That corresponds to emissions of {carbon}.", "The run emitted {carbon}."],
  },
];

/** Count and time in a sentence each. */
const APART: readonly Wording[] = [
  {
    facts: ["count"],
    named: ["{m} was trained on {count}.", "We used {count} to train {m}.", "{count} did the training of {m}."],
    unnamed: ["The model was trained on {count}.", "It ran on {count}."],
  },
  {
    facts: ["time"],
    named: ["Training {m} took {time}.", "The training of {m} lasted {time}.", "{m} was ready after {time} of training."],
    unnamed: ["Training took {time}.", "It took {time}."],
  },
];

/** What stands before a figure may say that it is no exact one; a price and a constant are exact. */
const HEDGED: ReadonlySet<FactKey> = new Set(["time", "device-hours", "cost", "energy", "carbon"]);

/** How sentences name their model. */
export type Naming = "all" | "first";

/** The story as sentences, each with what belongs together. */
export function sentencesOf(story: Story, naming: Naming, random: Random): readonly Piece[] {
  const wordings = random.chance(0.4) ? [...APART, ...WORDINGS.slice(1)] : WORDINGS;
  const told = wordings.filter(({ facts }) => facts.every((key) => story.facts.has(key)));
  return told.map((wording, index) =>
    sentenceOf(story, random.pick(naming === "all" || index === 0 ? wording.named : wording.unnamed), random),
  );
}

/** The whole story in one sentence. */
export function oneSentence(story: Story, random: Random): Piece {
  const clauses: readonly (readonly [FactKey, readonly string[]])[] = [
    ["device-hours", [", or {device-hours} in total", " ({device-hours})", ", using {device-hours}"]],
    ["price", [", at {price}", " at a price of {price}"]],
    ["cost", [", which cost {cost}", ", for a total of {cost}", " and cost {cost}"]],
    ["power", [", with each GPU drawing {power}", ", at {power} per GPU"]],
    ["pue", [" in a data center with a PUE of {pue}"]],
    ["energy", [", and consumed {energy}", ", which took {energy} of electricity"]],
    ["intensity", [" on a grid of {intensity}"]],
    ["carbon", [", and emitted {carbon}", ", so that {carbon} were emitted"]],
  ];
  const about = story.facts.has("parameters") ? ", a model with {parameters}," : "";
  const after = story.facts.has("tokens") ? " on {tokens}" : "";
  const starts = [`{m}${about} was trained${after} on {count} for {time}`, `We trained {m}${about}${after} for {time} on {count}`];
  const rest = clauses.filter(([key]) => story.facts.has(key)).map(([, forms]) => random.pick(forms));
  return sentenceOf(story, `${random.pick(starts)}${rest.join("")}.`, random);
}

/** The claims once more, as people repeat what matters. */
export function repeatedClaims(story: Story, random: Random): readonly Piece[] {
  const claims = FACT_KEYS.filter((key) => CLAIMS.has(key) && story.facts.has(key));
  return claims.map((key) =>
    sentenceOf(story, random.pick([`In short, {m} took {${key}}.`, `To repeat, training {m} meant {${key}}.`]), random),
  );
}

/** A wording with its figures filled in. */
export function sentenceOf(story: Story, wording: string, random: Random): Piece {
  const { printed: notes, say } = noterOf(story);
  const text = wording.replace(/\{(?<key>[a-z-]+)\}/g, (_all, key: FactKey | "m") => {
    if (key === "m") return story.model;
    // A wrong claim is told without a hedge, which would make its verdict a matter of taste.
    const hedge = HEDGED.has(key) && story.slip === null ? hedgeOf(random) : "";
    return `${hedge}${say(key, printed(story, key, random))}`;
  });
  if (text.startsWith(story.model)) return { text, printed: notes };
  // A figure with which the sentence begins is printed with a capital, too.
  const begun = capital(text);
  return { text: begun, printed: notes.map((note) => (begun.includes(note.phrase) ? note : { ...note, phrase: capital(note.phrase) })) };
}

export function paragraphOf(pieces: readonly Piece[]): Piece {
  return joined(pieces, " ");
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
