/**
 * Mentions in, models out: the names of a document, and whose figure each figure is, with what ties it to its model.
 */

import { type Decision, decide, type Scored } from "../language/decide.ts";
import { type Catalog, weightsOf } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import type { Mention, MentionId, SubjectName } from "../model/mention.ts";
import { parametersOf, parseModelName, variantName } from "../model/model-name.ts";
import type { ModelTie, SubjectTie } from "../model/run.ts";
import type { Span } from "../model/span.ts";
import type { Entity } from "./entity.ts";
import { modelCandidates } from "./model-candidates.ts";
import { type ModelScene, type ModelScenes, modelScenesOf } from "./model-scene.ts";
import { DOUBTFUL } from "./sure.ts";
import { beginsWithDigit, tokensOf } from "./terms.ts";

/** What the figures of a document are of. */
export interface AttachedModels {
  /** Names of models and runs, in reading order, not overlapping. */
  readonly names: readonly SubjectName[];
  /** The model of each figure, as printed; null for none. */
  readonly subjects: ReadonlyMap<MentionId, string | null>;
  readonly ties: ReadonlyMap<MentionId, ModelTie>;
  /** Decides on one figure, be it again. */
  readonly ask: (mention: Mention) => Decision<Entity | null>;
}

/** Attaches a model or none to each figure, each by one decision. */
export function attachModels(catalog: Catalog, document: Document, mentions: readonly Mention[]): AttachedModels {
  const scenes = modelScenesOf(catalog, document, mentions);
  const weights = weightsOf(catalog, MODEL);
  const ask = (mention: Mention): Decision<Entity | null> => {
    const scene = scenes.of(mention);
    const decision = decide(weights, modelCandidates(scene, mention));
    return decision.chosen === null ? { ...decision, chosen: mainOfEven(scene, decision.ranked) } : decision;
  };
  const subjects = new Map<MentionId, string | null>();
  const ties = new Map<MentionId, ModelTie>();
  for (const mention of mentions) {
    const { chosen } = ask(mention);
    const scene = scenes.of(mention);
    subjects.set(mention.id, chosen?.value == null ? null : fullName(scene, mention, chosen.value));
    ties.set(mention.id, { tie: tieOf(chosen), ...lineOf(scene, mention) });
  }
  return { names: namesOf(scenes), subjects, ties, ask };
}

/** Of answers that nothing tells apart the model that the document is about. */
function mainOfEven({ main }: ModelScene, ranked: readonly Scored<Entity | null>[]): Scored<Entity | null> | null {
  const even = ranked.filter(({ score }) => score === ranked[0]?.score);
  return even.find(({ value }) => value !== null && value === main?.entity) ?? null;
}

/** The decision whose weights they are. */
export const MODEL = "subject";

/** A bare size or variant with the family that the table names or the document is about: "7B" of "Wren". */
function fullName(scene: ModelScene, { cell }: Mention, { text, size }: Entity): string {
  const name = parseModelName(text);
  const variant = size !== "" ? size : name.family === "" ? name.variant : "";
  const isNumbered = NUMBERED.test(text);
  if (variant === "" && !isNumbered) return text;
  const caption = cell === null ? null : (scene.document.tables[cell.table]?.caption ?? null);
  const about = [
    ...(caption === null ? [] : scene.within(caption).map(({ entity }) => entity)),
    ...scene.titled,
    ...(scene.main?.isOwn === true ? [scene.main.entity] : []),
  ];
  if (isNumbered) {
    const likely = scene.possible.filter(({ score, features }) => score > 0 || features.includes("block:heading"));
    const whole = [...about, ...likely].find(
      ({ text: name, score, isReference }) => score > DOUBTFUL && !isReference && name !== text && !NUMBERED.test(name),
    );
    return whole === undefined ? text : `${whole.text} ${text}`;
  }
  const family = about.find(
    (entity) => entity.score > 0 && parseModelName(entity.key).family !== "" && mayHaveMember(scene, entity, variant),
  );
  const parsed = family === undefined ? null : parseModelName(family.text);
  const members = scene.possible.filter((entity) => entity.score > 0 && isMember(entity, variant));
  const [only] = members;
  if (parsed === null && only !== undefined && members.length === 1) return only.text;
  return parsed === null || parsed.variant !== ""
    ? text
    : variantName(parsed, parametersOf(variant) === null ? variant : variant.toUpperCase()).text;
}

/** A version or the number of a run, which says nothing without the name of what it is of: "v0.2", "r03". */
const NUMBERED = /^(?:v?\d+(?:\.\d+)+|\p{Ll}{1,2}-?\d{1,3})$/u;

/** Whether a name may be that of a family with a member of some size: "GPT-3 (175B)" told of one size alone is no family of 1T. */
function mayHaveMember(scene: ModelScene, entity: Entity, variant: string): boolean {
  const size = parametersOf(`x${variant}`);
  if (size === null || !beginsWithDigit(entity.text.slice(-1))) return true;
  const told = sizesBeside(scene, entity);
  return told.size !== 1 || told.has(size);
}

const SIZES = new WeakMap<Entity, ReadonlySet<number>>();

/** The sizes that are told right beside a name; each name is looked at once. */
function sizesBeside({ document, mentions, names }: ModelScene, entity: Entity): ReadonlySet<number> {
  const known = SIZES.get(entity);
  if (known !== undefined) return known;
  const isBeside = (span: Span): boolean =>
    entity.occurrences.some(({ span: name }) => {
      const [from, to] = name.end <= span.start ? [name.end, span.start] : [span.end, name.start];
      if (to - from >= BESIDE) return false;
      return tokensOf(document.text, { start: from, end: to }).every(({ text }) => text.length < LONGER || names.words.is(text, "kind"));
    });
  const sizes = new Set(mentions.filter(({ kind, span }) => kind === "parameters" && isBeside(span)).map(({ value }) => value));
  SIZES.set(entity, sizes);
  return sizes;
}

/** A name and its own size have no more between them than short words that join: "GPT-3 model with", "(". */
const BESIDE = 20;
const LONGER = 5;

function isMember({ text }: Entity, variant: string): boolean {
  const name = parseModelName(text);
  return name.family !== "" && name.variant === variant;
}

/** The strongest of what ties a figure to its model. */
function tieOf(chosen: Scored<Entity | null> | null): SubjectTie {
  if (chosen === null || chosen.value === null) return "none";
  const found = TIES.find(([feature]) => chosen.features.includes(feature));
  return found?.[1] ?? "document";
}

/** Features by the tie that they are, strongest first. */
const TIES: readonly (readonly [string, SubjectTie])[] = [
  ["line", "cell"],
  ["line:within", "cell"],
  ["sentence", "sentence"],
  ["item:head", "sentence"],
  ["block", "paragraph"],
  ["lead", "paragraph"],
  ["caption", "heading"],
  ["heading:nearest", "heading"],
  ["previous", "section"],
  ["heading", "section"],
  ["earlier", "section"],
];

/** What the label of a figure's row says of the row: that it sums others, that it is cited. */
function lineOf(scene: ModelScene, { cell }: Mention): Pick<ModelTie, "isTotal" | "isCited"> {
  const labels = cell === null ? undefined : scene.names.labels.get(cell.table);
  if (cell === null || labels === undefined) return { isTotal: false, isCited: false };
  const row = labels.ofRow(cell.row, cell.column);
  // "Measured average power" names a quantity of each model, no mean over models.
  const isTotal = row.some(({ text }) => {
    const words = tokensOf(text, { start: 0, end: text.length });
    const isSum = words.some(({ text: word }, index) => index < 2 && scene.names.words.is(word, "total"));
    return isSum && !words.some(({ text: word }) => scene.names.words.is(word, "quantity"));
  });
  const isOurs = row.some(({ features }) => features.includes("ours"));
  return { isTotal, isCited: !isOurs && row.some(({ features }) => features.includes("cited")) };
}

function namesOf({ possible, document }: ModelScenes): readonly SubjectName[] {
  const names = possible
    .filter(({ score }) => score > 0)
    .flatMap((entity) =>
      entity.occurrences
        .filter(({ kind }) => kind === "name" || kind === "label")
        .map(
          ({ span, kind }): SubjectName => ({
            span,
            text: document.text.slice(span.start, span.end),
            evidence:
              kind === "label"
                ? "row-label"
                : entity.features.includes("known")
                  ? "catalog"
                  : ["title", "titled", "titled:whole", "titled:head"].some((feature) => entity.features.includes(feature))
                    ? "title"
                    : "pattern",
          }),
        ),
    )
    .sort((left, right) => left.span.start - right.span.start || right.span.end - left.span.end);
  let end = -1;
  return names.filter(({ span }) => {
    if (span.start < end) return false;
    end = span.end;
    return true;
  });
}
