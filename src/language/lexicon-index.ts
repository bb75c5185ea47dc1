/**
 * The words of all lexicons in two trees, so that what a stretch of text says is found by walking it once.
 *
 * A word with a capital, or of one or two letters, is matched as it is written; any other in any case. A space in a word stands for a
 * space, a hyphen or an underscore.
 */
import type { Catalog } from "../model/catalog.ts";
import type { LexiconEntry, LexiconRole } from "../model/lexicon.ts";

/** What a word stands for. */
export interface Sense {
  readonly role: LexiconRole;
  readonly value: string;
  readonly language: string;
  /** The language takes part only in documents that are written in it. */
  readonly isGated: boolean;
}

/** The longest word at a place. */
export interface WordHit {
  readonly end: number;
  readonly senses: readonly Sense[];
}

export interface LexiconIndex {
  /** The longest word of any language that begins at `start`; null where none does. */
  readonly longestAt: (text: string, start: number) => WordHit | null;
}

/** A place in a tree of words. What goes on beyond it is sorted when it is first asked for, since a text has few of all words. */
class Branch {
  /** The words that end here stand for these. */
  readonly senses: Sense[] = [];
  readonly #depth: number;
  #beyond: string[] = [];
  /** What each of the words beyond stands for. */
  #sensesBeyond: Sense[] = [];
  #next: Map<number, Branch> | null = null;

  constructor(depth: number) {
    this.#depth = depth;
  }

  /** Adds a word before anything is asked for. */
  add(word: string, sense: Sense): void {
    if (word.length === this.#depth) {
      this.senses.push(sense);
      return;
    }
    this.#beyond.push(word);
    this.#sensesBeyond.push(sense);
  }

  next(code: number): Branch | undefined {
    this.#next ??= this.#sorted();
    return this.#next.get(code);
  }

  #sorted(): Map<number, Branch> {
    const next = new Map<number, Branch>();
    for (const [index, word] of this.#beyond.entries()) {
      const sense = this.#sensesBeyond[index];
      if (sense === undefined) continue;
      const code = word.charCodeAt(this.#depth);
      let branch = next.get(code);
      if (branch === undefined) {
        branch = new Branch(this.#depth + 1);
        next.set(code, branch);
      }
      branch.add(word, sense);
    }
    [this.#beyond, this.#sensesBeyond] = [[], []];
    return next;
  }
}

const INDEXES = new WeakMap<Catalog, Map<string, LexiconIndex>>();

/**
 * The index of the words of every text and of some languages, built once. Where a language has a word, it means there what that
 * language says, not what the others do.
 */
export function lexiconOf(catalog: Catalog, languages: readonly string[] = []): LexiconIndex {
  const ofCatalog = INDEXES.get(catalog) ?? new Map<string, LexiconIndex>();
  INDEXES.set(catalog, ofCatalog);
  const key = languages.join(" ");
  const known = ofCatalog.get(key);
  if (known !== undefined) return known;
  const gated = gatedLanguages(catalog.lexicon);
  const index = indexOf(entriesFor(catalog.lexicon, languages, gated), gated);
  ofCatalog.set(key, index);
  return index;
}

/** Roles that tell about a language and hold no words. */
const ABOUT: ReadonlySet<LexiconRole> = new Set(["decimals", "scripts", "capitals"]);

/** Languages that take part only in documents written in them. */
export function gatedLanguages(lexicon: readonly LexiconEntry[]): ReadonlySet<string> {
  return new Set(lexicon.filter(({ role }) => ABOUT.has(role)).map(({ language }) => language));
}

/**
 * The entries of some languages, best first, then those of every text without the words that these languages have themselves, then the
 * words of other scripts: letters that no spoken language writes with tell their language wherever they stand.
 */
function entriesFor(lexicon: readonly LexiconEntry[], languages: readonly string[], gated: ReadonlySet<string>): readonly LexiconEntry[] {
  const entries = lexicon.filter(({ role }) => !ABOUT.has(role));
  const spoken = languages.flatMap((language) => entries.filter((entry) => entry.language === language));
  const taken = new Set(spoken.filter(({ language }) => gated.has(language)).flatMap(({ words }) => words));
  const others = entries.filter(({ language }) => !gated.has(language) && !languages.includes(language));
  return [
    ...spoken,
    ...others.map((entry) => ({ ...entry, words: entry.words.filter((word) => !taken.has(word)) })),
    ...quotedEntries(lexicon, languages),
  ];
}

/** The words of languages that are not spoken, in letters that are not those of a spoken one; a word of two languages is the first one's. */
function quotedEntries(lexicon: readonly LexiconEntry[], languages: readonly string[]): readonly LexiconEntry[] {
  const scripts = new Map(lexicon.flatMap(({ role, language, words }) => (role === "scripts" ? [[language, words] as const] : [])));
  const written = new Set(languages.flatMap((language) => scripts.get(language) ?? []));
  // Who has few scripts is told best by them.
  const quoted = [...scripts].filter(([language]) => !languages.includes(language)).sort((left, right) => left[1].length - right[1].length);
  const taken = new Set<string>();
  return quoted.flatMap(([language, own]) => {
    const foreign = own.filter((script) => !written.has(script));
    if (foreign.length === 0) return [];
    const isForeign = new RegExp(`^[${foreign.map((script) => `\\p{Script=${script}}`).join("")}ー]+$`, "u");
    const entries = lexicon
      .filter((entry) => entry.language === language && !ABOUT.has(entry.role))
      .map((entry) => ({ ...entry, words: entry.words.filter((word) => isForeign.test(word) && !taken.has(word)) }));
    for (const { words } of entries) for (const word of words) taken.add(word);
    return entries.filter(({ words }) => words.length > 0);
  });
}

function indexOf(entries: readonly LexiconEntry[], gated: ReadonlySet<string>): LexiconIndex {
  const [exact, folded]: [Branch, Branch] = [new Branch(0), new Branch(0)];
  for (const { role, value, language, words } of entries) {
    const sense: Sense = { role, value, language, isGated: gated.has(language) };
    for (const word of words) {
      const isExact = word.length <= MOST_LETTERS_OF_SYMBOL ? !isWide(word.charCodeAt(0)) : word !== word.toLowerCase();
      (isExact ? exact : folded).add(word, sense);
    }
  }
  return {
    longestAt: (text, start) => {
      const one = walk(exact, text, start, false);
      const other = walk(folded, text, start, true);
      if (one === null || other === null) return one ?? other;
      if (one.end !== other.end) return one.end > other.end ? one : other;
      return { end: one.end, senses: [...one.senses, ...other.senses] };
    },
  };
}

/** Words this short are symbols: "h", "kW". */
const MOST_LETTERS_OF_SYMBOL = 2;

const SPACE = 32;

function walk(root: Branch, text: string, start: number, isFolded: boolean): WordHit | null {
  let at = root;
  let best: WordHit | null = null;
  for (let index = start; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const plain = isFolded ? lowerCode(text, index, code) : code;
    const next = at.next(plain) ?? (isGap(code) ? at.next(SPACE) : isHump(text, index) ? at.next(SPACE)?.next(plain) : undefined);
    if (next === undefined) break;
    at = next;
    if (at.senses.length > 0 && endsWord(text, index, at.senses)) best = { end: index + 1, senses: at.senses };
  }
  return best;
}

function lowerCode(text: string, index: number, code: number): number {
  if (code >= 65 && code <= 90) return code + 32;
  return code < 128 ? code : (text[index] ?? "").toLowerCase().charCodeAt(0);
}

/** A capital behind a small letter: "GlobalBatchSize". */
function isHump(text: string, index: number): boolean {
  const [before, code] = [text.charCodeAt(index - 1), text.charCodeAt(index)];
  return code >= 65 && code <= 90 && before >= 97 && before <= 122;
}

/** A space, a hyphen or an underscore. */
function isGap(code: number): boolean {
  return code === SPACE || code === 45 || code === 95;
}

/** A word of letters ends where no letter or digit follows; the symbol of a time may be followed by the next number ("6h32m"). */
function endsWord(text: string, last: number, senses: readonly Sense[]): boolean {
  const code = text.charCodeAt(last);
  if (!isLetter(code) || isWide(code)) return true;
  const after = text.charCodeAt(last + 1);
  if (isDigit(after)) return senses.some(({ role, value }) => role === "units" && (GLUED_UNITS.has(value) || isCurrency(value)));
  return !isLetter(after) || isWide(after);
}

/** Units that another number may follow without a gap. */
const GLUED_UNITS: ReadonlySet<string> = new Set(["second", "minute", "hour", "day"]);

/** An ISO code of money. */
export function isCurrency(unit: string): boolean {
  return unit.length === 3 && unit === unit.toUpperCase() && unit !== unit.toLowerCase() && !unit.endsWith("Wh");
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Any letter of any script; a degree sign or a middle dot is none. */
export function isLetter(code: number): boolean {
  if (code < 128) return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  if (code < 0xc0) return code === 0xb5 || code === 0xaa || code === 0xba;
  if (code < 0x250) return code !== 0xd7 && code !== 0xf7;
  return (code < 0x2000 && code !== 0x387) || isWide(code) || (code >= 0x2c00 && code < 0x2e00) || (code >= 0xa640 && code < 0xd800);
}

/** Letters of scripts that write words without spaces, or with endings glued on: Han, Kana, Hangul. */
export function isWide(code: number): boolean {
  return (code >= 0x3040 && code <= 0x30ff) || (code >= 0x3400 && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7a3);
}
