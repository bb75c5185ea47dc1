import type { Catalog, CueKind, CueWords } from "../model/catalog.ts";

/** What a row or a column is of the others, by its label. */
export type Aggregate = "total" | "subtotal" | "mean";

/** What stands in a cell: a figure, words, nothing, a sign that nothing is told, or that the cell beside it holds here, too. */
export type CellContent = "figure" | "words" | "blank" | "none" | "same";

/** An aggregate that a label names; `whole` where it names nothing else, as "Total" does and "Total tokens" does not. */
export interface NamedAggregate {
  readonly kind: Aggregate;
  readonly whole: boolean;
}

/** The words of cells, ready to be looked up. */
export interface CellWords {
  /** What a whole label or a part of it names. */
  readonly aggregateOf: (label: string) => NamedAggregate | null;
  readonly contentOf: (text: string) => CellContent;
}

interface Phrase {
  readonly kind: CueKind;
  readonly parts: readonly string[];
  readonly isOpen: boolean;
}

const AGGREGATES: ReadonlyMap<CueKind, Aggregate> = new Map<CueKind, Aggregate>([
  ["cell-subtotal", "subtotal"],
  ["cell-total", "total"],
  ["cell-mean", "mean"],
]);

/** A word, or one sign that is no white space. */
const PART = /[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu;
/** A word, of a label without its signs. */
const WORD = /^[\p{L}\p{N}∑⌀]/u;
/** A figure behind signs, hedges and currency: "12", "~$3", "< 200k", "up to 512"; not "A100". */
const FIGURE = /^(?:[^\p{L}\p{N}]|\p{Ll}+\s)*\p{N}/u;
/** A thing with its number, which is a name: "stage 1"; not "about 300 h". */
const NUMBERED = /^\p{L}+\s\p{N}{1,2}$/u;
/** Writing without blanks between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

const KNOWN = new WeakMap<readonly CueWords[], CellWords>();

/** The words of cells that a catalog holds. */
export function cellWords({ cues }: Catalog): CellWords {
  const known = KNOWN.get(cues) ?? wordsOf(cues);
  KNOWN.set(cues, known);
  return known;
}

function wordsOf(cues: readonly CueWords[]): CellWords {
  const phrases = cues.filter((row) => row.cue.startsWith("cell-")).flatMap(({ cue, words }) => words.map((word) => phraseOf(cue, word)));
  const byHead = Map.groupBy(
    phrases.filter((phrase) => AGGREGATES.has(phrase.kind)),
    (phrase) => headOf(phrase.parts[0] ?? ""),
  );
  const whole = new Map(phrases.filter((phrase) => !AGGREGATES.has(phrase.kind)).map((phrase) => [phrase.parts.join(" "), phrase.kind]));
  return {
    aggregateOf: (label) =>
      aggregateIn(
        partsOf(label).filter((part) => WORD.test(part)),
        byHead,
      ),
    contentOf: (text) => {
      if (text === "") return "blank";
      const kind = whole.get(partsOf(text).join(" "));
      if (kind === "cell-same") return "same";
      if (kind === "cell-none") return "none";
      return (FIGURE.test(text) && !NUMBERED.test(text)) || isKeyed(text) ? "figure" : "words";
    },
  };
}

/** "gres/gpu:h100=32": a value that brings its key along. */
function isKeyed(text: string): boolean {
  const [key = "", value = "", ...more] = text.split("=");
  return more.length === 0 && key !== "" && value !== "" && !text.includes(" ") && Number.isFinite(Number(value));
}

function phraseOf(kind: CueKind, printed: string): Phrase {
  const isOpen = printed.length > 1 && printed.endsWith("*");
  return { kind, parts: partsOf(isOpen ? printed.slice(0, -1) : printed), isOpen };
}

/** Words of scripts without blanks are found by their first letter. */
function headOf(part: string): string {
  return UNSPACED.test(part) ? part.slice(0, 1) : part.slice(0, 3);
}

function partsOf(text: string): readonly string[] {
  return [...text.normalize("NFC").toLowerCase().matchAll(PART)].map((match) => match[0]);
}

/** The longest phrase of a label; a subtotal goes before the total that it holds. */
function aggregateIn(parts: readonly string[], byHead: ReadonlyMap<string, readonly Phrase[]>): NamedAggregate | null {
  let best: { readonly phrase: Phrase; readonly length: number } | null = null;
  for (let at = 0; at < parts.length; at += 1) {
    for (const phrase of byHead.get(headOf(parts[at] ?? "")) ?? []) {
      if (phrase.parts.length > (best?.length ?? 0) && standsAt(phrase, parts, at)) best = { phrase, length: phrase.parts.length };
    }
  }
  const kind = best === null ? undefined : AGGREGATES.get(best.phrase.kind);
  return best === null || kind === undefined ? null : { kind, whole: best.length === parts.length };
}

function standsAt(phrase: Phrase, parts: readonly string[], at: number): boolean {
  return phrase.parts.every((wanted, index) => {
    const got = parts[at + index];
    if (got === undefined) return false;
    const isEnd = phrase.isOpen && index === phrase.parts.length - 1;
    return got === wanted || (isEnd && got.startsWith(wanted));
  });
}
