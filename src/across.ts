/**
 * Figures of many documents come in; what documents tell differently of the same training run goes out.
 *
 * One name is no proof of one run: models are trained again, on other machines, by others. Two documents tell of the same run where
 * other figures than the one in question agree, and none of their hardware differs.
 * A document that tells several values of a kind, none of which is the one of the run, is not compared in that kind.
 */
import { append, largest, smallest } from "./model/many.ts";
import type { MentionKind } from "./model/mention.ts";
import type { AcrossResult, Drift, ToldFigure, ToldReading } from "./model/told-figure.ts";

/** Lists what drifts between documents. The order of the documents decides the order of what is listed, and nothing else. */
export function findDrifts(figures: readonly ToldFigure[]): AcrossResult {
  const names = Map.groupBy(figures.filter(isTold), ({ subject, quote }) => runName(subject + versionAfter(subject, quote)));
  const drifts: Drift[] = [];
  let [runs, alike] = [0, 0];
  for (const [name, told] of names) {
    if (isNoName(name)) continue;
    const accounts = accountsOf(told);
    if (accounts.length < 2) continue;
    const compared = comparedAccounts(accounts, hasVariants(name, [...names.keys()]) ? PROOF_OF_FAMILY : PROOF);
    if (compared.pairs > 0) runs += 1;
    alike += compared.alike;
    append(drifts, compared.drifts);
  }
  return { runs, alike, drifts };
}

/** "XLNet-Large", "XLNet large" and "XLNET_LARGE" are one name; "GPT-3 1.3B" and "GPT-3 13B" are two. */
export function runName(subject: string): string {
  return subject
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/(?<!\d)\.|\.(?!\d)/g, "")
    .replaceAll(/[^\p{L}\p{N}.]/gu, "");
}

/** A version that stands apart from the name: "v2" in "Plover v2 was"; not the "2" in "Plover 2 days". */
const VERSION = /^[\s-]*v(?:ersion\s)?\d+(?:\.\d+)?\b/i;

/** The version that the sentence gives the name, which is no part of the name as it is read; "" where it gives none. */
function versionAfter(subject: string, quote: string): string {
  const at = quote.indexOf(subject);
  return at < 0 ? "" : (VERSION.exec(quote.slice(at + subject.length))?.[0] ?? "");
}

/** Kinds that a run has one value of. Rates, sizes of memory and ratios depend on the moment at which they are taken. */
const KINDS: readonly MentionKind[] = [
  ...(["accelerators", "wall-time", "accelerator-hours", "cost", "energy", "carbon"] as const),
  ...(["flop", "parameters", "tokens", "samples", "steps", "epochs", "batch"] as const),
];

/** Figures that are too vague to differ. */
const VAGUE_HEDGES: ReadonlySet<string> = new Set(["estimated", "order-of-magnitude"]);

function isTold({ kind, hedge, readings }: ToldFigure): boolean {
  return KINDS.includes(kind) && readings.length > 0 && !(hedge !== null && VAGUE_HEDGES.has(hedge));
}

/** A size and nothing else: "13b", "1.3b", "350m"; not "t511b". */
const SIZE = /^\d+(?:\.\d+)?[kmbt]?$/;
/** Words that name no model: "large model", "base", "our largest model". */
const GENERIC =
  /^(?:our|the|a|this|full|final|small|medium|base|big|large|largest|smallest|huge|baseline|model|models|system|network|transformer|run)+$/;

/** Whether a name is only a size, or a word for any model. */
function isNoName(name: string): boolean {
  return SIZE.test(name) || GENERIC.test(name.replaceAll(/[^\p{L}]/gu, "")) || name.replaceAll(/\P{L}/gu, "").length < 2;
}

/** Whether documents tell variants of a name apart: of "BERT", beside "BERT-Base" and "BERT-Large", nobody knows which one is meant. */
function hasVariants(name: string, names: readonly string[]): boolean {
  return names.some((other) => other !== name && other.startsWith(name) && VARIANT.test(other.slice(name.length)));
}

/** What makes a variant of the name before it: "65b", "base", "v2", ".1405b"; not "net", the rest of another name. */
const VARIANT = /^(?:[\d.]|v\d|tiny|mini|small|medium|base|big|large|xl|huge)/;

/** What one document says of a run: the values of each kind, each once. */
interface Account {
  readonly source: string;
  readonly sha256: string | null;
  readonly kinds: ReadonlyMap<string, readonly ToldFigure[]>;
}

function accountsOf(told: readonly ToldFigure[]): readonly Account[] {
  const accounts = [...Map.groupBy(told, ({ source }) => source)].map(([source, own]) => ({
    ...{ source, sha256: own[0]?.sha256 ?? null },
    kinds: Map.groupBy(own, scopeOf),
  }));
  // Copies of a file say nothing twice.
  return accounts.filter(({ sha256 }, index) => sha256 === null || accounts.findIndex((other) => other.sha256 === sha256) === index);
}

/** Figures of one kind, for one of the same, about the same stage. */
function scopeOf({ kind, per, stage }: ToldFigure): string {
  return `${kind}|${per ?? ""}|${stage ?? ""}`;
}

function comparedAccounts(
  accounts: readonly Account[],
  enough: number,
): { readonly pairs: number; readonly alike: number; readonly drifts: readonly Drift[] } {
  const drifts = new Map<string, { readonly figures: Set<ToldFigure>; readonly agreed: Set<MentionKind> }>();
  let [pairs, alike] = [0, 0];
  for (const [index, left] of accounts.entries()) {
    for (const right of accounts.slice(index + 1)) {
      if (!mayBeOneRun(left, right)) continue;
      const agreements = agreementsOf(left, right);
      if (proofOf(agreements, null) < enough) continue;
      pairs += 1;
      alike += agreements.length;
      for (const [scope, figures] of left.kinds) {
        const difference = differenceOf(figures, right.kinds.get(scope) ?? []);
        if (difference === null) continue;
        const others = agreements.filter(({ kind }) => kind !== difference[0].kind);
        if (proofOf(others, difference[0].kind) < enough) continue;
        const drift = drifts.get(scope) ?? { figures: new Set(), agreed: new Set() };
        for (const figure of difference) drift.figures.add(figure);
        for (const { kind } of others) drift.agreed.add(kind);
        drifts.set(scope, drift);
      }
    }
  }
  return { pairs, alike, drifts: [...drifts.values()].flatMap(({ figures, agreed }) => driftOf([...figures], [...agreed])) };
}

function driftOf(figures: readonly ToldFigure[], agreed: readonly MentionKind[]): readonly Drift[] {
  const [first] = figures;
  if (first === undefined) return [];
  const values = figures.map(({ readings }) => readings[0]?.value ?? 0);
  return [{ subject: first.subject, kind: first.kind, figures, ratio: largest(values) / smallest(values), agreed }];
}

/** Two accounts that name different products tell of two runs. */
function mayBeOneRun(left: Account, right: Account): boolean {
  const [one, other] = [left, right].map(
    ({ kinds }) => new Set([...kinds.values()].flat().flatMap(({ hardware }) => productOf(hardware) ?? [])),
  );
  if (one === undefined || other === undefined || one.size === 0 || other.size === 0) return true;
  return [...one].some((product) => [...other].some((candidate) => product.includes(candidate) || candidate.includes(product)));
}

/** Names of no product: "GPU", "TPUs"; "Cloud TPU" tells no version. */
const BARE_HARDWARE = /^(?:cloud|nvidia|google)*(?:gpu|tpu)s?$/;

function productOf(hardware: string | null): string | null {
  const name = hardware === null ? "" : runName(hardware).replace(/^(?:nvidia|google|cloud)+/, "");
  return name === "" || BARE_HARDWARE.test(name) ? null : name;
}

/** A figure in which two documents agree. */
interface Agreement {
  readonly kind: MentionKind;
  readonly proof: number;
}

function agreementsOf(left: Account, right: Account): readonly Agreement[] {
  return KINDS.flatMap((kind) => {
    const [mine, theirs] = [left, right].map(({ kinds }) => [...kinds.values()].flat().filter((figure) => figure.kind === kind));
    const proofs = (mine ?? []).flatMap((one) => (theirs ?? []).filter((other) => isSame(one, other)).map((other) => proofIn(one, other)));
    return proofs.length === 0 ? [] : [{ kind, proof: largest(proofs) }];
  });
}

/** What is enough to take two accounts of one name for accounts of one run. */
const PROOF = 2;
/** The same where the name has variants, so that it says little itself. */
const PROOF_OF_FAMILY = 4;
/** A figure of so many digits is not the same by chance. */
const PROVING_DIGITS = 3;
/** So many accelerators of one product are not the same by chance; one, or eight, are. */
const PROVING_ACCELERATORS = 16;

/** What it says for one run that these two figures are the same. */
function proofIn(one: ToldFigure, other: ToldFigure): number {
  const value = one.readings[0]?.value ?? 0;
  // The size of a model is the same however often it is trained.
  if (one.kind === "parameters") return 0;
  if (value <= 1) return 0;
  if (one.kind === "accelerators") {
    const isNamed = productOf(one.hardware) !== null && productOf(other.hardware) !== null;
    return value >= PROVING_ACCELERATORS && isNamed ? 2 : value >= PROVING_ACCELERATORS / 2 ? 1 : 0;
  }
  return digitsOf(one.text) >= PROVING_DIGITS && digitsOf(other.text) >= PROVING_DIGITS ? 2 : 1;
}

/** Digits that say something: "1,022,362" has seven, "500K" one. */
function digitsOf(text: string): number {
  const [number = ""] = /\d[\d,.]*/.exec(text) ?? [];
  return number.replaceAll(/[,.]/g, "").replace(/^0+/, "").replace(/0+$/, "").length;
}

/** What agrees beside a kind that may differ. */
function proofOf(agreements: readonly Agreement[], differing: MentionKind | null): number {
  return agreements.filter(({ kind }) => kind !== differing).reduce((sum, { proof }) => sum + proof, 0);
}

/** Whether two figures agree as printed. */
function isSame(one: ToldFigure, other: ToldFigure): boolean {
  return (
    one.per === other.per &&
    admissible(one).some((mine) => admissible(other).some((theirs) => mine.unit === theirs.unit && meet(mine, theirs)))
  );
}

/** The figures of two documents that cannot be the same: each document has one value, and no reading of one meets one of the other. */
function differenceOf(left: readonly ToldFigure[], right: readonly ToldFigure[]): readonly [ToldFigure, ToldFigure] | null {
  const [one, other] = [left[0], right[0]];
  if (one === undefined || other === undefined) return null;
  if (left.some((figure) => !isSame(figure, one)) || right.some((figure) => !isSame(figure, other))) return null;
  const [mine, theirs] = [admissible(one), admissible(other)];
  if (mine[0]?.unit !== theirs[0]?.unit) return null;
  const isApart = left.every((each) => right.every((against) => !isSame(each, against)));
  // Units that one of them could also be in are not compared.
  const units = new Set([...mine, ...theirs].map(({ unit }) => unit));
  if (!isApart || units.size > 1) return null;
  return isClearlyApart(mine, theirs) ? [one, other] : null;
}

/** What is closer than this may be another rounding of the same. */
const CLEARLY_APART = 1.03;

function isClearlyApart(mine: readonly ToldReading[], theirs: readonly ToldReading[]): boolean {
  return mine.every((one) => theirs.every((other) => one.low > other.high * CLEARLY_APART || other.low > one.high * CLEARLY_APART));
}

/** A reading with less weight is not taken for what is meant. */
const LEAST_WEIGHT = 0.1;

function admissible({ readings }: ToldFigure): readonly ToldReading[] {
  return readings.filter(({ weight }) => weight >= LEAST_WEIGHT);
}

function meet(one: ToldReading, other: ToldReading): boolean {
  return one.low <= other.high && other.low <= one.high;
}
