import type { WireDocument, WireFinding } from "../../src/report/wire.ts";
import type { Passage } from "../score/passages.ts";
import type { Trial } from "./laws.ts";
import { anyName } from "./names.ts";
import { timeForms } from "./printing.ts";
import { type Random, randomOf } from "./random.ts";

/** A system of the article that the tool was founded on: its facts in sentences of many wordings, and what must be told of it. */
interface System {
  /** A group of wordings for each sentence; sentences stand in any order. */
  readonly told: readonly (readonly string[])[];
  readonly hours: number | null;
  /** What is missing of what must be told; a flag is always wrong. */
  readonly demand: (findings: readonly WireFinding[]) => readonly string[];
}

/** A cost with its price and its time, but without a count: 25,000 / (0.30 x 336) is 248 cores, and 256 would fit. */
const NO_COUNT: System = {
  told: [
    [
      "Training {m} cost $25,000.",
      "The bill for {m} was $25k in total.",
      "{m} was trained for US$25,000.",
      "In total, {m} cost $25K to train.",
    ],
    ["It took {time}.", "The training ran for {time}.", "Training took {time}.", "{m} needed {time} of training."],
    ["The price was $0.30 per TPU v3 core-hour.", "Each TPU v3 core cost $0.30 per hour.", "A TPU v3 core was billed at $0.30/hour."],
  ],
  hours: 336,
  demand: (findings) => {
    const solved = findings.flatMap(({ missing }) => missing.map(({ needed, solved: figure }) => figure?.value ?? needed ?? 0));
    return solved.some((value) => Math.abs(value / 248 - 1) < 0.02) ? [] : ["that 248 cores are missing is not told"];
  },
};

/** 16 devices of four chips for 4 days at $4.50 an hour come to $6,912. */
const DEVICES: System = {
  told: [
    [
      "{m} was trained on 16 Cloud TPU v2 devices (64 TPU chips total) for {time}.",
      "We trained {m} for {time} on 16 Cloud TPU v2 devices.",
      "Training {m} took {time} on 16 Cloud TPU v2 devices, which are 64 chips.",
    ],
    [
      "A Cloud TPU v2 device costs $4.50 per hour.",
      "The price of a Cloud TPU v2 device is US$4.50 an hour.",
      "Each device was $4.50/hour.",
    ],
    ["Training {m} cost $6,912.", "The cost of {m} comes to US$6,912.", "In all, {m} cost $6,912 to train."],
  ],
  hours: 96,
  demand: (findings) => agreementOn(findings, 6912),
};

/** One preemptible device for two weeks: $453.60 by the list of that time, and "about $500" is no mistake. */
const PREEMPTIBLE: System = {
  told: [
    [
      "{m} can be trained on a single preemptible Cloud TPU v2 in about two weeks, at a cost of about $500.",
      "On one preemptible Cloud TPU v2, training {m} takes about 2 weeks and costs about US$500.",
      "For about $500, {m} was trained for about two weeks on a single preemptible Cloud TPU v2 device.",
      "{m} took about 14 days on one preemptible Cloud TPU v2, which cost roughly $500.",
    ],
    ["The code is public.", "Its authors have published the weights.", "It is the smaller of the two."],
  ],
  hours: null,
  demand: () => [],
};

/** 256 cores are 32 devices of eight cores, which at $8 an hour come to $256. */
const RATE: System = {
  told: [
    ["{m} was trained on 256 TPU v3 cores.", "Training {m} used 256 Google Cloud TPU v3 cores.", "We used 256 TPU v3 cores to train {m}."],
    ["That costs $256 per hour.", "This comes to US$256 an hour.", "The rate for all of them is $256 per hour."],
    [
      "A Cloud TPU v3 device, which has four chips, is $8 per hour.",
      "A Cloud TPU v3 device of four chips and eight cores costs $8 an hour.",
      "Each Cloud TPU v3 device (four chips, two cores each) is rented out at $8 per hour.",
    ],
  ],
  hours: null,
  demand: (findings) => agreementOn(findings, 256),
};

export const ARTICLE = {
  "article: no count": (seed: number) => trialOf(NO_COUNT, seed),
  "article: devices": (seed: number) => trialOf(DEVICES, seed),
  "article: preemptible": (seed: number) => trialOf(PREEMPTIBLE, seed),
  "article: rate": (seed: number) => trialOf(RATE, seed),
} as const;

function trialOf({ told, hours, demand }: System, seed: number): Trial {
  const random = randomOf(seed);
  const model = anyName(random);
  const sentences = told.map((wordings) => filled(random.pick(wordings), model, hours, random));
  // "Each device", "it" and "that" stand behind what they speak of.
  const ordered = sentences.some((sentence) => /^(?:It|That|This|Each device|The rate|The code|Its)\b/.test(sentence))
    ? sentences
    : random.shuffled(sentences);
  const text = `${ordered.join(random.pick([" ", "\n\n"]))}\n`;
  const passage: Passage = { id: `article-${seed}`, media: "text", text };
  return { base: null, variant: passage, shared: passage, demand: ({ findings }: WireDocument) => demand(findings) };
}

function filled(wording: string, model: string, hours: number | null, random: Random): string {
  const timed = hours === null ? wording : wording.replace("{time}", random.pick(timeForms(hours)));
  return timed.replace("{m}", model);
}

function agreementOn(findings: readonly WireFinding[], value: number): readonly string[] {
  const isFound = findings.some(({ verdict, stated }) => verdict === "consistent" && Math.abs(stated.value / value - 1) < 0.001);
  return isFound ? [] : [`that ${value} agrees is not told`];
}
