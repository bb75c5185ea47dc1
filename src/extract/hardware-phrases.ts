import type { Catalog } from "../model/catalog.ts";
import { findHardware, type HardwareMatch } from "../model/hardware-finder.ts";
import type { CountNoun, HardwareName } from "../model/mention.ts";
import { timeUnit } from "./units-grammar.ts";

/** A stretch after a number that names hardware: "TPU v3 chips", "A100-80GB GPU hours", "Cloud TPUs". */
export interface HardwarePhrase {
  readonly end: number;
  readonly hardware: HardwareName | null;
  readonly noun: CountNoun;
  /** Set when hours or days of hardware are counted. */
  readonly time: string | null;
}

const NOUNS: readonly (readonly [RegExp, CountNoun])[] = [
  [/^(?:chips?|芯片)/i, "chip"],
  [/^cores?/i, "core"],
  [/^(?:devices?)/i, "device"],
  [/^boards?/i, "board"],
  [/^(?:hosts?|workers?)/i, "host"],
  [/^(?:nodes?|machines?|servers?|instances?|台)/i, "node"],
  [/^(?:pods?)/i, "pod"],
  [/^GCDs?/, "gcd"],
  [/^modules?/i, "module"],
  [/^(?:[gn]pus?|cards?|graphics cards?)/i, "gpu"],
  [/^accelerators?/i, "gpu"],
];

/** Words between a count and the hardware that say nothing about the count. */
const FILLER =
  /^(?:(?:\s|-)*(?:NVIDIA|Nvidia|Google|AMD|Tesla|GeForce|parallel|individual|dedicated|high-end|modern|data-?cent(?:er|re)|cloud-based|consumer|public|AWS|GCP|Azure|EC2|cloud(?=\s(?:instances?|nodes?|machines?|servers?|VMs?)\b)|of|the|additional|total|training|块|塊|张|張|个|個|卡|,?\s?\(?\d{2,3}\s?GB\)?))*(?:\s|-)*/i;

/** Generic hardware nouns without a product: "GPUs", "TPU cores", "Cloud TPUs", "nodes". */
const GENERIC = /^(?<name>(?:Cloud\s)?TPU|GPU)?(?<plural>s)?(?:[\s-](?=\w))?/i;

/** Reads the hardware named at `from` in folded text; null if none is. */
export function hardwareAt(text: string, from: number, matches: readonly HardwareMatch[]): HardwarePhrase | null {
  const filler = FILLER.exec(text.slice(from, from + 60))?.[0].length ?? 0;
  const named = matches.find((match) => match.slice === null && match.span.start >= from && match.span.start <= from + filler);
  if (named !== undefined) return finish(text, named.span.end, nameOf(named), nounOfName(named));
  const start = from + filler;
  const rest = text.slice(start, start + 40);
  const generic = GENERIC.exec(rest);
  const printed = generic?.groups?.["name"];
  if (printed !== undefined) {
    const end = start + printed.length + (generic?.groups?.["plural"]?.length ?? 0);
    if (/^\w/.test(text.slice(end, end + 1))) return null;
    const isTpu = /TPU/i.test(printed);
    const hardware: HardwareName = {
      span: { start, end },
      text: text.slice(start, start + printed.length),
      accelerators: [],
      system: null,
    };
    return finish(text, end, hardware, /^cloud/i.test(printed) ? "cloud-tpu" : isTpu ? "bare" : "gpu");
  }
  const noun = nounAt(text, start);
  return noun === null ? null : timeAfter(text, { end: noun.end, hardware: null, noun: noun.noun, time: null });
}

/** A match of the finder as a name on the page; spans stay those of the match. */
export function nameOf(match: HardwareMatch): HardwareName {
  return { span: match.span, text: match.text, accelerators: match.accelerators, system: match.system };
}

export function findHardwareIn(catalog: Catalog, text: string): readonly HardwareMatch[] {
  return findHardware(catalog).find(text);
}

function nounOfName(match: HardwareMatch): CountNoun {
  if (match.system !== null) return "node";
  return /cloud/i.test(match.text) ? "cloud-tpu" : "bare";
}

/** After the name: a memory size, the plural, a noun of its own, then perhaps hours. */
function finish(text: string, end: number, hardware: HardwareName, noun: CountNoun): HardwarePhrase {
  let position = end;
  const tail = /^(?:s\b|'s\b)?(?:[\s-]*\(?\d{2,3}\s?GB?\b\)?s?)?(?:\s(?:SXM\d?|PCIe))?/i.exec(text.slice(position, position + 20));
  position += tail?.[0].length ?? 0;
  position += MAKER_AFTER.exec(text.slice(position, position + 24))?.[0].length ?? 0;
  const printed = nounAt(text, position);
  const isVague = printed !== null && noun === "cloud-tpu" && printed.noun === "gpu";
  if (printed !== null && !isVague) {
    const isNode = printed.noun === "node" && noun !== "node";
    return timeAfter(text, { end: printed.end, hardware, noun: isNode ? "node" : printed.noun, time: null });
  }
  return timeAfter(text, { end: position, hardware, noun, time: null });
}

/** "MI250X AMD GPUs": the maker told after its product. */
const MAKER_AFTER = /^\s(?:NVIDIA|AMD|Intel|Google|Huawei)(?=\s(?:GPU|TPU|NPU|card|accelerator|chip))/i;

function nounAt(text: string, from: number): { readonly noun: CountNoun; readonly end: number } | null {
  const gap = /^(?:\s|-)*/.exec(text.slice(from, from + 4))?.[0].length ?? 0;
  const rest = text.slice(from + gap, from + gap + 24);
  for (const [pattern, noun] of NOUNS) {
    const match = pattern.exec(rest);
    if (match !== null && !/^[a-z]/i.test(rest.slice(match[0].length))) return { noun, end: from + gap + match[0].length };
  }
  return null;
}

/** "GPU hours", "TPU v3 core-days", "V100·days". */
function timeAfter(text: string, phrase: HardwarePhrase): HardwarePhrase {
  const match =
    /^(?:\s|-|·|\*|\s[x×]\s)?(?:(?<=\W)(?<unit>seconds?|minutes?|hours?|hrs?|h|days?|weeks?|months?|years?|Stunden|Tage)\b|卡?(?<han>小时|天))/i.exec(
      text.slice(phrase.end, phrase.end + 14),
    );
  // "512 A100 GPUs Hours used: 672": the key of the next line.
  if (match === null || (/s$/.test(text.slice(0, phrase.end)) && /^\s[A-Z]/.test(match[0]))) return phrase;
  return { ...phrase, end: phrase.end + match[0].length, time: timeUnit(match.groups?.["unit"] ?? match.groups?.["han"] ?? "h") };
}
