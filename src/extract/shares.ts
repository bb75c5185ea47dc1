/** Shares of what was counted before: "on 64 GPUs ..., on half of them". */
import { hasRole, senseOf, type Token } from "../language/tokens.ts";
import type { UnitReader } from "../language/unit-phrase.ts";
import type { PrintedNumber } from "../model/mention.ts";
import type { Figure } from "./figure.ts";

/** The figures, with those that are a share of the accelerators counted last. */
export function withShares(reader: UnitReader, figures: readonly Figure[]): readonly Figure[] {
  const { tokens } = reader;
  const found = tokens.flatMap((token, at): readonly Figure[] => {
    const pronoun = tokens[at + 1];
    const share = shareOf(token);
    if (share === null || pronoun === undefined || !hasRole(pronoun, "pronouns")) return [];
    const whole = figures.findLast((figure) => figure.from < at && figure.kind.kind === "accelerators");
    if (whole === undefined) return [];
    const number = { ...share, value: share.value * whole.number.value };
    return [{ ...whole, start: token.start, end: pronoun.end, from: at, next: at + 2, number, confidence: 0.9, rule: "pronoun" }];
  });
  return [...figures, ...found].sort((left, right) => left.from - right.from);
}

/** The "half" of "half of them". */
function shareOf(token: Token): PrintedNumber | null {
  const value = token.kind === "number" ? token.number.value : Number(senseOf(token, "numbers")?.value ?? 1);
  if (value <= 0 || value >= 1) return null;
  return { span: { start: token.start, end: token.end }, value, lastPlace: 1, form: "word", range: null, repair: null };
}
