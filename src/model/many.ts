/**
 * What is done with lists as long as a document makes them.
 *
 * A list that is spread into the arguments of a call stands on the stack, which holds some ten thousand of them.
 */

/** Puts all of `more` behind what is in a list. */
export function append<T>(list: T[], more: Iterable<T>): void {
  for (const each of more) list.push(each);
}

/** The largest of the numbers and `least`; without both, minus infinity. */
export function largest(numbers: Iterable<number>, least = Number.NEGATIVE_INFINITY): number {
  let most = least;
  for (const number of numbers) most = Math.max(most, number);
  return most;
}

/** The smallest of the numbers and `most`; without both, infinity. */
export function smallest(numbers: Iterable<number>, most = Number.POSITIVE_INFINITY): number {
  let least = most;
  for (const number of numbers) least = Math.min(least, number);
  return least;
}
