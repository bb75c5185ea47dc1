/**
 * Scores the PDF reader alone and lists each miss: `node scripts/score-reading.ts [--only NAME] [--corpus DIR]`.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { scoreReading } from "./score/reading.ts";
import { shareText } from "./score/score-page.ts";

const { values: flags } = parseArgs({
  options: {
    corpus: { type: "string", default: resolve(import.meta.dirname, "..", "..", "shared", "corpus") },
    only: { type: "string" },
  },
});

if (!existsSync(join(flags.corpus, "gold")))
  console.log(`no gold in ${flags.corpus}; nothing to score (give another folder with --corpus)`);
else {
  const { phrases, cells, misses } = await scoreReading(resolve(flags.corpus), flags.only ?? null);
  for (const miss of misses) console.log(miss);
  console.log(`phrases whole and on their page: ${shareText(phrases)}`);
  console.log(`cells under their row and column: ${shareText(cells)}`);
}
