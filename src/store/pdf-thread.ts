import module from "node:module";
import { parentPort } from "node:worker_threads";

/** What the thread is asked to read. */
export interface PdfRequest {
  readonly bytes: Uint8Array;
  readonly source: string;
}

// Threads do not share the compiled code that the process keeps between runs; the engine is large, so this one keeps its own.
module.enableCompileCache();

// The engine is loaded when the thread starts, so that it is ready when the first file comes.
const engine = import("../read/pdf/read-pdf.ts");

parentPort?.on("message", async (request: PdfRequest) => {
  const { readPdf } = await engine;
  parentPort?.postMessage(await readPdf(request.bytes, request.source));
  // The process may end at any time from here on, and with it this thread, unasked.
  keepCompiledCode();
});

let isKept = false;

function keepCompiledCode(): void {
  if (isKept) return;
  isKept = true;
  module.flushCompileCache();
}
