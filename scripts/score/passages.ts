/**
 * How well one passage with complete gold is read and judged.
 *
 * The rules are those of the passages' own ruler, to the letter: figures printed by this script and by the ruler are the same.
 */
import type { WireDocument, WireFinding, WireMention } from "../../src/report/wire.ts";
import { BAD, base, near, scaleOf } from "./gold-match.ts";
import type { Share } from "./tally.ts";

export interface PassageQuantity {
  readonly phrase: string;
  readonly kind: string;
  readonly value: number;
  readonly unit?: string;
  readonly nth?: number;
  readonly subject?: string;
  readonly hardware?: string;
}

export interface PassageCheck {
  readonly stated: string;
  readonly kind: string;
  readonly verdict: string;
  readonly how?: string;
}

export interface Passage {
  readonly id: string;
  readonly media: "text" | "markdown" | "html" | "latex";
  readonly text: string;
  /** Every training figure of the passage. */
  readonly quantities?: readonly PassageQuantity[];
  /** Every claim that the passage lets a reader recompute. */
  readonly checks?: readonly PassageCheck[];
}

/** What was found in a passage, or in many. */
export interface PassageScore {
  readonly passages: number;
  readonly found: Share;
  /** Mentions that are, or lie in, a figure of the gold. */
  readonly wanted: Share;
  readonly subject: Share;
  readonly hardware: Share;
  readonly checks: Share;
  readonly discrepancies: Share;
  /** Warnings and errors on what is right. */
  readonly alarms: number;
  readonly errors: number;
  /** What is told of claims whose verdict is known: how sure it is said to be, and whether it is right. */
  readonly told: readonly Told[];
  /** A line for everything that is wrong. */
  readonly faults: readonly string[];
}

export interface Told {
  readonly confidence: number;
  readonly isFlag: boolean;
  readonly isRight: boolean;
}

export const NO_PASSAGE: PassageScore = {
  passages: 0,
  found: { hit: 0, of: 0 },
  wanted: { hit: 0, of: 0 },
  subject: { hit: 0, of: 0 },
  hardware: { hit: 0, of: 0 },
  checks: { hit: 0, of: 0 },
  discrepancies: { hit: 0, of: 0 },
  alarms: 0,
  errors: 0,
  told: [],
  faults: [],
};

const ENDING = { text: "txt", markdown: "md", html: "html", latex: "tex" } as const;

/** The name under which a passage is checked: its ending tells the format. */
export function sourceOf({ id, media }: Pick<Passage, "id" | "media">): string {
  return `${id}.${ENDING[media]}`;
}

/** The scores of many passages as one. */
export function sumOf(scores: readonly PassageScore[]): PassageScore {
  const add = (left: Share, right: Share): Share => ({ hit: left.hit + right.hit, of: left.of + right.of });
  return scores.reduce(
    (sum, one) => ({
      passages: sum.passages + one.passages,
      found: add(sum.found, one.found),
      wanted: add(sum.wanted, one.wanted),
      subject: add(sum.subject, one.subject),
      hardware: add(sum.hardware, one.hardware),
      checks: add(sum.checks, one.checks),
      discrepancies: add(sum.discrepancies, one.discrepancies),
      alarms: sum.alarms + one.alarms,
      errors: sum.errors + one.errors,
      told: [...sum.told, ...one.told],
      faults: [...sum.faults, ...one.faults],
    }),
    NO_PASSAGE,
  );
}

/** Lays what was read beside the gold. */
export function scorePassage(passage: Passage, document: WireDocument): PassageScore {
  const faults: string[] = [];
  const tell = (what: string): void => {
    faults.push(`${passage.id}: ${what}`);
  };
  const read = readOf(passage, document, tell);
  const judged = judgedOf(passage, document, tell);
  return { passages: 1, ...read, ...judged, faults };
}

/** A passage that could not be checked has all its figures missed. */
export function failedPassage(passage: Passage, why: string): PassageScore {
  return { ...NO_PASSAGE, passages: 1, faults: [`${passage.id}: CRASH ${why}`] };
}

type Tell = (what: string) => void;

function readOf(passage: Passage, document: WireDocument, tell: Tell): Pick<PassageScore, "found" | "wanted" | "subject" | "hardware"> {
  const gold = passage.quantities ?? [];
  const used = new Set<string>();
  const named = { subject: { hit: 0, of: 0 }, hardware: { hit: 0, of: 0 } };
  let found = 0;
  for (const quantity of gold) {
    const best = mentionOf(quantity, document, used);
    if (best === undefined) {
      tell(`MISS ${quantity.kind} ${quantity.value} ${quantity.unit} "${quantity.phrase}"`);
      continue;
    }
    used.add(best.id);
    found += 1;
    for (const key of ["subject", "hardware"] as const) {
      const wanted = quantity[key];
      if (!wanted) continue;
      named[key].of += 1;
      if (sameName(best[key], wanted)) named[key].hit += 1;
      else tell(`${key.toUpperCase()} of "${quantity.phrase}": want ${wanted}, got ${best[key]}`);
    }
  }
  const spare = document.mentions.filter(({ id, text }) => !used.has(id) && !gold.some(({ phrase }) => overlap(phrase, text)));
  for (const { kind, text } of spare) tell(`SPARE ${kind} "${text}"`);
  return {
    found: { hit: found, of: gold.length },
    wanted: { hit: document.mentions.length - spare.length, of: document.mentions.length },
    ...named,
  };
}

/** Where a value stands more than once, the mention whose text shares the phrase is the one meant. */
function mentionOf(quantity: PassageQuantity, document: WireDocument, used: ReadonlySet<string>): WireMention | undefined {
  const same = document.mentions.filter((mention) => mention.kind === quantity.kind && sameValue(mention, quantity));
  const free = same.filter(({ id }) => !used.has(id));
  return free.find(({ text }) => overlap(quantity.phrase, text)) ?? free[0] ?? same[0];
}

function judgedOf(
  passage: Passage,
  document: WireDocument,
  tell: Tell,
): Pick<PassageScore, "checks" | "discrepancies" | "alarms" | "errors" | "told"> {
  const [checks, discrepancies] = [
    { hit: 0, of: 0 },
    { hit: 0, of: 0 },
  ];
  const claimed = new Set<string>();
  const agreeing: Told[] = [];
  for (const check of passage.checks ?? []) {
    const about = findingsOn(passage, check, document);
    const flagged = about.filter(({ verdict }) => BAD.has(verdict));
    const agrees = hasVerdict(check, about);
    checks.of += 1;
    if (agrees) checks.hit += 1;
    for (const { confidence } of about.filter(({ verdict }) => verdict === "consistent"))
      agreeing.push({ confidence, isFlag: false, isRight: check.verdict === "consistent" });
    if (BAD.has(check.verdict)) {
      discrepancies.of += 1;
      if (agrees) discrepancies.hit += 1;
      for (const { id } of flagged) claimed.add(id);
    }
    const got = [...new Set(about.map(({ verdict, severity, rule }) => `${verdict}/${severity}/${rule}`))].join(", ") || "nothing";
    if (!agrees) tell(`CHECK ${check.stated} want ${check.verdict}, got ${got}`);
  }
  const untrue = alarmsOf(passage, document, claimed);
  for (const { severity, rule, message } of untrue) tell(`ALARM ${severity} ${rule}: ${message.slice(0, 200)}`);
  return {
    checks,
    discrepancies,
    alarms: untrue.length,
    errors: untrue.filter(({ severity }) => severity === "error").length,
    told: [...agreeing, ...flagsOf(passage, document, claimed)],
  };
}

/** Every disagreement that is told, notes too; where a slip was missed, one told of another figure may be that very one. */
function flagsOf(passage: Passage, document: WireDocument, claimed: ReadonlySet<string>): readonly Told[] {
  if (isMissed(passage, claimed)) return [];
  const flags = document.findings.filter(({ verdict }) => BAD.has(verdict));
  return flags.map(({ id, confidence }) => ({ confidence, isFlag: true, isRight: claimed.has(id) }));
}

function isMissed({ checks = [] }: Passage, claimed: ReadonlySet<string>): boolean {
  return claimed.size === 0 && checks.some(({ verdict }) => BAD.has(verdict));
}

/** A disagreement involves several figures: a flag on another figure of the same disagreement is no false alarm. */
function alarmsOf(passage: Passage, document: WireDocument, claimed: ReadonlySet<string>): readonly WireFinding[] {
  return isMissed(passage, claimed) ? [] : document.findings.filter((finding) => isTold(finding) && !claimed.has(finding.id));
}

/** Findings about the figure that a check is about. */
function findingsOn({ quantities }: Passage, { stated }: PassageCheck, document: WireDocument): readonly WireFinding[] {
  const quantity = quantities?.find(({ phrase }) => overlap(phrase, stated));
  const ids = document.mentions
    .filter(({ text }) => overlap(text, stated) || (quantity !== undefined && overlap(quantity.phrase, text)))
    .map(({ id }) => id);
  return document.findings.filter(
    (finding) => ids.includes(finding.claim) || (quantity !== undefined && isOfValue(finding.stated, quantity)),
  );
}

function isOfValue(stated: WireFinding["stated"], { value, unit }: PassageQuantity): boolean {
  return near(stated.value, value) || near(base(stated.value, stated.unit), base(value, unit));
}

function hasVerdict({ verdict }: PassageCheck, about: readonly WireFinding[]): boolean {
  const isSilent = !about.some(isTold);
  if (verdict === "consistent") return isSilent && about.some((finding) => finding.verdict === "consistent");
  return verdict === "cannot-check" ? isSilent : about.some((finding) => BAD.has(finding.verdict));
}

/** A warning or an error. */
function isTold({ verdict, severity }: WireFinding): boolean {
  return BAD.has(verdict) && severity !== "note";
}

function overlap(left: string, right: string): boolean {
  return left.includes(right) || right.includes(left);
}

/** Units of one scale are converted; where either is of none, the printed values count. */
function sameValue(mention: WireMention, quantity: PassageQuantity): boolean {
  const inBase = near(base(mention.value, mention.unit), base(quantity.value, quantity.unit));
  const scale = scaleOf(mention.unit);
  if (scale !== null && scale === scaleOf(quantity.unit)) return inBase;
  return near(mention.value, quantity.value) || inBase;
}

/** Loose name match: "A100-80GB" and "NVIDIA A100 80GB". */
function sameName(left: string | null, right: string): boolean {
  const [first, second] = [plain(left ?? ""), plain(right)];
  return first !== "" && second !== "" && overlap(first, second);
}

function plain(text: string): string {
  return text.toLowerCase().replace(/nvidia|google|tesla|[^\p{L}\p{N}]/gu, "");
}
