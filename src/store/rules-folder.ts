import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { RuleFile } from "../catalog/rule-file.ts";
import type { Catalog } from "../model/catalog.ts";
import { cacheFolder, readCached, writeCached } from "./catalog-cache.ts";
import { type PrebuiltCatalog, readPrebuilt } from "./prebuilt-catalog.ts";
import { toolVersion } from "./tool-version.ts";

/** The rules that come with the tool: beside `src` in a checkout, beside `dist` in the package. */
const SHIPPED_RULES = fileURLToPath(new URL("../../rules/", import.meta.url));
/** What makes a catalog of rules in a checkout; the package has it in its bundle. */
const LOADER_CODE = fileURLToPath(new URL("../catalog/", import.meta.url));

/** The package holds its rules made up, and they are not looked at again; in a checkout the rules are what their files say now. */
const PREBUILT: PrebuiltCatalog | null = import.meta.url.endsWith(".ts")
  ? null
  : readPrebuilt(fileURLToPath(new URL("../catalog.json", import.meta.url)));

export interface OpenedCatalog {
  readonly catalog: Catalog;
  /** One line each: file, line, column, key, what is wrong and what to do. A catalog with problems is not to be used. */
  readonly problems: readonly string[];
}

/** The last catalog of this process: a library that checks many texts builds it, and what hangs on it, once. */
let latest: { readonly key: string; readonly opened: OpenedCatalog } | null = null;

/**
 * The shipped rules, with a folder of the user's laid over them.
 *
 * Reading the YAML takes most of a second. What the package ships is made up when it is built; every other outcome is kept in the user's
 * cache folder under a hash of every byte it was made from, and made again whenever anything differs or the kept file is damaged.
 * Errors: rules that cannot be used are problems; a shipped folder that is missing throws, for the installation is broken then.
 */
export async function openCatalog(options: { readonly overlay: string | null }): Promise<OpenedCatalog> {
  if (PREBUILT !== null && options.overlay === null) return { catalog: PREBUILT.catalog(), problems: [] };
  const { files, overlay, hash } = ruleFiles(options.overlay);
  const key = hashOf([{ folder: toolVersion(), path: PREBUILT?.loader ?? loaderHash(), text: hash }]);
  if (latest?.key === key) return latest.opened;
  const kept = readCached(cachePath(key), key);
  const opened = kept === null ? await parse(files, overlay, hash) : { catalog: kept, problems: [] };
  if (kept === null && opened.problems.length === 0) writeCached(cachePath(key), key, opened.catalog);
  latest = { key, opened };
  return opened;
}

/** The hash that the catalog of these rules has, without making it. Errors: a folder that is missing throws. */
export function rulesHash(overlay: string | null): string {
  return PREBUILT !== null && overlay === null ? PREBUILT.rules : ruleFiles(overlay).hash;
}

/** The files of the rules that come with the tool. Errors: a folder that is missing throws. */
export function shippedRules(): readonly RuleFile[] {
  return rulesBelow(SHIPPED_RULES, "rules");
}

function ruleFiles(folder: string | null): {
  readonly files: readonly RuleFile[];
  readonly overlay: readonly RuleFile[];
  readonly hash: string;
} {
  const files = shippedRules();
  const overlay = folder === null ? [] : rulesBelow(folder, folder.replace(/[/\\]+$/, ""));
  return { files, overlay, hash: hashOf([...files, ...overlay.map((file) => ({ ...file, folder: "overlay" }))]) };
}

/** The pages of the checks that are no equations: totals, columns, written sums. Id "table/total" is the file "checks/table/total.md". */
export function checkPages(): readonly { readonly id: string; readonly title: string; readonly page: string }[] {
  const folder = join(SHIPPED_RULES, "checks");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.split(sep).join("/"))
    .filter((path) => path.endsWith(".md"))
    .sort()
    .map((path) => {
      const page = readFileSync(join(folder, path), "utf8");
      return { id: path.replace(/\.md$/, ""), title: /^# (?<title>.+)$/m.exec(page)?.groups?.["title"] ?? path, page };
    });
}

/** YAML and checks are loaded only here: they cost more than everything else at the start of the tool. */
async function parse(files: readonly RuleFile[], overlay: readonly RuleFile[], hash: string): Promise<OpenedCatalog> {
  const [{ loadCatalog }, { problemText }] = await Promise.all([import("../catalog/load-catalog.ts"), import("../catalog/rule-file.ts")]);
  const { catalog, problems } = loadCatalog(files, { overlay, hash });
  return { catalog, problems: problems.map(problemText) };
}

/** Rule files of a folder in a fixed order. Files of other kinds and hidden ones are not ours. */
function rulesBelow(root: string, shown: string): readonly RuleFile[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((name) => name.split(sep).join("/"))
    .filter((path) => RULE_FILE.test(path) && !HIDDEN.test(path))
    .sort()
    .map((path) => ({ folder: shown, path, text: readFileSync(join(root, path), "utf8") }));
}

/** A rule, or the page of an equation: "prices/google.yaml", "equations/money/cost.md"; not "README.md". */
const RULE_FILE = /(?:\.yaml|\.tsv|^equations\/.*\.md)$/;

/** Has a part that begins with a dot: ".git/config.yaml". */
const HIDDEN = /(?:^|\/)\./;

/** Stands for the code that turns rules into a catalog: when it changes, what was kept no longer stands for what it would make. */
export function loaderHash(): string {
  const names = readdirSync(LOADER_CODE).filter((name) => name.endsWith(".ts"));
  return hashOf(names.sort().map((path) => ({ folder: "", path, text: readFileSync(join(LOADER_CODE, path), "utf8") })));
}

function cachePath(key: string): string {
  return join(cacheFolder(), `catalog-${key}.cache`);
}

/** Half a SHA-256, in hex, over names and contents; lengths keep neighbors apart. */
function hashOf(files: readonly RuleFile[]): string {
  const hash = createHash("sha256");
  for (const { folder, path, text } of files) hash.update(`${folder}\0${path}\0${text.length}\0${text}`);
  return hash.digest("hex").slice(0, 32);
}
