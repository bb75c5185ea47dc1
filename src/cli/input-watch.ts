import { relative } from "node:path";
import { setTimeout } from "node:timers/promises";
import { watch } from "chokidar";
import { isDynamicPattern } from "tinyglobby";
import { isAddress } from "../store/address.ts";
import { isReadable } from "./folder-search.ts";
import { UsageError } from "./usage-error.ts";

/** Tells when the files behind inputs have changed. */
export interface InputWatch {
  /** Waits for a change, and until the files have settled after it; or for the end. Errors: a system that cannot watch is told. */
  changed(): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds without a change after which files are taken for whole. */
const SETTLED = 400;
/** Milliseconds after which a round begins although files still change; those that were not whole are checked again when they are. */
const LONGEST_WAIT = 10_000;

/** Watches the files, folders and patterns of a command line until `signal` ends it; `isOurs` tells files that the batch writes itself. */
export async function watchInputs(inputs: readonly string[], isOurs: (path: string) => boolean, signal: AbortSignal): Promise<InputWatch> {
  const places = inputs.filter((input) => !isAddress(input)).map((input) => (isDynamicPattern(input) ? folderOf(input) : input));
  if (places.length === 0) throw new UsageError("--watch: no file or folder to watch; addresses are not watched");
  const watcher = watch(places, {
    ignoreInitial: true,
    // As they are not when papers are looked for.
    followSymlinks: false,
    ignored: (path, stats) => isOurs(path) || IGNORED.test(relative(".", path)) || (stats?.isFile() === true && !isReadable(path)),
  });
  let [last, first] = [0, 0];
  let failure: unknown = null;
  let wake: () => void = () => undefined;
  watcher.on("all", () => {
    last = Date.now();
    if (first === 0) first = last;
    wake();
  });
  watcher.on("error", (error) => {
    failure ??= error;
    wake();
  });
  signal.addEventListener("abort", () => wake());
  await new Promise<void>((ready) => {
    wake = ready;
    watcher.once("ready", () => ready());
  });
  return {
    changed: async () => {
      while (!signal.aborted) {
        if (failure !== null) throw new UsageError(`--watch: ${failure instanceof Error ? failure.message : String(failure)}`);
        const now = Date.now();
        if (first > 0 && (now - last >= SETTLED || now - first >= LONGEST_WAIT)) break;
        const event = new Promise<void>((resolve) => {
          wake = resolve;
        });
        await (first > 0 ? setTimeout(Math.max(1, SETTLED - (now - last))) : event);
      }
      first = 0;
    },
    close: () => watcher.close(),
  };
}

/** Has a part that is left out when folders are searched: "node_modules", ".git"; not "../papers" or "./a.pdf". */
const IGNORED = /(?:^|[/\\])(?:node_modules|\.[^./\\][^/\\]*)(?:[/\\]|$)/;

/** "papers" of "papers/*.pdf", "." of "*.pdf". */
function folderOf(pattern: string): string {
  const parts = pattern.split("/");
  const fixed = parts.slice(
    0,
    parts.findIndex((part) => isDynamicPattern(part)),
  );
  return fixed.length === 0 ? "." : fixed.join("/") || "/";
}
