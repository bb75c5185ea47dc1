import type { Catalog } from "../model/catalog.ts";
import type { CountNoun, MentionKind } from "../model/mention.ts";

/** A unit that a figure of a kind may be told in. */
export interface UnitChoice {
  /** As it is shown and kept: "gpu-hour". */
  readonly words: string;
  /** In the words of the contract: "accelerator-hour". */
  readonly unit: string;
  /** What is counted; null where the unit counts nothing that readings speak of. */
  readonly noun: CountNoun | null;
}

/** Times that others are multiplied with or divided by, the usual one first. */
const TIMES_OF_USE = ["hour", "day"] as const;
const COUNTED: ReadonlySet<string> = new Set(["accelerator", "node"]);

/** The kinds that a figure may be of, each with its units; what the rules count in no unit at all has an empty one. */
export function unitChoices(catalog: Catalog): ReadonlyMap<MentionKind, readonly UnitChoice[]> {
  const kinds = catalog.kinds.filter(({ kind }) => kind !== UNNAMED);
  return new Map(kinds.map(({ kind, dimensions }) => [kind, distinct(dimensions.flatMap((dimension) => ofDimension(catalog, dimension)))]));
}

/** What written arithmetic gives is no kind that a person would name. */
const UNNAMED = "number";

function ofDimension(catalog: Catalog, dimension: string): readonly UnitChoice[] {
  const [counted, by, ...more] = dimension.split("*");
  if (counted !== undefined && by === "time" && more.length === 0)
    return TIMES_OF_USE.flatMap((time) =>
      ofAtoms(catalog, counted).map(({ words, unit, noun }) => ({ words: `${words}-${time}`, unit: `${unit}-${time}`, noun })),
    );
  const atoms = ofAtoms(catalog, dimension);
  if (atoms.length > 0) return atoms;
  const bases = new Set(catalog.slots.filter((slot) => slot.dimension === dimension).map(({ unit }) => unit));
  return [...bases, ...catalog.units.filter(({ base }) => bases.has(base)).map(({ id }) => id)].map((unit) => ({
    words: unit,
    unit,
    noun: unit.includes("/accelerator") ? "bare" : null,
  }));
}

function ofAtoms({ atoms }: Catalog, dimension: string): readonly UnitChoice[] {
  return atoms
    .filter((atom) => atom.dimension === dimension)
    .map(({ id, prints }) => ({ words: id, unit: prints, noun: COUNTED.has(dimension) ? (id as CountNoun) : null }));
}

function distinct(choices: readonly UnitChoice[]): readonly UnitChoice[] {
  return [...new Map(choices.map((choice) => [choice.words, choice])).values()];
}
