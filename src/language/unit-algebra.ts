/** Units of a lexicon as products of atoms, and the dimensions that they make. */
import type { Catalog } from "../model/catalog.ts";
import type { KindDefinition, UnitAtom } from "../model/lexicon.ts";

/** "1e12 flop/second": so many times a product of units over another. */
export interface UnitProduct {
  readonly size: number;
  readonly above: readonly UnitAtom[];
  readonly below: readonly UnitAtom[];
}

export interface UnitAlgebra {
  /** The product that a value of a lexicon stands for; null where a unit of it is in no list. */
  readonly product: (value: string) => UnitProduct | null;
  readonly atom: (id: string) => UnitAtom | null;
  /** The kinds whose figures have a dimension. */
  readonly kindsOf: (dimension: string) => readonly KindDefinition[];
  readonly kind: (kind: string) => KindDefinition | null;
}

const ALGEBRAS = new WeakMap<Catalog, UnitAlgebra>();

/** The units and kinds of a catalog, ready to be asked. */
export function unitAlgebra(catalog: Catalog): UnitAlgebra {
  const known = ALGEBRAS.get(catalog);
  if (known !== undefined) return known;
  const atoms = new Map(catalog.atoms.map((atom) => [atom.id, atom]));
  const products = new Map<string, UnitProduct | null>();
  const byDimension = new Map<string, KindDefinition[]>();
  for (const kind of catalog.kinds)
    for (const dimension of kind.dimensions)
      byDimension.set(canonical(dimension), [...(byDimension.get(canonical(dimension)) ?? []), kind]);
  const kinds = new Map<string, KindDefinition>(catalog.kinds.map((kind) => [kind.kind, kind]));
  const algebra: UnitAlgebra = {
    product: (value) => {
      const made = products.get(value);
      if (made !== undefined) return made;
      const product = parseProduct(value, atoms);
      products.set(value, product);
      return product;
    },
    atom: (id) => atoms.get(id) ?? null,
    kindsOf: (dimension) => byDimension.get(dimension) ?? [],
    kind: (kind) => kinds.get(kind) ?? null,
  };
  ALGEBRAS.set(catalog, algebra);
  return algebra;
}

function parseProduct(value: string, atoms: ReadonlyMap<string, UnitAtom>): UnitProduct | null {
  const space = value.indexOf(" ");
  const size = space < 0 ? 1 : Number(value.slice(0, space));
  const unit = space < 0 ? value : value.slice(space + 1);
  const whole = atoms.get(unit);
  if (whole !== undefined) return { size, above: [whole], below: [] };
  const [above = "", below] = unit.split("/");
  const read = (side: string | undefined): readonly (UnitAtom | undefined)[] =>
    side === undefined ? [] : side.split("*").map((id) => atoms.get(id));
  const product = { size, above: read(above), below: read(below) };
  return isKnown(product.above) && isKnown(product.below) ? { size, above: product.above, below: product.below } : null;
}

function isKnown(atoms: readonly (UnitAtom | undefined)[]): atoms is readonly UnitAtom[] {
  return atoms.every((atom) => atom !== undefined);
}

/** "money/(accelerator*time)" with its parts in alphabetical order; what stands above and below is taken out; "1" for a pure number. */
export function dimensionOf(above: readonly string[], below: readonly string[]): string {
  const left = [...above];
  const right: string[] = [];
  for (const part of below) {
    const at = left.indexOf(part);
    if (at < 0) right.push(part);
    else left.splice(at, 1);
  }
  const over = [...left].sort().join("*") || "1";
  const under = [...right].sort().join("*");
  if (under === "") return over;
  return right.length === 1 ? `${over}/${under}` : `${over}/(${under})`;
}

function canonical(dimension: string): string {
  const [above = "1", below] = dimension.split("/");
  const parts = (side: string): readonly string[] =>
    side
      .replace("(", "")
      .replace(")", "")
      .split("*")
      .filter((part) => part !== "1");
  return dimensionOf(parts(above), below === undefined ? [] : parts(below));
}
