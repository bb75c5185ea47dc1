import { parentPort } from "node:worker_threads";

/** What the thread is asked to read. */
export interface PdfRequest {
  readonly bytes: Uint8Array;
  readonly source: string;
}

// The engine is loaded when the thread starts, so that it is ready when the first file comes.
const engine = import("../read/pdf/read-pdf.ts");

parentPort?.on("message", async (request: PdfRequest) => {
  const { readPdf } = await engine;
  parentPort?.postMessage(await readPdf(request.bytes, request.source));
});
