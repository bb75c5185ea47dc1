import { searchCatalog } from "../catalog/catalog-search.ts";
import { loadCatalog } from "./catalog-source.ts";
import type { ExitCode } from "./exit-code.ts";
import { print, standardOutput } from "./output.ts";
import { didYouMean, UsageError } from "./usage-error.ts";

export interface CatalogFlags {
  readonly rules?: string;
  readonly color: boolean;
}

/** Prints the hardware, machines and prices that hold every word of the search. */
export async function catalogCommand(query: string, flags: CatalogFlags): Promise<ExitCode> {
  const catalog = await loadCatalog(flags.rules ?? null);
  const found = searchCatalog(catalog, query);
  if (found.accelerators.length + found.systems.length + found.prices.length === 0) {
    const names = [...catalog.accelerators, ...catalog.systems].flatMap((row) => [row.name, ...row.aliases]);
    throw new UsageError(`nothing in the catalog holds "${query}"${didYouMean(query, names)}`);
  }
  const { catalogPage } = await import("../report/catalog-page.ts");
  const names = new Map(catalog.accelerators.map((row) => [row.id, row.name]));
  await print(catalogPage({ ...found, names }, standardOutput(flags.color)));
  return 0;
}
