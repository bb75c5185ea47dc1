/** Letters whose names begin with a vowel: "an NPU", "a GPU". */
const SPOKEN_VOWELS = "AEFHILMNORSX";

/** A noun with its article: "a chip", "an instance", "an npu", which is spoken letter by letter. */
export function withArticle(noun: string): string {
  const first = noun.charAt(0).toUpperCase();
  const isSpelled = SPELLED.has(noun.toLowerCase());
  return `${(isSpelled ? SPOKEN_VOWELS : "AEIOU").includes(first) && first !== "" ? "an" : "a"} ${noun}`;
}

/** Units that are spoken letter by letter. */
const SPELLED: ReadonlySet<string> = new Set(["cpu", "gpu", "tpu", "npu", "gcd"]);

/** "1 claim", "12 claims". */
export function countedNoun(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
