import type { PoolSize } from "../isolate/document-pool.ts";
import type { CheckPool } from "./check-pool.ts";

/** A pool that is started when the first paper needs it: where every result is known, no process is. */
export interface LatePool {
  open(): Promise<CheckPool>;
  close(): Promise<void>;
}

/** Prepares a pool; nothing is loaded yet. */
export function latePool(size: PoolSize): LatePool {
  let opened: Promise<CheckPool> | null = null;
  return {
    open: () => {
      opened ??= import("./check-pool.ts").then(({ openCheckPool }) => openCheckPool(size));
      return opened;
    },
    close: async () => {
      if (opened !== null) (await opened).close();
    },
  };
}
