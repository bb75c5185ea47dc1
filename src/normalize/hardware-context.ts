import type { Accelerator, Catalog } from "../model/catalog.ts";
import type { CountNoun, HardwareName, Mention } from "../model/mention.ts";

const TPU_NOUNS: ReadonlySet<CountNoun> = new Set(["cloud-tpu", "device", "core", "slice", "pod"]);

/** The last year in which an unnamed "Cloud TPU" was a device of four chips: version 4 sold chips. */
const LAST_YEAR_OF_TPU_DEVICES = 2021;

/**
 * The product a count, a price or an hour of hardware speaks of, by catalog id, likeliest first.
 *
 * A mention that names its product is believed; a bare one takes the nearest product named before it (then after it), of the
 * same kind, in its sentence, then in its block. Further away nothing is assumed: an unnamed GPU stays unnamed, and an unnamed
 * Cloud TPU is one of the versions sold as devices.
 */
export function hardwareOf(catalog: Catalog, mentions: readonly Mention[], index: number): readonly Accelerator[] {
  const mention = mentions[index];
  if (mention === undefined) return [];
  const own = acceleratorsOf(catalog, mention.hardware);
  if (own.length > 0) return own;
  const near = nearestNamed(mentions, index);
  if (near !== null) {
    const found = acceleratorsOf(catalog, near.hardware);
    if (isSameKind(mention, found)) return found;
  }
  return isUnnamedTpu(mention) ? catalog.accelerators.filter(isSoldAsDevice) : [];
}

/** Catalog rows of a name on the page, in the order of likelihood. */
function acceleratorsOf(catalog: Catalog, name: HardwareName | null): readonly Accelerator[] {
  if (name === null) return [];
  let byId = BY_ID.get(catalog);
  if (byId === undefined) {
    byId = new Map(catalog.accelerators.map((accelerator) => [accelerator.id, accelerator]));
    BY_ID.set(catalog, byId);
  }
  return name.accelerators.flatMap((id) => byId.get(id) ?? []);
}

/** A catalog is never changed, so its rows are put in order once. */
const BY_ID = new WeakMap<Catalog, ReadonlyMap<string, Accelerator>>();

/** The figure of the block that names its hardware: in the sentence before others, what comes before rather than what comes after, the nearest first. */
function nearestNamed(mentions: readonly Mention[], index: number): Mention | null {
  const mention = mentions[index];
  if (mention === undefined) return null;
  const isSameSentence = (other: Mention): boolean => other.sentence.start === mention.sentence.start;
  const isSameBlock = (other: Mention): boolean => other.block === mention.block;
  // Mentions are in reading order, and those of a sentence or a block stand together.
  for (const isNear of [isSameSentence, isSameBlock]) {
    for (const step of [-1, 1]) {
      for (let at = index + step; ; at += step) {
        const other = mentions[at];
        if (other === undefined || !isNear(other)) break;
        if (other.hardware !== null && other.hardware.accelerators.length > 0) return other;
      }
    }
  }
  return null;
}

/** "64 cores" beside "A100" are not cores of an A100: a noun that only TPUs have takes only a TPU's name. */
function isSameKind(mention: Mention, found: readonly Accelerator[]): boolean {
  const first = found[0];
  if (first === undefined) return false;
  const printed = mention.hardware?.text.toLowerCase() ?? "";
  if (printed.includes("tpu") || (mention.noun !== null && TPU_NOUNS.has(mention.noun))) return first.kind === "tpu";
  if (printed.includes("gpu") || mention.noun === "gpu") return first.kind !== "tpu";
  return true;
}

function isUnnamedTpu(mention: Mention): boolean {
  return mention.noun === "cloud-tpu" || (mention.hardware?.text.toLowerCase().includes("tpu") ?? false);
}

function isSoldAsDevice(accelerator: Accelerator): boolean {
  const year = Number(accelerator.released?.slice(0, 4) ?? 0);
  return accelerator.kind === "tpu" && accelerator.unitsInCanonical["device"] === 4 && year < LAST_YEAR_OF_TPU_DEVICES;
}
