import type { Random } from "./random.ts";

/** How a name of a model looks. */
export const NAME_KINDS = ["word", "camel", "digits", "two words", "script", "lower"] as const;
export type NameKind = (typeof NAME_KINDS)[number];

const WORDS = ["Alder", "Quill", "Marlow", "Tamarind", "Bracken", "Sorrel", "Hollis", "Vesper", "Juniper", "Cobble", "Larch", "Saffron"];
const ENDS = ["Net", "Former", "LM", "Mind", "Text", "Chat"];
const SIZES = ["Base", "Large", "Mini", "XL", "Pro"];
const SCRIPTS = ["云岭", "白鹭", "Жаворонок", "Снегирь", "Ærfugl", "Störtebeker", "한별", "つばめ", "Λύκος", "Québécor"];
const STARTS = ["Bel", "Tor", "Ka", "Mi", "Sol", "Ve", "Dra", "Lu", "Or", "Fen", "Zy", "Pal"];
const MIDDLES = ["ra", "lin", "do", "ve", "ma", "ri", "ton", "sa", ""];
const TAILS = ["k", "nor", "dis", "na", "th", "lo", "x", "ven"];

/** A name of a kind: an ordinary word, one that nobody has used, or one with a size or a number. */
export function nameOf(random: Random, kind: NameKind): string {
  const word = random.chance(0.5) ? random.pick(WORDS) : coined(random);
  switch (kind) {
    case "word":
      return word;
    case "camel":
      return `${word}${random.pick(ENDS)}`;
    case "digits":
      return random.pick([`${word}-2`, `${word} 3`, `${word}-v4`, `${word} 2.5`, `${word}-${random.pick(SIZES)}-2`]);
    case "two words":
      return `${word} ${random.pick([...SIZES, ...WORDS])}`;
    case "script":
      return random.pick(SCRIPTS);
    case "lower":
      return `${word.toLowerCase()}-${random.pick(SIZES).toLowerCase()}`;
  }
}

/** A name of any kind. */
export function anyName(random: Random): string {
  return nameOf(random, random.pick(NAME_KINDS));
}

function coined(random: Random): string {
  return `${random.pick(STARTS)}${random.pick(MIDDLES)}${random.pick(TAILS)}`;
}
