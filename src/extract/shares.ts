/** Shares of what was counted before: "on 64 GPUs ... Its successor had to make do with half of them", "an eighth of those". */
import { hasRole, senseOf, type Token } from "../language/tokens.ts";
import type { UnitReader } from "../language/unit-phrase.ts";
import type { Figure } from "./figure.ts";

/** As much of a segment as is asked for; null is no cell. */
interface Told {
  readonly cell: object | null;
  readonly reader: UnitReader;
  readonly figures: readonly Figure[];
}

/** How many sentences before a share what it is of may be counted. */
const REACH = 2;

/** The segments, with figures that are a share of the accelerators counted last, in the same sentence or shortly before. */
export function withShares<Segment extends Told>(segments: readonly Segment[]): readonly Segment[] {
  const told: Segment[] = [];
  for (const segment of segments) told.push(segment.cell === null ? withSharesOf(segment, told.slice(-REACH)) : segment);
  return told;
}

function withSharesOf<Segment extends Told>(segment: Segment, before: readonly Segment[]): Segment {
  const { figures, reader } = segment;
  const found = reader.tokens.flatMap((pronoun, at): readonly Figure[] => {
    const share = hasRole(pronoun, "pronouns") ? shareBefore(reader.tokens, at) : null;
    const whole = share === null ? undefined : (figures.findLast((figure) => figure.from < at && isCount(figure)) ?? lastCount(before));
    if (share === null || whole === undefined) return [];
    const { start, value, from } = share;
    const number = {
      ...{ span: { start, end: pronoun.start }, value: value * whole.number.value, lastPlace: 1, form: "word" as const },
      ...{ range: null, repair: null },
    };
    return [{ ...whole, start, end: pronoun.end, from, next: at + 1, number, confidence: 0.9, rule: "pronoun" }];
  });
  return found.length === 0 ? segment : { ...segment, figures: [...figures, ...found].sort((left, right) => left.from - right.from) };
}

function lastCount(segments: readonly Told[]): Figure | undefined {
  return segments.flatMap(({ cell, figures }) => (cell === null ? figures : [])).findLast(isCount);
}

function isCount({ kind }: Figure): boolean {
  return kind.kind === "accelerators";
}

/** The "half" of "half of them", the "an eighth" of "an eighth of those". */
function shareBefore(
  tokens: readonly Token[],
  at: number,
): { readonly value: number; readonly start: number; readonly from: number } | null {
  const [token, before] = [tokens[at - 1], tokens[at - 2]];
  if (token === undefined) return null;
  const value = token.kind === "number" ? token.number.value : Number(senseOf(token, "numbers")?.value ?? 1);
  if (value > 0 && value < 1) return { value, start: token.start, from: at - 1 };
  const parts = Number(senseOf(token, "fractions")?.value ?? 1);
  const count = before?.kind === "number" ? before.number.value : hasRole(before, "articles") ? 1 : 0;
  return parts > 1 && count > 0 && count < parts && before !== undefined
    ? { value: count / parts, start: before.start, from: at - 2 }
    : null;
}
