import { expect, test } from "vitest";
import { tryCauses } from "../../../scripts/shapes/causes.ts";
import { fallenShares, TEXTS } from "../../../scripts/shapes/law-floors.ts";
import { ALL_LAWS, tryLaw } from "../../../scripts/shapes/law-run.ts";
import { openCatalog } from "../../../src/store/rules-folder.ts";

/** `RECKONER_LAW_TEXTS=2000` tries more than the suite does. */
const ASKED = Number(process.env["RECKONER_LAW_TEXTS"] ?? TEXTS);

/** Each law of reading and judging holds on no fewer generated texts than it did; what fails first is printed with what was read. */
test.each(Object.entries(ALL_LAWS))(
  "the law of %s holds as often as it did",
  async (name, law) => {
    const { catalog, problems } = await openCatalog({ overlay: null });
    expect(problems).toEqual([]);
    const result = await tryLaw(catalog, law, ASKED);
    const fallen = fallenShares(name, result);
    expect(fallen.length === 0 ? [] : [...fallen, ...result.failures.slice(0, 2)]).toEqual([]);
    const shares = [result.read, result.judged, result.same].map((share) => share.toFixed(3));
    console.log(`${name}: ${result.texts} texts, read ${shares[0]}, judged ${shares[1]}, same ${shares[2]}`);
  },
  Math.max(60_000, ASKED * 500),
);

/** Causes are tried on more texts, for few of them name one by chance. */
const TEXTS_OF_CAUSES = 5 * ASKED;
const MOST_BY_CHANCE = 0.03;
const LEAST_OF_SLIPS = 0.9;

test(
  "a cause is told of slips, and hardly ever of a random ratio",
  async () => {
    const { catalog } = await openCatalog({ overlay: null });
    const { random, slips, failures } = await tryCauses(catalog, TEXTS_OF_CAUSES);
    const isHeld = random.explained <= MOST_BY_CHANCE * random.told && slips.explained >= LEAST_OF_SLIPS * slips.told;
    expect(isHeld ? [] : failures.slice(0, 2)).toEqual([]);
    console.log(`causes: random ${random.explained} of ${random.told}, slips ${slips.explained} of ${slips.told}`);
  },
  Math.max(60_000, TEXTS_OF_CAUSES * 500),
);
