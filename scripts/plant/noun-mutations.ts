import { type Mutation, type Planted, UNIT_SLIPS } from "./mutations.ts";

/** Chips of which two cores make one, and those that are also sold as devices of four. */
const OF_TWO_CORES = /^google-tpu-v(?:2|3|4|5p)\b/;
const OF_DEVICES = /^google-tpu-v[23]\b/;

/** How many chips each noun is. */
const CHIPS = { core: 1 / 2, chip: 1, device: 4 } as const;
type Noun = keyof typeof CHIPS;

/** "512 chips" as "512 cores": the number stands, the noun is another. */
export function nounSwaps({ mention, mentions, text }: Planted): readonly Mutation[] {
  if (mention.kind !== "accelerators" && mention.kind !== "accelerator-hours" && mention.kind !== "price") return [];
  const products = mentions.flatMap(({ hardware }) => hardware?.accelerators ?? []);
  const nouns = (Object.keys(CHIPS) as Noun[]).filter(
    (noun) => products.some((id) => OF_TWO_CORES.test(id)) && (noun !== "device" || products.some((id) => OF_DEVICES.test(id))),
  );
  const found = nouns.find((noun) => new RegExp(`\\b${noun}s?\\b`, "i").test(text));
  if (found === undefined) return [];
  return nouns
    .filter((noun) => noun !== found)
    .map((noun) => ({
      family: "M4 another noun",
      printed: text.replace(new RegExp(`\\b${found}(?=s?\\b)`, "i"), noun),
      factor: mention.kind === "price" ? CHIPS[found] / CHIPS[noun] : CHIPS[noun] / CHIPS[found],
      names: UNIT_SLIPS,
    }));
}

/** Whether a claim is about devices of which a preemptible one costs a fixed part of the price. */
export function ofTpuDevices({ mentions }: Pick<Planted, "mentions">): boolean {
  return mentions.some(({ hardware }) => hardware?.accelerators.some((id) => OF_DEVICES.test(id)) ?? false);
}
