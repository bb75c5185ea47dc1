import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTarGzip } from "nanotar";
import { afterAll, expect, test } from "vitest";
import { runTool } from "../support/command.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-latex-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A paper in several files, with two errors: hours of another file's count, and a cost of another file's hours. */
const FILES: Readonly<Record<string, string>> = {
  "main.tex": String.raw`\documentclass{article}
\usepackage{siunitx}
\input{glyphtounicode}
\input{macros}
\title{Ospreys}
\begin{document}
\input{sections/setup}
\include{sections/results}
\end{document}`,
  "macros.tex": String.raw`\newcommand{\model}{Osprey-7B}
\newcommand{\ngpu}{64}`,
  "sections/setup.tex": String.raw`\section{Setup}
We trained \model{} on \ngpu{} A100 GPUs for \SI{10}{\day},
which used 36,864 GPU-hours.
\input{sections/loop}`,
  "sections/loop.tex": String.raw`Round and round.
\input{sections/setup}`,
  "sections/results.tex": String.raw`\section{Results}
At \$2 per GPU-hour, training \model{} cost \$63,864.`,
};

function put(name: string, files: Readonly<Record<string, string>>): string {
  const root = join(folder, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

interface Told {
  readonly documents: readonly {
    readonly source: string;
    readonly status: string;
    readonly problems: readonly { readonly message: string }[];
    readonly findings: readonly {
      readonly verdict: string;
      readonly line: number | null;
      readonly file?: string;
      readonly quote: string;
    }[];
  }[];
}

async function told(home: string, input: string): Promise<Told["documents"]> {
  const { out } = await runTool(home, ["check", input, "--format", "json", "--fail-level", "never"]);
  const { documents }: Told = JSON.parse(out);
  return documents;
}

const wrongIn = (documents: Told["documents"]) =>
  documents.flatMap(({ findings }) =>
    findings.flatMap(({ verdict, file, line }) => (verdict === "inconsistent" ? [`${file}:${line}`] : [])).sort(),
  );

test("the same errors are found by file, folder and archive, each in the file and line where it stands", { timeout: 60_000 }, async () => {
  const home = put("paper", FILES);
  expect(wrongIn(await told(home, "main.tex"))).toEqual(["sections/results.tex:2", "sections/setup.tex:3"]);
  const inFolder = await told(home, ".");
  // What is pulled in is no document of its own.
  expect(inFolder.map(({ source, status }) => [source, status])).toEqual([["main.tex", "checked"]]);
  expect(wrongIn(inFolder)).toEqual(["sections/results.tex:2", "sections/setup.tex:3"]);
  const archive = await createTarGzip(Object.entries(FILES).map(([name, data]) => ({ name, data })));
  writeFileSync(join(folder, "osprey.tar.gz"), archive);
  expect(wrongIn(await told(folder, "osprey.tar.gz"))).toEqual([
    "osprey.tar.gz:sections/results.tex:2",
    "osprey.tar.gz:sections/setup.tex:3",
  ]);
  // A path from elsewhere leads to the files, too; annotations stand in the file of the words.
  const { out } = await runTool(folder, ["check", "paper/main.tex", "--format", "github", "--fail-level", "never"]);
  expect(out).toContain("file=paper/sections/results.tex,line=2,");
});

test("a file that is not there is told with the place that wants it, and the rest is read", { timeout: 60_000 }, async () => {
  const home = put("missing", { ...FILES, "sections/setup.tex": `${FILES["sections/setup.tex"]}\n\\input{sections/nowhere}` });
  const [document] = await told(home, "main.tex");
  expect(document?.problems.map(({ message }) => message)).toEqual([expect.stringContaining('"sections/nowhere", sections/setup.tex:5')]);
  expect(wrongIn(document === undefined ? [] : [document])).toHaveLength(2);
});

test("a file of macros is no error, and nothing outside of the folder is pulled in", { timeout: 60_000 }, async () => {
  const home = put("macros", { "macros.tex": FILES["macros.tex"] ?? "" });
  expect(await runTool(home, ["check", "macros.tex"])).toMatchObject({ code: 0, err: "" });
  writeFileSync(join(folder, "secret.tex"), "We trained Roc on 8 A100 GPUs for 10 days, which used 9,000 GPU-hours.");
  const main = String.raw`\documentclass{article}\begin{document}
\input{../secret}
\input{link}
\input{own}
\end{document}`;
  const other = put("outside", { "main.tex": main, "own.tex": "We trained Kite on 8 A100 GPUs for 10 days, which used 1,920 GPU-hours." });
  symlinkSync(join(folder, "secret.tex"), join(other, "link.tex"));
  const [document] = await told(other, "main.tex");
  expect(JSON.stringify(document)).not.toContain("Roc");
  expect(document?.findings.map(({ verdict, file, line }) => [verdict, file, line])).toContainEqual(["consistent", "own.tex", 1]);
});

test("file, line and column are those where the words stand, also behind a file that is pulled in within a line", {
  timeout: 60_000,
}, async () => {
  const files = {
    "main.tex": String.raw`\documentclass{article}
\input{macros}
\begin{document}
We train \model{} on $64$ A100 GPUs for 10 days, 15,360 GPU-hours. \input{sections/cost} Caf\'e: 15,360 GPU-hours.
\input{sections/table}
\end{document}`,
    "macros.tex": String.raw`\newcommand{\model}{Osprey-7B}`,
    "sections/cost.tex": String.raw`At \$2 per  GPU-hour, \model{} cost \$36,720.`,
    "sections/table.tex": String.raw`\begin{tabular}{lrrr}
Model & GPUs & Days & GPU hours \\
Wren-S & 16 & 4 & 1,636 \\
\end{tabular}`,
  };
  const root = put("columns", files);
  const { out } = await runTool(root, ["check", "main.tex", "--fail-level", "never"]);
  const places = out.match(/\S+\.tex:[\d:]+/g) ?? [];
  const texts: Readonly<Record<string, string>> = files;
  const words = [...new Set(places)].map((place) => {
    const [file = "", line, column] = place.split(":");
    const row = texts[file]?.split("\n")[Number(line) - 1] ?? "";
    return `${file} ${column === undefined ? "" : row.slice(Number(column) - 1, Number(column) + 5)}`;
  });
  expect(words).toContain("sections/cost.tex \\$36,7");
  expect(words).toContain("sections/table.tex 1,636 ");
  // Behind an accent that was made a letter, columns have moved, and none is told.
  expect(words.filter((told) => told.startsWith("main.tex"))).toEqual(["main.tex 15,360", "main.tex "]);
});
