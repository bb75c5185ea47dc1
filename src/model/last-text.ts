/** Keeps what was worked out of the text that was asked for last: every stage asks for that of its document. */
export function keptForLastText<C extends object, T>(work: (catalog: C, text: string) => T): (catalog: C, text: string) => T {
  const last = new WeakMap<C, { readonly text: string; readonly result: T }>();
  return (catalog, text) => {
    const known = last.get(catalog);
    if (known?.text === text) return known.result;
    const result = work(catalog, text);
    last.set(catalog, { text, result });
    return result;
  };
}
