/** The model that a document is about: the one its title names, its authors say they make, and its text names most. */
import type { CueIndex } from "../language/cues.ts";
import type { Document } from "../model/document.ts";
import { parseModelName } from "../model/model-name.ts";
import type { Entity } from "./entity.ts";

/** What a document is about. */
export interface MainModel {
  readonly entity: Entity;
  /** Folded names of all of its family. */
  readonly keys: ReadonlySet<string>;
  /** Whether the title names it. */
  readonly isTitled: boolean;
  /** Whether the authors are known to make it. */
  readonly isOwn: boolean;
}

/** How far before a name the words that make it the authors' own may stand. */
const MAKING_REACH = 90;

const TITLED = 5;
const INTRODUCED = 2;
const MOST_INTRODUCED = 3;

/** A family that is neither in the title nor introduced is what the document is about only if it is named as often as this. */
const FEWEST = 3;

/** By how much the first family must lead the second. */
const LEAD = 2;

/** Finds the model that a document is about; null where none leads. `titled` are the names in its title. */
export function mainModelOf(document: Document, possible: readonly Entity[], titled: readonly Entity[], cues: CueIndex): MainModel | null {
  const families = Map.groupBy(
    possible.filter(
      ({ score, key, occurrences, features }) =>
        (score > 0 || (features.includes("refers:with-size") && titled.some(({ key: other }) => other === key))) && occurrences.length > 0,
    ),
    ({ text, key }) => parseModelName(text).family || key,
  );
  const ranked = [...families.values()]
    .map((members) => familyOf(document, members, titled, cues))
    .sort((left, right) => right.score - left.score || ((left.members[0]?.key ?? "") < (right.members[0]?.key ?? "") ? -1 : 1));
  const [first, second] = ranked;
  if (first === undefined || (second !== undefined && first.score - second.score < LEAD)) return null;
  const entity =
    first.members.find((member) => titled.includes(member)) ??
    first.members.find(({ text }) => parseModelName(text).variant === "") ??
    first.members.toSorted((left, right) => right.occurrences.length - left.occurrences.length)[0];
  if (entity === undefined) return null;
  const { isTitled, introduced, places } = first;
  if (!isTitled && introduced === 0 && places < FEWEST) return null;
  return { entity, keys: new Set(first.members.map(({ key }) => key)), isTitled, isOwn: isTitled || introduced > 0 };
}

interface Family {
  readonly members: readonly Entity[];
  readonly isTitled: boolean;
  readonly introduced: number;
  readonly places: number;
  readonly score: number;
}

function familyOf(document: Document, members: readonly Entity[], titled: readonly Entity[], cues: CueIndex): Family {
  const places = members.flatMap(({ occurrences }) => occurrences);
  const introduced = places.filter(({ span, block }) => {
    const start = Math.max(document.blocks[block]?.span.start ?? 0, span.start - MAKING_REACH);
    const kinds = cues.kindsIn({ start, end: span.start });
    return kinds.has("own") && kinds.has("makes");
  }).length;
  const isTitled = members.some((member) => titled.includes(member));
  const score = (isTitled ? TITLED : 0) + INTRODUCED * Math.min(introduced, MOST_INTRODUCED) + 2 * Math.log2(1 + places.length);
  return { members, isTitled, introduced, places: places.length, score };
}
