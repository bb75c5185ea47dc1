/** Units and prefixes of siunitx as they are printed: \kilo\watt\hour is "kWh". Source: siunitx manual, sections 4.4 and 4.5. */
const SIUNITX: Readonly<Record<string, string>> = {
  kilo: "k",
  mega: "M",
  giga: "G",
  tera: "T",
  peta: "P",
  exa: "E",
  milli: "m",
  micro: "µ",
  nano: "n",
  watt: "W",
  joule: "J",
  gram: "g",
  kilogram: "kg",
  tonne: "t",
  second: "s",
  minute: "min",
  hour: "h",
  day: "d",
  byte: "B",
  bit: "bit",
  percent: "%",
  hertz: "Hz",
  meter: "m",
  celsius: "°C",
  W: "W",
  kW: "kW",
  MW: "MW",
  kWh: "kWh",
  MWh: "MWh",
  g: "g",
  kg: "kg",
  h: "h",
  s: "s",
  GB: "GB",
  TB: "TB",
};

/** Names of a chain of unit macros, printed: ["kilo", "watt", "hour"] is "kWh"; an unknown one keeps its name. */
export function unitWords(names: readonly string[]): string {
  let words = "";
  for (const name of names) words += name === "per" ? "/" : (SIUNITX[name] ?? name);
  return words;
}

/** Combining marks of accent macros: \'e is "é". Source: Unicode, combining diacritical marks. */
const ACCENTS: Readonly<Record<string, string>> = {
  "'": "\u0301",
  "`": "\u0300",
  "^": "\u0302",
  '"': "\u0308",
  "~": "\u0303",
  "=": "\u0304",
};

/** An accent and its letter: \'e, \"{u}; not a line break before a quote, \\"a. */
const ACCENT = /(?<!\\)\\(['`^"~=])(?:\{([A-Za-z])\}|([A-Za-z]))/g;

/** A source with accented letters in place of their macros, which the parser would take apart. */
export function withAccents(source: string): string {
  return source.replace(ACCENT, (_whole, mark: string, braced: string | undefined, bare: string | undefined) =>
    `${braced ?? bare ?? ""}${ACCENTS[mark] ?? ""}`.normalize("NFC"),
  );
}

/** Macros that stand for one sign or word in running text. Source: the tables of text symbols of LaTeX2e and textcomp. */
export const TEXT_SIGNS: ReadonlyMap<string, string> = new Map([
  ["%", "%"],
  ["$", "$"],
  ["&", "&"],
  ["#", "#"],
  ["_", "_"],
  ["{", "{"],
  ["}", "}"],
  [",", " "],
  [";", " "],
  [":", " "],
  [" ", " "],
  ["\n", " "],
  ["/", ""],
  ["-", ""],
  ["!", ""],
  ["@", ""],
  ["\\", " "],
  ["newline", " "],
  ["linebreak", " "],
  ["quad", " "],
  ["qquad", " "],
  ["xspace", ""],
  ["ldots", "..."],
  ["dots", "..."],
  ["textellipsis", "..."],
  ["textasciitilde", "~"],
  ["texttildelow", "~"],
  ["texttimes", "×"],
  ["textpm", "±"],
  ["textdollar", "$"],
  ["texteuro", "€"],
  ["euro", "€"],
  ["pounds", "£"],
  ["textpercent", "%"],
  ["textendash", "–"],
  ["textemdash", "—"],
  ["textquotedblleft", "“"],
  ["textquotedblright", "”"],
  ["textless", "<"],
  ["textgreater", ">"],
  ["textbackslash", "\\"],
  ["textdegree", "°"],
  ["textmu", "µ"],
  ["S", "§"],
  ["dag", "†"],
  ["textdagger", "†"],
  ["ddag", "‡"],
  ["textdaggerdbl", "‡"],
  ["textasteriskcentered", "*"],
  ["ss", "ß"],
  ["o", "ø"],
  ["O", "Ø"],
  ["l", "ł"],
  ["L", "Ł"],
  ["ae", "æ"],
  ["aa", "å"],
  ["i", "ı"],
  ["LaTeX", "LaTeX"],
  ["TeX", "TeX"],
  ["today", ""],
]);
