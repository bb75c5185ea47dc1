import type { WireDocument } from "../../src/report/wire.ts";
import type { Passage } from "../score/passages.ts";
import type { Trial } from "./laws.ts";
import { anyName } from "./names.ts";
import { timeForms } from "./printing.ts";
import { type Random, randomOf } from "./random.ts";

/** The case the tool was founded on: 512 chips for 2.5 days at $8 an hour for a device of four come to $61,440, and $245,000 was told. */
const TOLD = 245_000;
const RIGHT = 61_440;
const SLIP = "device-for-chip";

/** The founding case in other words, orders and shapes. */
export function founding(seed: number): Trial {
  const random = randomOf(seed);
  const { media, text } = random.pick([sentences, sentences, oneSentence, list, table, aside])(anyName(random), random);
  const passage: Passage = {
    id: `founding-${seed}`,
    media,
    text,
    checks: [{ stated: phraseIn(text), kind: "cost", verdict: "inconsistent", how: String(RIGHT) }],
  };
  return { base: null, variant: passage, shared: passage, demand: demandOf };
}

type Told = Pick<Passage, "media" | "text">;

const COSTS = ["$245,000", "US$245,000", "$245k", "$245K", "245,000 dollars", "$0.245 million"];
const CHIPS = ["512 TPU v3 chips", "512 Google TPU v3 chips", "512 chips of the TPU v3", "512 TPUv3 chips"];
const DEVICES = ["A Cloud TPU v3 device", "One Cloud TPU v3 device", "A TPU v3 device", "Each Cloud TPU v3 device"];
const RUNS = [
  "{m} was trained on {chips} for {time}.",
  "We trained {m} on {chips} for {time}.",
  "Training {m} took {time} on {chips}.",
  "It took {time} to train {m} on {chips}.",
  "The authors of {m} say that they used {chips} for {time}.",
  "{chips} were busy with {m} for {time}.",
];
const CLAIMS = [
  "Training {m} cost {cost}.",
  "The training of {m} is said to have cost {cost}.",
  "A well-known researcher wrote that it costs {cost} to train {m}.",
  "The bill for {m} was put at {cost}.",
  "According to one estimate, {m} cost {cost} to train.",
];
const PRICES = [
  "{device}, which has four chips, is $8 per hour.",
  "{device} has four chips and costs $8 an hour.",
  "{device}, with its 4 chips, is rented out at US$8 per hour.",
  "{device} (four chips) costs $8.00/hour.",
  "The price of {device-of} with four chips is $8 per hour.",
];

function filled(wording: string, model: string, random: Random): string {
  const device = random.pick(DEVICES);
  const text = wording
    .replace("{m}", model)
    .replace("{chips}", random.pick(CHIPS))
    .replace("{time}", random.pick(["about 2.5 days", "around 60 hours", ...timeForms(60)]))
    .replace("{cost}", random.pick(COSTS))
    .replace("{device-of}", device.replace(/^(?:One|Each) /, "a ").replace(/^A /, "a "))
    .replace("{device}", device);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`.replace(new RegExp(`^${model.charAt(0).toUpperCase()}${model.slice(1)}`), model);
}

/** The three things in any order. */
function sentences(model: string, random: Random): Told {
  const told = [RUNS, CLAIMS, PRICES].map((wordings) => filled(random.pick(wordings), model, random));
  return { media: "text", text: `${random.shuffled(told).join(random.pick([" ", " ", "\n\n"]))}\n` };
}

function oneSentence(model: string, random: Random): Told {
  const device = random.pick(DEVICES).replace(/^(?:A|One|Each) /, "a ");
  const [chips, cost, time] = [random.pick(CHIPS), random.pick(COSTS), random.pick(timeForms(60))];
  return {
    media: "text",
    text: random.pick([
      `${model} was trained on ${chips} for ${time}. That cost ${cost}, since ${device}, which has four chips, is $8 per hour.\n`,
      `Training ${model} for ${time} on ${chips} cost ${cost}, as ${device} of four chips is $8 per hour.\n`,
      `With ${device} (four chips) at $8 an hour, the ${time} that ${model} ran on ${chips} came to ${cost}.\n`,
    ]),
  };
}

function list(model: string, random: Random): Told {
  const items = [
    `Hardware: ${random.pick(CHIPS)}`,
    `Training time: ${random.pick(timeForms(60))}`,
    `Price: $8 per hour for a Cloud TPU v3 device, which has four chips`,
    `Cost: ${random.pick(COSTS)}`,
  ];
  const mark = random.pick(["- ", "* ", ""]);
  const lead = random.pick([`Training of ${model}:`, `Model: ${model}`, `## ${model}`]);
  return {
    media: "markdown",
    text: `${lead}\n\n${random
      .shuffled(items)
      .map((item) => `${mark}${item}`)
      .join(mark === "" ? "\n\n" : "\n")}\n`,
  };
}

function table(model: string, random: Random): Told {
  const price = filled(random.pick(PRICES), model, random);
  const rows = `| model | hardware | time | cost |\n| --- | --- | --- | --- |\n| ${model} | 512 TPU v3 chips | ${random.pick(timeForms(60))} | $245,000 |`;
  return { media: "markdown", text: `${random.shuffled([price, rows]).join("\n\n")}\n` };
}

/** With a paragraph on another system, whose figures are right by themselves. */
function aside(model: string, random: Random): Told {
  const other = "Wigeon-Small ran on 16 V100 GPUs for three days, which is 1,152 GPU-hours.";
  const { text } = sentences(model, random);
  return { media: "text", text: random.shuffled([text.trim(), other]).join("\n\n") };
}

function phraseIn(text: string): string {
  return COSTS.find((cost) => text.includes(cost)) ?? "$245,000";
}

/** What is wrong with what was told: it must be an error that gives $61,440 and names the slip, and nothing else may be named. */
function demandOf({ findings }: WireDocument): readonly string[] {
  const flags = findings.filter(({ verdict, severity }) => severity !== "note" && verdict !== "consistent");
  const onCost = flags.filter(({ stated }) => Math.abs(stated.value / TOLD - 1) < 0.01);
  const isRight = onCost.some(({ severity, recomputed }) => severity === "error" && Math.abs((recomputed?.value ?? 0) / RIGHT - 1) < 0.01);
  const causes = findings.flatMap(({ cause }) => (cause === null ? [] : [cause.diagnosis]));
  return [
    ...(isRight ? [] : [`no error that gives ${RIGHT}`]),
    ...(causes.includes(SLIP) ? [] : [`${SLIP} is not named`]),
    ...causes.filter((cause) => cause !== SLIP).map((cause) => `${cause} is named`),
  ];
}
