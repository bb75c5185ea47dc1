import type { Catalog } from "../model/catalog.ts";
import type { Span } from "../model/span.ts";
import type { RoleScene } from "./role-features.ts";
import type { Scene } from "./scene.ts";

/** What all figures of a document share when it is asked whose they are. */
export function roleSceneOf(scene: Scene): RoleScene {
  const { document, cues, catalog } = scene;
  const own = ownWords(scene);
  const known = namesOf(catalog);
  const ownTables = new Set(document.tables.flatMap((table, index) => (cues.has("of-ours", table.span) ? [index] : [])));
  const isMadeHere = (subject: string): boolean => {
    const [family] = wordsOf(subject);
    return family !== undefined && own.has(family);
  };
  const ofOwn = scene.mentions.filter((mention) => {
    const subject = scene.subjectOf(mention);
    return subject !== null && isMadeHere(subject);
  });
  return {
    scene,
    isMadeHere,
    hasOwnModel: ofOwn.length > 0,
    ownTables: new Set(ofOwn.flatMap(({ cell }) => cell?.table ?? [])),
    isKnown: (subject) => known.has(wordsOf(subject)[0] ?? subject),
    hasOwnRow: (table) => ownTables.has(table),
  };
}

/** How far behind a "we" its authors say what they made, in code units. */
const REACH = 120;

/** How far behind an "our" a name is still theirs without a word of making, in code units. */
const RIGHT_BEHIND = 20;

/** The words of the title, and those that the authors say to have made. */
function ownWords({ document, cues }: Scene): ReadonlySet<string> {
  const words = new Set<string>(document.title === null ? [] : wordsOf(document.title));
  const first = document.blocks[0];
  if (first?.kind === "heading") for (const word of wordsOf(document.text.slice(first.span.start, first.span.end))) words.add(word);
  for (const { kind, span } of cues.within({ start: 0, end: document.text.length })) {
    if (kind !== "own" && kind !== "of-ours") continue;
    const clause = clauseAfter(document.text, span);
    const made = cues.first("makes", clause);
    const from = made === null ? span.end : made.span.end;
    const end = made === null ? Math.min(clause.end, span.end + RIGHT_BEHIND) : clause.end;
    for (const word of wordsOf(document.text.slice(from, end))) words.add(word);
  }
  return words;
}

function clauseAfter(text: string, { start }: Span): Span {
  const end = Math.min(text.length, start + REACH);
  const stop = text.slice(start, end).search(/[.!?;]\s|\n\n/u);
  return { start, end: stop < 0 ? end : start + stop };
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/\p{L}+|\p{N}+/gu) ?? [];
}

const NAMES = new WeakMap<Catalog, ReadonlySet<string>>();

function namesOf(catalog: Catalog): ReadonlySet<string> {
  const known = NAMES.get(catalog) ?? new Set(catalog.names.map(({ name }) => wordsOf(name)[0] ?? ""));
  NAMES.set(catalog, known);
  return known;
}
