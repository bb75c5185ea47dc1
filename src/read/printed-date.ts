/** English months, by their first three letters. */
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const MONTH =
  "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";

/** "2019-06-27", "2019/6/27", "2019-06-27T10:00"; not "12019-06" or "2019-27-06". */
const ISO = /(?<!\d)((?:19|20)\d\d)[-/.](0?[1-9]|1[0-2])(?:[-/.](0?[1-9]|[12]\d|3[01]))?(?!\d)/;
/** "June 27, 2019", "Sept. 17 2019"; not "June 27". */
const MONTH_FIRST = new RegExp(`\\b${MONTH}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+((?:19|20)\\d\\d)\\b`, "i");
/** "27 June 2019", "7th of Jan 2020"; not "27 June". */
const DAY_FIRST = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?:\\s+of)?\\s+${MONTH},?\\s+((?:19|20)\\d\\d)\\b`, "i");
/** "June 2019"; not "may 2019 users", which the caller rules out by looking at short lines only. */
const MONTH_ONLY = new RegExp(`\\b${MONTH},?\\s+((?:19|20)\\d\\d)\\b`, "i");

/** The first date in the text in ISO form, as exact as it is printed; null if there is none. Days written as 06/07/2019 are two dates, so none. */
export function printedDate(text: string): string | null {
  const iso = ISO.exec(text);
  if (iso !== null) return isoDate(iso[1], iso[2], iso[3]);
  const monthFirst = MONTH_FIRST.exec(text);
  if (monthFirst !== null) return isoDate(monthFirst[3], monthNumber(monthFirst[1]), monthFirst[2]);
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst !== null) return isoDate(dayFirst[3], monthNumber(dayFirst[2]), dayFirst[1]);
  const monthOnly = MONTH_ONLY.exec(text);
  return monthOnly === null ? null : isoDate(monthOnly[2], monthNumber(monthOnly[1]), undefined);
}

/** A line that says when a document appeared has few words besides the date. */
const DATELINE_WORDS = 10;
const DATELINE_CHARACTERS = 90;

/** The date of a line that is a dateline ("Posted on: January 7, 2022", "By Jane Roe, 3 May 2021"); null for prose that mentions a date. */
export function datelineDate(line: string): string | null {
  if (line.length > DATELINE_CHARACTERS || line.split(/\s+/).length > DATELINE_WORDS || PROSE_VERB.test(line)) return null;
  return printedDate(line);
}

/** Words of sentences and of changes after publication, which datelines have not: "trained in June 2019"; not "Updated June 3, 2019". */
const PROSE_VERB = /\b(?:was|were|is|are|has|have|will|trained|released|since|until|accessed|retrieved|between|from|cutoff)\b/i;

/** An arXiv number as file names and tags carry it: "1906.08237", "2302.13971v1"; not "12.5". */
const ARXIV = /(?<![\d.])(\d{2})(0[1-9]|1[0-2])\.(\d{4,5})(v\d+)?(?![\d.]*\d)/;

/** The arXiv number in a file name or tag, without its version; null if there is none. */
export function arxivIdIn(text: string): string | null {
  const match = ARXIV.exec(text);
  return match === null ? null : `${match[1]}${match[2]}.${match[3]}`;
}

/** The month in which an arXiv number was given out. Source: arXiv, "Understanding the arXiv identifier" (YYMM.number since April 2007). */
export function arxivMonth(id: string): string {
  return `20${id.slice(0, 2)}-${id.slice(2, 4)}`;
}

function monthNumber(word: string | undefined): string {
  return String(MONTHS.indexOf((word ?? "").slice(0, 3).toLowerCase()) + 1);
}

function isoDate(year: string | undefined, month: string | undefined, day: string | undefined): string | null {
  if (year === undefined || month === undefined) return null;
  const start = `${year}-${month.padStart(2, "0")}`;
  if (day === undefined) return start;
  return Number(day) >= 1 && Number(day) <= 31 ? `${start}-${day.padStart(2, "0")}` : start;
}
