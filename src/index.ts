import { createHash } from "node:crypto";
import { isKnownProvider } from "./model/price-lookup.ts";
import type { CheckOptions, Report } from "./model/report.ts";
import type { WireReport } from "./report/wire.ts";
import { toWireReport } from "./report/wire-report.ts";
import { checkBytes, USUAL_LIMITS } from "./store/checked-input.ts";
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
  /** Seconds that reading may take. */
  readonly seconds?: number;
}

/**
 * Checks one document: text, or the bytes of a PDF, Markdown, HTML, LaTeX or text file.
 *
 * Errors: what cannot be read is a document with the status "failed" and its problems. Only unusable rules and a provider without
 * any price throw.
 */
export async function check(input: string | Uint8Array, options: Options = {}): Promise<WireReport> {
  const { catalog, problems } = await openCatalog({ overlay: options.rules ?? null });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const { provider } = options;
  if (provider !== undefined && !isKnownProvider(catalog.prices, provider)) throw new RangeError(`unknown provider "${provider}"`);
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  const source = options.source ?? "-";
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const limits = { ...USUAL_LIMITS, seconds: options.seconds ?? USUAL_LIMITS.seconds };
  const document = await checkBytes(catalog, { source, bytes, sha256 }, checkOptions(options), limits);
  const report: Report = { tool: { name: "reckoner", version: toolVersion(), rules: catalog.hash }, documents: [document] };
  return toWireReport(report);
}

function checkOptions(options: Options): CheckOptions {
  return { priceDate: options.priceDate ?? null, provider: options.provider ?? null, assume: options.assume ?? {} };
}
