import { readFileSync, writeFileSync } from "node:fs";
import type { Catalog } from "../model/catalog.ts";

/** The rules that a package ships, as they were made up when it was built. */
export interface PrebuiltCatalog {
  /** The hash of the rules, as `Catalog.hash`. */
  readonly rules: string;
  /** The hash of the code that made the catalog. */
  readonly loader: string;
  /** The catalog; each of its parts is parsed when it is first asked for. */
  readonly catalog: () => Catalog;
}

/** Reads what `writePrebuilt` wrote. Errors: a file that is missing or damaged throws, for the installation is broken then. */
export function readPrebuilt(path: string): PrebuiltCatalog {
  // Every character is one byte, so that nothing is decoded.
  const [head = "", ...parts] = readFileSync(path, "latin1").trimEnd().split("\n");
  const [rules = "", loader = ""] = head.split(" ");
  let catalog: Catalog | null = null;
  return {
    rules,
    loader,
    catalog: () => {
      catalog ??= catalogOf(parts);
      return catalog;
    },
  };
}

function catalogOf(parts: readonly string[]): Catalog {
  const catalog: Record<string, unknown> = {};
  for (const part of parts) {
    const cut = part.indexOf(" ");
    const name = part.slice(0, cut);
    const give = (value: unknown): void => {
      Object.defineProperty(catalog, name, { value, enumerable: true });
    };
    Object.defineProperty(catalog, name, {
      get: () => {
        const value: unknown = JSON.parse(part.slice(cut + 1));
        give(value);
        return value;
      },
      enumerable: true,
      configurable: true,
    });
  }
  return catalog as unknown as Catalog;
}

/**
 * Writes a catalog for the package.
 *
 * Shape: a first line with both hashes, then a line for each part of the catalog, its name and JSON, in ASCII.
 */
export function writePrebuilt(path: string, catalog: Catalog, loader: string): void {
  const parts = Object.entries(catalog).map(([name, value]) => `${name} ${JSON.stringify(value)}\n`);
  const body = parts.join("").replace(BEYOND_ASCII, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  writeFileSync(path, `${catalog.hash} ${loader}\n${body}`);
}

/** Any code unit that is not ASCII: "é", half of an emoji; not "e". */
const BEYOND_ASCII = /[^\0-\x7f]/g;
