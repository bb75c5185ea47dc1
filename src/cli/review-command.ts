import { once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { userInfo } from "node:os";
import { dirname, join } from "node:path";
import { countedNoun } from "../model/noun-words.ts";
import { problemWords } from "../report/problem-words.ts";
import { checkInBackground } from "../review/background-check.ts";
import { DecisionStore } from "../review/decision-store.ts";
import { loadFrontEnd } from "../review/front-end.ts";
import { ReviewLibrary } from "../review/review-library.ts";
import { serveReview } from "../review/serve-review.ts";
import { unitChoices } from "../review/unit-choices.ts";
import { USUAL_LIMITS } from "../store/read-limits.ts";
import { openResultStore, type ResultStore } from "../store/result-store.ts";
import { storeErrorWords } from "../store/store-error.ts";
import { storePlace } from "../store/store-place.ts";
import { loadCatalog } from "./catalog-source.ts";
import type { ExitCode } from "./exit-code.ts";
import { findInputFiles } from "./input-files.ts";
import { openBrowser } from "./open-browser.ts";
import { notice } from "./output.ts";
import { UsageError } from "./usage-error.ts";

/** The options of `reckoner review` as parsed. */
export interface ReviewFlags {
  readonly decisions?: string;
  readonly reviewer?: string;
  readonly rules?: string;
  readonly host: string;
  readonly port?: number;
  readonly allowRemote?: boolean;
  /** Whether the page is opened in a browser; never where nobody sits at a terminal. */
  readonly open: boolean;
}

const STORE_NAME = /\.sqlite3?$|^postgres(?:ql)?:\/\//i;
const LOCAL_HOSTS: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "::1"]);

/** Serves the review until it is interrupted; meanwhile checks the inputs, and takes what stores know of theirs. */
export async function reviewCommand(inputs: readonly string[], flags: ReviewFlags): Promise<ExitCode> {
  // Without an input it is a page to paste or drop what is to be checked; decisions stay where it was begun.
  const [first = "."] = inputs;
  if (!LOCAL_HOSTS.has(flags.host) && flags.allowRemote !== true)
    throw new UsageError(`--host ${flags.host}: others could reach the papers; add --allow-remote if they should`);
  const catalog = await loadCatalog(flags.rules ?? null);
  const options = { priceDate: null, provider: null, assume: {} };
  const rules = flags.rules ?? null;
  const limits = USUAL_LIMITS;
  const library = new ReviewLibrary({
    rules,
    options,
    limits,
    dropLimits: limits,
    inputs: inputs.filter((input) => !STORE_NAME.test(input)),
    units: unitChoices(catalog),
  });
  const stores = await openStores(inputs.filter((input) => STORE_NAME.test(input)));
  const found = await findInputFiles(inputs.filter((input) => !STORE_NAME.test(input)));
  const { files, linked } = await library.sifted(found.files);
  const problems = [...found.problems, ...linked];
  for (const problem of problems) {
    notice(problemWords(problem));
    library.addFailure(problem.source, problem.code, problemWords(problem));
  }
  if (problems.length > 0 && files.length === 0 && stores.length === 0) return 2;
  const decisions = await openDecisions(flags.decisions ?? decisionsBeside(first));
  const reviewer = flags.reviewer ?? userInfo().username;
  const parts = { catalog, library, decisions, reviewer, front: await loadFrontEnd() };
  const server = await serveReview(parts, { host: flags.host, port: flags.port ?? 0 }).catch((error: unknown): never => {
    throw new UsageError(`--host ${flags.host} --port ${flags.port ?? 0}: ${error instanceof Error ? error.message : String(error)}`);
  });
  const ended = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  process.stdout.write(`open ${server.url}\nCtrl+C ends the review; decisions are kept\n`);
  if (flags.open && process.stdout.isTTY) openBrowser(server.url);
  const stop = new AbortController();
  const filled = fill(library, stores, files, { rules, options, limits }, stop.signal);
  // The page is of use without what could not be read, so this ends nothing.
  filled.catch((error: unknown) => {
    const words = storeErrorWords(error) ?? (error instanceof Error ? error.message : String(error));
    library.addFailure(first, "internal", words);
    notice(`review: ${words}`);
  });
  await ended;
  stop.abort();
  await Promise.allSettled([filled]);
  await server.close();
  library.close();
  for (const { store } of stores) await store.close();
  await decisions.close();
  return 0;
}

/** Adds every document to the library: those of stores as they are known, files as they are checked. */
async function fill(
  library: ReviewLibrary,
  stores: readonly OpenStore[],
  files: readonly string[],
  check: Parameters<typeof checkInBackground>[2],
  signal: AbortSignal,
): Promise<void> {
  for (const { store, base } of stores) await library.addStore(store, base, signal);
  if (files.length > 0) await checkInBackground(library, files, check, signal);
  const { done, failed } = library.progress;
  if (!signal.aborted)
    process.stdout.write(
      `${countedNoun(done, "document")}, ${failed.length} not read; ${countedNoun(library.queue.filter(({ verdict }) => verdict !== "consistent").length, "claim")} to look at\n`,
    );
}

/** A store, and the folder that its file stands in. */
interface OpenStore {
  readonly store: ResultStore;
  readonly base: string | null;
}

/** Stores stay open, for a document is taken from its store when somebody looks at it. */
async function openStores(named: readonly string[]): Promise<readonly OpenStore[]> {
  const stores: OpenStore[] = [];
  for (const name of named) {
    const place = storePlace(name);
    if (place.kind === "file" && !existsSync(place.path)) throw new UsageError(`not-found: ${name}: no such store`);
    stores.push({ store: await openResultStore(place), base: place.kind === "file" ? dirname(place.path) : null });
  }
  return stores;
}

async function openDecisions(named: string): Promise<DecisionStore> {
  try {
    return await DecisionStore.open(storePlace(named));
  } catch (error) {
    throw new UsageError(
      `--decisions ${named}: cannot be opened as a place of decisions (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}

/** Decisions stand beside the papers; where the results are on a server, so are the decisions. */
function decisionsBeside(input: string): string {
  return POSTGRES.test(input) ? input : join(folderOf(input), "reckoner-reviews.sqlite");
}

const POSTGRES = /^postgres(?:ql)?:\/\//i;

function folderOf(input: string): string {
  return existsSync(input) && statSync(input).isDirectory() ? input : dirname(input);
}
