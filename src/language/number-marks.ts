/** Numbers of languages that write a comma before decimals. */

/** A number with a comma before its decimals or points between its thousands: "24,7", "4.600.000"; not "3.5", "v1.200". */
const COMMA_NUMBER = /(?<![\w.,-])(?:\d{1,3}(?:\.\d{3})+|\d+(?=,))(?:,\d+)?(?![^\WkKM]|[kKM]\w|,\d|\.\d)/g;

/** Groups of three digits with a space between: "15 360", "1 200 000"; not "8 512 GB" behind a digit, "2024 100". */
const SPACED_NUMBER = /(?<![\p{L}\d.,-])\d{1,3}(?: \d{3})+(?![\d.]|,\d{3})/gu;

/** The text with points and commas of its numbers exchanged, as the number grammar has them. Shape: same length. */
export function withEnglishMarks(text: string): string {
  return text
    .replace(COMMA_NUMBER, (number) => number.replace(/[.,]/g, (mark) => (mark === "." ? "," : ".")))
    .replace(SPACED_NUMBER, (number) => number.replaceAll(" ", ","));
}
