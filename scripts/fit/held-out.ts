/** In how many parts the passages are held out by turns, where not whole genres are. */
export const FOLDS: readonly string[] = Array.from({ length: 8 }, (_, index) => `part ${index}`);

/** Whether a document is held out: its genre is, or it falls into the part that is. */
export function isHeldOut(without: string, group: string, document: string): boolean {
  if (!FOLDS.includes(without)) return group === without;
  let hash = 7;
  for (const letter of document) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 65521;
  return without === FOLDS[hash % FOLDS.length];
}
