/** A model's name taken apart, so that names written in different ways can be compared. */
export interface ModelName {
  /** As printed, or put together from a family and a variant: "LLaMA-65B". */
  readonly text: string;
  /** Folded family: "llama"; empty where only a variant is known ("a 65B-parameter model"). */
  readonly family: string;
  /** Folded size or variant: "65b", "large"; empty for the family itself. */
  readonly variant: string;
}

/** Takes a printed name apart: "Transformer (base model)" is the base variant of the Transformer family. */
export function parseModelName(printed: string): ModelName {
  const text = printed.normalize("NFKC").replace(/\s+/g, " ").trim();
  const separated = text.replace(RUN_TOGETHER, "$1 $2").replace(/[()[\],]/g, " ");
  const parts = separated.split(/[\s–—_-]+/).filter((part) => part.length > 0);
  const end = parts.findIndex((part, index) => index > 0 && isVariantPart(part));
  const isOnlyVariant = parts[0] !== undefined && SIZE.test(parts[0]);
  const familyParts = isOnlyVariant ? [] : end < 0 ? parts : parts.slice(0, end);
  const variantParts = isOnlyVariant ? parts : end < 0 ? [] : parts.slice(end);
  return {
    text,
    family: fold(familyParts.filter((part) => !CLASS_NOUN.test(part)).join("")),
    variant: fold(variantParts.filter((part) => !CLASS_NOUN.test(part)).join("")),
  };
}

/** One string for one model: equal keys are the same model. */
export function keyOf(name: ModelName): string {
  return `${name.family}/${name.variant}`;
}

/** The name of one variant of a family, joined as most people write it: "LLaMA-65B", "Transformer big". */
export function variantName(family: ModelName, variant: string): ModelName {
  const isSize = SIZE.test(variant);
  const base = family.text;
  const separator = isSize && !/ \d/.test(base) ? "-" : " ";
  return { text: `${base}${separator}${variant}`, family: family.family, variant: fold(variant) };
}

/** Letters and digits in lower case, with a unit written out for its letter: "65-billion" becomes "65b". */
function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.+]+/gu, "")
    .replace(/\.$|\.(?!\d)/g, "");
}

function isVariantPart(part: string): boolean {
  return SIZE.test(part) || VARIANT.test(part) || PATCH.test(part);
}

/** A count of parameters in short: "65B", "1.5b", "1T"; not "v3". */
export const SIZE = /^\d+(?:\.\d+)?[BMT]$/i;

/** Units that sizes are told in, the largest first. */
export const SIZE_UNITS = [
  [1e12, "T"],
  [1e9, "B"],
  [1e6, "M"],
] as const;

/** The number of parameters that a name tells: 13e9 for "Wren-13B"; null for none. */
export function parametersOf(name: string): number | null {
  const found = /(\d+(?:\.\d+)?)([BMT])$/i.exec(name);
  const unit = SIZE_UNITS.find(([, letter]) => letter === found?.[2]?.toUpperCase());
  return found === null || unit === undefined ? null : Number(found[1]) * unit[0];
}

/** Members of a family by word: "Large", "xxl"; not "Language". */
const VARIANT =
  /^(?:nano|tiny|mini|micro|small|smaller|base|basic|medium|large|larger|big|bigger|huge|giant|mega|ultra|pro|plus|lite|xs|xl|xxl|xlarge|xxlarge|instruct|chat|turbo|flash|moe|distill(?:ed|ation)?)$/i;

/** Vision models by size letter and patch: "L/16", "g"; not "V3". */
const PATCH = /^(?:Ti|[SBLHGg])(?:\/\d+\+?)?$/;

/** "LLaMA65B", "BERTLARGE", "BERTbase": a subscript that lost its place; not "LAMB". */
const RUN_TOGETHER = /(\p{L}{3,}|\p{L}+\d(?:\.\d)?)(\d+(?:\.\d+)?[BM]|BASE|LARGE|base|large|big)(?![\p{L}\p{N}])/gu;

/** Words that only say that the name is of a model: "the Transformer (base model)". */
const CLASS_NOUN = /^(?:models?|networks?|variants?|versions?|ours|the|our)$/i;
