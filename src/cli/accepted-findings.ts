import { createReadStream, existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { parse } from "yaml";
import { z } from "zod";
import { VERDICTS } from "../model/finding.ts";
import { isFlagged } from "../report/report-subject.ts";
import { type Review, review as reviewShape } from "../report/review.ts";
import { asReview } from "../review/review-rows.ts";
import { storeErrorWords } from "../store/store-error.ts";
import { storePlace } from "../store/store-place.ts";
import { UsageError } from "./usage-error.ts";

const suppression = z.strictObject({
  fingerprint: reviewShape.shape.fingerprint,
  reason: z.string().min(1, "say why the finding is let pass"),
  quote: z.string().optional(),
  author: z.string().optional(),
  date: z.string().optional(),
});

export type Suppression = z.infer<typeof suppression>;

/** Fingerprints of what an earlier report flagged: JSON, or the JSON Lines of a batch. Errors: a file that is neither is told. */
export async function readBaseline(path: string): Promise<ReadonlySet<string>> {
  if (!existsSync(path)) throw new UsageError(`${path}: no such file; check the name`);
  const flagged = new Set<string>();
  const take = (document: z.infer<typeof flaggedDocument>): void => {
    for (const finding of document.findings) if (isFlagged(finding)) flagged.add(finding.fingerprint);
  };
  if (/\.jsonl$/i.test(path)) {
    // Of many papers, it may be longer than a text can be.
    for await (const line of createInterface({ input: createReadStream(path) })) {
      const parsed = flaggedDocument.safeParse(parsedJson(line));
      if (!parsed.success) throw noReport(path);
      take(parsed.data);
    }
    return flagged;
  }
  const parsed = flaggedReport.safeParse(parsedJson(readFileSync(path, "utf8")));
  if (!parsed.success) throw noReport(path);
  parsed.data.documents.forEach(take);
  return flagged;
}

/** What a baseline needs of a report: the same in all releases. */
const flaggedDocument = z.object({ findings: z.array(z.object({ verdict: z.enum(VERDICTS), fingerprint: z.string() })) });
const flaggedReport = z.object({ schema: z.string().startsWith("reckoner/"), documents: z.array(flaggedDocument) });

function noReport(path: string): UsageError {
  return new UsageError(
    `${path}: not a report of reckoner; make one with "reckoner check ... --format json -o report.json", or name the documents.jsonl of a batch`,
  );
}

/** Null for text that is no JSON, which no shape fits. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The suppressions of a file. Errors: entries that say too little are told. */
export function readSuppressions(path: string): readonly Suppression[] {
  return listOf(path, suppression);
}

/** Where `reckoner review` keeps decisions: "papers/reckoner-reviews.sqlite", "postgres://..."; not "reviews.json". */
const DECISION_STORE = /\.sqlite3?$|^postgres(?:ql)?:\/\//i;

/** Decisions of persons on findings: a list in JSON or YAML, or the store in which a review keeps them. Errors: what cannot be used is told. */
export async function readReviews(path: string): Promise<readonly Review[]> {
  if (!DECISION_STORE.test(path)) return listOf(path, reviewShape);
  const place = storePlace(path);
  if (place.kind === "file" && !existsSync(path)) throw new UsageError(`${path}: no such file; check the name`);
  const { DecisionStore } = await import("../review/decision-store.ts");
  try {
    const store = await DecisionStore.open(place);
    const standing = await store.standing();
    await store.close();
    return standing.flatMap(asReview);
  } catch (error) {
    throw new UsageError(`--reviews ${path}: ${storeErrorWords(error) ?? (error instanceof Error ? error.message : String(error))}`);
  }
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
