import type { WireDocument, WireFinding } from "../../src/report/wire.ts";
import type { Passage } from "../score/passages.ts";
import { type Told, toldAs } from "./founding-shapes.ts";
import type { Trial } from "./laws.ts";
import { anyName } from "./names.ts";
import { timeForms } from "./printing.ts";
import { type Random, randomOf } from "./random.ts";

/** A system of the article that the tool was founded on: its facts in many wordings and shapes, and what must be told of it. */
interface System extends Told {
  readonly hours: number | null;
  /** What is missing of what must be told; a flag is always wrong. */
  readonly demand: (findings: readonly WireFinding[], text: string) => readonly string[];
}

/** A cost with its price and its time, but without a count: 25,000 / (0.30 x 336) is 248 cores, and a slice of 256 would fit. */
const NO_COUNT: System = {
  told: [
    [
      "Training {m} cost $25,000.",
      "The bill for {m} was $25k in total.",
      "{m} was trained for US$25,000.",
      "In total, {m} cost $25K to train.",
      "The training of {m} came to 25,000 dollars.",
    ],
    [
      "It took {time}.",
      "The training ran for {time}.",
      "Training took {time}.",
      "{m} needed {time} of training.",
      "Its training lasted {time}.",
    ],
    [
      "The price was $0.30 per TPU v3 core-hour.",
      "Each TPU v3 core cost $0.30 per hour.",
      "A TPU v3 core was billed at $0.30/hour.",
      "TPU v3 cores were rented at 30 cents per core-hour.",
    ],
  ],
  whole: [
    "{m} was trained for {time} at $0.30 per TPU v3 core-hour, which cost $25,000.",
    "At a cost of $0.30 per TPU v3 core-hour and {time} of training, {m} cost US$25k in total.",
    "Training {m} for {time} cost $25,000, as a TPU v3 core is $0.30 an hour.",
  ],
  lines: [
    ["Total cost", ["$25,000", "US$25k", "$25K"]],
    ["Training time", ["{time}"]],
    ["Price", ["$0.30 per TPU v3 core-hour", "$0.30 per hour for a TPU v3 core"]],
  ],
  hours: 336,
  demand: (findings) => {
    const solved = findings.flatMap(({ missing }) => missing.map(({ needed, solved: figure }) => figure?.value ?? needed ?? 0));
    const fitting = findings.flatMap(({ missing }) => missing.flatMap(({ fits }) => fits?.name ?? []));
    return [
      ...(solved.some((value) => Math.abs(value / 248 - 1) < 0.02) ? [] : ["that 248 cores are missing is not told"]),
      ...(fitting.some((name) => name.includes("256")) ? [] : ["that a slice of 256 would fit is not told"]),
    ];
  },
};

/** 16 devices of four chips for 4 days at $4.50 an hour come to $6,912. */
const DEVICES: System = {
  told: [
    [
      "{m} was trained on 16 Cloud TPU v2 devices (64 TPU chips total) for {time}.",
      "We trained {m} for {time} on 16 Cloud TPU v2 devices.",
      "Training {m} took {time} on 16 Cloud TPU v2 devices, which are 64 chips.",
      "{m} was trained on 16 Cloud TPUs (64 TPU v2 chips in total), and each training took {time}.",
    ],
    [
      "A Cloud TPU v2 device costs $4.50 per hour.",
      "The price of a Cloud TPU v2 device is US$4.50 an hour.",
      "Each device was $4.50/hour.",
    ],
    ["Training {m} cost $6,912.", "The cost of {m} comes to US$6,912.", "In all, {m} cost $6,912 to train."],
  ],
  whole: [
    "Training {m} on 16 Cloud TPU v2 devices (64 TPU chips total) for {time} cost $6,912, at $4.50 per device and hour.",
    "At US$4.50 an hour for a Cloud TPU v2 device, the {time} that {m} took on 16 of them, or 64 chips, come to US$6,912.",
    "{m} cost $6,912 to train: 16 Cloud TPU v2 devices ran for {time}, each at $4.50 per hour.",
  ],
  lines: [
    ["Hardware", ["16 Cloud TPU v2 devices", "16 Cloud TPU v2 devices (64 TPU chips total)"]],
    ["Training time", ["{time}"]],
    ["Price", ["$4.50 per device-hour", "$4.50 per hour for a Cloud TPU v2 device"]],
    ["Cost", ["$6,912", "US$6,912"]],
  ],
  hours: 96,
  demand: (findings, text) => [
    ...agreementOn(findings, 6912),
    ...(/\b64 (?:TPU )?(?:v2 )?chips/.test(text) ? agreementOn(findings, 64, 16) : []),
  ],
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
  whole: ["One can train {m} on a single preemptible Cloud TPU v2, which takes about two weeks with a cost of about US$500."],
  lines: [
    ["Hardware", ["1 preemptible Cloud TPU v2", "a single preemptible Cloud TPU v2", "one preemptible Cloud TPU v2 device"]],
    ["Training time", ["about two weeks", "about 14 days", "~2 weeks"]],
    ["Cost", ["about US$500", "about $500", "~$500"]],
  ],
  hours: null,
  demand: (findings) => agreementOn(findings, 500),
};

/** 256 cores are 32 devices of eight cores, which at $8 an hour come to $256; so do they by the list, where no price is told. */
const RATE: System = {
  told: [
    ["{m} was trained on 256 TPU v3 cores.", "Training {m} used 256 Google Cloud TPU v3 cores.", "We used 256 TPU v3 cores to train {m}."],
    ["That costs $256 per hour.", "This comes to US$256 an hour.", "The rate for all of them is $256 per hour."],
    [
      "A Cloud TPU v3 device, which has four chips, is $8 per hour.",
      "A Cloud TPU v3 device of four chips and eight cores costs $8 an hour.",
      "Each Cloud TPU v3 device (four chips, two cores each) is rented out at $8 per hour.",
      "The code is public.",
    ],
  ],
  whole: [
    "{m} is reported to have used 256 Cloud TPU v3 cores for training, which costs US$256 per hour.",
    "The 256 TPU v3 cores on which {m} was trained cost $256 per hour, since a Cloud TPU v3 device, which has eight cores, is $8 an hour.",
  ],
  lines: [
    ["Hardware", ["256 TPU v3 cores", "256 Cloud TPU v3 cores"]],
    ["Cost", ["$256 per hour", "US$256 an hour"]],
    [
      "Price",
      ["$8 per hour for a Cloud TPU v3 device with eight cores", "$8 per device-hour, with four chips in each Cloud TPU v3 device"],
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

function trialOf({ hours, demand, ...told }: System, seed: number): Trial {
  const random = randomOf(seed);
  const model = anyName(random);
  const passage: Passage = { id: `article-${seed}`, ...toldAs(told, model, (words) => filled(words, model, hours, random), random) };
  const { text } = passage;
  return { base: null, variant: passage, shared: passage, demand: ({ findings }: WireDocument) => demand(findings, text) };
}

function filled(wording: string, model: string, hours: number | null, random: Random): string {
  const timed = hours === null ? wording : wording.replace("{time}", random.pick(timeForms(hours)));
  return timed.replace("{m}", model);
}

/** Whether a figure, or another that says the same, is told to add up. */
function agreementOn(findings: readonly WireFinding[], ...values: readonly number[]): readonly string[] {
  const isFound = findings.some(
    ({ verdict, stated }) => verdict === "consistent" && values.some((value) => Math.abs(stated.value / value - 1) < 0.001),
  );
  return isFound ? [] : [`that ${values.join(" or ")} agrees is not told`];
}
