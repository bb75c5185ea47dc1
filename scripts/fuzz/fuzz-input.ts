import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { growingInputs } from "../../bench/growing-inputs.ts";
import { docx, paragraph, tarGz } from "../../test/attack/hostile-inputs.ts";
import { below, mutated, oneOf, type Random, seededRandom, TOKENS } from "./mutations.ts";

/** One input, as a file. */
export interface FuzzInput {
  /** Its kind and number, with the ending of its format. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What inputs are made of. */
export interface FuzzSeeds {
  readonly pdfs: readonly Uint8Array[];
  readonly texts: readonly string[];
}

const FIXTURES = resolve(import.meta.dirname, "../../fixtures");

/** The PDFs and texts of the fixtures. */
export async function fuzzSeeds(): Promise<FuzzSeeds> {
  const files = readdirSync(FIXTURES, { recursive: true, encoding: "utf8" })
    .filter((name) => !name.startsWith("fuzz"))
    .sort();
  const read = (ending: string): readonly Buffer[] =>
    files.filter((name) => name.endsWith(ending)).map((name) => readFileSync(join(FIXTURES, name)));
  return { pdfs: read(".pdf"), texts: [...read(".md"), ...read(".txt")].map((bytes) => bytes.toString("utf8").slice(0, LONGEST_TEXT)) };
}

const LONGEST_TEXT = 12_000;

/** The input of a number: the same number gives the same input as long as the fixtures are the same. */
export function fuzzInput(seeds: FuzzSeeds, number: number): FuzzInput {
  const random = seededRandom(number * 7919);
  const [kind, ending, make] = oneOf(random, KINDS);
  return { name: `${kind}-${number}.${ending}`, bytes: make(random, seeds) };
}

type Maker = (random: Random, seeds: FuzzSeeds) => Uint8Array;

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const KINDS: readonly (readonly [kind: string, ending: string, make: Maker])[] = [
  ["pdf", "pdf", (random, { pdfs }) => mutated(oneOf(random, pdfs), "pdf", random)],
  ["pdf", "pdf", (random, { pdfs }) => mutated(oneOf(random, pdfs), "pdf", random)],
  ["text", "txt", (random, { texts }) => mutated(utf8(oneOf(random, texts)), "text", random)],
  ["text", "md", (random, { texts }) => mutated(utf8(oneOf(random, texts)), "text", random)],
  ["soup", "md", (random) => utf8(soup(random, 2000))],
  ["soup", "txt", (random) => utf8(soup(random, 2000))],
  ["soup", "html", (random) => utf8(`<table>${soup(random, 1500)}`)],
  ["soup", "tex", (random) => utf8(`\\begin{document}${soup(random, 1000)}\\end{document}`)],
  [
    "rows",
    "md",
    (random) => utf8(`| a | b | c |\n|---|---|---|\n${lines(random, 60, () => `| ${soup(random, 6)} | ${soup(random, 6)} |`)}`),
  ],
  ["repeated", "md", (random) => utf8(oneOf(random, TOKENS).repeat(below(random, 3000)) + soup(random, 20))],
  ["repeated", "txt", (random) => utf8((soup(random, 4) + oneOf(random, TOKENS)).repeat(below(random, 1500)))],
  ["growing", "md", (random) => mutated(utf8(oneOf(random, growingInputs()).of(20 + below(random, 200))), "text", random)],
  ["word", "docx", (random, { texts }) => docx(odd(random, paragraph(escapedXml(oneOf(random, texts).slice(0, 2000)))))],
  ["word", "docx", (random) => mutated(docx(paragraph(soup(random, 20).replaceAll(/[<&]/g, ""))), "archive", random)],
  ["source", "tar.gz", (random) => source(random)],
];

function soup(random: Random, most: number): string {
  return Array.from({ length: below(random, most) }, () => oneOf(random, TOKENS)).join("");
}

function lines(random: Random, most: number, lineOf: () => string): string {
  return Array.from({ length: below(random, most) }, lineOf).join("\n");
}

function escapedXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(/[^\P{Cc}\n\t]/gu, "");
}

/** Markup of Word with parts that are missing or in the wrong place. */
function odd(random: Random, body: string): string {
  const parts = [
    "<w:sym/>",
    '<w:footnoteReference w:id="9"/>',
    "<w:tbl><w:tr><w:tc>",
    "<w:pict/>",
    "<w:p><w:pPr><w:numPr/></w:pPr></w:p>",
    "</w:r>",
  ];
  return below(random, 2) === 0 ? body + oneOf(random, parts) : body.replace("<w:r>", `<w:r>${oneOf(random, parts)}`);
}

/** An archive of files that pull in each other; of some, single bytes are others behind the compression. */
function source(random: Random): Uint8Array {
  const names = Array.from({ length: 1 + below(random, 6) }, (_, at) => `part${at}`);
  const files = names.map((name) => [`${name}.tex`, `${soup(random, 60)}\\input{${oneOf(random, names)}}`] as const);
  const main = `\\documentclass{article}\\begin{document}\\input{${oneOf(random, names)}}\\end{document}`;
  const whole = tarGz({ "main.tex": main, ...Object.fromEntries(files) });
  return below(random, 3) > 0 ? whole : gzipSync(mutated(gunzipSync(whole), "archive", random));
}
