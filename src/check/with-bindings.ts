import type { Bound, BoundOdds } from "../model/bound.ts";
import type { Catalog } from "../model/catalog.ts";
import { atMost, type Finding, figuresOf, isPassed, LEAST_CONFIDENCE, SEVERITIES, type Severity, UNNAMED } from "../model/finding.ts";

/** How sure the binder must be that a claim is wrong for an equation to tell it that gravely: measured on texts with known verdicts. */
const LEAST_DOUBT: Readonly<Record<Severity, number>> = { error: 0.8, warning: 0.4, note: 0 };

/** Figures in line are seen better by the table than by the binder. */
const LEAST_OF_A_TABLE = 0.2;

/** What only a dated fact contradicts by more than this, and by no known slip, is of something else. */
const MOST_BESIDE_FACTS = 5;

/** Two tellings of one quantity, if they are of one. */
const CONVERSIONS: ReadonlySet<string> = new Set([
  "time/conversion",
  "energy/conversion",
  "carbon/conversion",
  "sum/in-prose",
  "ratio/of-two",
]);

/** How sure a binding must be of a claim whose figures are told of another claim already. */
const LEAST_OF_ANOTHER = 0.9;

/** Arithmetic that the text shows needs no binding. */
const SHOWN = "expression/";

/**
 * The findings of bindings, and those of the other checks where bindings tell nothing of the claim or of the same figures.
 *
 * Where both come to the same, the equation tells how; what the binder is sure of says how grave it is. Arithmetic that the text shows,
 * and what no training can have, is told all the same.
 */
export function withBindings({ equations, diagnoses }: Catalog, told: readonly Finding[], { findings, odds }: Bound): readonly Finding[] {
  const ofRuns = new Set(equations.map(({ id }) => id));
  const unitSlips = new Set(diagnoses.map(({ id }) => id));
  const byClaim = new Map(findings.map((finding) => [finding.claim, finding]));
  // What agrees because it is round hides no disagreement of the same figures.
  const sets = new Set(
    findings.filter((finding) => finding.verdict !== "consistent" || Math.abs(finding.ratio - 1) < CLOSE).map(figuresOf),
  );
  const kept = told.flatMap((finding): readonly Finding[] => {
    const other = byClaim.get(finding.claim);
    if (isOfItself(finding)) return other !== undefined && isRightByItself(finding, other, unitSlips) ? [] : [finding];
    const known = odds.get(finding.claim);
    const by = ofRuns.has(finding.rule) ? "equation" : CONVERSIONS.has(finding.rule) ? "conversion" : "other";
    const isOfRun = by !== "other";
    if (other !== undefined) return outdoes(other, finding, by) ? [] : [isOfRun ? asGraveAs(asSureAs(finding, known), other) : finding];
    if (finding.verdict === "consistent") return [finding];
    if (sets.has(figuresOf(finding))) return [];
    if (isOpen(finding)) return [finding];
    if (isOfRun) return [asSureAs(finding, known)];
    return [isTotal(finding) ? inTable(finding, known) : finding];
  });
  const judged = new Set(kept.filter(({ verdict }) => verdict !== "unverifiable").map(({ claim }) => claim));
  const involved = Map.groupBy(kept, figuresOf);
  const against = (finding: Finding): boolean => finding.verdict === "inconsistent" && finding.confidence >= LEAST_AGAINST;
  // Of figures that give each other a second one is told as worked out only where it surely was, and as wrong only where they fit.
  const isNew = (finding: Finding): boolean => {
    const others = involved.get(figuresOf(finding)) ?? [];
    if (others.length === 0 || (finding.verdict === "consistent" && finding.confidence >= LEAST_OF_ANOTHER)) return true;
    // What fits only within its leeway has tested nothing that could speak against it.
    const isOpenToDoubt = others.every((other) => other.verdict === "consistent" && other.strength === "loose");
    return (
      (against(finding) || (finding.verdict === "inconsistent" && isOpenToDoubt)) && others.every(({ verdict }) => verdict === "consistent")
    );
  };
  const added = findings.filter((finding) => !judged.has(finding.claim) && isNew(finding));
  const outdone = new Set(added.filter(({ verdict }) => verdict === "inconsistent").map(figuresOf));
  return [...kept.filter((finding) => finding.verdict !== "consistent" || !outdone.has(figuresOf(finding))), ...added];
}

/** Whether a binding is told instead: not where both come to the same, nor where it is less sure than a warning against what fits. */
function outdoes(bound: Finding, finding: Finding, by: "equation" | "conversion" | "other"): boolean {
  const isEquation = by === "equation";
  // A total is the sum of its lines whatever else it agrees with.
  if (bound.verdict === "consistent" && finding.verdict === "inconsistent")
    return (
      bound.strength !== "loose" &&
      (isEquation || (bound.confidence >= LEAST_CONFIDENCE.warning && !(isTotal(finding) && finding.severity !== "note")))
    );
  if (bound.verdict === "consistent")
    return finding.verdict !== "consistent" || (isEquation && finding.strength === "loose" && Math.abs(bound.ratio - 1) < MEETS);
  // An equation may know a constant that the binder does not.
  // What agrees within its leeway alone has tested less than the binder.
  if (finding.verdict === "consistent" && (finding.strength === "loose" || isPartOf(finding, bound))) return true;
  if (finding.verdict === "consistent") return isEquation ? bound.severity !== "note" : bound.confidence >= LEAST_AGAINST;
  return finding.verdict !== "inconsistent" || (by !== "other" && figuresOf(finding) !== figuresOf(bound));
}

/** What is this near to what is stated was worked out so, where an equation fits only loosely. */
const MEETS = 0.005;

/** What agrees nearer than this was worked out from its figures. */
const CLOSE = 0.05;

/** How sure the binder must be of a disagreement where two tellings of one quantity, or what is no equation, agree. */
const LEAST_AGAINST = 0.8;

/** Arithmetic may be right and its factors of other units: what the binder is sure of is told instead. */
function isRightByItself(finding: Finding, bound: Finding, unitSlips: ReadonlySet<string>): boolean {
  if (finding.verdict !== "consistent" || bound.verdict !== "inconsistent") return false;
  return bound.severity === "error" || (bound.severity === "warning" && bound.cause !== null && unitSlips.has(bound.cause.diagnosis));
}

/** Whether the binder works with all the figures of a finding, and with more, or with counts: what is told beside them has been left out. */
function isPartOf(finding: Finding, bound: Finding): boolean {
  const { premises } = finding;
  const isMore = premises.length < bound.premises.length || (bound.rule === UNNAMED && factorsOf(finding) < factorsOf(bound));
  return isMore && premises.every((id) => bound.premises.includes(id));
}

function factorsOf({ steps }: Finding): number {
  return steps.findLast((step) => step.kind === "compute")?.terms.length ?? 0;
}

function isOfItself({ rule, verdict }: Finding): boolean {
  return rule.startsWith(SHOWN) || verdict === "impossible" || verdict === "malformed";
}

/** What the binder is surer of than the run that the figures came together in: a disagreement that a known slip explains. */
function asGraveAs(finding: Finding, bound: Finding): Finding {
  if (finding.verdict !== "inconsistent" || bound.verdict !== "inconsistent" || finding.cause === null || bound.cause === null)
    return finding;
  if (SEVERITIES.indexOf(bound.severity) >= SEVERITIES.indexOf(finding.severity)) return finding;
  return { ...finding, severity: bound.severity, confidence: Math.max(finding.confidence, bound.confidence) };
}

/** A disagreement of the same figures that nothing explains is no graver than the binding of them has it. */
export function asSureAsBound(finding: Finding, { findings }: Bound): Finding {
  if (finding.verdict !== "inconsistent" || finding.cause !== null || finding.severity !== "error") return finding;
  const other = disagreementsIn(findings).get(figuresOf(finding));
  if (other === undefined || other.severity === "error") return finding;
  return { ...finding, severity: other.severity, confidence: Math.min(finding.confidence, other.confidence) };
}

const DISAGREEMENTS = new WeakMap<readonly Finding[], ReadonlyMap<string, Finding>>();

/** Those that disagree, by their figures; the first of each. */
function disagreementsIn(findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  let found = DISAGREEMENTS.get(findings);
  if (found === undefined) {
    const disagree = findings.filter(({ verdict }) => verdict === "inconsistent");
    found = new Map(disagree.toReversed().map((finding) => [figuresOf(finding), finding]));
    DISAGREEMENTS.set(findings, found);
  }
  return found;
}

/**
 * What an equation tells, no more gravely than the binder is sure of it.
 *
 * That figures came together in a run is one opinion on whether they belong together, and the binder's is another: what is only noted is
 * as sure as the mean of both, or as the binder alone where something else is likelier, and that may be little.
 */
function asSureAs(finding: Finding, known: BoundOdds | undefined): Finding {
  if (restsOnFacts(finding)) {
    const isFar =
      finding.verdict === "inconsistent" && finding.cause === null && Math.abs(Math.log(finding.ratio)) > Math.log(MOST_BESIDE_FACTS);
    return isFar || (known !== undefined && known.agrees > 0.5) ? atMost(finding, "note") : finding;
  }
  if (known === undefined) return finding;
  const isLikelier = known.agrees > known.differs;
  const told = isLikelier ? atMost(finding, "note") : CONVERSIONS.has(finding.rule) ? finding : atMost(finding, gravest(finding, known));
  if (told.verdict !== "inconsistent" || told.severity !== "note") return told;
  const confidence = isLikelier ? known.doubt : Math.sqrt(known.doubt);
  // A factor of devices that is met to the digit is told, however far apart its figures stand.
  return { ...told, confidence: isOfDevices(finding) && !isLikelier ? Math.max(confidence, LEAST_CONFIDENCE.note) : confidence };
}

function isOfDevices(finding: Finding): boolean {
  return finding.verdict === "inconsistent" && finding.cause?.certainty === "named" && OF_DEVICES.has(finding.cause.diagnosis);
}

function gravest(finding: Finding, { doubt }: BoundOdds): Severity {
  // The catalog knows by which factor devices, chips and cores are taken for one another: a price list met to the digit needs less.
  if (isOfDevices(finding) && doubt >= LEAST_OF_DEVICES) return "error";
  return SEVERITIES.find((severity) => doubt >= LEAST_DOUBT[severity]) ?? "note";
}

const OF_DEVICES: ReadonlySet<string> = new Set(["device-for-chip", "core-for-chip", "core-for-device"]);
const LEAST_OF_DEVICES = 0.4;

function isTotal({ rule }: Finding): boolean {
  return rule === "table/total";
}

function inTable(finding: Finding, known: BoundOdds | undefined): Finding {
  // A line that closes the sums of several columns at once is no chance.
  if (finding.verdict === "inconsistent" && finding.cause?.certainty === "named") return finding;
  return known !== undefined && known.differs < LEAST_OF_A_TABLE ? atMost(finding, "note") : finding;
}

/** What was looked up is in no binding. */
function restsOnFacts({ steps }: Finding): boolean {
  return steps.some((step) => step.kind === "look-up" && step.fact.nature !== "definition");
}

function isOpen(finding: Finding): boolean {
  return finding.verdict === "unverifiable" || (isPassed(finding) && finding.verdict !== "consistent");
}
