import { describe, expect, test } from "vitest";
import { renderReport } from "../../src/report/render.ts";
import { checkBytes } from "../../src/store/checked-input.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";

/** What a person is told of a text at a terminal, without the working, each answer on one line. */
async function answered(text: string): Promise<string> {
  const { catalog } = await openCatalog({ overlay: null });
  const input = { source: "-", bytes: new TextEncoder().encode(text), sha256: null };
  const document = await checkBytes(catalog, input, { priceDate: null, provider: null, assume: {} });
  const report = { tool: { name: "reckoner", version: "0", rules: "" } as const, documents: [document] };
  const page = await renderReport("pretty", report, { color: false, width: 100, verbose: false });
  return (page.split("How it was worked out")[0] ?? "").replaceAll(/\n {6,}/g, " ");
}

/** A heading with its first line. */
function under(heading: string, line: string): RegExp {
  return new RegExp(`${heading} \\(\\d+\\)\\n(?:  .*\\n)*  line 1 {2}${line.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);
}

const WRONG = "Does not add up";
const RIGHT = "Adds up";
const LOOSE = "Too loosely given to test";
const OPEN = "Cannot be checked";

/** What journalists pasted, in other words; each with the line that answers it. */
const PARAGRAPHS: readonly (readonly [string, string, string])[] = [
  [
    "The bill came to $245,000. They had rented 512 TPU v3 chips, at $8 an hour for each device of four chips, and the run lasted two and a half days.",
    WRONG,
    "512 TPU v3 chips × two and a half days × $2 per chip-hour is $61,440; the page says $245,000. Off by about 4",
  ],
  ["Turner put the cost of the model at $245k: 512 TPU v3 chips for 2.5 days.", WRONG, "512 TPU v3 chips × 2.5 days × $2 per chip-hour"],
  [
    "The lab used 16,000 H100 GPUs and 30.84 million GPU hours. At $2 per GPU hour, training cost more than $60 million.",
    RIGHT,
    "30.84 million GPU hours × $2 per GPU hour is $61.7 million; the page says more than $60 million.",
  ],
  [
    "Pre-training took 2.788 million H800 GPU hours. At a rent of $2 per GPU hour, the total came to $5.576 million.",
    RIGHT,
    "2.788 million H800 GPU hours × $2 per GPU hour is $5.58 million, as the page says.",
  ],
  [
    "It was trained on around 25,000 A100s for 90 to 100 days. At about $1 per A100 hour, that is $63 million.",
    RIGHT,
    "around 25,000 A100s × 90 to 100 days × about $1 per A100 hour is $57 million; the page says $63 million.",
  ],
  [
    "The image model took 150,000 hours of A100 time, which at market rates comes to $600,000.",
    LOOSE,
    '"$600,000" is plausible, but not tested: the prices of the time span',
  ],
  [
    "Training ran for three hours on one machine with eight 80GB A100s at $30 an hour, and cost less than $100.",
    RIGHT,
    "one machine × three hours × $30 an hour is $90; the page says less than $100. Only one side could be tested.",
  ],
  [
    "They rented 10,000 H100 GPUs for two months at $2 to $3 per GPU hour, spending between $30 million and $45 million.",
    RIGHT,
    "10,000 H100 GPUs × two months × $2 to $3 per GPU hour is $36,525,000; the page says $30,000,000 to $45,000,000.",
  ],
  [
    "The chatbot was trained on 200,000 GPUs running for 92 days, about 200 million GPU hours.",
    WRONG,
    "200,000 GPUs × 92 days is 441,600,000 GPU hours; the page says about 200 million GPU hours.",
  ],
  [
    "The 1,500 H100 GPUs ran for 60 days, or 2.16 million GPU hours, at 2 euros per GPU hour. The bill: EUR 43 million.",
    WRONG,
    "2.16 million GPU hours × 2 euros per GPU hour is EUR 4.32 million; the page says EUR 43 million. Off by about 10",
  ],
  [
    "The team used 256 of Nvidia's A100 chips for three weeks, paying $4.10 per chip per hour; the run cost $5.3 million.",
    WRONG,
    "256 GPUs × three weeks × $4.10 per chip per hour is $528,998; the page says $5.3 million. Off by about 10",
  ],
  [
    "Eight P100 GPUs ran for 274,120 hours, which cost between $942,973 and $3,201,722 in the cloud.",
    LOOSE,
    '"$942,973 and $3,201,722" is plausible, but not tested: the prices of the time span',
  ],
  ["My RTX 4090 ran for 72 hours at 450 W. It used 324 kWh, roughly $50 at $0.15 per kWh.", WRONG, "72 hours × 450 W is 32.4 kWh"],
  ["They spent $12 million renting 1,000 H100 GPUs for a month.", LOOSE, '"$12 million" is plausible, but not tested'],
  [
    "Training drew 433 MWh. With France's grid emitting 57 grams of CO2 per kilowatt-hour, emissions were 25 tonnes.",
    RIGHT,
    "433 MWh × 57 grams of CO2 per kilowatt-hour is 24.7 t; the page says 25 tonnes.",
  ],
  ["The job took 400 GPU-days, all of it in a week on 32 cards.", WRONG, "32 cards × a week is 224 GPU days; the page says 400 GPU-days."],
  [
    "Training the model consumed 1,287 MWh and emitted 552 tonnes of CO2.",
    LOOSE,
    '"552 tonnes of CO2" is plausible, but not tested: what is usual spans',
  ],
  [
    "The model took 7 million GPU hours, like 70,000 years on a single GPU.",
    WRONG,
    "7 million GPU hours ÷ a single GPU is 799 years; the page says 70,000 years.",
  ],
  [
    "Each trillion tokens took 180,000 H800 GPU hours. With 14.8 trillion tokens, pre-training took 2.664 million GPU hours.",
    RIGHT,
    "180,000 H800 GPU hours × 14.8 trillion tokens ÷ a trillion is 2,664,000 GPU hours, as the page says.",
  ],
  [
    "If it ran on 500 A100 GPUs for 300 days at $3 an hour, the bill would be $10.8m.",
    RIGHT,
    "500 A100 GPUs × 300 days × $3 an hour is $10.8m, as the page says.",
  ],
  [
    "The 70B model was trained on 15 trillion tokens, which takes 6.3 x 10^24 floating-point operations.",
    RIGHT,
    "70B parameters × 15 trillion tokens × 6 is 6.3 × 10²⁴ FLOP, as the page says.",
  ],
  [
    "Our budget: 1,024 GPUs x 34 days x 24 hours x $3.93/hour = $5.28m.",
    WRONG,
    "1,024 GPUs × 34 days × 24 hours per day × $3.93 per hour is $3.28m; the page says $5.28m.",
  ],
  // The same in words that were answered with nothing, or wrongly.
  [
    '"It takes $245k to train XLNet," claimed Turner on Twitter. The authors used 512 TPU v3 chips for two and a half days.',
    WRONG,
    "512 TPU v3 chips × two and a half days × $2 per chip-hour",
  ],
  [
    "It is said to have been trained on 25,000 A100s for 90 to 100 days. At a dollar an hour per GPU, that is about $63 million.",
    RIGHT,
    "25,000 A100s × 90 to 100 days × a dollar an hour per GPU is $57 million; the page says about $63 million.",
  ],
  [
    "The students took three hours on a server with eight A100s. Renting such a server costs some $30 an hour, less than $100 in all.",
    RIGHT,
    "a server × three hours × some $30 an hour is $90; the page says less than $100.",
  ],
  [
    "Renting an 8-GPU node costs $98.32 per hour; 16 such nodes for 10 days come to $377,549.",
    RIGHT,
    "16 such nodes × 10 days × $98.32 per hour is $377,549, as the page says.",
  ],
  [
    "The model was trained on 256 of Nvidia's A100 chips over three weeks. At $4.10 an hour per chip, it must have cost about $5.3 million.",
    WRONG,
    "256 GPUs × three weeks × $4.10 an hour per chip is $528,998; the page says about $5.3 million. Off by about 10",
  ],
  [
    "The search took 274,120 hours on eight P100 GPUs. A P100 rents for $0.43 to $1.46 an hour, so it cost between $942,973 and $3,201,722.",
    RIGHT,
    "eight P100 GPUs × 274,120 hours × $0.43 to $1.46 an hour is $2,072,347",
  ],
  [
    "She ran one RTX 4090 for 72 hours at 450 W: 324 kWh of electricity, or roughly $50 where she lives.",
    OPEN,
    '"roughly $50": nothing was found in the text to test it by.',
  ],
  [
    "It took seven million GPU hours. On a single GPU, that would be 799 years.",
    RIGHT,
    "a single GPU × 799 years is 7,004,034 GPU hours; the page says seven million GPU hours.",
  ],
  [
    "It has 70 billion parameters and has read 15 trillion words. Its training took about 6.3 x 10^24 floating-point operations.",
    RIGHT,
    "70 billion parameters × 15 trillion words × 6 is 6.3 × 10²⁴ FLOP, as the page says.",
  ],
];

describe("every claim is answered", () => {
  test.each(PARAGRAPHS)("%s", async (text, heading, line) => {
    expect(await answered(text)).toMatch(under(heading, line));
  });

  test("what is too loosely given is told with what it implies", async () => {
    expect(await answered("The image model took 150,000 A100 hours, at a cost of $600,000.")).toContain("It implies $4 per GPU hour.");
    expect(await answered("Training consumed 1,287 MWh and emitted 552 tonnes of CO2.")).toContain("It implies 0.429 kg/kWh.");
    const range = "Eight P100 GPUs ran for 274,120 hours, which cost between $942,973 and $3,201,722 in the cloud.";
    expect(await answered(range)).toContain("It implies $0.43 to $1.46 per GPU hour.");
  });

  test("a figure in the unit of the page, a sum in its currency", async () => {
    expect(await answered("Lark ran on 64 GPUs for 12 days, at €2 per GPU-hour; the run cost €63,864.")).toContain(
      "is €36,864; the page says €63,864.",
    );
  });

  test("what differs by more than rounding, and less than is told, is not said to add up", async () => {
    const page = await answered("We used 8 V100 GPUs for 10 hours, 90 GPU-hours in all.");
    expect(page).toMatch(under(LOOSE, "8 V100 GPUs × 10 hours is 80 GPU hours; the page says 90 GPU-hours, 1.13 times that"));
    expect(page).not.toContain(RIGHT);
  });

  test("a ratio well beside a known factor is told as it is", async () => {
    expect(await answered("Lark needed 8 V100 GPUs for 10 hours, 900 GPU-hours.")).toMatch(/The stated figure is 11\.3 times that/);
  });

  test("plans are counted, and not judged", async () => {
    const page = await answered("We plan to train Heron on 512 H100 GPUs for 30 days.");
    expect(page).toMatch(/^No claim [\s\S]*Two figures are\s+hypothetical \(a plan or a thought experiment\):\s+read, and not judged\./);
  });

  test("a text without figures is not said to be right", async () => {
    expect(await answered("The model was trained with care.")).toMatch(/^No claim about training hardware, time, cost/);
  });

  test("of a long text the first twenty of a heading are told, and how to see all", async () => {
    const rows = Array.from({ length: 25 }, (_unused, index) => `| Lark-${index + 1} | ${index + 8} | 10 | ${(index + 8) * 240} |`);
    const page = await answered(["| Model | GPUs | Days | GPU hours |", "|---|---|---|---|", ...rows].join("\n"));
    expect(page).toMatch(/^All 25 claims found add up\./);
    expect(page).toContain("8 GPUs × 10 days is 1,920 GPU hours, as the page says (GPU hours of Lark-1).");
    expect(page).toContain("and 5 more: --verbose lists all, with their working");
    expect(page.match(/as the page says/g)).toHaveLength(20);
  });
});
