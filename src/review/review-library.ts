import { readFile, stat } from "node:fs/promises";
import type { Catalog } from "../model/catalog.ts";
import { type Box, boxesOf } from "../model/document.ts";
import type { CheckOptions, DocumentReport } from "../model/report.ts";
import { type Correction, recheckDocument } from "../recheck.ts";
import type { WireDocument, WireFinding } from "../report/wire.ts";
import { toWireDocument } from "../report/wire-report.ts";
import { checkFile, type ReadLimits } from "../store/checked-input.ts";

/** A finding as the queue lists it. */
export interface QueueEntry {
  readonly document: number;
  readonly source: string;
  readonly fingerprint: string;
  readonly id: string;
  readonly verdict: string;
  readonly severity: string;
  readonly rule: string;
  readonly kind: string;
  readonly subject: string | null;
  readonly ratio: number | null;
  readonly text: string;
  readonly quote: string;
  readonly speaker: string | null;
  readonly message: string;
}

/** A document that is open: what it says, where, and what was found. */
export interface OpenDocument {
  readonly wire: WireDocument;
  /** By mention id; empty for text. */
  readonly boxes: Readonly<Record<string, readonly Box[]>>;
  readonly pages: readonly { readonly width: number; readonly height: number }[];
  /** Text of each block, for documents without pages. */
  readonly blocks: readonly { readonly kind: string; readonly start: number; readonly text: string }[];
}

/** Documents that stay in memory with everything that is known of them. */
const MOST_OPEN = 20;

/** The inputs of a review. Only these files are ever read, by their place in the list. */
export class ReviewLibrary {
  readonly #catalog: Catalog;
  readonly #options: CheckOptions;
  readonly #limits: ReadLimits;
  readonly #sources: string[] = [];
  readonly #open = new Map<number, Promise<DocumentReport>>();
  /** Reports that could not be made again, for they have no file. */
  readonly #dropped = new Map<number, { readonly report: DocumentReport; readonly bytes: Uint8Array }>();
  readonly #queue: QueueEntry[] = [];
  #isSorted = true;

  constructor(catalog: Catalog, options: CheckOptions, limits: ReadLimits) {
    this.#catalog = catalog;
    this.#options = options;
    this.#limits = limits;
  }

  /** Most consequential first: severity, then how far off. */
  get queue(): readonly QueueEntry[] {
    if (!this.#isSorted) this.#queue.sort(byConsequence);
    this.#isSorted = true;
    return this.#queue;
  }

  /** Checks a file and adds what was found. Errors: none; what cannot be read has a failed report. */
  async addFile(source: string): Promise<WireDocument> {
    const report = await checkFile(this.#catalog, source, this.#options, this.#limits);
    const wire = toWireDocument(report);
    const index = this.addKnown(source, wire);
    this.#keep(index, Promise.resolve(report));
    return wire;
  }

  /** Adds a report that has no file: text that was pasted or a file that was dropped. */
  addReport(report: DocumentReport, bytes: Uint8Array): number {
    const index = this.addKnown(report.source, toWireDocument(report));
    this.#dropped.set(index, { report, bytes });
    return index;
  }

  /** Adds what a store knows of a file, which is read again only when it is opened. */
  addKnown(source: string, wire: WireDocument): number {
    const document = this.#sources.push(source) - 1;
    this.#queue.push(...entriesOf(document, source, wire));
    this.#isSorted = false;
    return document;
  }

  has(document: number): boolean {
    return this.#sources[document] !== undefined;
  }

  /** The file of a document. Errors: one that has gone or was never a file gives null. */
  async bytes(document: number): Promise<Uint8Array | null> {
    const source = this.#sources[document];
    const dropped = this.#dropped.get(document);
    if (dropped !== undefined) return dropped.bytes;
    if (source === undefined) return null;
    const known = await stat(source).catch(() => null);
    return known?.isFile() === true ? readFile(source) : null;
  }

  async open(document: number): Promise<OpenDocument> {
    const report = await this.#report(document);
    const { result } = report;
    if (result === null) return { wire: toWireDocument(report), boxes: {}, pages: [], blocks: [] };
    const boxes = result.extraction.mentions.map((mention) => [mention.id, boxesOf(result.document, mention.span)] as const);
    const { pages, text } = result.document;
    const blocks = result.document.blocks.map(({ kind, span }) => ({ kind, start: span.start, text: text.slice(span.start, span.end) }));
    return { wire: toWireDocument(report), boxes: Object.fromEntries(boxes), pages, blocks: pages.length > 0 ? [] : blocks };
  }

  /** The findings of a document under corrections, and which of them are other than before. */
  async whatIf(
    document: number,
    corrections: readonly Correction[],
    options: Partial<CheckOptions>,
  ): Promise<{ readonly findings: readonly WireFinding[]; readonly changed: readonly string[]; readonly milliseconds: number }> {
    const report = await this.#report(document);
    if (report.result === null) return { findings: [], changed: [], milliseconds: 0 };
    const begun = performance.now();
    const result = recheckDocument(this.#catalog, report.result, corrections, { ...this.#options, ...options });
    const milliseconds = performance.now() - begun;
    const before = new Map(toWireDocument(report).findings.map((finding) => [`${finding.rule} ${finding.claim}`, told(finding)]));
    const { findings } = toWireDocument({ ...report, result });
    const after = new Map(findings.map((finding) => [`${finding.rule} ${finding.claim}`, told(finding)]));
    const keys = [...new Set([...before.keys(), ...after.keys()])];
    return { findings, changed: keys.filter((key) => before.get(key) !== after.get(key)), milliseconds };
  }

  #report(document: number): Promise<DocumentReport> {
    const dropped = this.#dropped.get(document);
    if (dropped !== undefined) return Promise.resolve(dropped.report);
    const known = this.#open.get(document);
    const report = known ?? checkFile(this.#catalog, this.#sources[document] ?? "", this.#options, this.#limits);
    this.#keep(document, report);
    return report;
  }

  #keep(document: number, report: Promise<DocumentReport>): void {
    this.#open.delete(document);
    this.#open.set(document, report);
    const [oldest] = this.#open.keys();
    if (this.#open.size > MOST_OPEN && oldest !== undefined) this.#open.delete(oldest);
  }
}

function told({ verdict, severity, stated, recomputed }: WireFinding): string {
  return JSON.stringify([verdict, severity, stated, recomputed]);
}

function entriesOf(document: number, source: string, wire: WireDocument): readonly QueueEntry[] {
  const mentions = new Map(wire.mentions.map((mention) => [mention.id, mention]));
  return wire.findings.flatMap((finding): readonly QueueEntry[] => {
    if (finding.verdict === "consistent" || finding.verdict === "unverifiable") return [];
    const { id, verdict, severity, rule, subject, ratio, quote, speaker, message } = finding;
    const claim = mentions.get(finding.claim);
    const named = { document, source, fingerprint: finding.fingerprint };
    return [
      { ...named, id, verdict, severity, rule, subject, ratio, quote, speaker, message, kind: claim?.kind ?? "", text: claim?.text ?? "" },
    ];
  });
}

const SEVERITIES = ["error", "warning", "note"];

function byConsequence(left: QueueEntry, right: QueueEntry): number {
  const off = (entry: QueueEntry): number => (entry.ratio === null || entry.ratio <= 0 ? 0 : Math.abs(Math.log(entry.ratio)));
  return SEVERITIES.indexOf(left.severity) - SEVERITIES.indexOf(right.severity) || off(right) - off(left);
}
