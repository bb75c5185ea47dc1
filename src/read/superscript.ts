/** What an exponent may hold, and how it looks when it is raised. */
export const RAISED: Readonly<Record<string, string>> = {
  "0": "⁰",
  "1": "¹",
  "2": "²",
  "3": "³",
  "4": "⁴",
  "5": "⁵",
  "6": "⁶",
  "7": "⁷",
  "8": "⁸",
  "9": "⁹",
  "+": "⁺",
  "-": "⁻",
  "−": "⁻",
  "–": "⁻",
  n: "ⁿ",
};

/** What an exponent of digits may look like: "18", "-4", "n"; not "th", "[5]", "(V100)". */
const EXPONENT = /^\s*(?:[+\-−–]?\d{1,6}|n)\s*$/;

/** The text raised, if it is an exponent that Unicode can raise; null for any other superscript. */
export function raise(text: string): string | null {
  if (!EXPONENT.test(text)) return null;
  let raised = "";
  for (const character of text.trim()) raised += RAISED[character] ?? character;
  return raised;
}
