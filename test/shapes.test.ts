import { describe, expect, test } from "vitest";
import { LAWS } from "../scripts/shapes/laws.ts";
import { randomOf } from "../scripts/shapes/random.ts";
import { plainProducts, storyOf } from "../scripts/shapes/story.ts";
import { openCatalog } from "../src/store/rules-folder.ts";

const { catalog } = await openCatalog({ overlay: null });
const products = plainProducts(catalog);
const [product] = products;
if (product === undefined) throw new Error("no product of one processor in the catalog");

describe("generated texts", () => {
  test("are the same for the same seed", () => {
    for (const law of Object.values(LAWS)) expect(law(7, products)).toEqual(law(7, products));
    expect(randomOf(1).next()).not.toBe(randomOf(2).next());
  });

  test("print every figure of their gold", () => {
    for (const [name, law] of Object.entries(LAWS))
      for (let seed = 1; seed <= 40; seed += 1) {
        const { text, quantities, media } = law(seed, products).variant;
        const plain = media === "latex" ? text.replace(/\\(?=[$%#&_])/g, "").replaceAll("$\\times$", "×") : text;
        const missing = (quantities ?? []).filter(({ phrase, value }) => !plain.includes(phrase) || !(value > 0));
        expect({ name, seed, missing }).toEqual({ name, seed, missing: [] });
      }
  });

  test("have claims that follow from their facts, or are off by the slip", () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const { facts, slip } = storyOf(seed, "Alder", product);
      const [count = 0, time = 0, hours] = [facts.get("count"), facts.get("time"), facts.get("device-hours")];
      const factor = slip?.key === "device-hours" ? slip.factor : 1;
      if (hours !== undefined) expect(hours / (count * time * factor)).toBeCloseTo(1, 3);
      const [price, cost] = [facts.get("price"), facts.get("cost")];
      const off = slip?.key === "cost" ? slip.factor : 1;
      if (price !== undefined && cost !== undefined) expect(cost / (count * time * price * off)).toBeCloseTo(1, 2);
    }
  });

  test("tell as many stories with a slip as without", () => {
    const slipped = Array.from({ length: 200 }, (_, seed) => storyOf(seed, "Alder", product).slip).filter((slip) => slip !== null);
    expect(slipped.length).toBeGreaterThan(70);
    expect(slipped.length).toBeLessThan(130);
  });
});
