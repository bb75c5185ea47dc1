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
import { additionsIn, asCorrections, hashOf, LONGEST_CLAIM, type Revision, revisionOf, spanIn, trimmedSpan } from "./added-claims.ts";
import type {
  AdditionInput,
  DocumentPlaces,
  Found,
  ListedFinding,
  Marked,
  MarkedInput,
  Progress,
  StoredAddition,
  WhatIf,
} from "./api-shapes.ts";
import { documentPlaces } from "./document-places.ts";
import { findWords } from "./find-words.ts";
import { markedFigure } from "./marked-figure.ts";
import { queueEntries } from "./queue-entry.ts";
import { isServed } from "./served-files.ts";
import type { UnitChoice } from "./unit-choices.ts";
import type { CheckedUpload, Upload } from "./upload.ts";
import { changedFindings, isToldBy } from "./what-if.ts";

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
  /** Of its bytes; null where they could not be had. */
  readonly sha256: string | null;
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
  /** The units of each kind that a claim may be added of. */
  readonly units: ReadonlyMap<string, readonly UnitChoice[]>;
}

/** The inputs of a review. Only these files are ever read, by their place in the list. */
export class ReviewLibrary {
  readonly #settings: LibrarySettings;
  readonly #known: Known[] = [];
  readonly #open = new Map<number, Promise<DocumentReport>>();
  readonly #dropped = new Map<number, Dropped>();
  readonly #entries: ListedFinding[] = [];
  readonly #additions = new Map<number, StoredAddition>();
  readonly #revisions = new Map<number, Revision>();
  /** What the equations alone tell of a document that is open. */
  readonly #equations = new WeakMap<DocumentReport, Promise<readonly WireFinding[]>>();
  /** How often each document was checked again. */
  readonly #revisionOf = new Map<number, number>();
  /** Documents are checked again one after the other, so that the last state of additions is what stands. */
  #revising: Promise<void> = Promise.resolve();
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
    return this.#entries.filter((entry) => entry.revision === this.#revision(entry.document)).sort((left, right) => left.rank - right.rank);
  }

  /** What came to the queue after the first `since` entries, as it came. */
  entriesSince(since: number): readonly ListedFinding[] {
    return this.#entries.slice(since);
  }

  get progress(): Progress {
    return { total: Math.max(this.#total, this.#known.length), done: this.#known.length, failed: this.#failed };
  }

  /** The units of each kind that a claim may be added of. */
  get units(): LibrarySettings["units"] {
    return this.#settings.units;
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
    const check = ({ source, bytes }: Upload) =>
      this.#drops.check({ source, content: { kind: "bytes", bytes, sha256: hashOf(bytes) } }, options);
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
    const document = this.#add({ source: report.source, wire: async () => wire, origin: "dropped", base: null, sha256: wire.sha256 }, wire);
    this.#dropped.set(document, { report, bytes, against, parts });
    const [oldest] = this.#dropped.keys();
    if (this.#dropped.size > MOST_DROPPED && oldest !== undefined) this.#dropped.delete(oldest);
    return document;
  }

  /** Adds what is known of a file, which is read again only when somebody looks at it. */
  addKnown(source: string, wire: WireDocument): number {
    return this.#add({ source, wire: async () => wire, origin: "given", base: null, sha256: wire.sha256 }, wire);
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
      const { sha256 } = wire;
      if (signal.aborted) return;
      const key = inputs.get(source);
      // A file of SQLite answers at once, so that nothing else would get a turn.
      if (this.#known.length % DOCUMENTS_BETWEEN_TURNS === 0) await setImmediate();
      // Loaded again when somebody looks at it, for there may be thousands.
      this.#add({ source, wire: async () => (key === undefined ? null : store.document(key)), origin: "store", base, sha256 }, wire);
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

  /** The document that has some bytes; null where none has. */
  documentOf(sha256: string): number | null {
    const at = this.#known.findIndex((known) => known.sha256 === sha256);
    return at < 0 ? null : at;
  }

  sha256Of(document: number): string | null {
    return this.#known[document]?.sha256 ?? null;
  }

  /** Takes lines of additions, new or known; documents that new ones are about are checked again. Errors: none; what cannot be read stays as it is. */
  async takeAdditions(lines: readonly StoredAddition[]): Promise<void> {
    const fresh = lines.filter(({ id }) => !this.#additions.has(id));
    for (const line of fresh) this.#additions.set(line.id, line);
    const about = new Set(fresh.map(({ sha256 }) => sha256));
    const documents = [...this.#known.keys()].filter((document) => about.has(this.sha256Of(document) ?? ""));
    await Promise.all(documents.map((document) => this.#reviseInTurn(document)));
  }

  /** What a person marked in a document, and what it looks like; null where nothing stands there. */
  async marked(input: MarkedInput): Promise<Marked | null> {
    const { report } = await this.#now(input.document);
    if (report.result === null) return null;
    const { document } = report.result;
    const rough = "page" in input ? spanIn(document, input.page, input.boxes) : { start: input.start, end: input.end };
    const span = rough === null ? null : trimmedSpan(document, rough);
    if (span === null) return null;
    const text = document.text.slice(span.start, span.end);
    const content = { kind: "bytes", bytes: new TextEncoder().encode(text), sha256: null } as const;
    const alone = await this.check({ source: "marked.txt", content });
    return { ...span, text, ...markedFigure(await this.wire(input.document), span, toWireDocument(alone), this.#settings.units) };
  }

  /** A claim as it is kept; null where its document or its place is not there, or nothing is told in that unit. */
  async addition(input: AdditionInput): Promise<Omit<StoredAddition, "id" | "reviewer" | "at"> | null> {
    const { document, start, end, kind, value, unit, subject, removed } = input;
    const sha256 = this.sha256Of(document);
    const { result } = await this.report(document);
    const text = result?.document.text.slice(start, end) ?? "";
    const isKnownUnit = this.#settings.units.get(kind)?.some(({ words }) => words === unit) === true;
    if (sha256 === null || text.trim() === "" || text.length > LONGEST_CLAIM || !isKnownUnit) return null;
    return { sha256, start, end, text, kind, value, unit, subject: subject === "" ? null : subject, removed };
  }

  /** What was found in a document: what is known of it, without reading it again. */
  async wire(document: number): Promise<WireDocument> {
    return this.#revisions.get(document)?.wire ?? (await this.#known[document]?.wire()) ?? toWireDocument(await this.report(document));
  }

  /** Where the figures of a document stand, for which it is read. */
  async places(document: number): Promise<DocumentPlaces> {
    const [{ report, parts, wire }, known] = await Promise.all([this.#now(document), this.wire(document)]);
    return documentPlaces(report, wire, known, parts);
  }

  /** Where words stand in a document, or in the source that it was checked by. */
  async find(document: number, words: string, part: number): Promise<Found> {
    const [{ result }, parts] = [await this.report(document), this.#dropped.get(document)?.parts ?? null];
    const shown = parts === null ? result : part === 0 ? parts.article : parts.sources[part - 1];
    const offset = part === 0 ? 0 : (result?.document.attached?.[part - 1]?.span.start ?? 0);
    return shown === null || shown === undefined ? { places: [], more: false } : findWords(shown.document, words, offset);
  }

  /**
   * The findings of a document under corrections, and which of them are other than before.
   *
   * Somebody waits for it: where the equations tell all that is told of the claim that is looked at, they alone are asked.
   * Errors: a document that takes too long rejects with TaskStopped.
   */
  async whatIf(document: number, corrections: readonly Correction[], claim: string | null): Promise<WhatIf> {
    const now = await this.#now(document);
    const before = judged(toWireDocument(now.report));
    const alone = now.corrections.length > 0 ? before : await this.#byEquations(document, now.report);
    const binds = claim !== null && !isToldBy(before, claim, alone);
    const begun = performance.now();
    const report = await this.#recheck(document, [...now.corrections, ...corrections], binds);
    const milliseconds = performance.now() - begun;
    const findings = judged(revisionOf(report, null, []).wire);
    return { findings, changed: changedFindings(before, findings, binds ? before : alone), milliseconds };
  }

  /** What the equations alone tell of a document as it is. */
  #byEquations(document: number, report: DocumentReport): Promise<readonly WireFinding[]> {
    const kept = this.#equations.get(report);
    if (kept !== undefined) return kept;
    const asked = this.#recheck(document, [], false).then((alone) => judged(toWireDocument(alone)));
    this.#equations.set(report, asked);
    return asked;
  }

  /** A copy of a PDF with findings, and what was said of them, as notes. Errors: none; what cannot be rewritten in time is refused. */
  async annotated(document: number, said: ReadonlyMap<string, readonly string[]>): Promise<AnnotatedPdf | null> {
    const [bytes, { report }] = await Promise.all([this.bytes(document), this.#now(document)]);
    const { result } = report;
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

  /** A document as it stands: with what reviewers added. */
  async #now(document: number): Promise<Revision> {
    return this.#revisions.get(document) ?? revisionOf(await this.report(document), this.#dropped.get(document)?.parts ?? null, []);
  }

  /** A document checked again under corrections; as it is where it could not be read. */
  async #recheck(document: number, corrections: readonly Correction[], binds: boolean): Promise<DocumentReport> {
    const report = await this.report(document);
    if (report.result === null) return report;
    const options = { ...this.#settings.options, binds };
    const parts = this.#dropped.get(document)?.parts ?? null;
    return { ...report, result: await this.#looks.ask({ kind: "what-if", result: report.result, parts, corrections, options }) };
  }

  #revision(document: number): number {
    return this.#revisionOf.get(document) ?? 0;
  }

  #reviseInTurn(document: number): Promise<void> {
    const turn = this.#revising.then(() => this.#revise(document));
    this.#revising = turn.catch(() => undefined);
    return turn;
  }

  /** Checks a document with the additions that stand, and puts its claims into the queue anew. */
  async #revise(document: number): Promise<void> {
    const known = this.#known[document];
    const report = await this.report(document);
    if (known === undefined || report.result === null) return;
    const lines = [...this.#additions.values()].filter(({ sha256 }) => sha256 === known.sha256).sort((left, right) => left.id - right.id);
    const added = additionsIn(this.#dropped.get(document)?.parts?.article.document ?? report.result.document, lines, this.#settings.units);
    const checked = added.length === 0 ? report : await this.#recheck(document, asCorrections(added), true);
    const revised = revisionOf(checked, this.#dropped.get(document)?.parts ?? null, added);
    this.#revisions.set(document, revised);
    const revision = this.#revision(document) + 1;
    this.#revisionOf.set(document, revision);
    append(this.#entries, queueEntries({ document, source: known.source, revision }, revised.wire, revised.adders));
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
    append(this.#entries, queueEntries({ document, source: known.source, revision: 0 }, wire));
    const isAddedTo = [...this.#additions.values()].some(({ sha256 }) => sha256 === known.sha256);
    if (isAddedTo) void this.#reviseInTurn(document).catch((error: Error) => this.addFailure(known.source, "internal", error.message));
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
