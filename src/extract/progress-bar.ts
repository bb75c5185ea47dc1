/** Progress bars as tqdm and Keras print them: "52000/52000 [28:53:20<00:00, 2.00s/it]", "1563/1563 [=====] - 41s 26ms/step". */

import { isMark, type NumberToken, type Token } from "../language/tokens.ts";
import { type UnitReader, unitAt } from "../language/unit-phrase.ts";
import type { PrintedNumber } from "../model/mention.ts";
import { assemble, type FigureContext } from "./assemble.ts";
import type { Figure } from "./figure.ts";

/** The rule of what a bar tells: its shape says what each number is. */
export const PROGRESS = "progress";

/** Tokens of a bar within which its pace begins: "5/9 [00:10<00:08, ". */
const REACH = 13;

/** The steps done, the time that they took, and the pace of the bar whose count begins at a token; null where none does. */
export function progressBarAt(reader: UnitReader, at: number, context: FigureContext): readonly Figure[] | null {
  const { tokens } = reader;
  const [done, slash, all, open, clock, less] = tokens.slice(at, at + 6);
  if (!isPlain(done) || !isMark(slash, "/") || !isPlain(all) || !isMark(open, "[")) return null;
  const [step, second] = [reader.algebra.atom("step"), reader.algebra.atom("second")];
  const [steps, time] = [reader.algebra.kind("steps"), reader.algebra.kind("wall-time")];
  if (step === null || second === null || steps === null || time === null) return null;
  const common = {
    size: 1,
    below: [],
    product: null,
    per: null,
    isEach: false,
    confidence: 0.95,
    rule: PROGRESS,
    qualifiers: [],
  };
  const count: Figure = {
    ...common,
    start: done.start,
    end: all.end,
    from: at,
    next: at + 3,
    number: done.number,
    kind: steps,
    above: [step],
  };
  // "1563/1563 [==============>] - 41s 26ms/step": its times have units of their own.
  if (isMark(clock, "=")) return [count];
  const seconds = secondsOf(clock);
  const comma = tokens.slice(at, at + REACH).findIndex((token) => isMark(token, ","));
  const pace = comma < 0 ? null : paceAt(reader, at + comma + 1, context);
  if (clock === undefined || !isMark(less, "<") || seconds === null || pace === null) return null;
  const elapsed: PrintedNumber = {
    span: { start: clock.start, end: clock.end },
    value: seconds,
    lastPlace: 1,
    form: "composite",
    range: null,
    repair: null,
  };
  return [
    count,
    { ...common, start: clock.start, end: clock.end, from: at + 4, next: at + 5, number: elapsed, kind: time, above: [second] },
    pace,
  ];
}

/** Whether a bar begins at a token, glued to its percentage: "100%|███". */
export function beginsBar(tokens: readonly Token[], at: number): boolean {
  return isMark(tokens[at], "|") && tokens[at]?.start === tokens[at - 1]?.end;
}

function isPlain(token: Token | undefined): token is NumberToken {
  return token?.kind === "number" && token.number.form === "integer" && !token.isClock;
}

/** "2.00s/it", "3.83it/s". */
function paceAt(reader: UnitReader, at: number, context: FigureContext): Figure | null {
  const token = reader.tokens[at];
  const unit = token?.kind === "number" ? unitAt(reader, at + 1, 0) : null;
  if (token?.kind !== "number" || unit === null) return null;
  const figure = assemble(reader, at, token.number, unit, context, PROGRESS);
  return figure !== null && [...figure.above, ...figure.below].some(({ dimension }) => dimension === "step") ? figure : null;
}

/** Seconds of "28:53:20", "03:12". */
function secondsOf(token: Token | undefined): number | null {
  if (token?.kind === "number") return token.isClock ? token.number.value : null;
  const parts = token?.kind === "word" ? token.text.split(":").map(Number) : [];
  return parts.length === 2 && parts.every((part) => Number.isInteger(part)) ? parts.reduce((sum, part) => 60 * sum + part, 0) : null;
}
