import type { GridIntensity } from "./catalog.ts";

/** Where, with what and for which model a phrase says that something runs. */
export interface PhraseSetting {
  /** Catalog ids of the products, likeliest first. */
  readonly hardware: readonly string[];
  readonly place: GridIntensity | null;
  readonly provider: string | null;
  /** The model that is named, with its size by its name or by the catalog. */
  readonly model: { readonly text: string; readonly parameters: number; readonly source: string } | null;
}
