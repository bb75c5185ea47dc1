import { mkdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { DocumentDesk } from "../isolate/document-desk.ts";
import { TaskStopped } from "../isolate/document-pool.ts";
import type { DocumentReport, DocumentResult } from "../model/report.ts";
import type { AnnotatedPdf } from "../report/annotated-pdf.ts";
import { loadInput } from "../store/input-file.ts";
import { writeOutput } from "./output.ts";

/**
 * Writes a copy of each PDF with its findings marked: to `target` itself for a single PDF, else into `target` as a folder.
 *
 * The result has one line for each document, for the person who asked.
 * Errors: a target that cannot be written is a usage error.
 */
export async function writeAnnotatedCopies(
  desk: DocumentDesk,
  documents: readonly DocumentReport[],
  target: string,
): Promise<readonly string[]> {
  const pdfs = documents.filter((document) => document.result?.document.mediaType === "application/pdf");
  const intoFolder = pdfs.length > 1 || (await isFolder(target));
  if (intoFolder) await mkdir(target, { recursive: true });
  const lines = pdfs.length === 0 ? ["--annotate: no PDF was read, so there is nothing to annotate"] : [];
  const taken = new Set<string>();
  for (const { source, result } of pdfs) {
    if (result === null) continue;
    const input = await loadInput(source);
    const copy = input.kind === "bytes" ? await annotated(desk, input.bytes, result) : null;
    if (copy?.kind !== "annotated") {
      lines.push(`${source}: no annotated copy${copy === null ? "" : `, ${copy.reason}`}`);
      continue;
    }
    const path = intoFolder ? join(target, freeName(basename(source), taken)) : target;
    await writeOutput(path, copy.bytes, "--annotate");
    lines.push(`${source}: ${copy.marks === 1 ? "1 mark" : `${copy.marks} marks`}, written to ${path}`);
  }
  return lines;
}

/** A copy with marks, or why there is none. */
async function annotated(desk: DocumentDesk, bytes: Uint8Array, result: DocumentResult): Promise<AnnotatedPdf> {
  try {
    return await desk.ask({ kind: "annotate", bytes, result, said: new Map() });
  } catch (error) {
    if (error instanceof TaskStopped) return { kind: "refused", reason: "the PDF is too damaged to be rewritten" };
    throw error;
  }
}

/** "paper.pdf" from two folders gives "paper.pdf" and "paper-2.pdf". */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count += 1) free = name.replace(/(\.[^.]*)?$/, `-${count}$1`);
  taken.add(free);
  return free;
}

async function isFolder(path: string): Promise<boolean> {
  if (path.endsWith("/")) return true;
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return false;
    throw error;
  }
}
