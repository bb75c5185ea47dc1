import { countedNoun } from "../model/noun-words.ts";
import type { Answer, Answers } from "./answers.ts";
import { figureWords } from "./figure-words.ts";
import { likePrinted } from "./like-printed.ts";
import { inPageWords } from "./page-words.ts";
import { quotedInPlace, type ReportSubject } from "./report-subject.ts";
import { factsOf } from "./step-words.ts";

/** What came out, for a reader who knows nothing of the matter: one sentence, and one more for what was read and not judged. */
export function leadWords(subject: ReportSubject, answers: Answers): string {
  const { accepted, hypothetical } = answers;
  const rest = [
    accepted === 0
      ? ""
      : `${countedNoun(accepted, "claim")} that ${accepted === 1 ? "was" : "were"} accepted before ${verb(accepted)} not shown.`,
    hypothetical === 0
      ? ""
      : `${capital(numberName(hypothetical))} ${hypothetical === 1 ? "figure is" : "figures are"} hypothetical (a plan or a thought experiment): read, and not judged.`,
  ];
  return [resultWords(subject, answers), ...rest].filter((words) => words !== "").join(" ");
}

function resultWords(subject: ReportSubject, { wrong, right, loose, open }: Answers): string {
  const total = wrong.length + right.length + loose.length + open.length;
  const [first] = wrong;
  if (total === 0) return "No claim about training hardware, time, cost, energy, carbon or compute was found that could be checked.";
  if (first !== undefined) return `${partWords(wrong.length, total)} add up${wrong.length === 1 ? contrastWords(subject, first) : ""}.`;
  if (right.length === total)
    return total === 1 ? "The one claim found adds up." : `${total === 2 ? "Both" : `All ${numberName(total)}`} claims found add up.`;
  const others = [
    loose.length === 0 ? "" : `${numberName(loose.length)} ${verb(loose.length)} too loosely given to be tested`,
    open.length === 0 ? "" : `${numberName(open.length)} cannot be checked`,
  ].filter((words) => words !== "");
  if (right.length === 0) return untestedWords(loose.length, open.length, others);
  return `Nothing was found wrong: of ${numberName(total)} claims ${numberName(right.length)} ${right.length === 1 ? "adds" : "add"} up, ${others.join(" and ")}.`;
}

function untestedWords(loose: number, open: number, others: readonly string[]): string {
  const total = loose + open;
  if (total === 1) return `The one claim found ${loose === 1 ? "is too loosely given to be tested" : "cannot be checked"}.`;
  if (loose === 0) return `${total === 2 ? "Neither" : "None"} of the ${numberName(total)} claims found can be checked.`;
  if (open === 0) return `The ${numberName(total)} claims found are too loosely given to be tested.`;
  return `Nothing could be tested: of ${numberName(total)} claims ${others.join(" and ")}.`;
}

/** "One of three claims does not", "None of the three claims". */
function partWords(wrong: number, total: number): string {
  if (total === 1) return "The one claim found does not";
  if (wrong === total) return `The ${numberName(total)} claims found do not`;
  return `${capital(numberName(wrong))} of ${numberName(total)} claims ${wrong === 1 ? "does" : "do"} not`;
}

/** ": the page says $63,864, its other figures give $36,864"; "" where nothing was worked out. */
function contrastWords(subject: ReportSubject, answer: Answer): string {
  if (answer.kind !== "finding" || answer.finding.verdict !== "inconsistent") return "";
  const finding = inPageWords(subject, answer.finding);
  const mention = subject.mention(finding.claim);
  if (mention === null || finding.verdict !== "inconsistent") return "";
  const isLooked = factsOf(finding.steps).some(({ nature }) => nature === "dated" || nature === "default");
  const text = mention.text.replace(/\s+/g, " ").trim();
  const stated = mention.cell === null ? text : figureWords(finding.stated);
  const given = isLooked ? "its other figures, with what is known of the time, give" : "its other figures give";
  return `: ${finding.speaker ?? "the page"} says ${stated}, and ${finding.speaker === null ? given : given.replace("its other", "the")} ${likePrinted(finding.recomputed, mention)}`;
}

function verb(count: number): string {
  return count === 1 ? "is" : "are";
}

const NAMES = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"] as const;

/** Small counts in words, as a sentence has them. */
function numberName(count: number): string {
  return NAMES[count] ?? count.toLocaleString("en-US");
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Why a claim has no finding. */
export function silenceWords(subject: ReportSubject, answer: Exclude<Answer, { kind: "finding" }>): string {
  const mention = subject.mention(answer.claim);
  const claim = mention === null ? "a figure" : quotedInPlace(subject.document, mention);
  return answer.kind === "alone"
    ? `${claim}: nothing was found in the text to test it by.`
    : `${claim}: what it belongs to is not clear enough for a verdict; the review has it.`;
}
