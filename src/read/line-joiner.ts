/** How two lines of print become one: how many code units of the first are dropped, and what comes between. */
export type LineJoiner = (line: string, next: string) => { readonly drop: number; readonly between: string };

const SPACED = { drop: 0, between: " " };
const CLOSED = { drop: 0, between: "" };
const HYPHEN_DROPPED = { drop: 1, between: "" };

/** The word with the hyphen at which a line ends: "accel-", "v3-", "state-of-the-"; not " - ". */
const BROKEN = /([\p{L}\p{N}][\p{L}\p{N}’'.-]*)-$/u;
/** The word with which the next line begins. */
const CONTINUED = /^(\p{L}[\p{L}’']*)/u;
/** "to-German" after "English-": the rest has a hyphen too. */
const COMPOUND_GOES_ON = /^\p{Ll}{1,4}-\p{L}/u;
/** Chinese, Japanese and Korean are set without spaces. */
const UNSPACED = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/;
/** A number broken inside a group of digits: "1,0" before "24"; not "v3" before "8". */
const GROUP_START = /(?:^|[^\d,.])\d{1,3}(?:,\d{3})*,(\d{1,2})$/;
const GROUP_END = /^(\d{1,2})(?!\d)/;

/**
 * A joiner that undoes hyphenation, and keeps the hyphens that belong to words.
 *
 * A hyphen before a capital or a digit, or after one, stays ("v3-8", "GPU-hours"). Between small letters the document decides: if it
 * has the word in one piece the hyphen goes, if it has it with the hyphen the hyphen stays; else it goes, as most breaks are by syllable.
 */
export function lineJoiner(vocabulary: ReadonlySet<string>): LineJoiner {
  return (line, next) => {
    const last = line.at(-1) ?? "";
    if (last !== "-") return UNSPACED.test(last) && UNSPACED.test(next.charAt(0)) ? CLOSED : endsInSlash(line) ? CLOSED : SPACED;
    const before = line.slice(0, -1);
    const group = GROUP_START.exec(before);
    if (group !== null && (group[1]?.length ?? 0) + (GROUP_END.exec(next)?.[1]?.length ?? 0) === 3) return HYPHEN_DROPPED;
    const left = BROKEN.exec(line)?.[1];
    if (left === undefined) return SPACED;
    const right = CONTINUED.exec(next)?.[1];
    if (right === undefined || !startsSmall(right) || !endsSmall(left)) return CLOSED;
    const part = left.slice(left.lastIndexOf("-") + 1);
    const known = (word: string): boolean => vocabulary.has(word.toLowerCase());
    if (known(`${left}-${right}`) || known(`${part}-${right}`)) return CLOSED;
    // "fine-tun-" and "ing", where the document has "fine-tuning", is broken by syllable.
    if (known(part + right) || known(left + right)) return HYPHEN_DROPPED;
    if (CONJUNCTIONS.has(right.toLowerCase())) return SPACED;
    if (UNITS_OF_TIME.test(right)) return CLOSED;
    // "state-of-the-art" broken at one of its hyphens, "pre-trained" at its only one, "sequence-aligned" between two words.
    if (left.includes("-") || COMPOUND_GOES_ON.test(next) || PREFIXES.has(part.toLowerCase())) return CLOSED;
    return part.length > 2 && right.length > 2 && known(part) && known(right) ? CLOSED : HYPHEN_DROPPED;
  };
}

/** Parts of words that are nearly always set off by a hyphen in technical English. */
const PREFIXES: ReadonlySet<string> = new Set(
  (
    "self non cross multi semi quasi ex pseudo well zero one two three four five six eight ten twenty thirty forty fifty sixty seventy eighty ninety " +
    "single double triple few low high long short large small mid on off state end open closed real deep full half fine coarse near late early general special task domain cost compute memory data model human hand machine " +
    "instruction energy power carbon water time wall per all so"
  ).split(" "),
);

/** What follows a hyphen that stands for the rest of a word: "pre- and post-training". */
const CONJUNCTIONS: ReadonlySet<string> = new Set(["and", "or", "to"]);

/** "hours" of "chip-hours", "day" of "core-day"; no syllable is one of them. */
const UNITS_OF_TIME = /^(?:second|minute|hour|day|week|month|year)s?$/;

function endsInSlash(line: string): boolean {
  return /\w[/]$/.test(line) || /(?:https?:\/\/|www\.)\S*$/.test(line);
}

function startsSmall(word: string): boolean {
  return /^\p{Ll}/u.test(word);
}

/** The letters before the hyphen are small, so that it can be a syllable's: "accel", "Trans"; not "GPU", "v3", "H". */
function endsSmall(word: string): boolean {
  return /\p{Ll}{2}$|^\p{L}\p{Ll}$|^\p{Ll}$|-\p{Ll}$/u.test(word);
}

/**
 * The words of a document, small, with and without hyphens, that can tell whether a hyphen belongs.
 *
 * Shape: one list of words for each line of print; a word that a hyphen cuts at the end of its line is left out.
 */
export function vocabularyOf(lines: Iterable<readonly string[]>): ReadonlySet<string> {
  const words = new Set<string>();
  for (const line of lines) {
    line.forEach((printed, index) => {
      const word = printed.toLowerCase();
      if (word.length < 3 || (index === line.length - 1 && CUT.test(word))) return;
      words.add(word);
      // "(pre-trained)," and "teraflop/s" hold words too.
      if (!PLAIN_WORD.test(word)) for (const part of word.split(BETWEEN_WORDS)) words.add(part);
    });
  }
  return words;
}

/** A joiner for text whose words are gathered when a line first ends in a hyphen: most text has none. */
export function textJoiner(text: string): LineJoiner {
  let joiner: LineJoiner | null = null;
  return (line, next) => {
    joiner ??= lineJoiner(vocabularyOf(text.split("\n").map((row) => row.trim().split(/\s+/))));
    return joiner(line, next);
  };
}

/** Ends in a hyphen, plain or soft. */
const CUT = /[-\u00ad]$/;
const PLAIN_WORD = /^\p{L}+$/u;
const BETWEEN_WORDS = /[^\p{L}\p{N}’'-]+/u;
