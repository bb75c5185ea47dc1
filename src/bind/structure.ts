/** How products are built, whatever figures they hold: what depends on dimensions and signs alone is worked out once. */
import type { Catalog } from "../model/catalog.ts";
import type { Definition, Named, Structure } from "./candidate.ts";
import type { DimensionTable, Kept } from "./dimension-table.ts";
import { hasOtherConstant, namedBy } from "./signatures.ts";

/** Figures in one product. */
export const MOST_TERMS = 5;

/** The catalog, and the dimensions of a document with those that its figures have. */
export interface Ground {
  readonly catalog: Catalog;
  readonly table: DimensionTable;
  readonly keys: readonly Kept[];
}

/** A product of dimensions, factor by factor; a node of a tree whose root is the claim's dimension. */
export class StructureNode implements Structure {
  readonly ground: Ground;
  readonly result: Kept;
  /** What is left of the result's dimension once the factors are divided out. */
  readonly rest: Kept;
  readonly parent: StructureNode | null;
  readonly factor: Kept;
  readonly sign: 1 | -1;
  readonly definition: Definition | null;
  /** Figures among the factors. */
  readonly figures: number;
  readonly #children: (StructureNode | undefined)[] = [];
  #isCircular: boolean | undefined;
  #named: readonly Named[] | undefined;
  #lacksConstant: boolean | undefined;
  #canEnd: boolean | undefined;

  constructor(ground: Ground, result: Kept, parent: StructureNode | null, factor: Kept, sign: 1 | -1, definition: Definition | null) {
    this.ground = ground;
    this.result = result;
    this.rest = parent === null ? result : ground.table.times(parent.rest, factor, sign > 0 ? -1 : 1);
    this.parent = parent;
    this.factor = factor;
    this.sign = sign;
    this.definition = definition;
    this.figures = (parent?.figures ?? 0) + (parent === null || definition !== null ? 0 : 1);
  }

  /** The structure with one more factor: a figure, or a definition. */
  by(factor: Kept, sign: 1 | -1, definition: Definition | null): StructureNode {
    const at = 4 * factor.id + (definition === null ? 0 : 2) + (sign > 0 ? 1 : 0);
    const known = this.#children[at];
    if (known !== undefined) return known;
    const child = new StructureNode(this.ground, this.result, this, factor, sign, definition);
    this.#children[at] = child;
    return child;
  }

  /** Whether some of the figures cancel each other: nodes times accelerators of each by all accelerators says nothing. */
  get isCircular(): boolean {
    this.#isCircular ??= goesInCircles(
      this.#factors().filter(({ definition }) => definition === null),
      this.ground.table,
    );
    return this.#isCircular;
  }

  /** Whether figures of other dimensions can make a product of it that goes in no circle; a constant may stand in for those of work. */
  get canEnd(): boolean {
    this.#canEnd ??= this.rest.isEmpty ? !this.isCircular : OF_CONSTANTS.has(this.rest.first) || this.#goesOn();
    return this.#canEnd;
  }

  #goesOn(): boolean {
    if (this.figures >= MOST_TERMS) return false;
    const { table, keys } = this.ground;
    return keys.some((key) => {
      const next = this.#holds(key) ? null : table.step(this.rest, key);
      return next !== null && this.by(key, next.sign, null).canEnd;
    });
  }

  #holds(key: Kept): boolean {
    for (let node: StructureNode = this; node.parent !== null; node = node.parent) if (node.factor === key) return true;
    return false;
  }

  /** The equations of the catalog that work with the same dimensions. */
  get named(): readonly Named[] {
    this.#named ??= namedBy(this.ground.catalog, this.result.key, this.#factors());
    return this.#named;
  }

  /** Whether an equation works with the same dimensions and a constant that the product lacks: three times the forward pass. */
  get lacksConstant(): boolean {
    this.#lacksConstant ??= hasOtherConstant(this.ground.catalog, this.result.key, this.#factors());
    return this.#lacksConstant;
  }

  #factors(): readonly StructureNode[] {
    const factors: StructureNode[] = [];
    for (let node: StructureNode = this; node.parent !== null; node = node.parent) factors.unshift(node);
    return factors;
  }
}

/** The dimensions by which definitions, facts of the catalog and sizes in names are found. */
export const OF_CONSTANTS: ReadonlySet<string> = new Set(["flop", "parameter"]);

/** The roots of a document, by the dimension of the claim. */
export function structuresOf(ground: Ground): (result: Kept) => StructureNode {
  const roots: (StructureNode | undefined)[] = [];
  return (result) => {
    const known = roots[result.id];
    if (known !== undefined) return known;
    const root = new StructureNode(ground, result, null, ground.table.none, 1, null);
    roots[result.id] = root;
    return root;
  };
}

function goesInCircles(factors: readonly StructureNode[], table: DimensionTable): boolean {
  if (factors.length < 3) return false;
  const whole = (1 << factors.length) - 1;
  for (let chosen = 1; chosen < whole; chosen += 1) {
    let rest = table.none;
    for (const [index, { factor, sign }] of factors.entries()) if ((chosen & (1 << index)) !== 0) rest = table.times(rest, factor, sign);
    if (rest.isEmpty) return true;
  }
  return false;
}
