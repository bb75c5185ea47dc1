import type { Span } from "../model/span.ts";

/** What stands between a key and its value. */
export type Separator =
  /** "GPUs: 64" */
  | "colon"
  /** "gpus = 64" */
  | "equals"
  /** "gpus      64" */
  | "gap"
  /** "Wren-S – 64" */
  | "dash"
  /** "--gpus 64" */
  | "flag";

/** A key with its value, as "GPUs: 64" or "--max_steps 100". */
export interface Entry {
  readonly key: Span;
  /** Without quotes, and without the comma or semicolon that ends it; empty where nothing is given. */
  readonly value: Span;
  readonly separator: Separator;
}

/** Keys longer than this are sentences. */
const KEY_CHARACTERS = 60;
const KEY_WORDS = 7;
/** What ends a key: a colon before white space, an equals sign that compares nothing, a dash between spaces, a row of dots. */
const SEPARATOR = /(?<colon>:(?=\s|$)|：)|(?<equals>(?<![<>=!+*/-])=(?![=>]))|(?<dash>\s[–—]\s)|(?<gap>\s?\.{4,}\s)/gu;
/** Two spaces or a tab between a key and its value. */
const GAP = /(?<=\S)(?: {2,}|\t)\s*(?=\S)/;
/** A sentence that ends: no key goes on behind it. */
const SENTENCE_END = /[.!?;](?=\s)/;
export const LETTER = /\p{L}/u;
/** Quotes and marks around keys and values. */
const WRAPPING = /["'`*]/;
/** What stands before the words of a line of a log: "[12:00:01]", "[rank 0]". */
const STAMP = /^(?:\[[^\]]{0,40}\]\s*)+/;
/** Where a comment of code begins: "# ", "// ". */
const COMMENT = /(?<=^|\s)(?:#+|\/\/)(?=\s|$)/g;
/** What text in code stands between. */
const QUOTE = /["`]/;
/** Pictures and marks before the first word of a key. */
const ORNAMENT = /^[^\p{L}\p{N}#$([_"'`*]+/u;
/** A word of a command: quoted, or up to white space. */
const ARGUMENT = /(?:[^\s"']|"[^"]*"|'[^']*'|["'])+/g;
/** The name of a flag: "--max_steps", "-n"; not "-5". */
const FLAG = /^--?[A-Za-z][\w.-]*/;
/** What ends the words of one command: a pipe, a line that goes on. */
const SHELL_SIGN = /[|<>&;\\]/;
/** A setting without spaces: "epochs=90". */
const SETTING = /^[\p{L}_][\p{L}\p{N}_./-]*=(?![=>])/u;
/** What sets several entries on one line apart. */
const FIELD_END = /[|;,]\s+|\|$/g;

/** A stretch without white space at its ends. */
export function trimmed(text: string, { start, end }: Span): Span {
  let [from, to] = [start, end];
  while (from < to && (text[from] ?? "").trim() === "") from += 1;
  while (to > from && (text[to - 1] ?? "").trim() === "") to -= 1;
  return { start: from, end: to };
}

/** The comment that ends a line of code, with its mark; null for none. A mark inside quotes is text. */
export function commentIn(text: string, line: Span): Span | null {
  const words = text.slice(line.start, line.end);
  let quote = "";
  let at = 0;
  for (const match of words.matchAll(COMMENT)) {
    for (; at < match.index; at += 1) {
      const character = words[at] ?? "";
      if (quote === "" ? QUOTE.test(character) : character === quote) quote = quote === "" ? character : "";
    }
    if (quote === "") return { start: line.start + match.index, end: line.end };
  }
  return null;
}

const SEPARATORS: readonly Separator[] = ["colon", "equals", "gap", "dash"];

/** The one key and value that a line is made of; null where it is none. `gaps` allows runs of spaces between them. */
export function entryIn(text: string, line: Span, gaps: boolean): Entry | null {
  const stamp = STAMP.exec(text.slice(line.start, line.end))?.[0].length ?? 0;
  const body = trimmed(text, { start: line.start + stamp, end: line.end });
  const words = text.slice(body.start, body.end);
  const gap = gaps ? GAP.exec(words) : null;
  for (const match of words.matchAll(SEPARATOR)) {
    if (gap !== null && gap.index < match.index && gap.index + gap[0].length < match.index) break;
    const separator = SEPARATORS.find((name) => match.groups?.[name] !== undefined) ?? "dash";
    return entryOf(text, body, match.index, match[0].length, separator);
  }
  return gap === null ? null : entryOf(text, body, gap.index, gap[0].length, "gap");
}

function entryOf(text: string, body: Span, at: number, length: number, separator: Separator): Entry | null {
  const ornament = ORNAMENT.exec(text.slice(body.start, body.start + at))?.[0].length ?? 0;
  const key = unwrapped(text, { start: body.start + Math.min(ornament, at), end: body.start + at });
  const value = unwrapped(text, { start: body.start + at + length, end: body.end });
  const name = text.slice(key.start, key.end);
  const isKey = LETTER.test(name) && name.length <= KEY_CHARACTERS && !SENTENCE_END.test(name) && name.split(/\s+/).length <= KEY_WORDS;
  return isKey ? { key, value, separator } : null;
}

/** Without white space, quotes and emphasis at both ends, and without the comma or semicolon that ends an entry. */
function unwrapped(text: string, span: Span): Span {
  let { start, end } = trimmed(text, span);
  if (end > start && /[,;]/.test(text[end - 1] ?? "")) end -= 1;
  if (text[end - 1] === "}" && !text.slice(start, end).includes("{")) ({ start, end } = trimmed(text, { start, end: end - 1 }));
  while (end - start > 1 && WRAPPING.test(text[start] ?? "") && text[start] === text[end - 1]) [start, end] = [start + 1, end - 1];
  return trimmed(text, { start, end });
}

/** Several entries on one line: fields of a log, settings between commas, "a=1 b=2"; none where there are fewer than two. */
export function fieldsIn(text: string, line: Span): readonly Entry[] {
  const settings = settingsIn(text, line);
  if (settings.length > 1) return settings;
  const words = text.slice(line.start, line.end);
  const fields: Entry[] = [];
  let start = 0;
  for (const end of [...words.matchAll(FIELD_END), null]) {
    const stop = end?.index ?? words.length;
    const entry = entryIn(text, { start: line.start + start, end: line.start + stop }, false);
    if (entry !== null) fields.push(entry);
    start = end === null ? stop : end.index + end[0].length;
  }
  return fields.length > 1 ? fields : [];
}

function settingsIn(text: string, line: Span): readonly Entry[] {
  return wordsOf(text, line).flatMap((word) => {
    const key = SETTING.exec(text.slice(word.start, word.end))?.[0].length ?? 0;
    const value = unwrapped(text, { start: word.start + key, end: word.end });
    return key === 0 || value.start === value.end
      ? []
      : [{ key: { start: word.start, end: word.start + key - 1 }, value, separator: "equals" as const }];
  });
}

/** The flags and settings of a command: "--nodes=4", "-n 8", "trainer.devices=8". */
export function argumentsIn(text: string, line: Span): readonly Entry[] {
  const words = wordsOf(text, line);
  const found: Entry[] = [];
  words.forEach((word, index) => {
    const printed = text.slice(word.start, word.end);
    const name = FLAG.exec(printed)?.[0];
    if (name === undefined) return;
    const key = { start: word.start + (printed.startsWith("--") ? 2 : 1), end: word.start + name.length };
    if (printed[name.length] === "=") {
      found.push({ key, value: unwrapped(text, { start: key.end + 1, end: word.end }), separator: "flag" });
      return;
    }
    const next = words[index + 1];
    const isValue = next !== undefined && !FLAG.test(text.slice(next.start, next.end)) && !SHELL_SIGN.test(text[next.start] ?? "");
    found.push({ key, value: isValue ? unwrapped(text, next) : { start: word.end, end: word.end }, separator: "flag" });
  });
  return found.length === 0 ? [] : [...found, ...settingsIn(text, line)].sort((left, right) => left.key.start - right.key.start);
}

function wordsOf(text: string, line: Span): readonly Span[] {
  return [...text.slice(line.start, line.end).matchAll(ARGUMENT)].map((match) => ({
    start: line.start + match.index,
    end: line.start + match.index + match[0].length,
  }));
}
