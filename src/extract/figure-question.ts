/**
 * Whether a number with a unit is a figure of a training at all: wages, prices of an interface, latencies and ages have units, too.
 *
 * Each figure that the grammar finds is a question with two answers; the words around it are the features.
 */
import { type Candidate, decide } from "../attach/decide.ts";
import type { Catalog, CueKind } from "../model/catalog.ts";
import { weightsOf } from "../model/catalog.ts";
import type { Span } from "../model/span.ts";
import { clausesOf } from "../language/clauses.ts";
import type { CueIndex } from "../language/cues.ts";
import { hasRole, type Token } from "../language/tokens.ts";
import type { Figure } from "./figure.ts";
import type { Segment } from "./segments.ts";

/** What a figure is asked with. */
export interface FigureScene {
  readonly catalog: Catalog;
  /** Cues of the whole text, and that text. */
  readonly cues: CueIndex;
  readonly text: string;
  readonly blocks: readonly { readonly span: Span }[];
  /** How many counts of hardware, and sums of their hours, the document has. */
  readonly hardware: number;
}

export const DOMAINS: readonly CueKind[] = [
  "about-training",
  "about-serving",
  "about-api",
  "about-people",
  "about-data",
  "about-evaluation",
  "about-purchase",
  "about-storage",
];

/** The two answers. */
export function figureCandidates(scene: FigureScene, segment: Segment, figure: Figure): readonly Candidate<boolean>[] {
  return [
    { value: true, key: "figure", features: featuresOf(scene, segment, figure) },
    { value: false, key: "none", features: ["none"] },
  ];
}

/** Whether it is a figure; in doubt it is. */
export function isFigure(scene: FigureScene, segment: Segment, figure: Figure): boolean {
  const { chosen } = decide(weightsOf(scene.catalog, "figure"), figureCandidates(scene, segment, figure));
  return chosen === null || chosen.value;
}

function featuresOf({ cues, text, blocks, hardware }: FigureScene, segment: Segment, figure: Figure): readonly string[] {
  const { kind } = figure.kind;
  const at = segment.span.start + figure.start;
  const clauses = segment.place === "cell" || segment.place === "label" ? [segment.sentence] : clausesOf(text, segment.sentence, cues);
  const clause = clauses.find((span) => span.start <= at && at < span.end) ?? segment.sentence;
  const block = blocks[segment.block]?.span ?? segment.sentence;
  const features = [`kind ${kind}`, `unit ${figure.above[0]?.id ?? "none"}`, `rule ${figure.rule}`, `place ${segment.place}`];
  for (const domain of DOMAINS) {
    const where = cues.has(domain, clause) ? "clause" : cues.has(domain, segment.sentence) ? "sentence" : cues.has(domain, block) ? "block" : null;
    if (where === null) continue;
    features.push(`${where} ${domain}`, `${domain} ${kind}`);
  }
  if (!cues.has("about-training", { start: 0, end: text.length })) features.push("no training in the text");
  if (hardware === 0) features.push("no hardware in the text");
  const company = segment.figures.filter((other) => other !== figure).map((other) => other.kind.kind);
  if (company.some((other) => other === "accelerators" || other === "nodes" || other === "accelerator-hours")) features.push("beside hardware", `beside hardware ${kind}`);
  if (company.length === 0 && segment.place !== "cell") features.push("alone", `alone ${kind}`);
  if (figure.number.value === 1 && figure.number.form === "word") features.push("one", `one ${kind}`);
  for (const atom of figure.below) features.push(`per ${atom.id}`);
  if (figure.per !== null) features.push(`for ${figure.per}`);
  if (figure.product !== null) features.push("product");
  features.push(...neighbours(segment.reader.tokens, figure));
  return features;
}

/** What stands right before and behind: a number that is divided by ("per 1M tokens"), a thing that the unit only measures ("48 hours notice"). */
function neighbours(tokens: readonly Token[], figure: Figure): readonly string[] {
  const [before, after] = [tokens[figure.from - 1], tokens[figure.next]];
  const features: string[] = [];
  if (before?.kind === "mark") features.push(`after mark ${before.text}`);
  else if (hasRole(before, "per")) features.push("after per");
  if (after?.kind === "word" && after.senses.length === 0) features.push("before a word", `before a word ${figure.kind.kind}`);
  if (after?.kind === "mark" && after.text === "-") features.push("before hyphen");
  if (figure.from === 0) features.push("first");
  return features;
}
