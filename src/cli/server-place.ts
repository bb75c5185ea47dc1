import { type StorePlace, storePlace } from "../store/store-place.ts";
import { UsageError } from "./usage-error.ts";

/** The PostgreSQL that `--store` names. Errors: none, or a file, is a usage error, for many machines need a server. */
export function serverPlace(store: string | undefined, purpose: string): StorePlace & { readonly kind: "postgres" } {
  if (store === undefined) throw new UsageError(`${purpose} needs --store postgres://user@host:5432/database`);
  const place = storePlace(store);
  if (place.kind !== "postgres")
    throw new UsageError(`--store ${store}: ${purpose} needs a PostgreSQL, postgres://user@host:5432/database`);
  return place;
}
