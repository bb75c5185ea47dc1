import type { Catalog } from "../model/catalog.ts";
import type { Compared, Finding } from "../model/finding.ts";
import type { Quantity } from "../model/quantity.ts";
import type { Linked } from "../model/run.ts";
import { isOpen, LEAST_FACTOR, ownSlipOf } from "./diagnose.ts";
import { factorsOf, usesIn } from "./digit-slips.ts";
import { runsByMention } from "./quantities-by-id.ts";

/** One way in which a slip is made. */
export interface Way {
  readonly id: string;
  /** The ratio that it leaves, as a logarithm. */
  readonly log: number;
  readonly tolerance: number;
  /** How often the slip is made in this way. */
  readonly share: number;
}

/** How far from a factor a slip leaves a ratio, rounding aside, where its rule leaves less. */
export const USUAL_REACH = 0.005;

/** All slips that figures leave room for, of which the first is the claim: those of the rules, and those of figures beside it in its run. */
export function triedSlips(catalog: Catalog, linked: Linked, figures: readonly Quantity[]): readonly Way[] {
  return [...fromRules(catalog, figures), ...fromCounts(linked, figures)];
}

function fromRules(catalog: Catalog, figures: readonly Quantity[]): readonly Way[] {
  const readings = figures.flatMap(({ readings: all }) => all);
  const gates = {
    slots: new Set<string>(readings.map(({ slot }) => slot)),
    units: new Set<string>(readings.map(({ printed }) => printed.unit)),
    hardware: new Set<string>(readings.flatMap(({ hardware }) => hardware ?? [])),
  };
  return catalog.diagnoses
    .filter((diagnosis) => isOpen(catalog, diagnosis, gates))
    .flatMap(({ id, factors, tolerance }) => {
      // Factors stand in the order of how often they are met.
      const ranks = factors.map((_, index) => 1 / (index + 1));
      const all = ranks.reduce((sum, rank) => sum + rank, 0);
      return factors.flatMap((factor, index) =>
        eitherWay({ id, log: Math.log(factor), tolerance: Math.max(tolerance, USUAL_REACH), share: (ranks[index] ?? 0) / all }),
      );
    });
}

function fromCounts({ runs }: Linked, [claim, ...premises]: readonly Quantity[]): readonly Way[] {
  if (claim === undefined) return [];
  const beside = runsByMention(runs).get(claim.mention.id)?.quantities ?? [];
  const logs = new Map<string, Set<number>>();
  for (const { mention, readings } of [...premises, ...beside]) {
    const id = ownSlipOf(mention.kind);
    const value = readings[0].width.face;
    if (id === null || !(value > LEAST_FACTOR)) continue;
    const known = logs.get(id) ?? new Set();
    logs.set(id, known.add(Math.log(value)));
  }
  return [...logs].flatMap(([id, all]) => [...all].flatMap((log) => eitherWay({ id, log, tolerance: USUAL_REACH, share: 1 / all.size })));
}

/** What is taken for another thing, and the other for it. */
function eitherWay(way: Way): readonly Way[] {
  return [1, -1].map((sign) => ({ ...way, log: sign * way.log, share: way.share / 2 }));
}

/** Logarithms of the ratios that would be left if what the figures bring up were forgotten. */
interface BroughtUp {
  /** What is converted by facts of the product, each by itself and all together, and the counts that are multiplied with. */
  readonly forgotten: readonly number[];
  /** What is converted by the definition of a unit, either way. */
  readonly units: readonly number[];
}

export function broughtUpBy(finding: Finding & Compared, figures: readonly Quantity[]): BroughtUp {
  const uses = usesIn(finding.steps);
  const facts = new Set<number>();
  const counts: number[] = [];
  const units: number[] = [];
  for (const { mention, readings } of figures) {
    const isClaim = mention.id === finding.claim;
    const ways = factorsOf(finding, uses, mention.id).map((factor) => (isClaim || factor !== finding.ratio ? -1 : 1));
    for (const { operator, figure, fact } of readings.flatMap(({ conversion }) => conversion)) {
      const log = Math.log(figure.value);
      if (fact === null) units.push(log, -log);
      else for (const way of ways) facts.add((operator === "*" ? -way : way) * log);
    }
    if (!isClaim && ownSlipOf(mention.kind) !== null) for (const way of ways) counts.push(-way * Math.log(readings[0].width.face));
  }
  return { forgotten: [...facts, ...counts, [...facts].reduce((sum, log) => sum + log, 0)], units };
}
