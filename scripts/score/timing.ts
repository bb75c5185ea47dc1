import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { attachMentions } from "../../src/attach/attach-mentions.ts";
import { checkRuns } from "../../src/check/check-runs.ts";
import { extractMentions } from "../../src/extract/extract-mentions.ts";
import { linkRuns } from "../../src/link/link-runs.ts";
import type { Catalog } from "../../src/model/catalog.ts";
import { normalizeMentions } from "../../src/normalize/normalize-mentions.ts";
import { readPdf } from "../../src/read/pdf/read-pdf.ts";

/** Shares of the time that reading a PDF takes; medians of several rounds, so that the first does not count. */
export interface StageTimes {
  readonly document: string;
  /** Checking over reading. */
  readonly check: number;
  /** Extracting, linking and checking over reading. */
  readonly all: number;
}

const ROUNDS = 3;

/** How long the stages after reading take for each PDF of the corpus, in parts of the reading. */
export async function timeStages(catalog: Catalog, corpus: string): Promise<readonly StageTimes[]> {
  const folder = join(corpus, "pdf");
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith(".pdf"));
  const times = new Map<string, { readonly check: number[]; readonly all: number[] }>(files.map((file) => [file, { check: [], all: [] }]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [file, shares] of times) {
      const started = performance.now();
      const { document } = await readPdf(new Uint8Array(readFileSync(join(folder, file))), file);
      const read = performance.now();
      if (document === null) continue;
      const found = extractMentions(catalog, document);
      const { extraction, attachments } = attachMentions(catalog, document, found);
      const linked = linkRuns(document, extraction, normalizeMentions(catalog, extraction.mentions, attachments), attachments);
      const joined = performance.now();
      checkRuns(catalog, document, linked, { priceDate: null, provider: null, assume: {} });
      const ended = performance.now();
      shares.check.push((ended - joined) / (read - started));
      shares.all.push((ended - read) / (read - started));
    }
  }
  return [...times].map(([document, { check, all }]) => ({ document, check: median(check), all: median(all) }));
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[values.length >> 1] ?? 0;
}
