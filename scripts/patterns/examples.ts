import type { CodePattern } from "./code-patterns.ts";

/** What a comment says of the pattern under it. */
export interface Examples {
  readonly matches: readonly Example[];
  readonly not: readonly Example[];
}

/** A text that is matched; where only a part of it is told to be, that part. */
export interface Example {
  readonly text: string;
  readonly part: string | null;
}

/** The examples in a comment: `Matches "a", "b of" of "b of c"; not "d".` A comment that does not say "Matches" tells of its use. */
export function examplesOf(comment: string): Examples {
  const told = comment.slice(comment.search(/\bMatch(?:es)? /));
  if (!/\bMatch(?:es)? /.test(comment)) return { matches: [], not: [] };
  const [before = "", after = ""] = split(told);
  return { matches: quoted(before), not: quoted(after) };
}

/** A line for each example that the pattern does not hold. */
export function wrongExamples({ file, line, name, regex, comment }: CodePattern): readonly string[] {
  if (comment === null) return [];
  const { matches, not } = examplesOf(comment);
  const where = `${file}:${line} ${name}`;
  return [
    ...matches.filter((example) => !holds(regex, example)).map(({ text }) => `${where} does not match ${JSON.stringify(text)}`),
    ...not.filter((example) => holds(regex, example)).map(({ text }) => `${where} matches ${JSON.stringify(text)}`),
  ];
}

/** Whether the pattern finds something in the text, or the part that is told, wherever it begins. */
function holds(regex: RegExp, { text, part }: Example): boolean {
  const flags = regex.flags.replace(/[gy]/g, "");
  if (part === null) return new RegExp(regex.source, flags).test(text);
  return [...text.matchAll(new RegExp(regex.source, `${flags}g`))].some((match) => match[0].trim() === part.trim());
}

/** Before and after the word that turns examples into counterexamples. */
function split(comment: string): readonly string[] {
  const turn = /[;,] (?:not|nor|but not) (?=["“]|(?:in|of|the|a|as)\b)/.exec(comment);
  return turn === null ? [comment, ""] : [comment.slice(0, turn.index), comment.slice(turn.index + turn[0].length)];
}

function quoted(words: string): readonly Example[] {
  return [...words.matchAll(/"(?<text>[^"]+)"(?: of "(?<whole>[^"]+)")?/g)].map((match) => {
    const { text = "", whole } = match.groups ?? {};
    return whole === undefined ? { text: unescaped(text), part: null } : { text: unescaped(whole), part: unescaped(text) };
  });
}

function unescaped(text: string): string {
  return text.replaceAll("\\t", "\t").replaceAll("\\n", "\n").replaceAll("\\u00a0", "\u00a0");
}
