/**
 * Builds the code and the rules for the package: `node scripts/build-package.ts [--out FOLDER]`. Part of `npm run build`.
 *
 * The code goes into few files, with the libraries that are no dependencies of the package, since a start that looks for hundreds of
 * files takes twice as long. All lie in one folder, two below the package, as the sources do, so that what they find from where they
 * are is found.
 *
 * The command is CommonJS, everything else ECMAScript modules: of a script the engine hands out what it has compiled, and the command
 * keeps that of a check for the next one (`bin/reckoner.js`).
 */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build, type Plugin } from "vite";
import { writePrebuilt } from "../src/store/prebuilt-catalog.ts";
import { loaderHash, openCatalog } from "../src/store/rules-folder.ts";

const ROOT = join(import.meta.dirname, "..");
const { values: flags } = parseArgs({ options: { out: { type: "string", default: join(ROOT, "dist") } } });
const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

/** What is started by its name: the command line, the library, a process and a thread. */
const ENTRIES = {
  index: "src/index.ts",
  "process-entry": "src/isolate/process-entry.ts",
  "export-worker": "src/batch/export-worker.ts",
};

/** The command, with all that the check of a paragraph loads, so that it lies in one file. */
const COMMAND = "command";
const OF_A_PARAGRAPH = ["src/cli/check-command.ts", "src/read/text.ts", "src/report/pretty.ts"];

/** What `import.meta.resolve` does, where there is none. */
const RESOLVE = 'const resolveModule = (name) => require("node:url").pathToFileURL(require.resolve(name)).href;';

const command: Plugin = {
  name: COMMAND,
  resolveId: (id) => (id === COMMAND ? COMMAND : null),
  load: (id) => {
    const imports = OF_A_PARAGRAPH.map((path) => `import ${JSON.stringify(join(ROOT, path))};`);
    return id === COMMAND ? [...imports, `export { main } from ${JSON.stringify(join(ROOT, "src/cli/main.ts"))};`].join("\n") : null;
  },
};

rmSync(join(flags.out, "code"), { recursive: true, force: true });
await bundle("es", "js", Object.fromEntries(Object.entries(ENTRIES).map(([name, path]) => [name, join(ROOT, path)])));
await bundle("cjs", "cjs", { [COMMAND]: COMMAND });

async function bundle(format: "es" | "cjs", ending: string, input: Readonly<Record<string, string>>): Promise<void> {
  await build({
    root: ROOT,
    configFile: false,
    logLevel: "warn",
    plugins: [command],
    ...(format === "cjs" ? { define: { "import.meta.resolve": "resolveModule" } } : {}),
    // Only a checkout builds the page of the review.
    ssr: { noExternal: true, external: [...Object.keys(dependencies), "vite"] },
    build: {
      ssr: true,
      outDir: join(flags.out, "code"),
      emptyOutDir: false,
      target: "node22",
      license: { fileName: `licenses-${format}.md` },
      rolldownOptions: {
        // What is loaded when it is needed in a checkout may lie in the file of a paragraph here.
        checks: { ineffectiveDynamicImport: false },
        input,
        output: {
          format,
          entryFileNames: `[name].${ending}`,
          chunkFileNames: `[name]-[hash].${ending}`,
          ...(format === "cjs" ? { intro: RESOLVE } : {}),
        },
      },
    },
  });
}

const { catalog, problems } = await openCatalog({ overlay: null });
if (problems.length > 0) throw new Error(problems.join("\n"));
writePrebuilt(join(flags.out, "catalog.json"), catalog, loaderHash());
console.log(
  `rules ${catalog.hash.slice(0, 12)}: ${catalog.equations.length} equations, ${catalog.accelerators.length} products, ${catalog.prices.length} prices`,
);
