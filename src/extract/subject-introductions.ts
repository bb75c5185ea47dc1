import type { Block, Document } from "../model/document.ts";
import type { SubjectName } from "../model/mention.ts";
import { TRAINING_FIGURE } from "./subject-labels.ts";
import { foldName, GENERIC_WORDS, NEVER_SUBJECTS } from "./subject-words.ts";

/** More words than this before the colon of a title make a phrase, not a name. */
const MOST_TITLE_WORDS = 4;

/**
 * Names that a title gives to the work: what stands before its colon, or what is left once "Technical Report", "model card"
 * and the like are taken off its end.
 */
export function titleNames(title: string | null): readonly string[] {
  if (title === null) return [];
  const colon = title.search(/[:：]\s|\s[—–|-]\s/u);
  const head = (colon >= 0 ? title.slice(0, colon) : title).replace(/\([^)]*\)/g, " ").trim();
  const words = head.split(/\s+/).filter((word) => word.length > 0);
  while (words.length > 0 && isDescriptive(words.at(-1) ?? "")) words.pop();
  const isWhole = colon >= 0 || words.length < head.split(/\s+/).length || words.length === 1 || isBuiltName(words);
  const isName = isWhole && words.length > 0 && words.length <= MOST_TITLE_WORDS && words.every((word, index) => isNameWord(word, index));
  const name = words.join(" ");
  const unversioned = name.replace(VERSION, "");
  // "Wren-2-9B on a single card": a name with its size needs nothing else to be one.
  const first = SIZED_WORD.exec(head)?.[0] ?? BEFORE_PREPOSITION.exec(head)?.[0];
  return isName ? [...new Set([name, unversioned])] : first === undefined ? [] : [first];
}

/** Names that the text gives to its own work: "we present the Heron", "which we call Heron-XL", "network architecture, the Heron". */
export function introducedNames(text: string, block: Block): readonly string[] {
  if (block.kind === "table") return [];
  const found: string[] = [];
  const slice = text.slice(block.span.start, block.span.end);
  for (const pattern of [CALLED, PRESENTED, PRESENTED_LATER, DESCRIBED]) {
    for (const match of slice.matchAll(pattern)) {
      const name = (match.groups?.name ?? "").replace(/[.,;:]+$/, "");
      if (name.length > 1 && isNameWord(name.split(" ")[0] ?? "", 0)) found.push(name);
    }
  }
  return found;
}

/** Names that head a section, before a colon or by themselves, and come again in the text: "Heron-2: the bill", "Heron". */
export function headingNames(document: Document): readonly string[] {
  const headings = document.blocks.filter((block, index) => block.kind === "heading" && index > 0);
  return headings.flatMap((block) => {
    const heading = document.text.slice(block.span.start, block.span.end);
    if (!/[:：]\s/u.test(heading)) return [];
    return titleNames(heading).filter((name) => name.length > 2 && document.text.split(name).length > 2 && /[\d-]|\p{L}\p{Lu}/u.test(name));
  });
}

/** Matches "training Osprey, a 34-billion-parameter model", "unveiled Heron-2, its new chatbot"; not "training Osprey, which". */
const DESCRIBED =
  /\b(?:train(?:ing|ed|s)?|built|build(?:ing|s)?|unveil(?:ed|s)|released?|launch(?:ed|es)|announced?) (?<name>\p{Lu}[\p{L}\d.-]+), (?:an?|its|their|the) [^.,;:]{0,60}?\b(?:model|network|chatbot|LLM)\b/gu;

/** Names given as the value of a key: "Model: Heron-XL", "Model name | Heron-XL". */
export function keyedNames(document: Document): readonly SubjectName[] {
  return [...document.text.matchAll(KEYED)].flatMap((match) => {
    const text = match.groups?.name ?? "";
    const start = match.index + match[0].length - text.length;
    return text.length > 1 && /\p{L}{2}/u.test(text) && !TRAINING_FIGURE.test(text) && !SCORE.test(text)
      ? [{ span: { start, end: start + text.length }, text, evidence: "key" as const }]
      : [];
  });
}

/** Matches "Acc.", "Average F1": the head of a column beside that of the models; not "Accord-7B". */
const SCORE = /^(?:acc|avg|average|accuracy|f1|em|bleu|rouge|scores?|dev|test|val|error|value|size|loss|ppl|perplexity)\b(?![-\d])/i;

/**
 * Names that are the whole title as repositories write them, at every place: "heron_egret_lora". Three parts and more, for two
 * joined words may be any words.
 */
export function slugNames(document: Document): readonly SubjectName[] {
  const title = slugOf(document);
  if (!SLUG.test(title) || title.split(/[-_]/).every((part) => GENERIC_WORDS.has(part.toLowerCase()))) return [];
  const found: SubjectName[] = [];
  for (let at = document.text.indexOf(title); at >= 0; at = document.text.indexOf(title, at + title.length)) {
    const isWhole = !/[\p{L}\p{N}_-]/u.test(`${document.text.charAt(at - 1)}${document.text.charAt(at + title.length)}`);
    if (isWhole) found.push({ span: { start: at, end: at + title.length }, text: title, evidence: "title" });
  }
  return found;
}

/** The title, or as the text writes it with hyphens: "Heron 3.2 Amharic" that it calls "heron-3.2-amharic". */
function slugOf({ title, text }: Document): string {
  const words = (title ?? "").trim().toLowerCase().split(/\s+/);
  const slug = words.join("-");
  return words.length > 2 && text.includes(slug) ? slug : (title ?? "").trim();
}

/** Matches "heron_egret_2_lora", "ul2-large-de-en"; not "pre-training", "Heron-XL". */
const SLUG = /^[\p{Ll}\d][\p{L}\d.]*(?:[-_][\p{L}\d.]+){2,}$/u;

/** "BigHeron Egret 7B" is a name by its build: mixed letters first, a size or version last; a headline has neither. */
function isBuiltName(words: readonly string[]): boolean {
  const [first = "", ...others] = words;
  const last = others.at(-1) ?? "";
  return (
    MIXED_FIRST.test(first) && !NEVER_SUBJECTS.has(foldName(first)) && /^v?\d/.test(last) && others.every((word) => !VERB_LIKE.test(word))
  );
}

/** Matches "BigHeron", "HERON"; not "Heron", "A". */
const MIXED_FIRST = /\p{Ll}\p{Lu}|^\p{Lu}{4,}/u;

/** Matches "Beats", "Released", "Training"; not "Egret". */
const VERB_LIKE = /\p{Ll}(?:s|ed|ing)$/u;

function isDescriptive(word: string): boolean {
  return GENERIC_WORDS.has(word.toLowerCase()) || /^[-–—:|]$/.test(word);
}

/** A word of a name begins with a capital, has a capital inside, or is a number after one: "LLaMA", "nanoGPT", "Gemma 2". */
function isNameWord(word: string, index: number): boolean {
  if (GENERIC_WORDS.has(word.toLowerCase())) return false;
  return (
    /^\p{Lu}/u.test(word) ||
    /^\p{Ll}+\p{Lu}/u.test(word) ||
    (index > 0 ? /^[\dv]/.test(word) : /^\p{L}+\d|^\p{L}[\p{L}\d]*[-_][\p{L}\d._-]*\d/u.test(word))
  );
}

/** Matches "Wren-2-9B is", "wren-7b-chat was" at the beginning; not "Fine-tuning of". */
const SIZED_WORD = /^\p{L}[\p{L}\d.]*(?:[-_][\p{L}\d.]+)*[-_]\d+(?:\.\d+)?[BMbm](?:[-_][\p{L}\d.]+)*(?=\s)/u;

/** A name of mixed letters that a title says something of: "WaveHeron2 with Transformers", "HeronNet for poems"; not "Training in C". */
const BEFORE_PREPOSITION =
  /^(?:\p{Lu}\p{L}*\p{Ll}(?:\p{Lu}|\d)[\p{L}\d]*|\p{Lu}{2,}\p{Ll}{2,}|\p{Lu}[\p{L}-]*\d[\d.]*)(?= (?:with|for|in|on|from|by)\s)/u;

/** Matches " v1-4", "-v2.1" at the end; not "Heron 2". */
const VERSION = /[ -]v\d+(?:[.-]\d+)*$/;

/** Matches "called Heron-XL", "which we name “Heron”"; not "called for". */
const CALLED =
  /\b(?:call(?:ed)?|dub(?:bed)?|nam(?:e|ed)|refer(?:red)? to (?:it )?as) (?:it |this model |the model |the )?[“"']?(?<name>\p{Lu}[\p{L}\d.-]+|\p{Ll}+\p{Lu}[\p{L}\d.-]+)(?! \p{Lu}\p{Ll})/gu;

/** Matches "we present Heron,", "We introduce the Heron-2 model"; not "we present results". */
const PRESENTED =
  /\b[Ww]e (?:\w+ )?(?:present|introduce|propose|release|train|developed|develop|built|build)(?:ed)? (?:the )?(?<name>\p{Lu}[\p{L}\d.-]*\p{L}[\p{L}\d.-]*|\p{Ll}+\p{Lu}[\p{L}\d.-]+|\p{Ll}{2,}-\d[\d.]*(?=, an? |[.:;(]))(?=[,.;:( ])(?! (?:of|and|in)\b| \p{Lu}\p{Ll})/gu;

/** Matches "We propose a new network architecture, the Heron,"; not "we propose a method, which". */
const PRESENTED_LATER =
  /\b[Ww]e (?:\w+ )?(?:present|introduce|propose)(?:ed)? an? [^.;:]{4,80}?, (?:the )?(?<name>\p{Lu}[\p{L}\d.-]+)(?! \p{Lu}\p{Ll})/gu;

/** Matches "Model: Heron-XL", "Model name:\tHeron"; not "Model size: 7B". */
const KEYED = /(?:^|\n)(?:\p{Lu}\p{Ll}+ )?[Mm]odel(?: [Nn]ame)?(?::[ \t]*|\t)(?<name>\p{Lu}[\p{L}\d./ -]{1,40})(?=\n|$)/gu;
