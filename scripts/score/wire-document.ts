import type { Catalog } from "../../src/model/catalog.ts";
import type { DocumentReport } from "../../src/model/report.ts";
import type { WireDocument } from "../../src/report/wire.ts";
import { toWireReport } from "../../src/report/wire-report.ts";
import { checkBytes } from "../../src/store/checked-input.ts";
import { toolVersion } from "../../src/store/tool-version.ts";

/** What every score is made with: nothing is told beside the text. */
export const SCORE_OPTIONS = { priceDate: null, provider: null, assume: {} };

/** What a user of the JSON report would see: through text and back, as it leaves the program. */
export function toWire(catalog: Catalog, document: DocumentReport): WireDocument | null {
  const report = toWireReport({ tool: { name: "reckoner", version: toolVersion(), rules: catalog.hash }, documents: [document] });
  return (JSON.parse(JSON.stringify(report)) as typeof report).documents[0] ?? null;
}

/** Checks a text and gives what a user of the JSON report would see. Errors: a text that gives no document throws. */
export async function wireOf(catalog: Catalog, source: string, text: string): Promise<WireDocument> {
  const bytes = new TextEncoder().encode(text);
  const document = toWire(catalog, await checkBytes(catalog, { source, bytes, sha256: null }, SCORE_OPTIONS));
  if (document === null) throw new Error(`${source} gave no document`);
  return document;
}
