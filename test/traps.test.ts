import { resolve } from "node:path";
import { describe, expect, onTestFailed, test } from "vitest";
import { mentionLine } from "../scripts/score/reading-lines.ts";
import { COMPLETE_KINDS, trapCases } from "../scripts/score/trap-cases.ts";
import { attachMentions } from "../src/attach/attach-mentions.ts";
import { extractMentions } from "../src/extract/extract-mentions.ts";
import type { Mention } from "../src/model/mention.ts";
import { readDocument } from "../src/read/read-document.ts";
import { openCatalog } from "../src/store/rules-folder.ts";

/**
 * Sentences that fool an extractor, each followed by what must be read in it: kind, value, unit, then any words that must be said of it
 * ("per epoch", "finetune", "hypothetical", "up-to"), or a kind that must not be ("no tokens"). Of the kinds below nothing that is not
 * listed may be read.
 */
const FOLDER = resolve(import.meta.dirname, "../fixtures/traps");
const CASES = Map.groupBy(trapCases(FOLDER), ({ file }) => file);

async function mentionsIn(sentence: string): Promise<readonly Mention[]> {
  const { catalog } = await openCatalog({ overlay: null });
  const { document } = await readDocument(new TextEncoder().encode(sentence), "trap.txt");
  if (document === null) throw new Error("the sentence was not read");
  const { mentions } = attachMentions(catalog, document, extractMentions(catalog, document)).extraction;
  onTestFailed(() => console.error([`in: ${sentence}`, ...mentions.map((mention) => mentionLine(mention, null))].join("\n")));
  return mentions;
}

/** "wall-time 40 minute per epoch hypothetical", with everything that may be said of a mention. */
function wordsOf(mention: Mention): readonly string[] {
  const said = [
    mention.per === null ? null : `per ${mention.per}`,
    mention.stage,
    mention.role === "own" ? null : mention.role,
    mention.hedge,
  ];
  return said.filter((word) => word !== null);
}

function startOf(mention: Mention): string {
  return `${mention.kind} ${Number(mention.value.toPrecision(12))} ${mention.unit}`;
}

describe.each([...CASES])("%s", (_, cases) => {
  test.each(cases)("$trap: $sentence", async ({ sentence, wanted }) => {
    const mentions = await mentionsIn(sentence);
    const found = mentions.map((mention) => [startOf(mention), ...wordsOf(mention)].join(" "));
    const unlisted = mentions
      .filter((mention) => COMPLETE_KINDS.has(mention.kind) && !wanted.some((line) => line.startsWith(startOf(mention))))
      .map(startOf);
    expect({ found, unlisted }).toEqual({ found, unlisted: [] });
    for (const line of wanted) {
      const [asked, unwanted] = line.split(" ");
      if (asked === "no") {
        expect(mentions.filter((mention) => mention.kind === unwanted).map(startOf)).toEqual([]);
        continue;
      }
      const [kind, value, unit, ...said] = line.split(" ");
      const start = `${kind} ${Number(value)} ${unit}`;
      const match = found.find((words) => words.startsWith(start) && said.every((word) => words.includes(word)));
      expect(match ?? found).toBe(match);
    }
  });
});
