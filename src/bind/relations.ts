/** How the figures of a document stand to each other, by their numbers: asked far more often than there are figures. */
import { NEARNESS, type Nearness, type Place } from "./surroundings.ts";

export type Kinship = "same" | "none" | "other";

export interface Relations {
  readonly nearness: (left: number, right: number) => Nearness;
  /** The place of the nearness among all, from the nearest. */
  readonly rank: (left: number, right: number) => number;
  /** Whether two figures stand in one sentence, row or block. */
  readonly isBeside: (left: number, right: number) => boolean;
  /** Whether two figures can be of one model. */
  readonly kinship: (left: number, right: number) => Kinship;
  readonly hardwareKinship: (left: number, right: number) => Kinship;
  /** How far a figure is from a claim, for choosing those that are tried at all: small is near. */
  readonly distance: (claim: number, other: number) => number;
}

const ADJACENT_BLOCKS = 2;

const COSTS: Readonly<Record<Nearness, number>> = {
  sentence: 0,
  row: 0,
  block: 1,
  list: 1.3,
  table: 2,
  adjacent: 1.6,
  section: 2.4,
  far: 3.2,
  "other-row": 4,
};

const OTHER_SUBJECT = 3;
const NO_SUBJECT = 0.4;

/** The ranks of nearness, as they are worked out below. */
const RANK = Object.fromEntries(NEARNESS.map((near, rank) => [near, rank])) as Readonly<Record<Nearness, number>>;

export function relationsOf(places: readonly Place[]): Relations {
  const column = (of: (place: Place, at: number) => number): Int32Array => Int32Array.from(places, of);
  const block = column(({ mention }) => mention.block);
  const section = column((place) => place.section);
  const list = column((place) => place.list ?? -1);
  const start = column(({ mention }) => mention.span.start);
  // A cell is in no sentence but its own.
  const sentence = column(({ mention }, at) => (mention.cell === null ? mention.sentence.start : -1 - at));
  const table = column(({ grid }) => grid?.table ?? -1);
  const line = column(({ grid }) => grid?.line ?? -1);
  const across = column(({ grid }) => grid?.across ?? -1);
  const rank = (left: number, right: number): number => {
    const at = table[left] ?? -1;
    if (at >= 0 && at === table[right])
      return line[left] === line[right] ? RANK.row : across[left] === across[right] ? RANK["other-row"] : RANK.table;
    if (sentence[left] === sentence[right]) return RANK.sentence;
    const apart = Math.abs((block[left] ?? 0) - (block[right] ?? 0));
    if (apart === 0) return RANK.block;
    if (list[left] === list[right] && (list[left] ?? -1) >= 0) return RANK.list;
    if (apart <= ADJACENT_BLOCKS) return RANK.adjacent;
    return section[left] === section[right] ? RANK.section : RANK.far;
  };
  const nearness = (left: number, right: number): Nearness => NEARNESS[rank(left, right)] ?? "far";
  const kinship = kinshipsOf(places.map(({ subject }) => subject));
  const costs = Float64Array.from(NEARNESS, (near) => COSTS[near]);
  return {
    nearness,
    rank,
    isBeside: (left, right) => rank(left, right) <= RANK.block,
    kinship,
    hardwareKinship: kinshipsOf(places.map(({ hardware }) => hardware)),
    distance: (claim, other) => {
      const kin = kinship(claim, other);
      const gap = Math.abs((start[claim] ?? 0) - (start[other] ?? 0));
      return (
        (costs[rank(claim, other)] ?? 0) + (kin === "other" ? OTHER_SUBJECT : kin === "same" ? 0 : NO_SUBJECT) + Math.min(0.9, gap / 1000)
      );
    },
  };
}

/** Kinship of names by their place in a list; each pair of names is compared once. */
function kinshipsOf(names: readonly string[]): (left: number, right: number) => Kinship {
  const numbers = new Map<string, number>([["", 0]]);
  const ids = Int32Array.from(names, (name) => {
    const id = numbers.get(name) ?? numbers.size;
    numbers.set(name, id);
    return id;
  });
  const kept = new Map<number, Kinship>();
  return (left, right) => {
    const [one = 0, other = 0] = [ids[left], ids[right]];
    if (one === 0 || other === 0) return "none";
    if (one === other) return "same";
    const key = one * numbers.size + other;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const kinship = kinshipOf(names[left] ?? "", names[right] ?? "");
    kept.set(key, kinship);
    return kinship;
  };
}

/** Whether two names can be of one thing. */
function kinshipOf(left: string, right: string): Kinship {
  return left.includes(right) || right.includes(left) ? "same" : "other";
}
