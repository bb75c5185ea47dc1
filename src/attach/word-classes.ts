import type { Catalog } from "../model/catalog.ts";
import { foldName } from "../model/fold-name.ts";
import type { LexiconRole } from "../model/lexicon.ts";
import { isWordCode } from "../model/name-trie.ts";

/** What the lexicon and the catalog know of words, ready to be asked. */
export interface WordClasses {
  /** The classes that a word of the text stands in; most stand in none. */
  readonly of: (word: string) => readonly string[];
  readonly is: (word: string, kind: string) => boolean;
  /** Whether a word is in a class that says more than that a place, a people or a person may be called by it, as a model may. */
  readonly isListed: (word: string) => boolean;
  /** The class of endings that a word ends in, "ending-..." in the lexicon; null for none. */
  readonly endingOf: (word: string) => string | null;
  /** Whether a folded name is that of a model, or of a family of models, that the catalog lists. */
  readonly isModel: (folded: string) => boolean;
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

interface Listed {
  readonly id: string;
  readonly words: ReadonlySet<string>;
}

/** Most words of a document come again; a process that reads many forgets those of the ones before. */
const MOST_KEPT = 50_000;

/** Nothing is worked out before it is asked for: of all that is listed, a paragraph has a few words. */
function build(catalog: Catalog): WordClasses {
  const endings = catalog.wordClasses.filter(({ id }) => id.startsWith(ENDINGS));
  const classes = catalog.wordClasses.filter(({ id }) => !id.startsWith(ENDINGS));
  let unspaced: readonly { readonly id: string; readonly text: string }[] | null = null;
  const unspacedIn = (lower: string): readonly string[] => {
    unspaced ??= classes.flatMap(({ id, words }) => words.filter((text) => UNSPACED.test(text)).map((text) => ({ id, text })));
    return [...new Set(unspaced.filter(({ text }) => lower.includes(text)).map(({ id }) => id))];
  };
  const listed: readonly Listed[] = [
    ...classes.map(({ id, words }): Listed => ({ id, words: new Set(words.map((word) => word.toLowerCase())) })),
    ...lexiconClasses(catalog),
  ];
  const listedOf = (lower: string): readonly string[] => {
    const found = listed.filter(({ words }) => words.has(lower));
    return found.length === 0 ? NONE : [...new Set(found.map(({ id }) => id))];
  };
  const find = (lower: string): readonly string[] => {
    const own = listedOf(lower);
    const found = own.length > 0 ? own : listedOf(foldName(lower));
    return found.length > 0 || !UNSPACED.test(lower) ? found : unspacedIn(lower);
  };
  const kept = new Map<string, readonly string[]>();
  const of = (word: string): readonly string[] => {
    let ids = kept.get(word);
    if (ids === undefined) {
      ids = find(word.toLowerCase());
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(word, ids);
    }
    return ids;
  };
  const isListed = (word: string): boolean => of(word).some((kind) => !PROPER.has(kind));
  let models: ModelNames | null = null;
  const isModel = (folded: string): boolean => {
    models ??= new ModelNames(catalog);
    return folded.length >= 2 && models.has(folded, of) && !isListed(folded);
  };
  const endingOf = (word: string): string | null => {
    const lower = word.toLowerCase();
    const found = endings.find(({ words }) => words.some((text) => lower.length > text.length + 2 && lower.endsWith(text)));
    return found === undefined || found.id === NO_ENDING ? null : found.id.slice(ENDINGS.length);
  };
  return { of, is: (word, kind) => of(word).includes(kind), isListed, endingOf, isModel };
}

const ENDINGS = "ending-";

/** Looks like an ending, and is none: "knapweed" is no past of anything. */
const NO_ENDING = "ending-none";

/** Words of figures in the lexicons, each class once. */
function lexiconClasses({ lexicon }: Catalog): readonly Listed[] {
  const byId = new Map<string, Set<string>>();
  for (const { role, words } of lexicon) {
    const id = LEXICON_CLASSES[role];
    if (id === undefined) continue;
    let known = byId.get(id);
    if (known === undefined) {
      known = new Set();
      byId.set(id, known);
    }
    for (const word of words.join(" ").toLowerCase().split(/[ -]/)) if (LEXICON_WORD.test(word)) known.add(word);
  }
  return [...byId].map(([id, words]) => ({ id, words }));
}

/** Folded names of the models that the catalog lists, those of one beginning at a time. */
class ModelNames {
  /** By the first two letters or digits of their folded form. */
  readonly #byBeginning: ReadonlyMap<string, readonly string[]>;
  readonly #folded = new Map<string, ReadonlySet<string>>();

  constructor({ names }: Catalog) {
    this.#byBeginning = Map.groupBy(
      names.map(({ name }) => (name.includes("(") || name.includes("[") ? name.replace(BRACKETED, " ").trim() : name.trim())),
      (name) => (isPlain(name.charCodeAt(0)) && isPlain(name.charCodeAt(1)) ? name.slice(0, 2).toLowerCase() : foldName(name).slice(0, 2)),
    );
  }

  has(folded: string, classesOf: WordClasses["of"]): boolean {
    const beginning = folded.slice(0, 2);
    let known = this.#folded.get(beginning);
    if (known === undefined) {
      known = foldedOf(this.#byBeginning.get(beginning) ?? NONE, classesOf);
      this.#folded.set(beginning, known);
    }
    return known.has(folded);
  }
}

/** A letter or digit that folds into itself, or its small letter. */
function isPlain(code: number): boolean {
  return code < 128 && isWordCode(code);
}

/** Names, and the families that they are of: a plain word is a family's where two names begin with it. */
function foldedOf(names: readonly string[], classesOf: WordClasses["of"]): ReadonlySet<string> {
  const folded = new Set<string>();
  const families = new Map<string, number>();
  for (const name of names) {
    folded.add(foldName(name));
    const head = HEAD.exec(name)?.[0];
    if (head === undefined || head.length <= 2 || classesOf(head).includes("ordinary")) continue;
    const [next = ""] = name
      .slice(head.length + 1)
      .replaceAll("-", " ")
      .split(" ");
    const isMember =
      !isPlainWord(head) || DIGITS.includes(next.charAt(0)) || DIGITS.includes(next.slice(-1)) || classesOf(next).includes("variant");
    families.set(foldName(head), (families.get(foldName(head)) ?? 0) + (isMember ? FEWEST_MEMBERS : 1));
  }
  for (const [family, members] of families) if (members >= FEWEST_MEMBERS) folded.add(family);
  return folded;
}

/** Writing that joins words, or sets marks at their ends. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** A remark in brackets that tells two entries apart: "(TPU)". */
const BRACKETED = /\([^)]*\)|\[[^\]]*\]/g;

/** A word that only begins a longer name ("Convolutional Pose Machines") is that of a family where two names begin with it. */
const FEWEST_MEMBERS = 2;
const DIGITS = "+0123456789";

/** "Convolutional", "Self-Attention"; not "GPT" or "PaLM". */
function isPlainWord(name: string): boolean {
  return name.split("-").every((part) => part.slice(1) === part.slice(1).toLowerCase());
}

/** The family of a name with a size, version or variant: "GPT-3" of "GPT-3 175B". */
const HEAD = /^\p{Lu}[\p{L}-]*(?:[ -]?v?\d+(?:\.\d+)?(?![\dBMT]))?(?=[ -])/u;
