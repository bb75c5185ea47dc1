/** How a mathematical font of TeX numbers its glyphs, for files that give no meaning to them. */
export type SymbolEncoding = "symbols" | "letters" | "extensions";

/** Fonts in the order of OMS: "CMSY10", "txsys", "LMMathSymbols10-Regular"; not "CMSS10". */
const SYMBOLS_FONT = /^(?:cmb?sy|txb?sys?$|lmmathsymbols|px?sys?$|ntxsy|stmary)/i;
/** Fonts in the order of OML: "CMMI7", "NewTXMI", "LMMathItalic8-Regular"; not "CMTI10". */
const LETTERS_FONT = /^(?:cmmib?\d|newtxb?mi|newpxb?mi|lmmathitalic|rtxb?mi|txmia)/i;

/** Fonts of large brackets and their parts: "CMEX10", "txexs"; a bracket without a meaning is left out, it is in no number. */
const EXTENSIONS_FONT = /^(?:cmex|txb?ex|lmmathextension|newtxex|ntxex|pxex)/i;

/** The encoding of a font by its name; null for fonts of text. */
export function symbolEncoding(fontName: string): SymbolEncoding | null {
  if (SYMBOLS_FONT.test(fontName)) return "symbols";
  if (LETTERS_FONT.test(fontName)) return "letters";
  return EXTENSIONS_FONT.test(fontName) ? "extensions" : null;
}

/** The first 32 places of each encoding. Source: TeX, encodings OMS and OML (Knuth, Computer Modern Typefaces, 1986). */
const PLACES: Readonly<Record<"symbols" | "letters", string>> = {
  symbols: "−·×∗÷⋄±∓⊕⊖⊗⊘⊙○◦•≍≡⊆⊇≤≥⪯⪰∼≈⊂⊃≪≫≺≻",
  letters: "ΓΔΘΛΞΠΣΥΦΨΩαβγδεζηθικλμνξπρστυφχ",
};

/** What stands in OMS where text fonts have signs and small letters; capitals are capitals. Source: as above, places 0x21 to 0x3f, 0x61 to 0x7a. */
const SIGNS = "→↑↓↔↗↘≃⇐⇒⇑⇓⇔↖↙∝′∞∈∋△▽/↦∀∃¬∅ℜℑ⊤⊥";
const SMALL_LETTERS = "⊣⌊⌋⌈⌉{}⟨⟩|‖↕⇕\\≀√∐∇∫⊔⊓⊑⊒§†‡";
/** Fonts that have nothing but their encoding: "CMSY10", "CMMI7"; later families, such as "txsys", have signs of text as well. */
const KNUTH_FONT = /^cmb?(?:sy|mi)/i;
/** What stands in OML where text fonts have these signs. */
const LETTER_SIGNS: ReadonlyMap<string, string> = new Map([
  [":", "."],
  [";", ","],
  ["=", "/"],
]);

/** Keys of a Mac keyboard that Quartz gives for control codes when it saves a file anew, and the code each stands for. */
const QUARTZ_CODES: ReadonlyMap<string, number> = new Map([
  ["⇥", 0x02],
  ["⇤", 0x03],
  ["↵", 0x0b],
  ["✏", 0x0f],
  ["⌘", 0x11],
  ["✓", 0x12],
  ["⌫", 0x17],
  ["⇠", 0x18],
  ["⇡", 0x19],
  ["⇢", 0x1a],
  ["⌧", 0x1c],
]);

/** Places above the common ones, by the fonts of the newtx family. Source: newtxmath, symbols at 0xb8 to 0xbc, punctuation at 0x95 and 0x96. */
const NEWTX_PLACES: Readonly<Record<"symbols" | "letters", ReadonlyMap<string, string>>> = {
  symbols: new Map([
    ["\u00b8", "="],
    ["\u00b9", "("],
    ["\u00ba", ")"],
    ["\u00bb", "["],
    ["\u00bc", "]"],
  ]),
  letters: new Map([
    ["\u0095", "."],
    ["\u0096", ","],
  ]),
};

/** Codes instead of characters, and parts of brackets in the private area. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what fonts without a proper table give.
const MEANINGLESS = /^[\u0000-\u001f\u007f-\u00a0\uffff\ue000-\uf8ff]*$/;

/** What a glyph of such a font means, where the file gives a code or a key instead of a meaning. */
export function symbolMeaning(unicode: string, encoding: SymbolEncoding, fontName: string): string {
  if (encoding === "extensions") return MEANINGLESS.test(unicode) ? "" : unicode;
  const code = QUARTZ_CODES.get(unicode) ?? (unicode.length === 1 ? unicode.charCodeAt(0) : -1);
  if (code >= 0 && code < 0x20) return PLACES[encoding].charAt(code);
  if (!KNUTH_FONT.test(fontName)) return unicode === "!" ? "→" : (NEWTX_PLACES[encoding].get(unicode) ?? unicode);
  if (encoding === "letters") return LETTER_SIGNS.get(unicode) ?? unicode;
  if (code > 0x20 && code < 0x40) return SIGNS.charAt(code - 0x21);
  return code > 0x60 && code < 0x7b ? SMALL_LETTERS.charAt(code - 0x61) : unicode;
}
