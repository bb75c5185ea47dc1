/** What became of the slips of one family. */
export interface Tally {
  planted: number;
  admitted: number;
  found: number;
  /** Told in a note alone. */
  doubted: number;
  nameable: number;
  named: number;
  located: number;
}

export function emptyTally(): Tally {
  return { planted: 0, admitted: 0, found: 0, doubted: 0, nameable: 0, named: 0, located: 0 };
}

export function sum(list: readonly Tally[]): Tally {
  const total = emptyTally();
  for (const tally of list) for (const key of Object.keys(total) as (keyof Tally)[]) total[key] += tally[key];
  return total;
}

/** The tally of a key, made where it is not there yet. */
export function tallyOf(tallies: Map<string, Tally>, key: string): Tally {
  const tally = tallies.get(key) ?? emptyTally();
  tallies.set(key, tally);
  return tally;
}
