import type { Span } from "../model/span.ts";

/** A full stop that ends no sentence: "et al.", "Fig. 3", "i.e.", "v3.", an initial. */
const NO_END = /(?:\b(?:al|fig|figs|eq|eqs|sec|tab|no|vs|ca|approx|resp|cf|e\.g|i\.e|etc|mio|mrd|dr|prof|st|app|ref|[A-Z]))\.$/i;

/** The end of a sentence: a stop, closing and footnote marks, white space, then anything that may begin one. Matches ". We" and ".¹³ We", not "2.5", "e.g. a" or the dots between a key and its value. */
const END = /(?<!\.{3})[.!?][)"'”’\]¹²³⁰⁴-⁹]*(?=\s+["'“([]?[A-Z0-9"“([])|[。！？]/g;

const NONE: ReadonlySet<string> = new Set();

/** The word that a stop belongs to, with it; longer ones are no abbreviation. */
function lastWord(text: string, end: number): string {
  const before = text.slice(Math.max(0, end - MOST_OF_ABBREVIATION), end);
  return before.slice(before.lastIndexOf(" ") + 1).toLowerCase();
}

const MOST_OF_ABBREVIATION = 12;

/** The sentences of a stretch of text, as spans into it, in order, covering it without gaps. */
export function splitSentences(text: string, offset: number, abbreviations: ReadonlySet<string> = NONE): readonly Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(END)) {
    const end = match.index + match[0].length;
    if (NO_END.test(text.slice(Math.max(0, match.index - 8), match.index + 1))) continue;
    if (abbreviations.has(lastWord(text, match.index + 1))) continue;
    spans.push({ start: offset + start, end: offset + end });
    start = end;
  }
  if (text.slice(start).trim() !== "") spans.push({ start: offset + start, end: offset + text.length });
  return spans.map((span) => trim(text, span, offset));
}

function trim(text: string, span: Span, offset: number): Span {
  const lead = /^\s*/.exec(text.slice(span.start - offset, span.end - offset))?.[0].length ?? 0;
  return { start: span.start + lead, end: span.end };
}
