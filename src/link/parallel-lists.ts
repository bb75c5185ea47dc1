import type { Span } from "../model/span.ts";

/** Items that the text enumerates: "Small, base and large"; "8, 16 and 32". */
export interface Enumeration<T> {
  readonly items: readonly T[];
  readonly span: Span;
}

/**
 * Enumerations among items in reading order: runs of neighbors between which only commas and "and" stand.
 *
 * Shape: only runs of two and more; an item is in at most one.
 */
export function enumerationsOf<T extends { readonly span: Span }>(
  text: string,
  items: readonly T[],
  belong: (left: T, right: T) => boolean,
): readonly Enumeration<T>[] {
  const found: Enumeration<T>[] = [];
  let open: T[] = [];
  const close = (): void => {
    const first = open[0];
    const last = open.at(-1);
    if (first !== undefined && last !== undefined && open.length > 1)
      found.push({ items: open, span: { start: first.span.start, end: last.span.end } });
    open = [];
  };
  for (const item of items) {
    const previous = open.at(-1);
    if (previous !== undefined && !(belong(previous, item) && SEPARATOR.test(text.slice(previous.span.end, item.span.start)))) close();
    open.push(item);
  }
  close();
  return found;
}

/**
 * Pairs of two enumerations of equal length that run in parallel: "A and B took 2 and 3 days".
 *
 * Where "respectively" is printed, the figures of one kind need not stand side by side: all of them, in order, are the list.
 */
export function zip<A, B>(left: readonly A[], right: readonly B[]): readonly (readonly [A, B])[] {
  if (left.length !== right.length) return [];
  return left.flatMap((item, index) => {
    const other = right[index];
    return other === undefined ? [] : [[item, other] as const];
  });
}

/** Between two members of an enumeration. Matches ", ", " and ", " days, and "; not " took ". */
const SEPARATOR = /^(?:[\s-]?\p{L}{1,12})?\s?(?:,|,? and|,? or|&|\/|、|和)\s?(?:the |our |a |for |with |on )?$/u;
