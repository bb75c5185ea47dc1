import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Catalog } from "../../src/model/catalog.ts";
import type { Document } from "../../src/model/document.ts";
import { checkDocument } from "../../src/pipeline.ts";
import { readPdf } from "../../src/read/pdf/read-pdf.ts";
import { readDocument } from "../../src/read/read-document.ts";
import { documentsIn } from "../plant/documents.ts";
import { passagesIn } from "../score/passage-run.ts";
import { sourceOf } from "../score/passages.ts";

/** A document that was read once, and what comes out with everything on. */
export interface Sample {
  readonly name: string;
  readonly document: Document;
  readonly outcome: string;
  /** Keys of the patterns that matched something in it. */
  readonly met: ReadonlySet<string>;
}

const OPTIONS = { priceDate: null, provider: null, assume: {} };

/** The fixtures, the examples of the rules, and the corpus and passages where they are there. */
export async function samplesIn(root: string, shared: string): Promise<readonly Document[]> {
  const documents: Document[] = [];
  const add = ({ document }: { readonly document: Document | null }): void => {
    if (document !== null) documents.push(document);
  };
  for (const { name, input } of documentsIn(root, existsSync(join(shared, "corpus")) ? join(shared, "corpus") : null, undefined)) {
    if (typeof input !== "string") add(await readDocument(new TextEncoder().encode(input.text), `${name}.md`));
    else if (input.endsWith(".pdf")) add(await readPdf(new Uint8Array(readFileSync(input)), input));
    else add(await readDocument(new Uint8Array(readFileSync(input)), input));
  }
  for (const folder of [join(root, "fixtures/passages"), join(shared, "passages")])
    for (const passage of [...passagesIn(folder, null).values()].flat())
      add(await readDocument(new TextEncoder().encode(passage.text), sourceOf(passage)));
  return documents;
}

/** Everything that a reader could see of a document: figures with what they belong to, and findings. */
export function outcomeOf(catalog: Catalog, document: Document): string {
  // A copy, so that nothing that was kept for the document is taken over from another round.
  const { extraction, linked, checked } = checkDocument(catalog, structuredClone(document), OPTIONS);
  const figures = extraction.mentions.map(({ id, kind, span, value, unit, per, hedge, stage }) => {
    const { subject, hardware, role } = linked.attachments.get(id) ?? {};
    return [kind, span.start, span.end, value, unit, per, hedge, stage, subject, hardware, role];
  });
  const findings = checked.findings.map(({ rule, verdict, severity, claim, premises }) => [rule, verdict, severity, claim, premises]);
  return JSON.stringify([figures, findings]);
}

/** The names of the documents that come out otherwise; no more than `enough` are looked for. */
export function changedIn(catalog: Catalog, samples: readonly Sample[], enough: number): readonly string[] {
  const changed: string[] = [];
  for (const { name, document, outcome } of samples) {
    if (changed.length >= enough) break;
    if (outcomeOr(catalog, document) !== outcome) changed.push(name);
  }
  return changed;
}

/** What cannot do without a pattern comes out otherwise, too. */
function outcomeOr(catalog: Catalog, document: Document): string {
  try {
    return outcomeOf(catalog, document);
  } catch (error) {
    return String(error);
  }
}
