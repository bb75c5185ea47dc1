/** How formats of numbers are written, in small letters. */
const FORMAT_NAMES: Readonly<Record<string, string>> = {
  bf16: "bf16",
  bfloat16: "bf16",
  fp16: "fp16",
  float16: "fp16",
  fp8: "fp8",
  float8: "fp8",
  tf32: "tf32",
  fp32: "fp32",
  float32: "fp32",
};

/** Matches "FP8", "amp_fp8", "bfloat16"; not "fp80". */
const NUMBER_FORMAT = new RegExp(`(?<![a-z\\d])(?:amp_)?(${Object.keys(FORMAT_NAMES).join("|")})(?![a-z\\d])`, "gi");

/** The formats of numbers that a sentence or a line of a table speaks of: "bf16", "fp8". */
export function formatsOf(words: string): readonly string[] {
  return once(FORMATS, words, () => [
    ...new Set([...words.matchAll(NUMBER_FORMAT)].flatMap(([, name = ""]) => FORMAT_NAMES[name.toLowerCase()] ?? [])),
  ]);
}

/** The format that halves what a product computes in another. */
export const EIGHT_BIT = "fp8";

/** What was found last: the figures of a long sentence ask one after the other. */
interface Last {
  words: string;
  found: readonly string[];
}

const FORMATS: Last = { words: "", found: [] };
const QUALIFIERS: Last = { words: "", found: [] };

function once(last: Last, words: string, find: () => readonly string[]): readonly string[] {
  if (last.words !== words) {
    last.found = find();
    last.words = words;
  }
  return last.found;
}

/** Qualifiers of prices and counts: "preemptible", "spot", "on-demand", "activated". */
export function qualifiersOf(sentence: string): readonly string[] {
  return once(QUALIFIERS, sentence, () =>
    [...sentence.matchAll(/\b(?:preemptible|spot|on-demand|on demand|reserved)\b/gi)].map((match) =>
      match[0].toLowerCase().replace(" ", "-"),
    ),
  );
}
