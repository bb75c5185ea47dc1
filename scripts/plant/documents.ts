import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { casesOf } from "../../src/report/page-cases.ts";

export const ORIGINS = ["fixtures", "pages of rules", "corpus"] as const;

/** A document that slips are planted in. */
export interface PlantedDocument {
  readonly name: string;
  readonly from: (typeof ORIGINS)[number];
  /** Its path, or the text of an example with its date. */
  readonly input: string | { readonly text: string; readonly date: string | null };
}

/** The project's own fixtures, the examples on the pages of the rules, and the corpus where there is one. */
export function documentsIn(root: string, corpus: string | null, only: string | undefined): readonly PlantedDocument[] {
  const fixtures = ["fixtures/articles", "fixtures/sample"].flatMap((folder) => filesUnder(join(root, folder)));
  const foreign = corpus === null ? [] : ["text", "pdf"].flatMap((folder) => filesUnder(join(corpus, folder)));
  const all: readonly PlantedDocument[] = [
    ...fixtures.filter((path) => !path.endsWith("expected.txt")).map((path) => fileOf(path, "fixtures")),
    ...filesUnder(join(root, "rules")).flatMap((path) => (path.endsWith(".md") ? examplesOf(join(root, "rules"), path) : [])),
    ...foreign.map((path) => fileOf(path, "corpus")),
  ];
  return all.filter(({ name }) => only === undefined || name.includes(only));
}

/** Fixtures are named after their folder. */
function fileOf(path: string, from: PlantedDocument["from"]): PlantedDocument {
  return { name: path.includes("/articles/") ? path.split("/").slice(-2).join("/") : basename(path), from, input: path };
}

/** The examples of a page in which something agrees by itself. */
function examplesOf(rules: string, path: string): readonly PlantedDocument[] {
  const page = relative(rules, path).replace(/\.md$/, "");
  return casesOf(readFileSync(path, "utf8")).flatMap(({ text, source, date, outcomes }, index): readonly PlantedDocument[] => {
    const agrees = source === null && outcomes.some(({ verdict }) => verdict === "consistent");
    return agrees ? [{ name: `${page} ${index + 1}`, from: "pages of rules", input: { text, date } }] : [];
  });
}

const READABLE = /\.(?:md|txt|html|tex|pdf)$/;

function filesUnder(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((name) => (statSync(join(folder, name)).isDirectory() ? filesUnder(join(folder, name)) : [join(folder, name)]))
    .filter((path) => READABLE.test(path));
}
