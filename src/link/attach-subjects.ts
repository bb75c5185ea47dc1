import { type ReadingOrder, sentencesOf } from "../language/reading-order.ts";
import type { Document } from "../model/document.ts";
import type { Mention, MentionId } from "../model/mention.ts";
import type { Span } from "../model/span.ts";
import type { Cast, Referent } from "./cast.ts";
import { keyOf, type ModelName } from "./model-name.ts";
import { type Sentence, sentenceSubjects } from "./sentence-subjects.ts";
import type { Grid } from "./table-axis.ts";
import { itemOf } from "./table-subjects.ts";

/** How a figure came to its model, strongest first. "none" is no model at all. */
export type SubjectTie = "cell" | "sentence" | "paragraph" | "heading" | "section" | "document" | "none";

/** The model a figure belongs to, and why. */
export interface Belonging {
  readonly name: ModelName | null;
  readonly tie: SubjectTie;
  /** A row that adds up the others. */
  readonly isTotal: boolean;
  /** Whether the row says in which work the figure is told. */
  readonly isCited?: boolean;
}

interface Scene {
  readonly document: Document;
  readonly cast: Cast;
  readonly order: ReadingOrder;
  readonly gridOf: (table: number) => Grid | null;
}

/** The model of every figure, by the nearest evidence: its cell, its sentence, what was spoken of before, headings, the title. */
export function attachSubjects(scene: Scene, mentions: readonly Mention[]): ReadonlyMap<MentionId, Belonging> {
  const result = new Map<MentionId, Belonging>();
  for (const mention of mentions) {
    if (mention.cell === null) continue;
    const grid = scene.gridOf(mention.cell.table);
    if (grid === null) continue;
    const item = itemOf(scene.document, scene.cast, grid, mention);
    const tie: SubjectTie = item.isNamed ? "cell" : item.name === null ? "none" : "document";
    result.set(mention.id, { name: item.name, tie, isTotal: item.isTotal, isCited: item.isCited === true });
  }
  const told: Told[] = [];
  for (const sentence of sentencesOf(mentions)) {
    const belongings = belongingsIn(scene, sentence, told);
    const isOwnWork = OWN_VOICE.test(scene.document.text.slice(sentence.span.start, sentence.span.end));
    for (const [mention, belonging] of belongings) result.set(mention.id, belonging);
    for (const belonging of belongings.values()) told.push({ block: sentence.block, end: sentence.span.end, belonging, isOwnWork });
  }
  return result;
}

/** What a figure of an earlier sentence belonged to. */
interface Told {
  readonly block: number;
  readonly end: number;
  readonly belonging: Belonging;
  /** Whether the authors speak of themselves in the sentence. */
  readonly isOwnWork: boolean;
}

type Given = { readonly span: Mention["span"]; readonly block: number; readonly mentions: readonly Mention[] };

function belongingsIn(scene: Scene, given: Given, told: readonly Told[]): ReadonlyMap<Mention, Belonging> {
  const { document, cast } = scene;
  const usable = cast.referentsIn(given.span);
  const isOthers = given.mentions.every((mention) => mention.role === "other");
  const referents = usable.length === 0 && isOthers ? cast.comparedIn(given.span) : usable;
  const sentence: Sentence = { ...given, referents, main: cast.main };
  const named = sentenceSubjects(document.text, sentence);
  const result = new Map<Mention, Belonging>();
  for (const mention of given.mentions) {
    // A size is of the model that it is the size of, whatever else the sentence is about.
    const name = (mention.kind === "parameters" ? cast.namedAt(mention.span, mention.sentence) : null) ?? named.get(mention);
    result.set(mention, name === undefined ? fromBefore(scene, given, mention, told) : { name, tie: "sentence", isTotal: false });
  }
  return result;
}

/** The model spoken of before: in the paragraph, in the one this paragraph goes on from, in a heading, in the title. */
function fromBefore(scene: Scene, given: Given, mention: Mention, told: readonly Told[]): Belonging {
  const { document, cast, order } = scene;
  const text = document.text.slice(given.span.start, given.span.end);
  const isOwnVoice = mention.role === "own" && cast.main !== null && OWN_VOICE.test(text);
  const accept = (belonging: Belonging & { readonly isOwnWork?: boolean }): boolean => {
    const { name } = belonging;
    if (name === null) return false;
    const isOthers = isOwnVoice && cast.main !== null && name.family !== "" && name.family !== cast.main.family;
    return !isOthers || (belonging.isOwnWork === true && !cast.isOthers(name));
  };
  const inBlock = spokenOf(scene, given.block, given.span.start, told);
  if (inBlock !== null && accept(inBlock)) return inBlock;
  const previous = order.previousProse(given.block);
  const block = document.blocks[given.block];
  if (
    previous !== null &&
    block !== undefined &&
    (GOES_ON.test(document.text.slice(block.span.start, block.span.end)) || endsOpen(document, previous))
  ) {
    const before = spokenOf(scene, previous, block.span.start, told);
    if (before !== null && accept(before)) return before;
  }
  const lead = leadSubject(scene, given, told);
  if (lead !== null && accept(lead)) return lead;
  const heading = headingSubject(scene, given);
  if (heading !== null && accept(heading)) return heading;
  const section = sectionSubject(scene, given, told);
  if (section !== null && accept(section)) return section;
  if (cast.main !== null && mention.role !== "other") return { name: cast.main, tie: "document", isTotal: false };
  return { name: null, tie: "none", isTotal: false };
}

/** The one model that the words before a list name: "Before Heron came (2018):". */
function leadSubject(scene: Scene, given: Given, told: readonly Told[]): Spoken | null {
  const { document, cast, order } = scene;
  const list = order.listOf(given.block);
  const lead = list === null ? null : order.previousProse(list);
  const span = lead === null ? undefined : document.blocks[lead]?.span;
  if (lead === null || span === undefined || !endsOpen(document, lead)) return null;
  return distinct(cast.referentsIn(span)).length === 1 ? spokenOf(scene, lead, span.end, told) : null;
}

/**
 * The one model that a heading above names.
 *
 * A paragraph that does not come back to it closes the topic: what follows hangs on the heading by the section only.
 */
function headingSubject(scene: Scene, given: Given): Spoken | null {
  const { document, cast, order } = scene;
  for (const heading of order.headingsOf(given.block)) {
    const span = document.blocks[heading]?.span;
    const named = span === undefined || heading === 0 ? [] : outsideBrackets(document, distinct(cast.referentsIn(span)), span);
    const only = named.length === 1 ? named[0] : undefined;
    if (only === undefined) continue;
    const between = document.blocks.slice(heading + 1, given.block).filter((block) => block.kind === "paragraph");
    const isOpen = between.every((block) => cast.referentsIn(block.span).some((referent) => referent.name.family === only.name.family));
    // Where the heading is no more than the name, "we" speak of what we did with it.
    const isOwnWork = span !== undefined && only.span.end - only.span.start >= MOSTLY * (span.end - span.start);
    return { name: only.name, tie: isOpen ? "heading" : "section", isTotal: false, isOwnWork };
  }
  return null;
}

/** The part of a heading that a name must be for the section to be about it. */
const MOSTLY = 0.6;

/** The referents of a heading, but for those in brackets behind another: "7B models (Wren 7B, Lark 7B)". */
function outsideBrackets(document: Document, referents: readonly Referent[], heading: Span): readonly Referent[] {
  const free = referents.filter(({ span }) => !/\([^()]*$/.test(document.text.slice(heading.start, span.start)));
  return free.length === 0 ? referents : free;
}

/** A model spoken of before, and whether the authors spoke of their own work on it: "let us train the GPT-2 architecture". */
type Spoken = Belonging & { readonly isOwnWork: boolean };

/** The model that the text before `end` in a block last spoke of. */
function spokenOf(scene: Scene, block: number, end: number, told: readonly Told[]): Spoken | null {
  const { document, cast } = scene;
  const start = document.blocks[block]?.span.start;
  if (start === undefined) return null;
  const lastTold = lastOf(told, block, (entry) => entry.end <= end && isExplicit(entry.belonging.tie));
  const from = lastTold?.end ?? start;
  const sentences = document.text.slice(from, end).split(SENTENCE_END);
  let offset = end;
  for (const sentence of sentences.reverse()) {
    offset -= sentence.length;
    const named = cast.referentsIn({ start: Math.max(from, offset), end: offset + sentence.length });
    const first = named[0];
    if (first !== undefined) return { name: first.name, tie: "paragraph", isTotal: false, isOwnWork: OWN_VOICE.test(sentence) };
  }
  if (lastTold === undefined) return null;
  return { ...lastTold.belonging, tie: "paragraph", isOwnWork: lastTold.isOwnWork };
}

/** The last that was told in a block; what is told comes block by block. */
function lastOf(told: readonly Told[], block: number, fits: (entry: Told) => boolean): Told | undefined {
  for (let index = told.length - 1; index >= 0; index -= 1) {
    const entry = told[index];
    if (entry === undefined || entry.block < block) return undefined;
    if (entry.block === block && fits(entry)) return entry;
  }
  return undefined;
}

/**
 * The one model that the figures of this section were attached to so far; in a document about several models, the one that the
 * paragraphs just before spoke of.
 */
function sectionSubject(scene: Scene, given: Given, told: readonly Told[]): Belonging | null {
  const { order, cast } = scene;
  const section = order.sectionOf(given.block);
  const only = section > 0 ? onlyTold(told, (block) => order.sectionOf(block) === section) : null;
  if (only !== null) return { ...only, tie: "section" };
  if (cast.main !== null) return null;
  let block: number | null = given.block;
  for (let steps = 0; steps < MOST_PARAGRAPHS_BACK; steps += 1) {
    const end: number | undefined = scene.document.blocks[block]?.span.start;
    block = order.previousProse(block);
    if (block === null || end === undefined) return null;
    const before = spokenOf(scene, block, end, told);
    if (before !== null) return { ...before, tie: "section" };
  }
  return null;
}

/** The last belonging of a section whose figures all are of one model; null where they are of several, or of none. */
function onlyTold(told: readonly Told[], isHere: (block: number) => boolean): Belonging | null {
  let last: Belonging | null = null;
  for (let index = told.length - 1; index >= 0; index -= 1) {
    const entry = told[index];
    if (entry === undefined || !isHere(entry.block)) break;
    const { belonging } = entry;
    if (!isExplicit(belonging.tie) || belonging.name === null) continue;
    if (last?.name != null && keyOf(last.name) !== keyOf(belonging.name)) return null;
    last ??= belonging;
  }
  return last;
}

/** How many paragraphs back an article without a model of its own may have named the one it still speaks of. */
const MOST_PARAGRAPHS_BACK = 3;

function isExplicit(tie: SubjectTie): boolean {
  return tie === "cell" || tie === "sentence" || tie === "paragraph";
}

function distinct(referents: readonly Referent[]): readonly Referent[] {
  const seen = new Set<string>();
  return referents.filter((referent) => !seen.has(keyOf(referent.name)) && seen.add(keyOf(referent.name)));
}

function endsOpen(document: Document, block: number): boolean {
  const span = document.blocks[block]?.span;
  return span !== undefined && /[:：,]$/.test(document.text.slice(span.start, span.end));
}

const SENTENCE_END = /(?<=[.!?])\s+(?=[\p{Lu}“"(])|(?<=。)/u;

/** A paragraph that speaks on about what was before it. Matches "This took", "It also"; not "Item". */
const GOES_ON =
  /^(?:this|that|these|it|its|they|each|the (?:run|training|same|whole|entire|total|resulting)|in total|overall|altogether)\b/i;

const OWN_VOICE = /\b(?:we|our|ours|us)\b/i;
