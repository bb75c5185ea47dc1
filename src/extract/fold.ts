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

/** Matches what `FOLDED` replaces, and full-width digits: "１" and "−" match, "1" and "-" do not. */
const TO_FOLD = /[\u00a0\u2002\u2003\u2009\u202f\u3000\n\t−‐‑∼≈≃～∗⋅∙：（）％’０-９]/g;

/** A thin or narrow space that groups thousands: "2 400"; not the one of "3 GPUs". */
const GROUPING = /(?<=(?<![\d.,])\d{1,3}(?:[\u2009\u202f]\d{3})*)[\u2009\u202f](?=\d{3}(?!\d))/g;

/** The text with variant spaces, signs and digits made plain. Shape: same length, so every offset stays what it was. */
export function fold(text: string): string {
  return text
    .replace(GROUPING, ",")
    .replace(TO_FOLD, (character) => FOLDED[character] ?? String.fromCharCode(character.charCodeAt(0) - 0xfee0));
}
