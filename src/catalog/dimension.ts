/** Powers of base dimensions: money/(accelerator*time) is { money: 1, accelerator: -1, time: -1 }. A power of 0 is left out. */
export type Dimension = Readonly<Record<string, number>>;

export type ParsedDimension =
  | { readonly kind: "dimension"; readonly dimension: Dimension }
  | { readonly kind: "unknown"; readonly name: string }
  | { readonly kind: "malformed" };

/**
 * Reads a product of named dimensions.
 *
 * Shape: `names` gives what each name stands for; products and quotients are read left to right, parentheses bind.
 */
export function parseDimension(text: string, names: ReadonlyMap<string, Dimension>): ParsedDimension {
  const tokens = text.match(TOKEN) ?? [];
  if (tokens.join("") !== text.replaceAll(/\s/g, "") || tokens.length === 0) return { kind: "malformed" };
  const reader = { tokens, at: 0 };
  const result = readProduct(reader, names);
  return result.kind === "dimension" && reader.at < tokens.length ? { kind: "malformed" } : result;
}

export function multiplyDimensions(left: Dimension, right: Dimension, power: number): Dimension {
  const product: Record<string, number> = { ...left };
  for (const [name, exponent] of Object.entries(right)) {
    const sum = (product[name] ?? 0) + exponent * power;
    if (sum === 0) delete product[name];
    else product[name] = sum;
  }
  return product;
}

export function sameDimension(left: Dimension, right: Dimension): boolean {
  return Object.keys(multiplyDimensions(left, right, -1)).length === 0;
}

/** "money / (accelerator * time)", or "1". */
export function dimensionText(dimension: Dimension): string {
  const part = (sign: number): readonly string[] =>
    Object.entries(dimension)
      .filter(([, power]) => power * sign > 0)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, power]) => (power * sign === 1 ? name : `${name}^${power * sign}`));
  const above = part(1).join(" * ") || "1";
  const below = part(-1);
  if (below.length === 0) return above;
  return `${above} / ${below.length === 1 ? below[0] : `(${below.join(" * ")})`}`;
}

/** A name, a number, an operator or a parenthesis: "money", "1", "/", "("; not a blank. */
const TOKEN = /[a-z][a-z-]*|\d+|[*/^()]/g;

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

function readProduct(reader: Reader, names: ReadonlyMap<string, Dimension>): ParsedDimension {
  let product: Dimension = {};
  let power = 1;
  for (;;) {
    const factor = readFactor(reader, names);
    if (factor.kind !== "dimension") return factor;
    product = multiplyDimensions(product, factor.dimension, power);
    const operator = reader.tokens[reader.at];
    if (operator !== "*" && operator !== "/") return { kind: "dimension", dimension: product };
    power = operator === "*" ? 1 : -1;
    reader.at += 1;
  }
}

function readFactor(reader: Reader, names: ReadonlyMap<string, Dimension>): ParsedDimension {
  const token = reader.tokens[reader.at];
  reader.at += 1;
  if (token === "1") return { kind: "dimension", dimension: {} };
  let factor: Dimension;
  if (token === "(") {
    const inner = readProduct(reader, names);
    if (inner.kind !== "dimension") return inner;
    if (reader.tokens[reader.at] !== ")") return { kind: "malformed" };
    reader.at += 1;
    factor = inner.dimension;
  } else {
    if (token === undefined || !/^[a-z]/.test(token)) return { kind: "malformed" };
    const named = names.get(token);
    if (named === undefined) return { kind: "unknown", name: token };
    factor = named;
  }
  if (reader.tokens[reader.at] !== "^") return { kind: "dimension", dimension: factor };
  const exponent = Number(reader.tokens[reader.at + 1]);
  if (!Number.isInteger(exponent)) return { kind: "malformed" };
  reader.at += 2;
  return { kind: "dimension", dimension: multiplyDimensions({}, factor, exponent) };
}
