import type { Mention } from "../model/mention.ts";
import { keyOf, type ModelName } from "../model/model-name.ts";
import type { Span } from "../model/span.ts";
import type { Referent } from "./cast.ts";
import { type Enumeration, enumerationsOf, zip } from "./parallel-lists.ts";

/** A sentence with the figures and the models in it, each in reading order. */
export interface Sentence {
  readonly span: Span;
  readonly block: number;
  readonly mentions: readonly Mention[];
  readonly referents: readonly Referent[];
  /** The document's own model, for a clause in which "we" speak beside a clause about somebody else's; null if unknown. */
  readonly main: ModelName | null;
}

/**
 * Which model of its sentence each figure belongs to.
 *
 * Parallel lists are zipped; "22,000 for A, 4,500 for B" looks ahead; otherwise a figure takes the nearest model before it in its
 * clause, then the nearest after it. Figures for which the sentence names nobody are left out of the map.
 */
export function sentenceSubjects(text: string, sentence: Sentence): ReadonlyMap<Mention, ModelName> {
  const { referents, mentions } = sentence;
  const assigned = new Map<Mention, ModelName>();
  if (referents.length === 0) return assigned;
  const distinct = new Set(referents.map((referent) => keyOf(referent.name)));
  if (distinct.size > 1) assignLists(text, sentence, assigned);
  const joint = jointReferents(text, referents);
  const clauses = clausesOf(text, sentence);
  for (const mention of mentions) {
    if (assigned.has(mention)) continue;
    const clause = clauses.find((part) => part.span.start <= mention.span.start && mention.span.start < part.span.end);
    const inClause = joint.filter(
      (referent) => clause !== undefined && clause.span.start <= referent.span.start && referent.span.start < clause.span.end,
    );
    if (inClause.length === 0 && clause?.isOwnVoice === true && sentence.main !== null && clauses.length > 1) {
      assigned.set(mention, sentence.main);
      continue;
    }
    const found = aheadOf(text, mention, mentions, joint) ?? nearest(text, mention, inClause) ?? nearest(text, mention, joint);
    if (found !== null) assigned.set(mention, found.name);
  }
  return assigned;
}

/** Zips each enumeration of models with each list of as many figures of one kind. */
function assignLists(text: string, sentence: Sentence, assigned: Map<Mention, ModelName>): void {
  const named = enumerationsOf(text, sentence.referents, () => true);
  const kinds = new Set(sentence.mentions.map((mention) => `${mention.kind} ${mention.per ?? ""}`));
  const isRespective = RESPECTIVELY.test(text.slice(sentence.span.start, sentence.span.end));
  for (const kind of kinds) {
    const figures = sentence.mentions.filter((mention) => `${mention.kind} ${mention.per ?? ""}` === kind);
    const lists: readonly Enumeration<Mention>[] = enumerationsOf(text, figures, () => true);
    const spread = isRespective && lists.length === 0 ? [{ items: figures, span: sentence.span }] : [];
    for (const list of [...lists, ...spread]) {
      const names = named.find((candidate) => candidate.items.length === list.items.length)?.items ?? inOrder(sentence, list);
      for (const [referent, mention] of zip(names, list.items)) assigned.set(mention, referent.name);
    }
  }
}

/** The models that a sentence names one after the other, before a list of as many figures: "A took 3 and B 5 days: 4,608 and 7,680". */
function inOrder(sentence: Sentence, list: Enumeration<Mention>): readonly Referent[] {
  const seen = new Set<string>();
  const before = sentence.referents.filter(
    ({ span, name }) => span.end <= list.span.start && !seen.has(keyOf(name)) && seen.add(keyOf(name)),
  );
  return before.length === list.items.length ? before : [];
}

/** Models that are named together act together: "A and B took 4 days each" is about both. */
function jointReferents(text: string, referents: readonly Referent[]): readonly Referent[] {
  const enumerations = enumerationsOf(text, referents, (left, right) => keyOf(left.name) !== keyOf(right.name));
  const joint = enumerations.map(({ items, span }) => ({ span, isNamed: true, name: jointName(items.map((item) => item.name)) }));
  const single = referents.filter((referent) => !enumerations.some((enumeration) => enumeration.items.includes(referent)));
  return [...joint, ...single].sort((left, right) => left.span.start - right.span.start);
}

function jointName(names: readonly ModelName[]): ModelName {
  const families = new Set(names.map((name) => name.family));
  return {
    text: names.map((name) => name.text).join(" and "),
    family: [...families].join("+"),
    variant: names.map((name) => name.variant).join("+"),
  };
}

/** "22,000 for A", "3 days to train A": the model right after the figure, if no other figure of the kind stands between. */
function aheadOf(text: string, mention: Mention, mentions: readonly Mention[], referents: readonly Referent[]): Referent | null {
  const next = referents.find((referent) => referent.span.start >= mention.span.end);
  if (next === undefined) return null;
  const between = text.slice(mention.span.end, next.span.start);
  const hasOther = mentions.some(
    (other) => other.kind === mention.kind && other.span.start >= mention.span.end && other.span.end <= next.span.start,
  );
  return (!hasOther && AHEAD.test(between)) || RELATIVE.test(between) ? next : null;
}

/** The last model named before a figure; one that is said to be trained there before others that are not. */
function nearest(text: string, mention: Mention, referents: readonly Referent[]): Referent | null {
  const before = referents.filter((referent) => referent.span.start <= mention.span.start);
  const trained = before.filter((referent) => TRAINED_BEFORE.test(text.slice(Math.max(0, referent.span.start - 24), referent.span.start)));
  return (trained.length === 1 ? trained[0] : before.at(-1)) ?? referents[0] ?? null;
}

interface Clause {
  readonly span: Span;
  /** Whether the authors speak of themselves in it. */
  readonly isOwnVoice: boolean;
}

function clausesOf(text: string, sentence: Sentence): readonly Clause[] {
  const slice = text.slice(sentence.span.start, sentence.span.end);
  const starts = [0];
  for (const match of slice.matchAll(CLAUSE_BREAK)) starts.push(match.index + match[0].length);
  for (const match of slice.matchAll(LOOSE_BREAK)) {
    const at = sentence.span.start + match.index + match[0].length;
    const opensWithModel = sentence.referents.some((referent) => referent.span.start >= at && referent.span.start - at <= 12);
    if (opensWithModel) starts.push(match.index + match[0].length);
  }
  const sorted = [...new Set(starts)].sort((left, right) => left - right);
  return sorted.map((start, index) => {
    const end = sorted[index + 1] ?? slice.length;
    return {
      span: { start: sentence.span.start + start, end: sentence.span.start + end },
      isOwnVoice: OWN_VOICE.test(slice.slice(start, Math.min(end, start + 60))),
    };
  });
}

/** Matches "; ", ", while ", " whereas "; not "meanwhile". */
const CLAUSE_BREAK = /;\s|,? (?:while|whereas|but|although|though)\s|[.!?]\s+(?=\p{Lu})/gu;

/** A comma or "and" that opens a clause only when a model comes next: ", the large one 3 days". */
const LOOSE_BREAK = /,\s(?:and\s)?(?:with\s|for\s)?(?:the\s|our\s|a\s)?|\sand\s(?:the\s|our\s|a\s)?/g;

/** Matches "fine-tuning ", "time for training the "; not "trained on ". */
const TRAINED_BEFORE = /\bfor (?:(?:pre-?)?training|fine-?tuning) (?:the |our |a )?$/i;

/** Between a figure and the model it is for. Matches " GPU hours for ", " to train the ", " for "; not " and ". */
const AHEAD =
  /^\s?(?:\([^)]*\)\s?)?(?:(?:on|with|using)\s[^,;.:()]{2,40}?\s(?=for\s))?(?:[\p{L}-]+\s){0,2}(?:for|to (?:pre-?)?train|to fine-?tune|training|to produce|of training|for training|to run)\s(?:the |our |a |an )?(?:single )?$/iu;

/** Between a figure and the model whose it is said to be. Matches " that the ", " which "; not " and that of ". */
const RELATIVE = /^\s(?:that|which|on which)\s(?:the |our )?$/i;

const RESPECTIVELY = /\brespectively\b|\bin (?:this|that) order\b|分别/i;

/** Matches "we trained", "our run took"; not "were". */
const OWN_VOICE = /\b(?:we|our|ours)\b/i;
