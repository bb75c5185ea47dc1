import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { extractMentions } from "../../src/extract/extract-mentions.ts";
import type { Catalog } from "../../src/model/catalog.ts";
import type { Mention, MentionId } from "../../src/model/mention.ts";
import { readDocument } from "../../src/read/read-document.ts";
import type { GoldFigure, PassageMentions } from "../score/gold-mentions.ts";

/** Relative difference up to which a figure of ours is one of the gold. */
const SAME = 0.006;

/** The documents of a corpus that are text, with the figures that the extractor finds and that the gold names a model for. */
export async function corpusMentions(catalog: Catalog, corpus: string): Promise<readonly PassageMentions[]> {
  const folder = join(corpus, "gold");
  if (!existsSync(folder)) return [];
  const all: PassageMentions[] = [];
  for (const file of readdirSync(folder).sort()) {
    const gold = parse(readFileSync(join(folder, file), "utf8")) as {
      readonly document: string;
      readonly quantities?: readonly GoldFigure[];
    };
    const path = join(corpus, gold.document);
    if (!gold.document.startsWith("text/") || !existsSync(path)) continue;
    const { document } = await readDocument(readFileSync(path), gold.document);
    if (document === null) continue;
    const { mentions } = extractMentions(catalog, document);
    const quantities = (gold.quantities ?? []).filter(({ subject }) => subject !== undefined);
    const goldOf = new Map<MentionId, GoldFigure>();
    for (const figure of quantities)
      for (const mention of mentions.filter((found) => isSame(found, figure))) goldOf.set(mention.id, figure);
    all.push({
      passage: { id: gold.document, genre: "corpus", media: "text", text: "", quantities: gold.quantities ?? [] },
      document,
      mentions,
      goldOf,
      lost: [],
    });
  }
  return all;
}

/** One value, printed in one way, is of one model only where the gold tells it once. */
function isSame(mention: Mention, figure: GoldFigure): boolean {
  return mention.kind === figure.kind && Math.abs(mention.value - Number(figure.value)) <= SAME * Math.abs(mention.value);
}
