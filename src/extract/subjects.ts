/**
 * Names of models and systems on the page: what a training figure can belong to.
 *
 * A name is believed when the catalog of names has it, when the document's title or its own words introduce it, when it labels
 * the row of a table of training figures, or when it is built like one ("Name-65B", "Name-Large", "Name-L/16"). Hardware, data
 * sets, software, methods and organizations are no subjects, and an ordinary word that happens to be a model's name ("Claude",
 * "Switch") needs model-like words beside it once in the document. Which figure belongs to which name is the linker's business.
 */
import type { Catalog } from "../model/catalog.ts";
import type { Block, BlockKind, Document } from "../model/document.ts";
import type { SubjectName } from "../model/mention.ts";
import { overlaps, type Span } from "../model/span.ts";
import { headingNames, introducedNames, keyedNames, slugNames, titleNames } from "./subject-introductions.ts";
import { rowLabels } from "./subject-labels.ts";
import { isPossible, lexiconOf, START_LENGTH } from "./subject-lexicon.ts";
import { builtFamilies, type Knowledge, type NameMatch, type NameWord, shapedName, withVariant } from "./subject-shapes.ts";
import { foldName, GENERIC_WORDS, VARIANT_WORDS } from "./subject-words.ts";

const READ_KINDS: ReadonlySet<BlockKind> = new Set(["heading", "paragraph", "list-item", "caption", "footnote", "quote", "table"]);

/** Words of a name that are looked up together at most: "Llama 3.1 Instruct Turbo". */
const MOST_WORDS = 4;

/** How far to either side model-like words count as being beside a name, in code units. */
const CONTEXT_REACH = 48;

/** Every name of a model or system, in reading order, not overlapping. */
export function findSubjects(catalog: Catalog, document: Document): readonly SubjectName[] {
  const lexicon = lexiconOf(catalog);
  const blocks = document.blocks.filter((block) => READ_KINDS.has(block.kind));
  const built = blocks.flatMap((block) => builtFamilies(document.text.slice(block.span.start, block.span.end)));
  const labels = rowLabels(document).filter((label) => isPossible(foldName(label.text), lexicon));
  const own = new Set(
    [
      ...titleNames(document.title),
      ...headingNames(document),
      ...labelledNames(document.text, labels),
      ...built,
      ...blocks.flatMap((block) => introducedNames(document.text, block)),
    ].map(foldName),
  );
  for (const folded of [...own]) if (folded.length < 2 || GENERIC_WORDS.has(folded) || lexicon.hardware.has(folded)) own.delete(folded);
  const titled = new Set(titleNames(document.title).map(foldName));
  const ownStarts = new Set([...own].map((folded) => folded.slice(0, START_LENGTH)));
  const candidates = blocks.flatMap((block) => candidatesIn(document.text, block, { lexicon, own, ownStarts, titled }));
  const believed = new Set(candidates.filter((candidate) => candidate.isBelieved).map((candidate) => candidate.family));
  const named = candidates.filter((candidate) => candidate.isBelieved || believed.has(candidate.family)).map((candidate) => candidate.name);
  const keyed = keyedNames(document).filter((name) => isPossible(foldName(name.text), lexicon));
  return withoutOverlaps([...labels, ...keyed, ...slugNames(document), ...named]);
}

interface Candidate {
  readonly name: SubjectName;
  /** The name without size and variant, folded. */
  readonly family: string;
  /** Whether this occurrence alone is enough. */
  readonly isBelieved: boolean;
}

function candidatesIn(text: string, block: Block, knowledge: Knowledge): readonly Candidate[] {
  const words = wordsIn(text, block.span);
  const found: Candidate[] = [];
  for (let index = 0; index < words.length; ) {
    const match = longestName(text, words, index, knowledge);
    if (match === null) {
      index += 1;
      continue;
    }
    const end = withVariant(text, match.end, match.isKnown);
    const span = { start: words[index]?.start ?? match.end, end: Math.min(end, block.span.end) };
    const printed = text.slice(span.start, span.end);
    // A title of one ordinary word may be a section of a newspaper; one with a number in it is a name.
    const isTitle = knowledge.titled.has(match.family) && (block.kind !== "heading" || /\p{L}.*\d/u.test(printed));
    const evidence = isTitle ? "title" : block.kind === "heading" ? "heading" : match.evidence;
    const isExtended = end > match.end;
    const isBelieved = match.isDistinctive || isExtended || hasModelContext(text, span);
    if (isPossible(foldName(printed), knowledge.lexicon) && !OF_LAYERS.test(text.slice(span.end, span.end + 12)))
      found.push({ name: { span, text: printed, evidence }, family: match.family, isBelieved });
    while (index < words.length && (words[index]?.start ?? span.end) < span.end) index += 1;
  }
  return found;
}

/** The longest name that begins with the word at `index`. */
function longestName(text: string, words: readonly NameWord[], index: number, knowledge: Knowledge): NameMatch | null {
  const first = words[index];
  if (first === undefined) return null;
  const start = foldName(first.text).slice(0, START_LENGTH);
  const mayBeKnown = start.length < START_LENGTH || knowledge.lexicon.starts.has(start) || knowledge.ownStarts.has(start);
  for (let count = mayBeKnown ? MOST_WORDS : 0; count >= 1; count -= 1) {
    const last = words[index + count - 1];
    if (last === undefined || !areAdjacent(text, words.slice(index, index + count))) continue;
    const printed = text.slice(first.start, last.end);
    const folded = foldName(printed);
    if (knowledge.own.has(folded)) {
      const evidence = knowledge.lexicon.models.has(folded) ? "catalog" : "pattern";
      return { end: last.end, family: folded, evidence, isKnown: true, isDistinctive: true };
    }
    if (!knowledge.lexicon.models.has(folded) || !isPossible(folded, knowledge.lexicon) || isGivenName(text, last.end)) continue;
    const isDistinctive =
      isShouted(text, printed, first.start) ||
      (folded.length > 3 && (/\d/.test(printed) ? /\p{L}{2}/u.test(printed) : /\p{L}\p{Lu}/u.test(printed) && /\p{Ll}/u.test(printed)));
    return { end: last.end, family: folded, evidence: "catalog", isKnown: true, isDistinctive };
  }
  return shapedName(text, first, knowledge);
}

function wordsIn(text: string, span: Span): readonly NameWord[] {
  const words: NameWord[] = [];
  const slice = text.slice(span.start, span.end);
  for (const match of slice.matchAll(NAME_WORD)) {
    const printed = match[0].replace(TRAILING_MARKS, "");
    if (printed.length === 0) continue;
    const start = span.start + match.index;
    words.push({ start, end: start + printed.length, text: printed });
  }
  return words;
}

function areAdjacent(text: string, words: readonly NameWord[]): boolean {
  return words.every((word, index) => {
    const next = words[index + 1];
    return next === undefined || /^(?:\s| ?[-–] ?)$/.test(text.slice(word.end, next.start));
  });
}

/** Labels of tables of training figures that are built like names and come again in the text: "Wren-S", "Wren 2". */
function labelledNames(text: string, labels: readonly SubjectName[]): readonly string[] {
  return labels.map((label) => label.text).filter((label) => LABEL_NAME.test(label) && text.split(label).length > 2);
}

/** Matches "Wren-S", "WrenNet", "Wren2"; not "Wren", "Stage 2 of the training", "8x A100". */
const LABEL_NAME = /^\p{Lu}\p{L}*(?:-[\p{Lu}\d][\p{L}\d.]*|\p{Ll}\p{Lu}\p{L}*|\d[\d.]*)$/u;

/** "BLOOM" in a text that does not shout: an ordinary word all in capitals is a name. */
function isShouted(text: string, printed: string, start: number): boolean {
  return /^\p{Lu}{5,}$/u.test(printed) && /\p{Ll}/u.test(text.slice(Math.max(0, start - 12), start + printed.length + 12));
}

/** "Claude Shannon" is a person: an ordinary word before another capitalized one is no model. */
function isGivenName(text: string, end: number): boolean {
  const next = /^ (\p{Lu}\p{Ll}+)/u.exec(text.slice(end, end + 24))?.[1];
  return next !== undefined && !VARIANT_WORDS.has(next.toLowerCase()) && !GENERIC_WORDS.has(next.toLowerCase());
}

function hasModelContext(text: string, span: Span): boolean {
  return (
    MODEL_CONTEXT.test(text.slice(Math.max(0, span.start - CONTEXT_REACH), span.start)) ||
    MODEL_CONTEXT.test(text.slice(span.end, span.end + CONTEXT_REACH)) ||
    TRAINING_AFTER.test(text.slice(span.end, span.end + CONTEXT_REACH))
  );
}

const EVIDENCE_RANK: readonly SubjectName["evidence"][] = ["title", "key", "heading", "catalog", "row-label", "pattern"];

function withoutOverlaps(names: readonly SubjectName[]): readonly SubjectName[] {
  const ranked = [...names].sort(
    (left, right) =>
      left.span.start - right.span.start ||
      right.span.end - left.span.end ||
      EVIDENCE_RANK.indexOf(left.evidence) - EVIDENCE_RANK.indexOf(right.evidence),
  );
  const kept: SubjectName[] = [];
  for (const name of ranked) {
    const previous = kept.at(-1);
    if (previous === undefined || !overlaps(previous.span, name.span)) kept.push(name);
  }
  return kept;
}

/**
 * A word that can be part of a name: it has a capital or a digit. Matches "XLNet-Large", "3.1", "nanoGPT", "wren-7b_chat", "wren-2",
 * and "GPT-2" of "用GPT-2训练", for scripts without capitals end it; not "layer", "pre-training".
 */
const NAME_WORD =
  /(?<![\p{Lu}\p{Ll}\p{N}])(?:\p{Ll}[\p{Lu}\p{Ll}\p{N}.]*(?:[-_][\p{Lu}\p{Ll}\p{N}.]+)*[-_]\d+(?:\.\d+)?[bBmM](?![\p{Lu}\p{Ll}\p{N}])(?:[-_][\p{Lu}\p{Ll}\p{N}.]+)*|\p{Ll}{2,}-\d[\p{Lu}\p{Ll}\p{N}.]*(?:-[\p{Lu}\p{Ll}\p{N}.]+)*)|(?<![\p{Lu}\p{Ll}\p{N}])(?:\p{Ll}*[\p{Lu}\p{N}][\p{Lu}\p{Ll}\p{N}.]*)(?:[-–/](?=[\p{Lu}\p{Ll}\p{N}])[\p{Lu}\p{Ll}\p{N}.]+)*\+?/gu;

/** "Transformer layers: 12" is about layers. Matches " layers", " blocks"; not " was". */
const OF_LAYERS = /^ (?:layers?|blocks?)\b/;

const TRAILING_MARKS = /[.]+$/;

/** Matches " took 920 hours", " used 8 GPUs", " on 300 billion tokens"; not " took a seat". */
const TRAINING_AFTER = /^,? (?:took|used|uses|needed|required|requires|ran|cost|costs|on)(?: \w+){0,3} [$€£]?\d/;

/** Matches "model", "pre-trained", "parameters"; not "table". */
const MODEL_CONTEXT =
  /\b(?:models?|(?:pre-?)?train(?:ed|ing|s)?|pretrain(?:ed|ing|s)?|fine-?tun(?:ed|ing|es?)|parameters?|checkpoints?|networks?|LMs?|LLMs?|architecture|chatbot|neural|mod(?:èles?|elos?|ells?|elle)|entraîn\w*|entrena\w*|trainiert\w*)(?!\w)|训练|模型|参数/i;
