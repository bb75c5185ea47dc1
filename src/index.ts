import { createHash } from "node:crypto";
import { DocumentDesk } from "./isolate/document-desk.ts";
import { isKnownProvider } from "./model/price-lookup.ts";
import type { CheckOptions, Report } from "./model/report.ts";
import type { WireReport } from "./report/wire.ts";
import { toWireReport } from "./report/wire-report.ts";
import { USUAL_LIMITS } from "./store/read-limits.ts";
import { openCatalog } from "./store/rules-folder.ts";
import { toolVersion } from "./store/tool-version.ts";

export type { WireDocument, WireFigure, WireFinding, WireMention, WireReport } from "./report/wire.ts";

/** What a check may be told; everything may be left out. */
export interface Options {
  /** Name of the input in the report; its ending helps to tell the format. */
  readonly source?: string;
  /** ISO date for which prices are looked up; without it, the date of the document. */
  readonly priceDate?: string;
  /** Cloud provider whose prices are used. */
  readonly provider?: string;
  /** Values for quantities that the document leaves open: { pue: 1.1 }. */
  readonly assume?: Readonly<Record<string, number>>;
  /** A folder with rules that add to the built-in ones. */
  readonly rules?: string;
  /** Seconds that the document may take; usual: 60. */
  readonly seconds?: number;
  /** Megabytes of heap that the document may fill; usual: 1024. */
  readonly megabytes?: number;
}

/**
 * Checks one document: text, or the bytes of a PDF, Markdown, HTML, LaTeX or text file.
 *
 * A long text, a PDF or a Word document is checked in a process of its own, which waits for the next one and keeps this one from ending
 * only while it works.
 * Errors: what cannot be read within the limits is a document with the status "failed" and its problems. Only unusable rules and a
 * provider without any price throw.
 */
export async function check(input: string | Uint8Array, options: Options = {}): Promise<WireReport> {
  const { catalog, problems } = await openCatalog({ overlay: options.rules ?? null });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const { provider } = options;
  if (provider !== undefined && !isKnownProvider(catalog.prices, provider)) throw new RangeError(`unknown provider "${provider}"`);
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  const source = options.source ?? "-";
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const limits = { seconds: options.seconds ?? USUAL_LIMITS.seconds, megabytes: options.megabytes ?? USUAL_LIMITS.megabytes };
  const desk = deskOf(options.rules ?? null, catalog.hash, limits.megabytes);
  const document = await desk.check({ source, content: { kind: "bytes", bytes, sha256 } }, checkOptions(options), limits);
  const report: Report = { tool: { name: "reckoner", version: toolVersion(), rules: catalog.hash }, documents: [document] };
  return toWireReport(report);
}

/** The last desk: its process is there for the next document of the same rules and memory. */
let latest: { readonly key: string; readonly desk: DocumentDesk } | null = null;

function deskOf(rules: string | null, hash: string, megabytes: number): DocumentDesk {
  const key = `${hash} ${megabytes}`;
  if (latest?.key === key) return latest.desk;
  latest?.desk.retire();
  const desk = new DocumentDesk({ jobs: 1, megabytes, rules }, { ...USUAL_LIMITS, megabytes });
  latest = { key, desk };
  return desk;
}

function checkOptions(options: Options): CheckOptions {
  return { priceDate: options.priceDate ?? null, provider: options.provider ?? null, assume: options.assume ?? {} };
}
