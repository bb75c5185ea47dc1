import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");
const SRC = join(ROOT, "src");
const WEB = join(ROOT, "web");

/** What a folder (or a file) of `src/` may import. The first row whose `from` matches decides. ARCHITECTURE.md gives the reasons. */
interface Row {
  readonly from: string;
  /** Folders and files of `src/`. */
  readonly may: readonly string[];
  /** Packages: any, or none. */
  readonly packages: "any" | "none";
  /** Whether modules of Node may be imported. */
  readonly node: boolean;
}

const ROWS: readonly Row[] = [
  { from: "model/", may: ["model/"], packages: "none", node: false },
  { from: "catalog/", may: ["model/", "catalog/"], packages: "any", node: false },
  { from: "read/", may: ["model/", "read/"], packages: "any", node: false },
  { from: "language/", may: ["model/", "language/"], packages: "none", node: false },
  { from: "extract/", may: ["model/", "language/", "extract/"], packages: "any", node: false },
  { from: "attach/", may: ["model/", "language/", "attach/"], packages: "none", node: false },
  { from: "normalize/", may: ["model/", "normalize/"], packages: "any", node: false },
  { from: "link/", may: ["model/", "language/", "link/"], packages: "any", node: false },
  { from: "bind/", may: ["model/", "language/", "bind/"], packages: "none", node: false },
  { from: "check/", may: ["model/", "check/"], packages: "any", node: false },
  { from: "report/", may: ["model/", "report/"], packages: "any", node: false },
  {
    from: "pipeline.ts",
    may: ["model/", "catalog/", "read/", "extract/", "attach/", "normalize/", "link/", "bind/", "check/", "phrase-setting.ts"],
    packages: "none",
    node: false,
  },
  {
    from: "recheck.ts",
    may: ["model/", "attach/", "normalize/", "link/", "bind/", "check/", "added-figures.ts"],
    packages: "none",
    node: false,
  },
  { from: "added-figures.ts", may: ["model/", "language/"], packages: "none", node: false },
  { from: "phrase-setting.ts", may: ["model/"], packages: "none", node: false },
  { from: "across.ts", may: ["model/"], packages: "none", node: false },
  { from: "run-rows.ts", may: ["model/", "report/wire.ts"], packages: "none", node: false },
  { from: "why.ts", may: ["model/"], packages: "none", node: false },
  { from: "store/", may: ["model/", "catalog/", "read/", "report/", "pipeline.ts", "store/"], packages: "any", node: true },
  {
    from: "isolate/",
    may: ["model/", "read/", "report/", "pipeline.ts", "recheck.ts", "added-figures.ts", "why.ts", "store/", "isolate/"],
    packages: "none",
    node: true,
  },
  {
    from: "batch/",
    may: ["model/", "catalog/", "report/", "across.ts", "run-rows.ts", "store/", "isolate/", "batch/"],
    packages: "any",
    node: true,
  },
  {
    from: "review/",
    may: ["model/", "catalog/", "report/", "recheck.ts", "added-figures.ts", "store/", "isolate/", "batch/", "review/"],
    packages: "any",
    node: true,
  },
  {
    from: "cli/",
    may: [
      "model/",
      "catalog/",
      "read/",
      "report/",
      "pipeline.ts",
      "why.ts",
      "run-rows.ts",
      "store/",
      "isolate/",
      "batch/",
      "review/",
      "cli/",
    ],
    packages: "any",
    node: true,
  },
  // The page of the review: it shares the contracts with the server, and the words for figures with the reports.
  {
    from: "../web/",
    may: ["report/wire.ts", "report/figure-words.ts", "report/visible.ts", "review/api-shapes.ts", "../web/"],
    packages: "any",
    node: false,
  },
  { from: "index.ts", may: ["model/", "report/", "store/", "isolate/"], packages: "none", node: true },
];

/** Names that say nothing about what is in a file. */
const EMPTY_NAMES = /^(?:utils?|helpers?|types|common|misc|shared|index)\.tsx?$/;
const KEBAB_CASE = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.test)?\.tsx?$/;
const LONGEST_FILE_LINES = 500;

const sources = [...filesBelow(SRC, ".ts"), ...filesBelow(WEB, ".ts"), ...filesBelow(WEB, ".tsx")];

/** `import x from "y"`, `export * from "y"`, `import("y")`; type imports too, for they are dependencies all the same. */
const IMPORT = /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s*"([^"]+)"|(?:^|\n)\s*import\s*"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/g;

function importsOf(file: string): readonly string[] {
  return [...readFileSync(file, "utf8").matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

function breach(file: string, target: string): string | null {
  const name = relative(SRC, file).split(sep).join("/");
  const row = ROWS.find((candidate) => name.startsWith(candidate.from));
  if (row === undefined) return `src/${name} stands in no row of the table`;
  const complain = (): string => `src/${name} imports "${target}", which the row "${row.from}" does not allow`;
  if (target.startsWith("node:")) return row.node ? null : complain();
  if (!target.startsWith(".")) return row.packages === "any" ? null : complain();
  const inside = relative(SRC, resolve(dirname(file), target));
  if (!/\.tsx?$/.test(target) || !existsSync(join(SRC, inside))) return `src/${name} imports "${target}", which is no file`;
  return row.may.some((allowed) => inside.startsWith(allowed)) ? null : complain();
}

test("every import goes in the allowed direction", () => {
  expect(sources.length).toBeGreaterThan(20);
  expect(sources.flatMap((file) => importsOf(file).flatMap((target) => breach(file, target) ?? []))).toEqual([]);
});

test("the table catches what it should", () => {
  expect(breach(join(SRC, "model/span.ts"), "zod")).toMatch(/row "model\/"/);
  expect(breach(join(SRC, "read/text.ts"), "../report/csv.ts")).toMatch(/row "read\/"/);
  expect(breach(join(SRC, "report/csv.ts"), "node:fs")).toMatch(/row "report\/"/);
  expect(breach(join(SRC, "read/text.ts"), "../model/span.ts")).toBeNull();
  expect(breach(join(WEB, "api.ts"), "../src/report/wire.ts")).toBeNull();
  expect(breach(join(WEB, "api.ts"), "../src/report/json.ts")).toMatch(/row "..\/web\/"/);
  expect(breach(join(WEB, "api.ts"), "node:fs")).toMatch(/row "..\/web\/"/);
});

test("files import each other in no circle", () => {
  const graph = new Map(
    sources.map((file) => [
      file,
      importsOf(file)
        .filter((target) => target.startsWith("."))
        .map((target) => resolve(dirname(file), target)),
    ]),
  );
  const state = new Map<string, "open" | "done">();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open") {
      circles.push([...path.slice(path.indexOf(file)), file].map((entry) => relative(SRC, entry)).join(" -> "));
      return;
    }
    state.set(file, "open");
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    state.set(file, "done");
  };
  for (const file of sources) visit(file, []);
  expect(circles).toEqual([]);
});

test("stages read no clock, environment, disk or random number", () => {
  const stages = ["model", "catalog", "read", "extract", "normalize", "link", "check", "report"];
  const impure = /\bprocess\.|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\.now\b|\bconsole\./;
  const offenders = sources
    .filter((file) => stages.some((stage) => relative(SRC, file).startsWith(`${stage}/`)))
    .filter((file) => impure.test(withoutComments(readFileSync(file, "utf8"))));
  expect(offenders.map((file) => relative(ROOT, file))).toEqual([]);
});

/** A call whose arguments stand on the stack: "list.push(", "Math.max(", "String.fromCharCode("; not "append(". */
const STACKED_CALL = /(?:\.(?:push|unshift|splice|concat|apply|fromCharCode|fromCodePoint)|Math\.(?:max|min|hypot))\(/g;

/** Calls of a text that spread a list into their arguments. */
function spreadCalls(text: string): readonly string[] {
  return [...text.matchAll(STACKED_CALL)].flatMap((call) => {
    const from = call.index + call[0].length;
    let depth = 1;
    for (let at = from; at < text.length && depth > 0; at += 1) {
      if ("([{".includes(text.charAt(at))) depth += 1;
      if (")]}".includes(text.charAt(at))) depth -= 1;
      if (depth === 1 && text.startsWith("...", at)) return [text.slice(call.index, at + 20).replace(/\s+/g, " ")];
    }
    return [];
  });
}

test("no list is spread into the arguments of a call, for the stack holds fewer than a document may have", () => {
  expect(spreadCalls("a.push(...many); Math.max(0, ...many); b.push({ ...one }, [...many]);")).toHaveLength(2);
  const offenders = sources.flatMap((file) => spreadCalls(readFileSync(file, "utf8")).map((call) => `${relative(ROOT, file)}: ${call}`));
  expect(offenders, "use append, largest or smallest of model/many.ts").toEqual([]);
});

test("files are short, named after what they hold, and export names only", () => {
  const offenders: string[] = [];
  for (const file of [...sources, ...filesBelow(join(ROOT, "test"), ".ts"), ...filesBelow(join(ROOT, "scripts"), ".ts")]) {
    const name = relative(ROOT, file);
    const text = readFileSync(file, "utf8");
    const base = name.slice(name.lastIndexOf("/") + 1);
    if (text.split("\n").length > LONGEST_FILE_LINES) offenders.push(`${name}: longer than ${LONGEST_FILE_LINES} lines`);
    if (!KEBAB_CASE.test(base)) offenders.push(`${name}: name is not kebab-case`);
    if (EMPTY_NAMES.test(base) && name !== "src/index.ts") offenders.push(`${name}: name says nothing`);
    if (/^export default\b/m.test(text)) offenders.push(`${name}: default export`);
    if (/@ts-ignore|@ts-nocheck|\btest\.skip\b|\bdescribe\.skip\b|\btest\.only\b/.test(text) && base !== "architecture.test.ts")
      offenders.push(`${name}: skips a check`);
  }
  expect(offenders).toEqual([]);
});

test("every equation has its page, and every page its equation", () => {
  const folder = join(ROOT, "rules", "equations");
  const equations = filesBelow(folder, ".yaml").map((file) => file.replace(/\.yaml$/, ""));
  const pages = filesBelow(folder, ".md").map((file) => file.replace(/\.md$/, ""));
  expect(equations.length).toBeGreaterThan(0);
  expect(pages.sort()).toEqual(equations.sort());
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}

function filesBelow(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
}
