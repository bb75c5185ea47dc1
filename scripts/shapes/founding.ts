import type { WireDocument } from "../../src/report/wire.ts";
import type { Passage } from "../score/passages.ts";
import { type Told, toldAs } from "./founding-shapes.ts";
import type { Trial } from "./laws.ts";
import { anyName } from "./names.ts";
import { timeForms } from "./printing.ts";
import { type Random, randomOf } from "./random.ts";

/**
 * The case the tool was founded on: 512 chips for 2.5 days at $8 an hour for a device of four come to $61,440, and $245,000 was told.
 *
 * Were they cores, of which a device has eight, they would come to half of that.
 */
interface Case {
  readonly part: "chips" | "cores";
  readonly right: number;
  readonly slip: string;
}

const TOLD = 245_000;
const CHIPS: Case = { part: "chips", right: 61_440, slip: "device-for-chip" };
const CORES: Case = { part: "cores", right: 30_720, slip: "core-for-device" };

/** Of how many texts one is on cores. */
const SHARE_OF_CORES = 0.2;

const COSTS = ["$245,000", "US$245,000", "$245k", "$245K", "245,000 dollars", "$0.245 million"];
const TIMES = ["about 2.5 days", "around 60 hours", ...timeForms(60)];

/** Where devices are told by their chips alone, that a chip has two cores is a definition. */
function wordsOf({ part }: Case, random: Random): Told {
  const held = part === "cores" && random.chance(0.5) ? random.pick(["eight cores", "8 cores"]) : random.pick(["four chips", "4 chips"]);
  const device = random.pick(["a Cloud TPU v3 device", "one Cloud TPU v3 device", "a TPU v3 device", "each Cloud TPU v3 device"]);
  const article = device.replace(/^(?:one|each) /, "a ");
  return {
    told: [
      [
        "{m} was trained on {count} for {time}.",
        "We trained {m} on {count} for {time}.",
        "Training {m} took {time} on {count}.",
        "It took {time} to train {m} on {count}.",
        "The authors of {m} say that they used {count} for {time}.",
        "{count} were busy with {m} for {time}.",
        "The paper reads: “We train {m} on {count}, which takes {time}.”",
      ],
      [
        "Training {m} cost {cost}.",
        "The training of {m} is said to have cost {cost}.",
        "A well-known researcher wrote that it costs {cost} to train {m}.",
        "The bill for {m} was put at {cost}.",
        "According to one estimate, {m} cost {cost} to train.",
        "“It costs {cost} to train {m},” wrote the head of a start-up.",
      ],
      [
        `${device}, which has ${held}, is $8 per hour.`,
        `${device} has ${held} and costs $8 an hour.`,
        `${device}, with its ${held.replace("four", "4")}, is rented out at US$8 per hour.`,
        `${device} (${held}) costs $8.00/hour.`,
        `The price of ${article} with ${held} is $8 per hour.`,
        `${device}, which costs US$8 per hour, has ${held}.`,
      ],
    ],
    whole: [
      `{m} was trained on {count} for {time}. That cost {cost}, since ${article}, which has ${held}, is $8 per hour.`,
      `Training {m} for {time} on {count} cost {cost}, as ${article} of ${held} is $8 per hour.`,
      `With ${article} (${held}) at $8 an hour, the {time} that {m} ran on {count} came to {cost}.`,
    ],
    lines: [
      ["Hardware", ["{count}"]],
      ["Training time", ["{time}"]],
      ["Price", [`$8 per hour for a Cloud TPU v3 device, which has ${held}`, `$8 per hour for a Cloud TPU v3 device with ${held}`]],
      ["Cost", ["{cost}"]],
    ],
  };
}

/** The founding case in other words, orders and shapes. */
export function founding(seed: number): Trial {
  const random = randomOf(seed);
  const told = random.chance(SHARE_OF_CORES) ? CORES : CHIPS;
  const model = anyName(random);
  const fill = (wording: string): string =>
    wording
      .replace("{m}", model)
      .replace("{count}", random.pick(countsOf(told)))
      .replace("{time}", random.pick(TIMES))
      .replace("{cost}", random.pick(COSTS));
  const laid = toldAs(wordsOf(told, random), model, fill, random);
  const passage: Passage = {
    id: `founding-${seed}`,
    ...laid,
    checks: [{ stated: phraseIn(laid.text), kind: "cost", verdict: "inconsistent", how: String(told.right) }],
  };
  return { base: null, variant: passage, shared: passage, demand: (document) => demandOf(told, document) };
}

function countsOf({ part }: Case): readonly string[] {
  return [`512 TPU v3 ${part}`, `512 Google TPU v3 ${part}`, `512 ${part} of the TPU v3`, `512 TPUv3 ${part}`];
}

function phraseIn(text: string): string {
  return COSTS.find((cost) => text.includes(cost)) ?? "$245,000";
}

/** What is wrong with what was told: it must be an error that gives what is right and names the slip, and nothing else may be named. */
function demandOf({ right, slip }: Case, { findings }: WireDocument): readonly string[] {
  const flags = findings.filter(({ verdict, severity }) => severity !== "note" && verdict !== "consistent");
  const onCost = flags.filter(({ stated }) => Math.abs(stated.value / TOLD - 1) < 0.01);
  const isRight = onCost.some(({ severity, recomputed }) => severity === "error" && Math.abs((recomputed?.value ?? 0) / right - 1) < 0.01);
  const causes = findings.flatMap(({ cause }) => (cause === null ? [] : [cause.diagnosis]));
  return [
    ...(isRight ? [] : [`no error that gives ${right}`]),
    ...(causes.includes(slip) ? [] : [`${slip} is not named`]),
    ...causes.filter((cause) => cause !== slip).map((cause) => `${cause} is named`),
  ];
}
