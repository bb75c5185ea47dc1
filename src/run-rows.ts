import { smallest } from "./model/many.ts";
import { foldedSubject } from "./model/run.ts";
import { RUN_COLUMNS, type RunColumn, type RunRow, type RunValue } from "./model/run-row.ts";
import type { WireDocument, WireFinding, WireMention } from "./report/wire.ts";

/** Read with more doubt, a figure belongs to no table; what has a unit of its own in a head is hardly a score. */
const LEAST_CONFIDENCE = 0.9;
const LEAST_OF_UNITS = 0.8;
/** A size makes no row, so that it is believed sooner, too. */
const OF_UNITS: ReadonlySet<string> = new Set(["accelerator-hours", "energy", "carbon", "parameters"]);

/** What is no training of the model: a table of trainings has none of it. */
const OTHER_STAGES: ReadonlySet<string> = new Set(["inference", "profile", "data", "search"]);

/** What a run spends or is trained with; one of them makes a row, a size or a length does not. */
const SPENT: ReadonlySet<string> = new Set([
  ...["Hardware quantity", "Training time (hours)", "Training chip-hours", "Training cost", "Energy (kWh)", "Carbon (kg CO2e)"],
  ...["Training compute (FLOP)", "Training dataset size (total)"],
]);

/** Of these a single bare number, as tables have them, makes no row: a score or a number of heads is easily taken for one. */
const OFTEN_ELSE: ReadonlySet<string> = new Set([
  ...["Training time (hours)", "Training compute (FLOP)", "Training dataset size (total)", "Carbon (kg CO2e)"],
]);

/** A run without a name, or with one of ordinary words ("baseline", "big models"), is believed to be one where two of these stand together. */
const LEAST_OF_UNNAMED = 2;

/**
 * The training runs of a document, one for each name, in the order in which they are told of first.
 *
 * Shape: a run has at least one of hardware, time, cost, energy, carbon, compute and tokens, stated or worked out from what is stated.
 */
export function runRows(document: WireDocument): readonly RunRow[] {
  const estimates = estimatesIn(document);
  const believed = document.mentions.filter(
    ({ id, kind, role, confidence, source, stage, per }) =>
      (role !== "hypothetical" || estimates.has(id)) &&
      confidence >= (OF_UNITS.has(kind) ? LEAST_OF_UNITS : LEAST_CONFIDENCE) &&
      source === null &&
      per === null &&
      !OTHER_STAGES.has(stage ?? ""),
  );
  const own = believed.map((mention) => (mention.role === "hypothetical" ? { ...mention, role: "own" as const } : mention));
  const told = withSubjects(withRetold(own), document.findings);
  const unnamed = new Map(
    document.runs.flatMap(({ id, subject, mentions }) => (subject === null ? mentions.map((mention) => [mention, id]) : [])),
  );
  const groups = Map.groupBy(told, ({ id, subject }) => (subject === null ? (unnamed.get(id) ?? "") : foldedSubject(subject)));
  groups.delete("");
  return [...groups.values()].flatMap((mentions) => rowOf(document, mentions) ?? []);
}

/** What "would have" been spent, and works out from what the document states as its own, or from other such figures: an estimate of what was done. */
function estimatesIn({ mentions, findings }: WireDocument): ReadonlySet<string> {
  const own = new Set(mentions.flatMap(({ id, role }) => (role === "own" ? [id] : [])));
  let kept = findings.flatMap(({ claim, verdict, steps }) => {
    const premises = [...new Set(steps.flatMap(({ from }) => from))].filter((id) => id !== claim);
    return verdict === "consistent" && premises.some((id) => own.has(id)) ? [{ claim, premises }] : [];
  });
  for (let before = kept.length + 1; kept.length < before; ) {
    before = kept.length;
    const claims = new Set(kept.map(({ claim }) => claim));
    kept = kept.filter(({ premises }) => premises.every((id) => own.has(id) || claims.has(id)));
  }
  return new Set(kept.map(({ claim }) => claim));
}

/** What a price, a power or a PUE is told for is often named nowhere near it: it is that of the one run whose figures are worked out by it. */
function withSubjects(mentions: readonly WireMention[], findings: readonly WireFinding[]): readonly WireMention[] {
  const byId = new Map(mentions.map((mention) => [mention.id, mention]));
  const users = Map.groupBy(
    findings.flatMap(({ claim, verdict, steps }) => {
      const subject = byId.get(claim)?.subject ?? null;
      return subject === null || verdict !== "consistent" ? [] : steps.flatMap(({ from }) => from.map((premise) => ({ premise, subject })));
    }),
    ({ premise }) => premise,
  );
  return mentions.map((mention) => {
    const [first, ...others] = mention.subject === null && OF_HARDWARE.has(mention.kind) ? (users.get(mention.id) ?? []) : [];
    const isOne = others.every(({ subject }) => foldedSubject(subject) === foldedSubject(first?.subject ?? null));
    return first === undefined || !isOne ? mention : { ...mention, subject: first.subject };
  });
}

/** What is told of hardware and places, and holds for whatever ran there. */
const OF_HARDWARE: ReadonlySet<string> = new Set(["price", "power", "pue", "carbon-intensity"]);

/** What people tell again of a run, in a summary or a caption, without its name. */
const RETOLD: ReadonlySet<string> = new Set(["wall-time", "accelerator-hours", "cost", "energy", "carbon", "flop"]);

/** The figures of a sentence that names no model are those of the one run that is told with the same time, cost, energy or compute elsewhere. */
function withRetold(mentions: readonly WireMention[]): readonly WireMention[] {
  const named = mentions.filter(({ role, subject, quote }) => role === "own" && subject !== null && namesSome(quote, subject));
  const byFigure = Map.groupBy(
    named.filter(({ kind }) => RETOLD.has(kind)),
    figureKey,
  );
  return [...Map.groupBy(mentions, ({ page, line, quote }) => `${page} ${line} ${quote}`).values()].flatMap((sentence) => {
    if (sentence.some(({ role, subject, quote }) => role !== "own" || isRow(quote) || (subject !== null && namesSome(quote, subject))))
      return sentence;
    const same = sentence.flatMap((mention) => (RETOLD.has(mention.kind) ? (byFigure.get(figureKey(mention)) ?? []) : []));
    const [first] = same;
    const isOne = new Set(same.map(({ subject }) => foldedSubject(subject))).size === 1;
    return first === undefined || !isOne ? sentence : sentence.map((mention) => ({ ...mention, subject: first.subject }));
  });
}

function figureKey({ kind, readings }: WireMention): string {
  const base = readings[0]?.base;
  return `${kind} ${base?.value.toPrecision(6)} ${base?.unit}`;
}

/** Whether a sentence names a model, be it by one word of its name: "the big models" of "Transformer big". */
function namesSome(quote: string, subject: string): boolean {
  const words = new Set(wordsOf(quote));
  return wordsOf(subject).some((word) => words.has(word));
}

/** "a 10B model" for LLaMA-10B. What others are said to do with it is done with none of the models of the page that it is named after. */
function isNamedInPart(quote: string, subject: string): boolean {
  const words = new Set(wordsOf(quote));
  return namesSome(quote, subject) && !wordsOf(subject).every((word) => words.has(word));
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function rowOf(document: WireDocument, mentions: readonly WireMention[]): RunRow | null {
  const [first] = mentions;
  if (first === undefined) return null;
  const findings = Map.groupBy(document.findings, ({ claim }) => claim);
  const wholeFirst = partsLast(mentions, document.findings);
  const stated = new Map(RUN_COLUMNS.flatMap((column) => statedIn(column, wholeFirst, findings)));
  const values = workedOut(stated);
  const spent = [...stated].filter(([name]) => SPENT.has(name));
  const isSpending = spent.length > 0;
  if (!isSpending || spent.length < (isName(first.subject) ? 1 : LEAST_OF_UNNAMED)) return null;
  const hardware = hardwareOf(mentions);
  if (spent.every((each) => isDoubtful(each, hardware, stated))) return null;
  const counted = Map.groupBy(
    mentions.flatMap(({ id }) => findings.get(id) ?? []),
    ({ verdict }) => verdict,
  );
  const role = [...values.values()].some(({ role: whose }) => whose === "own") ? "own" : "other";
  if (role === "other" && mentions.every(({ subject, quote }) => subject !== null && !isRow(quote) && isNamedInPart(quote, subject)))
    return null;
  return {
    model: first.subject,
    ...{ organization: role === "own" ? joined(document.organizations) : null, authors: joined(document.authors) },
    ...{ date: document.date, document: document.source, title: document.title, sha256: document.sha256 },
    hardware,
    role,
    verdicts: [...counted].map(([verdict, same]) => `${verdict} ${same.length}`).join(", "),
    confidence: smallest([...values.values()].map(({ confidence }) => confidence)),
    values: new Map(RUN_COLUMNS.flatMap(({ name }) => (values.has(name) ? [[name, values.get(name) as RunValue]] : []))),
  };
}

/** What a total of the same kind sums up is only a part of what was spent, and stands behind it. */
function partsLast(mentions: readonly WireMention[], findings: readonly WireFinding[]): readonly WireMention[] {
  const byId = new Map(mentions.map((mention) => [mention.id, mention]));
  const parts = findings.flatMap(({ claim, verdict, steps }): readonly string[] => {
    const total = byId.get(claim);
    const summed = [...new Set(steps.flatMap(({ from }) => from))].filter((id) => id !== claim);
    const isSum = summed.every((id) => {
      const part = byId.get(id);
      return part !== undefined && part.kind === total?.kind && baseOf(part) < baseOf(total);
    });
    return verdict === "consistent" && summed.length > 1 && isSum ? summed : [];
  });
  const summed = new Set(parts);
  return [...mentions.filter(({ id }) => !summed.has(id)), ...mentions.filter(({ id }) => summed.has(id))];
}

function baseOf({ readings }: WireMention): number {
  return readings[0]?.base.value ?? Number.NaN;
}

/** Names have a capital or a digit. */
function isName(subject: string | null): boolean {
  return subject !== null && /[\p{Lu}\d]/u.test(subject);
}

function joined(names: readonly string[] | undefined): string | null {
  return names === undefined || names.length === 0 ? null : names.join(", ");
}

/** Whether a thing that a run would have spent may be of something else: a bare number, a machine that it runs on, a time of whatever kind. */
function isDoubtful(
  [name, { value, text, quote }]: readonly [string, RunValue],
  hardware: string | null,
  stated: ReadonlyMap<string, RunValue>,
): boolean {
  const isOnly = stated.size === 1;
  // "9B | TPUv4 | 4096": the count stands beside what is counted; on one device models are tried out.
  if (name === "Hardware quantity") {
    const product = hardware?.split(/[\s(-]/)[0] ?? "";
    // On machines things are stored, sent and measured as well: that something was trained, the sentence says, or the steps in its row.
    const isTrained = quote === null || (isRow(quote) ? stated.has("Steps") || stated.has("Epochs") : TRAINED.test(quote));
    if (!isTrained && [...stated.keys()].every((told) => told === name || !SPENT.has(told))) return true;
    return product === "" || (isOnly && (value === 1 || quote === null || !quote.includes(product)));
  }
  if (name === "Training time (hours)" && ((hardware === null && isOnly) || LETTER.test(text ?? ""))) return true;
  // In a sentence something of training is said; a table says it in its head.
  if (OF_ANYTHING.has(name) && quote !== null && !isRow(quote) && !OF_TRAINING.test(quote)) return true;
  return OFTEN_ELSE.has(name) && isBare(text ?? "");
}

/** Whether a quotation is the line of a table. */
function isRow(quote: string): boolean {
  return quote.includes(" | ");
}

/** "4 d", "300-d": a letter may be anything. */
const LETTER = /^[\d.]+[\s-]?[a-z]$/i;

/** What people spend on everything. */
const OF_ANYTHING: ReadonlySet<string> = new Set(["Training time (hours)", "Training cost", "Energy (kWh)", "Carbon (kg CO2e)"]);

/** A sentence on training, or on what it takes. */
const OF_TRAINING =
  /train|tun(?:e|ing)|learn|\bruns?\b|[GTCN]PU|chip|accelerator|comput|cluster|cloud|hardware|emit|emission|CO[2₂]|carbon|energy|epoch|\bsteps?\b|token|FLOP|cost|训练|训|学習|학습|entraîn|entrena|addestra|обуч/i;

/** What is trained or tuned. */
const TRAINED = /train|tun(?:e|ing)|训练|学習|학습|entraîn|entrena|addestra|обуч/i;

/** "2 t", "1 pound": what is not said to be carbon may weigh anything. */
const MERE_MASS = /^[^\p{L}]*(?:t|tons?|tonnes?|kg|g|lbs?|pounds?|kilograms?|grams?)\.?$/iu;
const OF_CARBON = /CO[2₂]|carbon|emi(?:t|ss)|footprint|greenhouse|GHG|climate|排放|碳|émis|Emission/i;

/** The product that a count or hours of the run name themselves; else the one that most of its figures are of. */
function hardwareOf(mentions: readonly WireMention[]): string | null {
  const named = mentions.flatMap(({ hardware, text }) => (hardware !== null && text.includes(hardware) ? [hardware] : []));
  const names = named.length > 0 ? named : mentions.flatMap(({ hardware }) => hardware ?? []);
  const counts = [...Map.groupBy(names, (name) => name)].map(([name, same]) => ({ name, count: same.length }));
  return counts.toSorted((left, right) => right.count - left.count)[0]?.name ?? null;
}

/** Whole trainings first: what is told of a stage is only a part. */
const STAGES: readonly (string | null)[] = [null, "all", "pretrain"];

function statedIn(
  column: RunColumn,
  mentions: readonly WireMention[],
  findings: ReadonlyMap<string, readonly WireFinding[]>,
): readonly (readonly [string, RunValue])[] {
  const fitting = mentions.filter((mention) => {
    const [reading] = mention.readings;
    if (!column.kinds.includes(mention.kind) || reading === undefined || !column.base.test(reading.base.unit)) return false;
    const value = reading.base.value * column.size;
    const isOfSize = value >= column.low && value <= column.high && (column.isWhole !== true || Math.abs(value - Math.round(value)) < 1e-6);
    const isTold =
      !(mention.kind === "carbon" && MERE_MASS.test(mention.text) && !isRow(mention.quote) && !OF_CARBON.test(mention.quote)) &&
      !CITATION.test(mention.text) &&
      !(column.needsUnit === true && isBare(mention.text));
    const isActive = mention.qualifiers?.includes("activated") ?? false;
    return isOfSize && isTold && (column.isActive ?? isActive) === isActive;
  });
  const rank = ({ role, stage, hedge }: WireMention): number =>
    (role === "own" ? 0 : 4) + (STAGES.includes(stage) ? 0 : 2) + (hedge === null ? 0 : 1);
  const [best] = fitting.toSorted((left, right) => rank(left) - rank(right));
  const base = best?.readings[0]?.base;
  if (best === undefined || base === undefined) return [];
  const judged = findings.get(best.id) ?? [];
  const gravest = judged.toSorted((left, right) => VERDICTS.indexOf(left.verdict) - VERDICTS.indexOf(right.verdict))[0];
  const others = fitting.filter((mention) => mention.readings[0]?.base.value !== base.value).map(({ text }) => text);
  const value: RunValue = {
    value: base.value * column.size,
    unit: column.size === 1 ? base.unit : base.unit.replace("kW", "W"),
    ...{ text: best.text, page: best.page, line: best.line, quote: best.quote, origin: "stated" },
    role: best.role === "own" ? "own" : "other",
    verdict: gravest?.verdict ?? null,
    confidence: best.confidence,
    also: [...new Set(others)],
  };
  return [[column.name, value]];
}

/** "2024d" is a citation, and "34d" are days. */
const CITATION = /^(?:19|20)\d\d[a-z]$/;

/** "69.2", "62B": a number without any unit. */
function isBare(text: string): boolean {
  return /^[\d.,\s]+[kKMBT]?$/.test(text);
}

/** The most severe first. */
const VERDICTS: readonly string[] = ["impossible", "malformed", "inconsistent", "depends", "consistent", "untested", "unverifiable"];

/** What follows from what is stated: the rule, its result, and what is multiplied or divided by. */
export interface RunWorking {
  readonly rule: string;
  readonly result: string;
  readonly times: readonly string[];
  readonly by: readonly string[];
  readonly constant: number;
}

const [COUNT, TIME, HOURS, PRICE, COST] = [
  "Hardware quantity",
  "Training time (hours)",
  "Training chip-hours",
  "Price per chip-hour",
  "Training cost",
];
const [POWER, PUE, ENERGY, INTENSITY, CARBON] = [
  "Power of one chip (W)",
  "PUE",
  "Energy (kWh)",
  "Carbon intensity (kg/kWh)",
  "Carbon (kg CO2e)",
];
const [SIZE, ACTIVE, TOKENS, FLOP] = ["Parameters", "Active parameters", "Training dataset size (total)", "Training compute (FLOP)"];

/** In this order, each on what is stated or was worked out before it. */
export const RUN_WORKINGS: readonly RunWorking[] = [
  { rule: "accelerator-hours/product", result: HOURS, times: [COUNT, TIME], by: [], constant: 1 },
  { rule: "accelerator-hours/product", result: TIME, times: [HOURS], by: [COUNT], constant: 1 },
  { rule: "work/sequences", result: TOKENS, times: ["Steps", "Batch size", "Sequence length"], by: [], constant: 1 },
  { rule: "compute/six-n-d", result: FLOP, times: [ACTIVE, TOKENS], by: [], constant: 6 },
  { rule: "compute/six-n-d", result: FLOP, times: [SIZE, TOKENS], by: [], constant: 6 },
  { rule: "money/hours-cost", result: COST, times: [HOURS, PRICE], by: [], constant: 1 },
  { rule: "energy/hours", result: ENERGY, times: [HOURS, POWER, PUE], by: [], constant: 1 / 1000 },
  { rule: "carbon/energy", result: CARBON, times: [ENERGY, INTENSITY], by: [], constant: 1 },
] as const;

function workedOut(stated: ReadonlyMap<string, RunValue>): ReadonlyMap<string, RunValue> {
  const values = new Map(stated);
  for (const { rule, result, times, by, constant } of RUN_WORKINGS) {
    const inputs = [...times, ...by].map((name) => values.get(name));
    const all = inputs.filter((input) => input !== undefined);
    // A batch in tokens has its sequences in it; other currencies and other devices are not mixed.
    const isMixed = result === TOKENS && values.get("Batch size")?.unit === "token";
    if (values.has(result) || all.length < inputs.length || isMixed) continue;
    const product = times.reduce((value, name) => value * (values.get(name)?.value ?? Number.NaN), constant);
    const value = by.reduce((rest, name) => rest / (values.get(name)?.value ?? Number.NaN), product);
    if (!Number.isFinite(value)) continue;
    values.set(result, {
      value,
      unit: unitOf(result, all),
      ...{ text: null, page: null, line: null, quote: null, origin: `worked out by ${rule}`, verdict: null, also: [] },
      role: all.every(({ role }) => role === "own") ? "own" : "other",
      confidence: smallest(all.map(({ confidence }) => confidence)),
    });
  }
  return values;
}

function unitOf(result: string, inputs: readonly RunValue[]): string {
  const [first, second] = inputs;
  if (result === HOURS) return `${first?.unit ?? "accelerator"}-hour`;
  if (result === COST) return second?.unit.split("/")[0] ?? "USD";
  return (
    {
      [TIME as string]: "hour",
      [TOKENS as string]: "token",
      [FLOP as string]: "flop",
      [ENERGY as string]: "kWh",
      [CARBON as string]: "kg",
    }[result] ?? ""
  );
}
