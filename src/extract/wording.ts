/** Matches "FP8", "amp_fp8", "float8"; not "fp80". */
const EIGHT_BIT = /(?<![a-z\d])(?:amp_)?(?:fp8|float8)(?![a-z\d])/i;

/** "fp8", where a sentence or a line of a table says that its figures are of a training in eight bits. */
export function formatsOf(words: string): readonly string[] {
  return once(FORMATS, words, () => (EIGHT_BIT.test(words) ? ["fp8"] : []));
}

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
