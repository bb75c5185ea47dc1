import { readdirSync, readFileSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Dimension, dimensionText, multiplyDimensions, parseDimension, sameDimension } from "../../src/catalog/dimension.ts";
import { loadCatalog } from "../../src/catalog/load-catalog.ts";
import { problemText } from "../../src/catalog/rule-file.ts";
import type { Accelerator } from "../../src/model/catalog.ts";
import { findHardware, hardwareById } from "../../src/model/hardware-finder.ts";
import { priceAt, pricePerCanonicalHour } from "../../src/model/price-lookup.ts";

const RULES = resolve(import.meta.dirname, "..", "..", "rules");
const files = readdirSync(RULES, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.(?:yaml|tsv|md)$/.test(path))
  .sort()
  .map((path) => ({ folder: "rules", path: path.split(sep).join("/"), text: readFileSync(join(RULES, path), "utf8") }));
const { catalog, problems } = loadCatalog(files);
const finder = findHardware(catalog);
const anyAccelerator = fc.constantFrom(...catalog.accelerators);

describe("the shipped rules", () => {
  it("load without a problem", () => {
    expect(problems.map(problemText)).toEqual([]);
    expect(catalog.accelerators.length).toBeGreaterThan(200);
    expect(catalog.prices.length).toBeGreaterThan(300);
  });

  it("say where every fact comes from", () => {
    const rows = [...catalog.accelerators, ...catalog.systems, ...catalog.prices, ...catalog.grids, ...catalog.powerUsageEffectiveness];
    const titles = new Set(rows.flatMap((row) => row.sources.map((source) => source.title)));
    expect([...titles].filter((title) => title.trim() === "" || /from memory|general knowledge/i.test(title))).toEqual([]);
    expect(rows.filter((row) => row.sources.length === 0 && row.confidence !== "low").map(({ id }) => id)).toEqual([]);
    // What most texts are about: facts that no page tells are for what is rare.
    expect(rows.filter((row) => row.sources.length === 0).length / rows.length).toBeLessThan(0.15);
  });

  it("keep files that a person can read", () => {
    expect(files.filter((file) => file.path.endsWith(".yaml") && file.text.split("\n").length > 1500).map((file) => file.path)).toEqual([]);
  });
});

describe("units of hardware", () => {
  it("convert there and back", () => {
    fc.assert(
      fc.property(anyAccelerator, fc.nat(), fc.nat(), fc.double({ min: 1e-3, max: 1e9, noNaN: true }), (row, from, to, count) => {
        const units = Object.values(row.unitsInCanonical);
        const [left = 1, right = 1] = [units[from % units.length], units[to % units.length]];
        expect((((count * left) / right) * right) / left).toBeCloseTo(count, -Math.floor(Math.log10(count)) + 9);
      }),
    );
  });

  it("stand in the order of the hierarchy", () => {
    const ladder = ["core", "chip", "device", "host", "pod"];
    for (const row of catalog.accelerators.filter((row) => row.kind === "tpu")) {
      const sizes = ladder.flatMap((unit) => row.unitsInCanonical[unit] ?? []);
      if (row.id === "google-tpu-v7") continue; // Its devices are the two halves of a chip.
      expect(sizes, row.id).toEqual([...sizes].sort((left, right) => left - right));
      if (row.podCanonicalUnits !== null) expect(row.unitsInCanonical.pod, row.id).toBe(row.podCanonicalUnits);
    }
  });

  it("give a device of TPU v2 and v3 four chips of two cores, and a chip of v5e one", () => {
    for (const id of ["google-tpu-v2", "google-tpu-v3"])
      expect(hardwareById(catalog, id)?.unitsInCanonical).toMatchObject({ core: 0.5, chip: 1, device: 4 });
    expect(hardwareById(catalog, "google-tpu-v5e")?.unitsInCanonical).toMatchObject({ core: 1, chip: 1 });
    expect(hardwareById(catalog, "nvidia-tesla-k80")?.unitsInCanonical).toMatchObject({ gpu: 0.5, board: 1 });
    expect(hardwareById(catalog, "no-such-chip")).toBeNull();
  });
});

describe("peaks", () => {
  it("do not fall as numbers get shorter", () => {
    const steps = [
      ["fp64_vector", "fp32_vector"],
      ["fp32_vector", "fp16_matrix"],
      ["tf32_matrix", "fp16_matrix"],
      ["fp16_matrix", "fp8_matrix"],
      ["fp8_matrix", "fp4_matrix"],
    ] as const;
    const falling = catalog.accelerators.flatMap((row) =>
      steps
        .filter(
          ([long, short]) => (row.densePeakTeraflops[long] ?? 0) > (row.densePeakTeraflops[short] ?? Number.POSITIVE_INFINITY) * 1.001,
        )
        .map(([long, short]) => `${row.id}: ${long} above ${short}`),
    );
    expect(falling).toEqual([]);
  });

  it("are dense: twice the peak is listed as a trap where the vendor prints it", () => {
    const a100 = hardwareById(catalog, "nvidia-a100-sxm4-80gb");
    expect(a100?.densePeakTeraflops.bf16_matrix).toBe(312);
    expect(a100?.sparseFactor).toBe(2);
  });
});

describe("the finder", () => {
  const namesOf = (row: Accelerator): readonly string[] => [row.name, ...row.aliases, ...row.ambiguousAliases];

  it("finds every name in the catalog, and nothing more of the sentence", () => {
    for (const row of catalog.accelerators)
      for (const name of namesOf(row)) {
        const text = `trained on ${name}, then`;
        const found = finder.find(text);
        expect(found.map((match) => text.slice(match.span.start, match.span.end)).join(" + "), name).toBe(name);
        expect(found[0]?.accelerators, name).toContain(row.id);
      }
    for (const system of catalog.systems)
      for (const name of system.aliases) expect(finder.find(`on ${name} nodes`)[0]?.systems, name).toContain(system.id);
  });

  it("shifts with the text before it and changes in nothing else", () => {
    const text = "on 8xA100 80GB, a v3-256 slice, 16 DGX-2 and P100x8";
    const expected = finder.find(text);
    expect(expected).toHaveLength(4);
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z ,.]{0,40}$/), (before) => {
        const shift = before.length + 1;
        const found = finder.find(`${before} ${text}`);
        expect(found.slice(-4).map((match) => ({ ...match, span: match.span.start - shift, slice: match.slice?.count }))).toEqual(
          expected.map((match) => ({ ...match, span: match.span.start, slice: match.slice?.count })),
        );
      }),
    );
  });

  it("never throws, overlaps or leaves the text", () => {
    const odd = fc.array(
      fc.constantFrom(
        "TPU",
        "v3",
        "-",
        "256",
        "A100",
        "80",
        "GB",
        " ",
        "x",
        "8",
        "(",
        ")",
        "Ti",
        "RTX 2080",
        "é",
        "昇腾",
        "s",
        "DGX",
        "\n",
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(odd, (parts) => {
        const text = parts.join("");
        let end = 0;
        for (const match of finder.find(text)) {
          expect(match.span.start).toBeGreaterThanOrEqual(end);
          expect(match.span.end).toBeLessThanOrEqual(text.length);
          expect(match.text).toBe(text.slice(match.span.start, match.span.end));
          expect(match.accelerators.length).toBeGreaterThan(0);
          end = match.span.end;
        }
      }),
    );
  });

  const found = (text: string): readonly string[] => finder.find(text).map((match) => match.text);

  it("minds neither case, spaces nor hyphens", () => {
    const spellings = ["TPU v3", "TPUv3", "TPU-v3", "tpu v3", "TPU\u00a0v3", "TPU\nv3", "Google TPU v3"];
    for (const text of spellings) expect(finder.find(`on ${text} chips`)[0]?.accelerators, text).toEqual(["google-tpu-v3"]);
    expect(found("GTX 1080Ti, RTX-3090-Ti, rtx2080ti")).toEqual(["GTX 1080Ti", "RTX-3090-Ti", "rtx2080ti"]);
  });

  it("takes whole names only", () => {
    expect(found("XA100, A1000, a 100 GPU job, GPT4 and BERT-V100x, DeepSeek-V3-0324, 20 m2, A100sm")).toEqual([]);
    expect(found("V100S and V100s; L40S and L40s")).toEqual(["V100S", "V100", "L40S", "L40"]);
    expect(found("8xA100, 4×8 H100s, P100x8, 64 V100GPUs")).toEqual(["A100", "H100", "P100", "V100"]);
    expect(found("the BI-V100 card")).toEqual(["BI-V100"]);
  });

  it("narrows a shared name by memory and form", () => {
    const ids = (text: string): readonly string[] | undefined => finder.find(text)[0]?.accelerators;
    expect(ids("A100 (40GB)")).toEqual(["nvidia-a100-sxm4-40gb"]);
    expect(ids("32 GB V100 cards")).toEqual(["nvidia-v100-sxm2-32gb"]);
    expect(ids("V100 PCIe")).toEqual(["nvidia-v100-pcie-16gb"]);
    expect(ids("H100")?.[0]).toBe("nvidia-h100-sxm5-80gb");
    expect(ids("A100 and 512 GB of RAM")).toContain("nvidia-a100-pcie-40gb");
    expect(found("A100 40 GPUs")).toEqual(["A100"]);
  });

  it("knows what a slice counts", () => {
    const slice = (text: string): string | undefined => {
      const named = finder.find(text)[0]?.slice;
      return named ? `${named.count} ${named.unit}` : undefined;
    };
    expect(slice("a v3-256 slice")).toBe("256 core");
    expect(slice("a TPU v4-512")).toBe("512 core");
    expect(slice("v5e-64")).toBe("64 chip");
    expect(slice("v5litepod-16")).toBe("16 chip");
    expect(finder.find("Inception v3-299 and ResNet v2-50")).toEqual([]);
    expect(finder.find("a v3-256 slice")[0]?.needsContext).toBe(true);
    expect(finder.find("a TPU v3-256")[0]?.needsContext).toBe(false);
  });

  it("says which names need a word beside them", () => {
    expect(finder.find("T4 cells")[0]?.needsContext).toBe(true);
    expect(finder.find("NVIDIA T4")[0]?.needsContext).toBe(false);
    expect(finder.find("A100")[0]?.needsContext).toBe(false);
  });

  it("gives every machine that shares a name", () => {
    const [match] = finder.find("eight DGX-1 machines");
    expect(match?.systems).toEqual(["dgx-1-p100", "dgx-1-v100"]);
    expect(match?.accelerators).toEqual(["nvidia-p100-sxm2", "nvidia-v100-sxm2-16gb"]);
  });
});

describe("prices", () => {
  const likely = (id: string, date: string | null, more: Partial<Parameters<typeof priceAt>[1]> = {}): string | undefined => {
    const [price] = priceAt(catalog, { hardware: [id], date, ...more }).likely;
    return price && `${price.perHour} ${price.unit} ${pricePerCanonicalHour(price)}`;
  };

  it("are those of the date", () => {
    expect(likely("google-tpu-v2", "2018-03-20")).toBe("6.5 device 1.625");
    expect(likely("google-tpu-v2", "2018-10-11")).toBe("4.5 device 1.125");
    expect(likely("google-tpu-v3", "2019-06")).toBe("8 device 2");
    expect(likely("google-tpu-v4", "2023")).toBe("3.22 chip 3.22");
  });

  it("are unknown before the hardware was sold, without a date, and for what nobody rents", () => {
    expect(likely("google-tpu-v3", "2017-01")).toBeUndefined();
    expect(likely("google-tpu-v3", null)).toBeUndefined();
    expect(priceAt(catalog, { hardware: ["google-tpu-v1"], date: "2019" })).toEqual({
      likely: [],
      plausible: null,
      around: [],
      typical: null,
    });
  });

  it("follow the provider and the kind that are asked for", () => {
    expect(likely("google-tpu-v3", "2019-06", { kind: "preemptible" })).toBe("2.4 device 0.6");
    expect(likely("nvidia-a100-sxm4-40gb", "2022-03", { provider: "GCP" })).toMatch(/ gpu 2\.93/);
    expect(likely("nvidia-a100-sxm4-40gb", "2022-03", { provider: "Nobody" })).toBeUndefined();
  });

  it("lie inside the plausible band, which no paper's assumption widens", () => {
    for (const row of catalog.accelerators)
      for (const date of ["2018-06", "2020-01", "2022-06", "2024-06"]) {
        const { likely: prices, plausible, around } = priceAt(catalog, { hardware: [row.id], date });
        for (const price of prices) {
          expect(pricePerCanonicalHour(price), price.id).toBeGreaterThanOrEqual(plausible?.low ?? Number.NaN);
          expect(pricePerCanonicalHour(price), price.id).toBeLessThanOrEqual(plausible?.high ?? Number.NaN);
        }
        expect(around.every((price) => price.kind !== "assumed_in_paper")).toBe(true);
      }
  });
});

describe("dimensions", () => {
  const bases = ["money", "accelerator", "time", "token"];
  const names = new Map<string, Dimension>(bases.map((name) => [name, { [name]: 1 }]));
  const dimension = fc
    .array(fc.tuple(fc.constantFrom(...bases), fc.integer({ min: -3, max: 3 })), { maxLength: 4 })
    .map((factors) => factors.reduce<Dimension>((product, [name, power]) => multiplyDimensions(product, { [name]: 1 }, power), {}));

  it("are read as they are written", () => {
    fc.assert(
      fc.property(dimension, (value) => {
        const read = parseDimension(dimensionText(value), names);
        expect(read.kind === "dimension" && sameDimension(read.dimension, value), dimensionText(value)).toBe(true);
      }),
    );
  });

  it("cancel", () => {
    fc.assert(
      fc.property(dimension, dimension, (left, right) =>
        sameDimension(multiplyDimensions(multiplyDimensions(left, right, 1), right, -1), left),
      ),
    );
    expect(parseDimension("money/(accelerator*time", names)).toEqual({ kind: "malformed" });
    expect(parseDimension("money/hour", names)).toEqual({ kind: "unknown", name: "hour" });
  });
});
