import { headLength } from "./head-length.ts";
import type { Span } from "./span.ts";

/** Things with spans, asked by place: cost grows with what is found, not with how many there are. */
export interface SpanIndex<T extends { readonly span: Span }> {
  /** Those that share at least one code unit with a span, by where they begin. */
  readonly overlapping: (span: Span) => readonly T[];
  readonly touches: (span: Span) => boolean;
}

export function spanIndexOf<T extends { readonly span: Span }>(things: readonly T[]): SpanIndex<T> {
  const sorted = things.toSorted((left, right) => left.span.start - right.span.start);
  // The furthest end of all up to each: spans may lie in one another.
  const ends: number[] = [];
  for (const { span } of sorted) ends.push(Math.max(span.end, ends.at(-1) ?? 0));
  const firstFor = ({ start }: Span): number => headLength(ends, (end) => end <= start);
  return {
    overlapping: (span) => {
      const found: T[] = [];
      for (let at = firstFor(span); at < sorted.length; at += 1) {
        const thing = sorted[at];
        if (thing === undefined || thing.span.start >= span.end) break;
        if (thing.span.end > span.start) found.push(thing);
      }
      return found;
    },
    touches: (span) => {
      for (let at = firstFor(span); at < sorted.length; at += 1) {
        const thing = sorted[at];
        if (thing === undefined || thing.span.start >= span.end) return false;
        if (thing.span.end > span.start) return true;
      }
      return false;
    },
  };
}
