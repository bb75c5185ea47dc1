/**
 * How often each slip is what happened, of the wrong claims whose figures leave room for it.
 *
 * Counted on claims whose right working is known from the gold; in hundredths, and never nothing, for what was not met may come.
 */
import { askClaims } from "../../src/bind/ask-claims.ts";
import { widthOf } from "../../src/bind/evidence.ts";
import { isMetBy, slipsOf } from "../../src/bind/slips.ts";
import type { Catalog } from "../../src/model/catalog.ts";
import { type BoundPassage, checkOf, partOf, worksOut } from "./fit-binding.ts";

/** A wrong claim that a slip was open to, and whether its ratio is that of the slip. */
export interface SlipChance {
  readonly group: string;
  readonly id: string;
  readonly isMet: boolean;
}

const WRONG: ReadonlySet<string> = new Set(["inconsistent", "depends"]);

export function slipChances(catalog: Catalog, bound: BoundPassage): readonly SlipChance[] {
  const { ledger, claims } = askClaims({ catalog, ...bound });
  return claims()
    .flatMap((claim): readonly SlipChance[] => {
      const gold = bound.goldOf.get(claim.place.mention.id);
      const check = gold === undefined ? undefined : checkOf(bound, gold);
      if (gold === undefined || check === undefined || !WRONG.has(check.verdict)) return [];
      const how = partOf(gold, check);
      const right = claim.find().find((candidate) => worksOut(candidate, how));
      if (right === undefined) return [];
      const byId = Map.groupBy(slipsOf(catalog, right, ledger.places, claim.cue), ({ id }) => id);
      const [ratio, width] = [right.claim.log - right.log, widthOf(right)];
      return [...byId].map(([id, slips]) => ({
        group: bound.passage.genre,
        id,
        isMet: slips.some((slip) => isMetBy(slip, ratio, width)),
      }));
    })
    .toArray();
}

/** What is believed before anything is counted: one met in so many. */
const BELIEVED = 12;

/** Hundredths by slip, in the order of the alphabet. */
export function slipShares(chances: readonly SlipChance[]): Readonly<Record<string, number>> {
  const byId = Map.groupBy(chances, ({ id }) => id);
  const shares = [...byId].map(([id, all]) => {
    const met = all.filter(({ isMet }) => isMet).length;
    return [id, Math.max(1, Math.round((100 * (met + 1)) / (all.length + BELIEVED)))] as const;
  });
  return Object.fromEntries(shares.sort(([left], [right]) => (left < right ? -1 : 1)));
}
