import { readFileSync, writeFileSync } from "node:fs";
import type { Catalog } from "../model/catalog.ts";

/** The rules that a package ships, as they were made up when it was built. */
export interface PrebuiltCatalog {
  /** The hash of the rules, as `Catalog.hash`. */
  readonly rules: string;
  /** The hash of the code that made the catalog. */
  readonly loader: string;
  /** The catalog, parsed when it is first asked for. */
  readonly catalog: () => Catalog;
}

/** Reads what `writePrebuilt` wrote. Errors: a file that is missing or damaged throws, for the installation is broken then. */
export function readPrebuilt(path: string): PrebuiltCatalog {
  // Every character is one byte, so that nothing is decoded.
  const text = readFileSync(path, "latin1");
  const end = text.indexOf("\n");
  const [rules = "", loader = ""] = text.slice(0, end).split(" ");
  let catalog: Catalog | null = null;
  return {
    rules,
    loader,
    catalog: () => {
      catalog ??= JSON.parse(text.slice(end + 1)) as Catalog;
      return catalog;
    },
  };
}

/**
 * Writes a catalog for the package.
 *
 * Shape: a first line with both hashes, a second one of JSON, in ASCII.
 */
export function writePrebuilt(path: string, catalog: Catalog, loader: string): void {
  const body = JSON.stringify(catalog).replace(BEYOND_ASCII, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  writeFileSync(path, `${catalog.hash} ${loader}\n${body}\n`);
}

/** Any code unit that is not ASCII: "é", half of an emoji; not "e". */
const BEYOND_ASCII = /[^\0-\x7f]/g;
