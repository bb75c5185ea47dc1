/**
 * Plants slips into claims that add up, and counts which are found: `npm run plant [-- --corpus DIR] [--verbose]`.
 *
 * Every consistent claim of the text documents (of the fixtures, and of the corpus where it is there) is changed in its printed number,
 * one slip at a time, and the document is checked again. Changes that must stay silent are planted in the same way.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, extname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Finding } from "../src/model/finding.ts";
import type { DocumentResult } from "../src/model/report.ts";
import { checkBytes, USUAL_LIMITS } from "../src/store/checked-input.ts";
import { openCatalog } from "../src/store/rules-folder.ts";

const ROOT = resolve(import.meta.dirname, "..");
const { values: flags } = parseArgs({
  options: { corpus: { type: "string", default: join(ROOT, "../shared/corpus") }, verbose: { type: "boolean", default: false } },
});
const { catalog } = await openCatalog({ overlay: null });

interface Slip {
  readonly name: string;
  /** The number as it is then printed; null where the slip cannot be made. */
  readonly plant: (printed: string) => string | null;
  /** What the stated figure is then off by, where a name for the slip is expected. */
  readonly factor: number | null;
}

const SLIPS: readonly Slip[] = [
  { name: "times 4", plant: (printed) => scaled(printed, 4), factor: 4 },
  { name: "times 2", plant: (printed) => scaled(printed, 2), factor: 2 },
  { name: "times 8", plant: (printed) => scaled(printed, 8), factor: 8 },
  { name: "by 4", plant: (printed) => scaled(printed, 1 / 4), factor: 1 / 4 },
  { name: "times 24", plant: (printed) => scaled(printed, 24), factor: 24 },
  { name: "times 1,000", plant: (printed) => scaled(printed, 1000), factor: 1000 },
  { name: "two digits swapped", plant: swapped, factor: null },
  { name: "first digit off by one", plant: (printed) => nudged(printed), factor: null },
];

const BENIGN: readonly { readonly name: string; readonly change: (printed: string) => string | null }[] = [
  { name: "without commas", change: (printed) => (printed.includes(",") ? printed.replaceAll(",", "") : null) },
  { name: "with commas", change: (printed) => (/^\d{4,}$/.test(printed) ? grouped(Number(printed)) : null) },
  { name: "trailing zero", change: (printed) => (/^\d+\.\d$/.test(printed) ? `${printed}0` : null) },
];

/** Claims of one document in which slips are planted: a long table tells no more than its first lines. */
const MOST_CLAIMS = 8;

interface Tally {
  planted: number;
  equivalent: number;
  found: number;
  named: number;
  nameable: number;
  located: number;
}

/** Definitions and arithmetic of the text itself, which leak nothing; the rest are models of accounting. */
const EXACT = /^(?:table\/|expression\/|identity\/|.*\/conversion$)/;

const tallies = new Map<string, Tally>();
const benign = { planted: 0, alarms: 0 };

for (const path of documents()) await plantIn(path);
print();

function documents(): readonly string[] {
  const articles = join(ROOT, "fixtures/articles");
  const own = readdirSync(articles).flatMap((name) =>
    readdirSync(join(articles, name))
      .filter((file) => file !== "expected.txt")
      .map((file) => join(articles, name, file)),
  );
  const text = join(flags.corpus, "text");
  if (!existsSync(text)) console.log(`no corpus in ${flags.corpus}; planting in the fixtures only`);
  const corpus = existsSync(text) ? readdirSync(text).map((file) => join(text, file)) : [];
  return [...own, ...corpus].filter((path) => [".md", ".txt", ".html", ".tex"].includes(extname(path)));
}

async function plantIn(path: string): Promise<void> {
  const source = readFileSync(path, "utf8");
  const original = await checked(path, source);
  if (original === null) return;
  const alarmsBefore = alarms(original);
  let claims = 0;
  for (const finding of original.checked.findings) {
    if (claims >= MOST_CLAIMS) break;
    if (finding.verdict !== "consistent" || finding.strength === "weak" || finding.strength === "bound") continue;
    const mention = original.extraction.mentions.find((candidate) => candidate.id === finding.claim);
    if (mention === undefined) continue;
    const printed = original.document.text.slice(mention.number.span.start, mention.number.span.end);
    // Only a number that stands once in the source can be changed without changing others.
    if (source.split(printed).length !== 2 || !/^\d[\d,]*(?:\.\d+)?$/.test(printed)) continue;
    claims += 1;
    for (const slip of SLIPS) await plantOne(path, source, finding, printed, slip, alarmsBefore);
    for (const change of BENIGN) {
      const changed = change.change(printed);
      if (changed === null) continue;
      const result = await checked(path, source.replace(printed, changed));
      benign.planted += 1;
      if (result !== null && alarms(result) > alarmsBefore) {
        benign.alarms += 1;
        if (flags.verbose) console.log(`ALARM ${basename(path)} ${change.name}: ${printed} -> ${changed}`);
      }
    }
  }
}

async function plantOne(path: string, source: string, finding: Finding, printed: string, slip: Slip, before: number): Promise<void> {
  const changed = slip.plant(printed);
  if (changed === null || changed === printed || finding.verdict !== "consistent") return;
  const family = `${EXACT.test(finding.rule) ? "exact" : "model"}, ${slip.name}`;
  const tally = tallies.get(family) ?? { planted: 0, equivalent: 0, found: 0, named: 0, nameable: 0, located: 0 };
  tallies.set(family, tally);
  const ratio = numberOf(changed) / numberOf(printed);
  const value = finding.stated.value * ratio;
  // What the other figures admit cannot be told from what was meant.
  const slack = EXACT.test(finding.rule) ? 1.02 : 1.35;
  if (value >= finding.recomputed.low / slack && value <= finding.recomputed.high * slack) {
    tally.equivalent += 1;
    return;
  }
  tally.planted += 1;
  const result = await checked(path, source.replace(printed, changed));
  const flagged = (result?.checked.findings ?? []).filter((candidate) => candidate.severity !== "note");
  const touches = flagged.filter((candidate) => printsOf(result, candidate).some((text) => text.includes(changed)));
  if (flagged.length > before) tally.found += 1;
  else if (flags.verbose) console.log(`MISSED ${basename(path)} ${slip.name}: ${printed} -> ${changed} (${finding.rule})`);
  if (touches.length > 0) tally.located += 1;
  if (slip.factor === null) return;
  tally.nameable += 1;
  const { factor } = slip;
  const isNamed = touches.some(
    (candidate) => "cause" in candidate && candidate.cause !== null && Math.abs(candidate.cause.factor / factor - 1) < 0.1,
  );
  if (isNamed) tally.named += 1;
}

async function checked(path: string, source: string): Promise<DocumentResult | null> {
  const input = { source: basename(path), bytes: new TextEncoder().encode(source), sha256: null };
  return (await checkBytes(catalog, input, { priceDate: null, provider: null, assume: {} }, USUAL_LIMITS)).result;
}

function alarms(result: DocumentResult): number {
  return result.checked.findings.filter((finding) => finding.severity !== "note").length;
}

function printsOf(result: DocumentResult | null, finding: Finding): readonly string[] {
  const ids = new Set<string>([finding.claim, ...finding.premises]);
  return (result?.extraction.mentions ?? []).filter((mention) => ids.has(mention.id)).map((mention) => mention.text);
}

function numberOf(printed: string): number {
  return Number(printed.replaceAll(",", ""));
}

/** The number times a factor, printed in the same way. */
function scaled(printed: string, factor: number): string | null {
  const decimals = printed.split(".")[1]?.length ?? 0;
  const value = numberOf(printed) * factor;
  const rounded = Number(value.toFixed(decimals));
  if (rounded === 0 || Math.abs(rounded / value - 1) > 0.02) return null;
  return printed.includes(",") || rounded >= 10_000 ? grouped(rounded, decimals) : rounded.toFixed(decimals);
}

function swapped(printed: string): string | null {
  const digits = [...printed.matchAll(/\d/g)].map((match) => match.index);
  for (const [index, at] of digits.entries()) {
    const next = digits[index + 1];
    if (next === undefined || printed[at] === printed[next] || printed[next] === "0") continue;
    const characters = [...printed];
    [characters[at], characters[next]] = [characters[next] ?? "", characters[at] ?? ""];
    return characters.join("");
  }
  return null;
}

function nudged(printed: string): string | null {
  const first = Number(printed[0]);
  if (!(first >= 1 && first <= 8)) return null;
  return `${first + 1}${printed.slice(1)}`;
}

function grouped(value: number, decimals = 0): string {
  return value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

function print(): void {
  console.log(`${"slip".padEnd(32)}planted  equivalent  found          named          located`);
  const share = (part: number, of: number): string => (of === 0 ? "-" : `${part} (${(part / of).toFixed(2)})`).padEnd(15);
  for (const [name, tally] of [...tallies].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const { planted, equivalent, found, named, nameable, located } = tally;
    console.log(
      `${name.padEnd(32)}${String(planted).padEnd(9)}${String(equivalent).padEnd(12)}${share(found, planted)}${share(named, nameable)}${share(located, planted)}`,
    );
  }
  console.log(`benign changes: ${benign.planted}, new alarms ${benign.alarms}`);
}
