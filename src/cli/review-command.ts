import { once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { userInfo } from "node:os";
import { dirname, join } from "node:path";
import { problemWords } from "../report/problem-words.ts";
import { DecisionStore } from "../review/decision-store.ts";
import { loadFrontEnd } from "../review/front-end.ts";
import { ReviewLibrary } from "../review/review-library.ts";
import { serveReview } from "../review/serve-review.ts";
import { USUAL_LIMITS } from "../store/checked-input.ts";
import { openResultStore } from "../store/result-store.ts";
import { storePlace } from "../store/store-place.ts";
import { loadCatalog } from "./catalog-source.ts";
import type { ExitCode } from "./exit-code.ts";
import { findInputFiles } from "./input-files.ts";
import { UsageError } from "./usage-error.ts";

/** The options of `reckoner review` as parsed. */
export interface ReviewFlags {
  readonly decisions?: string;
  readonly reviewer?: string;
  readonly rules?: string;
  readonly host: string;
  readonly port?: number;
  readonly allowRemote?: boolean;
}

const STORE_NAME = /\.sqlite3?$|^postgres(?:ql)?:\/\//i;
const LOCAL_HOSTS: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "::1"]);

/** Checks the inputs, or takes what a store knows of them, and serves the review until it is interrupted. */
export async function reviewCommand(inputs: readonly string[], flags: ReviewFlags): Promise<ExitCode> {
  const [first] = inputs;
  if (first === undefined) throw new UsageError('no input: name a folder, papers or a store ("reckoner review papers/")');
  if (!LOCAL_HOSTS.has(flags.host) && flags.allowRemote !== true)
    throw new UsageError(`--host ${flags.host}: others could reach the papers; add --allow-remote if they should`);
  const catalog = await loadCatalog(flags.rules ?? null);
  const options = { priceDate: null, provider: null, assume: {} };
  const library = new ReviewLibrary(catalog, options, USUAL_LIMITS);
  for (const store of inputs.filter((input) => STORE_NAME.test(input))) await addStore(library, store);
  const { files, problems } = await findInputFiles(inputs.filter((input) => !STORE_NAME.test(input)));
  const unread = problems.map(problemWords);
  for (const file of files) unread.push(...(await library.addFile(file)).problems.map((problem) => problem.message));
  for (const line of unread) process.stderr.write(`reckoner: ${line}\n`);
  if (problems.length > 0 && files.length === 0 && !inputs.some((input) => STORE_NAME.test(input))) return 2;
  const decisions = await openDecisions(flags.decisions ?? decisionsBeside(first));
  const parts = {
    catalog,
    options,
    limits: USUAL_LIMITS,
    library,
    decisions,
    reviewer: flags.reviewer ?? userInfo().username,
    front: await loadFrontEnd(),
  };
  const server = await serveReview(parts, { host: flags.host, port: flags.port ?? 0 }).catch((error: unknown): never => {
    throw new UsageError(`--host ${flags.host} --port ${flags.port ?? 0}: ${error instanceof Error ? error.message : String(error)}`);
  });
  process.stdout.write(`${library.queue.length} flagged claims; open ${server.url}\nCtrl+C ends the review; decisions are kept\n`);
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await server.close();
  await decisions.close();
  return 0;
}

async function addStore(library: ReviewLibrary, named: string): Promise<void> {
  const place = storePlace(named);
  if (place.kind === "file" && !existsSync(place.path)) throw new UsageError(`not-found: ${named}: no such store`);
  const store = await openResultStore(place);
  try {
    for await (const [source, document] of store.documents(await store.everyInput())) library.addKnown(source, document);
  } finally {
    await store.close();
  }
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
