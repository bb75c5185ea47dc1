/**
 * One process of the pool: it loads the rules once, then checks paper after paper.
 *
 * A paper that kills the process costs that paper only; the pool starts another.
 */
import type { CheckOptions } from "../model/report.ts";
import type { WireDocument } from "../report/wire.ts";
import { toWireDocument } from "../report/wire-report.ts";
import { checkFile, type ReadLimits } from "../store/checked-input.ts";
import { openCatalog } from "../store/rules-folder.ts";

/** What a process of the pool is asked. */
export interface CheckTask {
  readonly path: string;
  readonly rules: string | null;
  readonly options: CheckOptions;
  readonly limits: ReadLimits;
}

// The terminal sends its interrupt to every process; the batch decides what is finished first.
process.on("SIGINT", () => undefined);
// A batch that was killed leaves no processes behind.
process.on("disconnect", () => process.exit());

/** The rules do not change while a batch runs. */
let opened: ReturnType<typeof openCatalog> | null = null;

/** Checks one file. Errors: rules that do not load throw; the batch has loaded them before. */
export async function checkPaper(task: CheckTask): Promise<WireDocument> {
  opened ??= openCatalog({ overlay: task.rules });
  const { catalog } = await opened;
  return toWireDocument(await checkFile(catalog, task.path, task.options, task.limits));
}
