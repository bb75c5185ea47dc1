import type { Role, Stage } from "../model/mention.ts";
import { clausesOf } from "./clauses.ts";

/** Plans, wishes and thought experiments: "would take", "could have meant", "if we trained"; not "would like to thank". */
const HYPOTHETICAL =
  /\b(?:would(?! like)|(?<!\bwe )could(?: have| also)?|could(?! (?:pre-?)?train\b)|might|may take|suppose|hypothetical|if (?:we|you|one|trained|rented)|plan(?:s|ned)? to|expected to|projected|should take|imagine)\b/i;

/** Other people's figures: "Smith et al. report", "according to", "The Register reports", a quoted speaker. */
const ATTRIBUTED =
  /\b(?:et al\.?|[Aa]ccording to|reportedly|(?:reports?|reported|claims?|claimed|wrote|said|says|tweeted|estimates) (?:that|the|it|on|[A-Z]))|\b[A-Z]\w+ (?:wrote|said|tweeted)\b/;

const OWN = /\b(?:we|our|ours|us|this (?:work|paper|model|repo))\b/i;

/** A condition makes a thought experiment of the whole sentence. */
const CONDITION = /\b(?:if|suppose|assuming|imagine|were (?:we|you|one) to)\b/i;

/** A question, and what the rules of a contest allow. */
const ASKED = /\?["”')]?\s*$|\b(?:allows?|permits?|limits? (?:of|to))\b(?=.{0,24}\d)/;

/** Whose figures a sentence states at a place; a plan or wish in one statement of a sentence leaves the others alone. */
export function roleOf(
  sentence: string,
  at: number,
): {
  readonly role: Role;
  readonly evidence: { readonly start: number; readonly end: number } | null;
} {
  const hypothetical = HYPOTHETICAL.exec(sentence) ?? ASKED.exec(sentence);
  if (hypothetical !== null && reaches(sentence, hypothetical.index, at))
    return { role: "hypothetical", evidence: { start: hypothetical.index, end: hypothetical.index + hypothetical[0].length } };
  const attributed = ATTRIBUTED.exec(sentence);
  if (attributed !== null && isTheirs(sentence, attributed.index, at))
    return { role: "other", evidence: { start: attributed.index, end: attributed.index + attributed[0].length } };
  return { role: "own", evidence: null };
}

/**
 * Whether a figure at a place is told of those whom the sentence names at another: nobody says "we" in it, or only behind the figure
 * ("although Smith et al. recommend 200B tokens, we find ..."), or before them in another part ("we took 3 days, while Smith et al. ...").
 */
function isTheirs(sentence: string, named: number, at: number): boolean {
  const own = OWN.exec(sentence);
  if (own === null) return true;
  const isBefore = named < at && at < own.index && /,\s*$/.test(sentence.slice(0, own.index));
  const isBehind = own.index < named && named < at && /\b(?:while|whereas|but|although)\b/i.test(sentence.slice(own.index, named));
  return isBefore || isBehind;
}

/** Whether what is said at one place of a sentence holds for another: both stand in one statement, or a condition rules them all. */
function reaches(sentence: string, from: number, at: number): boolean {
  if (CONDITION.test(sentence)) return true;
  const clauses = clausesOf(sentence);
  return clauses.findIndex((clause) => from < clause.end) === clauses.findIndex((clause) => at < clause.end);
}

/** Who speaks: "Turner wrote", "according to Smith". */
const SPEAKER =
  /\b(?<name>[A-Z][\w-]+(?: [A-Z][\w-]+)?) (?:wrote|said|says|tweeted|claims?|claimed|estimate[sd]?)\b|[Aa]ccording to (?<source>[A-Z][\w-]+)/;

export function speakerOf(sentence: string): string | null {
  const match = SPEAKER.exec(sentence);
  const name = match?.groups?.["name"] ?? match?.groups?.["source"] ?? null;
  return name === null || /^(?:We|They|He|She|It|I|You|Who|Our|This|The|These|Those|That|Table|Section|Figure)\b/.test(name) ? null : name;
}

const STAGES: readonly (readonly [RegExp, Stage])[] = [
  [
    /\b(?:inference|serv(?:e|ed|ing)|deploy(?:ed|ment)?|decod(?:e|ing) (?:unit|stage|needs)|prefill(?:ing)?|latency|minimum deployment)\b|\b(?:can|could|may) (?:also )?(?:be (?:run|hosted|loaded)|run|fit) (?:on|in|into)\b|\bfits? (?:on|in|into) (?:one|a|a single)\b/i,
    "inference",
  ],
  [/\b(?:annotat\w+|labell?(?:ed|ing)|crawl\w*|collect(?:ed|ing)? (?:the )?(?:data|corpus)|data (?:generation|collection))\b/i, "data"],
  [/\b(?:RLHF|reinforcement learning|\bRL\b|PPO)\b/, "rl"],
  [/\b(?:fine-?tun\w+|SFT|instruction.tun\w+|post-?train\w+)\b/i, "finetune"],
  [/\bdistill?(?:ed|ation|ing)\b/i, "distill"],
  [/\b(?:architecture search|hyper-?parameter search|NAS)\b/i, "search"],
  [/\b(?:pre-?train\w*)\b/i, "pretrain"],
  [/\b(?:in total over|all experiments|including failed|development of)\b/i, "all"],
];

/** A stage that another one is only measured by. Matches "of the pre-training compute", "than fine-tuning"; not "of pre-training on". */
const MEASURED_BY =
  /\b(?:(?:of|to|with|against) (?:the |its |that of )?|than (?:the |for )?)(?:pre-?training|fine-?tuning|instruction.tuning)(?=\s(?:comput\w+|costs?|time|budget|FLOPs|run|hours)\b|\s?[.,;)]|$)/gi;

/** The stage of training a sentence speaks of, where its words say so and only one is named. */
export function stageOf(sentence: string): Stage | null {
  const told = sentence.replace(MEASURED_BY, " ");
  const found = STAGES.filter(([pattern]) => pattern.test(told)).map(([, stage]) => stage);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Matches "FP8", "amp_fp8", "float8"; not "fp80". */
const EIGHT_BIT = /(?<![a-z\d])(?:amp_)?(?:fp8|float8)(?![a-z\d])/i;

/** "fp8", where a sentence or a line of a table says that its figures are of a training in eight bits. */
export function formatsOf(words: string): readonly string[] {
  return EIGHT_BIT.test(words) ? ["fp8"] : [];
}

/** Qualifiers of prices and counts: "preemptible", "spot", "on-demand", "activated". */
export function qualifiersOf(sentence: string): readonly string[] {
  return [...sentence.matchAll(/\b(?:preemptible|spot|on-demand|on demand|reserved)\b/gi)].map((match) =>
    match[0].toLowerCase().replace(" ", "-"),
  );
}
