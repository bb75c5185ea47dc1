/** A field: "Training time: 21 days", "GPUs : 64", "学習時間：16 days", "GPUs ..... 64"; not "https://...", "note that: it ran ... ." */
const FIELD = /^\s*\p{L}[^:：|\t]{0,60}\s?(?::\s+|：\s*|[.·_]{4,}\s?)\S/u;
/** Goes on with a small letter, as a sentence does that was broken: "took two days"; not "mAP .71". */
const GOES_ON = /^\p{Ll}(?!\p{Ll}*\p{Lu})/u;
/** The end of a sentence or of a lead-in: "done.", "done?”", "as follows:"; not "Fig". */
const ENDED = /[.!?…:;]["”’)\]]*$/;

/** More than a rule: "---". */
const SAYS_SOMETHING = /[\p{L}\p{N}]/u;

/** No one wraps running text by hand to fewer characters than this. */
const NARROWEST = 50;

/** A line longer than this was not wrapped by hand. */
export const WIDEST = 160;

/** Two lines may be one sentence that was broken once. */
const FEWEST = 3;

/**
 * Whether the lines of a paragraph are entries of their own, as in notes and cards, and not one text that was wrapped.
 *
 * Wrapped text breaks where the next word did not fit; an entry ends where it ends.
 */
export function areEntries(printed: readonly string[]): boolean {
  const lines = printed.filter((line) => SAYS_SOMETHING.test(line));
  if (lines.length < 2) return false;
  if (lines.every((line) => FIELD.test(line) && line.length < WIDEST)) return true;
  if (lines.length < FEWEST) return false;
  if (mostOfOneHead(lines) * 3 > lines.length * 2) return true;
  const longest = lines.reduce((most, line) => Math.max(most, line.length), 0);
  let [early, broken] = [0, 0];
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    if (next === undefined) break;
    if (GOES_ON.test(next) && !ENDED.test(line)) broken += 1;
    const blank = next.indexOf(" ");
    if (line.length + 1 + (blank < 0 ? next.length : blank) <= longest) early += 1;
  }
  const isRagged = 2 * early >= lines.length - 1;
  return longest < NARROWEST ? isRagged || broken === 0 : isRagged && broken === 0;
}

/** How many lines begin with the same word: the name of a program in its log, the speaker of a chat. */
function mostOfOneHead(lines: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const head = line.trim().split(" ", 1)[0] ?? "";
    counts.set(head, (counts.get(head) ?? 0) + 1);
  }
  return [...counts.values()].reduce((most, count) => Math.max(most, count), 0);
}
