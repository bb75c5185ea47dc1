/**
 * Tries the laws of reading and judging on generated texts: `npm run laws [-- --law order] [--texts 2000] [--verbose] [--write]`.
 *
 * Prints the share of texts that are read rightly, judged rightly, and as before the change. `--write` raises the committed shares.
 */
import { parseArgs } from "node:util";
import { openCatalog } from "../src/store/rules-folder.ts";
import { tryCauses } from "./shapes/causes.ts";
import { committedShares, fallenShares, TEXTS, writeShares } from "./shapes/law-floors.ts";
import { ALL_LAWS, tryLaw } from "./shapes/law-run.ts";

const { values: flags } = parseArgs({
  options: {
    law: { type: "string" },
    texts: { type: "string", default: String(TEXTS) },
    verbose: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});

/** No law of its own: what is named as the cause of a wrong figure. */
const CAUSES = "causes";

const { catalog, problems } = await openCatalog({ overlay: null });
if (problems.length > 0) throw new Error(problems.join("\n"));
console.log("law                  texts   read  judged    same");
for (const [name, law] of Object.entries(ALL_LAWS)) {
  if (flags.law !== undefined && flags.law !== name) continue;
  const result = await tryLaw(catalog, law, Number(flags.texts));
  if (flags.verbose) for (const failure of result.failures) console.log(`${failure}\n`);
  const shares = [result.read, result.judged, result.same].map((share) => share.toFixed(3).padStart(7));
  console.log(`${name.padEnd(20)} ${String(result.texts).padStart(5)} ${shares.join(" ")}`);
  for (const line of fallenShares(name, result)) console.log(`  fallen: ${line}`);
  if (flags.write) writeShares(name, result);
}
if (flags.law === undefined || flags.law === CAUSES) {
  const { texts, random, slips, failures } = await tryCauses(catalog, Number(flags.texts));
  if (flags.verbose) for (const failure of failures) console.log(`${failure}\n`);
  const share = ({ told, explained }: typeof random): string => `${explained} of ${told} (${(explained / told).toFixed(3)})`;
  console.log(`${CAUSES.padEnd(20)} ${String(texts).padStart(5)} named: random ratios ${share(random)}, slips ${share(slips)}`);
}
console.log(`committed for the first ${TEXTS} texts of each: ${JSON.stringify(committedShares())}`);
