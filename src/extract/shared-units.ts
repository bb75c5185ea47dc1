/** Numbers in a list that have the unit of its last. */
import { hasRole, type NumberToken, senseOf, type Token } from "../language/tokens.ts";
import type { UnitReader } from "../language/unit-phrase.ts";
import type { Figure } from "./figure.ts";

/** "8, 16 and 32 H100s", "$2.20 vs $1.10 an hour": what stands in a list has the unit of its last. */
export function withSharedUnits(reader: UnitReader, figures: readonly Figure[]): readonly Figure[] {
  const byStart = new Map(figures.map((figure) => [figure.from, figure]));
  const shared: Figure[] = [];
  const taken = tokensOf(figures);
  for (let at = reader.tokens.length - 1; at >= 0; at -= 1) {
    const token = reader.tokens[at];
    if (token?.kind !== "number" || taken.has(at)) continue;
    const next = listedNext(reader, at);
    const owner = next === null ? undefined : byStart.get(next);
    if (owner === undefined || owner.number.value === 0 || owner.rule === "money") continue;
    const spread = token.number.value / owner.number.value;
    if (spread > MOST_SPREAD_OF_A_LIST || spread < 1 / MOST_SPREAD_OF_A_LIST) continue;
    const figure = {
      ...owner,
      start: token.start,
      end: token.end,
      from: at,
      next: at + 1,
      number: token.number,
      rule: "shared unit",
      confidence: 0.9,
    };
    shared.push(figure);
    byStart.set(at, figure);
  }
  const all = [...figures, ...shared].sort((left, right) => left.from - right.from);
  return all.map((figure) => {
    const next = figure.kind.kind === "cost" ? byStart.get(listedNext(reader, figure.next - 1) ?? -1) : undefined;
    const isAlike =
      next !== undefined &&
      Math.max(figure.number.value, next.number.value) <= MOST_SPREAD_OF_PRICES * Math.min(figure.number.value, next.number.value);
    return next?.kind.kind === "price" && isAlike
      ? { ...figure, kind: next.kind, above: next.above, below: next.below, product: next.product }
      : figure;
  });
}

/** The tokens that figures are read from. */
function tokensOf(figures: readonly Figure[]): ReadonlySet<number> {
  const tokens = new Set<number>();
  for (const { from, next } of figures) for (let at = from; at < next; at += 1) tokens.add(at);
  return tokens;
}

/** What a list has in common is of one size. */
const MOST_SPREAD_OF_A_LIST = 10_000;

/** A sum far above a price is none of its list: "$37,000, $2 an hour". */
const MOST_SPREAD_OF_PRICES = 20;

const JOINTS: ReadonlySet<string> = new Set([",", "/", ";", "+"]);

/** The token of the next number (or its sign of money) in a list. */
function listedNext(reader: UnitReader, at: number): number | null {
  const { tokens } = reader;
  let next = at + 1;
  let joints = 0;
  while (joints < 2) {
    const token = tokens[next];
    const isJoint =
      (token?.kind === "mark" && JOINTS.has(token.text)) || hasRole(token, "and") || hasRole(token, "to") || hasRole(token, "again", "");
    if (!isJoint) break;
    joints += 1;
    next += 1;
  }
  if (joints === 0) return null;
  const token = tokens[next];
  if (token?.kind === "number") return next;
  return isNumberOf(tokens[next + 1]) && senseOf(token, "units") !== null ? next : null;
}

function isNumberOf(token: Token | undefined): token is NumberToken {
  return token?.kind === "number";
}
