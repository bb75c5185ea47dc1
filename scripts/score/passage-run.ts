import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Catalog } from "../../src/model/catalog.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";
import { type Joined, joinPassages, partOf } from "./joined.ts";
import { failedPassage, type Passage, type PassageScore, scorePassage, sourceOf } from "./passages.ts";
import { wireOf } from "./wire-document.ts";

/** Genre to its score, in the order of the names. */
export type GenreScores = ReadonlyMap<string, PassageScore[]>;

/** Which passages are scored, and with what rules. */
export interface PassageRun {
  readonly folder: string;
  /** A genre, or the beginning of an id. */
  readonly only: string | null;
  /** The folder of rules laid over the shipped ones for passages of a genre; null for the shipped rules alone. */
  readonly rulesFor: (genre: string) => string | null;
  /** Whether the passages of a genre are read as sections of long documents. */
  readonly isJoined?: boolean;
}

/** The passages of a folder by genre; a genre is a file. */
export function passagesIn(folder: string, only: string | null): ReadonlyMap<string, readonly Passage[]> {
  const genres = new Map<string, readonly Passage[]>();
  if (!existsSync(folder)) return genres;
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .sort()) {
    const genre = file.replace(/\.yaml$/, "");
    const passages = parse(readFileSync(join(folder, file), "utf8")) as readonly Passage[];
    const wanted = passages.filter(({ id }) => only === null || genre === only || id.startsWith(only));
    if (wanted.length > 0) genres.set(genre, wanted);
  }
  return genres;
}

/** Checks and scores the passages of a folder. Errors: rules that cannot be used throw. */
export async function scorePassages({ folder, only, rulesFor, isJoined = false }: PassageRun): Promise<GenreScores> {
  const scores = new Map<string, PassageScore[]>();
  for (const [genre, passages] of passagesIn(folder, only)) {
    const catalog = await catalogWith(rulesFor(genre));
    const ofGenre: PassageScore[] = [];
    if (isJoined) for (const long of joinPassages(catalog, passages)) ofGenre.push(...(await scoredParts(catalog, genre, long)));
    else for (const passage of passages) ofGenre.push(await scored(catalog, passage));
    if (ofGenre.length > 0) scores.set(genre, ofGenre);
  }
  return scores;
}

/** The rules of a fit that has not seen a genre lie in a folder of its name. Errors: a genre without its folder throws. */
export function heldOutRules(folder: string): (genre: string) => string {
  return (genre) => {
    const rules = join(folder, genre);
    if (!existsSync(rules))
      throw new Error(`no rules that are fitted without ${genre}: ${rules} is not there; write them with npm run fit`);
    return rules;
  };
}

async function scored(catalog: Catalog, passage: Passage): Promise<PassageScore> {
  try {
    return scorePassage(passage, await wireOf(catalog, sourceOf(passage), passage.text));
  } catch (error) {
    return failedPassage(passage, error instanceof Error ? error.message : String(error));
  }
}

async function scoredParts(catalog: Catalog, genre: string, { media, text, parts }: Joined<Passage>): Promise<readonly PassageScore[]> {
  try {
    const document = await wireOf(catalog, sourceOf({ id: genre, media }), text);
    return parts.map((part) => scorePassage(part.passage, partOf(document, part)));
  } catch (error) {
    return parts.map(({ passage }) => failedPassage(passage, error instanceof Error ? error.message : String(error)));
  }
}

async function catalogWith(overlay: string | null): Promise<Catalog> {
  const { catalog, problems } = await openCatalog({ overlay });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return catalog;
}
