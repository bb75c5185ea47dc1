import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve, sep } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { searchCatalog } from "../src/catalog/catalog-search.ts";
import { loadCatalog } from "../src/catalog/load-catalog.ts";
import { problemText, type RuleFile } from "../src/catalog/rule-file.ts";
import { openCatalog } from "../src/store/rules-folder.ts";

const FIXTURES = resolve(import.meta.dirname, "..", "fixtures", "catalogs");
const SHIPPED = resolve(import.meta.dirname, "..", "rules");
const base = rulesIn(join(FIXTURES, "base"), "base");

/** Every folder but the base is a user's rules with something wrong; expected.txt holds what the user is told. UPDATE=1 rewrites it. */
describe("rules that cannot be used say where and why", () => {
  for (const name of readdirSync(FIXTURES).filter((folder) => folder !== "base")) {
    it(name.replaceAll("-", " "), () => {
      const overlay = rulesIn(join(FIXTURES, name), "rules");
      const told = `${loadCatalog(base, { overlay }).problems.map(problemText).join("\n")}\n`;
      const path = join(FIXTURES, name, "expected.txt");
      if (process.env.UPDATE === "1") writeFileSync(path, told);
      expect(told).toBe(existsSync(path) ? readFileSync(path, "utf8") : "");
      expect(told).toMatch(/^rules\/\S+:\d+:\d+: /);
    });
  }
});

describe("a folder of the user's", () => {
  const prices = (rows: string): RuleFile => ({
    folder: "mine",
    path: "prices/mine.yaml",
    text: `sources:\n  list: { title: List }\nprices:\n${rows}`,
  });
  const row = (id: string, perHour: number): string =>
    `  - { id: ${id}, provider: P, sku: S, hardware: acme-z1, unit: chip, canonicalUnitsPerUnit: 1, kind: spot, perHour: ${perHour}, includes: vm, confidence: low, sources: [list] }\n`;

  it("adds rows and overrides those of the same id", () => {
    const { catalog, problems } = loadCatalog(base, { overlay: [prices(row("z1-device", 3) + row("new", 4))] });
    expect(problems).toEqual([]);
    expect(catalog.prices.map((price) => `${price.id} ${price.perHour} ${price.sources[0]?.title}`)).toEqual([
      "z1-device 3 List",
      "new 4 List",
    ]);
  });

  it("may hold files of any depth, and remarks", () => {
    const deep = { ...prices(row("deep", 5)), path: "prices/ours/2026/list.yaml" };
    const remark = { folder: "mine", path: "prices/notes.md", text: "Ask Ada." };
    const { catalog, problems } = loadCatalog(base, { overlay: [deep, remark] });
    expect(problems).toEqual([]);
    expect(catalog.prices.map((price) => price.id)).toContain("deep");
  });
});

it("the examples of rules/README.md load", () => {
  const readme = readFileSync(join(SHIPPED, "README.md"), "utf8");
  const [price = "", equation = ""] = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
  const { catalog, problems } = loadCatalog(rulesIn(SHIPPED, "rules"), {
    overlay: [
      { folder: "mine", path: "prices/mine.yaml", text: price },
      { folder: "mine", path: "equations/money/run-cost.yaml", text: equation },
      { folder: "mine", path: "equations/money/run-cost.md", text: "# A run" },
    ],
  });
  expect(problems.map(problemText)).toEqual([]);
  expect(catalog.prices.find((row) => row.id === "acme-v3-device")?.perHour).toBe(7.5);
  expect(catalog.equations.find((row) => row.id === "money/run-cost")?.terms).toEqual([
    { slot: "accelerator_hours", power: 1 },
    { slot: "price", power: 1 },
  ]);
});

describe("the catalog is kept between runs", () => {
  let folder = "";
  const before = process.env.XDG_CACHE_HOME;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "reckoner-cache-"));
    process.env.XDG_CACHE_HOME = folder;
  });
  afterEach(() => {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
    rmSync(folder, { recursive: true, force: true });
  });

  const overlayOf = (text: string): string => {
    const overlay = mkdtempSync(join(folder, "rules-"));
    writeFileSync(join(overlay, "slots.yaml"), text);
    return overlay;
  };
  const slot = (title: string): string => `slots:\n  - { id: cost, title: ${title}, dimension: money, unit: USD }\n`;
  const titleOf = async (overlay: string): Promise<string | undefined> => {
    const { catalog, problems } = await openCatalog({ overlay });
    expect(problems).toEqual([]);
    return catalog.slots.find((entry) => entry.id === "cost")?.title;
  };
  const kept = (): readonly string[] => readdirSync(join(folder, "reckoner")).map((name) => join(folder, "reckoner", name));

  it("is the same when read back", async () => {
    const overlay = overlayOf(slot("the bill"));
    const { catalog: parsed } = await openCatalog({ overlay });
    await openCatalog({ overlay: null });
    const { catalog: read } = await openCatalog({ overlay });
    expect(read).not.toBe(parsed);
    expect(read).toEqual(parsed);
  });

  it("is made anew when a rule changes", async () => {
    const overlay = overlayOf(slot("the bill"));
    expect(await titleOf(overlay)).toBe("the bill");
    writeFileSync(join(overlay, "slots.yaml"), slot("the sum"));
    expect(await titleOf(overlay)).toBe("the sum");
  });

  it("is made anew when the kept file is damaged", { timeout: 60_000 }, async () => {
    const overlay = overlayOf(slot("the bill"));
    expect(await titleOf(overlay)).toBe("the bill");
    const [path = ""] = kept();
    for (const damage of [
      (text: string) => text.slice(0, -1000),
      (text: string) => text.replace("the bill", "the till"),
      () => "",
      () => "{}",
    ]) {
      // Another one in between, so that it is read again.
      await openCatalog({ overlay: null });
      writeFileSync(path, damage(readFileSync(path, "utf8")));
      expect(await titleOf(overlay)).toBe("the bill");
    }
  });

  it("is parsed each time where nothing can be kept", async () => {
    writeFileSync(join(folder, "reckoner"), "a file where the folder should be");
    expect(await titleOf(overlayOf(slot("the bill")))).toBe("the bill");
  });

  it("is not kept while anything is wrong", async () => {
    const overlay = overlayOf("slots: nothing\n");
    for (const _ of [1, 2]) {
      const { problems } = await openCatalog({ overlay });
      expect(problems).toEqual([
        `${overlay}/slots.yaml:1:8: slots: expected a list, got "nothing"; write [a, b] or one item to a line with a dash`,
      ]);
    }
  });
});

describe("search", () => {
  const { catalog } = loadCatalog(rulesIn(SHIPPED, "rules"));
  it("finds by name, in any spelling", () => {
    for (const query of ["TPU v3", "tpuv3", "TPU-v3"])
      expect(searchCatalog(catalog, query).accelerators.map((row) => row.id)).toEqual(["google-tpu-v3"]);
    expect(searchCatalog(catalog, "H20").accelerators.map((row) => row.name)).toEqual(["H20"]);
    expect(searchCatalog(catalog, "p3.16xlarge").systems.map((row) => row.id)).toEqual(["aws-p3.16xlarge"]);
  });
  it("wants every word", () => {
    const { prices, accelerators } = searchCatalog(catalog, "preemptible tpu v3");
    expect(accelerators).toEqual([]);
    expect(prices.length).toBeGreaterThan(3);
    expect(new Set(prices.map((price) => `${price.hardware} ${price.kind}`))).toEqual(new Set(["google-tpu-v3 preemptible"]));
    expect(searchCatalog(catalog, "tpu toaster")).toEqual({ accelerators: [], systems: [], prices: [] });
    expect(searchCatalog(catalog, "  ")).toEqual({ accelerators: [], systems: [], prices: [] });
  });
});

function rulesIn(root: string, folder: string): readonly RuleFile[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((name) => name.split(sep).join("/"))
    .filter((path) => /\.(?:yaml|tsv|md)$/.test(path))
    .sort()
    .map((path) => ({ folder, path, text: readFileSync(join(root, path), "utf8") }));
}
