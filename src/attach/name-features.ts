/** What is said of a term, as features: its shape, the words beside it, and where it stands. */

import type { BlockKind } from "../model/document.ts";
import { headLength } from "../model/head-length.ts";
import { append } from "../model/many.ts";
import type { Span } from "../model/span.ts";
import type { SpanIndex } from "../model/span-index.ts";
import { withoutVersion } from "./name-company.ts";
import { isQuoted, isSetApart, type SetApart } from "./set-apart.ts";
import { smallFeatures } from "./small-words.ts";
import {
  beginsWithCapital,
  beginsWithDigit,
  isCaseless,
  isSmallWord,
  ORDINAL,
  opensSentence,
  type Placed,
  SIZE_WORD,
  type Term,
  type Token,
} from "./terms.ts";
import { PROPER, type WordClasses } from "./word-classes.ts";

/** Where a term stands. */
export interface Setting {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly block: BlockKind;
  /** The figures of the document that stand in the block, in reading order. */
  readonly figures: readonly Span[];
  /** Where sentences of the block end. */
  readonly stops: readonly Span[];
  /** The terms of the block, in reading order. */
  readonly terms: readonly Term[];
  /** Words of the document in small letters. */
  readonly small: ReadonlySet<string>;
  readonly hasNounCapitals: boolean;
  /** What may be products. */
  readonly products: SpanIndex<Placed>;
  readonly apart: SetApart;
  readonly isTitle: boolean;
}

/** Classes of words that tell something of the word beside them. */
const TELLING: readonly string[] = [
  "train",
  "consume",
  "be",
  "release",
  "called",
  "kind",
  "of",
  "at",
  "within",
  "with",
  "than",
  "article",
  "owner",
  "data-noun",
  "org-noun",
  "say",
  "deal",
  "title",
  "software-noun",
  "document-part",
  "place",
  "calendar",
  "organization",
  "member",
  "variant",
  "people",
  "work",
  "label",
  "number",
  "ordinary",
];

/** Classes that the words of a name itself may be of. */
const INSIDE: readonly string[] = [
  "dataset",
  "software",
  "field",
  "method",
  "organization",
  "place",
  "calendar",
  "language",
  "document-part",
  "quantity",
  "stage",
  "total",
  "ordinary",
  "common",
  "unit",
  "number",
  "variant",
  "org-noun",
  "data-noun",
];

/** How a term is built: the same for each place where it stands. */
export function shapeFeatures(text: string, words: WordClasses, key: string): readonly string[] {
  const parts = text.split(/[\s_-]+/).filter((part) => part !== "");
  const [head = ""] = parts;
  const features: string[] = [];
  const add = (feature: string, holds: boolean): void => {
    if (holds) features.push(feature);
  };
  add(
    "shape:size",
    parts.some((part, index) => index > 0 && SIZE_WORD.test(part)),
  );
  add(
    "shape:variant",
    parts.some((part, index) => index > 0 && (words.is(part, "variant") || /^[A-Z]{1,2}$/.test(part) || /^\p{Ll}$/u.test(part))),
  );
  add("shape:version", /\p{L}[ -]?v?\d+(?:\.\d+)?$/u.test(text) && !SIZE_WORD.test(parts.at(-1) ?? ""));
  const isCamel = /\p{Ll}\p{Lu}/u.test(text);
  add("shape:camel", isCamel);
  add(text.length < 6 ? "shape:acronym" : "shape:shout", /^[\p{Lu}\d\W_]+$/u.test(text) && /\p{Lu}{2}/u.test(text));
  add("shape:capital", /^\p{Lu}\p{Ll}+$/u.test(text));
  const isSmall = text === text.toLowerCase() && text !== text.toUpperCase();
  const isJoined = /[-_\d]/.test(text);
  add("shape:small-plain", isSmall && !isJoined);
  add("shape:small-joined", isSmall && isJoined);
  add("shape:camel&unlisted", isCamel && !words.isListed(text));
  add("shape:snake", text.includes("_"));
  // "train.py", "lab/wren"; not "Wren-B/16".
  add("shape:file", /\.\p{Ll}{2,5}$|\/(?!\d+$)/u.test(text));
  add("shape:marks", key.length === 0);
  add("shape:words", text.includes(" "));
  add("shape:hyphen", text.includes("-"));
  add("shape:digit", /\d/.test(text));
  add("shape:only-size", SIZE_WORD.test(text));
  add("shape:number", !/\p{L}/u.test(text));
  // A writing without capitals says more in a letter.
  add("shape:short", key.length < 3 && !isCaseless(text));
  add("shape:long", key.length > 24);
  const isKnown = words.isModel(key);
  add("known", isKnown);
  add("known:words", isKnown && parts.length > 1);
  const classes = new Set(parts.flatMap((part) => words.of(part)));
  const [ofHead, whole] = [words.of(head), words.of(text)];
  // "ImageNet64": a data set with the size of its images.
  add("head:dataset", ofHead.length === 0 && words.is(withoutVersion(head), "dataset"));
  for (const kind of INSIDE) {
    if (ofHead.includes(kind)) features.push(`head:${kind}`);
    if (whole.includes(kind)) features.push(`whole:${kind}`);
    if (classes.has(kind)) features.push(`part:${kind}`);
  }
  // "Ada Byron": a first name alone may be that of a model, too.
  add("shape:person", parts.length > 1 && words.is(head, "given-name") && parts.slice(1).every((part) => /^\p{Lu}\p{Ll}+$/u.test(part)));
  for (const kind of PROPER) add(`proper:${kind}`, kind === "people" ? parts.some((part) => words.is(part, kind)) : words.is(text, kind));
  const isListed = (part: string): boolean => words.isListed(part) || /^[\d.,:%/x×]+$/.test(part);
  add("unlisted", !parts.some(isListed));
  add("unlisted-head", !isListed(head) && /^\p{L}{3}/u.test(head));
  add(`ending:${words.endingOf(parts.at(-1) ?? "")}`, words.endingOf(parts.at(-1) ?? "") !== null);
  add("ending:s", /\p{L}{2}[^\P{L}sui]s$/u.test(text));
  const isNumbered = parts.length === 2 && words.is(head, "kind") && ORDINAL.test(parts[1] ?? "");
  add("shape:numbered", isNumbered);
  add("all-listed", !isNumbered && !whole.includes("variant") && parts.every((part) => isListed(part) && !words.is(part, "common")));
  return features;
}

/** What stands beside one occurrence of a term, and where it is. */
export function placeFeatures(setting: Setting, term: Term, words: WordClasses): readonly string[] {
  const { text, tokens, block } = setting;
  const features: string[] = [`block:${block}`];
  if (setting.isTitle) features.push("title");
  append(features, figureFeatures(setting, term, words));

  if (setting.products.touches(term.span)) features.push("product-like");
  const opens = opensSentence(text, term.span.start);
  if (opens) features.push("opens");
  const [before2, before] = [tokens[term.first - 2], tokens[term.first - 1]];
  const [after, after2] = [tokens[term.last + 1], tokens[term.last + 2]];
  const gapBefore = before === undefined ? "" : text.slice(before.span.end, term.span.start);
  const gapAfter = text.slice(term.span.end, after?.span.start ?? term.span.end + 3);
  if (before !== undefined && JOINED.test(gapBefore)) {
    for (const kind of telling(before.text, words)) features.push(`before:${kind}`);
    if (before2 !== undefined && JOINED.test(text.slice(before2.span.end, before.span.start)))
      for (const kind of telling(before2.text, words)) features.push(`before2:${kind}`);
    if (beginsWithCapital(before.text) && !words.isListed(before.text)) features.push("before:capital");
  } else if (!opens) features.push(`mark-before:${mark(gapBefore)}`);
  // "Model: Wren", "model = Wren": the value of a key that says what it is.
  if (before !== undefined && KEYED.test(gapBefore)) for (const kind of telling(before.text, words)) features.push(`keyed:${kind}`);
  if (after !== undefined && JOINED.test(gapAfter)) {
    for (const kind of telling(after.text, words)) features.push(`after:${kind}`);
    if (after2 !== undefined && JOINED.test(text.slice(after.span.end, after2.span.start)))
      for (const kind of telling(after2.text, words)) features.push(`after2:${kind}`);
    if (beginsWithDigit(after.text)) features.push("after:number");
    if (beginsWithCapital(after.text) && !words.isListed(after.text)) features.push("after:capital");
  } else features.push(`mark-after:${mark(gapAfter)}`);
  // "Wren was trained", "Wren has been trained"; who "has trained" something is no model.
  if (after !== undefined && after2 !== undefined && features.includes("after:be") && features.includes("after2:train"))
    features.push(words.is(after.text, "have") ? "has-trained" : "is-trained");
  // "Carrow trained Wren": who trains something is no model; "Wren trained for 3 days".
  if (
    features.includes("after:train") &&
    after2 !== undefined &&
    (words.is(after2.text, "article") || words.is(after2.text, "owner") || beginsWithCapital(after2.text))
  )
    features.push("trains-something");
  // "a small model, Wren", "the makers (Carrow)".
  if (before !== undefined && TOLD_BEFORE.test(gapBefore))
    for (const kind of telling(before.text, words)) features.push(`told-before:${kind}`);
  const owned = tokens[term.last + 2];
  if (["'s ", "’s "].includes(text.slice(term.span.end, term.span.end + 3)) && owned !== undefined)
    for (const kind of OWNED) if (words.is(owned.text, kind)) features.push(`owns:${kind}`);
  // "Carrow's Wren": who has a name of its own is no name of a model.
  if (features.includes("mark-after:owner") && owned !== undefined && beginsWithCapital(owned.text) && !words.isListed(owned.text))
    features.push("owns:capital");
  // "the University of Carrow", "the Institute for Models".
  if (features.includes("before:of") && features.includes("before2:org-noun")) features.push("org-of");
  if (/^, (?:an?|the|its|our|eine?|der|die|das|une?|la|el|un)\s/i.test(text.slice(term.span.end, term.span.end + 8)))
    features.push("apposed");
  if (features.includes("apposed")) {
    const noun = lastOfPhrase(text, tokens, term, words);
    for (const kind of ["kind", "org-noun", "title"]) if (words.is(noun, kind)) features.push(`apposed:${kind}`);
  }
  // "Byron et al., 2023".
  if (text.startsWith(" et al", term.span.end)) features.push("et-al");
  // "Ada Byron, who is 29".
  if (after !== undefined && /^["”’]?,? $/.test(gapAfter) && words.is(after.text, "who")) features.push("behind:who");
  if (opens && opensLine(text, term.span.start))
    features.push(`line-${features.find((feature) => feature.startsWith("mark-after:")) ?? "goes-on"}`);
  if (!opens && beginsWithCapital(term.text) && term.text !== term.text.toUpperCase()) features.push("mid-capital");
  // "der Betreiber": where nouns have capitals, one behind an article or owner is a noun, and a name goes without.
  if (setting.hasNounCapitals && beginsWithCapital(term.text) && isSmallWord(term.text.slice(1))) {
    features.push("noun");
    const isBare = !features.includes("before:article") && !features.includes("before:owner");
    if (isBare) features.push("noun:bare");
    if (features.includes("mid-capital")) features.push("noun:mid-capital");
  }
  // "the run 'wren'", “wren”: a name that is set apart.
  if (isQuoted(text, term.span)) features.push("quoted");
  if (isSetApart(text, term.span, setting.apart)) append(features, apartFeatures(term, features, words));
  // "Byron (2022)", "Byron and Lovelace, 2023)": who wrote it.
  if (/^,? \(?(?:19|20)\d\d[a-z]?\)/.test(text.slice(term.span.end, term.span.end + 9))) features.push("year-behind");
  if (beginsWithCapital(term.text)) features.push(setting.small.has(term.text.toLowerCase()) ? "small-too" : "capital-only");
  // "Convolutional layers" where the text has "convolutional": the place gives the capital.
  if (opens && features.includes("small-too")) features.push("opens&small-too");
  // What stands beside a word in small letters says more of it, and less of one with a capital.
  if (isSmallWord(term.text))
    append(
      features,
      features.filter((feature) => BESIDE.has(feature.split(":")[0] ?? "")).map((feature) => `small&${feature}`),
    );
  append(features, smallFeatures(text, tokens, term, words));
  // "K. Adeyemi": who is told with a first letter.
  if (before?.text.length === 1 && beginsWithCapital(before.text) && gapBefore.trim() === ".") features.push("behind:initial");
  return features;
}

/** What is set apart is a name or what a list is about, which the mark behind it tells: "**Wren** took", "**Hardware**: ". */
function apartFeatures({ text }: Term, beside: readonly string[], words: WordClasses): readonly string[] {
  const behind = beside.find((feature) => feature.startsWith("mark-after:")) ?? "goes-on";
  const size = text === text.toLowerCase() ? "small" : "capital";
  // A word of its own class, and one with a point in it, as code has them: "**Data**", `Trainer.fit`.
  const [head = ""] = text.split(" ");
  const said = [...(words.of(head).some((kind) => kind !== "common") ? ["apart&listed"] : []), ...(isCall(text) ? ["apart&call"] : [])];
  const isKey = beside.includes("opens") && behind === "mark-after:colon";
  return [
    "apart",
    `apart&${behind}`,
    `apart&${size}`,
    ...(isKey ? [`apart&key&${size}`] : []),
    ...(text.includes(" ") ? ["apart&words"] : []),
    ...said,
  ];
}

/** What stands right beside a term, and where it stands: how such features begin. */
const BESIDE: ReadonlySet<string> = new Set(
  "before after mark-before mark-after line-mark-after block keyed quoted opens title line-goes-on".split(" "),
);

/** Words with points between: "Trainer.fit"; not "wren-2.5". */
function isCall(text: string): boolean {
  const parts = text.split(".");
  return parts.length > 1 && parts.every((part) => part.charAt(0).toLowerCase() !== part.charAt(0).toUpperCase());
}

function opensLine(text: string, start: number): boolean {
  const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  return line.toLowerCase() === line.toUpperCase();
}

/** ", " and " (" with marks of quoting. */
const TOLD_BEFORE = /^["'”’]*(?:,| \() ?["'“‘*`_]*$/;

/** What may be owned by who is told by it. */
const OWNED = ["kind", "train", "stage", "quantity", "org-noun", "title", "data-noun", "work"] as const;

/** The noun that a phrase in apposition comes to: "a small model that" is about "model". */
function lastOfPhrase(text: string, tokens: readonly Token[], term: Term, words: WordClasses): string {
  for (let at = term.last + 2; at < Math.min(tokens.length, term.last + 9); at += 1) {
    const [token, next] = [tokens[at], tokens[at + 1]];
    if (token === undefined) return "";
    if (["kind", "org-noun", "title"].some((kind) => words.is(token.text, kind))) return token.text;
    if (next === undefined || /[,.;:()]/.test(text.slice(token.span.end, next.span.start))) return token.text;
  }
  return "";
}

/** A blank, with marks of quoting at most. */
const JOINED = /^[ \n]["'“”‘’*`«»]*$|^["'“”‘’*`«»]* $/;

const KEYED = /^["'*]* ?[:=：]["'*]* *["'*]*$/;

function telling(word: string, words: WordClasses): readonly string[] {
  const classes = words.of(word);
  return classes.length === 0 ? classes : TELLING.filter((kind) => classes.includes(kind));
}

/** The first mark between two words, by name. */
function mark(gap: string): string {
  const plain = gap.replace(/["'“”‘’*`«»](?!s\b)/g, "").trim();
  if (/^['’]/.test(gap)) return "owner";
  if (plain === "") return "none";
  const at = MARKS.findIndex((marks) => marks.includes(plain.charAt(0)));
  return MARK_NAMES[at] ?? "other";
}

const MARKS = [".!?。", ",、，;", "(（[", ")）]", ":：", "-–—|/", "=→>"];
const MARK_NAMES = ["stop", "comma", "open", "close", "colon", "dash", "equal"];

/** How many words a figure may stand from a name to say something of it. */
const REACH = 9;

/** What the words between a term and the figure right after or right before it say: "Wren took 3 days", "3 days for Wren". */
function figureFeatures({ tokens, figures, stops, terms }: Setting, term: Term, words: WordClasses): readonly string[] {
  const next = figures[headLength(figures, ({ start }) => start < term.span.end)];
  const last = lastEndingBefore(figures, term.span.start);
  const features: string[] = [];
  for (const [side, from, to] of [
    ["to", term.span.end, next?.start],
    ["from", last?.end, term.span.start],
  ] as const) {
    if (from === undefined || to === undefined || isParted(stops, from, to)) continue;
    features.push("figure");
    const first = headLength(tokens, ({ span }) => span.start < from);
    const end = headLength(tokens, ({ span }) => span.end <= to);
    const other = terms[headLength(terms, ({ span }) => span.start < from)];
    if (end - first > REACH || (other !== undefined && other.span.end <= to)) continue;
    if (end <= first) features.push(`${side}:nothing`);
    for (const { text: word } of tokens.slice(first, Math.max(first, end))) {
      const classes = words.of(word);
      if (classes.length > 0) for (const kind of LINKING) if (classes.includes(kind)) features.push(`${side}:${kind}`);
    }
  }
  return features;
}

const LINKING = ["consume", "be", "train", "of", "at", "with", "than", "kind", "release"];

/** The last span that ends at or before an offset; spans may lie in one another. */
function lastEndingBefore(spans: readonly Span[], offset: number): Span | undefined {
  let at = headLength(spans, ({ start }) => start < offset) - 1;
  while (at >= 0 && (spans[at]?.end ?? 0) > offset) at -= 1;
  return spans[at];
}

/** Where sentences end in a block. */
export function stopsIn(text: string, block: Span): readonly Span[] {
  return [...text.slice(block.start, block.end).matchAll(STOP)].map(({ 0: mark, index }) => {
    const start = block.start + index;
    return { start, end: start + (".!?".includes(mark) ? 2 : 1) };
  });
}

const STOP = /[.!?](?=\s)|[。！？]|\n/g;

function isParted(stops: readonly Span[], from: number, to: number): boolean {
  const stop = stops[headLength(stops, ({ start }) => start < from)];
  return stop !== undefined && stop.end <= to;
}
