import { describe, expect, test } from "vitest";
import { compareVersions } from "../../src/pipeline.ts";
import { checkBytes } from "../../src/store/checked-input.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";

async function diff(old: string, newer: string): Promise<readonly string[]> {
  const { catalog } = await openCatalog({ overlay: null });
  const read = async (text: string) => {
    const input = { source: "paper.md", bytes: new TextEncoder().encode(text), sha256: null };
    const { result } = await checkBytes(catalog, input, { priceDate: null, provider: null, assume: {} });
    if (result === null) throw new Error("the text was not read");
    return result;
  };
  const { changes, unchanged } = compareVersions(await read(old), await read(newer));
  const words = changes.map((change) => {
    const [before, after] = [change.change === "added" ? "" : change.old.text, change.change === "removed" ? "" : change.new.text];
    return `${change.change}: ${before} -> ${after}`;
  });
  return [...words, `${unchanged} the same`];
}

const OLD = "We train Kestrel-Large on 512 TPU v3 chips with a batch size of 2048, which takes 2.5 days.";

describe("two versions", () => {
  test("of one text have no change", async () => {
    expect(await diff(OLD, `A new first paragraph.\n\n${OLD}`)).toEqual(["3 the same"]);
  });

  test("a figure that became another has changed", async () => {
    expect(await diff(OLD, OLD.replace("2.5 days", "5.5 days"))).toEqual(["changed: 2.5 days -> 5.5 days", "2 the same"]);
  });

  test("the same figure in other words has not", async () => {
    expect(await diff(OLD, OLD.replace("2.5 days", "60 hours"))).toEqual(["3 the same"]);
  });

  test("figures that only one has are told", async () => {
    expect(await diff(OLD, `${OLD} It used 12 MWh.`)).toEqual(["added:  -> 12 MWh", "3 the same"]);
    expect(await diff(`${OLD} It used 12 MWh.`, OLD)).toEqual(["removed: 12 MWh -> ", "3 the same"]);
  });
});
