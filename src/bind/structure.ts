/** How products are built, whatever figures they hold: what depends on dimensions and signs alone is worked out once. */
import type { Catalog } from "../model/catalog.ts";
import type { Definition, Named, Structure } from "./candidate.ts";
import type { DimensionTable, Kept } from "./dimension-table.ts";
import { hasOtherConstant, namedBy } from "./signatures.ts";

/** The catalog and the dimensions of a document. */
export interface Ground {
  readonly catalog: Catalog;
  readonly table: DimensionTable;
}

/** A product of dimensions, factor by factor; a node of a tree whose root is the claim's dimension. */
export class StructureNode implements Structure {
  readonly ground: Ground;
  readonly result: Kept;
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

  constructor(ground: Ground, result: Kept, parent: StructureNode | null, factor: Kept, sign: 1 | -1, definition: Definition | null) {
    this.ground = ground;
    this.result = result;
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
