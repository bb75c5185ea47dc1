import type { Catalog } from "../../src/model/catalog.ts";
import { mentionsOfPassage, type PassageMentions, readPassages } from "../score/gold-mentions.ts";
import { renamed } from "./renamed.ts";

const KNOWN = new Map<string, Promise<readonly PassageMentions[]>>();

/** The passages of a folder, read once; with other names in each round but the first. */
export function knownPassages(catalog: Catalog, folder: string, round = 0): Promise<readonly PassageMentions[]> {
  const key = `${folder} ${round}`;
  const known = KNOWN.get(key) ?? readAll(catalog, folder, round);
  KNOWN.set(key, known);
  return known;
}

async function readAll(catalog: Catalog, folder: string, round: number): Promise<readonly PassageMentions[]> {
  const all: PassageMentions[] = [];
  for (const passage of readPassages(folder)) {
    const told = round === 0 ? passage : renamed(catalog, passage, round);
    const read = told === null ? null : await mentionsOfPassage(catalog, told);
    if (read !== null) all.push(read);
  }
  return all;
}
