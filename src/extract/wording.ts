/** Matches "FP8", "amp_fp8", "float8"; not "fp80". */
const EIGHT_BIT = /(?<![a-z\d])(?:amp_)?(?:fp8|float8)(?![a-z\d])/i;

/** "fp8", where a sentence or a line of a table says that its figures are of a training in eight bits. */
export function formatsOf(words: string): readonly string[] {
  return EIGHT_BIT.test(words) ? ["fp8"] : [];
}

/** Qualifiers of prices and counts: "preemptible", "spot", "on-demand", "activated". */
export function qualifiersOf(sentence: string): readonly string[] {
  return [...sentence.matchAll(/\b(?:preemptible|spot|on-demand|on demand|reserved)\b/gi)].map((match) =>
    match[0].toLowerCase().replace(" ", "-"),
  );
}
