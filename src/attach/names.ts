/**
 * The models of a document: every term with what is said of it, and a score of how surely it is the name of a model or a run.
 */

import { scoreOf } from "../language/decide.ts";
import { labelMeaning } from "../language/label-meaning.ts";
import { blockAt } from "../language/reading-order.ts";
import { spokenIn } from "../language/spoken.ts";
import { tokensOf as wordsOf } from "../language/tokenize.ts";
import { unitReader } from "../language/unit-phrase.ts";
import { type Catalog, type DecisionWeights, weightsOf } from "../model/catalog.ts";
import type { BlockKind, Document } from "../model/document.ts";
import { nameKey } from "../model/fold-name.ts";
import { hardwareIn } from "../model/hardware-finder.ts";
import type { Mention } from "../model/mention.ts";
import { parseModelName } from "../model/model-name.ts";
import type { Span } from "../model/span.ts";
import { type SpanIndex, spanIndexOf } from "../model/span-index.ts";
import type { Entity, Occurrence } from "./entity.ts";
import { frameOf, listedTogether, withCompany } from "./name-company.ts";
import { placeFeatures, shapeFeatures, stopsIn } from "./name-features.ts";
import { referencesIn } from "./references.ts";
import { type PlacedReference, withReferences } from "./referents.ts";
import { setApartIn, TITLE_MARK } from "./set-apart.ts";
import { bestStanding, STANDS } from "./small-words.ts";
import { labelsOf, type TableLabels } from "./table-labels.ts";
import { type Capitals, capitalsWithin, type Placed, type Taken, type Term, type Token, termsOf, tokensOf, usesCapitals } from "./terms.ts";
import { type WordClasses, wordClassesOf } from "./word-classes.ts";

/** The entities of a document and the labels of its tables. */
export interface Names {
  readonly entities: readonly Entity[];
  readonly words: WordClasses;
  readonly labels: ReadonlyMap<number, TableLabels>;
  /** Tokens of the blocks that hold prose. */
  readonly tokens: ReadonlyMap<number, readonly Token[]>;
}

const PROSE: ReadonlySet<BlockKind> = new Set(["heading", "paragraph", "list-item", "caption", "footnote", "quote", "code"]);

/** The share of the places of a term in which a feature must hold to hold of the term. */
const SHARE = 0.25;

interface Draft {
  readonly text: string;
  readonly shape: readonly string[];
  readonly occurrences: Occurrence[];
  readonly counts: Map<string, number>;
}

/** Finds what figures can be of. */
export function findNames(catalog: Catalog, document: Document, mentions: readonly Mention[]): Names {
  const words = wordClassesOf(catalog);
  const taken = takenIn(catalog, document, mentions);
  const drafts = new Map<string, Draft>();
  const note = (key: string, text: string, occurrence: Occurrence, features: readonly string[]): void => {
    const draft: Draft = drafts.get(key) ?? { text, shape: shapeFeatures(text, words, key), occurrences: [], counts: new Map() };
    drafts.set(key, draft);
    draft.occurrences.push(occurrence);
    for (const feature of new Set(features)) draft.counts.set(feature, (draft.counts.get(feature) ?? 0) + 1);
  };
  const inProse = mentions.filter(({ cell }) => cell === null);
  const figuresOf = spanIndexOf(inProse);
  const sizesOf = spanIndexOf(inProse.filter((mention) => mention.kind === "parameters"));
  const tokens = new Map<number, readonly Token[]>();
  const small = smallWords(document.text);
  const peers = new Map<string, Set<string>>();
  const frames = new Map<string, Set<string>>();
  const references: PlacedReference[] = [];
  for (const [block, { kind, span }] of document.blocks.entries()) if (PROSE.has(kind)) tokens.set(block, tokensOf(document.text, span));
  const within = [...tokens].flatMap(([block, found]) =>
    document.blocks[block]?.kind === "heading" ? [] : capitalsWithin(document.text, found),
  );
  const spoken = spokenIn(catalog, document.text);
  const isForeign = (spoken.languages[0] ?? LISTED_LANGUAGE) !== LISTED_LANGUAGE;
  const capitals = { ofNouns: spoken.hasNounCapitals, within: new Set(within), areUsed: usesCapitals(document.text) };
  const noteTerms = (block: number, kind: BlockKind, span: Span, found: readonly Token[], isNoted: (term: Term) => boolean): void => {
    const terms = termsOf(document.text, found, taken, words, capitals);
    const setting = {
      text: document.text,
      tokens: found,
      block: kind,
      figures: figuresOf.overlapping(span).map((figure) => figure.span),
      stops: stopsIn(document.text, span),
      terms,
      small,
      hasNounCapitals: capitals.ofNouns,
      products: taken.doubtful,
      apart: taken.apart,
      isTitle: block === 0 && kind === "heading",
    };
    for (const term of terms.filter(isNoted)) {
      note(
        term.key,
        term.text,
        { span: term.span, block, kind: term.describes ? "describing" : "name" },
        placeFeatures(setting, term, words),
      );
      frames.set(term.key, (frames.get(term.key) ?? new Set()).add(frameOf(document.text, found, term)));
    }
    for (const [left, right] of listedTogether(document.text, terms, words)) {
      peers.set(left, (peers.get(left) ?? new Set()).add(right));
      peers.set(right, (peers.get(right) ?? new Set()).add(left));
    }
    for (const reference of referencesIn(document.text, found, terms, sizesOf.overlapping(span), words))
      references.push({ reference, block });
  };
  for (const [block, { kind, span }] of document.blocks.entries()) {
    const found = tokens.get(block);
    if (found !== undefined) noteTerms(block, kind, span, found, () => true);
  }
  const labels = tableLabels(document, mentions, taken.hardware, words);
  for (const { table, all } of labels.values()) {
    const block = blockAt(document, table.span.start);
    for (const label of all) {
      note(nameKey(label.text), label.text, { span: label.span, block, kind: "label" }, [
        "label",
        ...label.features.map((feature) => `label:${feature}`),
        ...(measures(catalog, label.text, spoken.languages) ? ["label:measures"] : []),
      ]);
      // "job for Wren", "Wren-7B, context extension": a label says more than the name.
      noteTerms(block, "table", label.span, tokensOf(document.text, label.span), ({ key }) => key !== nameKey(label.text));
    }
  }
  for (const term of titleTerms(document.title ?? "", words, capitals)) noteTitle(drafts, term, words);
  const weights = weightsOf(catalog, "name");
  const title = titleName(document.title ?? "");
  const families = new Set([...drafts.values()].flatMap(({ text }) => familyOf(text)));
  const speakers = speakersIn(document.text);
  const isPerson = ({ text, shape, counts }: Draft): boolean =>
    shape.includes("shape:person") || (text.includes(" ") && OF_PERSONS.some((feature) => counts.has(feature)));
  const persons = [...drafts.values()].filter(isPerson);
  const surnames = new Set(persons.map(({ text }) => nameKey(text.split(" ").at(-1) ?? "")));
  const authors = new Set(document.authors.flatMap((author) => author.split(" ").map(nameKey)));
  const alone = [...drafts].map(([key, draft]) =>
    entityOf(weights, key, draft, [
      ...(families.has(key) ? ["has-members"] : []),
      ...(draft.text.split(" ").every((word) => authors.has(nameKey(word))) ? ["author"] : []),
      ...(title.key === key ? [title.feature] : []),
      ...(speakers.has(key) ? ["speaker"] : []),
      ...(surnames.has(key) ? ["surname"] : []),
      ...(isForeign ? foreignFeatures(draft) : []),
      ...(draft.occurrences.length > 1 && draft.shape.includes("shape:small-plain") ? ["small&recurs"] : []),
    ]),
  );
  const repeated = withRepeats(withCompany(weights, alone, { peers, frames }), tokens);
  return { entities: withReferences(weights, document.text, words, repeated, references), words, labels, tokens };
}

/** Said of persons: "says Odile Brandt, who leads the team". */
const OF_PERSONS = ["behind:who", "before:title", "behind:initial"] as const;

/** Whether a label says what is measured and in what: "Rate/GPU-h", "Qty (cards)"; such a one names nothing that it is measured of. */
function measures(catalog: Catalog, label: string, languages: readonly string[]): boolean {
  const reader = unitReader(catalog, wordsOf(catalog, label, languages));
  return labelMeaning(reader, 0, reader.tokens.length) !== null;
}

/** The language of which ordinary words are listed. */
const LISTED_LANGUAGE = "en";

/** In other languages a word that is not listed, or a capital at the start of a sentence, says less. */
function foreignFeatures({ shape, counts, occurrences }: Draft): readonly string[] {
  const isUnlisted = shape.includes("unlisted-head");
  const opens = (counts.get("opens") ?? 0) === occurrences.length;
  return [
    ...(isUnlisted ? ["foreign:unlisted"] : []),
    ...(opens ? ["foreign:opens"] : []),
    ...(isUnlisted && opens ? ["foreign:unlisted&opens"] : []),
    ...([...counts.keys()].some((feature) => feature.startsWith("apart&key")) ? ["foreign:apart&key"] : []),
  ];
}

/** Who begins a line: "ADA: How many?", "[14:02] ada: forty". */
const SPEAKER = /(?:^|\n)[ \t]*(?:\[[^\]\n]{1,20}\][ \t]*)?(\p{L}[\p{L}'. -]{0,24}):[ \t]+\S/gu;

/** Folded names that begin lines again and again, by turns with others: those who talk. */
function speakersIn(text: string): ReadonlySet<string> {
  const times = new Map<string, number>();
  for (const [, name = ""] of text.matchAll(SPEAKER)) {
    const key = nameKey(name);
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  const isDialogue = times.size > 1 && [...times.values()].some((count) => count > 1);
  return new Set(isDialogue ? times.keys() : []);
}

/** Words that the document has in small letters. */
function smallWords(text: string): ReadonlySet<string> {
  return new Set(text.match(/(?<![\p{L}\p{N}_-])\p{Ll}{2,}(?![\p{L}\p{N}_-])/gu));
}

/** The folded family that a name with a variant is a member of. */
function familyOf(text: string): readonly string[] {
  const { family, variant } = parseModelName(text);
  return family !== "" && variant !== "" ? [nameKey(family)] : [];
}

/** What a title is or begins with: "Wren", "Wren: Small Birds". */
function titleName(title: string): { readonly key: string; readonly feature: string } {
  const end = title.search(TITLE_MARK);
  return end < 1 ? { key: nameKey(title), feature: "titled:whole" } : { key: nameKey(title.slice(0, end)), feature: "titled:head" };
}

const NOTHING_TAKEN: Taken = { hardware: spanIndexOf([]), doubtful: spanIndexOf([]), figures: spanIndexOf([]), apart: new Map() };

/** Terms of the title before its colon: a title names what the document is about. */
function titleTerms(title: string, words: WordClasses, capitals: Capitals): readonly Term[] {
  const colon = title.search(TITLE_MARK);
  const end = colon < 0 ? title.length : colon;
  return termsOf(title, tokensOf(title, { start: 0, end }), NOTHING_TAKEN, words, capitals);
}

/** What the title names is one more place of a term, without a position in the text. */
function noteTitle(drafts: Map<string, Draft>, term: Term, words: WordClasses): void {
  const draft: Draft = drafts.get(term.key) ?? {
    text: term.text,
    shape: shapeFeatures(term.text, words, term.key),
    occurrences: [],
    counts: new Map(),
  };
  drafts.set(term.key, draft);
  draft.counts.set("titled", draft.occurrences.length + 1);
}

function entityOf(weights: DecisionWeights, key: string, { text, shape, occurrences, counts }: Draft, more: readonly string[]): Entity {
  const places = [...counts].filter(([, count]) => count >= SHARE * occurrences.length).map(([feature]) => feature);
  const often = occurrences.length <= 1 ? "once" : occurrences.length < 4 ? "some" : "often";
  const standing = bestStanding([...counts.keys()]);
  const features = ["name", `times:${often}`, ...shape, ...places.filter((feature) => !feature.startsWith(STANDS)), ...standing, ...more];
  const sorted = occurrences.toSorted((left, right) => left.span.start - right.span.start);
  return { key, text, score: scoreOf(weights, features), features, isReference: false, size: "", occurrences: sorted };
}

function takenIn(catalog: Catalog, document: Document, mentions: readonly Mention[]): Taken {
  const hardware = hardwareIn(catalog, document.text);
  return {
    hardware: spanIndexOf(hardware.filter(({ needsContext }) => !needsContext)),
    doubtful: spanIndexOf(hardware.filter(({ needsContext }) => needsContext)),
    figures: spanIndexOf(mentions.filter(({ kind }) => kind !== "parameters")),
    apart: setApartIn(document),
  };
}

function tableLabels(
  document: Document,
  mentions: readonly Mention[],
  hardware: SpanIndex<Placed>,
  words: WordClasses,
): ReadonlyMap<number, TableLabels> {
  const byTable = Map.groupBy(
    mentions.filter(({ cell }) => cell !== null),
    ({ cell }) => cell?.table ?? -1,
  );
  const labels = new Map<number, TableLabels>();
  for (const [index, inside] of byTable) {
    const table = document.tables[index];
    if (table === undefined) continue;
    labels.set(index, labelsOf(document, table, inside, hardware, words));
  }
  return labels;
}

/** Names stand in places, too, where no shape tells them: at the start of a sentence, in small letters. */
function withRepeats(entities: readonly Entity[], tokens: ReadonlyMap<number, readonly Token[]>): readonly Entity[] {
  const named = new Map(entities.filter(({ score }) => score > 0).map((entity) => [entity.key, entity]));
  const held = new Set(entities.flatMap(({ occurrences }) => occurrences.map(({ span }) => span.start)));
  const more = new Map<string, Occurrence[]>();
  for (const [block, words] of tokens) {
    for (const { text, span } of words) {
      const key = nameKey(text);
      if (!named.has(key) || held.has(span.start)) continue;
      const places = more.get(key) ?? [];
      more.set(key, places);
      places.push({ span, block, kind: "name" });
    }
  }
  return entities.map((entity) => {
    const added = more.get(entity.key);
    if (added === undefined) return entity;
    return { ...entity, occurrences: [...entity.occurrences, ...added].sort((left, right) => left.span.start - right.span.start) };
  });
}
