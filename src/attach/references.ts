/** Ways to speak of a model without its name: "the student", "the 7B", "our 350M baseline", "the former". */
import type { Mention } from "../model/mention.ts";
import { SIZE_UNITS } from "../model/model-name.ts";
import { overlaps, type Span } from "../model/span.ts";
import { beginsWithDigit, goesOnFromName, SIZE_WORD, type Term, type Token } from "./terms.ts";
import type { WordClasses } from "./word-classes.ts";

export interface Reference {
  readonly span: Span;
  /** As printed, without the article: "34B sibling", "student". */
  readonly text: string;
  /** The size that it names, folded; empty for none. */
  readonly size: string;
  readonly kind: "member" | "size" | Which;
  /** It says which one, and no noun of what: "the larger took 3 days". */
  readonly isAlone: boolean;
}

/** Which of several a word tells, by the class of the word. */
export type Which = (typeof PLACES)[number] | (typeof RANKS)[number];

/** By the order in which they were named. */
const PLACES = ["former", "latter", "first", "second", "third", "last"] as const;

/** By what they are like. */
const RANKS = ["smaller", "larger", "newer", "older"] as const;

const REFERRING = [...PLACES, ...RANKS] as const;

/** The references of a block; what holds a name or stands beside one is a name. */
export function referencesIn(
  text: string,
  tokens: readonly Token[],
  terms: readonly Term[],
  sizes: readonly Mention[],
  words: WordClasses,
): readonly Reference[] {
  const opening = new Set(terms.map(({ first }) => first));
  // "the 20B variant of Wren", "the decoder of Wren": spoken of by the name.
  const isOfName = (index: number): boolean => {
    if (!opening.has(index + 2) && !opening.has(index + 3)) return false;
    const at = words.is(tokens[index + 1]?.text ?? "", "kind") ? index + 2 : index + 1;
    const [token, next] = [tokens[at], tokens[at + 1]];
    if (token === undefined || next === undefined || !words.is(token.text, "of") || !opening.has(at + 1)) return false;
    return text.slice(tokens[at - 1]?.span.end, token.span.start) === " " && text.slice(token.span.end, next.span.start) === " ";
  };
  const named = new Set(terms.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, at) => first + at)));
  const bySize = sizes.flatMap((size) => sizedModel(text, tokens, terms, size, words));
  const found = tokens.flatMap((token, index): readonly Reference[] => {
    if (named.has(index) || isOfName(index)) return [];
    const lower = token.text.toLowerCase();
    const classes = words.of(lower);
    if (classes.length === 0 && !SIZE_WORD.test(token.text)) return [];
    const before = tokens[index - 1];
    const isBeside = before !== undefined && /^[ -]$/.test(text.slice(before.span.end, token.span.start));
    const isAfterArticle = isBeside && (words.is(before.text, "article") || words.is(before.text, "owner"));
    const which = REFERRING.find((kind) => classes.includes(kind));
    const isOfPair = which === "former" || which === "latter";
    if (which !== undefined && isAfterArticle && (isOfPair || standsAlone(text, tokens, index, words)))
      return [{ span: token.span, text: token.text, size: sizeTold(which, lower), kind: which, isAlone: true }];
    if (classes.includes("member")) return member(text, tokens, index, named, words);
    const next = tokens[index + 1];
    if (isAfterArticle && next !== undefined && !named.has(index + 1) && (words.is(next.text, "kind") || words.is(next.text, "stand-in"))) {
      const span = { start: token.span.start, end: words.is(next.text, "kind") ? next.span.end : token.span.end };
      const printed = text.slice(span.start, span.end);
      if (which !== undefined) return [{ span, text: printed, size: sizeTold(which, lower), kind: which, isAlone: false }];
      if (classes.includes("variant")) return [{ span, text: printed, size: lower, kind: "size", isAlone: false }];
    }
    if (classes.includes("variant") && isListed(text, tokens, index, words))
      return [{ span: token.span, text: token.text, size: lower, kind: "size", isAlone: false }];
    const isListedSize = SIZE_WORD.test(token.text) && isSizeListed(text, tokens, index, words);
    if (!SIZE_WORD.test(token.text) || !(isAfterArticle || isListedSize)) return [];
    const isMember = !isListedSize && next !== undefined && (words.is(next.text, "member") || named.has(index + 1));
    return isMember ? [] : [{ span: token.span, text: token.text, size: lower, kind: "size", isAlone: false }];
  });
  return [...found.filter(({ span }) => !bySize.some((other) => overlaps(other.span, span))), ...bySize];
}

/** A word of size may be part of a name, too: "the small one" of "Wren-small". */
function sizeTold(which: Which, word: string): string {
  return which === "smaller" || which === "larger" ? word : "";
}

/** Whether no noun follows that a word describes: "the first cost", "the second to 9 t"; not "the first week". */
function standsAlone(text: string, tokens: readonly Token[], index: number, words: WordClasses): boolean {
  const [token, next] = [tokens[index], tokens[index + 1]];
  if (token === undefined || next === undefined || text.slice(token.span.end, next.span.start) !== " ") return true;
  return beginsWithDigit(next.text) || words.is(next.text, "and") || (goesOnFromName(next.text, words) && !words.is(next.text, "kind"));
}

/** "a 13 billion parameter model", "our 65B-parameter network", "a model with 2B parameters": what has that size, unless a name stands between. */
function sizedModel(
  text: string,
  tokens: readonly Token[],
  terms: readonly Term[],
  { span, value }: Mention,
  words: WordClasses,
): readonly Reference[] {
  const size = sizeName(value);
  if (size === null || terms.some((term) => overlaps(term.span, span))) return [];
  const sized: Reference = { span, text: size, size: size.toLowerCase(), kind: "size", isAlone: false };
  if (isBehindKind(text, tokens, terms, span, words)) return [sized];
  const next = tokens.findIndex((token) => token.span.start >= span.end);
  const [head, after] = [tokens[next], tokens[next + 1]];
  if (head === undefined) return [];
  const noun = words.is(head.text, "kind") ? head : words.is(head.text, "size-noun") ? (after ?? null) : null;
  if (noun === null || !words.is(noun.text, "kind") || !/^[^.,;:()]*$/.test(text.slice(span.end, noun.span.start))) return [];
  if (terms.some((term) => term.span.start >= span.end && term.span.start <= noun.span.start && !words.is(term.text, "size-noun")))
    return [];
  return [sized];
}

/** "a model with 1 trillion parameters", where the sentence names nothing before it that the size may be of. */
function isBehindKind(text: string, tokens: readonly Token[], terms: readonly Term[], { start }: Span, words: WordClasses): boolean {
  const first = tokens.findIndex((token) => token.span.end > start);
  const [kind, joint] = [tokens[first - 2], tokens[first - 1]];
  if (kind === undefined || joint === undefined || !words.is(kind.text, "kind")) return false;
  if (!words.is(joint.text, "with") && !words.is(joint.text, "of")) return false;
  if (text.slice(kind.span.end, joint.span.start) !== " " || text.slice(joint.span.end, start) !== " ") return false;
  const sentence = text.lastIndexOf(". ", kind.span.start);
  return !terms.some(({ span }) => span.start > sentence && span.start < start);
}

/** Whether a size stands in a list of sizes that an article opens: "the 1B, 3B and 7B". */
function isSizeListed(text: string, tokens: readonly Token[], index: number, words: WordClasses): boolean {
  for (let at = index; at > 0; ) {
    const [token, before, before2] = [tokens[at], tokens[at - 1], tokens[at - 2]];
    if (token === undefined || before === undefined) return false;
    const gap = text.slice(before.span.end, token.span.start);
    if (at < index && gap === " " && (words.is(before.text, "article") || words.is(before.text, "owner"))) return true;
    const isJoined = words.is(before.text, "and") && gap === " ";
    const other = isJoined ? before2 : before;
    if (other === undefined || !SIZE_WORD.test(other.text) || (!isJoined && ![", ", ",", " "].includes(gap))) return false;
    at -= isJoined ? 2 : 1;
  }
  return false;
}

/** Whether a word for a member stands in a list of such words: "Small, base and large took". */
function isListed(text: string, tokens: readonly Token[], index: number, words: WordClasses): boolean {
  return [-1, 1].some((step) => {
    const [token, next] = [tokens[index], tokens[index + step]];
    const other = next !== undefined && words.is(next.text, "and") ? tokens[index + 2 * step] : next;
    if (token === undefined || other === undefined || !words.is(other.text, "variant")) return false;
    const gap = step < 0 ? text.slice(other.span.end, token.span.start) : text.slice(token.span.end, other.span.start);
    return next === other ? /^ ?[,、/] ?$/.test(gap) : /^,? \p{L}+ $/u.test(gap);
  });
}

/** A number of parameters as people name models by it: 13e9 is "13B". */
function sizeName(value: number): string | null {
  const unit = SIZE_UNITS.find(([least]) => value >= least);
  return unit === undefined ? null : `${Number((value / unit[0]).toPrecision(3))}${unit[1]}`;
}

/** "the distilled student", "our 350M baseline": an article or owner at most two words before; a name between makes it a name's. */
function member(
  text: string,
  tokens: readonly Token[],
  index: number,
  named: ReadonlySet<number>,
  words: WordClasses,
): readonly Reference[] {
  const head = tokens[index];
  if (head === undefined || named.has(index - 1)) return [];
  for (let at = index - 1; at >= Math.max(0, index - 3); at -= 1) {
    const [token, next] = [tokens[at], tokens[at + 1]];
    if (token === undefined || next === undefined || !/^[ -]$/.test(text.slice(token.span.end, next.span.start)) || named.has(at))
      return [];
    if (!words.is(token.text, "article") && !words.is(token.text, "owner")) continue;
    const size = tokens.slice(at + 1, index).find(({ text: word }) => SIZE_WORD.test(word));
    const start = (size ?? head).span.start;
    return [
      {
        span: { start, end: head.span.end },
        text: text.slice(start, head.span.end),
        size: size?.text.toLowerCase() ?? "",
        kind: "member",
        isAlone: false,
      },
    ];
  }
  return [];
}
