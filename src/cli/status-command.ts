import { existsSync } from "node:fs";
import { queuesStatus } from "../batch/store-status.ts";
import { openResultStore } from "../store/result-store.ts";
import { storePlace } from "../store/store-place.ts";
import type { ExitCode } from "./exit-code.ts";
import { print } from "./output.ts";
import { type StatusReport, statusText } from "./status-words.ts";
import { UsageError } from "./usage-error.ts";

/** The options of `reckoner status` as parsed. */
export interface StatusFlags {
  readonly store?: string;
  readonly format?: "text" | "json";
}

/** Shows what a store holds, and what its queue and workers are doing. */
export async function statusCommand(flags: StatusFlags): Promise<ExitCode> {
  if (flags.store === undefined) throw new UsageError("reckoner status needs --store, a file or postgres://user@host:5432/database");
  const place = storePlace(flags.store);
  if (place.kind === "file" && !existsSync(place.path)) throw new UsageError(`--store ${flags.store}: no such file; check the name`);
  const store = await openResultStore(place);
  try {
    const results = await store.status();
    const { queues, workers } = place.kind === "postgres" ? await queuesStatus(place) : { queues: [], workers: [] };
    const left = queues.reduce((sum, queue) => sum + queue.waiting + queue.retrying + queue.active, 0);
    const secondsLeft = left === 0 ? 0 : results.perSecond > 0 ? Math.round(left / results.perSecond) : null;
    const report: StatusReport = { store: place.shown, ...results, queues, workers, secondsLeft };
    await print(flags.format === "json" ? `${JSON.stringify(report, null, 2)}\n` : statusText(report));
    return 0;
  } finally {
    await store.close();
  }
}
