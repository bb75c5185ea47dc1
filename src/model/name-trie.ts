/**
 * Names looked up in running text however they are spaced: "RTX 2080 Ti", "RTX2080Ti" and "rtx-2080-ti" are one name.
 *
 * The tree holds letters and digits only. Gaps in the text are skipped while walking and judged at the end, where the name says how much
 * of a gap each of its places bears: a break of its own any, between a letter and a digit a hyphen ("A-100", not "a 100"), between a
 * number and a word both ("3090 Ti", "80 GB"), inside a word none.
 */
export interface NameTrie<T> {
  /** The longest name that begins at `start` and ends at a word's end; null if there is none. */
  readonly longestAt: (text: string, start: number) => NameHit<T> | null;
  /** Whether any name begins with these two code units; most places of a text are settled by this alone. */
  readonly mayBegin: (first: number, second: number) => boolean;
}

export interface NameHit<T> {
  readonly end: number;
  readonly payload: T;
}

export interface TrieName<T> {
  readonly name: string;
  readonly payload: T;
}

/** How wide a gap a place of a name bears. */
const NO_GAP = 0;
const HYPHEN = 1;
const ANY_GAP = 2;
/** A point that belongs to the name and must be printed: "p3.16xlarge". */
const POINT = 3;

/** Characters that are skipped at one place at most: "TPU - v3" has three. */
const WIDEST_GAP = 3;

interface Leaf<T> {
  readonly payload: T;
  /** Before each letter or digit, how wide a gap is borne. */
  readonly gaps: Uint8Array;
  /** The name as it must be printed, where its case matters; else null. */
  readonly exact: string | null;
  /** The last letter is a capital that tells the name from the plural of another: the S of "V100S". */
  readonly needsCapitalEnd: boolean;
}

/** A name with its letters and digits in lower case. */
type Folded<T> = TrieName<T> & { readonly folded: string };

/** All names of a tree as one. */
interface Listed<T> {
  readonly join: (left: T, right: T) => T;
  readonly folded: ReadonlySet<string>;
}

/** A place in a tree of names. What goes on beyond it is sorted when it is first asked for, since a text has few of all names. */
class Branch<T> {
  leaf: Leaf<T> | null = null;
  readonly #depth: number;
  readonly #listed: Listed<T>;
  #beyond: Folded<T>[] = [];
  #next: Map<number, Branch<T>> | null = null;

  constructor(depth: number, listed: Listed<T>) {
    this.#depth = depth;
    this.#listed = listed;
  }

  /** Adds a name before anything is asked for. */
  add(entry: Folded<T>): void {
    if (entry.folded.length === this.#depth) this.leaf = leafOf(entry, this.leaf, this.#listed.join, this.#listed.folded);
    else this.#beyond.push(entry);
  }

  next(code: number): Branch<T> | undefined {
    this.#next ??= this.#sorted();
    return this.#next.get(code);
  }

  #sorted(): Map<number, Branch<T>> {
    const next = new Map<number, Branch<T>>();
    for (const entry of this.#beyond) {
      const code = entry.folded.charCodeAt(this.#depth);
      let branch = next.get(code);
      if (branch === undefined) {
        branch = new Branch(this.#depth + 1, this.#listed);
        next.set(code, branch);
      }
      branch.add(entry);
    }
    this.#beyond = [];
    return next;
  }
}

/** Builds the tree. Of two names with the same letters and digits, `join` makes one. */
export function buildNameTrie<T>(names: Iterable<TrieName<T>>, join: (left: T, right: T) => T): NameTrie<T> {
  const folded = new Set<string>();
  const root = new Branch<T>(0, { join, folded });
  const beginnings = new Set<number>();
  for (const { name, payload } of names) {
    const entry: Folded<T> = { name, payload, folded: foldName(name) };
    if (entry.folded.length < 2) continue;
    folded.add(entry.folded);
    beginnings.add(pairOf(entry.folded.charCodeAt(0), entry.folded.charCodeAt(1)));
    root.add(entry);
  }
  return {
    longestAt: (text, start) => longestAt(root, text, start),
    mayBegin: (first, second) => {
      const head = lower(first);
      // A gap after the first letter ("A-100") or a letter outside ASCII leaves the question to the tree.
      if (head > 127) return root.next(head) !== undefined;
      return isWordCode(second) ? beginnings.has(pairOf(head, lower(second))) : second === 45 && root.next(head) !== undefined;
    },
  };
}

/** Letters and digits in lower case. */
function foldName(name: string): string {
  let folded = "";
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at);
    if (isWordCode(code)) folded += String.fromCharCode(lower(code));
  }
  return folded;
}

/** Letter or digit: ASCII, or anything from Latin letters upwards that is not punctuation, an arrow, a sign or a space. */
export function isWordCode(code: number): boolean {
  if (code < 128) return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  if (code === 0xd7 || code === 0xf7 || (code >= 0xff00 && code <= 0xff0f) || (code >= 0xff1a && code <= 0xff20)) return false;
  return code >= 0xc0 && !(code >= 0x2000 && code <= 0x2bff) && !(code >= 0x3000 && code <= 0x303f);
}

/** A Chinese or Japanese character: it stands beside a Latin name without a space. */
export function isIdeograph(code: number): boolean {
  return code >= 0x3040 && code <= 0x9fff;
}

function leafOf<T>(entry: Folded<T>, known: Leaf<T> | null, join: (left: T, right: T) => T, folded: ReadonlySet<string>): Leaf<T> {
  const gaps = gapsOf(entry.name);
  const needsCapitalEnd = /[a-z0-9]S$/.test(entry.name) && folded.has(entry.folded.slice(0, -1));
  const exact = entry.folded.length <= 2 ? entry.name : null;
  if (known === null) return { payload: entry.payload, gaps, exact, needsCapitalEnd };
  for (const [at, gap] of known.gaps.entries()) gaps[at] = Math.max(gap, gaps[at] ?? NO_GAP);
  return { payload: join(known.payload, entry.payload), gaps, exact, needsCapitalEnd: needsCapitalEnd && known.needsCapitalEnd };
}

function gapsOf(name: string): Uint8Array {
  const gaps: number[] = [];
  let before: number | null = null;
  let broken = NO_GAP;
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at);
    if (!isWordCode(code)) {
      if (before !== null) broken = code === 46 ? POINT : ANY_GAP;
      continue;
    }
    gaps.push(before === null ? NO_GAP : broken > NO_GAP ? broken : gapBetween(before, code, name.charCodeAt(at + 1)));
    before = code;
    broken = NO_GAP;
  }
  return Uint8Array.from(gaps);
}

function gapBetween(before: number, code: number, after: number): number {
  if (!isDigit(before) && isDigit(code)) return HYPHEN;
  return isDigit(before) && !isDigit(code) && isWordCode(after) && !isDigit(after) ? ANY_GAP : NO_GAP;
}

function longestAt<T>(root: Branch<T>, text: string, start: number): NameHit<T> | null {
  const gaps: number[] = [];
  let branch: Branch<T> | undefined = root;
  let best: NameHit<T> | null = null;
  let at = start;
  while (at < text.length) {
    const from = at;
    if (at > start)
      while (at < text.length && at - from <= WIDEST_GAP && !isWordCode(text.charCodeAt(at)) && isGapCode(text.charCodeAt(at))) at += 1;
    const code = text.charCodeAt(at);
    branch = branch.next(lower(code));
    if (branch === undefined) return best;
    gaps.push(gapKind(text, from, at));
    at += 1;
    if (branch.leaf !== null && fits(branch.leaf, text, start, at, gaps)) best = { end: at, payload: branch.leaf.payload };
  }
  return best;
}

function fits<T>(leaf: Leaf<T>, text: string, start: number, end: number, gaps: readonly number[]): boolean {
  for (let at = 1; at < gaps.length; at += 1) {
    const printed = gaps[at] ?? NO_GAP;
    const borne = leaf.gaps[at] ?? NO_GAP;
    if (printed > borne || (borne === POINT && printed !== POINT)) return false;
  }
  if (leaf.needsCapitalEnd && text.charCodeAt(end - 1) !== 83) return false;
  if (leaf.exact !== null && text.slice(start, end) !== leaf.exact) return false;
  return isWordEnd(text, end);
}

/** A name may be followed by the s of a plural, a glued count ("P100x8") or a glued noun ("V100GPUs"), but not by more of a word. */
function isWordEnd(text: string, end: number): boolean {
  const next = text.charCodeAt(end);
  if (end >= text.length || !isWordCode(next) || isIdeograph(next)) return true;
  AFTER_NAME.lastIndex = end;
  return AFTER_NAME.test(text);
}

/** What may be glued to a name: "s", "x8", "GPUs"; not "0", "sm". */
const AFTER_NAME = /s(?![\p{L}\p{N}])|[x×]\d|[GT]PUs?(?![\p{L}\p{N}])/uy;

function gapKind(text: string, from: number, to: number): number {
  if (from === to) return NO_GAP;
  const code = text.charCodeAt(from);
  if (to - from === 1 && isHyphenCode(code)) return HYPHEN;
  return code === 46 ? POINT : ANY_GAP;
}

/** Blanks, hyphens and dashes, underscores, points, parentheses, and the marks of a trade name. */
const GAP_CODES: ReadonlySet<number> = new Set([..." -_().\n\u00a0®™"].map((sign) => sign.charCodeAt(0)));

function isGapCode(code: number): boolean {
  return GAP_CODES.has(code) || isHyphenCode(code);
}

function isHyphenCode(code: number): boolean {
  return code === 45 || (code >= 0x2010 && code <= 0x2013);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function lower(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

function pairOf(first: number, second: number): number {
  return first * 65_536 + second;
}
