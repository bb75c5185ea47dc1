import type { SubjectName } from "../model/mention.ts";
import type { Span } from "../model/span.ts";
import { isPossible, type Lexicon } from "./subject-lexicon.ts";
import { foldName, NEVER_SUBJECTS, VARIANT_WORDS } from "./subject-words.ts";

/** What is known of names before a document is searched for them. */
export interface Knowledge {
  readonly lexicon: Lexicon;
  /** Folded names that the document gives to its own work. */
  readonly own: ReadonlySet<string>;
  /** How those begin. */
  readonly ownStarts: ReadonlySet<string>;
  /** Those of them that stand in its title. */
  readonly titled: ReadonlySet<string>;
}

/** A word that may be part of a name. */
export interface NameWord {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A name that begins at some word. */
export interface NameMatch {
  readonly end: number;
  /** The name without size and variant, folded. */
  readonly family: string;
  readonly evidence: SubjectName["evidence"];
  /** Whether a size after it can only be its own: "7B" after "Llama 2". */
  readonly isKnown: boolean;
  /** Whether it needs no model-like words beside it to be believed. */
  readonly isDistinctive: boolean;
}

/** How far to either side model-like words count as being beside a name, in code units. */
const CONTEXT_REACH = 64;

/** A name that only its build shows: its head must not be hardware, data or an ordinary word. */
export function shapedName(text: string, word: NameWord, knowledge: Knowledge): NameMatch | null {
  const member = OWN_MEMBER.exec(word.text)?.groups;
  if (member !== undefined && knowledge.own.has(foldName(member.head ?? "")) && VARIANT_WORDS.has(member.variant ?? ""))
    return { end: word.end, family: foldName(member.head ?? ""), evidence: "pattern", isKnown: true, isDistinctive: true };
  const head = ownHead(word.text, knowledge);
  if (head !== null) return { end: word.end, family: foldName(head), evidence: "pattern", isKnown: true, isDistinctive: true };
  const glued = foldName(GLUED_NAME.exec(word.text)?.groups?.head ?? "");
  const isGlued = knowledge.own.has(glued) || (knowledge.lexicon.models.has(glued) && isPossible(glued, knowledge.lexicon));
  if (isGlued) return { end: word.end, family: glued, evidence: "pattern", isKnown: true, isDistinctive: true };
  const built =
    BUILT_NAMES.map((pattern) => pattern.exec(word.text)).find((match) => match !== null && isVariant(word.text, match.groups?.variant)) ??
    null;
  if (built !== null) {
    const family = foldName(built.groups?.head ?? word.text);
    const isOwn = knowledge.own.has(family);
    if (!isOwn && !isPossible(family, knowledge.lexicon)) return null;
    return { end: word.end, family: isOwn ? family : foldName(word.text), evidence: "pattern", isKnown: true, isDistinctive: true };
  }
  const folded = foldName(word.text);
  if (!CAPPED_WORD.test(word.text) || JOINED_WORDS.test(word.text) || !isPossible(folded, knowledge.lexicon)) return null;
  const end = withVariant(text, word.end, false);
  const isBracketed = text.slice(word.end, end).includes("(");
  if (end > word.end && (isBracketed || MIXED_NAME.test(word.text)))
    return { end: word.end, family: folded, evidence: "pattern", isKnown: false, isDistinctive: true };
  const isName = (MIXED_NAME.test(word.text) || CAPITALS.test(word.text)) && !NUMBERED_UNIT.test(word.text);
  const isSized = SIZE_AFTER.test(text.slice(word.end, word.end + 16));
  if (isName && isSized) return { end: word.end, family: folded, evidence: "pattern", isKnown: true, isDistinctive: true };
  if (isName && hasCloseContext(text, { start: word.start, end: word.end })) {
    return { end: word.end, family: folded, evidence: "pattern", isKnown: false, isDistinctive: true };
  }
  return null;
}

/** The name that a longer one begins with: "Wren-L" of "Wren-L-Code" in a text about Wren-L; not of "Wren-L-based". */
function ownHead(text: string, { own }: Knowledge): string | null {
  for (let at = text.lastIndexOf("-"); at > 0; at = text.lastIndexOf("-", at - 1)) {
    const head = text.slice(0, at);
    if (own.has(foldName(head)) && /^\p{Lu}/u.test(text.slice(at + 1))) return head;
  }
  return null;
}

/** Families of which the text names a member by its build: "Heron" of "Heron-Mega". They are names without it too. */
export function builtFamilies(text: string): readonly string[] {
  return [...text.matchAll(MEMBER)].map((match) => match.groups?.head ?? "").filter((head) => !NEVER_SUBJECTS.has(foldName(head)));
}

/** Only listed words make a variant, and only sizes do after an ordinary word ("Octo-Base", but "Near-Zero"); a pattern without one needs none. */
function isVariant(name: string, variant: string | undefined): boolean {
  if (variant === undefined) return true;
  return JOINED_WORDS.test(name) ? MEMBER_ONLY.test(name) : VARIANT_WORDS.has(variant.toLowerCase());
}

/** Where the name ends once a size or variant printed after it is taken in: "Llama 2" in "Llama 2 7B", "BERT" in "BERT – Large". */
export function withVariant(text: string, end: number, isKnown: boolean): number {
  let current = end;
  for (let steps = 0; steps < 3; steps += 1) {
    const rest = text.slice(current, current + 40);
    const size = SIZE_AFTER.exec(rest) ?? VERSION_AFTER.exec(rest);
    const word = VARIANT_AFTER.exec(rest);
    const bracketed = BRACKETED_VARIANT.exec(rest);
    const variant = word?.groups?.variant ?? "";
    const mayBeLower = isKnown && LOWER_VARIANTS.has(variant);
    if (size !== null && isKnown) current += size[0].length;
    else if (word !== null && VARIANT_WORDS.has(variant.toLowerCase()) && (mayBeLower || /^\p{Lu}/u.test(variant)))
      current += word[0].length;
    else if (bracketed !== null) current += bracketed[0].length;
    else return current;
  }
  return current;
}

/** Model-like words right beside the name, for names that nothing but their mixed letters and digits speaks for. */
function hasCloseContext(text: string, span: Span): boolean {
  return (
    CONTEXT_BEFORE.test(text.slice(Math.max(0, span.start - CONTEXT_REACH), span.start)) ||
    CONTEXT_AFTER.test(text.slice(span.end, span.end + CONTEXT_REACH))
  );
}

/** "Heron-65B", "LaMDA-137B", "xHeron-13B/7B"; not "A100-80GB". */
const SIZED_NAME = /^(?<head>\p{Ll}*\p{Lu}[\p{L}\d.-]*?)[-–]\d+(?:\.\d+)?[BMTb](?:\/\d+(?:\.\d+)?[BMTb])*$/u;

/** A name as model hubs write it: "wren-7b", "Wren-Base-7B-v0.1", "wren-1.1b_chat"; not "a100-80gb". */
const HUB_NAME = /^(?<head>\p{L}[\p{L}\d.]*(?:[-_][\p{L}\d.]+)*?)[-_]\d+(?:\.\d+)?[BMb](?:[-_](?:v?\d[\d.]*|\p{L}[\p{L}\d]*))*$/u;

/** "wren-2-small" of a work called "wren-2"; the variant is compared with a list. */
const OWN_MEMBER = /^(?<head>\p{Ll}[\p{L}\d.-]*)-(?<variant>\p{Ll}+)$/u;

/** "XLNet-Large", "ALBERT-xxlarge"; the variant is compared with a list. Not "Pre-training". */
const VARIANT_NAME = /^(?<head>\p{Lu}[\p{L}\d.-]*?)[-–](?<variant>\p{L}+)$/u;

/** "DeepSeek-V3", "Inception-v4"; not "TPU-v3", which the head rules out. */
const VERSIONED_NAME = /^(?<head>\p{Lu}[\p{L}\d-]*?)-?[vV]\d(?:\.\d)?$/u;

/** A vision model with its patch size: "ViT-L/16", "B/16+"; not "images/s". */
const PATCHED_NAME =
  /^(?<head>\p{Lu}[\p{L}\d]*(?:-(?:Ti|[SBLHGg]))?)\/(?:8|14|16|32)\+?$|^(?:\p{Lu}\p{Ll}{1,2}\p{Lu}\p{L}?-(?:Ti|[SBLHGg]))$/u;

const BUILT_NAMES: readonly RegExp[] = [SIZED_NAME, HUB_NAME, PATCHED_NAME, VARIANT_NAME, VERSIONED_NAME];

/** A size that was a subscript and now sticks to its family: "BERTBASE", "LLaMA65B"; not "DATABASE", whose head is no model. */
const GLUED_NAME = /^(?<head>\p{Lu}[\p{L}\d.-]*?[\p{L}\d])(?:BASE|LARGE|SMALL|Base|Large|Small|base|large|small|big|\d+(?:\.\d+)?[BM])$/u;

const CAPPED_WORD = /^\p{Lu}[\p{L}\d.-]{2,}$/u;

/** Letters and digits mixed, or capitals inside: "GLM4", "OpenFold", "CEConv"; not "Training", "2019", "GPUs", "Location-Based". */
const MIXED_NAME = /^(?=.*\p{L}{2})(?:.*\p{Ll}\p{Lu}.*\p{L}|\p{Lu}{2,}\p{Ll}{2,}$|\p{Lu}[\p{L}-]*\d[\d.]*)/u;

/** "EXAONE", "SDXL": long enough to be no abbreviation of a method, of which the usual are known; not "SFT". */
const CAPITALS = /^\p{Lu}{4,}\d?$/u;

/** Ordinary words joined by hyphens: "Compute-Optimal", "Multi-Billion"; not "MLP-Mixer". */
const JOINED_WORDS = /^\p{Lu}\p{Ll}+(?:-\p{L}\p{Ll}*)+$/u;

/** "A100", "FP16", "Q4", "H2": a letter or two and a number name hardware, formats and quarters. */
const NUMBERED_UNIT = /^\p{L}{1,2}\d+$/u;

/** Matches "training ", "we trained the "; not "training data for ". */
const CONTEXT_BEFORE =
  /\b(?:(?:pre-?)?train(?:ed|ing|s)?|pretrain(?:ed|ing|s)?|fine-?tun(?:ed|ing|es?)|models?(?: such as| like|,)?) (?:the |our |a )?$/i;

/** Matches " model", " was trained", " used 2,000 cards"; not " dataset", " used it". */
const CONTEXT_AFTER =
  /^(?:'s|’s)?(?:\s?\[\d+(?:, ?\d+)*\])?,? (?:(?:(?:language |vision |diffusion )?models?|networks?|family|(?:was|is|were|are) (?:\w+ly |first )?(?:pre-?)?trained|(?:pre-?)?training|took|takes|requires?|required|checkpoints?)\b|(?:an? [^,.;:]{3,40}, )?(?:used|uses|needed|needs) (?:\w+ ){0,2}["“]?\d)/i;

/** " 7B", "-65B", " (124M)"; not " 80GB", " 10B tokens". */
const SIZE_AFTER =
  /^(?:[ -]\d+(?:\.\d+)?[BMT](?![\p{Lu}\p{Ll}\d])(?! (?:\p{Ll}+ )?(?:tokens?|words|images|samples|pairs|documents)\b)| \(\d+(?:\.\d+)?[BMT](?: param(?:eter)?s?)?\))/u;

/** A version with its decimal: " 2.0", " v1.5"; not " 2.5 days". */
const VERSION_AFTER =
  /^ v?\d\.\d(?![\d\p{L}%]| ?(?:[-–x×%]|billion|million|trillion|hours?|days?|weeks?|months?|years?|minutes?|seconds?|times|points?|[kMGTP]?W|[MGT]B|[PT]?FLOP))/u;

/** " Large", " – Large", "-large"; compared with a list. */
const VARIANT_AFTER = /^(?: ?[-–—] ?| |_)(?<variant>\p{L}+)(?![\p{L}\d])/u;

/** " (big)", " (base model)"; not " (ours)". */
const BRACKETED_VARIANT = /^ ?\((?:nano|tiny|mini|small|base|medium|large|xl|xxl|big|huge|giant)(?: models?)?\)/i;

/** Variants that are also written small after a space: "BERT base". Others, "it" and "max" above all, are ordinary words there. */
const LOWER_VARIANTS: ReadonlySet<string> = new Set(["small", "base", "medium", "large", "big", "tiny", "huge"]);

/** Matches "Octo-Base", "Yi-Large"; not "Near-Zero". */
const MEMBER_ONLY = /-(?:tiny|mini|small|base|medium|large|xl|xxl|huge|mega|instruct|chat|turbo)$/i;

/** Matches "Heron-Mega", "Heron-65B"; not "Near-Zero", "A100-80G". */
const MEMBER =
  /(?<![\p{L}\p{N}-])(?<head>\p{Lu}\p{L}{2,}\d?)-(?:Tiny|Mini|Small|Base|Medium|Large|XL|XXL|Huge|Mega|tiny|small|base|large|\d+(?:\.\d+)?[BM])(?![\p{L}\p{N}])/gu;
