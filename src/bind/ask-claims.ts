import { spokenIn } from "../language/spoken.ts";
import { tokensOf } from "../language/tokenize.ts";
import { dimensionOfPhrase, unitAt, unitReader } from "../language/unit-phrase.ts";
import type { Catalog } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import type { MentionId, Statement } from "../model/mention.ts";
import type { Quantity } from "../model/quantity.ts";
import type { Attachment } from "../model/run.ts";
import { operandsIn } from "../model/written-value.ts";
import type { Listener, PartsTold } from "./asked-of.ts";
import type { Candidate } from "./candidate.ts";
import { candidatesFor } from "./candidates.ts";
import { countsNear, countsOf, leavesOut, partsToldWith, type ReaderOf } from "./counts.ts";
import { type Cue, cueOf } from "./cues.ts";
import { keyOf, readDimensions } from "./dimensions.ts";
import { type Features, featuresOf, featuresOfNone, hasPeersNear, multipliersOf, tellFeatures, tellNone } from "./features.ts";
import { isTimesPue, Known } from "./known.ts";
import { printOf } from "./print.ts";
import { type Ledger, ledgerOf } from "./reach.ts";
import { RelationTable, relationsIn, type Support, supportsFor, Taken } from "./support.ts";
import { type Place, placesOf } from "./surroundings.ts";
import { DERIVED } from "./typed-value.ts";

/** A figure with every way in which it may have been worked out, and what speaks for each. */
export interface AskedClaim {
  readonly place: Place;
  readonly at: number;
  /** How many figures stand around it, itself among them. */
  readonly figures: number;
  readonly cue: Cue;
  /** The ways, the same at each time; found when they are asked for, since they are many. */
  readonly find: () => readonly Candidate[];
  /** Of each of these ways, in their order. */
  readonly features: (candidates: readonly Candidate[]) => readonly Features[];
  /** Whether figures can give the claim in that way at all, by what the others tell of them. */
  readonly isPossible: (candidate: Candidate) => boolean;
  readonly tell: (candidate: Candidate, index: number, listener: Listener) => void;
  /** How often the same relation holds for others that stand as the claim does. */
  readonly supportOf: (index: number) => Support;
  /** Whether a way leaves out a count of what the words of the claim tell all of. */
  readonly leavesOut: (candidate: Candidate) => boolean;
  readonly tellNone: (listener: Listener) => void;
  readonly featuresOfNone: () => Features;
}

export interface Asked {
  readonly catalog: Catalog;
  readonly document: Document;
  readonly quantities: readonly Quantity[];
  readonly attachments: ReadonlyMap<MentionId, Attachment>;
  readonly statements: readonly Statement[];
}

export interface AskedClaims {
  readonly ledger: Ledger;
  /** Claim by claim, for what is worked out of one is let go with it. */
  readonly claims: () => IteratorObject<AskedClaim, undefined>;
}

const NO_PARTS: PartsTold = new Map();

const NO_SUPPORT: Support = { holds: 0, fails: 0, isOutdone: false, isKept: false };

/** Figures of a document whose candidates are kept until they are weighed. */
const MOST_KEPT = 600;

/** Asks of every figure how it may have been worked out from the others. */
export function askClaims({ catalog, document, quantities, attachments, statements }: Asked): AskedClaims {
  const operands = operandsIn(
    statements,
    quantities.map(({ mention }) => mention),
  );
  const places = placesOf(document, quantities, attachments);
  const ledger = ledgerOf(catalog, document.text, places);
  const cues: readonly Cue[] = places.map((_, at) => cueOf(catalog, document, places, at));
  const { languages } = spokenIn(catalog, document.text);
  const readerOf: ReaderOf = ({ start, end }) => unitReader(catalog, tokensOf(catalog, document.text.slice(start, end), languages));
  const counts = countsOf(readerOf, document, places);
  const findAll = (at: number): readonly Candidate[] =>
    withPue(
      (ledger.byPlace[at] ?? []).flatMap((value) => (value.change !== null ? [] : candidatesFor(catalog, ledger, value, counts, cues))),
    );
  const table = new RelationTable();
  const relationOf = relationsIn(ledger, table);
  // Candidates of very many figures are found again when their claim is weighed: kept, all later ones would be taken for lasting, too.
  const areKept = places.length <= MOST_KEPT;
  const taken = new Taken();
  const known = new Known(places);
  const hasPue = places.some(({ mention }) => mention.kind === "pue");
  const found = places.map((_, at) => {
    const candidates = findAll(at);
    const relations = new Int32Array(candidates.length);
    let index = 0;
    for (const candidate of candidates) {
      const relation = relationOf(candidate);
      relations[index] = relation;
      index += 1;
      table.note(relation, candidate);
      taken.note(candidate);
      known.note(candidate);
    }
    return { relations, candidates: areKept ? candidates : null, isLimited: hasPue && candidates.some(isTimesPue) };
  });
  const claimsAt = (at: number): readonly AskedClaim[] => {
    const [place, cue, claim, own] = [places[at], cues[at], ledger.byPlace[at]?.[0], found[at]];
    if (place === undefined || cue === undefined || claim === undefined || own === undefined) return [];
    // What holds the PUE is not multiplied by it again; which energies do is known once all are looked at.
    const isPossible = (candidate: Candidate): boolean => !known.isPueTwice(candidate);
    const all = own.isLimited ? (own.candidates ?? findAll(at)) : null;
    const left = all?.map(isPossible) ?? null;
    const relations = left === null ? own.relations : own.relations.filter((_, index) => left[index]);
    let candidates = all?.filter((_, index) => left?.[index]) ?? own.candidates;
    const find = (): readonly Candidate[] => {
      candidates ??= findAll(at);
      return candidates;
    };
    if (relations.length === 0 || operands.has(place.mention.id)) return [];
    const near = countsNear(counts, place);
    // All that is told is told of the place of a claim, whichever reading of it a candidate has.
    const asked = {
      ledger,
      claim,
      place,
      cue,
      cues,
      print: printOf(claim),
      taken: taken.by(claim),
      known,
      counts: near,
      // Only what is counted near by is looked for in the words of the claim.
      parts: near.length === 0 ? NO_PARTS : partsToldWith(readerOf, document, places, at),
      compared: comparedIn(readerOf, document, place),
      multipliers: multipliersOf(ledger, at),
      hasPeers: hasPeersNear(ledger, claim),
      choices: new Map(),
    };
    let supports: readonly Support[] | null = null;
    const supportOf = (index: number): Support => {
      supports ??= supportsFor(table, relations, at);
      return supports[index] ?? NO_SUPPORT;
    };
    return [
      {
        place,
        at,
        figures: ledger.company(at),
        cue,
        find,
        isPossible,
        features: (candidates) => candidates.map((candidate, index) => featuresOf(asked, candidate, supportOf(index))),
        tell: (candidate, index, listener) => tellFeatures(asked, candidate, supportOf(index), listener),
        supportOf,
        leavesOut: (candidate) => leavesOut(asked, candidate),
        tellNone: ({ add }) => tellNone(asked, add),
        // No getter: an object with one has a class of its own, which outlives the claim and keeps all that it holds.
        featuresOfNone: () => featuresOfNone(asked),
      },
    ];
  };
  return { ledger, claims: () => ledger.byPlace.keys().flatMap(claimsAt) };
}

/** What is told to hold the PUE was worked out with it, where it is there to be worked out with. */
function withPue(candidates: readonly Candidate[]): readonly Candidate[] {
  const isTold = candidates[0]?.claim.quantity.mention.qualifiers.includes("with-pue") ?? false;
  if (!isTold) return candidates;
  const used = candidates.filter(({ terms }) => terms.some(({ value, sign }) => sign > 0 && value.quantity.mention.kind === "pue"));
  return used.length > 0 ? used : candidates;
}

/** Characters behind a ratio in which it says of what it is. */
const REACH_OF_COMPARED = 40;

/** The dimension of the unit that a ratio names right behind it; null for none. */
function comparedIn(readerOf: ReaderOf, { text }: Document, { mention }: Place): string | null {
  if (mention.kind !== "ratio" || mention.cell !== null) return null;
  const end = Math.min(mention.sentence.end, mention.number.span.end + REACH_OF_COMPARED);
  const stop = text.slice(mention.number.span.end, end).search(/[.,;:()]/);
  const reader = readerOf({ start: mention.number.span.end, end: stop < 0 ? end : mention.number.span.end + stop });
  for (const at of reader.tokens.keys()) {
    const unit = unitAt(reader, at, 0);
    const dimensions = unit === null ? null : readDimensions(dimensionOfPhrase(unit), DERIVED);
    if (dimensions !== null && PLAIN.every((name) => dimensions[name] === undefined)) return keyOf(dimensions);
  }
  return null;
}

/** What the ratio itself is told in. */
const PLAIN: readonly string[] = ["multiple", "share", "1"];
