/**
 * One process of the pool: it loads the rules once, then checks paper after paper.
 *
 * A paper that kills the process costs that paper only; the pool starts another.
 */
import module from "node:module";
import type { Catalog } from "../model/catalog.ts";
import type { CheckOptions } from "../model/report.ts";
import type { WireDocument } from "../report/wire.ts";
import { toWireDocument } from "../report/wire-report.ts";
import { checkBytes, type ReadLimits } from "../store/checked-input.ts";
import { loadInput } from "../store/input-file.ts";
import { openCatalog } from "../store/rules-folder.ts";

/** What a process of the pool is asked. */
export interface CheckTask {
  /** As it is named in the report. */
  readonly path: string;
  /** As it can be opened here. */
  readonly location: string;
  /** What the path holds, where it is no file of this machine. */
  readonly content: { readonly bytes: Uint8Array; readonly sha256: string } | null;
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

/** Answers when the process is there. */
export async function begin(): Promise<void> {}

/** Checks one file. Errors: rules that do not load throw; the batch has loaded them before. */
export async function checkPaper(task: CheckTask): Promise<WireDocument> {
  opened ??= openCatalog({ overlay: task.rules });
  const document = await checked((await opened).catalog, task);
  // The first paper has loaded what most papers need; its answer goes out before that is kept.
  setTimeout(keepCompiledCode, 10);
  return document;
}

async function checked(catalog: Catalog, { path: source, location, content, options, limits }: CheckTask): Promise<WireDocument> {
  const input = content === null ? await loadInput(location) : { kind: "bytes" as const, ...content };
  if (input.kind === "bytes") return toWireDocument(await checkBytes(catalog, { source, ...input }, options, limits));
  const problems = input.result.problems.map((problem) => ({ ...problem, source }));
  return toWireDocument({ source, sha256: null, status: "failed", problems, result: null });
}

let isKept = false;

/** The next batch starts with what was compiled for this one. This process is ended from outside, so it cannot wait for its end. */
function keepCompiledCode(): void {
  if (isKept) return;
  isKept = true;
  module.flushCompileCache();
}
