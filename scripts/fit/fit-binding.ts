/**
 * Fits the priors of bindings: conditional logistic regression over the candidates of each claim and "none of them".
 *
 * The arithmetic that the gold gives for a check says which candidates are right, whatever the claim says; of a figure without a check
 * none is. Deterministic. Features have amounts, and weights are hundredths of a natural logarithm.
 */

import { attachMentions } from "../../src/attach/attach-mentions.ts";
import { type AskedClaim, type AskedClaims, askClaims } from "../../src/bind/ask-claims.ts";
import type { Candidate } from "../../src/bind/candidate.ts";
import { WEIGHT_SCALE } from "../../src/bind/feature-names.ts";
import type { Features } from "../../src/bind/features.ts";
import { equationOf } from "../../src/bind/signatures.ts";
import { extractMentions } from "../../src/extract/extract-mentions.ts";
import type { Catalog } from "../../src/model/catalog.ts";
import type { Document } from "../../src/model/document.ts";
import type { MentionId, Statement } from "../../src/model/mention.ts";
import type { Quantity } from "../../src/model/quantity.ts";
import type { Attachment } from "../../src/model/run.ts";
import { overlaps } from "../../src/model/span.ts";
import { normalizeMentions } from "../../src/normalize/normalize-mentions.ts";
import { type GoldFigure, type GoldPassage, mentionsOfPassage } from "../score/gold-mentions.ts";
import { withPrint } from "../score/gold-print.ts";

export interface GoldCheck {
  readonly stated: string;
  readonly kind: string;
  readonly verdict: string;
  readonly value?: number;
  readonly how?: string;
  /** The passage that it is of, where several are one document. */
  readonly part?: string;
}

/** A passage with its checks, and with its figures as the binder sees them. */
export interface BoundPassage {
  readonly passage: GoldPassage;
  readonly checks: readonly GoldCheck[];
  readonly document: Document;
  readonly quantities: readonly Quantity[];
  readonly attachments: ReadonlyMap<MentionId, Attachment>;
  readonly statements: readonly Statement[];
  readonly goldOf: ReadonlyMap<MentionId, GoldFigure>;
  readonly lost: number;
}

/** The figures of a passage with what the gold attaches to them. */
export async function boundPassage(catalog: Catalog, passage: GoldPassage, checks: readonly GoldCheck[]): Promise<BoundPassage | null> {
  const read = await mentionsOfPassage(catalog, passage);
  if (read === null) return null;
  const { document, goldOf, lost } = read;
  const mentions = read.mentions.map((mention) => {
    const gold = goldOf.get(mention.id);
    return gold === undefined ? mention : withPrint(catalog, mention, gold);
  });
  const attachments: ReadonlyMap<MentionId, Attachment> = new Map(
    mentions.map(({ id, role }) => {
      const gold = goldOf.get(id);
      return [id, { subject: gold?.subject ?? null, hardware: gold?.hardware ?? null, products: [], role }];
    }),
  );
  return {
    passage,
    checks,
    document,
    goldOf,
    statements: [],
    quantities: normalizeMentions(catalog, mentions, attachments),
    attachments,
    lost: lost.length,
  };
}

/** The passage with the figures that the tool reads, and what it attaches to them. */
export function asRead(catalog: Catalog, bound: BoundPassage): BoundPassage {
  const { extraction, attachments } = attachMentions(catalog, bound.document, extractMentions(catalog, bound.document));
  const known = bound.quantities.map(({ mention }) => mention);
  const goldOf = new Map<MentionId, GoldFigure>();
  for (const { id, number } of extraction.mentions) {
    const meant = known.find((mention) => overlaps(mention.number.span, number.span));
    const gold = meant === undefined ? undefined : bound.goldOf.get(meant.id);
    if (gold !== undefined) goldOf.set(id, gold);
  }
  const quantities = normalizeMentions(catalog, extraction.mentions, attachments);
  return { ...bound, quantities, attachments, statements: extraction.statements, goldOf };
}

/** One claim with its candidates: which are right. The first is that none is. */
export interface BindingExample {
  readonly group: string;
  /** How much it counts; 1 where it is not told. */
  readonly weight?: number;
  readonly candidates: readonly { readonly features: Features; readonly isRight: boolean }[];
}

/** How near a candidate must come to the arithmetic of the gold. */
const SAME = 0.004;

export function examplesOf(
  catalog: Catalog,
  bound: BoundPassage,
  asked: AskedClaims = askClaims({ catalog, ...bound }),
): readonly BindingExample[] {
  return asked
    .claims()
    .flatMap((claim) => {
      const gold = bound.goldOf.get(claim.place.mention.id);
      if (gold === undefined) return [];
      const check = checkOf(bound, gold);
      // The gold tells a relation once; the figures that it also gives are no examples of what is worked out from nothing.
      if (check === undefined && claim.find().some(isGiven)) return [];
      const example = { group: bound.passage.genre, candidates: candidatesOf(claim, gold, check) };
      return example.candidates.some(({ isRight }) => isRight) ? [example] : [];
    })
    .toArray();
}

function isGiven(candidate: Candidate): boolean {
  return candidate.shape === "product" && Math.abs(candidate.log - candidate.claim.log) < SAME && equationOf(candidate)?.isForward === true;
}

/** The check of a figure: of all figures whose phrase holds what is stated, or is held by it, it is the one of that kind and most like it. */
export function checkOf({ passage, checks }: BoundPassage, gold: GoldFigure): GoldCheck | undefined {
  return checks.find(({ stated, kind, part }) => {
    if (part !== gold.part || (!gold.phrase.includes(stated) && !stated.includes(gold.phrase))) return false;
    const unlike = (figure: GoldFigure): number =>
      Math.abs(figure.phrase.length - stated.length) + (figure.kind === kind ? 0 : stated.length);
    const alike = passage.quantities.filter(
      (other) => other.part === part && (other.phrase.includes(stated) || stated.includes(other.phrase)),
    );
    const [most] = alike.sort((left, right) => unlike(left) - unlike(right));
    return most === gold;
  });
}

/** What the gold works a claim out to, as a part of what is stated; null where it works out nothing. */
export function partOf(gold: GoldFigure, check: GoldCheck | undefined): number | null {
  return check?.how === undefined || check.how === "" ? null : arithmetic(check.how) / (check.value ?? gold.value);
}

/** Whether a candidate comes to what the gold works a claim out to. */
export function worksOut(candidate: Candidate, how: number | null): boolean {
  return how !== null && Math.abs(candidate.log - candidate.claim.log - Math.log(how)) < SAME;
}

function candidatesOf(claim: AskedClaim, gold: GoldFigure, check: GoldCheck | undefined): BindingExample["candidates"] {
  const how = partOf(gold, check);
  const candidates = claim.find();
  const features = claim.features(candidates);
  return [
    { features: claim.featuresOfNone(), isRight: how === null },
    ...candidates.map((candidate, index) => ({
      features: features[index] ?? new Map(),
      isRight: worksOut(candidate, how),
    })),
  ];
}

/** The value of plain arithmetic; the gold has nothing but numbers, operators and parentheses. */
function arithmetic(how: string): number {
  if (!/^[\d\s.+\-*/()e]+$/.test(how)) throw new Error(`no arithmetic: ${how}`);
  return Number(Function(`return (${how})`)());
}

const ROUNDS = 90;
const DECAY = 1.5;
const FEWEST = 3;

/** Integer weights by feature, in the order of the alphabet. */
export function fitBinding(examples: readonly BindingExample[]): Readonly<Record<string, number>> {
  const index = indexOf(examples);
  const encoded = examples.map(encode(index));
  const size = index.size;
  const [weights, first, second] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  const isPenalty = [...index.keys()].map((name) => name.startsWith("unused"));
  for (let round = 1; round <= ROUNDS; round += 1) {
    const gradient = weights.map((weight) => DECAY * weight);
    for (const example of encoded) addGradient(gradient, weights, example);
    const rate = round < ROUNDS * 0.6 ? 0.2 : 0.06;
    for (let at = 0; at < size; at += 1) {
      const slope = gradient[at] ?? 0;
      first[at] = 0.9 * (first[at] ?? 0) + 0.1 * slope;
      second[at] = 0.98 * (second[at] ?? 0) + 0.02 * slope * slope;
      const step = (first[at] ?? 0) / (1 - 0.9 ** round) / (Math.sqrt((second[at] ?? 0) / (1 - 0.98 ** round)) + 1e-6);
      weights[at] = Math.min((weights[at] ?? 0) - rate * step, isPenalty[at] === true ? 0 : Infinity);
    }
  }
  const rounded = [...index].map(([name, at]) => [name, Math.round((weights[at] ?? 0) * WEIGHT_SCALE)] as const);
  return Object.fromEntries(rounded.filter(([, weight]) => weight !== 0).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function indexOf(examples: readonly BindingExample[]): ReadonlyMap<string, number> {
  const seen = new Map<string, number>();
  for (const { candidates } of examples)
    for (const name of new Set(candidates.flatMap(({ features }) => [...features.keys()]))) seen.set(name, (seen.get(name) ?? 0) + 1);
  const kept = [...seen].flatMap(([name, count]) => (count >= FEWEST ? [name] : []));
  return new Map(kept.sort().map((name, at) => [name, at]));
}

interface Encoded {
  readonly weight: number;
  readonly offsets: Int32Array;
  readonly at: Int32Array;
  readonly amounts: Float64Array;
  readonly isRight: readonly boolean[];
}

function encode(index: ReadonlyMap<string, number>): (example: BindingExample) => Encoded {
  return ({ candidates, weight = 1 }) => {
    const [offsets, at, amounts]: [number[], number[], number[]] = [[0], [], []];
    for (const { features } of candidates) {
      for (const [name, amount] of features) {
        const place = index.get(name);
        if (place === undefined) continue;
        at.push(place);
        amounts.push(amount);
      }
      offsets.push(at.length);
    }
    return {
      weight,
      offsets: Int32Array.from(offsets),
      at: Int32Array.from(at),
      amounts: Float64Array.from(amounts),
      isRight: candidates.map(({ isRight }) => isRight),
    };
  };
}

function addGradient(gradient: Float64Array, weights: Float64Array, { weight, offsets, at, amounts, isRight }: Encoded): void {
  const scores = isRight.map((_, candidate) => {
    let score = 0;
    for (let k = offsets[candidate] ?? 0; k < (offsets[candidate + 1] ?? 0); k += 1)
      score += (weights[at[k] ?? 0] ?? 0) * (amounts[k] ?? 0);
    return score;
  });
  const most = scores.reduce((left, right) => Math.max(left, right), -Infinity);
  const shares = scores.map((score) => Math.exp(score - most));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const right = shares.reduce((sum, share, candidate) => (isRight[candidate] === true ? sum + share : sum), 0);
  for (const [candidate, share] of shares.entries()) {
    const slope = weight * (share / total - (isRight[candidate] === true ? share / right : 0));
    if (Math.abs(slope) < 1e-6) continue;
    for (let k = offsets[candidate] ?? 0; k < (offsets[candidate + 1] ?? 0); k += 1) {
      const place = at[k] ?? 0;
      gradient[place] = (gradient[place] ?? 0) + slope * (amounts[k] ?? 0);
    }
  }
}
