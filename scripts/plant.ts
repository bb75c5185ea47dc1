/**
 * Plants slips into claims that add up, and counts which are found: `npm run plant [-- --corpus DIR] [--only NAME] [--verbose]`.
 *
 * What a consistent claim rests on is cut out as a short text; one figure of it is changed, one slip at a time, and the text is checked
 * again. Changes that mean the same are made in the same way and must stay silent, and hardware of one text with times of another
 * must not agree. The figures go into PLANTED.md.
 */
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Finding } from "../src/model/finding.ts";
import type { Mention } from "../src/model/mention.ts";
import type { DocumentResult } from "../src/model/report.ts";
import { checkBytes, checkFile, USUAL_LIMITS } from "../src/store/checked-input.ts";
import { openCatalog } from "../src/store/rules-folder.ts";
import { toolVersion } from "../src/store/tool-version.ts";
import { type Excerpt, excerptOf } from "./plant/excerpt.ts";
import { BYSTANDERS, benignOf, type Mutation, mutationsOf } from "./plant/mutations.ts";

const ROOT = resolve(import.meta.dirname, "..");
const { values: flags } = parseArgs({
  options: {
    corpus: { type: "string", default: join(ROOT, "../shared/corpus") },
    only: { type: "string" },
    verbose: { type: "boolean", default: false },
  },
});
const { catalog } = await openCatalog({ overlay: null });

type Consistent = Extract<Finding, { verdict: "consistent" }>;

/** A consistent claim that stands by itself. */
interface Claim {
  readonly document: string;
  readonly excerpt: Excerpt;
  readonly finding: Consistent;
  readonly mentions: readonly Mention[];
  readonly date: string | null;
  /** Flags of the excerpt before anything is changed. */
  readonly alarms: ReadonlySet<string>;
}

interface Tally {
  planted: number;
  equivalent: number;
  found: number;
  nameable: number;
  named: number;
  located: number;
}

/** Definitions and arithmetic that the text shows, which leak nothing; the rest are models of accounting. */
const EXACT = /^(?:table\/(?!speed)|expression\/|identity\/|hardware\/|.*\/conversion$)/;

/** The most claims of one document: a long table tells no more than its first lines. */
const MOST_CLAIMS = 60;

/** A factor that models of accounting must tell. */
const LEAST_OF_A_MODEL = 1.95;

/** A time within the band of the equation cannot be told from the right one. */
const LEAST_DIFFERENCE = 0.25;

const HOURS: Readonly<Record<string, number>> = { minute: 1 / 60, hour: 1, day: 24, week: 168, month: 730.5 };

const tallies = new Map<string, Tally>();
const benign = { planted: 0, alarms: 0 };
const lines: string[] = [];
const claims: Claim[] = [];
const made = new Set<string>();
let unplantable = 0;

for (const path of documents()) await claimsIn(path);
for (const claim of claims) await plantIn(claim);
const scrambled = await scramble();
report();

function documents(): readonly string[] {
  const own = filesUnder(join(ROOT, "fixtures/articles")).filter((path) => !path.endsWith("expected.txt"));
  const sample = filesUnder(join(ROOT, "fixtures/sample"));
  const there = existsSync(join(flags.corpus, "gold"));
  if (!there) console.log(`no corpus in ${flags.corpus}; planting in the fixtures only`);
  const corpus = there ? ["text", "pdf"].flatMap((folder) => filesUnder(join(flags.corpus, folder))) : [];
  return [...own, ...sample, ...corpus].filter(
    (path) => /\.(?:md|txt|html|tex|pdf)$/.test(path) && (flags.only === undefined || path.includes(flags.only)),
  );
}

function filesUnder(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((name) => (statSync(join(folder, name)).isDirectory() ? filesUnder(join(folder, name)) : [join(folder, name)]));
}

async function claimsIn(path: string): Promise<void> {
  const { result } = await checkFile(catalog, path, { priceDate: null, provider: null, assume: {} }, USUAL_LIMITS);
  if (result === null) return;
  let count = 0;
  for (const finding of result.checked.findings) {
    if (finding.verdict !== "consistent" || finding.strength === "weak" || finding.strength === "bound") continue;
    if (finding.rule === "identity/restated" || isEstimate(finding) || isBorrowed(result, finding)) continue;
    if (count >= MOST_CLAIMS) break;
    const claim = await standingAlone(path, result, finding);
    if (claim === null) unplantable += 1;
    else {
      claims.push(claim);
      count += 1;
    }
  }
}

/** What only estimates tells nothing of what does not fit it, by design. */
function isEstimate(finding: Finding): boolean {
  const rules = new Set(finding.steps.flatMap((step) => (step.kind === "compute" ? [step.rule] : [])));
  return catalog.equations.some((equation) => rules.has(equation.id) && equation.severityCap === "note");
}

/** What rests on the figures of another run is only noted where it disagrees. */
function isBorrowed(result: DocumentResult, finding: Finding): boolean {
  return result.linked.runs.some((run) => run.id === finding.run && finding.premises.some((premise) => run.lent.has(premise)));
}

/** The claim as a text of its own, if it is consistent there by the same rule. */
async function standingAlone(path: string, result: DocumentResult, finding: Consistent): Promise<Claim | null> {
  const excerpt = excerptOf(result, finding);
  const date = result.document.date;
  const again = await checked(excerpt.text, date);
  const inCell = (of: DocumentResult | null, claim: string): boolean =>
    of?.extraction.mentions.some((mention) => mention.id === claim && mention.cell !== null) ?? false;
  const same = again?.checked.findings.find(
    (other): other is Consistent =>
      other.verdict === "consistent" &&
      other.rule === finding.rule &&
      inCell(again, other.claim) === inCell(result, finding.claim) &&
      near(other.stated.value, finding.stated.value),
  );
  if (again === null || same === undefined) return null;
  const ids = new Set<string>([finding.claim, ...finding.premises]);
  const mentions = result.extraction.mentions.filter((mention) => ids.has(mention.id));
  return { document: basename(path), excerpt, finding, mentions, date, alarms: alarmsOf(again) };
}

async function plantIn(claim: Claim): Promise<void> {
  for (const mention of claim.mentions) {
    const place = claim.excerpt.at({ start: mention.span.start, end: mention.span.end });
    const printed = claim.excerpt.at(mention.number.span);
    if (place === null || printed === null || mention.number.range !== null || mention.value === 0) continue;
    const text = claim.excerpt.text.slice(place.start, place.end);
    const number = /^\W{0,3}(?<digits>\d[\d,]*(?:\.\d+)?)/.exec(claim.excerpt.text.slice(printed.start, printed.end))?.groups?.["digits"];
    // The first of equal numbers in the phrase must be the one that is meant.
    if (number === undefined || text.indexOf(number) > printed.end - place.start) continue;
    const changed = (printed: string): string => claim.excerpt.text.slice(0, place.start) + printed + claim.excerpt.text.slice(place.end);
    for (const mutation of mutationsOf(mention, text, number)) await plantOne(claim, mention, mutation, changed(mutation.printed));
    for (const change of benignOf(mention, text, number)) await benignOne(claim, change.name, changed(change.printed));
    for (const words of BYSTANDERS) await benignOne(claim, "another run beside it", claim.excerpt.text.replace(/\n\n$/, `\n\n${words}\n`));
  }
}

async function plantOne(claim: Claim, mention: Mention, mutation: Mutation, text: string): Promise<void> {
  const kind = EXACT.test(claim.finding.rule) ? "exact" : "model";
  const key = `${kind} | ${mutation.family}`;
  const tally = tallies.get(key) ?? { planted: 0, equivalent: 0, found: 0, nameable: 0, named: 0, located: 0 };
  tallies.set(key, tally);
  // A premise that many claims share is changed once for all of them.
  const change = `${claim.document} ${claim.finding.rule} ${mention.id} ${mutation.family} ${mutation.printed}`;
  if (made.has(change)) return;
  made.add(change);
  // A model of accounting leaks: below a factor of two nothing is asked of it.
  const effect = Math.max(mutation.factor, 1 / mutation.factor);
  if (isAdmitted(claim, mention, mutation) || (kind === "model" && effect < LEAST_OF_A_MODEL)) {
    tally.equivalent += 1;
    return;
  }
  tally.planted += 1;
  const result = await checked(text, claim.date);
  const flagged = (result?.checked.findings ?? []).filter((finding) => finding.severity !== "note");
  const isFound = result !== null && [...alarmsOf(result)].some((alarm) => !claim.alarms.has(alarm));
  const touching = flagged.filter((finding) =>
    printsOf(result, finding).some((print) => print.includes(mutation.printed) || mutation.printed.includes(print)),
  );
  if (isFound) tally.found += 1;
  else if (flags.verbose)
    lines.push(`MISSED ${claim.document} ${claim.finding.rule} ${mutation.family}: "${mention.text}" -> "${mutation.printed}"`);
  if (touching.length > 0) tally.located += 1;
  // In a sum, no unit of hardware explains a factor.
  const isSum = claim.finding.rule === "expression/value" || claim.finding.rule.startsWith("table/");
  if (!isFound || (isSum && /^M[123] /.test(mutation.family))) return;
  tally.nameable += 1;
  const causes = flagged.flatMap((finding) => ("cause" in finding && finding.cause !== null ? [finding.cause.diagnosis] : []));
  if (causes.some((cause) => mutation.names.includes(cause))) tally.named += 1;
  else if (flags.verbose)
    lines.push(
      `UNNAMED ${claim.document} ${claim.finding.rule} ${mutation.family}: "${mention.text}" -> "${mutation.printed}" got ${causes.join() || "nothing"}`,
    );
}

/** Whether what rounding and the band of the equation admit holds the changed figure: nobody could tell it from what was meant. */
function isAdmitted({ finding }: Claim, mention: Mention, { factor }: Mutation): boolean {
  const equations = catalog.equations.filter((equation) =>
    finding.steps.some((step) => step.kind === "compute" && step.rule === equation.id),
  );
  const slack = equations.reduce((band, { slack: own }) => ({ low: band.low * own.low, high: band.high * own.high }), { low: 1, high: 1 });
  const table = finding.rule === "table/column" ? 1.02 : finding.rule === "table/stages" ? 1.03 : 1;
  const { stated, recomputed } = finding;
  const isClaim = mention.id === finding.claim;
  if (finding.rule === "table/total" && !isClaim) {
    const change = (mention.value * (factor - 1) * recomputed.value) / sumOf(finding);
    return stated.low <= recomputed.high + change && stated.high >= recomputed.low + change;
  }
  return (isClaim ? [factor] : [factor, 1 / factor]).some(
    (effect) => stated.low * effect <= recomputed.high * slack.high * table && stated.high * effect >= (recomputed.low * slack.low) / table,
  );
}

/** What the terms of a sum add up to, in the unit in which the mentions print them. */
function sumOf(finding: Consistent): number {
  const read = finding.steps.flatMap((step) => (step.kind === "read" ? [step.figure.value] : []));
  return read.reduce((sum, value) => sum + value, 0);
}

async function benignOne(claim: Claim, name: string, text: string): Promise<void> {
  benign.planted += 1;
  const result = await checked(text, claim.date);
  const flags = result?.checked.findings.filter((finding) => finding.severity !== "note").length ?? 0;
  if (flags <= claim.alarms.size) return;
  benign.alarms += 1;
  lines.push(`ALARM ${claim.document} ${claim.finding.rule} ${name}: ${text.replaceAll(/\s+/g, " ").slice(0, 300)}`);
}

function hoursOf(mention: Mention): number {
  return mention.value * (HOURS[mention.unit] ?? 1);
}

/** Hardware of one claim with the time of the next: how many still agree, so that the test was strong. */
async function scramble(): Promise<{ readonly tried: number; readonly agreeing: number }> {
  const timed = claims.filter(({ finding, mentions }) => finding.rule === "accelerator-hours/product" && mentions.length === 3);
  let [tried, agreeing] = [0, 0];
  for (const [index, claim] of timed.entries()) {
    for (let step = 1; step <= 5; step += 1) {
      const other = timed[(index + step) % timed.length];
      const [time, foreign] = [claim, other].map((each) => each?.mentions.find((mention) => mention.kind === "wall-time"));
      const place = time === undefined ? null : claim.excerpt.at(time.span);
      if (other === undefined || other === claim || foreign === undefined || place === null || time === undefined) continue;
      // What hardly changes the time is no other time.
      if (Math.abs(hoursOf(foreign) / hoursOf(time) - 1) < LEAST_DIFFERENCE) continue;
      tried += 1;
      const result = await checked(
        claim.excerpt.text.slice(0, place.start) + foreign.text + claim.excerpt.text.slice(place.end),
        claim.date,
      );
      const still = result?.checked.findings.some(
        (each) =>
          each.verdict === "consistent" &&
          each.strength !== "weak" &&
          each.rule === claim.finding.rule &&
          near(each.stated.value, claim.finding.stated.value),
      );
      if (still === true) agreeing += 1;
    }
  }
  return { tried, agreeing };
}

async function checked(text: string, date: string | null): Promise<DocumentResult | null> {
  const input = { source: "planted.md", bytes: new TextEncoder().encode(text), sha256: null };
  return (await checkBytes(catalog, input, { priceDate: date, provider: null, assume: {} }, USUAL_LIMITS)).result;
}

/** What is flagged, by rule, figure and what it works out to. */
function alarmsOf(result: DocumentResult): ReadonlySet<string> {
  const flagged = result.checked.findings.filter((finding) => finding.severity !== "note");
  return new Set(
    flagged.map((finding) => `${finding.rule} ${finding.stated.value} ${"recomputed" in finding ? finding.recomputed.value : ""}`),
  );
}

function printsOf(result: DocumentResult | null, finding: Finding): readonly string[] {
  const ids = new Set<string>([finding.claim, ...finding.premises]);
  return (result?.extraction.mentions ?? []).filter((mention) => ids.has(mention.id)).map((mention) => mention.text);
}

function near(left: number, right: number): boolean {
  return Math.abs(left - right) <= 1e-6 * Math.abs(right);
}

function report(): void {
  for (const line of lines) console.log(line);
  const page = [
    "# Planted errors",
    "",
    `Measured on ${new Date().toISOString().slice(0, 10)} with version ${toolVersion()}, rules ${catalog.hash.slice(0, 12)}, by \`npm run plant\`: ${claims.length} consistent claims as texts of their own (${unplantable} more do not stand alone).`,
    "",
    "A slip that rounding or the band of the equation admits is counted apart, and so is one below a factor of two in a model of accounting.",
    "Named: of those found, the cause is the slip that was planted.",
    "",
    "| family | planted | admitted | found | named | located |",
    "| --- | --- | --- | --- | --- | --- |",
  ];
  const sorted = [...tallies].sort(([left], [right]) => (left < right ? -1 : 1));
  for (const [name, tally] of sorted) page.push(row(name.replace(" | ", ", "), tally));
  for (const kind of ["exact", "model"])
    page.push(row(`all, ${kind}`, sum(sorted.filter(([name]) => name.startsWith(kind)).map(([, tally]) => tally))));
  page.push("", `Changes that mean the same: ${benign.planted}, new alarms ${benign.alarms}.`, "");
  page.push(
    `Hardware of one claim with the time of another: ${scrambled.tried}, of which ${scrambled.agreeing} still agree in a test that is not weak.`,
    "",
  );
  console.log(page.join("\n"));
  if (flags.only === undefined && existsSync(join(flags.corpus, "gold"))) writeFileSync(join(ROOT, "PLANTED.md"), page.join("\n"));
}

function row(name: string, { planted, equivalent, found, nameable, named, located }: Tally): string {
  const share = (part: number, of: number): string => (of === 0 ? "" : `${part} (${(part / of).toFixed(3)})`);
  return `| ${name} | ${planted} | ${equivalent} | ${share(found, planted)} | ${share(named, nameable)} | ${share(located, planted)} |`;
}

function sum(list: readonly Tally[]): Tally {
  const total: Tally = { planted: 0, equivalent: 0, found: 0, nameable: 0, named: 0, located: 0 };
  for (const tally of list) for (const key of Object.keys(total) as (keyof Tally)[]) total[key] += tally[key];
  return total;
}
