import { type Decision, decide } from "../language/decide.ts";
import { type Catalog, weightsOf } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import type { Mention, MentionId, Role } from "../model/mention.ts";
import type { Span } from "../model/span.ts";
import { type RoleScene, roleCandidates } from "./role-features.ts";
import { type Scene, sceneOf } from "./scene.ts";

/** Whose each figure is, with all that was weighed. */
export function attachRoles(
  catalog: Catalog,
  document: Document,
  mentions: readonly Mention[],
  subjects: ReadonlyMap<MentionId, string | null>,
): ReadonlyMap<MentionId, Decision<Role>> {
  const weights = weightsOf(catalog, "role");
  const known = roleSceneOf(sceneOf(catalog, document, mentions, subjects));
  return new Map(mentions.map((mention) => [mention.id, decide(weights, roleCandidates(known, mention))]));
}

/** What all figures of a document share when it is asked whose they are. */
export function roleSceneOf(scene: Scene): RoleScene {
  const { document, cues, catalog } = scene;
  const own = ownWords(scene);
  const known = namesOf(catalog);
  const ownTables = new Set(document.tables.flatMap((table, index) => (cues.has("of-ours", table.span) ? [index] : [])));
  const isMadeHere = (subject: string): boolean => {
    const words = wordsOf(subject);
    return words.length > 0 && words.every((word) => own.has(word));
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
    isKnown: (subject) => known.has(folded(subject)),
    hasOwnRow: (table) => ownTables.has(table),
  };
}

/** How far behind a "we" its authors say what they made, in code units. */
const REACH = 120;

/** The words of the title, and those that stand in one clause with "we" or "our". */
function ownWords({ document, cues }: Scene): ReadonlySet<string> {
  const words = new Set<string>(document.title === null ? [] : wordsOf(document.title));
  const first = document.blocks[0];
  if (first?.kind === "heading") for (const word of wordsOf(document.text.slice(first.span.start, first.span.end))) words.add(word);
  for (const { kind, span } of cues.within({ start: 0, end: document.text.length })) {
    if (kind !== "own" && kind !== "of-ours") continue;
    const clause = clauseAfter(document.text, span);
    for (const word of wordsOf(document.text.slice(clause.start, clause.end))) words.add(word);
  }
  return words;
}

function clauseAfter(text: string, { start }: Span): Span {
  const end = Math.min(text.length, start + REACH);
  const stop = text.slice(start, end).search(/[.!?;]\s|\n\n/u);
  return { start, end: stop < 0 ? end : start + stop };
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}.]+/gu) ?? [];
}

const NAMES = new WeakMap<Catalog, ReadonlySet<string>>();

function namesOf(catalog: Catalog): ReadonlySet<string> {
  const known = NAMES.get(catalog) ?? new Set(catalog.names.map(({ name }) => folded(name)));
  NAMES.set(catalog, known);
  return known;
}

function folded(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}
