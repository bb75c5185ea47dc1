import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { type Review, review as reviewShape } from "../report/review.ts";
import { wireReport } from "../report/wire.ts";
import { UsageError } from "./usage-error.ts";

/** Findings that are known and let pass, each with its reason. */
export const SUPPRESSIONS_FILE = "reckoner.suppressions.yaml";

const suppression = z.strictObject({
  fingerprint: reviewShape.shape.fingerprint,
  reason: z.string().min(1, "say why the finding is let pass"),
  quote: z.string().optional(),
  author: z.string().optional(),
  date: z.string().optional(),
});

export type Suppression = z.infer<typeof suppression>;

/** Fingerprints of what an earlier report flagged. Errors: a file that is no JSON report of reckoner is told. */
export function readBaseline(path: string): ReadonlySet<string> {
  const parsed = wireReport.safeParse(load(path));
  if (!parsed.success)
    throw new UsageError(`${path}: not a report of reckoner; make one with "reckoner check ... --format json -o ${path}"`);
  const flagged = parsed.data.documents
    .flatMap((document) => document.findings)
    .filter(({ verdict }) => verdict !== "consistent" && verdict !== "unverifiable");
  return new Set(flagged.map((finding) => finding.fingerprint));
}

/** The suppressions of a file; of the usual file, if it is there, where none is named. Errors: entries that say too little are told. */
export function readSuppressions(path: string | null): readonly Suppression[] {
  if (path === null && !existsSync(SUPPRESSIONS_FILE)) return [];
  return listOf(path ?? SUPPRESSIONS_FILE, suppression);
}

/** Decisions of persons on findings, as JSON or YAML. Errors: entries that say too little are told. */
export function readReviews(path: string): readonly Review[] {
  return listOf(path, reviewShape);
}

function listOf<T>(path: string, entry: z.ZodType<T>): readonly T[] {
  const parsed = z.array(entry).safeParse(load(path) ?? []);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`${path}: entry ${String(issue?.path.join(".") ?? "")}: ${issue?.message ?? "cannot be read"}`);
}

/** JSON is YAML, so one parser reads both. */
function load(path: string): unknown {
  if (!existsSync(path)) throw new UsageError(`${path}: no such file; check the name`);
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new UsageError(`${path}: ${error instanceof Error ? (error.message.split("\n")[0] ?? "cannot be read") : "cannot be read"}`);
  }
}
