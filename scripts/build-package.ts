/**
 * Builds the code and the rules for the package: `node scripts/build-package.ts`. Part of `npm run build`.
 *
 * The code goes into few files, with the libraries that are no dependencies of the package, since a start that looks for hundreds of
 * files takes twice as long. All lie in one folder, two below the package, as the sources do, so that what they find from where they
 * are is found.
 */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { writePrebuilt } from "../src/store/prebuilt-catalog.ts";
import { loaderHash, openCatalog } from "../src/store/rules-folder.ts";

const ROOT = join(import.meta.dirname, "..");
const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

/** What is started by its name: the command line, the library, a process and a thread. */
const ENTRIES = {
  main: "src/cli/main.ts",
  index: "src/index.ts",
  "process-entry": "src/isolate/process-entry.ts",
  "export-worker": "src/batch/export-worker.ts",
};

/** What the check of a paragraph needs lies, with all that it imports, in one file. */
const PARAGRAPH = /src\/(?:cli\/(?:program|check-command)|read\/text|report\/pretty)\.ts$/;

rmSync(join(ROOT, "dist", "code"), { recursive: true, force: true });
await build({
  root: ROOT,
  configFile: false,
  logLevel: "warn",
  // Only a checkout builds the page of the review.
  ssr: { noExternal: true, external: [...Object.keys(dependencies), "vite"] },
  build: {
    ssr: true,
    outDir: join(ROOT, "dist", "code"),
    target: "node22",
    license: { fileName: "licenses.md" },
    rolldownOptions: {
      // What is loaded when it is needed in a checkout may lie in the file of a paragraph here.
      checks: { ineffectiveDynamicImport: false },
      input: Object.fromEntries(Object.entries(ENTRIES).map(([name, path]) => [name, join(ROOT, path)])),
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name]-[hash].js",
        codeSplitting: { groups: [{ name: "check", test: PARAGRAPH }] },
      },
    },
  },
});

const { catalog, problems } = await openCatalog({ overlay: null });
if (problems.length > 0) throw new Error(problems.join("\n"));
writePrebuilt(join(ROOT, "dist", "catalog.json"), catalog, loaderHash());
console.log(
  `rules ${catalog.hash.slice(0, 12)}: ${catalog.equations.length} equations, ${catalog.accelerators.length} products, ${catalog.prices.length} prices`,
);
