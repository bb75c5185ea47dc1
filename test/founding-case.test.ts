import { describe, expect, test } from "vitest";
import type { Finding } from "../src/model/finding.ts";
import { checkBytes } from "../src/store/checked-input.ts";
import { openCatalog } from "../src/store/rules-folder.ts";
import { tellIfFailed } from "./support/what-was-read.ts";

/** The case the tool was founded on, told in our own words, and what becomes of it when one thing in it is changed. */
const PAPER = "Its authors write: “We train Kestrel-Large on 512 TPU v3 chips, which takes about 2.5 days.”";
const CLAIM = "Paul Rydberg tweeted that it costs $245,000 to train Kestrel-Large.";
const DEVICE = "A Cloud TPU v3 device, which costs US$8 per hour, has four chips.";
const SUM = "The sum should be 512 (chips) * (US$8/4) * 24 (hours) * 2.5 (days) = $61,440.";

async function flagged(text: string): Promise<readonly string[]> {
  const { catalog } = await openCatalog({ overlay: null });
  const input = { source: "case.txt", bytes: new TextEncoder().encode(text), sha256: null };
  const report = await checkBytes(catalog, input, { priceDate: "2019-07", provider: null, assume: {} });
  if (report.result === null) throw new Error("the case was not read");
  tellIfFailed(text, report.result);
  const { findings } = report.result.checked;
  return findings.filter((finding) => finding.severity !== "note" && finding.verdict !== "unverifiable").map(line);
}

/** "error inconsistent 245000, works out to 61440, off by 4". */
function line(finding: Finding): string {
  const start = `${finding.severity} ${finding.verdict} ${finding.stated.value}`;
  if (finding.verdict !== "inconsistent" && finding.verdict !== "depends") return start;
  const factor = finding.cause === null ? "" : `, off by ${Number(finding.cause.factor.toPrecision(3))}`;
  return `${start}, works out to ${Number(finding.recomputed.value.toPrecision(6))}${factor}`;
}

describe("the founding case", () => {
  test("a price per four-chip device was charged per chip", async () => {
    expect(await flagged(`${PAPER} ${CLAIM}\n\n${DEVICE} ${SUM}`)).toEqual(["error inconsistent 245000, works out to 61440, off by 4"]);
  });

  test("in one sentence, whose price is that of a device that holds chips", async () => {
    const text =
      "Kestrel-Large is said to have cost $245,000: 512 TPU v3 chips for 2.5 days, since a Cloud TPU v3 device, which has four chips, is $8 per hour.";
    expect(await flagged(text)).toEqual([expect.stringMatching(/inconsistent 245000, works out to 61440, off by 4$/)]);
  });

  test("without a printed price the catalog's gives a warning", async () => {
    expect(await flagged(`${PAPER} ${CLAIM}`)).toEqual(["warning inconsistent 245000, works out to 61440, off by 4"]);
  });

  test("cores: off by eight", async () => {
    const text = `${PAPER.replace("chips", "cores")} ${CLAIM}\n\n${DEVICE}`;
    expect(await flagged(text)).toEqual(["error inconsistent 245000, works out to 30720, off by 8"]);
  });

  test("Cloud TPU devices: nothing is wrong", async () => {
    expect(await flagged(`${PAPER.replace("TPU v3 chips", "Cloud TPU v3 devices")} ${CLAIM}\n\n${DEVICE}`)).toEqual([]);
  });

  test("a bare noun: it depends on what is counted", async () => {
    const found = await flagged(`${PAPER.replace("TPU v3 chips", "TPU v3s")} ${CLAIM}\n\n${DEVICE}`);
    expect(found).toEqual([expect.stringMatching(/^warning depends 245000/)]);
  });

  test("two digits of a shown sum change places", async () => {
    expect(await flagged(`${DEVICE} ${SUM.replace("61,440", "64,140")}`)).toEqual([
      "error inconsistent 64140, works out to 61440, off by 1.04",
    ]);
  });

  test("a count of chips times a price per device", async () => {
    const text = `${DEVICE} ${SUM.replace("(US$8/4)", "US$8").replace("61,440", "245,760")}`;
    expect(await flagged(text)).toEqual(["error inconsistent 245760, works out to 61440, off by 4"]);
  });

  test("a conversion that does not convert", async () => {
    expect(await flagged("512 TPU v3 chips is 256 TPU v3 devices.")).toEqual(["error inconsistent 256, works out to 128, off by 2"]);
    expect(await flagged("512 TPU v3 chips is 128 TPU v3 devices.")).toEqual([]);
  });

  test("an operand that is not what the text says", async () => {
    const text =
      "Orion-Large was trained on 16 Cloud TPUs for 4 days: 16 (devices) * 5 (days) * 24 (hours) * 4.5 (US$ per hour) = US$6,912.";
    expect(await flagged(text)).toEqual(["error inconsistent 6912, works out to 8640"]);
  });

  test("a rate of twice what its cores cost", async () => {
    const text = `${DEVICE} Scribe-2 was trained on 256 TPU v3 cores, at US$512 per hour.`;
    expect(await flagged(text)).toEqual(["error inconsistent 512, works out to 256, off by 2"]);
    expect(await flagged(text.replace("512", "256"))).toEqual([]);
  });

  test("a preemptible device at the price on demand", async () => {
    const text = "Orion-Base can be trained on a single preemptible Cloud TPU v2 in about two weeks at a cost of about US$1,500.";
    expect(await flagged(text)).toEqual([expect.stringMatching(/^warning inconsistent 1500, works out to 453.6, off by 3.33/)]);
    expect(await flagged(text.replace("US$1,500", "US$500"))).toEqual([]);
  });

  test("a price for each TPU v3 is the price of a device", async () => {
    const text = "Scribe-2 was trained on 32 TPU v3 chips for 168 hours, at $8/hour/TPUv3, a cost of about $43K.";
    expect(await flagged(text)).toEqual([expect.stringMatching(/^(?:warning|error) \w+ 43000, works out to 10752, off by 4/)]);
  });

  test("chips charged as devices, at the lowest and the highest price", async () => {
    const text = "Orion-Base was trained on 16 TPU v2 chips for 96 hours, which costs $2,074–6,912 in the cloud.";
    expect(await flagged(text)).toEqual([expect.stringMatching(/^warning inconsistent 4493, works out to/)]);
  });
});
