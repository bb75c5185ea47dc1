/** Numbers that count what was counted before: "on 64 GPUs ..., on 16 of them", "on half of them". */
import { hasRole, senseOf, type Token } from "../language/tokens.ts";
import type { UnitReader } from "../language/unit-phrase.ts";
import type { PrintedNumber } from "../model/mention.ts";
import type { Figure } from "./figure.ts";

/** The figures, with those that only a pronoun names; both stand behind the same word, so that the pronoun is of that thing. */
export function withPronouns(reader: UnitReader, figures: readonly Figure[]): readonly Figure[] {
  const { tokens } = reader;
  const found: Figure[] = [];
  for (const [at, token] of tokens.entries()) {
    const pronoun = tokens[at + 1];
    const number = numberOf(token);
    if (number === null || pronoun === undefined || !hasRole(pronoun, "pronouns")) continue;
    const lead = leadOf(tokens, at);
    const isShare = number.value > 0 && number.value < 1;
    const meant = figures.findLast(
      (figure) => figure.from < at && figure.kind.kind === "accelerators" && (isShare || leadOf(tokens, figure.from) === lead),
    );
    if (lead === null || meant === undefined || meant.number.value <= number.value) continue;
    found.push({
      ...meant,
      start: token.start,
      end: pronoun.end,
      from: at,
      next: at + 2,
      number: isShare ? { ...number, value: number.value * meant.number.value, lastPlace: 1 } : number,
      confidence: 0.9,
      rule: "pronoun",
    });
  }
  return [...figures, ...found].sort((left, right) => left.from - right.from);
}

/** Digits, a number word, or the "half" of "half of them". */
function numberOf(token: Token): PrintedNumber | null {
  if (token.kind === "number") return token.number;
  const share = Number(senseOf(token, "numbers")?.value ?? 1);
  if (share >= 1) return null;
  return { span: { start: token.start, end: token.end }, value: share, lastPlace: 1, form: "word", range: null, repair: null };
}

/** The word of grammar before a number, hedges left out. */
function leadOf(tokens: readonly Token[], at: number): string | null {
  const before = tokens[hasRole(tokens[at - 1], "hedges") ? at - 2 : at - 1];
  return before?.kind === "word" && hasRole(before, "stops") ? before.text.toLowerCase() : null;
}
