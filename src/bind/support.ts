import type { Candidate } from "./candidate.ts";
import { gapOf, widthOf } from "./evidence.ts";
import { nearnessOf, type Place } from "./surroundings.ts";

/** How often the same relation holds, and does not hold, for other figures that stand as the claim does. */
export interface Support {
  readonly holds: number;
  readonly fails: number;
}

/** What disagrees by more than this, in logarithms, does not hold. */
const LEAST_OFF = 0.03;

/** A test that is wider than this says little. */
const WIDEST = 0.2;

/** Looks every relation up among the candidates of all claims: the lines of a table, and the items of a list, were worked out alike. */
export function supportOf(all: readonly Candidate[], places: readonly Place[]): (candidate: Candidate) => Support {
  const holds = new Map<string, Set<number>>();
  const fails = new Map<string, Set<number>>();
  const keys = new Map<Candidate, string | null>();
  for (const candidate of all) {
    if (widthOf(candidate) > WIDEST) continue;
    const key = signatureOf(candidate, places);
    keys.set(candidate, key);
    if (key === null) continue;
    const gap = gapOf(candidate.claim.strict, candidate.strict);
    const map = gap <= 0.004 ? holds : gap > LEAST_OFF ? fails : null;
    if (map === null) continue;
    const known = map.get(key);
    if (known === undefined) map.set(key, new Set([candidate.claim.at]));
    else known.add(candidate.claim.at);
  }
  return (candidate) => {
    const key = keys.has(candidate) ? (keys.get(candidate) ?? null) : signatureOf(candidate, places);
    if (key === null) return NONE;
    const [held, failed] = [holds.get(key), fails.get(key)];
    const own = candidate.claim.at;
    const holding = (held?.size ?? 0) - (held?.has(own) === true ? 1 : 0);
    // A claim that holds by the same relation from another premise does not fail.
    const failing = failed === undefined ? 0 : firstOf(failed, MOST_FAILING).filter((at) => at !== own && held?.has(at) !== true).length;
    return { holds: holding, fails: failing };
  };
}

const MOST_FAILING = 8;

function firstOf(all: ReadonlySet<number>, most: number): readonly number[] {
  const first: number[] = [];
  for (const each of all) {
    if (first.length >= most) break;
    first.push(each);
  }
  return first;
}

const NONE: Support = { holds: 0, fails: 0 };

/** One text for candidates that are built alike; null for those that say nothing of others. */
function signatureOf({ claim, terms, shape, series, definitions, counts }: Candidate, places: readonly Place[]): string | null {
  const place = places[claim.at];
  if (place === undefined || counts.length > 0) return null;
  const known = definitions.map(({ definition, sign }) => `${sign}${definition.id}`).join();
  if (shape === "sum") return place.grid === null ? null : `${place.grid.table} ${place.mention.cell?.row} ${series} ${terms.length}`;
  const told = terms.map(({ value, sign }) => {
    const other = places[value.at];
    if (other === undefined) return "";
    const isOfLine =
      place.grid !== null && other.grid !== null && other.grid.table === place.grid.table && other.grid.line === place.grid.line;
    if (isOfLine) return `${sign}c${other.grid?.across}`;
    if (place.grid !== null) return `${sign}@${value.at}`;
    return `${sign}${value.quantity.mention.kind} ${value.key} ${nearnessOf(place, other)}`;
  });
  const where = place.grid === null ? place.mention.kind : `${place.grid.table} ${place.grid.across}`;
  return `${where} ${claim.key} ${shape} ${[...told].sort().join()} ${known}`;
}
