import { RAISED } from "../superscript.ts";
/** What a glyph stands for: letters, or white space, or nothing that is text. */
export type GlyphText = { readonly kind: "text"; readonly text: string } | { readonly kind: "space" } | { readonly kind: "nothing" };

const SPACE: GlyphText = { kind: "space" };
const NOTHING: GlyphText = { kind: "nothing" };

/** Plain glyphs repeat all the time, so each is looked at once. */
const known = new Map<string, GlyphText>();
/** More different glyphs than any script has; a file with random ones must not fill the memory. */
const KNOWN_LIMIT = 100_000;

/**
 * The text of one glyph as the font's tables give it, cleaned: ligatures spelled out, odd code points mapped, spaces told apart.
 *
 * A glyph without a meaning becomes U+FFFD, never nothing: a digit that is lost silently makes another number.
 */
export function glyphText(unicode: string): GlyphText {
  const seen = known.get(unicode);
  if (seen !== undefined) return seen;
  const result = classify(unicode);
  if (known.size < KNOWN_LIMIT) known.set(unicode, result);
  return result;
}

/** Spaces of every width: U+0020, U+00A0, U+2009, U+3000; not U+200B, which has none. */
const SPACES = /^[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+$/;
/** Marks without width: zero-width space, joiners, byte order mark, variation selectors. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]|[\ufe00-\ufe0f]/g;
/** Code points without a meaning: controls, unassigned by the font's maker. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what fonts without a proper table give.
const MEANINGLESS = /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;

function classify(unicode: string): GlyphText {
  if (unicode === "") return NOTHING;
  if (SPACES.test(unicode)) return SPACE;
  const visible = unicode.replace(INVISIBLE, "");
  if (visible === "") return NOTHING;
  return { kind: "text", text: spelledOut(visible.replace(MEANINGLESS, "\ufffd")) };
}

/** Code points that are another way to write plain text: ligatures, mathematical letters, full-width letters and digits; not "½" or "²". */
const COMPATIBLE =
  /[\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff04\uff05\uff0b\uff0d\uff0e\uff0f\u210e]|\ud835[\udc00-\udfff]/g;
/** Hyphens that look like the plain one: soft hyphen drawn on the page, U+2010, non-breaking hyphen; not dashes or minus. */
const HYPHENS = /[\u00ad\u2010\u2011]/g;
/** Bullets of symbol fonts, in the private use area. */
const PRIVATE_BULLETS = /[\uf0a7\uf0b7\uf0d8\uf076\uf0fc]/g;

function spelledOut(text: string): string {
  return text
    .replace(COMPATIBLE, (mark) => mark.normalize("NFKC"))
    .replace(HYPHENS, "-")
    .replace(PRIVATE_BULLETS, "•");
}

const SUPERSCRIPTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...RAISED,
    "=": "⁼",
    "(": "⁽",
    ")": "⁾",
    a: "ᵃ",
    b: "ᵇ",
    c: "ᶜ",
    d: "ᵈ",
    e: "ᵉ",
    f: "ᶠ",
    g: "ᵍ",
    h: "ʰ",
    i: "ⁱ",
    j: "ʲ",
    k: "ᵏ",
    l: "ˡ",
    m: "ᵐ",
    o: "ᵒ",
    p: "ᵖ",
    r: "ʳ",
    s: "ˢ",
    t: "ᵗ",
    u: "ᵘ",
    v: "ᵛ",
    w: "ʷ",
    x: "ˣ",
    y: "ʸ",
    z: "ᶻ",
    A: "ᴬ",
    B: "ᴮ",
    D: "ᴰ",
    E: "ᴱ",
    G: "ᴳ",
    H: "ᴴ",
    I: "ᴵ",
    J: "ᴶ",
    K: "ᴷ",
    L: "ᴸ",
    M: "ᴹ",
    N: "ᴺ",
    O: "ᴼ",
    P: "ᴾ",
    R: "ᴿ",
    T: "ᵀ",
    U: "ᵁ",
    V: "ⱽ",
    W: "ᵂ",
  }),
);

/** Endings of ordinal numbers, which stay plain: "19th", "2nd". */
const ORDINAL_ENDINGS: ReadonlySet<string> = new Set(["st", "nd", "rd", "th"]);

/** Raised text in Unicode superscripts, code unit by code unit; what Unicode cannot raise, and the endings of ordinals, stay plain. */
export function raised(text: string, afterDigit: boolean): string {
  if (afterDigit && ORDINAL_ENDINGS.has(text)) return text;
  let result = "";
  for (const character of text) result += SUPERSCRIPTS.get(character) ?? character;
  return result;
}

/** Accents that TeX draws before the letter they stand on, and the combining mark of each. */
const ACCENTS: ReadonlyMap<string, string> = new Map([
  ["´", "\u0301"],
  ["`", "\u0300"],
  ["ˆ", "\u0302"],
  ["¨", "\u0308"],
  ["˜", "\u0303"],
  ["¯", "\u0304"],
  ["˘", "\u0306"],
  ["˙", "\u0307"],
  ["˚", "\u030a"],
  ["ˇ", "\u030c"],
  ["¸", "\u0327"],
  ["˝", "\u030b"],
]);

/** The letter under a drawn accent as one code unit; null if there is none such. */
export function accented(accent: string, letter: string): string | null {
  const mark = ACCENTS.get(accent);
  if (mark === undefined) return null;
  const base = letter === "ı" ? "i" : letter === "ȷ" ? "j" : letter;
  const composed = (base + mark).normalize("NFC");
  return composed.length === 1 ? composed : null;
}
