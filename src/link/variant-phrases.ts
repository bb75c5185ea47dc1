import type { Span } from "../model/span.ts";

/** Words that stand for one member of a family: "the base model", "a 65B-parameter model", "the large one". */
export interface VariantPhrase {
  readonly span: Span;
  /** "65B", "base", "largest". */
  readonly variant: string;
  /** Whether the phrase claims the model for the speaker: "our 175B model", "this 175B model". */
  readonly isOwn: boolean;
}

const UNIT_LETTERS: Readonly<Record<string, string>> = { b: "B", billion: "B", m: "M", million: "M", t: "T", trillion: "T" };

/** Phrases in `text` that stand for a member of a family, in reading order, with spans moved by `offset`. */
export function variantPhrases(text: string, offset: number): readonly VariantPhrase[] {
  const found: VariantPhrase[] = [];
  const add = (index: number, length: number, variant: string): void => {
    const span = { start: offset + index, end: offset + index + length };
    const isTaken = found.some((phrase) => phrase.span.start < span.end && span.start < phrase.span.end);
    if (!isTaken) found.push({ span, variant, isOwn: OWN_BEFORE.test(text.slice(Math.max(0, index - 12), index)) });
  };
  for (const pattern of [SIZED_MODEL, MODEL_OF_SIZE, LISTED_SIZE, BARE_SIZE]) {
    for (const match of text.matchAll(pattern)) {
      const unit = UNIT_LETTERS[(match.groups?.unit ?? "").toLowerCase()];
      const number = match.groups?.number ?? "";
      const value = WORD_NUMBERS.get(number.toLowerCase()) ?? number;
      const lead = match[0].indexOf(number);
      if (unit !== undefined) add(match.index + lead, match[0].length - lead, `${value}${unit}`);
    }
  }
  for (const match of text.matchAll(VARIANT_LIST)) {
    for (const member of match[0].matchAll(VARIANT_WORD)) add(match.index + member.index, member[0].length, member[0].toLowerCase());
  }
  for (const pattern of [VARIANT_MODEL, ELLIPTIC_VARIANT, COMPARED_MODEL]) {
    for (const match of text.matchAll(pattern)) {
      const variant = match.groups?.variant ?? "";
      const lead = match[0].indexOf(variant);
      add(match.index + lead, match[0].length - lead, variant.toLowerCase());
    }
  }
  for (const match of text.matchAll(VERSION_MODEL)) {
    const variant = match.groups?.variant ?? "";
    const lead = match[0].indexOf(variant);
    add(match.index + lead, match[0].length - lead, variant);
  }
  return found.sort((left, right) => left.span.start - right.span.start);
}

/** Matches "the V3 model", "The R1.5 model"; not "the V100 model". */
const VERSION_MODEL = /\b[Tt]he (?<variant>[A-Z]\d(?:\.\d)?) models?\b/g;

const WORD_NUMBERS: ReadonlyMap<string, string> = new Map([
  ["a", "1"],
  ["one", "1"],
  ["half a", "0.5"],
]);

const VARIANTS = "nano|tiny|mini|micro|small|base|baseline|medium|large|big|huge|giant|xl|xxl";

/** Matches "65B-parameter model", "1 trillion parameter model", "1.1T MoE"; not "65B tokens". */
const SIZED_MODEL =
  /(?<![\p{L}\p{N}.$€£-])(?<number>\d+(?:\.\d+)?|one|a)[\s-]?(?<unit>B|M|T|billion|million|trillion)(?:[\s-]param(?:eter)?s?)?[\s-](?:\([^)]{1,20}\) )?(?:[\p{L}-]+[\s-]){0,3}?(?:models?|LMs?|LLMs?|networks?|nets?|MoE|transformers?|variants?|versions?|ones?)(?![\p{L}])/giu;

/** Matches "model with 175 billion parameters", "model of 13B parameters"; not "trained with 4 billion tokens". */
const MODEL_OF_SIZE =
  /\b(?:models?|networks?|transformers?)(?: with| of| having| comprising| containing| that (?:has|have)|,)? (?:about |approximately |around |over |roughly |nearly )?(?<number>\d+(?:\.\d+)?|one|a)[\s-]?(?<unit>B|M|T|billion|million|trillion) (?:trainable |total )?param(?:eter)?s\b/giu;

/** Matches the "72B" of "72B or 405B dense models"; not of "72B or 405B tokens". */
const LISTED_SIZE =
  /(?<![\p{L}\p{N}.-])(?<number>\d+(?:\.\d+)?)(?<unit>[BM])(?=(?:, \d+(?:\.\d+)?[BM])*,? (?:and|or) \d+(?:\.\d+)?[BM] (?:param(?:eter)?s? )?(?:[\p{L}-]+ ){0,2}(?:models?|networks?|variants?|versions?)\b)/giu;

/** Matches "the 7B", "our 70B,"; not "the 15T tokens". */
const BARE_SIZE =
  /\b(?:the|our|and|for) (?<number>\d+(?:\.\d+)?)(?<unit>[BM])(?![\p{L}\p{N}])(?![ -](?:total |training |optimi[sz]er )?(?:tokens?|words?|iterations?|updates?|images?|samples?|examples?|param|activated|active|subwords?|pieces|sequences?|steps?|documents?|frames?|pairs?|USD|dollars?))/gu;

/** Matches "base model", "largest variant", "the big models"; not "large language model". */
const VARIANT_MODEL = new RegExp(
  `\\b(?<variant>${VARIANTS}|largest|biggest|smallest)[ -](?:sized? )?(?:(?:Transformer|pre-?trained|trained|dense) )?(?:models?|variants?|versions?|configurations?|settings?|networks?|ones?)\\b`,
  "giu",
);

/** Matches "the large took", "the base needs", "the small 8"; not "the large corpus". */
const ELLIPTIC_VARIANT = new RegExp(
  `\\bthe (?<variant>${VARIANTS}|largest|smallest)(?= (?:took|takes?|needs?|needed|requires?|required|used|uses|ran|runs|costs?|\\d)|[,;])`,
  "giu",
);

/** Matches "the smaller model", "the larger one"; not "larger models". */
const COMPARED_MODEL = /\bthe (?<variant>smaller|larger|bigger) (?:model|one|variant|version|network)\b/gi;

/** Matches "Small, base and large"; not "large and expensive". */
const VARIANT_LIST = new RegExp(`\\b(?:${VARIANTS})(?:, (?:${VARIANTS}))*,? and (?:the )?(?:${VARIANTS})\\b`, "giu");

const VARIANT_WORD = new RegExp(`\\b(?:${VARIANTS})\\b`, "giu");

const OWN_BEFORE = /\b(?:our|this|my)\s$/i;
