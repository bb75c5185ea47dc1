import { setImmediate } from "node:timers/promises";
import type { Catalog } from "../model/catalog.ts";
import { type Box, boxesOf } from "../model/document.ts";
import type { CheckOptions, DocumentReport } from "../model/report.ts";
import { type Correction, recheckDocument } from "../recheck.ts";
import type { WireDocument, WireFigure, WireFinding } from "../report/wire.ts";
import { toWireDocument } from "../report/wire-report.ts";
import { checkFile, type ReadLimits } from "../store/checked-input.ts";
import { loadInput } from "../store/input-file.ts";
import type { ResultStore } from "../store/result-store.ts";
import { type QueueEntry, queueEntries } from "./queue-entry.ts";
import { type CheckedParts, recheckAgainst } from "./recheck-against.ts";

/** Where the figures of a document stand. */
export interface DocumentPlaces {
  /** What is found now, where that differs from what was known of the document; else null. */
  readonly wire: WireDocument | null;
  /** Why it cannot be read now; null where it can. */
  readonly problem: string | null;
  /** By mention id; empty for text. */
  readonly boxes: Readonly<Record<string, readonly Box[]>>;
  readonly pages: readonly { readonly width: number; readonly height: number }[];
  /** Text of each block, for documents without pages. */
  readonly blocks: readonly { readonly kind: string; readonly start: number; readonly text: string }[];
}

/** How far the documents have been checked. */
export interface Progress {
  readonly total: number;
  readonly done: number;
  /** Of which nothing could be read. */
  readonly failed: readonly { readonly source: string; readonly code: string; readonly message: string }[];
}

/** What a finding says, in short. */
export interface Outcome {
  readonly verdict: string;
  readonly severity: string;
  readonly recomputed: WireFigure | null;
}

/** What a what-if changes about one claim; null where there is no finding. */
export interface ChangedFinding {
  readonly rule: string;
  readonly claim: string;
  readonly before: Outcome | null;
  readonly after: Outcome | null;
}

/** What a document says under corrections. */
export interface WhatIf {
  readonly findings: readonly WireFinding[];
  readonly changed: readonly ChangedFinding[];
  readonly milliseconds: number;
}

/** Documents that stay in memory with everything that is known of them. */
const MOST_OPEN = 20;

/** Documents of a store that are added before the server answers what has come in. */
const DOCUMENTS_BETWEEN_TURNS = 50;

/** A document that was given to the page. */
interface Dropped {
  readonly report: DocumentReport;
  readonly bytes: Uint8Array;
  /** Null where it was checked by itself alone. */
  readonly parts: CheckedParts | null;
}

/** One input. */
interface Known {
  readonly source: string;
  /** What was found, where it is not made anew; `null` where it has to be. */
  readonly wire: () => Promise<WireDocument | null>;
  /** What could not be made again, for it has no file. */
  readonly dropped: Dropped | null;
}

/** The inputs of a review. Only these files are ever read, by their place in the list. */
export class ReviewLibrary {
  readonly #catalog: Catalog;
  readonly #options: CheckOptions;
  readonly #limits: ReadLimits;
  readonly #known: Known[] = [];
  readonly #open = new Map<number, Promise<DocumentReport>>();
  readonly #entries: QueueEntry[] = [];
  readonly #failed: Progress["failed"][number][] = [];
  #total = 0;

  constructor(catalog: Catalog, options: CheckOptions, limits: ReadLimits) {
    this.#catalog = catalog;
    this.#options = options;
    this.#limits = limits;
  }

  /** What is to be judged, most consequential first. */
  get queue(): readonly QueueEntry[] {
    return [...this.#entries].sort((left, right) => left.rank - right.rank);
  }

  /** What came to the queue after the first `since` entries, as it came. */
  entriesSince(since: number): readonly QueueEntry[] {
    return this.#entries.slice(since);
  }

  get progress(): Progress {
    return { total: Math.max(this.#total, this.#known.length), done: this.#known.length, failed: this.#failed };
  }

  /** Announces documents that will be added. */
  expect(documents: number): void {
    this.#total += documents;
  }

  /** Checks a file here and now, and adds what was found. Errors: none; what cannot be read has a failed report. */
  async addFile(source: string): Promise<WireDocument> {
    const report = await checkFile(this.#catalog, source, this.#options, this.#limits);
    const wire = toWireDocument(report);
    this.#keep(this.addKnown(source, wire), Promise.resolve(report));
    return wire;
  }

  /** Adds a report that has no file: text that was pasted or a file that was dropped, and perhaps what it was checked by. */
  addReport(report: DocumentReport, bytes: Uint8Array, parts: CheckedParts | null = null): number {
    const wire = toWireDocument(report);
    return this.#add({ source: report.source, wire: async () => wire, dropped: { report, bytes, parts } }, wire);
  }

  /** Adds what is known of a file, which is read again only when somebody looks at it; `load` gives it again, for the thousands of a store. */
  addKnown(source: string, wire: WireDocument, load: () => Promise<WireDocument | null> = async () => wire): number {
    return this.#add({ source, wire: load, dropped: null }, wire);
  }

  /** Adds what a store knows, a few documents at a time, so that the server answers meanwhile. Errors: a store that goes away throws. */
  async addStore(store: ResultStore, signal: AbortSignal): Promise<void> {
    const inputs = await store.everyInput();
    this.expect(inputs.size);
    for await (const [source, wire] of store.documents(inputs)) {
      if (signal.aborted) return;
      const key = inputs.get(source);
      // A file of SQLite answers at once, so that nothing else would get a turn.
      if (this.#known.length % DOCUMENTS_BETWEEN_TURNS === 0) await setImmediate();
      this.addKnown(source, wire, async () => (key === undefined ? null : store.document(key)));
    }
  }

  /** Lists an input that could not even be looked for. */
  addFailure(source: string, code: string, message: string): void {
    this.#failed.push({ source, code, message });
  }

  has(document: number): boolean {
    return this.#known[document] !== undefined;
  }

  sourceOf(document: number): string {
    return this.#known[document]?.source ?? "";
  }

  /** The file of a document. Errors: one that has gone or was never a file gives null. */
  async bytes(document: number): Promise<Uint8Array | null> {
    const known = this.#known[document];
    if (known === undefined) return null;
    if (known.dropped !== null) return known.dropped.bytes;
    const input = await loadInput(known.source);
    return input.kind === "bytes" ? input.bytes : null;
  }

  /** What was found in a document: what is known of it, without reading it again. */
  async wire(document: number): Promise<WireDocument> {
    return (await this.#known[document]?.wire()) ?? toWireDocument(await this.report(document));
  }

  /** Where the figures of a document stand, for which it is read. */
  async places(document: number): Promise<DocumentPlaces> {
    const [report, known] = await Promise.all([this.report(document), this.wire(document)]);
    const { result } = report;
    const now = toWireDocument(report);
    if (result === null) {
      const problem = now.problems.map(({ message }) => message).join("; ");
      return { wire: null, problem, boxes: {}, pages: [], blocks: [] };
    }
    const boxes = result.extraction.mentions.map((mention) => [mention.id, boxesOf(result.document, mention.span)] as const);
    const { pages, text } = result.document;
    const blocks = result.document.blocks.map(({ kind, span }) => ({ kind, start: span.start, text: text.slice(span.start, span.end) }));
    const isSame = JSON.stringify([now.findings, now.mentions]) === JSON.stringify([known.findings, known.mentions]);
    return { wire: isSame ? null : now, problem: null, boxes: Object.fromEntries(boxes), pages, blocks: pages.length > 0 ? [] : blocks };
  }

  /** The findings of a document under corrections, and which of them are other than before. */
  async whatIf(document: number, corrections: readonly Correction[]): Promise<WhatIf> {
    const report = await this.report(document);
    if (report.result === null) return { findings: [], changed: [], milliseconds: 0 };
    const begun = performance.now();
    const parts = this.#known[document]?.dropped?.parts ?? null;
    const result =
      parts === null
        ? recheckDocument(this.#catalog, report.result, corrections, this.#options)
        : recheckAgainst(this.#catalog, parts, corrections, this.#options);
    const milliseconds = performance.now() - begun;
    const { findings } = toWireDocument({ ...report, result });
    return { findings, changed: changedFindings(toWireDocument(report).findings, findings), milliseconds };
  }

  /** A document as it is checked now; the last ones stay in memory. */
  report(document: number): Promise<DocumentReport> {
    const known = this.#known[document];
    if (known !== undefined && known.dropped !== null) return Promise.resolve(known.dropped.report);
    const report = this.#open.get(document) ?? checkFile(this.#catalog, known?.source ?? "", this.#options, this.#limits);
    this.#keep(document, report);
    return report;
  }

  #add(known: Known, wire: WireDocument): number {
    const document = this.#known.push(known) - 1;
    this.#entries.push(...queueEntries(document, known.source, wire));
    const [problem] = wire.problems;
    if (wire.status === "failed" && problem !== undefined) this.addFailure(known.source, problem.code, problem.message);
    return document;
  }

  #keep(document: number, report: Promise<DocumentReport>): void {
    this.#open.delete(document);
    this.#open.set(document, report);
    const [oldest] = this.#open.keys();
    if (this.#open.size > MOST_OPEN && oldest !== undefined) this.#open.delete(oldest);
  }
}

/** What is judged otherwise than before. A claim that another equation now checks is the same claim. */
function changedFindings(before: readonly WireFinding[], after: readonly WireFinding[]): readonly ChangedFinding[] {
  const [old, now] = [byClaim(before), byClaim(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const [left, right] = [old.get(key), now.get(key)];
    const shown = right ?? left;
    if (shown === undefined || (left !== undefined && right !== undefined && told(left) === told(right))) return [];
    return [{ rule: shown.rule, claim: shown.claim, before: outcomeOf(left), after: outcomeOf(right) }];
  });
}

/** By claim and rule; the only finding of a claim by the claim alone, whatever its rule is. */
function byClaim(findings: readonly WireFinding[]): ReadonlyMap<string, WireFinding> {
  const counts = Map.groupBy(findings, ({ claim }) => claim);
  return new Map(
    findings.map((finding) => [counts.get(finding.claim)?.length === 1 ? finding.claim : `${finding.claim} ${finding.rule}`, finding]),
  );
}

function outcomeOf(finding: WireFinding | undefined): Outcome | null {
  return finding === undefined ? null : { verdict: finding.verdict, severity: finding.severity, recomputed: finding.recomputed };
}

function told({ verdict, severity, stated, recomputed }: WireFinding): string {
  return JSON.stringify([verdict, severity, stated, recomputed]);
}
