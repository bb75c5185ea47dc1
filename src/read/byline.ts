/**
 * Who wrote a document, and where they work: what stands between its title and its text.
 *
 * A byline has no grammar of its own: names stand in lists or side by side, with marks that lead to the places where people work.
 * So a piece is a place if it begins with such a mark, says what it is, or has its name in an address; what looks like a name of
 * two to four words is a person; anything else is left out.
 */
import type { Block } from "../model/document.ts";
import { printedDate } from "./printed-date.ts";

export interface Byline {
  readonly authors: readonly string[];
  readonly organizations: readonly string[];
}

export const NO_BYLINE: Byline = { authors: [], organizations: [] };

/** A byline stands among the first blocks, or there is none. */
const OPENING_BLOCKS = 40;

/** The byline below the heading that is the title. Shape: both lists in the order of print, each name once. */
export function bylineBelow(blocks: readonly Block[], text: string, title: string | null): Byline {
  const opening = blocks.slice(0, OPENING_BLOCKS);
  const at = opening.findIndex(
    ({ kind, span }) => kind === "heading" && (title === null || title.startsWith(plain(text.slice(span.start, span.end)).slice(0, 20))),
  );
  if (at < 0) return NO_BYLINE;
  const lines: string[] = [];
  for (const { kind, span } of opening.slice(at + 1)) {
    if (ASIDE.has(kind)) continue;
    if (span.end - span.start > LONGEST_BLOCK) break;
    const words = plain(text.slice(span.start, span.end));
    // A title may be set in several headings, and letters of several sizes.
    const isTitle = lines.length === 0 && (title?.includes(words) === true || words === words.toUpperCase());
    if (isTitle) continue;
    if (kind !== "paragraph") break;
    if (isProse(words)) break;
    lines.push(words);
  }
  return readByline(lines);
}

/** No byline has a paragraph of so many code units. */
const LONGEST_BLOCK = 4000;

/** Blocks that a page sets beside its text. */
const ASIDE: ReadonlySet<Block["kind"]> = new Set(["furniture", "comment", "footnote"]);

/** Names and places in the lines of a byline. */
export function readByline(lines: readonly string[]): Byline {
  const domains = new Set(
    lines.flatMap((line) => [...line.matchAll(ADDRESS)].flatMap(({ groups }) => domainWords(groups?.["domain"] ?? ""))),
  );
  const all = lines.flatMap((line) => piecesOf(line.replaceAll(ADDRESS, "; ").replaceAll(LINK, "; "), domains));
  const pieces = all.filter((piece) => !REMARK.test(unmarked(piece)) && printedDate(piece) === null);
  const organizations = pieces.filter((piece) => isOrganization(piece, domains)).map(unmarked);
  const authors = pieces.filter((piece) => !isOrganization(piece, domains)).map(unmarked);
  return {
    authors: [...new Set(authors.filter((name) => PERSON.test(name)))],
    organizations: [...new Set(organizations)].filter((name) => name.length > 2 && name.length < LONGEST_NAME),
  };
}

const LONGEST_NAME = 120;

/** "jane@example.org", "{ann, bob}@cs.example.edu". */
const ADDRESS = /(?:\{[^}]{1,400}\}|[\w.+-]+)\s?@\s?(?<domain>[\w-]+(?:\.[\w-]+)+)/g;
/** "https://example.org/x", "www.example.org". */
const LINK = /(?:https?:\/\/|www\.)\S+/g;

/** What an address says of a place: "google" of google.com, "example" of cs.example.edu; not "cs" or "com". */
function domainWords(domain: string): readonly string[] {
  return domain
    .toLowerCase()
    .split(".")
    .slice(0, -1)
    .filter((word) => word.length > 3 && word !== "gmail" && word !== "mail");
}

/** Marks that lead from a name to a place: "∗", "†", "¹", "ʸ", "𝜇"; letters of alphabets that only marks are taken from here. */
const MARK = String.raw`[*∗⋆†‡§¶∥‖#◇♠♣♢♡⇤⁰¹²³⁴-⁹⁺ᵃ-ᵿʰ-ʸᶻ\u{1D6A8}-\u{1D7CB}\u{D700}-\u{D7FF}]`;
const MARKS = new RegExp(MARK, "gu");
const LEADING_MARK = new RegExp(`^\\s*(?:${MARK}|\\d{1,2}(?=\\s?\\p{Lu}))`, "u");

/** A line cut at commas and at marks: those of a line that begins with one lead to places, those of others stand behind names. */
function piecesOf(line: string, domains: ReadonlySet<string>): readonly string[] {
  const at = LEADING_MARK.test(line)
    ? new RegExp(`\\s(?=(?:${MARK}|\\d{1,2}(?!\\d))+\\s?\\p{Lu})`, "gu")
    : new RegExp(`\\s?,?(?:${MARK}|(?<=\\p{L})\\d|(?<=${MARK},?)\\d)+`, "gu");
  return line
    .replaceAll(/\s*\([^)]{0,80}\)/g, "; ")
    .replaceAll(at, "; ")
    .split(/[;,\n|•·]|\s(?:and|&)\s(?!Engineering|Technology|Science|Sciences|Data|Information|Electrical|Computer)/u)
    .flatMap((piece) => apart(piece.replace(/^\s*(?:and|by)\s+/i, "").trim()))
    .flatMap((piece) => beforeOwnNames(piece, domains))
    .filter((piece) => piece !== "");
}

/** "University of A Example Lab" of somebody at example.org: a place ends where one of the addresses begins. */
function beforeOwnNames(piece: string, domains: ReadonlySet<string>): readonly string[] {
  const words = piece.split(/\s+/);
  const at = words.findIndex((word, index) => index > 1 && domains.has(word.toLowerCase()) && /^\p{Lu}/u.test(words[index - 1] ?? ""));
  return at < 0 || !IS_PLACE.test(words.slice(0, at).join(" ")) ? [piece] : [words.slice(0, at).join(" "), words.slice(at).join(" ")];
}

/** "Ann Lee Bob Ray University of A University of A": persons before places, and places before themselves. */
function apart(piece: string): readonly string[] {
  if (LEADING_MARK.test(piece)) return [piece];
  const company = COMPANY.exec(piece);
  if (company !== null) return [company[0]];
  const place = OF_PLACE.exec(piece);
  const before = place === null ? "" : piece.slice(0, place.index).trim();
  if (place !== null && (before.includes(" ") || COINED.test(before))) return [...apart(before), ...apart(piece.slice(place.index).trim())];
  const words = piece.split(/\s+/);
  const again = words.findIndex((word, index) => index > 0 && word === words[0]);
  if (again > 0) return [words.slice(0, again).join(" "), ...apart(words.slice(again).join(" "))];
  return words.filter((word) => WHOLE_NAME.test(word)).length >= TWO_PERSONS && !IS_PLACE.test(piece) ? persons(words) : [piece];
}

/** "University of A", where something stands before it that is another piece: not "Technical University of A". */
const OF_PLACE =
  /(?<!\b(?:Technical|Technological|State|National|Normal|Open|Free|Federal|Polytechnic|Catholic|Hebrew|The|and|,)\s)\b(?:University|Institute|College|School|Department) (?:of|for)\b/;

/** "Example Inc." with the town behind it. */
const COMPANY = /^.*\b(?:Inc|Ltd|LLC|Corp|GmbH)\b\.?(?=\s)/;

/** So many names that are no initials are those of more than one person. */
const TWO_PERSONS = 4;
/** "Lee", "Marie-Anne"; not "B." or "de". */
const WHOLE_NAME = /^\p{Lu}[\p{L}'’-]*\p{Ll}/u;

/** Names side by side without a sign between them: two words each, and what is but a letter belongs to the name that it stands in. */
function persons(words: readonly string[]): readonly string[] {
  const found: string[] = [];
  let name: string[] = [];
  for (const word of words) {
    name.push(word);
    if (name.filter((part) => WHOLE_NAME.test(part)).length < 2) continue;
    found.push(name.join(" "));
    name = [];
  }
  return name.length === 0 ? found : [...found.slice(0, -1), [found.at(-1) ?? "", ...name].join(" ").trim()];
}

/** "Ann B. Lee", "Ming-Wei Chang", "Jürgen de la Cruz"; not "Abstract", "USA Los Angeles" or "Anonymous Authors". */
const PERSON =
  /^(?!\p{Lu}{3}|.*\b[Aa]nonymous\b)(?=.*\p{Ll})(?:\p{Lu}[\p{L}'’.-]*\s)(?:(?:\p{Lu}[\p{L}'’.-]*|de|la|van|von|der|den|di|da|el|al|bin|ten)\s){0,3}\p{Lu}[\p{L}'’-]+\.?$/u;

/** Words that say that something is a place where people work. */
const IS_PLACE =
  /\b(?:universit|universid|institut|college|school|department|dept|laborator|labs?\b|research|academ|cent(?:er|re)\b|foundation|hospital|compan|corporation|corp\b|inc\b|ltd\b|llc\b|gmbh|technolog|polytechn|faculty|ministry|consortium|team\b|ai\b|systems\b|group\b)/i;

/** "OpenAI", "DeepMind", "CERN": a word that is written as no person is; not "LeCun" or "MacDonald". */
const COINED = /(?:^|\s)\p{Lu}\p{Ll}{3,}\p{Lu}\p{L}*$|^(?!USA$)\p{Lu}{3,8}$/u;

/** What is said of the work, not of a place: "Equal contribution", "Work done at Example". */
const REMARK = /^\p{Ll}|\b(?:[Ee]qual|[Cc]ontribut\w*|[Ww]ork(?:ed)?|[Dd]one|[Cc]orrespond\w*|[Ii]ntern(?:ship)?|[Aa]uthors?)\b/u;

function isOrganization(piece: string, domains: ReadonlySet<string>): boolean {
  if (LEADING_MARK.test(piece) || IS_PLACE.test(piece) || COINED.test(piece)) return /\p{L}{2}/u.test(piece);
  return piece.split(/[\s-]+/).some((word) => domains.has(word.toLowerCase()));
}

function unmarked(piece: string): string {
  return piece
    .replace(LEADING_MARK, "")
    .replaceAll(MARKS, "")
    .replaceAll(/\s+/g, " ")
    .replace(/^[\s.:-]+|[\s,:-]+$/g, "")
    .trim();
}

/** Text goes on in lower case and ends in a stop; names do neither. */
function isProse(words: string): boolean {
  const all = words.split(" ").filter((word) => /^\p{L}/u.test(word));
  const small = all.filter((word) => /^\p{Ll}/u.test(word));
  return all.length > 12 && small.length > all.length / 2;
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
