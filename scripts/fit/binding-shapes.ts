/** Examples from generated texts: facts in many shapes and orders, where what was worked out from what is known. */
import type { Catalog } from "../../src/model/catalog.ts";
import type { GoldFigure, GoldPassage } from "../score/gold-mentions.ts";
import type { Passage } from "../score/passages.ts";
import { founding } from "../shapes/founding.ts";
import { LAWS, type Law } from "../shapes/laws.ts";
import { plainProducts } from "../shapes/story.ts";
import { asRead, type BindingExample, boundPassage, examplesOf } from "./fit-binding.ts";
import { FIRST_SEED, SHAPES } from "./shape-passages.ts";

const TEXTS = 40;
const FOUNDING: GoldFigure = { phrase: "", kind: "cost", value: 245_000, unit: "USD" };

/** One example for each claim of the texts, with the figures that the tool reads in them. */
export async function shapeExamples(catalog: Catalog): Promise<readonly BindingExample[]> {
  const products = plainProducts(catalog);
  const examples: BindingExample[] = [];
  for (const law of [...Object.values(LAWS), founding] as readonly Law[])
    for (let seed = FIRST_SEED; seed < FIRST_SEED + TEXTS; seed += 1) {
      const { variant } = law(seed, products);
      const bound = await boundPassage(catalog, goldOf(variant), variant.checks ?? []);
      if (bound !== null) examples.push(...examplesOf(catalog, asRead(catalog, bound)));
    }
  return examples;
}

function goldOf({ id, media, text, quantities, checks = [] }: Passage): GoldPassage {
  const stated = checks.map(({ stated: phrase }) => ({ ...FOUNDING, phrase }));
  return { id, media, text, genre: SHAPES, quantities: (quantities as readonly GoldFigure[] | undefined) ?? stated };
}
