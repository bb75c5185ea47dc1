import type { Catalog } from "../model/catalog.ts";
import { foldName } from "../model/fold-name.ts";
import type { LexiconRole } from "../model/lexicon.ts";
import { append } from "../model/many.ts";

/** What the lexicon and the catalog know of words, ready to be asked. */
export interface WordClasses {
  /** The classes that a word of the text stands in; most stand in none. */
  readonly of: (word: string) => readonly string[];
  readonly is: (word: string, kind: string) => boolean;
  /** Whether a word is in a class that says more than that a place, a people or a person may be called by it, as a model may. */
  readonly isListed: (word: string) => boolean;
  /** The class of endings that a word ends in, "ending-..." in the lexicon; null for none. */
  readonly endingOf: (word: string) => string | null;
  /** Folded names of models that the catalog lists. */
  readonly models: ReadonlySet<string>;
}

/** Classes of proper names, which anything may be called by. */
export const PROPER: ReadonlySet<string> = new Set(["town", "people", "given-name"]);

const KNOWN = new WeakMap<Catalog, WordClasses>();

/** The word classes of a catalog, built once. */
export function wordClassesOf(catalog: Catalog): WordClasses {
  const known = KNOWN.get(catalog);
  if (known !== undefined) return known;
  const classes = build(catalog);
  KNOWN.set(catalog, classes);
  return classes;
}

const NONE: readonly string[] = [];

/** Words of figures: what counts and what is counted is no name by itself. */
const LEXICON_CLASSES: Partial<Record<LexiconRole, string>> = {
  units: "unit",
  numbers: "number",
  multipliers: "number",
  names: "quantity",
};

/** A word of three letters or more; shorter ones mean too much else. */
const LEXICON_WORD = /^\p{L}{3,}$/u;

function build(catalog: Catalog): WordClasses {
  const byWord = new Map<string, string[]>();
  const endings: { readonly id: string; readonly text: string }[] = [];
  const unspaced: { readonly id: string; readonly text: string }[] = [];
  const list = (word: string, id: string): void => {
    const listed = byWord.get(word);
    if (listed === undefined) byWord.set(word, [id]);
    else if (!listed.includes(id)) listed.push(id);
  };
  for (const { id, words } of catalog.wordClasses) {
    if (id.startsWith("ending-")) {
      append(
        endings,
        words.map((text) => ({ id: id.slice("ending-".length), text })),
      );
      continue;
    }
    append(
      unspaced,
      words.filter((text) => UNSPACED.test(text)).map((text) => ({ id, text })),
    );
    for (const word of words) list(word.toLowerCase(), id);
  }
  for (const { role, words } of catalog.lexicon) {
    const id = LEXICON_CLASSES[role];
    if (id === undefined) continue;
    for (const phrase of words) for (const word of phrase.toLowerCase().split(/[ -]/)) if (LEXICON_WORD.test(word)) list(word, id);
  }
  const of = (word: string): readonly string[] => {
    const lower = word.toLowerCase();
    const listed = byWord.get(lower) ?? byWord.get(foldName(lower));
    if (listed !== undefined || !UNSPACED.test(lower)) return listed ?? NONE;
    return [...new Set(unspaced.filter(({ text }) => lower.includes(text)).map(({ id }) => id))];
  };
  const isListed = (word: string): boolean => of(word).some((kind) => !PROPER.has(kind));
  const models = new Set<string>();
  const families = new Map<string, number>();
  for (const { name } of catalog.names) {
    const plain = name.replace(BRACKETED, " ").trim();
    models.add(foldName(plain));
    const head = HEAD.exec(plain)?.[0];
    if (head === undefined || head.length <= 2 || of(head).includes("ordinary")) continue;
    const [next = ""] = plain
      .slice(head.length + 1)
      .replaceAll("-", " ")
      .split(" ");
    const isMember = !isPlain(head) || DIGITS.includes(next.charAt(0)) || DIGITS.includes(next.slice(-1)) || of(next).includes("variant");
    families.set(foldName(head), (families.get(foldName(head)) ?? 0) + (isMember ? FEWEST_MEMBERS : 1));
  }
  for (const [family, members] of families) if (members >= FEWEST_MEMBERS) models.add(family);
  for (const folded of [...models]) if (folded.length < 2 || isListed(folded)) models.delete(folded);
  const endingOf = (word: string): string | null => {
    const lower = word.toLowerCase();
    return endings.find(({ text }) => lower.length > text.length + 2 && lower.endsWith(text))?.id ?? null;
  };
  return { of, is: (word, kind) => of(word).includes(kind), isListed, endingOf, models };
}

/** Writing that joins words, or sets marks at their ends. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** A remark in brackets that tells two entries apart: "(TPU)". */
const BRACKETED = /\([^)]*\)|\[[^\]]*\]/g;

/** A word that only begins a longer name ("Convolutional Pose Machines") is that of a family where two names begin with it. */
const FEWEST_MEMBERS = 2;
const DIGITS = "+0123456789";

/** "Convolutional", "Self-Attention"; not "GPT" or "PaLM". */
function isPlain(name: string): boolean {
  return name.split("-").every((part) => part.slice(1) === part.slice(1).toLowerCase());
}

/** The family of a name with a size, version or variant: "GPT-3" of "GPT-3 175B". */
const HEAD = /^\p{Lu}[\p{L}-]*(?:[ -]?v?\d+(?:\.\d+)?(?![\dBMT]))?(?=[ -])/u;
