import { attachedAt } from "../model/document.ts";
import { type Finding, isPassed, LEAST_CONFIDENCE } from "../model/finding.ts";
import { isUnitUntold, type Mention, type MentionId, type MentionKind } from "../model/mention.ts";
import type { DocumentResult } from "../model/report.ts";
import { isFlagged, isLeaking, isLoose, isRepeated, type ReportSubject } from "./report-subject.ts";
import { factsOf } from "./step-words.ts";

/** What is said of one claim: a finding, or why there is none. */
export type Answer =
  | { readonly kind: "finding"; readonly claim: MentionId; readonly finding: Finding }
  /** No other figure of the document says what it should come to. */
  | { readonly kind: "alone"; readonly claim: MentionId }
  /** It was judged, but what it was taken for is not sure enough to be told. */
  | { readonly kind: "doubted"; readonly claim: MentionId };

/** The four answers that a claim can have, each with its claims in reading order; the most severe first of what does not add up. */
export interface Answers {
  readonly wrong: readonly Answer[];
  readonly right: readonly Answer[];
  readonly loose: readonly Answer[];
  readonly open: readonly Answer[];
  /** Claims that somebody accepted before. */
  readonly accepted: number;
  /** Figures of plans and thought experiments: read, and not judged. */
  readonly hypothetical: number;
}

/** Every claim of a document with the one answer that it has; the same figures that agree are told once. */
export function answersOf(subject: ReportSubject, result: DocumentResult): Answers {
  const headingOf = (finding: Finding): Heading => headingIn(subject, finding);
  const { findings, withheld, accepted = [] } = result.checked;
  const own = result.extraction.mentions.filter(({ span }) => attachedAt(result.document, span) === null);
  const mentions = new Map(own.map((mention) => [mention.id, mention]));
  const best = [...Map.groupBy(findings, ({ claim }) => claim).values()].flatMap((same) => answering(headingOf, same));
  const isOutcome = (id: MentionId): boolean => OUTCOMES.has(mentions.get(id)?.kind ?? "memory");
  const told = oneForTheSameFigures(
    best.filter((finding) => !isRepeated(finding) && isSure(finding, isOutcome(finding.claim))),
    mentions,
    headingOf,
  );
  const of = (heading: Heading): readonly Answer[] =>
    told.flatMap((finding) => (headingOf(finding) === heading ? [{ kind: "finding" as const, claim: finding.claim, finding }] : []));
  // That a page tells a figure twice says nothing of what it should come to: it is answered where it is tested.
  const tested = findings.filter((finding) => !isRepeated(finding));
  const used = new Set([...accepted, ...told.map(({ claim }) => claim), ...tested.flatMap(({ premises }) => premises)]);
  const answered = new Set([...used].flatMap((id) => sameFigure(mentions.get(id)) ?? []));
  const doubted = new Set([...withheld.map(({ finding }) => finding), ...tested].map(({ claim }) => claim));
  const judged = new Set(findings.flatMap(({ claim, verdict, premises }) => (verdict === "unverifiable" ? [] : [claim, ...premises])));
  const role = ({ id, role: said }: Mention): Mention["role"] => result.linked.attachments.get(id)?.role ?? said;
  const silent = own.filter(
    (mention) =>
      OUTCOMES.has(mention.kind) &&
      mention.value !== 0 &&
      mention.confidence >= LEAST_READ &&
      !isUnitUntold(mention) &&
      !answered.has(sameFigure(mention) ?? "") &&
      role(mention) !== "hypothetical",
  );
  const once = [...Map.groupBy(silent, sameFigure).values()].flatMap((same): readonly Answer[] => {
    const [first] = same;
    return first === undefined ? [] : [{ kind: same.some(({ id }) => doubted.has(id)) ? "doubted" : "alone", claim: first.id }];
  });
  return {
    wrong: [...of("wrong")].sort((left, right) => gravity(left) - gravity(right)),
    right: of("right"),
    loose: of("loose"),
    open: [...of("open"), ...once].sort((left, right) => Number(left.claim.slice(1)) - Number(right.claim.slice(1))),
    accepted: new Set(accepted).size,
    hypothetical: own.filter((mention) => role(mention) === "hypothetical" && !judged.has(mention.id)).length,
  };
}

/** Only one end could be tested, and that by what is listed or usual. */
function isHalfTested(finding: Finding): boolean {
  const isBound = finding.verdict === "consistent" && finding.strength === "bound";
  return isBound && factsOf(finding.steps).some(({ nature }) => nature === "dated" || nature === "default");
}

/** What was read with more doubt is mostly no figure of a training. */
const LEAST_READ = 0.9;

function sameFigure(mention: Mention | undefined): string | null {
  return mention === undefined ? null : `${mention.kind} ${mention.value} ${mention.unit}`;
}

type Heading = "wrong" | "right" | "loose" | "open";

/** What a training comes to: a figure of these kinds claims something by itself; a count or a time is only told. */
const OUTCOMES: ReadonlySet<MentionKind> = new Set(["cost", "accelerator-hours", "energy", "carbon", "flop"]);

function headingIn(subject: ReportSubject, finding: Finding): Heading {
  if (finding.verdict === "unverifiable") return "open";
  // What one reading of the units lets agree and another does not, nobody can call wrong.
  if (
    finding.verdict === "depends" ||
    finding.verdict === "untested" ||
    isLoose(finding) ||
    isHalfTested(finding) ||
    isLeaking(subject, finding)
  )
    return "loose";
  return isFlagged(finding) ? "wrong" : "right";
}

/** Among many figures some agree by chance: that one does is told where it is sure to be of them, the more so of a plain ratio or count. */
function isSure(finding: Finding, isOfOutcome: boolean): boolean {
  if (!isPassed(finding)) return true;
  return finding.confidence >= (isOfOutcome ? LEAST_CONFIDENCE.note : LEAST_CONFIDENCE.warning);
}

/** Of the findings on one claim, all that do not add up, or else the one that tests it best. */
function answering(headingOf: (finding: Finding) => Heading, ofClaim: readonly Finding[]): readonly Finding[] {
  const wrong = ofClaim.filter((finding) => headingOf(finding) === "wrong");
  if (wrong.length > 0) return wrong;
  const [first, ...rest] = ofClaim;
  return first === undefined
    ? []
    : [rest.reduce((best, finding) => (testOf(headingOf, finding) < testOf(headingOf, best) ? finding : best), first)];
}

/** That a figure is told twice is the weakest of what agrees. */
function testOf(headingOf: (finding: Finding) => Heading, finding: Finding): number {
  const order = ["wrong", "right", "loose", "open"].indexOf(headingOf(finding));
  return isRepeated(finding) ? order + 0.5 : order;
}

/** Which of several figures that agree is the outcome that the others give. */
const TOLD_OF: readonly MentionKind[] = ["cost", "carbon", "energy", "flop", "accelerator-hours"];

/** Hours, count and time agree, or do not, whichever of them is worked out: that is told once. */
function oneForTheSameFigures(
  findings: readonly Finding[],
  mentions: ReadonlyMap<MentionId, Mention>,
  headingOf: (finding: Finding) => Heading,
): readonly Finding[] {
  const rank = ({ claim }: Finding): number => {
    const place = TOLD_OF.indexOf(mentions.get(claim)?.kind ?? "memory");
    return place < 0 ? TOLD_OF.length : place;
  };
  // Of two ways to tell it, the shorter working.
  const isBefore = (left: Finding, right: Finding): boolean =>
    rank(left) === rank(right) ? left.steps.length < right.steps.length : rank(left) < rank(right);
  const figuresOf = ({ claim, premises }: Finding): string => [claim, ...premises].sort().join();
  const groups = Map.groupBy(findings, (finding) => (headingOf(finding) === "right" ? figuresOf(finding) : finding.id));
  const kept = new Set([...groups.values()].map((same) => same.reduce((best, finding) => (isBefore(finding, best) ? finding : best))));
  // Of figures that are told not to add up, nobody is told that they are too rough to say.
  const wrong = new Set(findings.flatMap((finding) => (headingOf(finding) === "wrong" ? [figuresOf(finding)] : [])));
  return findings.filter((finding) => kept.has(finding) && !(headingOf(finding) === "loose" && wrong.has(figuresOf(finding))));
}

const GRAVITY = { error: 0, warning: 1, note: 2 } as const;

/** The most severe first; in reading order among equals, because sorting keeps the order of equals. */
function gravity(answer: Answer): number {
  return answer.kind === "finding" ? GRAVITY[answer.finding.severity] : GRAVITY.note;
}
