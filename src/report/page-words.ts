import type { Finding } from "../model/finding.ts";
import type { CountNoun, Mention } from "../model/mention.ts";
import { inNoun } from "./figure-words.ts";
import { nounIn } from "./page-nouns.ts";
import type { ReportSubject } from "./report-subject.ts";

/** What a noun of the contract is called where the page prints none of these words. */
const OF_COUNTS: Readonly<Partial<Record<CountNoun, string>>> = {
  ...{ gpu: "GPU", chip: "chip", device: "device", board: "board", module: "module", gcd: "GCD", superchip: "superchip" },
};

/** The finding with the units that its page uses: "GPU hours" where it counts GPUs. Figures stay the same. */
export function inPageWords<T extends Finding>(subject: ReportSubject, finding: T): T {
  const noun = nounOf(subject, finding);
  return noun === null ? finding : renamed(finding, noun);
}

/**
 * What the page calls one of the accelerators of a finding; null where it says no more than "accelerator".
 *
 * First the words of its figures, then those of their sentences, then those of the document.
 */
export function nounOf(subject: ReportSubject, { claim, premises }: Finding): string | null {
  const mentions = [claim, ...premises].flatMap((id) => subject.mention(id) ?? []);
  const noun =
    firstNoun(mentions, (mention) => mention.text) ?? countNoun(mentions) ?? firstNoun(mentions, subject.sentence) ?? subject.noun();
  return noun === "accelerator" ? null : noun;
}

function firstNoun(mentions: readonly Mention[], textOf: (mention: Mention) => string): string | null {
  for (const mention of mentions) {
    const noun = nounIn(textOf(mention));
    if (noun !== null) return noun;
  }
  return null;
}

function countNoun(mentions: readonly Mention[]): string | null {
  return mentions.map(({ noun }) => (noun === null ? undefined : OF_COUNTS[noun])).find((word) => word !== undefined) ?? null;
}

/** Keys whose text names units. */
const WORDED: ReadonlySet<string> = new Set(["unit", "name", "words"]);

/** The same data with every unit in the words of the page. */
function renamed<T>(value: T, noun: string): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((part: unknown) => renamed(part, noun)) as T;
  const parts: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value))
    parts[key] = typeof part === "string" ? (WORDED.has(key) ? inNoun(part, noun) : part) : renamed(part, noun);
  return parts as T;
}
