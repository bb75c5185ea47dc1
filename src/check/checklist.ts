/** Which facts of each training run are stated, can be worked out, or are missing: what authors and reviewers go through before print. */
import type { Catalog } from "../model/catalog.ts";
import { CHECKLIST_FACTS, type ChecklistFact, type ChecklistItem, type RunChecklist } from "../model/checklist.ts";
import type { Document } from "../model/document.ts";
import type { Quantity } from "../model/quantity.ts";
import { foldedSubject, type Linked, type Run } from "../model/run.ts";
import type { Span } from "../model/span.ts";
import { deriveFact } from "./derive.ts";
import type { Estimate } from "./estimate.ts";
import { figureOf } from "./estimate.ts";
import { groundOf } from "./ground.ts";
import { peakFacts } from "./peak-facts.ts";
import { faceOf } from "./working.ts";

/** The slots that hold a fact. The accelerator and the precision are words, not figures. */
const SLOTS: Readonly<Partial<Record<ChecklistFact, readonly string[]>>> = {
  count: ["accelerators"],
  "wall-time": ["wall_time", "summed_time"],
  "accelerator-hours": ["accelerator_hours"],
  utilization: ["mfu", "mfu_per_recomputation"],
  tokens: ["tokens", "samples"],
  parameters: ["parameters"],
  energy: ["energy"],
  pue: ["pue"],
  "carbon-intensity": ["carbon_intensity"],
  price: ["price", "cost_rate"],
};

/** Stages that are no training. */
const NOT_TRAINING: ReadonlySet<string> = new Set(["inference", "profile", "data"]);

/** `precision` is where the document names the number format of training; null where it does not. */
export function checklistOf(catalog: Catalog, document: Document, linked: Linked, precision: Span | null): readonly RunChecklist[] {
  const own = Map.groupBy(linked.runs.filter(isOwn), (run) => foldedSubject(run.subject));
  // Of one name all that is told is of one training; what has no name is only together where it stands together.
  const bySubject = [...own].flatMap(([key, runs]): [string, readonly Run[]][] => {
    const trained = key === "" ? runs.filter((run) => isTraining([run])) : isTraining(runs) ? runs : [];
    return trained.length === 0 ? [] : [[key, trained]];
  });
  return bySubject.map(([key, runs]): RunChecklist => {
    const told = key === "" ? [] : linked.runs.filter((run) => foldedSubject(run.subject) === key && !runs.includes(run));
    // The run that tells the most is the one that the others are parts of.
    const fullest = [...runs].sort((left, right) => slotsOf(right).size - slotsOf(left).size);
    const items = CHECKLIST_FACTS.map((fact) => itemOf(catalog, document, linked, { runs: fullest, told }, fact, precision));
    return { subject: runs.find((run) => run.subject !== null)?.subject ?? null, items };
  });
}

/** What a run itself says of how it was trained. */
function slotsOf(run: Run): ReadonlySet<string> {
  const own = run.quantities.filter(({ mention }) => !run.lent.has(mention.id) && mention.per === null && mention.role === "own");
  return new Set(own.map(({ readings }) => readings[0].slot));
}

/** The runs of one subject: those that train, the fullest first, and what else is told of it. */
interface Told {
  readonly runs: readonly Run[];
  readonly told: readonly Run[];
}

/** A run of the authors' own, and no use of what was trained. */
function isOwn(run: Run): boolean {
  const own = run.quantities.filter(({ mention }) => !run.lent.has(mention.id));
  return own.every(({ mention }) => !NOT_TRAINING.has(mention.stage ?? "")) && own.some(({ mention }) => mention.role === "own");
}

/** Whether runs of one name say what it ran on or how long. */
function isTraining(runs: readonly Run[]): boolean {
  const slots = new Set(
    runs.flatMap((run) =>
      run.quantities
        .filter(({ mention }) => !run.lent.has(mention.id) && mention.per === null && mention.confidence >= LEAST_CONFIDENCE)
        .map(({ readings }) => readings[0].slot),
    ),
  );
  // A count alone may be of a cluster, a time alone of anything.
  return slots.has("accelerator_hours") || (slots.has("accelerators") && (slots.has("wall_time") || slots.size > 1));
}

const LEAST_CONFIDENCE = 0.85;

/** Nobody trains for three years. */
const MOST_WALL_HOURS = 26_280;

function itemOf(
  catalog: Catalog,
  document: Document,
  linked: Linked,
  { runs, told }: Told,
  fact: ChecklistFact,
  precision: Span | null,
): ChecklistItem {
  if (fact === "precision") return precision === null ? { fact, status: "missing" } : { fact, status: "stated", span: precision };
  const quantities = runs.flatMap((run) => run.quantities);
  if (fact === "accelerator") {
    const named = quantities.find(({ mention }) => mention.hardware !== null && mention.hardware.accelerators.length > 0);
    const known = quantities.find(({ mention }) => linked.attachments.get(mention.id)?.hardware != null);
    const found = named ?? known;
    return found === undefined
      ? { fact, status: "missing" }
      : { fact, status: "stated", span: found.mention.hardware?.span ?? found.mention.span };
  }
  const slots = SLOTS[fact] ?? [];
  const stated = fact === "parameters" ? mostTold([...runs, ...told], slots) : firstTold(runs, fact, slots);
  if (stated === undefined && fact === "parameters") {
    const named = sizeInName(document, runs);
    if (named !== null) return { fact, status: "stated", span: named };
  }
  if (stated !== undefined) return { fact, status: "stated", span: stated.mention.span };
  const worked = runs.flatMap((run) => slots.flatMap((slot) => workedOut(catalog, document, run, slot)));
  const best = [...worked].sort((left, right) => left.equations.length - right.equations.length || right.weight - left.weight)[0];
  if (best === undefined) return { fact, status: "missing" };
  return {
    fact,
    status: "derivable",
    value: figureOf(best.width, best.baseUnit),
    from: best.premises.map((premise) => premise.mention.id),
  };
}

/** "LLaMA-13B" says how large it is. */
function sizeInName(document: Document, runs: readonly Run[]): Span | null {
  const subject = runs.find((run) => /\d[BMT]\b/i.test(run.subject ?? ""))?.subject ?? null;
  const start = subject === null ? -1 : document.text.indexOf(subject);
  return subject === null || start < 0 ? null : { start, end: start + subject.length };
}

/** What the fullest run says; "it runs on a single GPU" is told of many models, so of counts the largest is the one that trained. */
function firstTold(runs: readonly Run[], fact: ChecklistFact, slots: readonly string[]): Quantity | undefined {
  const [first] = runs.map((run) => run.quantities.filter((quantity) => isOf(quantity, slots))).filter((found) => found.length > 0);
  return fact === "count" ? first?.toSorted((left, right) => faceOf(right) - faceOf(left))[0] : first?.[0];
}

/** Of the sizes that are told of one model the one told most often, the first among equals: variants are told once. */
function mostTold(runs: readonly Run[], slots: readonly string[]): Quantity | undefined {
  const own = runs.flatMap((run) =>
    run.quantities.filter((quantity) => isOf(quantity, slots) && !run.lent.has(quantity.mention.id) && quantity.mention.hedge !== "up-to"),
  );
  const groups = [...Map.groupBy(own, faceOf).values()];
  return groups.toSorted((left, right) => right.length - left.length)[0]?.[0];
}

function isOf({ mention, readings }: Quantity, slots: readonly string[]): boolean {
  return (
    mention.per === null && !NOT_TRAINING.has(mention.stage ?? "") && slots.includes(readings[0].slot) && mention.number.form !== "vague"
  );
}

/** Estimates of a slot from what the run states, and the peak of its hardware; nothing else that is looked up counts. */
function workedOut(catalog: Catalog, document: Document, run: Run, slot: string): readonly Estimate[] {
  const ground = {
    ...groundOf(catalog, document, run, { priceDate: null, provider: null, assume: {} }),
    outside: (slot: string) => (slot === "peak_flop_rate" ? peakFacts(catalog, run) : []),
  };
  const [first] = run.quantities;
  if (first === undefined) return [];
  const found = deriveFact(ground, first.mention, slot).filter((estimate) => estimate.premises.length > 0);
  return found.filter((estimate) => slot !== "wall_time" || estimate.width.face <= MOST_WALL_HOURS);
}
