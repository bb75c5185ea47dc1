/**
 * What kind of figure a number with a unit is, and whether it is one of a training at all: wages, prices of an interface, latencies and
 * ages have units, too; tokens are those of a corpus, of a batch or of a sequence.
 *
 * Each figure that the grammar finds is a question; its answers are the kinds that its unit admits, and none.
 */

import { clausesOf } from "../language/clauses.ts";
import { type Candidate, type Decision, decide } from "../language/decide.ts";
import { hasRole, senseOf, type Token } from "../language/tokens.ts";
import { dimensionOfPhrase, type UnitReader, unitOf } from "../language/unit-phrase.ts";
import { deniedIn } from "../language/voice.ts";
import { weightsOf } from "../model/catalog.ts";
import { headLength } from "../model/head-length.ts";
import { append } from "../model/many.ts";
import type { Span } from "../model/span.ts";
import { type SpanIndex, spanIndexOf } from "../model/span-index.ts";
import { alternativesOf } from "./alternatives.ts";
import type { Figure } from "./figure.ts";
import { arithmeticOf, MOST_FIGURES } from "./figure-arithmetic.ts";
import { foreignNear, namesNear } from "./names-around.ts";
import { PROGRESS } from "./progress-bar.ts";
import { domainFeatures, type FigureScene } from "./scene.ts";
import type { Segment } from "./segments.ts";

/** The answers: the figure as every kind that it may be, and none. */
export function figureCandidates(scene: FigureScene, segment: Segment, figure: Figure): readonly Candidate<Figure | null>[] {
  const common = commonFeatures(scene, segment, figure);
  const hours = hoursBefore(segment, figure);
  const prices = hours === null ? scene.prices : [{ ...figure, below: hours.above }, ...scene.prices];
  const alternatives = alternativesOf(segment.reader.algebra, figure, prices).filter(
    // Hours are those of all devices only where there are devices.
    ({ kind }) => kind.kind !== "accelerator-hours" || kind === figure.kind || scene.hasHardwareNear(segment),
  );
  const beside = besideFeatures(segment, figure);
  const evidence = segment.cell === null ? evidenceFor(scene, segment, figure) : [];
  return [
    ...alternatives.map((value, index) => ({
      value,
      key: value.kind.kind,
      features: [
        ...common,
        ...kindFeatures(scene, segment, figure, value, index === 0),
        ...[...beside, ...common.filter(isOfDomain)].map((feature) => `${value.kind.kind} ${feature}`),
        ...(evidence.includes(dimensionOfPhrase(value)) ? ["arithmetic", `${value.kind.kind} by arithmetic`] : []),
      ],
    })),
    { value: null, key: "none", features: ["none"] },
  ];
}

/** "1,344 node-hours @ EUR 19.20": the hours that a price right behind them is for one of. */
function hoursBefore({ figures }: Segment, { from }: Figure): Figure | null {
  const before = figures[headLength(figures, (other) => other.next <= from) - 1];
  if (before === undefined || before.kind.kind !== "accelerator-hours" || from - before.next > CLOSE) return null;
  return before.above.at(-1)?.id === "hour" ? before : null;
}

/** What kind of figure it is, or none. */
export function askFigure(scene: FigureScene, segment: Segment, figure: Figure): Decision<Figure | null> {
  return decide(weightsOf(scene.catalog, FIGURE), figureCandidates(scene, segment, figure));
}

/** The decision whose weights they are. */
export const FIGURE = "figure";

/** The figure as the kind that it is; null for nothing of a training. In doubt it is what the grammar says, but for what is denied. */
export function judgedFigure(scene: FigureScene, segment: Segment, figure: Figure): Figure | null {
  if (figure.rule === PROGRESS) return figure;
  if (denialOf(scene, segment, figure) === "close") return null;
  const { chosen } = askFigure(scene, segment, figure);
  const judged = chosen === null ? figure : chosen.value;
  return judged?.kind.kind === "ratio" && !segment.isCompared ? null : judged;
}

/** The kinds that the words of a reader name or not, as far as anybody has asked. */
const NAMED = new WeakMap<UnitReader, Map<string, boolean>>();

function isNamedIn(reader: UnitReader, kind: string): boolean {
  const known = NAMED.get(reader) ?? new Map<string, boolean>();
  NAMED.set(reader, known);
  const answer = known.get(kind) ?? reader.tokens.some((token) => senseOf(token, "names", kind) !== null);
  known.set(kind, answer);
  return answer;
}

/** What speaks for one kind: its name near by, its usual size, figures of its kind beside it. */
function kindFeatures(scene: FigureScene, segment: Segment, figure: Figure, value: Figure, isFirst: boolean): readonly string[] {
  const { kind } = value.kind;
  const features = [`kind ${kind}`, isFirst ? `grammar ${figure.rule}` : "not by the grammar"];
  const names = [
    ...namesNear(segment.reader, figure.from, figure.next),
    ...segment.labels.map((name) => ({ name, side: "label", distance: 1 })),
  ];
  const own = names.findIndex(({ name }) => name === kind);
  if (isNamedIn(segment.reader, kind)) features.push(`${kind} named in the sentence`);
  if (own < 0) features.push("not named", `not named ${kind}`);
  else
    features.push(
      `named ${names[own]?.side}`,
      `named ${names[own]?.side} ${Math.min(3, Math.round(names[own]?.distance ?? 3))}`,
      own === 0 ? "named first" : "named after another",
    );
  if (isNamedOf(segment, figure, kind)) features.push("named of");
  append(
    features,
    foreignNear(segment.reader, figure.from, figure.next).map((feature) => `${kind} ${feature}`),
  );
  const peer = peerOf(segment, figure);
  if (peer !== null) features.push(peer.kind.kind === kind ? "beside its kind" : "beside another kind", `${kind} beside ${peer.kind.kind}`);
  // "1,024 sequences (4M tokens)": the same in another unit.
  const open = segment.reader.tokens[figure.from - 1];
  const isAgain = peer?.kind.kind === kind && peer.next === figure.from - 1 && open?.kind === "mark" && open.text === "(";
  if (isAgain && dimensionOfPhrase(peer) !== dimensionOfPhrase(value)) features.push("said again");
  const part = partNear(segment, figure);
  if (part !== null) features.push(`${kind} near ${part}`);
  const size = value.number.value * value.size;
  features.push(`${kind} of ${size <= 0 ? "nothing" : Math.round(Math.log10(size))}`);
  const [unit] = value.above;
  if (unit !== undefined) features.push(`${kind} in ${unit.id}`);
  if (kind === "ratio" || kind === "mfu") features.push(`${kind} of ${comparedIn(segment, figure)}`);
  if (scene.prices.length > 0 && kind === "price" && !isFirst) features.push("prices in the text");
  return features;
}

/** What stands beside a figure, for each kind by itself: the words and marks that touch it, the figures before and behind it. */
function besideFeatures(segment: Segment, figure: Figure): readonly string[] {
  const before = segment.figures[headLength(segment.figures, (other) => other.next <= figure.from) - 1];
  const behind = segment.figures[headLength(segment.figures, (other) => other.from < figure.next)];
  const features = [...neighbours(segment, figure)];
  if (figure.isEach) features.push("each");
  const { tokens } = segment.reader;
  const isOfPasses = [
    ...tokens.slice(Math.max(0, figure.from - REACH), figure.from),
    ...tokens.slice(figure.next, figure.next + CLOSE),
  ].some((token) => hasRole(token, "passes"));
  if (isOfPasses) features.push("near a pass");
  if (before !== undefined) features.push(`behind ${before.kind.kind}`);
  if (behind !== undefined) features.push(`ahead of ${behind.kind.kind}`);
  if (before !== undefined && figure.from - before.next <= CLOSE) features.push(`close behind ${before.kind.kind}`);
  if (behind !== undefined && behind.from - figure.next <= CLOSE) features.push(`close ahead of ${behind.kind.kind}`);
  const last = segment.reader.tokens[figure.next - 1];
  const isOfNumber = segment.reader.tokens[figure.next]?.kind === "number" && last?.kind === "word" && last.text.includes(" of");
  if (isOfNumber) features.push("of a number");
  const joint = tokens[figure.from + 1];
  const isJoined =
    joint?.kind === "mark" && joint.text === "-" && joint.start === tokens[figure.from]?.end && tokens[figure.next]?.kind === "word";
  if (isJoined) features.push(isOfRun(segment.reader, figure.next) ? "joined before a run" : "joined before a word");
  return features;
}

/** "a three-month training run", not "a 10-day forecast". */
function isOfRun(reader: UnitReader, next: number): boolean {
  return reader.tokens.slice(next, next + CLOSE).some((token) => unitOf(reader, token)?.above[0]?.id === "run");
}

/** Tokens between figures that speak of one another: "46% of the 275 TFLOP/s". */
const CLOSE = 3;

/** The dimensions in which products and sums of the figures around meet it. */
function evidenceFor(scene: FigureScene, segment: Segment, figure: Figure): readonly string[] {
  const others = scene
    .around(segment)
    .slice(0, MOST_FIGURES + 1)
    .filter((other) => other !== figure);
  const time = figure.above.length === 1 && figure.above[0]?.dimension === "time" ? (HOURS[figure.above[0].id] ?? 1) : 1;
  return arithmeticOf(figure.number.value * figure.size * time, others).map(({ dimension }) => dimension);
}

const HOURS: Readonly<Record<string, number>> = { day: 24, week: 168 };

/** What the clause and the sentence speak of, which says of each kind something else. */
function isOfDomain(feature: string): boolean {
  return feature.startsWith("clause about") || feature.startsWith("sentence about") || feature === "alone" || feature.startsWith("place ");
}

/**
 * What is compared: a quantity of training ("12% less compute", "3x faster training"), or another thing ("12% more problems"); its own
 * units tell ("20 tokens per parameter").
 */
function comparedIn({ reader }: Segment, figure: Figure): string {
  const of = figure.above[0]?.dimension;
  if (of !== undefined && of !== "share" && of !== "multiple" && figure.below.length > 0) return "units";
  const behind = reader.tokens.slice(figure.next, figure.next + REACH);
  const near = [...reader.tokens.slice(Math.max(0, figure.from - REACH), figure.from), ...behind];
  const isQuantity = near.some((token) => {
    const name = senseOf(token, "names")?.value;
    const dimension = unitOf(reader, token)?.above[0]?.dimension;
    return (name !== undefined && !PURE.has(name)) || dimension === "accelerator" || dimension === "time" || dimension === "energy";
  });
  if (isQuantity) return "a quantity";
  return behind.slice(0, MOST_TO_WORD).some(isOrdinary) ? "a word" : "nothing known";
}

const MOST_TO_WORD = 3;

const PURE: ReadonlySet<string> = new Set(["ratio", "mfu", "pue"]);

/** "a context length of up to 32K tokens": the name of the kind and "of" right before, but for hedges. */
function isNamedOf({ reader: { tokens } }: Segment, figure: Figure, kind: string): boolean {
  let at = figure.from - 1;
  while (at > 1 && hasRole(tokens[at], "hedges")) at -= 1;
  return hasRole(tokens[at], "of") && senseOf(tokens[at - 1], "names", kind) !== null;
}

/** A step, an epoch or a batch that a figure is told beside: "the step went from 18 s", "iterations of 256 images", "a step sees 1M tokens". */
function partNear(segment: Segment, figure: Figure): string | null {
  const { tokens } = segment.reader;
  for (let at = figure.from - 1; at >= Math.max(0, figure.from - 4); at -= 1) {
    const token = tokens[at];
    const atom = unitOf(segment.reader, token)?.above[0];
    if (atom?.dimension === "step" || atom?.dimension === "epoch" || atom?.id === "batch") return atom.dimension;
    if (token?.kind === "mark" || token?.kind === "number") return null;
  }
  return null;
}

/** The figure that stands in a list, a bracket or an equation with another: "1,024 sequences or 4M tokens". */
function peerOf(segment: Segment, figure: Figure): Figure | null {
  const { tokens } = segment.reader;
  const before = segment.figures[headLength(segment.figures, (other) => other.next <= figure.from) - 1];
  const behind = segment.figures[headLength(segment.figures, (other) => other.from < figure.next)];
  const isNear = (from: number, to: number): boolean =>
    to - from <= 2 &&
    tokens
      .slice(from, to)
      .every((token) => token.kind === "mark" || hasRole(token, "and") || hasRole(token, "stops") || hasRole(token, "again"));
  if (before !== undefined && isNear(before.next, figure.from)) return before;
  return behind !== undefined && isNear(figure.next, behind.from) ? behind : null;
}

function commonFeatures(scene: FigureScene, segment: Segment, figure: Figure): readonly string[] {
  const isTable = segment.cell !== null;
  const features = [
    `unit ${figure.above[0]?.id ?? "none"}${figure.below.length > 0 ? " over" : ""}`,
    ...domainFeatures(scene, segment, segment.span.start + figure.start),
  ];
  if (scene.hardware === 0) features.push("no hardware in the text");
  if (denialOf(scene, segment, figure) !== null) features.push("denied");
  const { figures } = companyIn(segment);
  if (figures.ofHardware.size > (figures.ofHardware.has(figure) ? 1 : 0)) features.push("beside hardware");
  if (figures.all.size === (figures.all.has(figure) ? 1 : 0) && !isTable) features.push("alone");
  if (figure.number.value === 1 && figure.number.form === "word") features.push(figure.from <= 1 ? "one at the start" : "one");
  for (const atom of figure.below) features.push(`per ${atom.id}`);
  if (figure.per !== null) features.push(`for ${figure.per}`);
  if (figure.product !== null) features.push("product");
  append(features, neighbours(segment, figure));
  return features;
}

/** What a segment holds beside any of its figures. */
interface Company {
  readonly figures: { readonly all: ReadonlySet<Figure>; readonly ofHardware: ReadonlySet<Figure> };
  /** Where an hour of something is told, the first two places. */
  readonly hours: readonly number[];
}

const COMPANY = new WeakMap<Segment, Company>();

function companyIn(segment: Segment): Company {
  const known = COMPANY.get(segment);
  if (known !== undefined) return known;
  const { figures, reader } = segment;
  const { tokens } = reader;
  const hours: number[] = [];
  for (let at = 0; at < tokens.length && hours.length < 2; at += 1) {
    const before = tokens[at - 1];
    if (!(hasRole(before, "per") || before?.kind === "product" || hasRole(before, "units"))) continue;
    const token = tokens[at];
    if (token !== undefined && unitOf(reader, token)?.above[0]?.id === "hour") hours.push(at);
  }
  const ofHardware = figures.filter(({ kind: { kind } }) => kind === "accelerators" || kind === "nodes" || kind === "accelerator-hours");
  const company = { figures: { all: new Set(figures), ofHardware: new Set(ofHardware) }, hours };
  COMPANY.set(segment, company);
  return company;
}

/** What the sentence of a segment denies, found once for all of its figures. */
const DENIED = new WeakMap<Segment, SpanIndex<{ readonly span: Span }>>();

/** Whether the sentence says that it was not so: right before the figure, or somewhere in its clause. */
function denialOf({ cues, text }: FigureScene, segment: Segment, { start, end }: Figure): "close" | "far" | null {
  if (segment.cell !== null || !cues.has("denied", segment.sentence)) return null;
  const [from, to] = [segment.span.start + start, segment.span.start + end];
  let index = DENIED.get(segment);
  if (index === undefined) {
    const spans = clausesOf(text, segment.sentence, cues).flatMap((clause) => deniedIn(text, clause, cues));
    index = spanIndexOf(spans.map((span) => ({ span })));
    DENIED.set(segment, index);
  }
  const denied = index
    .overlapping({ start: from, end: to })
    .map(({ span }) => span)
    .filter((span) => span.start <= from && to <= span.end);
  if (denied.length === 0) return null;
  return denied.some((span) => from - span.start <= CLOSE_DENIAL) ? "close" : "far";
}

/** "did not use 512": what is denied nearer than this is not so, whatever else is said. Units: code units. */
const CLOSE_DENIAL = 20;

/** What stands right before and behind: "per 1M tokens", "48 hours notice", "960 hours of speech", "$8 buys an hour". */
function neighbours(segment: Segment, figure: Figure): readonly string[] {
  const { tokens } = segment.reader;
  const [before, after] = [tokens[figure.from - 1], tokens[figure.next]];
  const features: string[] = [];
  if (before?.kind === "mark") features.push(`after mark ${before.text}`);
  else if (hasRole(before, "per") && !hasRole(before, "articles") && !hasRole(before, "definite"))
    features.push("after per", `after per ${figure.above[0]?.dimension ?? ""}`);
  else if (isSmall(before)) features.push(`after ${before.text.toLowerCase()}`);
  if (isOrdinary(after)) features.push("before a word");
  if (hasRole(after, "of") && isOrdinary(tokens[figure.next + 1])) features.push("before of a word");
  else if (after?.kind === "word" && isSmall(after)) features.push(`before ${after.text.toLowerCase()}`);
  if (after?.kind === "mark") features.push(`before mark ${after.text}`);
  if (figure.from === 0) features.push("first");
  append(features, foreignNear(segment.reader, figure.from, figure.next));
  if (companyIn(segment).hours.some((at) => at !== figure.next - 1)) features.push("an hour of something in the sentence");
  return features;
}

/** How many tokens beside a figure are looked at. */
const REACH = 8;

function isOrdinary(token: Token | undefined): boolean {
  return token?.kind === "word" && token.senses.length === 0;
}

function isSmall(token: Token | undefined): token is Extract<Token, { kind: "word" }> {
  const isGrammar = hasRole(token, "stops") || hasRole(token, "again") || hasRole(token, "definite") || hasRole(token, "articles");
  return token?.kind === "word" && isGrammar;
}
