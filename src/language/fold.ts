/** Characters that stand for a plain one, each a single code unit so that offsets stay exact. */
const FOLDED: Readonly<Record<string, string>> = {
  "\u00a0": " ",
  "\u2009": " ",
  "\u202f": " ",
  "\u2002": " ",
  "\u2003": " ",
  "\u3000": " ",
  "\n": " ",
  "\t": " ",
  "−": "-",
  "‐": "-",
  "‑": "-",
  "∼": "~",
  "≈": "~",
  "≃": "~",
  "～": "~",
  "∗": "*",
  "⋅": "·",
  "∙": "·",
  "：": ":",
  "（": "(",
  "）": ")",
  "％": "%",
  "’": "'",
};

/** What `FOLDED` replaces, and full-width digits. Matches "１", "−"; not "1", "-". */
const TO_FOLD = /[\u00a0\u2002\u2003\u2009\u202f\u3000\n\t−‐‑∼≈≃～∗⋅∙：（）％’０-９]/g;

/** A thin or narrow space that groups thousands: "2 400"; not the one of "3 GPUs". */
const GROUPING = /(?<=(?<![\d.,])\d{1,3}(?:[\u2009\u202f]\d{3})*)[\u2009\u202f](?=\d{3}(?!\d))/g;

/**
 * A plain space that groups thousands, where the sentence shows that one number stands there and what it counts: "took 122 880 GPU
 * hours", "$82 944"; not "on 8 512 GB nodes", "Table 2 512 GPUs".
 */
const PLAIN_GROUPING =
  /(?<=(?:[$€£¥(=~≈;:,]\s?|(?<!\p{L})(?!(?:table|section|figure|steps?|stages?|phase|level|model|version|chapter|page|layers?|size|top)\b)\p{Ll}{2,}\s)\d{1,3}(?: \d{3})*) (?=\d{3}(?: \d{3})*(?!\d|\.\d)(?:\s(?!(?:[GMTK]i?B|[kM]?W|[GT]bps?|Gb|watts?)\b)\p{L}|[.,;)]?(?:\s|$)))/gu;

/** What leads the eye from a key to its value: "GPUs ......... 64", "epochs ____ 3"; not the three dots of somebody who hesitates. */
const LEADER = /(?<=\S ?)(?:\.{4,}|_{4,}|·{4,})(?= ?\S)/g;

/** The text with variant spaces, signs and digits made plain. Shape: same length, so every offset stays what it was. */
export function fold(text: string): string {
  return text
    .replace(GROUPING, ",")
    .replace(PLAIN_GROUPING, ",")
    .replace(LEADER, (run) => `:${" ".repeat(run.length - 1)}`)
    .replace(TO_FOLD, (character) => FOLDED[character] ?? String.fromCharCode(character.charCodeAt(0) - 0xfee0));
}
