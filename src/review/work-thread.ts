import { parentPort, workerData } from "node:worker_threads";
import type { CheckOptions } from "../model/report.ts";
import type { ReadLimits } from "../store/checked-input.ts";
import { openCatalog } from "../store/rules-folder.ts";
import { type DocumentTask, doDocumentTask } from "./document-work.ts";

/** What the thread is started with. */
export interface ThreadSettings {
  /** The user's own rules. */
  readonly rules: string | null;
  readonly options: CheckOptions;
  readonly limits: ReadLimits;
}

const { rules, options, limits }: ThreadSettings = workerData;

// Opened when the thread starts, so that it is ready when the first document comes.
const opened = openCatalog({ overlay: rules });

parentPort?.on("message", async (task: DocumentTask) => {
  const { catalog } = await opened;
  parentPort?.postMessage(await doDocumentTask(catalog, task, options, limits));
});
