import { blockAt } from "../language/reading-order.ts";
import type { Document } from "../model/document.ts";
import type { SubjectName } from "../model/mention.ts";
import { overlaps, type Span } from "../model/span.ts";
import { keyOf, type ModelName, parseModelName, SIZE, variantName } from "./model-name.ts";
import { rootsOf } from "./name-roots.ts";
import { makersOf } from "./others-models.ts";
import { type VariantPhrase, variantPhrases } from "./variant-phrases.ts";

/** One place at which the text speaks of a model. */
export interface Referent {
  readonly span: Span;
  readonly name: ModelName;
  /** False for a size or variant word that was resolved: "the base model". */
  readonly isNamed: boolean;
}

/** The models a document speaks of. */
export interface Cast {
  /** The model the document is about; null if it is about several, or about none. */
  readonly main: ModelName | null;
  /** Referents that figures in `span` may belong to, in reading order; models that are only compared with are left out. */
  readonly referentsIn: (span: Span) => readonly Referent[];
  /** Names in `span` that something else is measured by: "like GPT-3". */
  readonly comparedIn: (span: Span) => readonly Referent[];
  /** The member of the document's own family of that size or variant. */
  readonly variantOf: (variant: string, family: ModelName | null) => ModelName;
  /** Whether a model is somebody else's, as far as the document tells. */
  readonly isOthers: (name: ModelName) => boolean;
  /** Whether the authors say of a model that it is theirs or that they trained it; true where that is not known. */
  readonly isOwn: (name: ModelName) => boolean;
  /** The model that is named at a place itself, whether or not something is compared with it: "a 7B model", "the 7B-parameter Lark". */
  readonly namedAt: (span: Span, sentence: Span) => ModelName | null;
  /** The known name that a label prints, or the label taken as a name. */
  readonly nameOf: (text: string) => ModelName;
}

/** A family named this often, and this many times as often as the next, is what an untitled document is about. */
const LEAST_NAMINGS = 8;
const LEAST_LEAD = 2;

/** Named this often, it is the document's own even without a title that says so. */
const OWN_NAMINGS = 10;

/** In a text longer than this, in code units, what it is about is named more than once. */
const SHORT = 6000;
const LEAST_OF_ONE = 4;

/** How far before a name a word of comparison counts, in code units. */
const COMPARISON_REACH = 48;

export function castOf(document: Document, subjects: readonly SubjectName[]): Cast {
  const named: readonly (Referent & { readonly evidence: SubjectName["evidence"] })[] = subjects.map((subject) => ({
    span: subject.span,
    name: parseModelName(subject.text),
    isNamed: true,
    evidence: subject.evidence,
  }));
  const spokenOf = named.filter(({ span }) => !AS_GOOD_AS.test(document.text.slice(span.end, span.end + 16)));
  const { main, isTitled } = mainOf(spokenOf, document.text.length < SHORT);
  const nameOf = (text: string): ModelName => {
    const parsed = parseModelName(text);
    return named.find((referent) => referent.name.family === parsed.family && referent.name.variant === parsed.variant)?.name ?? parsed;
  };
  const siblings = [...new Set([...document.text.matchAll(SIBLING)].map((match) => match.groups?.variant?.toLowerCase() ?? ""))];
  const sized = sizesBefore(document.text, named);
  const variantOf = (variant: string, family: ModelName | null): ModelName => {
    const isSized = family !== null && sized.has(`${family.family}/${variant.toLowerCase()}`);
    const found = memberOf(siblings, named, family, variant);
    return isSized && found.family === "" ? variantName(family, variant) : found;
  };
  const known = new Map<string, readonly Referent[]>();
  // A paragraph without names is gone through again for each of its figures.
  const referentsIn = (span: Span): readonly Referent[] => {
    const key = `${span.start} ${span.end}`;
    const referents = known.get(key) ?? findReferents(span);
    known.set(key, referents);
    return referents;
  };
  const findReferents = (span: Span): readonly Referent[] => {
    const inside = within(named, span).filter((referent) => !isClassNoun(document.text, referent, isTitled ? main : null));
    const phrases = variantPhrases(document.text.slice(span.start, span.end), span.start).filter(
      (phrase) => !isApposition(document.text, phrase, inside),
    );
    const resolved = phrases.map((phrase) => ({
      span: phrase.span,
      name: variantOf(phrase.variant, familyFor({ document, named, main, isTitled }, phrase, span)),
      isNamed: false,
    }));
    const found = [...inside, ...resolved, ...pairReferents(document, named, span)].filter(
      (referent) => !isCompared(document.text, referent.span, span),
    );
    const own =
      isTitled && main !== null && !found.some((referent) => referent.name.family === main.family)
        ? ownReferents(document, main, span)
        : [];
    return [...found, ...own].sort((left, right) => left.span.start - right.span.start);
  };
  const comparedIn = (span: Span): readonly Referent[] =>
    within(named, span).filter((referent) => isCompared(document.text, referent.span, span));
  const makers = makersOf(document, named, isTitled ? main : null);
  const isOthers = (name: ModelName): boolean => makers.others.has(name.family);
  const isOwn = (name: ModelName): boolean => makers.own === null || makers.own.has(name.family);
  const namedAt = (span: Span, sentence: Span): ModelName | null => nameAt({ document, named, main, isTitled }, variantOf, span, sentence);
  return { main, referentsIn, comparedIn, variantOf, nameOf, isOthers, isOwn, namedAt };
}

/** Sizes that stand before a name: "a 7B Lark model" makes "7B" a size of Lark. Shape: "family/size". */
function sizesBefore(text: string, named: readonly Referent[]): ReadonlySet<string> {
  const found = named.flatMap((referent) => {
    const size = SIZE_BEFORE.exec(text.slice(Math.max(0, referent.span.start - 24), referent.span.start))?.groups?.size;
    return size === undefined ? [] : [`${referent.name.family}/${size.toLowerCase()}`];
  });
  return new Set(found);
}

/** Matches "7B ", "1.5B-parameter "; not "7B and ". */
const SIZE_BEFORE = /(?<![\p{L}\p{N}.])(?<size>\d+(?:\.\d+)?[BMT])(?:[ -]param(?:eter)?s?)? $/u;

/**
 * The family of the title's name, else of the one that is named far more often than any other, else of the only one.
 *
 * A name that is merely frequent can be somebody else's, so that what "we" did is not given to it.
 */
function mainOf(
  named: readonly { readonly name: ModelName; readonly evidence: SubjectName["evidence"] }[],
  isShort: boolean,
): {
  readonly main: ModelName | null;
  readonly isTitled: boolean;
} {
  const counts = new Map<string, number>();
  const titled = new Set<string>();
  const told = named.filter(({ name, evidence }) => name.family !== "" && evidence !== "row-label");
  const rootOf = rootsOf(told.map(({ name }) => name.family));
  for (const { name, evidence } of told) {
    // A title that names one member is not about the others.
    const isTitle = evidence === "title" || evidence === "key";
    const family = isTitle ? name.family : rootOf(name.family);
    counts.set(family, (counts.get(family) ?? 0) + 1);
    if (isTitle) titled.add(family);
  }
  const ranked = [...counts].sort((left, right) => Number(titled.has(right[0])) - Number(titled.has(left[0])) || right[1] - left[1]);
  const [first, second] = ranked;
  if (first === undefined) return { main: null, isTitled: false };
  // One name in a long text may be anybody's.
  const isOnly = second === undefined && (first[1] >= LEAST_OF_ONE || isShort);
  const isLeading = isOnly || (second !== undefined && first[1] >= LEAST_NAMINGS && first[1] >= LEAST_LEAD * second[1]);
  const isTitled = titled.has(first[0]) || (isLeading && first[1] >= OWN_NAMINGS);
  if (!isTitled && !isLeading) return { main: null, isTitled };
  const ofFamily = named.filter((referent) => referent.name.family === first[0]);
  const bare = ofFamily.find((referent) => referent.name.variant === "");
  const variants = new Set(ofFamily.map((referent) => referent.name.variant));
  return { main: bare?.name ?? (variants.size === 1 ? (ofFamily[0]?.name ?? null) : familyOf(ofFamily[0]?.name ?? null)), isTitled };
}

/** The family of a name, with the variant taken off its print where it can be. */
function familyOf(name: ModelName | null): ModelName | null {
  if (name === null || name.variant === "") return name;
  const words = name.text.split(/(?<=[\s-])/);
  for (let count = words.length - 1; count > 0; count -= 1) {
    const shorter = parseModelName(
      words
        .slice(0, count)
        .join("")
        .replace(/[\s-]+$/, ""),
    );
    if (shorter.family === name.family && shorter.variant === "") return shorter;
  }
  return { text: name.text, family: name.family, variant: "" };
}

interface Company {
  readonly document: Document;
  readonly named: readonly Referent[];
  readonly main: ModelName | null;
  /** Whether the main model is the document's own: by its title, or because hardly another is spoken of. */
  readonly isTitled: boolean;
}

/**
 * The family a variant phrase belongs to: the document's own where the speaker claims the model or the family is known to have
 * such a member; else that of the last name before it in its block.
 */
function familyFor(company: Company, phrase: VariantPhrase, sentence: Span): ModelName | null {
  const { document, named, main, isTitled } = company;
  const isOwn = phrase.isOwn || OWN_VOICE.test(document.text.slice(sentence.start, sentence.end));
  if (isTitled && main !== null && (isOwn || hasMember(named, main, phrase.variant))) return main;
  if (phrase.isOwn) return null;
  const block = document.blocks[blockAt(document, phrase.span.start)];
  const before = block === undefined ? [] : within(named, { start: block.span.start, end: phrase.span.start });
  const last = before.filter((referent) => !isCompared(document.text, referent.span, block?.span ?? referent.span)).at(-1);
  return last === undefined ? main : familyOf(last.name);
}

function hasMember(named: readonly Referent[], family: ModelName, variant: string): boolean {
  return named.some((referent) => referent.name.family === family.family && referent.name.variant === variant.toLowerCase());
}

/**
 * The member of a family: as it is named elsewhere, or put together where the document speaks of siblings ("the base model", "the
 * big model"). A size that no name of the family has is a model by itself.
 */
function memberOf(siblings: readonly string[], named: readonly Referent[], family: ModelName | null, variant: string): ModelName {
  const wanted = variant.toLowerCase();
  const members = named.filter((referent) => family !== null && referent.name.family === family.family && referent.name.variant !== "");
  const exact = members.find((referent) => referent.name.variant === wanted);
  if (exact !== undefined) return exact.name;
  if (/^(?:larg|bigg|small)e(?:st|r)$/.test(wanted)) {
    const sized = [...members].sort((left, right) => rankOf(left.name.variant) - rankOf(right.name.variant));
    const isOfTwo = new Set(members.map((referent) => referent.name.variant)).size === 2;
    const found = wanted.endsWith("r") && !isOfTwo ? undefined : wanted.startsWith("small") ? sized[0] : sized.at(-1);
    if (found !== undefined && rankOf(found.name.variant) > 0) return found.name;
  }
  if (SIZE.test(variant)) return { text: variant, family: "", variant: wanted };
  if (VERSION.test(variant)) return named.find((referent) => referent.name.family.endsWith(wanted))?.name ?? parseModelName(variant);
  if (family !== null && siblings.some((sibling) => sibling !== wanted)) return variantName(family, variant);
  return family ?? { text: `${variant} model`, family: "", variant: wanted };
}

/** A version that stands for its family: "V3" of "the V3 model". */
const VERSION = /^[A-Z]\d(?:\.\d)?$/;

/** Matches "big models", "the small model", "base and large"; not "large language models". */
const SIBLING =
  /\b(?<variant>tiny|mini|small|base|medium|large|big|huge|giant|smallest|largest)(?:[ -](?:models?|variants?|versions?|ones?|configurations?)| and (?:the )?(?:small|base|medium|large|big|huge)|,)/giu;

const OWN_VOICE = /\b(?:we|our|ours)\b/i;

const SIZE_WORDS = ["nano", "tiny", "mini", "small", "base", "medium", "large", "big", "xl", "huge", "giant", "xxl", "mega"];

/** Orders variants by size: parameters where they are given, else by word; 0 if it says nothing of size. */
function rankOf(variant: string): number {
  const size = /^(\d+(?:\.\d+)?)([bmt])/.exec(variant);
  if (size !== null) return Number(size[1]) * (size[2] === "t" ? 1e12 : size[2] === "b" ? 1e9 : 1e6);
  return SIZE_WORDS.indexOf(variant) + 1;
}

/** "Heron is a 1.5-billion-parameter network", "the 175B Heron model": the phrase describes the name and adds no second model. */
function isApposition(text: string, phrase: VariantPhrase, named: readonly Referent[]): boolean {
  return named.some(
    (referent) =>
      overlaps(referent.span, phrase.span) ||
      (referent.span.end <= phrase.span.start && DESCRIBES.test(text.slice(referent.span.end, phrase.span.start))) ||
      (phrase.span.end <= referent.span.start && DESCRIBED.test(text.slice(phrase.span.end, referent.span.start))),
  );
}

/** "a 1.1B Llama model", "a BERT-style encoder" in a paper about another model: a kind of model, not the one that is trained. */
function isClassNoun(text: string, referent: Referent, main: ModelName | null): boolean {
  if (KIND_IN_CHINESE.test(text.slice(referent.span.end, referent.span.end + 4))) return true;
  if (main === null || referent.name.family === main.family) return false;
  const before = text.slice(Math.max(0, referent.span.start - 24), referent.span.start);
  return INDEFINITE.test(before) && KIND_AFTER.test(text.slice(referent.span.end, referent.span.end + 24));
}

/** "Wren 结构", "Wren架构": how a model is built. */
const KIND_IN_CHINESE = /^\s?(?:结构|架构)/;

/** Whether the name stands only for something else to be measured by: "than BERT", "the same tokenizer as GPT-2". */
function isCompared(text: string, referent: Span, sentence: Span): boolean {
  const before = text.slice(Math.max(sentence.start, referent.start - COMPARISON_REACH), referent.start);
  if (NAMES_OTHER_THING.test(text.slice(referent.end, referent.end + 24))) return true;
  if (OF_LAYERS.test(text.slice(Math.max(sentence.start, referent.start - 16), referent.start))) return true;
  if (!COMPARED.test(before)) return false;
  return !RESUMED.test(text.slice(referent.end, referent.end + 24));
}

function within<T extends { readonly span: Span }>(sorted: readonly T[], span: Span): readonly T[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.span.start ?? Number.POSITIVE_INFINITY) < span.start) low = middle + 1;
    else high = middle;
  }
  const found: T[] = [];
  for (let index = low; index < sorted.length; index += 1) {
    const item = sorted[index];
    if (item === undefined || item.span.start >= span.end) break;
    if (item.span.end <= span.end) found.push(item);
  }
  return found;
}

/** The model that a size is printed as the size of: part of its name, said of it, right before it, or the member of that size. */
function nameAt(company: Company, variantOf: Cast["variantOf"], span: Span, sentence: Span): ModelName | null {
  const { text } = company.document;
  const inside = within(company.named, sentence);
  const part = inside.find((referent) => overlaps(referent.span, span));
  if (part !== undefined) return part.name;
  const phrase = variantPhrases(text.slice(sentence.start, sentence.end), sentence.start).find((candidate) =>
    overlaps(candidate.span, span),
  );
  const described = phrase ?? { span, variant: "", isOwn: false };
  const owner = inside.find(
    (referent) =>
      isApposition(text, described, [referent]) || (referent.span.end <= span.start && HAS.test(text.slice(referent.span.end, span.start))),
  );
  if (owner !== undefined) return owner.name;
  const next = inside.find((referent) => referent.span.start >= span.end);
  const isKind = next !== undefined && isClassNoun(text, next, company.isTitled ? company.main : null);
  if (next !== undefined && !isKind && ADJECTIVE.test(text.slice(span.end, next.span.start))) return next.name;
  return phrase === undefined || !SIZE.test(phrase.variant) ? null : variantOf(phrase.variant, familyFor(company, phrase, sentence));
}

/** Between a name and its size: "T5 with 11 billion parameters", "Lark (7B parameters)". */
const HAS = /^\s(?:with|has|having|of)\s$|^\s?\($/;

/** Between a size and the name it describes: "the 1.5-billion-parameter Lark", "a 7B Wren". */
const ADJECTIVE = /^[\s-]$/;

/** "our models": the document's own, where no name says which. */
function ownReferents(document: Document, main: ModelName, span: Span): readonly Referent[] {
  return [...document.text.slice(span.start, span.end).matchAll(OWN_MODEL)].map((match) => ({
    span: { start: span.start + match.index, end: span.start + match.index + match[0].length },
    name: main,
    isNamed: false,
  }));
}

/** Matches "our models", "our final model"; not "our baseline". */
const OWN_MODEL = /\bour (?:own |final |main |trained |proposed |full )?(?:models?|networks?|method|approach|system)\b/gi;

/** "The former took 2 days, the latter 6": the last two models named before, in their order. */
function pairReferents(document: Document, named: readonly Referent[], span: Span): readonly Referent[] {
  const found: Referent[] = [];
  for (const match of document.text.slice(span.start, span.end).matchAll(FORMER_OR_LATTER)) {
    const at = { start: span.start + match.index, end: span.start + match.index + match[0].length };
    const block = document.blocks[blockAt(document, at.start)];
    const before = block === undefined ? [] : within(named, { start: block.span.start, end: at.start });
    const last = before.at(-1)?.name;
    const first = before.filter((referent) => last !== undefined && keyOf(referent.name) !== keyOf(last)).at(-1)?.name;
    const name = match[0].toLowerCase().endsWith("former") ? first : last;
    if (name !== undefined && first !== undefined) found.push({ span: at, name, isNamed: false });
  }
  return found;
}

const FORMER_OR_LATTER = /\bthe (?:former|latter)\b/gi;

/** Between a name and what it is said to be. Matches " is a ", ", a ", " (", " writes prose with a "; not " and a ". */
const DESCRIBES =
  /^(?:(?:['’]s)?(?: is| was|,|\s?\(| [-–—]| model,?)? ?(?:an? |the |our |its )?|[^.;:]{0,60}\b(?:is|was|has|with|uses|using|of) an? |(?: is| was|,| [-–—]) (?:an?|the|our) (?:[^.;:,]|\.(?=\d)){0,72}(?:with|of|having|comprising|containing) (?:about |over |roughly |approximately )?)$/i;

/** Between a description and the name it introduces. Matches ", ", " called ", " ("; not " and ". */
const DESCRIBED = /^(?:,? (?:called|named|dubbed)|,|\s?\(|:)? ?(?:the )?$/i;

/** Matches "faster than ", "compared with ", "the same size as the ", "using "; not "training of ". */
const COMPARED =
  /(?:\b(?:than|versus|vs\.?|unlike|like|from|by|using|via|follow(?:s|ed|ing)?|(?:version|variant|copy|fork)s? of|of the form|(?:similar|identical|analogous|comparable|compared|relative|equivalent|inferior|superior|close|equal|according|applied) (?:to|with)|based (?:up)?on|built (?:up)?on|on top of|outperform(?:s|ed|ing)?|beat(?:s|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|match(?:es|ed|ing)?|adopt(?:s|ed|ing)?|(?:extend|adapt|enhance|reproduce|replicate|compresse)s|takes(?= the )|(?:same|as) [\p{L}\s]{0,30}\bas|such as|including|proposed (?:in|by)|introduced (?:in|by)))\s(?:the |a |an |both |in )?(?:[\p{L}-]+ of )?(?:(?!(?:pre-?)?train|fine-?tun)[\p{L}’']+ )?(?:[\w.-]+\/)?$|(?:比|是训练|相比于?|不同于|超过)\s?$/iu;

/** Matches "a ", "an 1.1B "; not "the ". */
const INDEFINITE = /\ban? (?:\d+(?:\.\d+)?[BMT] )?$/i;

/** Matches " model", "-style"; not " (big)". */
const KIND_AFTER = /^(?:[- ](?:style|like|based|type)\b| models?\b| architectures?\b| encoders?\b| decoders?\b| networks?\b)/i;

/** A model's name that stands for something made with it, or as good as it. Matches " benchmark", " tokenizer", "-level"; not " model". */
const NAMES_OTHER_THING =
  /^[- ](?:benchmarks?|datasets?|data|leaderboards?|evaluations?|corpus|corpora|tokenizers?|vocabular(?:y|ies)|codebase|library|latents?|embeddings?|features?|outputs?|augmentations?|responses?|annotations?|labels?|captions?|completions?|prompts?|scores?|layers?|blocks?|metrics?|accuracy|grade|level|class|quality|capability)\b/i;

/** A name that only says how good something is makes no document its own. Matches "-level", " class"; not " benchmark". */
const AS_GOOD_AS = /^[- ](?:grade|level|class|quality)\b/i;

/** "a 12-layer Transformer": what a network is built of, not a model of that name. */
const OF_LAYERS = /\d-layer(?:ed)?\s$/i;

/** What follows a compared name that is then spoken of after all. Matches ", which", " (", "'s"; not " and". */
const RESUMED =
  /^(?:,? (?:which|who|whose)\b|\s?\(\d|['’]s\b|,? at\b|(?: \w+ly)? (?:requires?|required|needs?|needed|took|takes|uses?|used|costs?|consumed|ran|(?:was|is|were|are) trained)\b)/;
