import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Catalog } from "../../src/model/catalog.ts";
import type { WireDocument } from "../../src/report/wire.ts";
import { checkFile } from "../../src/store/checked-input.ts";
import type { Gold } from "./gold-match.ts";
import { recall } from "./score-page.ts";
import { count, emptyTally, type Share, type Tally } from "./tally.ts";
import { SCORE_OPTIONS, toWire } from "./wire-document.ts";

/** PDFs are read in processes of their own, so two documents keep two cores busy. */
const AT_ONCE = 2;

/** Counts over the documents of a corpus, and a line for each that could not be checked. */
export interface CorpusScore {
  readonly all: Tally;
  readonly text: Tally;
  readonly pdf: Tally;
  readonly failures: readonly string[];
}

/** The figures that a falling of the score is told by. */
export interface CorpusFigures {
  readonly subject: number;
  readonly hardware: number;
  readonly recall: number;
  readonly checks: number;
  readonly errorsOutside: number;
  readonly flagsOutside: number;
  readonly failures: number;
}

/** Checks the documents of a corpus that have gold; `only` is a part of the names. */
export async function scoreCorpus(catalog: Catalog, corpus: string, only: string | null): Promise<CorpusScore> {
  const golds = readdirSync(join(corpus, "gold"))
    .filter((file) => file.endsWith(".yaml") && (only === null || file.includes(only)))
    .sort()
    .map((file) => parse(readFileSync(join(corpus, "gold", file), "utf8")) as Gold);
  const failures: string[] = [];
  const fail = (gold: Gold, why: string): null => {
    failures.push(`${gold.document}: ${why}`);
    return null;
  };
  const checked = await inParallel(golds, async (gold): Promise<WireDocument | null> => {
    const path = join(corpus, gold.document);
    if (!existsSync(path)) return fail(gold, "not there");
    try {
      return toWire(catalog, await checkFile(catalog, path, SCORE_OPTIONS));
    } catch (error) {
      return fail(gold, error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  });
  const [all, text, pdf] = [emptyTally(), emptyTally(), emptyTally()];
  for (const [index, gold] of golds.entries()) {
    const document = checked[index];
    if (document === null || document === undefined) continue;
    count(all, gold, document);
    count(gold.document.startsWith("pdf/") ? pdf : text, gold, document);
  }
  return { all, text, pdf, failures };
}

export function corpusFigures({ all, failures }: Pick<CorpusScore, "all" | "failures">): CorpusFigures {
  const four = ({ hit, of }: Share): number => Number((hit / Math.max(1, of)).toFixed(4));
  return {
    subject: four(all.subject),
    hardware: four(all.hardware),
    recall: four(recall(all)),
    checks: four(all.checks),
    errorsOutside: all.outside.filter((line) => / error /.test(line)).length,
    flagsOutside: all.outside.length,
    failures: failures.length,
  };
}

/** Results in the order of the items. */
async function inParallel<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = [];
  const queue = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}
