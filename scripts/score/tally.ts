import type { WireDocument, WireFinding } from "../../src/report/wire.ts";
import { agrees, findingsFor, type Gold, hasValueOf, isBad, isFlag, isOnPageOf, sameName, wantsFlag } from "./gold-match.ts";

/** Counts of one kind of figure. */
export interface KindCount {
  gold: number;
  /** Found with the value, whatever the kind. */
  value: number;
  /** Found with value and kind. */
  kind: number;
  /** Found with value, kind and page: recall is this over `gold`. */
  page: number;
  /** Mentions of this kind in documents that have gold. */
  mentions: number;
  /** Of these, mentions that are a figure of the gold. */
  inGold: number;
  /** Mentions that stand in a phrase that should yield none, or in a document that claims nothing. */
  unwanted: number;
}

export interface Share {
  hit: number;
  of: number;
}

/** What the findings of one rule were found to be. */
export interface RuleCount {
  /** Judged findings, whatever they are about. */
  findings: number;
  flags: number;
  /** Those on figures that a check of the gold is about, and the ones with its verdict. */
  readonly known: Share;
}

/** Everything counted over a set of documents. */
export interface Tally {
  readonly documents: string[];
  readonly kinds: Map<string, KindCount>;
  readonly subject: Share;
  readonly hardware: Share;
  readonly checks: Share;
  /** Verdict wanted to agreement. */
  readonly verdicts: Map<string, Share>;
  /** Checks that the gold calls consistent and the tool plausible but untested. */
  untested: number;
  /** Rule to its findings on figures that a check of the gold is about, and those of them that the gold agrees with. */
  readonly rules: Map<string, RuleCount>;
  /** Kind of the claim to agreement: the recall of checks by kind. */
  readonly claims: Map<string, Share>;
  readonly flags: { total: number; errors: number };
  readonly outside: string[];
  /** Disagreements that are only noted and that no check of the gold is about: noise for a reader, unless they tell something. */
  readonly notes: string[];
  /** Flags in documents that claim nothing: each is false. */
  readonly onSilent: string[];
  readonly silentDocuments: { count: number };
  readonly misses: string[];
  readonly wrongNames: string[];
  readonly wrongChecks: string[];
}

export function emptyTally(): Tally {
  return {
    documents: [],
    kinds: new Map(),
    subject: { hit: 0, of: 0 },
    hardware: { hit: 0, of: 0 },
    checks: { hit: 0, of: 0 },
    verdicts: new Map(),
    untested: 0,
    rules: new Map(),
    claims: new Map(),
    flags: { total: 0, errors: 0 },
    outside: [],
    notes: [],
    onSilent: [],
    silentDocuments: { count: 0 },
    misses: [],
    wrongNames: [],
    wrongChecks: [],
  };
}

/** Adds one document to the counts. */
export function count(tally: Tally, gold: Gold, document: WireDocument): void {
  tally.documents.push(gold.document);
  countQuantities(tally, gold, document);
  countMentions(tally, gold, document);
  countFindings(tally, gold, document);
}

function countQuantities(tally: Tally, gold: Gold, document: WireDocument): void {
  for (const quantity of gold.quantities ?? []) {
    const counts = kindOf(tally, quantity.kind);
    counts.gold += 1;
    const hits = document.mentions.filter((mention) => hasValueOf(mention, quantity));
    if (hits.length > 0) counts.value += 1;
    const same = hits.filter((mention) => mention.kind === quantity.kind);
    if (same.length > 0) counts.kind += 1;
    for (const key of ["subject", "hardware"] as const) {
      const wanted = quantity[key];
      if (!wanted || same.length === 0) continue;
      tally[key].of += 1;
      if (same.some((mention) => sameName(mention[key], wanted))) tally[key].hit += 1;
      else
        tally.wrongNames.push(
          `${gold.document} p${quantity.page ?? "-"} ${key} of "${quantity.phrase}": want ${wanted}, got ${[...new Set(same.map((mention) => mention[key] ?? "none"))].join(", ")}`,
        );
    }
    if (same.some((mention) => isOnPageOf(mention, quantity))) counts.page += 1;
    else {
      const elsewhere = hits.slice(0, 3).map((mention) => `${mention.kind}@p${mention.page}`);
      tally.misses.push(
        `${gold.document} p${quantity.page ?? "-"} ${quantity.kind} ${quantity.value} ${quantity.unit ?? ""} "${quantity.phrase}"${elsewhere.length > 0 ? ` (found as ${elsewhere.join(", ")})` : ""}`,
      );
    }
  }
}

function countMentions(tally: Tally, gold: Gold, document: WireDocument): void {
  const silent = (gold.silent ?? []).map((entry) => ({ page: entry.page ?? null, phrase: squeeze(entry.phrase) }));
  for (const mention of document.mentions) {
    const counts = kindOf(tally, mention.kind);
    counts.mentions += 1;
    if (
      (gold.quantities ?? []).some(
        (quantity) => quantity.kind === mention.kind && hasValueOf(mention, quantity) && isOnPageOf(mention, quantity),
      )
    )
      counts.inGold += 1;
    const isSilent = silent.some(
      (entry) =>
        (entry.page === null || mention.page === null || entry.page === mention.page) && entry.phrase.includes(squeeze(mention.text)),
    );
    if (mention.role === "own" && (gold.claims === "none" || isSilent)) counts.unwanted += 1;
  }
}

function countFindings(tally: Tally, gold: Gold, document: WireDocument): void {
  const known = new Set<string>();
  for (const check of gold.checks ?? []) {
    const found = findingsFor(document, check);
    const share = tally.verdicts.get(check.verdict) ?? { hit: 0, of: 0 };
    tally.verdicts.set(check.verdict, share);
    share.of += 1;
    tally.checks.of += 1;
    const claims = tally.claims.get(check.claim ?? "other") ?? { hit: 0, of: 0 };
    tally.claims.set(check.claim ?? "other", claims);
    claims.of += 1;
    for (const finding of found.filter(isJudged)) {
      const counts = ruleOf(tally, finding.rule);
      counts.known.of += 1;
      if (agrees(check, [finding])) counts.known.hit += 1;
    }
    if (agrees(check, found)) {
      claims.hit += 1;
      share.hit += 1;
      tally.checks.hit += 1;
    } else {
      if (check.verdict === "consistent" && found.some(({ verdict }) => verdict === "untested")) tally.untested += 1;
      const got = [...new Set(found.map((finding) => `${finding.verdict}/${finding.severity}`))].join(",") || "nothing";
      tally.wrongChecks.push(`${gold.document} p${check.page ?? "-"} ${check.id}: want ${check.verdict}, got ${got}`);
    }
    if (wantsFlag(check)) for (const finding of found) known.add(finding.id);
  }
  if (gold.claims === "none") tally.silentDocuments.count += 1;
  for (const finding of document.findings.filter(isJudged)) {
    const counts = ruleOf(tally, finding.rule);
    counts.findings += 1;
    if (isFlag(finding)) counts.flags += 1;
  }
  for (const finding of document.findings.filter(isNoted)) {
    if (known.has(finding.id)) continue;
    tally.notes.push(`${gold.document} p${finding.page ?? "-"} ${finding.verdict} ${finding.rule}: ${finding.message.slice(0, 220)}`);
  }
  for (const finding of document.findings.filter(isFlag)) {
    tally.flags.total += 1;
    if (finding.severity === "error") tally.flags.errors += 1;
    if (known.has(finding.id)) continue;
    const line = `${gold.document} p${finding.page ?? "-"} ${finding.severity} ${finding.rule}: ${finding.message.slice(0, 220)}`;
    tally.outside.push(line);
    if (gold.claims === "none") tally.onSilent.push(line);
  }
}

function isNoted(finding: WireFinding): boolean {
  return finding.severity === "note" && isBad(finding);
}

function isJudged(finding: WireFinding): boolean {
  return finding.verdict !== "unverifiable" && finding.verdict !== "untested";
}

function ruleOf(tally: Tally, rule: string): RuleCount {
  const known = tally.rules.get(rule) ?? { findings: 0, flags: 0, known: { hit: 0, of: 0 } };
  tally.rules.set(rule, known);
  return known;
}

function kindOf(tally: Tally, kind: string): KindCount {
  const known = tally.kinds.get(kind) ?? { gold: 0, value: 0, kind: 0, page: 0, mentions: 0, inGold: 0, unwanted: 0 };
  tally.kinds.set(kind, known);
  return known;
}

function squeeze(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s*_`]+/g, " ")
    .trim();
}
