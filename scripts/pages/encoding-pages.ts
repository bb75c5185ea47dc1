import { PDFName, type PDFObject, type PDFRef } from "pdf-lib";
import type { PageMaker } from "./prose-pages.ts";
import { Sheet } from "./sheet.ts";

/** Bytes of a text that is shown, in hexadecimal: what stands between < and > in a content stream. */
function shown(codes: readonly (number | string)[]): string {
  return codes
    .flatMap((code) => (typeof code === "number" ? [code] : [...code].map((character) => character.charCodeAt(0))))
    .map((code) => code.toString(16).padStart(2, "0"))
    .join("");
}

interface OddFont {
  readonly baseFont: string;
  /** Names of glyphs by code. */
  readonly differences: Readonly<Record<number, string>>;
  /** Text by code, as the file itself says it; none where the file says nothing. */
  readonly toUnicode: Readonly<Record<number, string>>;
}

function addFont(sheet: Sheet, name: string, font: OddFont): PDFRef {
  const { context } = sheet.document;
  const differences = Object.entries(font.differences).flatMap(([code, glyph]) => [Number(code), PDFName.of(glyph)]);
  const entries: Record<string, PDFObject> = {
    Type: PDFName.of("Font"),
    Subtype: PDFName.of("Type1"),
    BaseFont: PDFName.of(font.baseFont),
    Encoding: context.obj({ Type: PDFName.of("Encoding"), Differences: context.obj(differences) }),
  };
  const pairs = Object.entries(font.toUnicode);
  if (pairs.length > 0) entries["ToUnicode"] = context.register(context.flateStream(characterMap(pairs)));
  const ref = context.register(context.obj(entries));
  sheet.page.node.setFontDictionary(PDFName.of(name), ref);
  return ref;
}

function characterMap(pairs: readonly (readonly [string, string])[]): string {
  const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, "0");
  const lines = pairs.map(
    ([code, text]) => `<${hex(Number(code), 2)}> <${[...text].map((letter) => hex(letter.charCodeAt(0), 4)).join("")}>`,
  );
  return `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Odd def /CMapType 2 def
1 begincodespacerange <00> <ff> endcodespacerange
${lines.length} beginbfchar
${lines.join("\n")}
endbfchar endcmap CMapName currentdict /CMap defineresource pop end end`;
}

/** Shows lines of codes, each with the name of its font, from the top left. */
function show(
  sheet: Sheet,
  x: number,
  y: number,
  parts: readonly { readonly font: string; readonly codes: readonly (number | string)[] }[],
): void {
  const operators = parts.map((part) => `/${part.font} 10 Tf <${shown(part.codes)}> Tj`).join("\n");
  const stream = sheet.document.context.flateStream(`BT 1 0 0 1 ${x} ${sheet.page.getHeight() - y} Tm\n${operators}\nET`);
  sheet.page.node.addContentStream(sheet.document.context.register(stream));
}

/** Cases whose trouble is how the letters are stored. */
export const ENCODING_PAGES: Readonly<Record<string, PageMaker>> = {
  ligatures: async () => {
    const sheet = await Sheet.open();
    // Two ways to say that one glyph is two letters: by the name of the glyph, and by a map to a ligature character.
    addFont(sheet, "Named", { baseFont: "Times-Roman", differences: { 1: "fi", 2: "fl" }, toUnicode: {} });
    addFont(sheet, "Mapped", { baseFont: "Times-Roman", differences: { 3: "fi", 4: "fl" }, toUnicode: { 3: "\ufb01", 4: "\ufb02" } });
    show(sheet, 90, 90, [
      { font: "Named", codes: ["The ", 1, "nal run used 2.5 exa", 2, "ops on an e"] },
      { font: "Mapped", codes: ["f", 3, "cient machine, without a ", 4, "aw;"] },
    ]);
    show(sheet, 90, 102, [{ font: "Named", codes: ["it was ", 1, "rst ", 1, "tted on ", 1, "ve GPUs for ", 1, "fty hours."] }]);
    return sheet;
  },
  "odd-encodings": async () => {
    const sheet = await Sheet.open();
    // Codes that mean nothing by themselves, with names that do; then codes that only the file's own map explains.
    addFont(sheet, "Signs", {
      baseFont: "Symbol",
      differences: { 1: "multiply", 2: "similar", 3: "plusminus", 4: "minus" },
      toUnicode: {},
    });
    addFont(sheet, "Plain", { baseFont: "Times-Roman", differences: {}, toUnicode: {} });
    addFont(sheet, "Shifted", {
      baseFont: "Times-Roman",
      differences: { 129: "six", 130: "four", 131: "space", 132: "G", 133: "P", 134: "U", 135: "s" },
      toUnicode: { 129: "6", 130: "4", 131: " ", 132: "G", 133: "P", 134: "U", 135: "s" },
    });
    show(sheet, 90, 90, [
      { font: "Plain", codes: ["A machine of 8 "] },
      { font: "Signs", codes: [1] },
      { font: "Plain", codes: [" A100 ran for "] },
      { font: "Signs", codes: [2] },
      { font: "Plain", codes: ["12 days, 300 "] },
      { font: "Signs", codes: [3] },
      { font: "Plain", codes: [" 20 hours, then on "] },
      { font: "Shifted", codes: [129, 130, 131, 132, 133, 134, 135] },
      { font: "Plain", codes: ["."] },
    ]);
    return sheet;
  },
  "co2-three-ways": async () => {
    const sheet = await Sheet.open();
    let y = sheet.paragraph(
      90,
      90,
      432,
      "The run of March emitted 120 kg of CO_{2} in all, that of April 80 kg of CO2 and that of May 45 kg CO_{2}eq.",
    );
    y = sheet.paragraph(90, y + 6, 432, "We take 0.4 kg CO_{2}e/kWh for the grid, and CO2e is what we list below.");
    sheet.paragraph(90, y + 6, 432, "All figures are for training only; the volunteers came by bicycle.");
    return sheet;
  },
};
