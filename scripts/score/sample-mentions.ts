/**
 * Draws mentions at random from what is found in the development corpus, to be read by eye:
 * `npm run sample-mentions -- SEED [--count 200] [--draw uniform|stratified] [--only NAME] [--corpus DIR]`.
 *
 * "uniform" is a plain draw. Big tables dominate that, so "stratified" takes kinds in turn, and documents in turn within a kind, and
 * never more than a third from one of them. The same seed and code draw the same mentions.
 */
import { existsSync, readdirSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { pageOf, textOf } from "../../src/model/document.ts";
import type { Mention } from "../../src/model/mention.ts";
import type { DocumentResult } from "../../src/model/report.ts";
import { checkFile } from "../../src/store/checked-input.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";

interface Drawable {
  readonly document: string;
  readonly result: DocumentResult;
  readonly mention: Mention;
}

const OPTIONS = { priceDate: null, provider: null, assume: {} };

/** Of one kind or document, in a stratified draw. */
const MOST_OF_ONE = 1 / 3;

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    corpus: { type: "string", default: resolve(import.meta.dirname, "..", "..", "..", "shared", "corpus") },
    count: { type: "string", default: "200" },
    draw: { type: "string", default: "uniform" },
    only: { type: "string" },
  },
});

const seed = Number(positionals[0] ?? "1");
const count = Number(flags.count);

if (!existsSync(join(flags.corpus, "gold")))
  console.log(`no corpus in ${flags.corpus}; nothing to draw from (give another folder with --corpus)`);
else if (!Number.isInteger(seed) || !Number.isInteger(count)) console.log("the seed and --count must be whole numbers");
else await print(resolve(flags.corpus));

async function print(corpus: string): Promise<void> {
  const all = await mentionsOf(corpus);
  const random = randomFrom(seed);
  const drawn = flags.draw === "stratified" ? drawInTurn(all, random) : shuffled(all, random).slice(0, count);
  console.log(`${drawn.length} of ${all.length} mentions, ${flags.draw} draw, seed ${seed}\n`);
  for (const [index, item] of drawn.entries()) console.log(`${index + 1}. ${describe(item)}\n`);
}

async function mentionsOf(corpus: string): Promise<readonly Drawable[]> {
  const { catalog } = await openCatalog({ overlay: null });
  const paths = ["pdf", "text"]
    .flatMap((folder) =>
      existsSync(join(corpus, folder)) ? readdirSync(join(corpus, folder)).map((file) => join(corpus, folder, file)) : [],
    )
    .filter((path) => flags.only === undefined || path.includes(flags.only))
    .sort();
  const all: Drawable[] = [];
  for (const path of paths) {
    const { result } = await checkFile(catalog, path, OPTIONS);
    if (result !== null) all.push(...result.extraction.mentions.map((mention) => ({ document: relative(corpus, path), result, mention })));
  }
  return all;
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function shuffled<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((left, right) => left.at - right.at)
    .map(({ item }) => item);
}

/** Every kind in turn, the documents of a kind in turn, until enough are drawn or nothing is left that may be. */
function drawInTurn(all: readonly Drawable[], random: () => number): readonly Drawable[] {
  const drawn: Drawable[] = [];
  const taken = new Map<string, number>();
  const most = Math.ceil(count * MOST_OF_ONE);
  const isFull = (key: string): boolean => (taken.get(key) ?? 0) >= most;
  const kinds = shuffled([...new Set(all.map(({ mention }) => mention.kind))], random);
  const queues = new Map(kinds.map((kind) => [kind, inTurn(shuffled(all, random).filter(({ mention }) => mention.kind === kind))]));
  while (drawn.length < count && [...queues.values()].some((queue) => queue.length > 0)) {
    for (const [kind, queue] of queues) {
      const item = queue.shift();
      if (item === undefined || drawn.length >= count || isFull(kind) || isFull(item.document)) continue;
      drawn.push(item);
      for (const key of [kind, item.document]) taken.set(key, (taken.get(key) ?? 0) + 1);
    }
  }
  return drawn;
}

/** First one of each document, then the second of each, and so on. */
function inTurn(items: readonly Drawable[]): Drawable[] {
  const rounds = new Map<string, number>();
  return items
    .map((item) => {
      const round = rounds.get(item.document) ?? 0;
      rounds.set(item.document, round + 1);
      return { item, round };
    })
    .sort((left, right) => left.round - right.round)
    .map(({ item }) => item);
}

function describe({ document, result, mention }: Drawable): string {
  const page = pageOf(result.document, mention.span);
  const attached = result.linked.attachments.get(mention.id);
  const readings = result.linked.quantities.find((quantity) => quantity.mention.id === mention.id)?.readings ?? [];
  const range = mention.number.range === null ? "" : ` (${mention.number.range.low}..${mention.number.range.high})`;
  const facts = [
    `${mention.kind} ${mention.value}${range} ${mention.unit}`,
    mention.per === null ? "" : `per ${mention.per}`,
    mention.hedge ?? "",
    attached?.role ?? mention.role,
    mention.stage ?? "",
    mention.qualifiers.join(" "),
    `of ${attached?.subject ?? "-"}`,
    `on ${attached?.hardware ?? mention.hardware?.text ?? "-"}`,
    readings
      .map((reading) => `${reading.slot} ${reading.width.face.toPrecision(3)} ${reading.baseUnit} ${reading.weight.toFixed(2)}`)
      .join(" / "),
    `${mention.rules.join("+")} ${mention.confidence}`,
  ].filter((fact) => fact !== "");
  return `${basename(document)}${page === null ? "" : ` p${page}`}: ${facts.join(" | ")}\n   ${placeOf(result, mention)}`;
}

/** The sentence with the mention marked, or what heads its row and column with the line of the table. */
function placeOf({ document }: DocumentResult, mention: Mention): string {
  const plain = (text: string): string => text.replace(/\s+/g, " ").trim();
  const marked = plain(
    `${document.text.slice(Math.max(mention.sentence.start, mention.span.start - 260), mention.span.start)}[[${textOf(document, mention.span)}]]${document.text.slice(mention.span.end, Math.min(mention.sentence.end, mention.span.end + 180))}`,
  );
  const table = mention.cell === null ? undefined : document.tables[mention.cell.table];
  if (mention.cell === null || table === undefined) return marked;
  const { row, column } = mention.cell;
  const heads = table.cells.filter((cell) => cell.header && cell.column <= column && column < cell.column + cell.columnSpan);
  const label = table.cells.find((cell) => cell.row === row && cell.column === 0);
  const caption = table.caption === null ? "" : plain(textOf(document, table.caption)).slice(0, 140);
  return [
    `row "${label === undefined ? "" : plain(textOf(document, label.span))}"`,
    `under "${heads.map((cell) => plain(textOf(document, cell.span))).join(" / ")}"`,
    `in "${caption}"`,
    marked,
  ].join("; ");
}
