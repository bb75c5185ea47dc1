import { type Finding, type FindingId, isPassed, type Withheld } from "../model/finding.ts";
import type { MentionId, MentionKind } from "../model/mention.ts";
import type { Fact } from "../model/quantity.ts";
import type { Linked } from "../model/run.ts";

/** Checks that say something else of a claim than what it works out to. */
const STANDS_ALONE: ReadonlySet<string> = new Set(["pair/same", "table/total", "number/print", "identity/restated"]);

/** A claim that stands in several runs, or that several equations judge, is reported once: as consistent if anything makes it so. */
export function oneForEachDisagreement(findings: readonly Finding[]): readonly Finding[] {
  const byClaim = new Map<string, Finding>();
  for (const finding of findings) {
    const key =
      finding.rule.startsWith("expression/") || finding.rule.endsWith("/conversion") || STANDS_ALONE.has(finding.rule)
        ? `${finding.rule} ${finding.claim}`
        : finding.claim;
    const earlier = byClaim.get(key);
    if (earlier === undefined || isToldBefore(finding, earlier)) byClaim.set(key, finding);
  }
  // What is wrong inside a written computation is all that is wrong with its result.
  const shown = new Set([...byClaim.values()].filter(isShownInside).map((finding) => finding.claim));
  return [...byClaim.values()].filter(
    (finding) => isShownInside(finding) || finding.verdict !== "inconsistent" || !shown.has(finding.claim),
  );
}

/** What comes out as the text shows it is not judged by some of the factors shown: "24 runs x 4 GPUs x 6 h" is no time of one run. */
export function withoutPartsShown(findings: readonly Finding[], factors: ReadonlySet<MentionId>): readonly Finding[] {
  const right = new Set(findings.flatMap(({ rule, verdict, claim }) => (rule === SHOWN && verdict === "consistent" ? [claim] : [])));
  const isPart = ({ verdict, claim, premises }: Finding): boolean =>
    verdict === "inconsistent" && right.has(claim) && premises.length > 0 && premises.every((premise) => factors.has(premise));
  return findings.filter((finding) => !isPart(finding));
}

const SHOWN = "expression/value";

function isShownInside({ rule, verdict }: Finding): boolean {
  return verdict === "inconsistent" && rule.startsWith("expression/");
}

/** Where nothing disagrees, a constant that the lines of a table share is a better test than one that would let anything pass. */
function isToldBefore(finding: Finding, earlier: Finding): boolean {
  if (isPassed(finding) && isPassed(earlier) && finding.verdict !== earlier.verdict) return earlier.verdict === "untested";
  return standing(finding) < standing(earlier);
}

/** What a set of figures that disagree is told of: the outcome that the others were to give, first of all the cost. */
const TOLD_OF: readonly MentionKind[] = [
  "cost",
  "carbon",
  "energy",
  "flop",
  "accelerator-hours",
  "price",
  "mfu",
  "throughput",
  "flop-rate",
];

/** The same figures disagree whichever of them is worked out from the others: they are told once. */
export function oneForEachConflict(linked: Linked, findings: readonly Finding[]): readonly Finding[] {
  const kinds = new Map(linked.quantities.map(({ mention }) => [mention.id, mention.kind]));
  const rank = (finding: Finding): number => {
    const place = TOLD_OF.indexOf(kinds.get(finding.claim) ?? "memory");
    return place < 0 ? TOLD_OF.length : place;
  };
  const conflicts = Map.groupBy(findings, (finding) => {
    const isConflict = finding.verdict === "inconsistent" || finding.verdict === "depends";
    return isConflict ? [finding.claim, ...finding.premises].sort().join() : `${finding.rule} ${finding.claim}`;
  });
  // Of two ways to tell it, the shorter working.
  const isBefore = (left: Finding, right: Finding): boolean =>
    rank(left) === rank(right) ? left.steps.length < right.steps.length : rank(left) < rank(right);
  return [...conflicts.values()].map((same) => same.reduce((best, finding) => (isBefore(finding, best) ? finding : best)));
}

/** Which of several findings on one claim is told: the least. That the lines of a table share a constant does not say that it is the right one. */
function standing(finding: Finding): number {
  const order: readonly Finding["verdict"][] = ["consistent", "depends", "inconsistent", "impossible", "malformed"];
  const isRelative = isPassed(finding) && finding.rule === "table/column";
  // A slip that the other lines of a table show is more than the leaks of an equation admit.
  const isOfTable = finding.rule === "table/column" || finding.rule === "table/stages";
  if (finding.verdict === "inconsistent" && isOfTable && finding.cause?.certainty === "named") return SHOWN_STANDING;
  if (finding.verdict === "inconsistent" && isOfTable && finding.severity !== "note") return BROKEN_STANDING;
  const isLoose = finding.verdict === "untested" || (finding.verdict === "consistent" && finding.strength === "loose");
  if (!isRelative && !isOfUsual(finding) && isLoose)
    return finding.verdict === "untested" && restsOn(finding, "dated") ? ANYTHING_STANDING : LOOSE_STANDING;
  // What is merely usual lets much pass: it is no answer to what the document itself shows.
  if (isOfUsual(finding)) return RELATIVE_STANDING;
  if (!isRelative && restsOn(finding, "dated")) return LISTED_STANDING;
  const isMinor = finding.severity === "note" && !isPassed(finding);
  if (finding.verdict === "unverifiable") return Infinity;
  // What nothing can be is no better for being worked out right.
  if (finding.verdict === "impossible" && finding.severity === "error") return IMPOSSIBLE_STANDING;
  return isRelative ? RELATIVE_STANDING : order.indexOf(finding.verdict) + (isMinor ? MINOR_STANDING : 0);
}

function isOfUsual(finding: Finding): boolean {
  return restsOn(finding, "default");
}

/** Whether a finding passes by a fact of the catalog. */
function restsOn(finding: Finding, nature: Fact["nature"]): boolean {
  return isPassed(finding) && finding.steps.some((step) => step.kind === "look-up" && step.fact.nature === nature);
}

/** Behind whatever a person would be warned of, before what is only noted and what could not be checked. */
const RELATIVE_STANDING = 4.5;
const MINOR_STANDING = 4.7;

const IMPOSSIBLE_STANDING = -1;

/** What agrees, a slip that is shown, what agrees loosely, then the rest. */
const SHOWN_STANDING = 0.3;

/** A list of prices of the time admits a band: what agrees within it does not answer a slip that is shown. */
const LISTED_STANDING = 0.4;

const LOOSE_STANDING = 0.6;

/** A line that breaks what the others of its table obey is told, though a price of the time would let anything pass. */
const BROKEN_STANDING = 0.62;
const ANYTHING_STANDING = 0.65;

/** What is withheld, with ids that go on after those of the findings. */
export function numberedAfter(findings: readonly Finding[], withheld: readonly Withheld[]): readonly Withheld[] {
  return withheld.map((each, index) => ({ ...each, finding: { ...each.finding, id: `f${findings.length + index + 1}` as FindingId } }));
}

/** Findings in the order of their claims, each with its id. */
export function numbered(findings: readonly Finding[]): readonly Finding[] {
  return [...findings]
    .sort((left, right) => Number(left.claim.slice(1)) - Number(right.claim.slice(1)))
    .map((finding, index) => ({ ...finding, id: `f${index + 1}` as FindingId }));
}
