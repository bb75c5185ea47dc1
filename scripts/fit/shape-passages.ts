/** Generated texts as passages: facts in many shapes, orders and names, whose figures, models and products are known. */
import type { Catalog } from "../../src/model/catalog.ts";
import type { GoldFigure, GoldPassage } from "../score/gold-mentions.ts";
import { LAWS } from "../shapes/laws.ts";
import { plainProducts } from "../shapes/story.ts";

/** Seeds that the tests of the laws do not come to. */
export const FIRST_SEED = 500_001;
const TEXTS = 30;

/** The group of these texts, where groups are held out. */
export const SHAPES = "shapes";

export function shapePassages(catalog: Catalog): readonly GoldPassage[] {
  const products = plainProducts(catalog);
  return Object.entries(LAWS).flatMap(([name, law]) =>
    Array.from({ length: TEXTS }, (_, index) => law(FIRST_SEED + index, products).variant).flatMap(
      ({ media, text, quantities }, index): readonly GoldPassage[] =>
        quantities === undefined
          ? []
          : [{ id: `${SHAPES}-${name}-${index}`, genre: SHAPES, media, text, quantities: quantities as readonly GoldFigure[] }],
    ),
  );
}
