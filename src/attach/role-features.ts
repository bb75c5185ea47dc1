import type { Cue } from "../language/cues.ts";
import type { Candidate } from "../language/decide.ts";
import { headingSpans } from "../language/reading-order.ts";
import type { CueKind } from "../model/catalog.ts";
import type { Mention, Role } from "../model/mention.ts";
import { contains, type Span } from "../model/span.ts";
import { cellAt, headersOver } from "../model/table-cells.ts";
import type { Scene } from "./scene.ts";

/** What a cue is a sign of, for the question whose figure it is and how sure. */
const SIGNS: ReadonlyMap<CueKind, string> = new Map<CueKind, string>([
  ["cited", "theirs"],
  ["hearsay", "theirs"],
  ["saying", "said"],
  ["condition", "unreal"],
  ["modal", "unreal"],
  ["plan", "ahead"],
  ["request", "granted"],
  ["limit", "granted"],
]);

/** For which role a sign speaks; all others speak for somebody else. */
const SPEAKS_FOR: ReadonlyMap<string, Role> = new Map<string, Role>([
  ["row of ours", "own"],
  ["model made here", "own"],
  ["unreal", "hypothetical"],
  ["ahead", "hypothetical"],
  ["granted", "hypothetical"],
]);

/** The role that a cue speaks for; null for a cue of other things. */
export function speaksFor(kind: CueKind): Role | null {
  const sign = SIGNS.get(kind);
  return sign === undefined ? null : (SPEAKS_FOR.get(sign) ?? "other");
}

interface Sign {
  readonly sign: string;
  readonly of: Role;
}

/** What is known of the models of a document before any figure is looked at. */
export interface RoleScene {
  readonly scene: Scene;
  /** Whether the authors say that they made it, or the title names it. */
  readonly isMadeHere: (subject: string) => boolean;
  /** Whether it is a system of the catalog of names. */
  readonly isKnown: (subject: string) => boolean;
  /** Tables of which a row is marked as the authors' own. */
  readonly hasOwnRow: (table: number) => boolean;
  /** Whether it is known which model is the document's own. */
  readonly hasOwnModel: boolean;
  /** Tables that have figures of the document's own model. */
  readonly ownTables: ReadonlySet<number>;
}

const ROLES: readonly Role[] = ["own", "other", "hypothetical"];

/** Own, somebody else's, or no more than thought of: each with what speaks for it. */
export function roleCandidates(known: RoleScene, mention: Mention): readonly Candidate<Role>[] {
  const signs = signsOf(known, mention);
  return ROLES.map((role) => ({
    value: role,
    key: role,
    features: [role, ...signs.filter(({ of }) => of === role).map(({ sign }) => sign)],
  }));
}

/** The cues around a figure, each with how near it stands. */
export function signsOf(known: RoleScene, mention: Mention): readonly Sign[] {
  const { scene } = known;
  const signs = new Set<string>();
  for (const { reach, span } of reachesOf(scene, mention))
    for (const cue of scene.cues.within(span)) {
      const sign = SIGNS.get(cue.kind);
      if (sign !== undefined && !isOfOutcome(scene, cue)) signs.add(`${sign} ${reach}`);
    }
  if (mention.cell === null && isAsked(scene, mention.sentence)) signs.add("unreal before");
  for (const sign of modelSigns(known, mention)) signs.add(sign);
  return [...signs]
    .filter((sign) => !isShadowed(sign, signs))
    .map((sign) => ({ sign, of: SPEAKS_FOR.get(sign) ?? SPEAKS_FOR.get(sign.split(" ")[0] ?? "") ?? "other" }));
}

/** "That would be 4 million": what is worked out from what was said is no plan. */
function isOfOutcome({ cues }: Scene, { span }: Cue): boolean {
  return cues
    .within({ start: span.start - LONGEST_OUTCOME, end: span.end })
    .some(({ kind, span: told }) => kind === "is-outcome" && contains(told, span));
}

/** Characters before the verb of an outcome. */
const LONGEST_OUTCOME = 6;

/** The reaches from the nearest; what stands nearer is not told again farther off. */
const REACHES = ["before", "clause", "sentence", "previous", "block"] as const;

type Reach = (typeof REACHES)[number];

function isShadowed(sign: string, signs: ReadonlySet<string>): boolean {
  const [kind = "", reach = ""] = sign.split(" ");
  const at = REACHES.indexOf(reach as Reach);
  return at > 0 && REACHES.slice(0, at).some((nearer) => signs.has(`${kind} ${nearer}`));
}

interface Reached {
  readonly reach: Reach;
  readonly span: Span;
}

function reachesOf(scene: Scene, mention: Mention): readonly Reached[] {
  const { document, order } = scene;
  const block = document.blocks[mention.block]?.span ?? mention.sentence;
  const headings = headingSpans(document, order, mention.block)
    .slice(0, 2)
    .map((span): Reached => ({ reach: "sentence", span }));
  const previous = document.blocks[mention.block - 1];
  const isLead =
    previous !== undefined && previous.kind !== "heading" && previous.kind !== "table" && widthOf(previous.span) <= LONGEST_LEAD;
  const lead = isLead ? [previous.span] : [];
  if (mention.cell !== null)
    return [...tableReaches(scene, mention, mention.cell), ...lead.map((span): Reached => ({ reach: "sentence", span })), ...headings];
  const clause = scene.clauseOf(mention);
  return [
    {
      reach: "before",
      span: { start: Math.max(clause.start, mention.span.start - BEFORE), end: Math.max(clause.start, mention.span.start) },
    },
    { reach: "clause", span: clause },
    { reach: "sentence", span: mention.sentence },
    { reach: "previous", span: { start: Math.max(block.start, mention.sentence.start - PREVIOUS), end: mention.sentence.start } },
    ...headings,
    {
      reach: "block",
      span: { start: Math.max(block.start, mention.sentence.start - BLOCK), end: Math.min(block.end, mention.sentence.end + BLOCK) },
    },
  ];
}

function widthOf({ start, end }: Span): number {
  return end - start;
}

/** A paragraph before a table that is longer speaks of more than the table. Units: code units. */
const LONGEST_LEAD = 300;

/** How far the sentences before a figure may tell whose it is, and a block on both sides. Units: code units. */
const BEFORE = 400;
const PREVIOUS = 160;
const BLOCK = 1200;

function tableReaches({ document }: Scene, { sentence }: Mention, cell: NonNullable<Mention["cell"]>): readonly Reached[] {
  const table = document.tables[cell.table];
  if (table === undefined) return [];
  const heads = headersOver(table, cell.column);
  const rowHead = cellAt(table, cell.row, 0)?.span;
  return [
    { reach: "clause", span: sentence },
    ...heads.map(({ span }): Reached => ({ reach: "before", span })),
    ...(rowHead === undefined ? [] : [{ reach: "before", span: rowHead } as const]),
    ...[table.caption, table.notes].flatMap((span): readonly Reached[] => (span === null ? [] : [{ reach: "sentence", span }])),
  ];
}

/** A sentence that ends with a question mark, perhaps in quotes or brackets. */
function isAsked({ document }: Scene, { start, end }: Span): boolean {
  return /[?？]["”')\]]*\s*$/u.test(document.text.slice(Math.max(start, end - 6), end));
}

/** A number in square brackets, a sign of a note, a year in brackets: what stands behind the name of others' work. */
const CITED_MARK = /\[\d{1,3}(?:,\s?\d{1,3})*\]|[†‡§]|\(\p{Lu}[^()]{0,40}\d{4}[a-z]?\)/u;

function modelSigns(known: RoleScene, mention: Mention): readonly string[] {
  const { scene } = known;
  const signs: string[] = [];
  const words = scene.document.text.slice(mention.sentence.start, mention.sentence.end);
  const ours = scene.cues.kindsIn(mention.sentence).has("of-ours");
  if (mention.cell !== null) {
    if (ours) signs.push("row of ours");
    else if (known.hasOwnRow(mention.cell.table)) signs.push("other row than ours");
  }
  if (CITED_MARK.test(words.slice(0, LONGEST_SENTENCE))) signs.push(mention.cell === null ? "cited mark" : "cited row");
  const subject = scene.subjectOf(mention);
  if (subject === null) return signs;
  if (known.isMadeHere(subject)) return [...signs, "model made here"];
  if (known.hasOwnModel && known.isKnown(subject)) signs.push("known model of others");
  if (mention.cell !== null && known.ownTables.has(mention.cell.table)) signs.push("row beside own model");
  return signs;
}

const LONGEST_SENTENCE = 600;
