import type { FontLook } from "./page-content.ts";

/** What the engine knows of a font. */
export interface EngineFont {
  readonly name?: string;
  readonly fallbackName?: string;
  readonly bold?: boolean;
  readonly black?: boolean;
  readonly italic?: boolean;
  readonly isType3Font?: boolean;
  readonly vertical?: boolean;
  readonly fontMatrix?: readonly number[];
  readonly bbox?: readonly number[];
}

/** The tag of an embedded subset: "ABCDEF+Times"; not "A+B". */
const SUBSET_TAG = /^[A-Z]{6}\+/;
/** "Times-Bold", "NimbusRomNo9L-Medi", "CMBX10", "LinBiolinumTB", "Helvetica-Black"; not "Medium", "Bxa". */
const BOLD = /bold|black|heavy|demi|-medi(?!um)|^(?:cm|sf|ec|lm)?s{0,2}bx|TB$|[a-z]T[BZ]\d*$/i;
/** "Times-Italic", "CMTI10", "Arial-Oblique", "NimbusRomNo9L-ReguItal"; not "Capital". */
const ITALIC = /ital(?!s?e?d)|obliq|slant|^(?:cm|sf|ec)(?:ti|sl|mi|bxti)|-it$/i;
/** "Courier", "CMTT10", "NimbusMonL", "DejaVuSansMono", "Inconsolata"; not "Monotype". */
const MONOSPACED = /courier|mono(?!t)|nimbusmon|cmtt|sftt|ectt|txtt|consol|menlo|typewriter|LinLibertineM/i;

/** The look of a font, from its name more than from its flags, which TeX leaves unset. */
export function fontLook(font: EngineFont): FontLook {
  const name = (font.name ?? "").replace(SUBSET_TAG, "");
  return {
    name,
    bold: font.bold === true || font.black === true || BOLD.test(name),
    italic: font.italic === true || ITALIC.test(name),
    monospaced: MONOSPACED.test(name),
  };
}
