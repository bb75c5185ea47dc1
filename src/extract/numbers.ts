import type { NumberForm, PrintedNumber } from "../model/mention.ts";

/** A number in folded text; `span` counts from the start of that text. */
export interface NumberToken {
  readonly number: PrintedNumber;
  readonly start: number;
  readonly end: number;
  /** ISO code of a currency printed before or after, else null. */
  readonly currency: string | null;
}

const MULTIPLIERS: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  million: 1e6,
  mm: 1e6,
  b: 1e9,
  bn: 1e9,
  billion: 1e9,
  t: 1e12,
  trillion: 1e12,
  millions: 1e6,
  millionen: 1e6,
  millones: 1e6,
  milliard: 1e9,
  milliards: 1e9,
  milliarde: 1e9,
  milliarden: 1e9,
  "mil millones": 1e9,
  "mio.": 1e6,
  "mrd.": 1e9,
  billionen: 1e12,
  billones: 1e12,
  万: 1e4,
  萬: 1e4,
  亿: 1e8,
  億: 1e8,
  万亿: 1e12,
  萬億: 1e12,
};

const CURRENCIES: readonly (readonly [RegExp, string])[] = [
  [/(?:US\s?\$|USD|\$)\s?$/i, "USD"],
  [/(?:EUR|€)\s?$/i, "EUR"],
  [/(?:GBP|£)\s?$/i, "GBP"],
  [/(?:RMB|CNY|¥)\s?$/i, "CNY"],
];

const CURRENCIES_AFTER: readonly (readonly [RegExp, string])[] = [
  [/^\s?(?:d[e']\s)?(?:USD|US dollars?|US-Dollar|dollars?|dólares|美元|美金|\$)(?![\w])/i, "USD"],
  [/^\s?(?:d'\s?)?(?:EUR|euros?|€)(?!\w)/i, "EUR"],
  [/^\s?(?:RMB|CNY|yuan|人民币|元)(?!\w)/i, "CNY"],
];

/** Digits: "1,022,362.5", "12 000 000", "= 1 022.5 kWh", "7.25"; what is grouped by spaces only where no other number could stand there. */
const DIGITS = [
  /\d{1,3}(?:,\d{3})+(?:\.\d+)?/u,
  /\d{1,3}(?: \d{3})* 0\d{2}(?: \d{3})*(?!\d|[.,]\d)/u,
  /\d{1,3}(?: \d{3}){2,}(?!\d|[.,]\d)/u,
  /(?<=[:=(~] ?)\d{1,3}(?: \d{3})+\.\d+(?= ?[A-Za-z])/u,
  /\d+(?:\.\d+)?/u,
];

/** Powers of ten behind digits: "e23", "+23" that has lost its e, "x 10^18", "· 10¹⁸". */
const TIMES_TEN = [
  /(?<e>[eE][+-]?\d{1,2})/u,
  /(?<lost>[+](?:\d{2}|[6-9]))(?!\d|\.\d)/u,
  /\s?[x×·*]\s?10(?:\^?\{?(?<power>-?\d{1,2})\}?|(?<raised>⁻?[⁰¹²³⁴-⁹]+))/u,
];

/** Words behind digits that multiply them, in the languages that are read. */
const MULTIPLIER_WORDS = [
  /[Tt]housand|mil millones|Mio\.|Mrd\./u,
  /[Mm]ill(?:iarden|iardes?|iards?|ionen|ones|ions(?=\sd[e'])|ion)/u,
  /[Bb]ill(?:ionen|ones|ion)|[Tt]rillion/u,
  /THOUSAND|MILLION|BILLION|TRILLION/u,
  /万亿|萬億|万|萬|亿|億/u,
];

/** Letters that multiply: "2.788M", "3 bn"; not the M of "3 MW". */
const MULTIPLIER_LETTER = /\s?(?:bn|MM|[kKMBT])(?![A-Za-z0-9])/u;

const anyOf = (patterns: readonly RegExp[]): string => patterns.map(({ source }) => source).join("|");

/**
 * A number as the field prints it: digits with grouping, decimals, exponent, multiplier.
 * Matches "1,022,362", "2.788M", "3.3 · 10¹⁸", "3.14e23", "14.8 trillion"; not the 3 of "v3" or the 100 of "A100".
 */
const NUMBER = new RegExp(
  `(?<![\\w.,])(?<!(?<!\\d)\\/)(?<![A-Za-z]-)(?<digits>${anyOf(DIGITS)})(?<comma>,\\d{1,2}(?![\\d,]))?(?:${anyOf(TIMES_TEN)})?` +
    `(?:(?<word>[\\s-]?(?:${anyOf(MULTIPLIER_WORDS)}))|(?<letter>${MULTIPLIER_LETTER.source}))?`,
  "gu",
);

/** Ten or two to a power by itself: "10²³", "2^11". */
const POWER = /(?<![\w.,]|\d\s?[x×·*]\s?)(?<base>10|2)(?:\^\{?(?<power>-?\d{1,2})\}?|(?<raised>⁻?[⁰¹²³⁴-⁹]{1,3}))/gu;

const WORDS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  sixteen: 16,
  twenty: 20,
  thirty: 30,
  "thirty-two": 32,
  forty: 40,
  fifty: 50,
  "sixty-four": 64,
  hundred: 100,
  dozen: 12,
};

/** Number words: "eight GPUs", "three and a half days", "a dozen"; not "someone". */
const NUMBER_WORD =
  /(?<![\w-])(?:a\s+)?(?<word>thirty-two|sixty-four|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|sixteen|twenty|thirty|forty|fifty|hundred|dozen)(?<half>\s+and\s+a\s+half)?(?![\w])(?:\s+(?<multiplier>hundred|thousand|million|billion|trillion)\b)?/gi;

/** What may stand between the ends of a range: "2-3", "24 to 48", "90至100", "$41–$140". */
const RANGE_JOINT = /^\s?(?:-|–|—|to|至)\s?(?:US\$|\$|€|£)?$/;

/** Every number of a folded sentence, in order, ranges joined. */
export function findNumbers(text: string): readonly NumberToken[] {
  const tokens: NumberToken[] = [...text.matchAll(POWER)].map((match) => {
    const exponent = Number(match.groups?.["power"] ?? plainDigits(match.groups?.["raised"] ?? "0"));
    const end = match.index + match[0].length;
    if (match.groups?.["base"] === "2") return tokenOf(text, match.index, end, 2 ** exponent, 1, "integer", null);
    return tokenOf(text, match.index, end, 10 ** exponent, 10 ** exponent, "scientific", null);
  });
  for (const match of text.matchAll(NUMBER)) {
    if (tokens.some((token) => match.index < token.end && token.start < match.index + match[0].length)) continue;
    tokens.push(readNumber(text, match));
  }
  for (const match of text.matchAll(NUMBER_WORD)) {
    const base = (WORDS[(match.groups?.["word"] ?? "").toLowerCase()] ?? 0) + (match.groups?.["half"] === undefined ? 0 : 0.5);
    const multiplier = match.groups?.["multiplier"]?.toLowerCase();
    const value = base * (multiplier === "hundred" ? 100 : (MULTIPLIERS[multiplier ?? ""] ?? 1));
    tokens.push(tokenOf(text, match.index, match.index + match[0].length, value, 1, "word", null));
  }
  tokens.sort((left, right) => left.start - right.start);
  return joinRanges(text, tokens);
}

function readNumber(text: string, match: RegExpExecArray): NumberToken {
  const groups = match.groups ?? {};
  const printed = groups["digits"] ?? "0";
  // "58.000 GPU-hours": three noughts after a point group thousands, as much of Europe writes them; nobody measures to three noughts.
  const isGrouped = /^[1-9]\d{0,2}\.000$/.test(printed);
  const comma = groups["comma"];
  const grouped = isGrouped ? printed.replace(".", ",") : printed.replaceAll(" ", ",");
  const digits = comma === undefined ? grouped : `${printed.replaceAll(".", "")}.${comma.slice(1)}`;
  const mantissa = Number(digits.replaceAll(",", ""));
  const raised = groups["raised"] === undefined ? undefined : plainDigits(groups["raised"]);
  const exponent = Number(groups["e"]?.slice(1) ?? groups["power"] ?? raised ?? 0);
  const isScientific = groups["e"] !== undefined || groups["power"] !== undefined || raised !== undefined;
  const word = (groups["word"] ?? groups["letter"] ?? "").trim().replace(/^-/, "").toLowerCase();
  const multiplier = MULTIPLIERS[word] ?? 1;
  const decimals = digits.split(".")[1]?.length ?? 0;
  const value = mantissa * 10 ** exponent * multiplier;
  const place = decimals > 0 ? 10 ** -decimals : 10 ** trailingZeros(digits);
  const end = match.index + match[0].length;
  const form: NumberForm = isScientific ? "scientific" : decimals > 0 || multiplier > 1 ? "decimal" : "integer";
  const repair = comma === undefined ? repairOf(groups, mantissa, match[0]) : { value, reason: "decimal-comma" as const };
  return tokenOf(text, match.index, end, value, place * 10 ** exponent * multiplier, form, repair);
}

/** Powers printed flat: fewer digits are a number of their own ("3 x 103"), and no computation takes more. */
const LEAST_FLAT_POWER = 10;

function repairOf(groups: Record<string, string | undefined>, mantissa: number, printed: string): PrintedNumber["repair"] {
  const flat = /[x×·*]\s?10(?<power>\d{2})$/.exec(printed)?.groups?.["power"];
  if (flat !== undefined && Number(flat) >= LEAST_FLAT_POWER) return { value: mantissa * 10 ** Number(flat), reason: "lost-superscript" };
  if (groups["lost"] !== undefined) return { value: mantissa * 10 ** Number(groups["lost"]), reason: "missing-exponent-mark" };
  return null;
}

function tokenOf(
  text: string,
  start: number,
  end: number,
  value: number,
  lastPlace: number,
  form: NumberForm,
  repair: PrintedNumber["repair"],
): NumberToken {
  const before = text.slice(Math.max(0, start - 5), start);
  const prefix = CURRENCIES.find(([pattern]) => pattern.test(before));
  // "100M+ GPU hours": what follows the plus is what is counted.
  const last = OPEN_END.test(text.slice(end, end + 2)) ? end + 1 : end;
  const after = text.slice(last, last + 12);
  const suffix = prefix === undefined ? CURRENCIES_AFTER.find(([pattern]) => pattern.test(after)) : undefined;
  const from = prefix === undefined ? start : start - (prefix[0].exec(before)?.[0].length ?? 0);
  const to = suffix === undefined ? last : last + (suffix[0].exec(after)?.[0].length ?? 0);
  return {
    number: { span: { start, end }, value: repair?.value ?? value, lastPlace, form, range: null, repair },
    start: from,
    end: to,
    currency: prefix?.[1] ?? suffix?.[1] ?? null,
  };
}

/** What follows a number with an open end, such as "100M+ hours". Matches "+ hours", "+"; not "+4", "++". */
const OPEN_END = /^\+(?:[\s)]|$)/;

/** "2-3 weeks" and "18.2 ± 0.4" are one number with two ends; the ends of "5 to 10k" share the multiplier. */
function joinRanges(text: string, tokens: readonly NumberToken[]): readonly NumberToken[] {
  const result: NumberToken[] = [];
  for (const token of tokens) {
    const previous = result.at(-1);
    const joint = previous === undefined ? "" : text.slice(previous.end, token.start);
    if (previous !== undefined && previous.number.range === null && /^\s?(?:±|\+\/-)\s?$/.test(joint)) {
      const { value } = previous.number;
      const spread = token.number.value;
      const span = { start: previous.number.span.start, end: token.number.span.end };
      const number: PrintedNumber = { ...previous.number, span, range: { low: value - spread, high: value + spread } };
      result[result.length - 1] = { number, start: previous.start, end: token.end, currency: previous.currency ?? token.currency };
      continue;
    }
    const isBetween =
      previous !== undefined && /\bbetween\s(?:US\$|\$)?$/.test(text.slice(0, previous.number.span.start)) && /^ and $/.test(joint);
    const isRange = RANGE_JOINT.test(joint) && !(previous !== undefined && isChange(text, previous, joint));
    if (previous !== undefined && previous.number.range === null && (isRange || isBetween)) {
      const low = lowEnd(text, previous, token);
      if (low < token.number.value) {
        const number: PrintedNumber = {
          ...token.number,
          span: { start: previous.number.span.start, end: token.number.span.end },
          value: (low + token.number.value) / 2,
          range: { low, high: token.number.value },
        };
        result[result.length - 1] = { number, start: previous.start, end: token.end, currency: previous.currency ?? token.currency };
        continue;
      }
    }
    result.push(token);
  }
  return result;
}

/** "5 to 10k", "16 - 20B": the multiplier of the upper end is that of the lower, too, which has none of its own and would be less by it. */
function lowEnd(text: string, low: NumberToken, high: NumberToken): number {
  const value = low.number.value;
  const print = text.slice(high.number.span.start, high.number.span.end);
  const multiplier = MULTIPLIERS[(/(?:[a-z]+|万亿|萬億|万|萬|亿|億)$/i.exec(print)?.[0] ?? "").toLowerCase()] ?? 1;
  const isBare = /\d$/.test(text.slice(low.number.span.start, low.number.span.end));
  return isBare && multiplier > 1 && value < high.number.value / multiplier ? value * multiplier : value;
}

/** Matches "grew by 42% from ", "raised its cost from $"; not "ranges from ". */
const CHANGED_FROM =
  /(?:%|\b(?:cut|reduc\w*|lower\w*|shr[aiu]nk|f[ae]ll|drop\w*|decreas\w*|grew|grown|grow|r[io]se|rais\w*|increas\w*|went|improv\w*|chang\w*|scal\w*)\b)[^.;]{0,60}\bfrom\s(?:US\$|\$|€|£)?$/i;

/** "by 42% from $2,600 to $6,032": two figures, before and after, and no range. */
function isChange(text: string, previous: NumberToken, joint: string): boolean {
  return /\bto\b/.test(joint) && CHANGED_FROM.test(text.slice(Math.max(0, previous.number.span.start - 100), previous.number.span.start));
}

function trailingZeros(digits: string): number {
  const plain = digits.replaceAll(",", "");
  return /^0+$/.test(plain) ? 0 : plain.length - plain.replace(/0+$/, "").length;
}

/** "⁻¹⁸" to "-18". */
function plainDigits(raised: string): string {
  return [...raised].map((character) => (character === "⁻" ? "-" : String("⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(character)))).join("");
}
