import type { Catalog } from "../../src/model/catalog.ts";
import { mentionsOfPassage, type PassageMentions, readPassages } from "../score/gold-mentions.ts";

const KNOWN = new Map<string, Promise<readonly PassageMentions[]>>();

/** The passages of a folder, read once. */
export function knownPassages(catalog: Catalog, folder: string): Promise<readonly PassageMentions[]> {
  const known = KNOWN.get(folder) ?? readAll(catalog, folder);
  KNOWN.set(folder, known);
  return known;
}

async function readAll(catalog: Catalog, folder: string): Promise<readonly PassageMentions[]> {
  const all: PassageMentions[] = [];
  for (const passage of readPassages(folder)) {
    const read = await mentionsOfPassage(catalog, passage);
    if (read !== null) all.push(read);
  }
  return all;
}
