import { type Catalog, leewayOf } from "../../src/model/catalog.ts";
import { type Finding, UNNAMED } from "../../src/model/finding.ts";
import type { Mention } from "../../src/model/mention.ts";
import type { DocumentResult } from "../../src/model/report.ts";
import { checkBytes, checkFile } from "../../src/store/checked-input.ts";
import type { PlantedDocument } from "./documents.ts";
import { type Excerpt, excerptOf } from "./excerpt.ts";

export type Consistent = Extract<Finding, { verdict: "consistent" }>;

/**
 * What can be asked of a claim.
 *
 * exact: definitions and arithmetic that the text shows, which leak nothing. model: equations of accounting, which leak.
 * unnamed: what was found by its dimension alone, and no equation of the rules gives.
 * noted: what is never told as more than a note: plans, and estimates, which are silent but where a known slip explains what is off; with
 * them what prose may leave open on purpose: a total that holds more than its sentence, a degree of parallelism that is not told.
 */
export type ClaimClass = "exact" | "model" | "unnamed" | "noted";

/** A consistent claim that stands by itself. */
export interface Claim {
  readonly document: string;
  readonly from: PlantedDocument["from"];
  readonly class: ClaimClass;
  readonly excerpt: Excerpt;
  readonly finding: Consistent;
  /** The claim and its premises. */
  readonly mentions: readonly Mention[];
  /** Figures of the same kind in the other lines of its table. */
  readonly beside: readonly Mention[];
  readonly date: string | null;
  /** What is flagged in the excerpt before anything is changed. */
  readonly alarms: ReadonlySet<string>;
  /** How many warnings and errors there are. */
  readonly flags: number;
}

/** Checks a text; a text that was checked before is not checked again. */
export type CheckText = (text: string, date: string | null, source?: string) => Promise<DocumentResult | null>;

/** The most claims of one document: a long table tells no more than its first lines. */
const MOST_CLAIMS = 60;

const UNASKED = { provider: null, assume: {} };

export function textChecker(catalog: Catalog): CheckText {
  const known = new Map<string, Promise<DocumentResult | null>>();
  return (text, date, source = "planted.md") => {
    const key = `${source} ${date} ${text}`;
    const input = { source, bytes: new TextEncoder().encode(text), sha256: null };
    const result = known.get(key) ?? checkBytes(catalog, input, { ...UNASKED, priceDate: date }).then((report) => report.result);
    // Only the last texts come again.
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, result);
    return result;
  };
}

const MOST_KNOWN = 500;

/** The consistent claims of a document that stand by themselves, and how many do not. */
export async function claimsIn(
  catalog: Catalog,
  check: CheckText,
  { name, from, input }: PlantedDocument,
): Promise<{ readonly claims: readonly Claim[]; readonly dependent: number }> {
  const result =
    typeof input === "string"
      ? (await checkFile(catalog, input, { ...UNASKED, priceDate: null })).result
      : await check(input.text, input.date);
  const claims: Claim[] = [];
  let dependent = 0;
  for (const finding of result?.checked.findings ?? []) {
    if (result === null || claims.length >= MOST_CLAIMS) break;
    if (finding.verdict !== "consistent" || finding.strength === "bound") continue;
    // What only confirms is silent where it does not fit.
    if (catalog.equations.some(({ id, confirmsOnly }) => id === finding.rule && confirmsOnly)) continue;
    if (finding.rule === "identity/restated" || isBorrowed(result, finding) || isInCode(result, finding) || isFlagged(result, finding))
      continue;
    const alone = await standingAlone(check, result, finding, classOf(catalog, result, finding));
    if (alone === null) dependent += 1;
    else claims.push({ document: name, from, ...alone });
  }
  return { claims, dependent };
}

function classOf(catalog: Catalog, result: DocumentResult, finding: Finding): ClaimClass {
  const leeway = leewayOf(catalog, finding.rule);
  if (leeway === null) throw new Error(`"${finding.rule}" has no row in rules/checks.yaml`);
  if (leeway === "none") return "exact";
  const ids = new Set<string>([finding.claim, ...finding.premises]);
  const mentions = result.extraction.mentions.filter(({ id }) => ids.has(id));
  if (mentions.some(({ role }) => role === "hypothetical")) return "noted";
  const isOpen = finding.steps.some((step) => step.kind === "compute" && leewayOf(catalog, step.rule) === "open");
  if (leeway === "open" || isOpen) return "noted";
  return finding.rule === UNNAMED ? "unnamed" : "model";
}

/** What rests on the figures of another run is only noted where it disagrees. */
function isBorrowed(result: DocumentResult, finding: Finding): boolean {
  return result.linked.runs.some((run) => run.id === finding.run && finding.premises.some((premise) => run.lent.has(premise)));
}

/** A comment in code ends with its line, and is no text that could stand by itself. */
function isInCode({ document, extraction }: DocumentResult, { claim, premises }: Finding): boolean {
  const ids = new Set<string>([claim, ...premises]);
  return extraction.mentions.some(({ id, block }) => ids.has(id) && document.blocks[block]?.kind === "code");
}

/** What agrees here and is flagged elsewhere does not agree. */
function isFlagged(result: DocumentResult, { claim, premises }: Finding): boolean {
  return result.checked.findings.some((other) => other.severity !== "note" && (other.claim === claim || premises.includes(other.claim)));
}

/** The claim as a text of its own, if it is consistent there by the same rule. */
async function standingAlone(
  check: CheckText,
  result: DocumentResult,
  finding: Consistent,
  ofClass: ClaimClass,
): Promise<Omit<Claim, "document" | "from"> | null> {
  const excerpt = excerptOf(result, finding);
  const date = result.document.date;
  const again = await check(excerpt.text, date);
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
  return {
    class: ofClass,
    excerpt,
    finding,
    mentions,
    beside: besideOf(result, finding.claim),
    date,
    alarms: new Set(toldIn(again, ofClass).map(alarmOf)),
    flags: again.checked.findings.filter(({ severity }) => severity !== "note").length,
  };
}

function besideOf({ extraction: { mentions } }: DocumentResult, id: string): readonly Mention[] {
  const own = mentions.find((mention) => mention.id === id);
  const cell = own?.cell ?? null;
  if (own === undefined || cell === null) return [];
  return mentions.filter(
    (mention) =>
      mention.cell?.table === cell.table &&
      mention.cell.column === cell.column &&
      mention.cell.row !== cell.row &&
      mention.kind === own.kind &&
      mention.unit === own.unit &&
      mention.number.range === null &&
      mention.value !== own.value &&
      mention.value !== 0,
  );
}

/** What is told: warnings and errors; of what is only noted, notes too. */
export function toldIn(result: DocumentResult, ofClass: ClaimClass): readonly Finding[] {
  return result.checked.findings.filter(
    ({ severity, verdict }) =>
      severity !== "note" || (ofClass === "noted" && verdict !== "consistent" && verdict !== "untested" && verdict !== "unverifiable"),
  );
}

/** A finding by rule, figure and what it works out to. */
export function alarmOf(finding: Finding): string {
  return `${finding.rule} ${finding.stated.value} ${"recomputed" in finding ? finding.recomputed.value : ""}`;
}

export function near(left: number, right: number): boolean {
  return Math.abs(left - right) <= 1e-6 * Math.abs(right);
}
