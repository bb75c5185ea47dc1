/**
 * How the check grows with its input: `npm run bench:growth [-- --only PART] [--seconds 10]`. Every kind of input is doubled again and
 * again, up to 1 MB of text or 20,000 rows, and what each doubling takes is told: more than 2.3 times as long is marked.
 *
 * Units: seconds of processor time, so that other programs on the machine matter little.
 */
import { parseArgs } from "node:util";
import { checkDocument } from "../src/pipeline.ts";
import { readDocument } from "../src/read/read-document.ts";
import { openCatalog } from "../src/store/rules-folder.ts";
import { growingInputs } from "./growing-inputs.ts";

const OPTIONS = { priceDate: null, provider: null, assume: {} };
const { values: flags } = parseArgs({ options: { only: { type: "string", default: "" }, seconds: { type: "string", default: "10" } } });

/** A doubling that takes longer is more than linear. */
const MOST_GROWTH = 2.3;
/** What takes less than this is mostly chance. Units: seconds. */
const LEAST_TIMED = 0.2;
const FEWEST = 250;
const MOST = 20_000;
const MOST_BYTES = 1_000_000;

const { catalog } = await openCatalog({ overlay: null });
for (const { name, ending, of } of growingInputs()) {
  if (!name.includes(flags.only)) continue;
  await check(of(20), ending);
  let earlier = 0;
  const told: string[] = [];
  for (let count = FEWEST; count <= MOST; count *= 2) {
    const text = of(count);
    if (text.length > MOST_BYTES) break;
    const seconds = await check(text, ending);
    const growth = seconds / earlier;
    const isTold = earlier >= LEAST_TIMED;
    told.push(`${count}: ${seconds.toFixed(2)} s${isTold ? ` (x${growth.toFixed(1)}${growth > MOST_GROWTH ? " !" : ""})` : ""}`);
    earlier = seconds;
    if (seconds > Number(flags.seconds)) break;
  }
  console.log(`${name.padEnd(44)} ${told.join("  ")}`);
}

/** Seconds that reading and checking take. */
async function check(text: string, ending: string): Promise<number> {
  const start = process.cpuUsage();
  const { document } = await readDocument(new TextEncoder().encode(text), `growing.${ending}`);
  if (document !== null) checkDocument(catalog, document, OPTIONS);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
