/** Draws that are the same for the same seed. */
export interface Random {
  /** A number from 0 up to 1. */
  readonly next: () => number;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  readonly chance: (share: number) => boolean;
  readonly shuffled: <Item>(items: readonly Item[]) => readonly Item[];
}

/** Draws that always take the first: what is usual. */
export const USUAL: Random = {
  next: () => 0,
  pick: (items) => firstOf(items),
  chance: () => false,
  shuffled: (items) => items,
};

/** Source: the mulberry32 generator. */
export function randomOf(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    pick: (items) => items[Math.floor(next() * items.length)] ?? firstOf(items),
    chance: (share) => next() < share,
    shuffled: (items) =>
      items
        .map((item) => ({ item, rank: next() }))
        .sort((left, right) => left.rank - right.rank)
        .map(({ item }) => item),
  };
}

function firstOf<Item>(items: readonly Item[]): Item {
  const [first] = items;
  if (first === undefined) throw new Error("nothing to draw from");
  return first;
}
