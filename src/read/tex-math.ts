import { fractionOf } from "./fraction.ts";
import { raise } from "./superscript.ts";

/**
 * Prose with its TeX formulas made readable: "$\sim$36" becomes "~36", "$3\times10^{18}$" becomes "3×10¹⁸", "\num{3e23}" "3e23".
 *
 * Shape: the number of line breaks stays the same, so that lines can still be counted.
 * A dollar sign that may be money stays: formulas are told from money by what stands between the signs.
 */
export function readableMath(text: string): string {
  if (!MATH_MARK.test(text)) return text;
  return text
    .replace(DISPLAY, (_whole, first: string | undefined, second: string | undefined) => readableTex(first ?? second ?? ""))
    .replace(PARENTHESIZED, (_whole, inner: string) => readableTex(inner))
    .replace(DOLLARS, (whole, inner: string, next: string) => (isFormula(inner, next) ? readableTex(inner) : whole))
    .replace(NUMBER_MACRO, (_whole, inner: string) => readableTex(inner))
    .replace(CARET, (whole, digit: string, braced: string | undefined, bare: string | undefined) => {
      const raised = raise(braced ?? bare ?? "");
      return raised === null ? whole : digit + raised;
    });
}

/** Anything that could begin a formula: "$", "\(", "^"; plain prose has none and is returned at once. */
const MATH_MARK = /[$\\^]/;
/** A formula on its own line: "$$x = 1$$", "\[ x \]"; not "$$" alone. Bounded, so that a lone mark costs no long search. */
const DISPLAY = /\$\$([^$]{1,1000})\$\$|\\\[((?:[^\\]|\\(?!\])){1,1000})\\\]/g;
/** A formula in a sentence: "\(10^{18}\)"; not "\( without an end". */
const PARENTHESIZED = /\\\(((?:[^\\]|\\(?!\))){1,400})\\\)/g;
/** A formula between single dollar signs, with no space inside them: "$\sim$36", "$256$"; not "$5 and $10". */
const DOLLARS = /(?<![\\$])\$(?![\s$])([^$]{1,300}?)(?<!\s)\$(?!\$)(?=(\d?))/g;
/** Numbers in the notation of siunitx: "\num{3.1e18}"; not "\number". */
const NUMBER_MACRO = /\\num\{([^{}]{1,60})\}/g;
/** An exponent that was left in caret notation: "10^{21}", "10^21"; not "^1" as a note mark. */
const CARET = /(\d)\^(?:\{([^{}]{1,8})\}|([+\-−]?\d{1,3})(?![\d.]))/g;

/** Signs of TeX: "\sim", "x^2", "N_a"; "5/hour and" has none. */
const TEX_SIGN = /[\\^_{}]/;
/** A single number, letter or comparison: "256", "N", "n=5", "1.5\%"; not "8 per hour, or". */
const SINGLE_TERM = /^[A-Za-z0-9.,=+*/<>~×·|()[\]-]+$/;

/** A letter and what it is: "d = 512", "N > 1.5"; not "5 or 10". */
const ASSIGNMENT = /^[A-Za-z]\w?\s?[=<>~]\s?[\w.,%]+$/;

/** A sign by itself, which no money is: "<" of "$<$4 days". */
const RELATION = /^[<>=~≈≤≥]$/;

/** A digit after the sign makes it money ("$41–$140"), unless TeX stands before it. Source: the rule of Pandoc's tex_math_dollars. */
function isFormula(inner: string, next: string): boolean {
  if (next !== "") return inner.includes("\\") || RELATION.test(inner);
  return TEX_SIGN.test(inner) || SINGLE_TERM.test(inner) || ASSIGNMENT.test(inner);
}

/** TeX of a formula as a reader would type it. */
export function readableTex(tex: string): string {
  const cursor = { tex, at: 0 };
  return sequence(cursor, "").replace(SPACE_RUN, (space) => (space.includes("\n") ? space.replace(/[^\n]/g, "") : " "));
}

/** Two or more spaces, or any with a line break in it: "  ", " \n"; not one space. */
const SPACE_RUN = /[ \t]*\n[ \t\n]*|[ \t]{2,}/g;

/** A raised mark of a note, which is no exponent. */
const NOTE_MARK = /^[*†‡§]+$/;

interface Cursor {
  readonly tex: string;
  at: number;
}

/** Deeper braces than this are kept as they stand; no formula in prose has them. */
const DEPTH_LIMIT = 40;

function sequence(cursor: Cursor, end: string, depth = 0): string {
  let out = "";
  while (cursor.at < cursor.tex.length) {
    const character = cursor.tex[cursor.at] ?? "";
    if (character === end) {
      cursor.at += 1;
      return out;
    }
    if (character === "^") {
      cursor.at += 1;
      const inner = argument(cursor, depth);
      out += raise(inner) ?? (NOTE_MARK.test(inner) ? inner : inner.length === 1 ? `^${inner}` : `^(${inner})`);
    } else if (character === "_") {
      cursor.at += 1;
      out += argument(cursor, depth);
    } else {
      out += item(cursor, depth);
    }
  }
  return out;
}

/** One letter, one group in braces, or one command with what belongs to it. */
function item(cursor: Cursor, depth: number): string {
  const character = cursor.tex[cursor.at] ?? "";
  if (character === "\\") return command(cursor, depth);
  cursor.at += 1;
  if (character === "{") return depth > DEPTH_LIMIT ? "" : sequence(cursor, "}", depth + 1);
  if (character === "}") return "";
  if (character === "~") return " ";
  return character;
}

function argument(cursor: Cursor, depth: number): string {
  while (cursor.tex[cursor.at] === " ") cursor.at += 1;
  return cursor.at < cursor.tex.length ? item(cursor, depth) : "";
}

/** A command name: "\times", "\,"; the name is what follows the backslash. */
const COMMAND = /\\([A-Za-z]+\*?|[\s\S])/y;

function command(cursor: Cursor, depth: number): string {
  COMMAND.lastIndex = cursor.at;
  const match = COMMAND.exec(cursor.tex);
  if (match === null) {
    cursor.at += 1;
    return "";
  }
  cursor.at += match[0].length;
  const name = match[1] ?? "";
  const sign = SIGNS.get(name);
  if (sign !== undefined) {
    // A space ends the name of a command and is not printed; "\times 10" has no space of its own.
    if (/[A-Za-z]$/.test(name)) while (cursor.tex[cursor.at] === " ") cursor.at += 1;
    return sign;
  }
  if (name === "frac" || name === "tfrac" || name === "dfrac") return fractionOf(argument(cursor, depth), argument(cursor, depth));
  if (name === "sqrt") return `√${argument(cursor, depth)}`;
  if (name === "SI" || name === "qty") return `${argument(cursor, depth)} ${argument(cursor, depth)}`;
  if (TRANSPARENT.has(name)) return argument(cursor, depth);
  if (DROPPED.has(name)) return "";
  return name;
}

/** Commands that stand for one sign. Source: the tables of symbols of LaTeX2e and amsmath. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ["times", "×"],
  ["cdot", "·"],
  ["ast", "*"],
  ["div", "/"],
  ["sim", "~"],
  ["thicksim", "~"],
  ["approx", "≈"],
  ["simeq", "≈"],
  ["pm", "±"],
  ["mp", "∓"],
  ["le", "≤"],
  ["leq", "≤"],
  ["leqslant", "≤"],
  ["ge", "≥"],
  ["geq", "≥"],
  ["geqslant", "≥"],
  ["lt", "<"],
  ["gt", ">"],
  ["ll", "≪"],
  ["gg", "≫"],
  ["ne", "≠"],
  ["neq", "≠"],
  ["to", "→"],
  ["rightarrow", "→"],
  ["dots", "..."],
  ["ldots", "..."],
  ["cdots", "..."],
  ["Rightarrow", "⇒"],
  ["propto", "∝"],
  ["dagger", "†"],
  ["ddagger", "‡"],
  ["star", "*"],
  ["infty", "∞"],
  ["degree", "°"],
  ["mu", "µ"],
  ["alpha", "α"],
  ["beta", "β"],
  ["gamma", "γ"],
  ["delta", "δ"],
  ["epsilon", "ε"],
  ["eta", "η"],
  ["lambda", "λ"],
  ["sigma", "σ"],
  ["tau", "τ"],
  ["theta", "θ"],
  ["Delta", "Δ"],
  ["Sigma", "Σ"],
  ["%", "%"],
  ["$", "$"],
  ["#", "#"],
  ["&", "&"],
  ["_", "_"],
  ["{", "{"],
  ["}", "}"],
  [",", " "],
  [";", " "],
  [":", " "],
  [" ", " "],
  ["\n", "\n"],
  ["!", ""],
  ["\\", " "],
  ["quad", " "],
  ["qquad", " "],
]);

/** Commands of which only the argument is printed. */
const TRANSPARENT: ReadonlySet<string> = new Set([
  "text",
  "textrm",
  "textbf",
  "textit",
  "texttt",
  "textsc",
  "mathrm",
  "mathbf",
  "mathit",
  "mathsf",
  "mathcal",
  "mathbb",
  "boldsymbol",
  "operatorname",
  "mbox",
  "hbox",
  "emph",
  "num",
  "si",
  "unit",
  "ensuremath",
  "bar",
  "hat",
  "tilde",
  "overline",
  "underline",
]);

/** Commands that print nothing. */
const DROPPED: ReadonlySet<string> = new Set([
  "left",
  "right",
  "big",
  "Big",
  "bigl",
  "bigr",
  "Bigl",
  "Bigr",
  "displaystyle",
  "textstyle",
  "rm",
  "bf",
  "it",
  "sf",
  "tt",
  "limits",
]);
