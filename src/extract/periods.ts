import type { Mention, Statement } from "../model/mention.ts";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"] as const;

const MONTH =
  "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";

/** Matches "3 January 2022", "March 11th", "July 5, 2022", "June 2021"; the groups are numbered by `at`. */
const date = (at: number): string =>
  `(?:(?<before${at}>\\d{1,2})(?:st|nd|rd|th)?\\s)?(?<month${at}>${MONTH})\\.?(?:\\s(?<after${at}>\\d{1,2})(?:st|nd|rd|th)?(?![\\d.]))?(?:,?\\s(?<year${at}>(?:19|20)\\d\\d))?`;

/** Matches "from March 11 to July 5, 2022", "between June and August 2021"; not "in May 2021". */
const PERIOD = new RegExp(
  `\\b(?:from|between|starting on|started on)\\s(?:the\\s)?${date(1)},?\\s(?:to|until|till|through|and)\\s(?:the\\s)?${date(2)}`,
  "i",
);

const MS_IN_DAY = 86_400_000;

/** A calendar period beside the one time that its sentence tells: the training cannot have taken longer. */
export function findPeriods(text: string, offset: number, mentions: readonly Mention[]): readonly Statement[] {
  const groups = PERIOD.exec(text)?.groups;
  const times = mentions.filter(({ kind, per }) => kind === "wall-time" && per === null);
  const [time] = times;
  if (groups === undefined || time === undefined || times.length > 1) return [];
  const days = daysOf(groups);
  return days === null ? [] : [{ kind: "period", span: { start: offset, end: offset + text.length }, ...days, time: time.id }];
}

/** The fewest and the most days between two dates, both counted; a month without its day is any of its days. */
function daysOf(groups: Readonly<Record<string, string | undefined>>): { readonly low: number; readonly high: number } | null {
  const month = (at: number): number => MONTHS.findIndex((name) => groups[`month${at}`]?.toLowerCase().startsWith(name));
  const day = (at: number): number | null => {
    const printed = groups[`after${at}`] ?? groups[`before${at}`];
    return printed === undefined ? null : Number(printed);
  };
  const endYear = Number(groups["year2"] ?? groups["year1"] ?? 2001);
  const startYear = groups["year1"] === undefined ? (month(1) > month(2) ? endYear - 1 : endYear) : Number(groups["year1"]);
  const first = (year: number, at: number): number => Date.UTC(year, month(at), day(at) ?? 1);
  const last = (year: number, at: number): number =>
    day(at) === null ? Date.UTC(year, month(at) + 1, 0) : Date.UTC(year, month(at), day(at) ?? 1);
  const low = (first(endYear, 2) - last(startYear, 1)) / MS_IN_DAY + 1;
  const high = (last(endYear, 2) - first(startYear, 1)) / MS_IN_DAY + 1;
  return high > 0 ? { low: Math.max(0, low), high } : null;
}
