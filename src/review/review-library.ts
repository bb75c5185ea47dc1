import { existsSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { DocumentDesk } from "../isolate/document-desk.ts";
import { stoppedReport, TaskStopped } from "../isolate/document-pool.ts";
import type { TaskInput } from "../isolate/document-task.ts";
import type { CheckedParts } from "../isolate/recheck-against.ts";
import { append } from "../model/many.ts";
import type { Problem, ProblemCode } from "../model/problem.ts";
import type { CheckOptions, DocumentReport } from "../model/report.ts";
import type { Correction } from "../recheck.ts";
import type { AnnotatedPdf } from "../report/annotated-pdf.ts";
import type { WireDocument, WireFinding } from "../report/wire.ts";
import { toWireDocument } from "../report/wire-report.ts";
import { isAddress } from "../store/address.ts";
import { loadInput } from "../store/input-file.ts";
import type { ReadLimits } from "../store/read-limits.ts";
import type { ResultStore } from "../store/result-store.ts";
import type { DocumentPlaces, ListedFinding, Progress, WhatIf } from "./api-shapes.ts";
import { documentPlaces } from "./document-places.ts";
import { queueEntries } from "./queue-entry.ts";
import { isServed } from "./served-files.ts";
import type { CheckedUpload, Upload } from "./upload.ts";
import { changedFindings } from "./what-if.ts";

/** Documents that stay in memory with everything that is known of them. */
const MOST_OPEN = 20;

/** Documents without a file that stay in memory; of older ones, what was found stays. */
const MOST_DROPPED = 50;

/** Documents of a store that are added before the server answers what has come in. */
const DOCUMENTS_BETWEEN_TURNS = 50;

/** Documents that are dropped while so many wait are refused. */
const MOST_WAITING = 8;

/** A document that was given to the page. */
interface Dropped {
  readonly report: DocumentReport;
  readonly bytes: Uint8Array;
  readonly against: Uint8Array | null;
  /** Null where it was checked by itself alone. */
  readonly parts: CheckedParts | null;
}

/** One input. */
interface Known {
  readonly source: string;
  /** What was found, where it is not made anew; `null` where it has to be. */
  readonly wire: () => Promise<WireDocument | null>;
  /** Whether it was given to the command, is listed in a store, or was dropped on the page and has no file. */
  readonly origin: "given" | "store" | "dropped";
  /** The folder of the store that lists it, from which its path may lead. */
  readonly base: string | null;
}

/** What a library is made of. */
export interface LibrarySettings {
  /** The user's own rules. */
  readonly rules: string | null;
  readonly options: CheckOptions;
  /** For the documents of the review. */
  readonly limits: ReadLimits;
  /** For what is dropped on the page. */
  readonly dropLimits: ReadLimits;
  /** Folders and files that were given; no others are read. */
  readonly inputs: readonly string[];
}

/** The inputs of a review. Only these files are ever read, by their place in the list. */
export class ReviewLibrary {
  readonly #settings: LibrarySettings;
  readonly #known: Known[] = [];
  readonly #open = new Map<number, Promise<DocumentReport>>();
  readonly #dropped = new Map<number, Dropped>();
  readonly #entries: ListedFinding[] = [];
  readonly #failed: Progress["failed"][number][] = [];
  /** What is looked at does not wait for what is dropped. */
  readonly #looks: DocumentDesk;
  readonly #drops: DocumentDesk;
  #total = 0;

  constructor(settings: LibrarySettings) {
    const { rules, limits, dropLimits } = settings;
    this.#settings = settings;
    this.#looks = new DocumentDesk({ jobs: 1, megabytes: limits.megabytes, rules }, limits);
    this.#drops = new DocumentDesk({ jobs: 1, megabytes: dropLimits.megabytes, rules, mostTasks: MOST_WAITING }, dropLimits);
    this.#looks.warmUp();
  }

  /** Ends the processes of the library; what they were doing is given up. */
  close(): void {
    this.#looks.close();
    this.#drops.close();
  }

  /** Checks a document of the review within its limits. Errors: one that cannot be checked has a failed report. */
  check(input: TaskInput): Promise<DocumentReport> {
    return this.#looks.check(input, this.#settings.options);
  }

  /** The files that may be read, and the problems of those that links lead to elsewhere. */
  async sifted(files: readonly string[]): Promise<{ readonly files: readonly string[]; readonly linked: readonly Problem[] }> {
    const mayRead = await Promise.all(files.map((path) => this.#mayRead(path, "given")));
    return { files: files.filter((_, index) => mayRead[index]), linked: files.filter((_, index) => !mayRead[index]).map(linkProblem) };
  }

  /** What is to be judged, most consequential first. */
  get queue(): readonly ListedFinding[] {
    return [...this.#entries].sort((left, right) => left.rank - right.rank);
  }

  /** What came to the queue after the first `since` entries, as it came. */
  entriesSince(since: number): readonly ListedFinding[] {
    return this.#entries.slice(since);
  }

  get progress(): Progress {
    return { total: Math.max(this.#total, this.#known.length), done: this.#known.length, failed: this.#failed };
  }

  /** Announces documents that will be added. */
  expect(documents: number): void {
    this.#total += documents;
  }

  /** Whether a document that is dropped now would be refused. */
  get isFull(): boolean {
    return this.#drops.isFull;
  }

  /** Checks what was dropped on the page, within its limits. Errors: too many at once reject with LineFull; nothing else does. */
  async checkDropped(claim: Upload, against: Upload | null): Promise<CheckedUpload> {
    const { options } = this.#settings;
    const check = ({ source, bytes }: Upload) => this.#drops.check({ source, content: { kind: "bytes", bytes, sha256: null } }, options);
    const report = await check(claim);
    if (against === null) return { report, parts: null, sourceProblem: null };
    const source = await check(against);
    if (source.result === null) return { report, parts: null, sourceProblem: source.problems[0]?.code ?? "damaged" };
    if (report.result === null) return { report, parts: null, sourceProblem: null };
    const parts = { article: report.result, sources: [source.result] };
    try {
      const result = await this.#drops.ask({ kind: "against", parts, options });
      return { report: { ...report, result }, parts, sourceProblem: null };
    } catch (error) {
      if (!(error instanceof TaskStopped)) throw error;
      return { report: stoppedReport(claim.source, error), parts: null, sourceProblem: null };
    }
  }

  /** Adds a report that has no file: text that was pasted or a file that was dropped, and perhaps what it was checked by. */
  addReport(report: DocumentReport, bytes: Uint8Array, parts: CheckedParts | null = null, against: Uint8Array | null = null): number {
    const wire = toWireDocument(report);
    const document = this.#add({ source: report.source, wire: async () => wire, origin: "dropped", base: null }, wire);
    this.#dropped.set(document, { report, bytes, against, parts });
    const [oldest] = this.#dropped.keys();
    if (this.#dropped.size > MOST_DROPPED && oldest !== undefined) this.#dropped.delete(oldest);
    return document;
  }

  /** Adds what is known of a file, which is read again only when somebody looks at it. */
  addKnown(source: string, wire: WireDocument): number {
    return this.#add({ source, wire: async () => wire, origin: "given", base: null }, wire);
  }

  /**
   * Adds what a store knows, a few documents at a time, so that the server answers meanwhile; `base` is the folder that it stands in.
   *
   * Errors: a store that goes away throws.
   */
  async addStore(store: ResultStore, base: string | null, signal: AbortSignal): Promise<void> {
    const inputs = await store.everyInput();
    this.expect(inputs.size);
    for await (const [source, wire] of store.documents(inputs)) {
      if (signal.aborted) return;
      const key = inputs.get(source);
      // A file of SQLite answers at once, so that nothing else would get a turn.
      if (this.#known.length % DOCUMENTS_BETWEEN_TURNS === 0) await setImmediate();
      // Loaded again when somebody looks at it, for there may be thousands.
      this.#add({ source, wire: async () => (key === undefined ? null : store.document(key)), origin: "store", base }, wire);
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

  /** The file of a document, or of the source that it was checked by. Errors: one that has gone or was never a file gives null. */
  async bytes(document: number, part = 0): Promise<Uint8Array | null> {
    const known = this.#known[document];
    if (known === undefined) return null;
    const dropped = this.#dropped.get(document);
    if (dropped !== undefined) return part === 0 ? dropped.bytes : part === 1 ? dropped.against : null;
    const path = pathOf(known);
    if (part !== 0 || !(await this.#mayRead(path, known.origin))) return null;
    const input = await loadInput(path);
    return input.kind === "bytes" ? input.bytes : null;
  }

  /** What was found in a document: what is known of it, without reading it again. */
  async wire(document: number): Promise<WireDocument> {
    return (await this.#known[document]?.wire()) ?? toWireDocument(await this.report(document));
  }

  /** Where the figures of a document stand, for which it is read. */
  async places(document: number): Promise<DocumentPlaces> {
    const [report, known] = await Promise.all([this.report(document), this.wire(document)]);
    return documentPlaces(report, known, this.#dropped.get(document)?.parts ?? null);
  }

  /** The findings of a document under corrections, and which of them are other than before. Errors: a document that takes too long rejects with TaskStopped. */
  async whatIf(document: number, corrections: readonly Correction[]): Promise<WhatIf> {
    const report = await this.report(document);
    if (report.result === null) return { findings: [], changed: [], milliseconds: 0 };
    const { options } = this.#settings;
    const parts = this.#dropped.get(document)?.parts ?? null;
    const begun = performance.now();
    const result = await this.#looks.ask({ kind: "what-if", result: report.result, parts, corrections, options });
    const milliseconds = performance.now() - begun;
    const findings = judged(toWireDocument({ ...report, result }));
    return { findings, changed: changedFindings(judged(toWireDocument(report)), findings), milliseconds };
  }

  /** A copy of a PDF with findings, and what was said of them, as notes. Errors: none; what cannot be rewritten in time is refused. */
  async annotated(document: number, said: ReadonlyMap<string, readonly string[]>): Promise<AnnotatedPdf | null> {
    const [bytes, { result }] = await Promise.all([this.bytes(document), this.report(document)]);
    if (bytes === null || result === null) return null;
    try {
      return await this.#looks.ask({ kind: "annotate", bytes, result, said });
    } catch (error) {
      if (!(error instanceof TaskStopped)) throw error;
      return { kind: "refused", reason: "the PDF is too damaged to be rewritten" };
    }
  }

  /** A document as it is checked now; the last ones stay in memory. Errors: none; what cannot be read has a failed report. */
  report(document: number): Promise<DocumentReport> {
    const known = this.#known[document];
    const dropped = this.#dropped.get(document);
    if (dropped !== undefined) return Promise.resolve(dropped.report);
    if (known === undefined) throw new Error(`there is no document ${document}`);
    const report = this.#open.get(document) ?? this.#read(known);
    this.#keep(document, report);
    return report;
  }

  async #read(known: Known): Promise<DocumentReport> {
    const { source, origin } = known;
    const failed = (...problems: readonly Problem[]): DocumentReport => ({
      source,
      sha256: null,
      status: "failed",
      problems,
      result: null,
    });
    if (origin === "dropped") return failed(problemOf("not-found", source, "dropped long ago; drop it again"));
    const path = pathOf(known);
    if (!(await this.#mayRead(path, origin))) return failed(linkProblem(source));
    const input = await loadInput(path);
    if (input.kind === "unread") return failed(...input.result.problems);
    return this.check({ source, content: input });
  }

  /** What a store lists may stand in the folder that it names. */
  async #mayRead(path: string, origin: Known["origin"]): Promise<boolean> {
    if (origin === "dropped") return false;
    return isServed(path, origin === "store" ? [dirname(path)] : this.#settings.inputs);
  }

  #add(known: Known, wire: WireDocument): number {
    const document = this.#known.push(known) - 1;
    append(this.#entries, queueEntries(document, known.source, wire));
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

/** A batch names files as it was called; where it was called beside its store, they stand there. */
function pathOf({ source, base }: Known): string {
  return base === null || isAddress(source) || isAbsolute(source) || existsSync(source) ? source : join(base, source);
}

function problemOf(code: ProblemCode, source: string, detail: string): Problem {
  return { code, source, page: null, detail };
}

/** Why a file that a link leads to is not read. */
function linkProblem(source: string): Problem {
  return problemOf("not-readable", source, "a link that leads out of the folder; name what it leads to as well");
}

/** All that was judged, with doubt or without. */
function judged({ findings, withheld }: WireDocument): readonly WireFinding[] {
  return [...findings, ...(withheld ?? [])];
}
