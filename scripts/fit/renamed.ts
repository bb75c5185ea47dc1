/**
 * Passages with other names for their models, so that what is said of a name is told from how it is built: the same sentence must give
 * away a plain word, a name with digits and one in small letters.
 */
import { wordClassesOf } from "../../src/attach/word-classes.ts";
import type { Catalog } from "../../src/model/catalog.ts";
import type { GoldPassage } from "../score/gold-mentions.ts";

/** Names of every build; none of them is a word of a list. */
const NAMES: readonly string[] = [
  "Marlow",
  "Quillon",
  "Tavira-7B",
  "orlan-base",
  "HALCYNE",
  "Veldt",
  "RIVEN-2",
  "DeepMarl",
  "tamsin",
  "Brisco-XL",
  "Zephyrine",
  "Great Marl",
  "marlNet-S",
  "Ostrava",
  "Quillon 3",
  "velda-350m",
  "Corrib Ultra",
  "Lindisfarne",
  "tarn_v2",
  "BrambleLM",
];

/** The passage with each of its models renamed, differently in each round; null where no name can be changed. */
export function renamed(catalog: Catalog, passage: GoldPassage, round: number): GoldPassage | null {
  const words = wordClassesOf(catalog);
  const isName = (subject: string): boolean =>
    /\p{L}{3}/u.test(subject) && passage.text.includes(subject) && !subject.split(/[\s-]+/).every((part) => words.of(part).length > 0);
  const subjects = [...new Set(passage.quantities.flatMap(({ subject }) => subject ?? []))].filter(isName);
  if (subjects.length === 0) return null;
  let seed = round * 7 + passage.id.length;
  for (const letter of passage.id) seed = (seed * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  const changes = subjects
    .map((subject, index) => ({ from: subject, to: NAMES[(seed + index * 3) % NAMES.length] ?? subject }))
    .sort((left, right) => right.from.length - left.from.length);
  const change = (text: string): string => changes.reduce((changed, { from }, index) => changed.replaceAll(from, `⟦${index}⟧`), text);
  const settle = (text: string): string => text.replace(/⟦(\d+)⟧/g, (_, index: string) => changes[Number(index)]?.to ?? "");
  const rename = (text: string): string => settle(change(text));
  return {
    ...passage,
    text: rename(passage.text),
    quantities: passage.quantities.map((gold) => ({
      ...gold,
      phrase: rename(gold.phrase),
      ...(gold.subject === undefined ? {} : { subject: rename(gold.subject) }),
    })),
  };
}
