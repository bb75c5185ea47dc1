import { expect, test } from "vitest";
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
