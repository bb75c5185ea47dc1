/** What a page may call its hardware, as a reader writes it. */
const NOUNS = ["GPU", "TPU", "NPU", "card", "chip", "device", "accelerator"] as const;

/** Letters and digits around a noun make it another word: "microchip", "cardinal". */
const WORDS = new RegExp(String.raw`(?<![\p{L}\p{N}])(${NOUNS.join("|")})s?(?![\p{L}\p{N}])`, "iu");

/** The first of the nouns in a text, as a reader writes it. */
export function nounIn(text: string): string | null {
  const found = WORDS.exec(text)?.[1]?.toLowerCase();
  return NOUNS.find((noun) => noun.toLowerCase() === found) ?? null;
}
