/** Powers of base dimensions that are not 0: { money: 1, accelerator: -1, time: -1 }. */
export type Dimensions = Readonly<Record<string, number>>;

export const NO_DIMENSION: Dimensions = {};

/** `left` times `right` to a power. */
export function times(left: Dimensions, right: Dimensions, power: number): Dimensions {
  const product: Record<string, number> = { ...left };
  for (const name of Object.keys(right)) {
    const sum = (product[name] ?? 0) + (right[name] ?? 0) * power;
    if (sum === 0) delete product[name];
    else product[name] = sum;
  }
  return product;
}

/** One text for equal dimensions, empty for none. */
export function keyOf(dimensions: Dimensions): string {
  return Object.keys(dimensions)
    .sort()
    .map((name) => `${name}${dimensions[name]}`)
    .join(" ");
}

export function isEmpty(dimensions: Dimensions): boolean {
  for (const _ in dimensions) return false;
  return true;
}

/** How many factors a dimension still needs at most: the sum of its powers without their signs. */
export function sizeOf(dimensions: Dimensions): number {
  let size = 0;
  for (const name of Object.keys(dimensions)) size += Math.abs(dimensions[name] ?? 0);
  return size;
}

/**
 * Reads a product of named dimensions such as "money/(accelerator*time)"; `names` gives what a name stands for, if not itself.
 *
 * The catalog has made sure that the text is well formed.
 */
export function readDimensions(text: string, names: Readonly<Record<string, string>>): Dimensions {
  let product: Dimensions = {};
  const signs: number[] = [1];
  let sign = 1;
  for (const token of text.match(/[a-z]+|[*/()]/g) ?? []) {
    const outer = signs.at(-1) ?? 1;
    if (token === "*") sign = outer;
    else if (token === "/") sign = -outer;
    else if (token === "(") signs.push(sign);
    else if (token === ")") signs.pop();
    else {
      const meant = names[token] ?? "base";
      product = times(product, meant === "base" ? { [token]: 1 } : readDimensions(meant, names), sign);
    }
    if (token === "(") sign = signs.at(-1) ?? 1;
  }
  return product;
}
