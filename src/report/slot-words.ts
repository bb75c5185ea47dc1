import { inNoun } from "./figure-words.ts";

/** What a slot of an equation is called in a sentence. */
const SLOT_WORDS: Readonly<Record<string, string>> = {
  accelerators: "the number of accelerators",
  accelerator_hours: "the number of accelerator-hours",
  nodes: "the number of machines",
  wall_time: "the training time",
  step_time: "the time of one step",
  wall_time_per_epoch: "the time of one epoch",
  summed_time: "the time of all stages together",
  price: "the price per hour",
  cost: "the cost",
  cost_rate: "the cost per hour of the whole run",
  power: "the power drawn by one accelerator",
  energy: "the energy used",
  pue: "the PUE of the data center",
  carbon_intensity: "the carbon intensity of the electricity",
  carbon: "the carbon emitted",
  flop: "the number of floating-point operations",
  flop_rate: "the FLOP/s of one accelerator",
  flop_rate_total: "the FLOP/s of the whole run",
  peak_flop_rate: "the peak FLOP/s of the hardware",
  mfu: "the utilization",
  parameters: "the number of parameters",
  tokens: "the number of training tokens",
  samples: "the number of training samples",
  steps: "the number of steps",
  epochs: "the number of epochs",
  batch: "the batch size",
  sequence_length: "the sequence length",
  throughput: "the throughput of one accelerator",
  throughput_total: "the throughput of the whole run",
  memory: "the memory",
};

/** "the training time"; a slot without words of its own is called by its name. `noun` is what the page calls an accelerator. */
export function slotWords(slot: string, noun: string | null = null): string {
  const folded = slot.replaceAll("-", "_");
  const words = SLOT_WORDS[folded] ?? `the ${folded.replaceAll("_", " ")}`;
  return noun === null ? words : inNoun(words, noun);
}
