/**
 * Makes fixtures/sample/two-columns.pdf, the paper that tests of the review read: `node scripts/make-two-column-sample.ts`.
 *
 * An invented paper, printed by a browser: two columns, justified and hyphenated lines, fonts of which a part is embedded. Planted
 * are a price per device that is charged for each chip, a total with a wrong digit, and a cost whose hours are not said.
 */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { chromium } from "playwright-core";

const OUT = resolve(import.meta.dirname, "../fixtures/sample/two-columns.pdf");

const STYLE = `
  @page { size: A4; margin: 20mm 17mm; }
  body { font: 9.6pt/1.32 "Liberation Serif", serif; text-align: justify; hyphens: auto; margin: 0; }
  h1 { font-size: 17pt; text-align: center; margin: 0 0 4mm; }
  .authors { text-align: center; margin: 0 0 7mm; }
  .columns { columns: 2; column-gap: 8mm; }
  h2 { font-size: 11pt; margin: 4mm 0 1.5mm; break-after: avoid; text-align: left; }
  p { margin: 0 0 2mm; text-indent: 4mm; }
  h2 + p { text-indent: 0; }
  table { border-collapse: collapse; width: 100%; font-size: 8.6pt; margin: 2mm 0 1mm; break-inside: avoid; }
  td, th { text-align: right; padding: 0.6mm 1mm; }
  td:first-child, th:first-child { text-align: left; }
  thead tr, tbody tr:last-child { border-top: 0.7pt solid; border-bottom: 0.7pt solid; }
  .caption { font-size: 8.6pt; text-indent: 0; margin-bottom: 4mm; break-before: avoid; }
`;

const FILLER = [
  "The songs come from amateur recordings of forty species. Each recording was cut into phrases, and phrases that were too faint to be labeled by two listeners were left out. We keep the recordings of one valley apart, so that no bird is heard both in training and in evaluation.",
  "Following common practice, phrases are encoded as sequences of short units, which a small network learns beforehand. The vocabulary is the same for all of our models. We found that larger vocabularies help little once a model is wide enough.",
  "Birds repeat themselves, and a model that only repeats is hard to beat. We therefore report how often a model predicts the beginning of a new phrase, which no repetition explains. Listeners who know the species were asked to tell generated phrases from recorded ones.",
  "All models share one architecture and differ in depth and width alone. Weights are averaged over the last part of training, which made the evaluation steadier without any cost. Dropout was used for the two smaller models.",
];

const prose = (from: number, count: number): string =>
  Array.from({ length: count }, (_, index) => `<p>${FILLER[(from + index) % FILLER.length]}</p>`).join("\n");

const HTML = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Wren: Language Models of Bird Song at Scale</title>
<style>${STYLE}</style></head><body>
<h1>Wren: Language Models of Bird Song at Scale</h1>
<p class="authors">Ada Merrow, Tom Arkwright and Ines Falk<br>9 July 2019</p>
<div class="columns">
<h2>Abstract</h2>
<p>We present Wren, a family of language models of bird song. The largest of them, Wren-Large, predicts the next phrase of a song better than any model before. We tell what the training of each model took, so that others can plan their own.</p>
<h2>1 Introduction</h2>
${prose(0, 4)}
<h2>2 Data</h2>
${prose(1, 5)}
<h2>3 Training</h2>
<p>Wren-Small was trained on 8 V100 GPUs for 5 days, which is 960 GPU hours. Wren-Base was trained on 64 V100 GPUs for 100 hours, 6,400 GPU hours in all.</p>
<p>Wren-Large was trained on 512 TPU v3 chips for 2.5 days. A Cloud TPU v3 device is rented at $8 per hour, and training Wren-Large cost $245,000. It is by far the most expensive of our models.</p>
${prose(2, 3)}
<h2>4 Evaluation</h2>
${prose(3, 6)}
<h2>5 Energy and carbon</h2>
<p>Table 1 lists what the runs on V100 GPUs used. We take 300 W for each GPU, a PUE of 1.1 and 0.4 kg of CO2 per kWh.</p>
<table><thead><tr><th>Model</th><th>GPU hours</th><th>Energy (kWh)</th><th>CO2 (kg)</th></tr></thead><tbody>
<tr><td>Wren-Tiny</td><td>100</td><td>33</td><td>13.2</td></tr>
<tr><td>Wren-Small</td><td>960</td><td>316.8</td><td>126.7</td></tr>
<tr><td>Wren-Base</td><td>6,400</td><td>2,112</td><td>844.8</td></tr>
<tr><td>Total</td><td>8,460</td><td>2,461.8</td><td>984.7</td></tr></tbody></table>
<p class="caption">Table 1: What the runs on V100 GPUs used.</p>
${prose(1, 4)}
<h2>6 Related work</h2>
<p>Others have trained models of song at a fraction of the size. The cost of one of them, Siskin, was said to be $1,200 at $0.50 per GPU hour; how many hours it took was not said.</p>
${prose(0, 6)}
</div></body></html>`;

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  const page = await browser.newPage();
  await page.setContent(HTML);
  writeFileSync(OUT, await page.pdf({ preferCSSPageSize: true }));
} finally {
  await browser.close();
}
console.log(`wrote ${OUT}`);
