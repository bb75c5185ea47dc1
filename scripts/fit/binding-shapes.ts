/** Generated texts to fit to: facts in many shapes and orders, where what was worked out from what is known. */
import type { Catalog } from "../../src/model/catalog.ts";
import type { GoldFigure, GoldPassage } from "../score/gold-mentions.ts";
import type { Passage } from "../score/passages.ts";
import { founding } from "../shapes/founding.ts";
import { LAWS, type Law } from "../shapes/laws.ts";
import { plainProducts } from "../shapes/story.ts";
import { asRead, type BoundPassage, boundPassage } from "./fit-binding.ts";
import { FIRST_SEED, SHAPES } from "./shape-passages.ts";

const TEXTS = 40;
const FOUNDING: GoldFigure = { phrase: "", kind: "cost", value: 245_000, unit: "USD" };

/** The texts, with the figures that the tool reads in them. */
export async function boundShapes(catalog: Catalog): Promise<readonly BoundPassage[]> {
  const products = plainProducts(catalog);
  const all: BoundPassage[] = [];
  for (const law of [...Object.values(LAWS), founding] as readonly Law[])
    for (let seed = FIRST_SEED; seed < FIRST_SEED + TEXTS; seed += 1) {
      const { variant } = law(seed, products);
      const bound = await boundPassage(catalog, goldOf(variant), variant.checks ?? []);
      if (bound !== null) all.push(asRead(catalog, bound));
    }
  return all;
}

function goldOf({ id, media, text, quantities, checks = [] }: Passage): GoldPassage {
  const stated = checks.map(({ stated: phrase }) => ({ ...FOUNDING, phrase }));
  return { id, media, text, genre: SHAPES, quantities: (quantities as readonly GoldFigure[] | undefined) ?? stated };
}
