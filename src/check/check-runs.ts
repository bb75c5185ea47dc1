/**
 * Runs in, findings out: every stated figure that an equation of the catalog gives is compared with what the other figures of its run
 * work out to, under every reading.
 *
 * The checker never sees text, only mentions and their spans. It says what does not agree, and never which figure is wrong.
 */

import { type Bound, NOTHING_BOUND } from "../model/bound.ts";
import type { Catalog } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import {
  type Cause,
  type Checked,
  type Finding,
  type FindingId,
  isPassed,
  LEAST_CONFIDENCE,
  type Step,
  type Withheld,
} from "../model/finding.ts";
import { append, smallest } from "../model/many.ts";
import type { MentionId } from "../model/mention.ts";
import type { Figure, NonEmpty, Quantity } from "../model/quantity.ts";
import type { CheckOptions } from "../model/report.ts";
import type { Linked, Run } from "../model/run.ts";
import { operandsIn } from "../model/written-value.ts";
import { isForAttention } from "./attention.ts";
import { isBelievable } from "./believable.ts";
import { checkArithmetic } from "./check-arithmetic.ts";
import { checkBounds } from "./check-bounds.ts";
import { checkChanges } from "./check-changes.ts";
import { checkColumns } from "./check-columns.ts";
import { checkConversions } from "./check-conversions.ts";
import { checkDegrees } from "./check-degrees.ts";
import { checkPeaks, withSparsePeaks } from "./check-peaks.ts";
import { checkPeriods } from "./check-periods.ts";
import { checkPhases } from "./check-phases.ts";
import { checkPlausible } from "./check-plausible.ts";
import { checkPrefix } from "./check-prefix.ts";
import { checkPrint } from "./check-print.ts";
import { checkRatios } from "./check-ratios.ts";
import { checkRestated } from "./check-restated.ts";
import { checkRowPrefix } from "./check-row-prefix.ts";
import { checkShapes } from "./check-shapes.ts";
import { checkShares } from "./check-shares.ts";
import { checkSources } from "./check-sources.ts";
import { checkSpeedups } from "./check-speedups.ts";
import { checkStages } from "./check-stages.ts";
import { checkSums } from "./check-sums.ts";
import { checkTotals } from "./check-totals.ts";
import { type Group, judge, outcomeOf } from "./compare.ts";
import { confidenceIn, sureOfAgreement } from "./confidence.ts";
import { derive, deriveMissing, type Ground, missingSlots } from "./derive.ts";
import { readingOf, slipOf } from "./diagnose.ts";
import { slipOfPen } from "./digit-slips.ts";
import { withEarnedCause } from "./earned-cause.ts";
import { settleStances } from "./energy-stance.ts";
import { type Estimate, figureOf } from "./estimate.ts";
import { groundOf } from "./ground.ts";
import { closestGroup, isAtFace, nearestSlip, nearestSlipOf, restsOnOpenReading } from "./likeliest.ts";
import { isSetApart, remarksOn, restsOnRetracted, withCorrection, withRetraction } from "./remarks.ts";
import { settledRates } from "./settled-rates.ts";
import { isBorrowed, severityOf } from "./severity.ts";
import { numbered, numberedAfter, oneForEachConflict, oneForEachDisagreement, withoutPartsShown } from "./told-findings.ts";
import { atMostNoted } from "./unsourced.ts";
import { fittingCount } from "./usual-counts.ts";
import { asSureAsBound, withBindings } from "./with-bindings.ts";
import { withCause } from "./with-cause.ts";

/** CPU-hours beside GPUs, and hours of cores beside GPUs, which are not counted by theirs, are worked out from none of them. */
function isOfOtherProcessors({ quantities }: Run, { mention }: Quantity): boolean {
  if (mention.noun !== "cpu" && mention.noun !== "core") return false;
  const nouns = quantities.flatMap(({ mention: { kind, noun } }) => (kind === "accelerators" ? [noun] : []));
  return (mention.noun === "cpu" && nouns.some((noun) => noun !== "cpu")) || (mention.noun === "core" && nouns.includes("gpu"));
}

/** What was read with less certainty goes to the review queue. */
const LEAST_READ = 0.7;

/** A reading this likely keeps a claim from being judged by another one. */
const LEAST_OPEN_WEIGHT = 0.1;

export function checkRuns(
  catalog: Catalog,
  document: Document,
  linked: Linked,
  options: CheckOptions,
  bound: Bound = NOTHING_BOUND,
): Checked {
  const operands = operandsIn(
    linked.statements,
    linked.quantities.map(({ mention }) => mention),
  );
  const raw: Finding[] = [
    ...checkArithmetic({ catalog, quantities: linked.quantities, runs: linked.runs }, linked.statements),
    ...checkConversions(linked.statements, linked.quantities, linked.runs),
    ...checkTotals(document, linked.quantities, linked.runs),
    ...checkColumns(document, linked.quantities, linked.runs),
    ...checkShapes(linked.statements, linked.quantities, linked.runs),
    ...checkStages(document, linked.quantities, linked.runs),
    ...checkSpeedups(document, linked.quantities, linked.runs),
    ...checkRatios(linked.statements, linked.quantities, linked.runs),
    ...checkChanges(linked.statements, linked.quantities, linked.runs),
    ...checkRestated(linked),
    ...checkPhases(linked.runs),
    ...checkBounds(
      catalog,
      document,
      linked.runs,
      linked.quantities.filter(({ mention }) => !operands.has(mention.id)),
    ),
    ...checkPlausible(catalog, linked.runs, linked.quantities),
    ...checkPeaks(catalog, linked),
    ...checkDegrees(linked.statements, linked.quantities, linked.runs),
    ...checkPeriods(linked.statements, linked.quantities, linked.runs),
    ...checkShares(document, linked.quantities, linked.runs),
    ...checkSums(document, linked.quantities, linked.runs),
    ...checkPrefix(document, linked.quantities, linked.runs),
    ...checkRowPrefix(document, linked.quantities, linked.runs),
    ...checkPrint(linked.quantities, linked.runs),
  ];
  const results = new Set(catalog.equations.filter((equation) => equation.status !== "retired").map((equation) => equation.result));
  const settled = new Set<string>(raw.filter((finding) => finding.rule !== "identity/restated").map((finding) => finding.claim));
  const withheld: Withheld[] = [];
  const rates = settledRates(linked.quantities);
  for (const run of linked.runs) {
    const ground = groundOf(catalog, document, run, options, rates);
    append(raw, unanswered(ground));
    for (const quantity of run.quantities) {
      const slots = new Set(quantity.readings.map((reading) => reading.slot).filter((slot) => results.has(slot)));
      if (slots.size === 0 || operands.has(quantity.mention.id) || run.lent.has(quantity.mention.id)) continue;
      if (isOfOtherProcessors(run, quantity)) continue;
      const found = [...slots].flatMap((slot) => checkClaim(ground, quantity, slot) ?? []);
      const finding = firstSure(found.filter(isPassed)) ?? nearestSlip(found);
      // Under another reading it is a premise, which no equation judges.
      const isOpen = quantity.readings.some((reading) => reading.weight >= LEAST_OPEN_WEIGHT && !results.has(reading.slot));
      if (finding === undefined || (isOpen && !isPassed(finding))) continue;
      if (finding.verdict === "unverifiable" && settled.has(quantity.mention.id)) continue;
      if (leastConfidence(linked, finding) < LEAST_READ) withheld.push({ finding, because: "low-confidence" });
      else raw.push(finding);
    }
  }
  const settledStances = settleStances(linked, raw, (run, quantity, slot, without) =>
    checkClaim(groundOf(catalog, document, run, options, rates), quantity, slot, without),
  );
  const judged = withBindings(catalog, oneForEachConflict(linked, oneForEachDisagreement(settledStances)), bound);
  const counted = judged.filter((finding) => !isForAttention(linked, finding) && !restsOnRetracted(linked, finding));
  const told = withSparsePeaks(catalog, linked, withoutPartsShown(counted, operands));
  const explained = told.map((finding) =>
    withRetraction(linked, atMostNoted(withCorrection(linked, asSureAsBound(withCause(catalog, linked, finding), bound)))),
  );
  const isUnclear = (finding: Finding): boolean => isTooFarApart(finding) || isSetApart(linked, finding);
  const [apart, kept] = [true, false].map((isApart) => explained.filter((finding) => isUnclear(finding) === isApart));
  const earned = (kept ?? []).map((finding) => withEarnedCause(catalog, linked, finding));
  const [unsure, sure] = [true, false].map((isUnsure) =>
    withConfidence(linked, earned).filter((finding) => isDoubted(finding) === isUnsure),
  );
  const findings = numbered(sure ?? []);
  const unclear = (apart ?? []).map((finding): Withheld => ({ finding, because: "unclear-run" }));
  const doubted = (unsure ?? []).map((finding): Withheld => ({ finding, because: "low-confidence" }));
  const confidence = confidenceIn(linked);
  const doubtful = [...withheld, ...unclear, ...doubted].map(({ finding, because }) => ({
    finding: { ...finding, confidence: Math.min(confidence(finding), MOST_DOUBTFUL) },
    because,
  }));
  return { findings, withheld: numberedAfter(findings, doubtful), coverage: coverageOf(findings) };
}

/** What is withheld is less sure than anything that is told. */
const MOST_DOUBTFUL = LEAST_CONFIDENCE.note - 0.01;

/** Of disagreements less sure than this, most were none on texts with known verdicts. */
const LEAST_DOUBT = 0.35;

function isDoubted({ verdict, confidence }: Finding): boolean {
  return verdict === "inconsistent" && confidence < LEAST_DOUBT;
}

function withConfidence(linked: Linked, findings: readonly Finding[]): readonly Finding[] {
  const confidence = confidenceIn(linked);
  return findings.map((finding) => {
    const weakest = Math.min(finding.confidence, confidence(finding));
    return { ...finding, confidence: finding.verdict === "consistent" ? sureOfAgreement(weakest) : weakest };
  });
}

/** Figures of one run that are further apart than any slip are of two things: what they are is for a person to see. */
const MOST_APART = 1000;

function isTooFarApart(finding: Finding): boolean {
  if (finding.verdict !== "inconsistent" || finding.cause !== null) return false;
  return Math.max(finding.ratio, 1 / finding.ratio) > MOST_APART;
}

/** Of findings that pass under several readings of one figure, the first that was tested by something that is not merely usual. */
function firstSure(found: readonly Finding[]): Finding | undefined {
  const isUsual = ({ steps }: Finding): boolean => steps.some((step) => step.kind === "look-up" && step.fact.nature === "default");
  const sure = found.filter((finding) => !isUsual(finding));
  return sure.find(({ verdict }) => verdict === "consistent") ?? sure[0] ?? found[0];
}

/** An article, and its figures together with those of its sources. */
export interface WithSources {
  readonly document: Document;
  /** The article by itself. */
  readonly article: Linked;
  /** Figures of the article and of its sources, and the runs that are told in both. */
  readonly linked: Linked;
  readonly own: ReadonlySet<MentionId>;
}

/** The findings on an article by itself, and those that only its sources make possible. */
export function checkAgainst(catalog: Catalog, { document, article, linked, own }: WithSources, options: CheckOptions): Checked {
  const alone = checkRuns(catalog, document, article, options);
  const known = new Set(alone.findings.filter((finding) => finding.verdict !== "unverifiable").map((finding) => finding.claim));
  const raw: Finding[] = [...checkSources(linked.runs, own)];
  const rates = settledRates(linked.quantities);
  for (const run of linked.runs) {
    const ground = groundOf(catalog, document, run, options, rates, (mention) => !own.has(mention.id));
    for (const quantity of run.quantities.filter(({ mention }) => own.has(mention.id) && !known.has(mention.id))) {
      const slots = new Set(quantity.readings.map((reading) => reading.slot));
      const found = [...slots].flatMap((slot) => checkClaim(ground, quantity, slot) ?? []);
      append(
        raw,
        found.filter((finding) => finding.verdict !== "unverifiable" && finding.premises.some((premise) => !own.has(premise))),
      );
    }
  }
  const told = oneForEachConflict(linked, oneForEachDisagreement(raw)).map((finding) => atMostNoted(withCause(catalog, linked, finding)));
  const settled = new Set(told.map((finding) => finding.claim));
  const kept = alone.findings.filter((finding) => finding.verdict !== "unverifiable" || !settled.has(finding.claim));
  const earned = told.map((finding) => withEarnedCause(catalog, linked, finding));
  const findings = numbered([...kept, ...withConfidence(linked, earned)]);
  return { findings, withheld: alone.withheld, coverage: coverageOf(findings) };
}

function coverageOf(findings: readonly Finding[]): Checked["coverage"] {
  // A figure that is only told again was not worked out.
  const worked = findings.filter((finding) => finding.verdict !== "unverifiable" && finding.rule !== "identity/restated");
  const judged = new Set(worked.flatMap(({ verdict, claim }) => (verdict === "untested" ? [] : [claim])));
  const untested = new Set(worked.map(({ claim }) => claim).filter((claim) => !judged.has(claim)));
  const unresolved = findings.filter(({ verdict, claim }) => verdict === "unverifiable" && !judged.has(claim) && !untested.has(claim));
  const open = new Set(unresolved.map(({ claim }) => claim));
  return {
    claims: judged.size + untested.size + open.size,
    ...{ checked: judged.size, untested: untested.size, unverifiable: open.size },
  };
}

/** The finding on one claim under the readings that put it in `slot`; null where there is nothing to say. `without` is an equation left out. */
function checkClaim(ground: Ground, quantity: Quantity, slot: string, without: string | null = null): Finding | null {
  const readings = quantity.readings.filter((reading) => reading.slot === slot && reading.width.face !== 0);
  // Nothing is worked out to be nothing: "0 t, market-based" says how it is accounted for.
  if (readings.length === 0) return null;
  const derived = derive(ground, quantity, slot).filter((estimate) => estimate.equations.every((equation) => equation.id !== without));
  // What is told to hold the PUE was worked out with it, where it is there to be worked out with.
  const isTold = quantity.mention.qualifiers.includes("with-pue");
  const ofPue = isTold ? derived.filter(({ premises }) => premises.some(({ mention }) => mention.kind === "pue")) : [];
  const estimates = ofPue.length > 0 ? ofPue : derived;
  const judged = judge(quantity.mention, readings, estimates);
  // What is usual says nothing where what is stated says something.
  const stated = judged.filter(({ leading }) => leading.estimate.facts.every((fact) => fact.nature !== "default"));
  // What only confirms says nothing where it does not fit.
  const groups = (stated.length > 0 ? stated : judged).filter(
    ({ verdict, leading }) => verdict !== "inconsistent" || !leading.estimate.equations.some((equation) => equation.confirmsOnly),
  );
  if (groups.length === 0 && judged.length > 0) return null;
  const explains = (group: Group): boolean => isExplained(ground, quantity, group);
  const ofLine = groups.filter((candidate) => isOfOneLine(quantity, candidate));
  const consistent = groups.filter((candidate) => candidate.verdict === "consistent");
  const group =
    (ofLine.some((candidate) => candidate.verdict === "consistent")
      ? undefined
      : nearestSlipOf(
          ofLine.filter((candidate) => candidate.verdict === "inconsistent"),
          explains,
        )) ??
    closestGroup(consistent.filter(({ leading }) => leading.strength !== null)) ??
    closestGroup(consistent) ??
    groups.find((candidate) => candidate.verdict === "depends") ??
    nearestSlipOf(groups, explains);
  if (group === undefined) return unverifiable(ground, quantity, slot);
  if (group.verdict === "inconsistent" && restsOnOpenReading(judged, group, ground.settled)) return null;
  return conclude(ground, quantity, group);
}

/** Whether a known slip or one wrong digit makes the figures of a group agree. */
function isExplained(ground: Ground, quantity: Quantity, group: Group): boolean {
  const cause = causeOf(ground, group);
  if (cause?.certainty === "named" && isAtFace(group.leading.ratio, cause)) return true;
  const finding = conclude(ground, quantity, group);
  return finding?.verdict === "inconsistent" && slipOfPen(finding, ground.run.quantities)?.certainty === "named";
}

/** One row of a table by itself: no other figure of the document can make up for what does not agree there. */
function isOfOneLine({ mention }: Quantity, { leading: { estimate } }: Group): boolean {
  const { cell } = mention;
  const isExactEnough =
    estimate.equations.length === 1 && estimate.facts.every((fact) => fact.nature === "definition") && !isEstimate(estimate);
  return (
    cell !== null &&
    isExactEnough &&
    estimate.premises.every(({ mention: { cell: other } }) => other !== null && other.table === cell.table && other.row === cell.row)
  );
}

function conclude(ground: Ground, quantity: Quantity, group: Group): Finding | null {
  const { leading } = group;
  const stated = leading.reading.printed;
  const recomputed = figureOf(leading.estimate.width, leading.estimate.baseUnit);
  const printedFactor = leading.reading.width.face / stated.value;
  const shown: Figure = {
    value: recomputed.value / printedFactor,
    low: recomputed.low / printedFactor,
    high: recomputed.high / printedFactor,
    unit: stated.unit,
  };
  const compareStep: Step = { kind: "compare", stated, recomputed: shown, ratio: leading.ratio, claim: quantity.mention.id };
  const [first, ...rest] = group.comparisons;
  const common = {
    ...about(ground, quantity, stated),
    rule: leading.estimate.equations.at(-1)?.id ?? "stated",
    premises: leading.estimate.premises.map((premise) => premise.mention.id),
    steps: [...leading.estimate.steps, compareStep],
    recomputed: shown,
    ratio: leading.ratio,
    outcomes: [outcomeOf(first), ...rest.map(outcomeOf)] as NonEmpty<ReturnType<typeof outcomeOf>>,
    power: leading.power,
    remarks: remarksOn(group),
  };
  if (group.verdict === "consistent" && leading.isOdd && !isEstimate(leading.estimate))
    return { ...common, severity: "note", verdict: "inconsistent", cause: null };
  if (group.verdict === "consistent") return { ...common, severity: "note", cause: null, ...passedBy(leading) };
  const severity = severityOf(ground, quantity, group);
  const cause = causeOf(ground, group);
  // What another run states may be of another thing, whatever factor lies between them.
  if (group.verdict === "inconsistent" && isBorrowed(ground.run, leading.estimate, quantity.mention)) return null;
  // What only estimates cannot make anything of what does not fit it, unless the slip is a known one.
  if (cause === null && isEstimate(leading.estimate) && group.verdict === "inconsistent") return null;
  return { ...common, severity, verdict: group.verdict, cause };
}

/** What a test of this strength says of a claim that it lets pass. */
function passedBy({ strength }: Group["leading"]) {
  return strength === null ? ({ verdict: "untested" } as const) : ({ verdict: "consistent", strength } as const);
}

/** Where an equation only estimates, an unlikely slip explains nothing. */
const LEAST_PRIOR_OF_ESTIMATE = 0.5;

function isEstimate(estimate: Estimate): boolean {
  return estimate.equations.some((equation) => equation.severityCap === "note");
}

/** A known factor, with the reading under which the figures agree; or that reading alone. */
function causeOf(ground: Ground, group: Group): Cause | null {
  const { estimate, ratio, reading: stated } = group.leading;
  const reading = readingOf(group.comparisons, group.leading);
  const premises = estimate.premises.flatMap((premise) => premise.readings);
  const slip = slipOf(
    ground.catalog,
    {
      ratio,
      reach: {
        low: stated.width.generous.low / (estimate.width.generous.high * estimate.slack.high),
        high: stated.width.generous.high / (estimate.width.generous.low * estimate.slack.low),
      },
      rounding: {
        low: stated.width.strict.low / estimate.width.strict.high,
        high: stated.width.strict.high / estimate.width.strict.low,
      },
      slots: new Set(estimate.equations.flatMap((equation) => [equation.result, ...equation.terms.map((term) => term.slot)])),
      units: new Set([stated, ...premises].map(({ printed }) => printed.unit)),
      hardware: new Set(premises.flatMap((premise) => premise.hardware ?? [])),
      run: ground.run,
    },
    isEstimate(estimate) ? LEAST_PRIOR_OF_ESTIMATE : 0,
  );
  if (slip === null || reading === null) return slip ?? reading;
  return { ...slip, certainty: "named", fits: reading.fits };
}

function unverifiable(ground: Ground, quantity: Quantity, slot: string): Finding | null {
  const lacking = missingSlots(ground, quantity, slot);
  if (lacking === null || quantity.mention.role === "hypothetical" || quantity.mention.confidence < LEAST_READ) return null;
  const [only, ...others] = [...new Set(lacking.missing)];
  if (only === undefined) return null;
  const solvedEstimates = others.length === 0 ? deriveMissing(ground, quantity, only).filter(isBelievable) : [];
  // Hours of devices are mostly told by themselves: only where a premise stands beside them is the other one missed.
  if (slot === "accelerator_hours" && solvedEstimates.length === 0) return null;
  const best = [...solvedEstimates].sort((left, right) => left.equations.length - right.equations.length || right.weight - left.weight)[0];
  const fits = best === undefined ? null : fittingCount(ground.catalog, best, quantity, only);
  return {
    ...about(ground, quantity, quantity.readings[0].printed),
    rule: lacking.equation.id,
    premises: best?.premises.map((premise) => premise.mention.id).filter((id) => id !== quantity.mention.id) ?? [],
    steps: best?.steps ?? [],
    severity: "note",
    verdict: "unverifiable",
    missing: [
      {
        slot: only,
        unit: ground.baseUnit(only),
        needed: best?.width.face ?? null,
        solved: fits?.solved ?? (best === undefined ? null : figureOf(best.width, best.baseUnit)),
        fits: fits?.fits ?? null,
      },
      ...others.map((other) => ({ slot: other, unit: ground.baseUnit(other), needed: null, solved: null, fits: null })),
    ],
  };
}

/** What a run leaves open though it states all but one of the premises: a rate per hour without the hours. */
function unanswered(ground: Ground): readonly Finding[] {
  const { run, catalog } = ground;
  const results = new Set(catalog.equations.map((equation) => equation.result));
  const bySlot = (slot: string): Quantity | undefined => run.quantities.find((quantity) => quantity.readings[0].slot === slot);
  return catalog.equations.flatMap((equation): readonly Finding[] => {
    const [first, second] = equation.terms;
    if (!equation.asks || first === undefined || second === undefined || equation.terms.length > 2 || bySlot(equation.result) !== undefined)
      return [];
    const [known, missing] = bySlot(first.slot) === undefined ? [second, first] : [first, second];
    const quantity = bySlot(known.slot);
    const isMoneySlot = (id: string): boolean => catalog.slots.some((slot) => slot.id === id && slot.dimension.startsWith("money"));
    const isMoney = isMoneySlot(missing.slot);
    if (quantity === undefined || bySlot(missing.slot) !== undefined || !results.has(known.slot) || isMoney || !isMoneySlot(known.slot))
      return [];
    const stated = quantity.readings[0].printed;
    return [
      {
        ...about(ground, quantity, stated),
        rule: equation.id,
        premises: [],
        steps: [],
        severity: "note",
        verdict: "unverifiable",
        missing: [{ slot: missing.slot, unit: ground.baseUnit(missing.slot), needed: null, solved: null, fits: null }],
      },
    ];
  });
}

function about(ground: Ground, quantity: Quantity, stated: Figure) {
  return {
    id: "" as FindingId,
    claim: quantity.mention.id,
    subject: ground.run.subject,
    run: ground.run.id,
    stated,
    speaker: quantity.mention.speaker,
    correctedBy: null,
    confidence: 1,
    remarks: [],
  } as const;
}

const CONFIDENCES = new WeakMap<Linked, ReadonlyMap<string, number>>();

function leastConfidence(linked: Linked, finding: Finding): number {
  let known = CONFIDENCES.get(linked);
  if (known === undefined) {
    known = new Map(linked.quantities.map(({ mention }) => [mention.id, mention.confidence]));
    CONFIDENCES.set(linked, known);
  }
  return smallest(
    [finding.claim, ...finding.premises].map((id) => known.get(id) ?? 1),
    1,
  );
}
