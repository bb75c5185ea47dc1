import { z } from "zod";
import type { Source } from "../model/catalog.ts";
import { didYouMean, type Row, type RuleProblem } from "./rule-file.ts";

/** A date as exact as it is known. Years may be written without quotes, though YAML takes them for numbers. */
export const isoDate = z.preprocess(
  (value) => (typeof value === "number" ? String(value) : value),
  z.string().regex(/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/, "expected a date such as 2019, 2019-06 or 2019-06-20"),
);

export const confidence = z.enum(["high", "medium", "low"]);

/** A source written out where it is used, or in the table at the head of a file. */
export const source = z.strictObject({
  title: z.string().min(1),
  url: z.string().min(1).nullable().default(null),
  read: isoDate.nullable().default(null),
});

/** The table at the head of a file: rows name its ids. */
export const sourceTable = z.record(z.string(), source).default({});

/** Ids of the table above. Rows must say `sources`; an empty list marks a fact as unsourced, which then supports nothing above a note. */
export const sourceIds = z.array(z.string());

/** Ids and names: lower case, parts joined by hyphens, dots and slashes. */
export const id = z.string().regex(/^[a-z0-9]+(?:[-./_][a-z0-9]+)*$/, "expected lower case letters and digits joined by hyphens");

/** Turns the ids of a row into the sources of its file's table. Errors: an id that the table has not. */
export function resolveSources(
  row: Row<{ readonly sources: readonly string[] }>,
  table: Readonly<Record<string, Source>>,
): { readonly sources: readonly Source[]; readonly problems: readonly RuleProblem[] } {
  const problems: RuleProblem[] = [];
  const sources: Source[] = [];
  for (const [index, name] of row.value.sources.entries()) {
    const found = table[name];
    if (found === undefined)
      problems.push(row.problem(["sources", index], `no source "${name}" at the head of the file${didYouMean(name, Object.keys(table))}`));
    else sources.push(found);
  }
  return { sources, problems };
}
