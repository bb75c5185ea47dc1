import { StoreError } from "./store-error.ts";

/** Where results are kept: a file on this machine, or a server that many machines share. */
export type StorePlace =
  | { readonly kind: "file"; readonly path: string; readonly shown: string }
  | {
      readonly kind: "postgres";
      readonly url: string;
      /** The address without its password, for messages. */
      readonly shown: string;
    };

/** An address begins like this: "postgres://", "mysql://"; not "results.sqlite" or "C:\results". */
const ADDRESS = /^[a-z][a-z0-9+.-]+:\/\//i;
const POSTGRES = /^postgres(?:ql)?:\/\//i;

/** The place that `--store` names. Errors: an address of another kind, or one that cannot be read, is a StoreError. */
export function storePlace(named: string): StorePlace {
  if (!ADDRESS.test(named)) return { kind: "file", path: named, shown: named };
  const shown = withoutPassword(named);
  if (!POSTGRES.test(named)) throw new StoreError(`${shown}: no store of this kind; name a file or postgres://user@host:5432/database`);
  if (!URL.canParse(named)) throw new StoreError(`${shown}: no valid address; write it as postgres://user:password@host:5432/database`);
  return { kind: "postgres", url: named, shown };
}

/** ":secret@" between user and host: in "postgres://ann:secret@host/papers"; not in "postgres://ann@host/papers". */
const PASSWORD = /^([a-z0-9+.-]+:\/\/[^:/?#]*):.*@/i;
const PASSWORD_OPTION = /([?&]password=)[^&#]*/gi;

function withoutPassword(address: string): string {
  return address.replace(PASSWORD, "$1@").replace(PASSWORD_OPTION, "$1...");
}
