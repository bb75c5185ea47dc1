import type { Cause, Compared, Finding, Outcome, Remark } from "../model/finding.ts";
import type { Mention, MentionId, MentionKind } from "../model/mention.ts";
import { cellName } from "./cell-words.ts";
import { comparisonWords, exactFigureWords, figureWords, rangeWords, ratioWords } from "./figure-words.ts";
import { likePrinted } from "./like-printed.ts";
import { inPageWords, nounOf } from "./page-words.ts";
import {
  isLeaking,
  isLoose,
  isRepeated,
  placeWords,
  quoted,
  quotedInPlace,
  quotedWithSource,
  type ReportSubject,
} from "./report-subject.ts";
import { slotWords } from "./slot-words.ts";
import { factsOf, spanOf } from "./step-words.ts";
import { workingLine } from "./working-line.ts";

/** The finding in plain language: what is stated, what it works out to, and the slip that explains it. Arithmetic, no blame. */
export function findingMessage(subject: ReportSubject, told: Finding): string {
  const finding = inPageWords(subject, told);
  return [verdictWords(subject, finding), ...finding.remarks.map((remark) => remarkWords(subject, remark))]
    .filter((words) => words !== "")
    .join(" ");
}

function verdictWords(subject: ReportSubject, finding: Finding): string {
  const claim = claimWords(subject, finding);
  switch (finding.verdict) {
    case "consistent":
      if (isRepeated(finding)) return `${claim} is stated elsewhere, too: ${basisWords(subject, finding)}.`;
      if (finding.rule === "pair/same") return `${claim} is what the source says: ${basisWords(subject, finding)}.`;
      return `${agreementWords(subject, finding, claim)}${finding.strength === "bound" ? " Only one side could be tested." : ""}`;
    case "untested":
      return untestedWords(subject, finding, claim);
    case "depends":
      return dependsWords(subject, finding, claim);
    case "inconsistent":
      if (finding.rule === "pair/same") return `${claim} is not what the source says: ${basisWords(subject, finding)}.`;
      return [disagreementWords(subject, finding, claim), causeWords(finding), otherReadings(finding), correction(subject, finding)]
        .filter((part) => part !== "")
        .join(" ");
    case "impossible": {
      const { bound } = finding;
      if (finding.severity === "note")
        return `${claim} is odd: the limit of ${bound.name} is ${exactFigureWords(bound.limit)} (${bound.source}).`;
      return `${claim} cannot be: the limit of ${bound.name} is ${exactFigureWords(bound.limit)} (${bound.source}).`;
    }
    case "malformed":
      return `${claim} cannot be what was meant: ${MALFORMED[finding.reason] ?? finding.reason}; ${exactFigureWords(finding.repair)} ${finding.confirmed ? "fits the other figures" : "would be a likely reading"}.`;
    case "unverifiable":
      return `${claim} cannot be checked: ${missingWords(subject, finding)}`;
    default:
      return assertNever(finding);
  }
}

/** '64 A100 GPUs × 12 days × $2 per GPU-hour is $36,864, as the page says.' */
function agreementWords(subject: ReportSubject, finding: Extract<Finding, { verdict: "consistent" }>, claim: string): string {
  const line = finding.recomputed.isRange === true ? null : workingLine(subject, finding.steps, "values");
  if (line === null) return `${claim} agrees with ${basisWords(subject, finding)}: that works out to ${figureWords(finding.recomputed)}.`;
  const [result, stated] = comparedWords(subject, finding);
  const isSame = sameWords(finding.recomputed, finding.stated) || result === stated;
  const leak = isLeaking(subject, finding) && !isLoose(finding);
  if (!isSame)
    return `${line} is ${result}; ${speakerWords(finding)} ${stated}${leak ? `, ${comparisonWords(finding.ratio)}, which is within what such figures leave open` : ""}.`;
  const mention = subject.mention(finding.claim);
  const name = mention === null ? null : cellName(subject.document, mention);
  return `${line} is ${result}, as ${speakerWords(finding)}${name === null ? "" : ` (${name})`}.`;
}

function disagreementWords(subject: ReportSubject, finding: Compared & Finding, claim: string): string {
  const line = finding.recomputed.isRange === true ? null : workingLine(subject, finding.steps, "values");
  if (line === null)
    return `${claim} does not agree with ${basisWords(subject, finding)}: that works out to ${figureWords(finding.recomputed)}.`;
  const [result, stated] = comparedWords(subject, finding);
  return `${line} is ${result}; ${speakerWords(finding)} ${stated}.`;
}

/** What was worked out, in the form of the print, and what is printed, which a table names by row and column. */
function comparedWords(subject: ReportSubject, finding: Compared & Finding): readonly [string, string] {
  const mention = subject.mention(finding.claim);
  const result = likePrinted(finding.recomputed, mention);
  if (mention === null || finding.stated.isRange === true) return [result, exactFigureWords(finding.stated)];
  const name = cellName(subject.document, mention);
  const text = mention.text.replace(/\s+/g, " ").trim();
  return [result, name === null ? text : `${text} (${name})`];
}

function speakerWords({ speaker }: Finding): string {
  return `${speaker ?? "the page"} says`;
}

/** Words for the reasons that the extractor gives. */
const MALFORMED: Readonly<Record<string, string>> = {
  "missing-exponent-mark": "the mark of the exponent is missing",
  "decimal-comma": "the comma stands where a decimal point or three digits should be",
  "lost-superscript": "the exponent was printed as part of the number",
  "power-for-energy": "a power stands where an energy should be",
  "reversed-slice": "the two parts of the name are in the wrong order",
};

function claimWords(subject: ReportSubject, finding: Finding): string {
  const mention = subject.mention(finding.claim);
  const words = mention === null ? exactFigureWords(finding.stated) : quotedInPlace(subject.document, mention);
  return finding.speaker === null ? words : `${words} (as ${finding.speaker} is quoted)`;
}

/** The words that join a premise to the ones before it: "512 chips" for "2.5 days" at "$8 per hour". */
const JOINTS: Partial<Record<MentionKind, string>> = {
  "wall-time": "for",
  price: "at",
  throughput: "at",
  power: "at",
  mfu: "at",
  "flop-rate": "at",
  "step-time": "at",
  pue: "with",
  "carbon-intensity": "at",
};

/** Order in which premises read naturally: things first, then time, then rates. */
const KIND_ORDER: readonly MentionKind[] = [
  "nodes",
  "accelerators",
  "accelerator-hours",
  "parameters",
  "tokens",
  "samples",
  "steps",
  "batch",
  "epochs",
  "energy",
  "wall-time",
  "price",
];

/** More premises than this make no sentence; the working has them all. */
const MOST_PREMISES = 5;

/** What a rule works with that is no figure of its own. */
const SHOWN_BESIDE: Readonly<Record<string, string>> = {
  "hardware/parallel": "the degrees of parallelism beside it",
  "work/global-batch": "micro-batch, accumulated steps and copies beside it",
  "time/calendar": "the dates beside it",
  "parameters/shape": "the shape of the network",
};

function basisWords(subject: ReportSubject, finding: Finding): string {
  const premises = finding.premises.map((id) => subject.mention(id)).filter((mention): mention is Mention => mention !== null);
  const ordered = [...premises].sort((left, right) => rank(left.kind) - rank(right.kind));
  const shown = ordered.slice(0, MOST_PREMISES);
  let words = shown.reduce((text, mention, index) => {
    const words = quotedWithSource(subject.document, mention);
    return index === 0 ? words : `${text}${joint(mention, shown[index - 1])}${words}`;
  }, "");
  if (ordered.length > shown.length) words += ` and ${ordered.length - shown.length} more`;
  const looked = factsOf(finding.steps).filter((fact) => fact.nature !== "definition");
  const facts = looked
    .map((fact) => `${fact.nature === "shared" ? figureWords(fact.figure) : exactFigureWords(fact.figure)} (${fact.title})`)
    .join(" and ");
  if (finding.rule === "table/total") words = finding.premises.length === 1 ? `the only line, ${words}` : `the sum of ${words}`;
  if (words === "" && facts === "")
    return SHOWN_BESIDE[finding.rule] ?? (finding.rule.startsWith("expression/") ? "the arithmetic shown" : "the other figures");
  if (words === "") return facts;
  return facts === "" ? words : `${words}, taking ${facts}`;
}

function joint(mention: Mention, previous: Mention | undefined): string {
  const word = JOINTS[mention.kind];
  if (word === undefined || previous?.kind === mention.kind) return " and ";
  return ` ${word} `;
}

function rank(kind: MentionKind): number {
  const place = KIND_ORDER.indexOf(kind);
  return place < 0 ? KIND_ORDER.length : place;
}

/** '"$450" is plausible, but not tested: what is usual spans a factor of 40. 19 hours × ... is $50 to $2,000.' */
function untestedWords(subject: ReportSubject, finding: Compared & Finding, claim: string): string {
  const head = `${claim} is plausible, but not tested`;
  const basis = basisWords(subject, finding);
  const { recomputed, power, steps } = finding;
  if (!Number.isFinite(power)) return `${head}: ${basis} could hardly speak against it.`;
  const gives = rangeWords(recomputed) ?? figureWords(recomputed);
  const wide = spanWords(steps, recomputed) ?? `the figures are so rough that a factor of ${factorDigits(power)} would pass`;
  const line = workingLine(subject, steps, "bands");
  // The ends of a band times what is printed are not what is told: the print is rounded, too.
  const rounding = rangeWords(recomputed) === null || spanOf(steps) === null ? "" : ", with rounding,";
  return `${head}: ${wide}. ${line === null ? `With ${basis} it would be` : `${capital(line)} is${rounding}`} ${gives}.`;
}

/** "what is usual spans a factor of 40"; null where only rounding is wide. */
function spanWords(steps: Finding["steps"], { low, high }: Compared["recomputed"]): string | null {
  const what = spanOf(steps);
  const span = high / low;
  return what === null || !Number.isFinite(span) || span < LEAST_SPAN ? null : `${what} a factor of ${factorDigits(span)}`;
}

/** A narrower band is none to speak of. */
const LEAST_SPAN = 1.5;

function factorDigits(factor: number): string {
  return ratioWords(Number(factor.toPrecision(2))).replace(" times", "");
}

function dependsWords(subject: ReportSubject, finding: Compared & Finding, claim: string): string {
  const admissible = finding.outcomes.filter((outcome) => outcome.admissible);
  const fits = admissible.filter((outcome) => outcome.agrees);
  const fails = admissible.filter((outcome) => !outcome.agrees);
  // Where only the claim itself is read in several ways, they all work out to the same.
  const isOfClaim = admissible.every((outcome) => sameWords(outcome.recomputed, finding.recomputed));
  const list = (outcomes: readonly Outcome[]): string =>
    outcomes.map((outcome) => conditionWords(outcome) + (isOfClaim ? "" : ` (${figureWords(outcome.recomputed)})`)).join(" or ");
  const worked = isOfClaim ? `, ${figureWords(finding.recomputed)},` : "";
  return `${claim} agrees with ${basisWords(subject, finding)}${worked} if ${list(fits)}, but not if ${list(fails)}.`;
}

function conditionWords(outcome: Outcome): string {
  if (outcome.assumes.length === 0) return "nothing else is assumed";
  // A unit by itself: "core".
  return outcome.assumes.map((choice) => (choice.includes(" ") ? choice : `"${choice}" is meant`)).join(" and ");
}

function causeWords(finding: Compared & Finding): string {
  const { cause, ratio } = finding;
  if (cause === null) return `The stated figure is ${comparisonWords(ratio)}.`;
  const factor = factorWords(finding, cause);
  const isHedged = cause.certainty === "named" || cause.words.startsWith("a possible");
  const slip = isHedged ? cause.words : `possibly ${cause.words}`;
  const fits = cause.fits === null || sameWords(cause.fits, finding.recomputed) ? "" : ` With it: ${figureWords(cause.fits)}.`;
  return `${factor}: ${endSentence(slip)}${fits}`;
}

function factorWords({ stated, ratio }: Compared & Pick<Finding, "stated">, cause: Cause): string {
  const factor = cause.factor >= 1 ? cause.factor : 1 / cause.factor;
  const isWhole = Math.abs(factor - Math.round(factor)) < 1e-6;
  const isMet = Math.abs(ratio / cause.factor - 1) <= SAME && stated.high - stated.low <= WELL_KNOWN * Math.abs(stated.value);
  // What lies well beside a known factor is told as what it is.
  const isBeside = Math.abs(ratio / cause.factor - 1) > ABOUT;
  if (factor < LEAST_OF_FACTOR || isBeside) return `The stated figure is ${comparisonWords(ratio)}`;
  return `Off by ${isWhole && isMet && cause.certainty === "named" ? "exactly" : "about"} ${ratioWords(factor).replace(" times", "")}`;
}

/** What the face values may be off from a factor that they exactly meet, how well the stated figure is known, and what is near a factor. */
const SAME = 1e-6;
const WELL_KNOWN = 0.01;
const ABOUT = 0.05;

/** A smaller factor is told as a percentage. */
const LEAST_OF_FACTOR = 1.1;

/** The likeliest reading is in the sentence already; the others are told beside it, those that contradict the print not at all. */
function otherReadings(finding: Compared): string {
  const [first] = finding.outcomes;
  const others = finding.outcomes.filter((outcome) => outcome !== first && outcome.admissible && outcome.assumes.length > 0);
  const unlikely = finding.outcomes.filter(
    (outcome) => outcome !== first && !outcome.admissible && !outcome.agrees && outcome.assumes.length > 0,
  );
  const shown = [...others, ...unlikely].slice(0, 2);
  if (shown.length === 0) return "";
  return `(${shown.map((outcome) => `If ${conditionWords(outcome)}: ${figureWords(outcome.recomputed)}.`).join(" ")})`;
}

function correction(subject: ReportSubject, finding: Finding): string {
  return finding.correctedBy === null ? "" : `The document itself gives ${placed(subject, finding.correctedBy)}.`;
}

function missingWords(subject: ReportSubject, finding: Extract<Finding, { verdict: "unverifiable" }>): string {
  const { missing, claim } = finding;
  const noun = nounOf(subject, finding);
  const mention = subject.mention(claim);
  const names = missing.map((item) => slotWords(item.slot, noun));
  const [only] = missing;
  // A figure that stands beside the claim and was taken for something else is not missing.
  const isThere = mention !== null && missing.some(({ slot }) => subject.tells(slot.replaceAll("_", "-"), mention));
  if (isThere) return `it is not clear which of the figures beside it ${names.length === 1 ? "is" : "are"} ${listWords(names)}.`;
  const head = `${listWords(names)} ${names.length === 1 ? "is" : "are"} not given.`;
  if (missing.length !== 1 || only === undefined || only.solved === null) return head;
  const fits =
    only.fits === null
      ? ""
      : `; ${only.fits.name === "" ? exactFigureWords(only.fits.figure) : only.fits.name} would give ${figureWords(only.fits.gives)}`;
  return `${head} ${capital(figureWords(only.solved))} would make it true${fits}.`;
}

function remarkWords(subject: ReportSubject, remark: Remark): string {
  switch (remark.kind) {
    case "loose-fit":
      return `It fits only loosely: ${figureWords(remark.fits)} instead of ${placed(subject, remark.premise)} would fit.`;
    case "implied-fact":
      return `It implies ${figureWords(remark.implied)}.`;
    case "reviewed":
      return remark.words;
    default:
      return assertNever(remark);
  }
}

function placed(subject: ReportSubject, id: MentionId): string {
  const mention = subject.mention(id);
  if (mention === null) return "another figure";
  const place = placeWords(subject.document, mention.span);
  return `${quoted(mention.text)}${place === "" ? "" : ` (${place})`}`;
}

function listWords(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

function sameWords(left: Parameters<typeof figureWords>[0], right: Parameters<typeof figureWords>[0]): boolean {
  return figureWords(left) === figureWords(right);
}

function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function assertNever(value: never): never {
  throw new Error(`no words for ${JSON.stringify(value)}`);
}
