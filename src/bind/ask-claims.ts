import type { Catalog } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import type { MentionId, Statement } from "../model/mention.ts";
import type { Quantity } from "../model/quantity.ts";
import type { Attachment } from "../model/run.ts";
import { operandsIn } from "../model/written-value.ts";
import type { Candidate } from "./candidate.ts";
import { candidatesFor } from "./candidates.ts";
import { countsOf } from "./counts.ts";
import { type Cue, cueOf } from "./cues.ts";
import { type Features, featuresOf, featuresOfNone, type Listener, multipliersOf, tellFeatures, tellNone } from "./features.ts";
import { type Ledger, ledgerOf } from "./reach.ts";
import { supportOf } from "./support.ts";
import { type Place, placesOf } from "./surroundings.ts";

/** A figure with every way in which it may have been worked out, and what speaks for each. */
export interface AskedClaim {
  readonly place: Place;
  readonly at: number;
  readonly candidates: readonly Candidate[];
  /** Of each candidate, in their order; made when they are asked for, since they are many. */
  readonly features: () => readonly Features[];
  readonly tell: (candidate: Candidate, listener: Listener) => void;
  readonly tellNone: (listener: Listener) => void;
  readonly featuresOfNone: Features;
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
  readonly claims: readonly AskedClaim[];
}

/** Asks of every figure how it may have been worked out from the others. */
export function askClaims({ catalog, document, quantities, attachments, statements }: Asked): AskedClaims {
  const operands = operandsIn(
    statements,
    quantities.map(({ mention }) => mention),
  );
  const places = placesOf(document, quantities, attachments);
  const ledger = ledgerOf(catalog, document.text, places);
  const cues: readonly Cue[] = places.map((_, at) => cueOf(document, places, at));
  const counts = countsOf(document, places);
  const found = ledger.byPlace.map((values) => withPue(values.flatMap((value) => candidatesFor(catalog, ledger, value, counts, cues))));
  const support = supportOf(found, ledger);
  const claims = ledger.byPlace.flatMap((values, at): readonly AskedClaim[] => {
    const [place, cue, [claim], candidates = []] = [places[at], cues[at], values, found[at]];
    if (place === undefined || cue === undefined || claim === undefined || candidates.length === 0 || operands.has(place.mention.id))
      return [];
    // All that is told is told of the place of a claim, whichever reading of it a candidate has.
    const asked = { ledger, claim, place, cue, multipliers: multipliersOf(ledger, at) };
    return [
      {
        place,
        at,
        candidates,
        features: () => candidates.map((candidate) => featuresOf(asked, candidate, support(candidate))),
        tell: (candidate, listener) => tellFeatures(asked, candidate, support(candidate), listener),
        tellNone: ({ add }) => tellNone(asked, add),
        get featuresOfNone() {
          return featuresOfNone(asked);
        },
      },
    ];
  });
  return { ledger, claims };
}

/** What is told to hold the PUE was worked out with it, where it is there to be worked out with. */
function withPue(candidates: readonly Candidate[]): readonly Candidate[] {
  const isTold = candidates[0]?.claim.quantity.mention.qualifiers.includes("with-pue") ?? false;
  if (!isTold) return candidates;
  const used = candidates.filter(({ terms }) => terms.some(({ value, sign }) => sign > 0 && value.quantity.mention.kind === "pue"));
  return used.length > 0 ? used : candidates;
}
