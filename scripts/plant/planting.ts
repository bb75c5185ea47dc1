import type { Catalog } from "../../src/model/catalog.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Mention, MentionKind } from "../../src/model/mention.ts";
import type { DocumentResult } from "../../src/model/report.ts";
import { isAdmitted } from "./admitted.ts";
import { asBrokenLines, benignOf, benignTexts } from "./benign.ts";
import { alarmOf, type CheckText, type Claim, toldIn } from "./claims.ts";
import { type Mutation, mutationsOf, type Planted } from "./mutations.ts";
import { cellsCopied, rowsLost } from "./table-mutations.ts";
import { type Tally, tallyOf } from "./tally.ts";

/** A factor that models of accounting must tell. */
const LEAST_OF_A_MODEL = 1.95;

/** How near a wrong digit must come to a factor of the units or to a moved point to leave the same trace. */
const SAME_TRACE = 0.02;
const UNIT_FACTORS = [2, 4, 8, 10];

/** What was planted, and what came of it. */
export class Planting {
  readonly families = new Map<string, Tally>();
  readonly rules = new Map<string, Tally>();
  readonly benign = new Map<string, { planted: number; alarms: number }>();
  /** What was missed, not named or wrongly flagged, in a line each. */
  readonly lines: string[] = [];
  readonly #catalog: Catalog;
  readonly #check: CheckText;
  readonly #made = new Set<string>();

  constructor(catalog: Catalog, check: CheckText) {
    this.#catalog = catalog;
    this.#check = check;
  }

  async plant(claim: Claim): Promise<void> {
    const { text } = claim.excerpt;
    for (const mention of claim.mentions) {
      const planted = plantedIn(claim, mention);
      const place = claim.excerpt.at(mention.span);
      if (planted === null || place === null) continue;
      const changed = (printed: string): string => text.slice(0, place.start) + printed + text.slice(place.end);
      for (const mutation of mutationsOf(planted)) await this.#slip(claim, planted, mutation, changed(mutation.printed));
      for (const { name, printed } of benignOf(planted)) await this.#harmless(claim, name, changed(printed));
    }
    await this.#plantInTables(claim);
    for (const { name, text: other } of benignTexts(claim)) await this.#harmless(claim, name, other);
    for (const isPaged of [false, true]) {
      const lines = asBrokenLines(claim, isPaged);
      if (lines !== null) await this.#harmless(claim, isPaged ? "a page break inside" : "lines and hyphens broken", lines, "planted.txt");
    }
  }

  async #plantInTables(claim: Claim): Promise<void> {
    for (const lost of rowsLost(claim)) {
      const change = { family: lost.family, printed: lost.told, factor: Infinity, names: lost.names };
      await this.#counted(claim, claim.finding.claim, change, lost.told, lost.text, false);
    }
    const [own] = claim.mentions.filter(({ id }) => id === claim.finding.claim);
    if (own === undefined) return;
    for (const copy of cellsCopied(claim)) {
      const change = { family: copy.family, printed: copy.told, factor: copy.factor, names: copy.names };
      await this.#counted(claim, own.id, change, copy.told, copy.text, isAdmitted(this.#catalog, claim, own, change));
    }
  }

  async #slip(claim: Claim, { mention }: Planted, mutation: Mutation, text: string): Promise<void> {
    if (isUnsaid(claim, mention, mutation)) return;
    const told = `"${mention.text}" -> "${mutation.printed}"`;
    await this.#counted(claim, mention.id, mutation, told, text, isAdmitted(this.#catalog, claim, mention, mutation));
  }

  async #counted(claim: Claim, mention: string, mutation: Mutation, told: string, text: string, isHeld: boolean): Promise<void> {
    // A premise that many claims share is changed once for all of them.
    const change = `${claim.document} ${claim.finding.rule} ${mention} ${mutation.family} ${mutation.printed}`;
    if (this.#made.has(change)) return;
    this.#made.add(change);
    const tallies = [tallyOf(this.families, `${claim.class} | ${mutation.family}`), tallyOf(this.rules, claim.finding.rule)];
    const add = (key: keyof Tally): void => {
      for (const tally of tallies) tally[key] += 1;
    };
    if (isHeld || isUnasked(claim, mutation)) return add("admitted");
    add("planted");
    const result = await this.#check(text, claim.date);
    const fresh = result === null ? [] : toldIn(result, claim.class).filter((finding) => !claim.alarms.has(alarmOf(finding)));
    const where = `${claim.document} ${claim.finding.rule} ${mutation.family}: ${told}`;
    if (result === null || fresh.length === 0) {
      if (result?.checked.findings.some((finding) => isDoubt(claim, finding))) add("doubted");
      this.lines.push(`MISSED ${where} ${(result?.checked.findings ?? []).map(noteOf).join("; ")}`);
      return;
    }
    add("found");
    if (fresh.some((finding) => touches(result, finding, mutation.printed))) add("located");
    if (!isNameable(claim, fresh, mutation)) return;
    add("nameable");
    const causes = fresh.flatMap(nameOf);
    if (causes.some((cause) => mutation.names.includes(cause))) add("named");
    else this.lines.push(`UNNAMED ${where} got ${causes.join() || "nothing"}`);
  }

  async #harmless(claim: Claim, name: string, text: string, source = "planted.md"): Promise<void> {
    const change = `${claim.document} ${source} ${text}`;
    if (this.#made.has(change)) return;
    this.#made.add(change);
    const count = this.benign.get(name) ?? { planted: 0, alarms: 0 };
    this.benign.set(name, count);
    count.planted += 1;
    const result = await this.#check(text, claim.date, source);
    const flagged = result?.checked.findings.filter((finding) => finding.severity !== "note") ?? [];
    if (flagged.length <= claim.flags) return;
    count.alarms += 1;
    const told = flagged.map(({ rule, stated }) => `${rule} ${stated.value}`).join();
    this.lines.push(`ALARM ${claim.document} ${claim.finding.rule} ${name}: ${told} in ${text.replaceAll(/\s+/g, " ").slice(0, 400)}`);
  }
}

/** The figure with its words, where it stands in the excerpt as one number. */
export function plantedIn(claim: Claim, mention: Mention): Planted | null {
  const place = claim.excerpt.at({ start: mention.span.start, end: mention.span.end });
  const printed = claim.excerpt.at(mention.number.span);
  if (place === null || printed === null || mention.number.range !== null || mention.value === 0) return null;
  const text = claim.excerpt.text.slice(place.start, place.end);
  const number = /^\W{0,3}(?<digits>\d[\d,]*(?:\.\d+)?)/.exec(claim.excerpt.text.slice(printed.start, printed.end))?.groups?.["digits"];
  // The first of equal numbers in the phrase must be the one that is meant.
  if (number === undefined || text.indexOf(number) > printed.end - place.start) return null;
  return { mention, text, number, mentions: claim.mentions, isClaim: mention.id === claim.finding.claim, rule: claim.finding.rule };
}

/** "256 chips (512 cores)" as "256 cores (512 cores)": with one unit on both sides, nothing is converted any more. */
function isUnsaid({ finding, mentions }: Claim, mention: Mention, { family, printed }: Mutation): boolean {
  if (!finding.rule.endsWith("/conversion") || !/^M[45] /.test(family)) return false;
  const unit = /\p{L}+(?=\W*$)/u.exec(printed)?.[0]?.replace(/s$/, "");
  return unit !== undefined && mentions.some((other) => other.id !== mention.id && other.text.includes(unit));
}

/** A model of accounting leaks: below a factor of two nothing is asked of it, but of the PUE, which is its own factor. */
function isUnasked({ class: ofClass }: Claim, { family, factor, names }: Mutation): boolean {
  const isOfPue = family === "M7 PUE" && names.length > 0;
  return ofClass !== "exact" && !isOfPue && Math.max(factor, 1 / factor) < LEAST_OF_A_MODEL;
}

/** Whether anybody could say which slip it was. */
function isNameable({ mentions }: Claim, fresh: readonly Finding[], { family, names, factor }: Mutation): boolean {
  // In a sum and in a ratio, no unit of hardware explains a factor.
  const isSum = fresh.every(({ rule }) => rule === "expression/value" || rule.startsWith("table/") || rule.startsWith("ratio/"));
  // Prices of the catalog are known to be a third off: the ratio names no factor.
  if (fresh.every(({ steps }) => steps.some((step) => step.kind === "look-up" && PRICE_UNIT.test(step.fact.figure.unit)))) return false;
  const hasCount = mentions.some(({ kind, noun }) => COUNTED.has(kind) || (kind === "price" && noun !== null));
  if (names.length === 0 || ((isSum || !hasCount) && /^M[123] /.test(family))) return false;
  // A wrong digit that happens to double a figure, or to move its point, leaves the trace of another slip.
  const effect = Math.max(factor, 1 / factor);
  return !(/^M1[23] /.test(family) && !isSum && UNIT_FACTORS.some((unit) => Math.abs(effect / unit - 1) < SAME_TRACE));
}

/** "USD/chip-hour". */
const PRICE_UNIT = /^[A-Z]{3}\//;

/** Kinds that are told of chips, of devices or of nodes. */
const COUNTED: ReadonlySet<MentionKind> = new Set(["accelerators", "nodes", "accelerator-hours"]);

/** A disagreement that is only noted, and was not there before. */
function isDoubt({ alarms }: Claim, finding: Finding): boolean {
  return finding.severity === "note" && finding.verdict === "inconsistent" && !alarms.has(alarmOf(finding));
}

/** "note inconsistent money/run-cost 0.62". */
function noteOf({ severity, verdict, rule, confidence }: Finding): string {
  return `${severity} ${verdict} ${rule} ${confidence.toFixed(2)}`;
}

function nameOf(finding: Finding): readonly string[] {
  if (finding.verdict === "malformed") return ["malformed"];
  // It lists the readings, and which of them fits.
  if (finding.verdict === "depends") return ["reading"];
  return "cause" in finding && finding.cause !== null ? [finding.cause.diagnosis] : [];
}

/** Whether the changed figure is among those of a finding. */
function touches(result: DocumentResult, finding: Finding, printed: string): boolean {
  const ids = new Set<string>([finding.claim, ...finding.premises]);
  return result.extraction.mentions.some(({ id, text }) => ids.has(id) && (text.includes(printed) || printed.includes(text)));
}
