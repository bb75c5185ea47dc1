/** What a figure is by what stands beside it: a time by other times, a corpus by its epochs. */
import type { Mention } from "../model/mention.ts";
import type { NonEmpty, Reading } from "../model/quantity.ts";

/** What a figure is read by that stands beside it. */
export interface Company {
  /** Times, and numbers of activated parameters, by block. */
  readonly times: ReadonlyMap<number, readonly Mention[]>;
  readonly activated: ReadonlyMap<number, readonly Mention[]>;
  /** Epochs of the whole training, by the start of their sentence. */
  readonly epochs: ReadonlyMap<number, readonly Mention[]>;
  /** Something other than words tells what is seen. */
  readonly isSeenTold: boolean;
}

export function companyIn(mentions: readonly Mention[]): Company {
  const blockOf = ({ block }: Mention): number => block;
  return {
    times: Map.groupBy(
      mentions.filter(({ kind }) => kind === "wall-time"),
      blockOf,
    ),
    activated: Map.groupBy(mentions.filter(isActivated), blockOf),
    epochs: Map.groupBy(
      mentions.filter(({ kind, per }) => kind === "epochs" && per === null),
      ({ sentence }) => sentence.start,
    ),
    isSeenTold: mentions.some(tellsSeen),
  };
}

/** A time of more than years is mostly the sum over devices, but may be that of each: "274,120 hours on eight P100s". */
export function timeReadings({ times }: Company, mention: Mention, whole: Reading): NonEmpty<Reading> {
  const isOnly = times.get(mention.block)?.length === 1;
  if (whole.slot !== "summed_time" || !isOnly) return [whole];
  const about = `time of ${mention.id}`;
  return [
    { ...whole, weight: 1 - EACH_WEIGHT, assumes: [{ about, choice: "the time is summed over the devices", facts: [] }] },
    { ...whole, slot: "wall_time", weight: EACH_WEIGHT, assumes: [{ about, choice: "the time is that of each device", facts: [] }] },
  ];
}

const EACH_WEIGHT = 0.3;

/** "671B parameters, of which 37B are activated": what a token passes through counts, beside it the total is another quantity. */
export function parameterReading({ activated }: Company, mention: Mention, whole: Reading): Reading {
  const isTotal = !isActivated(mention) && activated.get(mention.block)?.some(({ value }) => value < mention.value) === true;
  return isTotal && whole.slot === "parameters" ? { ...whole, slot: "total_parameters" } : whole;
}

function isActivated({ kind, qualifiers }: Mention): boolean {
  return kind === "parameters" && qualifiers.includes("activated");
}

/** "90 epochs on 1.28M images": beside epochs, samples are those of the data set, unless the words say that they were seen. */
export function sampleReading({ epochs }: Company, mention: Mention, whole: Reading): Reading {
  const isOfEpoch = !mention.qualifiers.includes("seen") && epochs.has(mention.sentence.start);
  return isOfEpoch && whole.slot === "samples" ? { ...whole, slot: "samples_per_epoch" } : whole;
}

/** "4 epochs over a corpus of 50B tokens": beside epochs, the tokens of a corpus are those of one; words are what is seen where nothing else tells that. */
export function corpusReading({ epochs, isSeenTold }: Company, mention: Mention, whole: Reading): Reading {
  if (mention.unit === "word" && mention.per === null && !isSeenTold) return { ...whole, slot: "tokens" };
  const isOfEpoch = mention.qualifiers.includes("corpus") && epochs.get(mention.sentence.start)?.some(({ value }) => value > 1) === true;
  return isOfEpoch && whole.slot === "tokens" ? { ...whole, slot: "tokens_per_epoch" } : whole;
}

function tellsSeen({ kind, unit, per }: Mention): boolean {
  return kind === "epochs" || (kind === "tokens" && unit === "token" && per === null);
}
