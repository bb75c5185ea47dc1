import type { Document } from "../model/document.ts";

/** The decimal mark that a document writes; "open" where it has too few decimals, or both marks. */
export type DecimalMark = "point" | "comma" | "open";

/** A decimal with a point: "2.5", "0.385"; not "v2.1", "1.2.3", the "4.1" of "GPT-4.1", nor "7.200", which may be thousands. */
const WITH_POINT = /(?<![\w.,/-])(?:0|\d{1,9}(?!\.\d{3}(?!\d)))\.\d+(?![\w.,]*\d)/g;

/** A decimal with a comma: "2,5", "41,66", "0,385"; not "1,024", "[1,2]", "8,16,32". */
const WITH_COMMA = /(?<![\w.,[])(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d{1,2}|(?<=(?<!\d)0),\d+)(?![\w,]|\.\d|\])/g;

/** Decimals needed to know a hand, and how many times as many they must be as those with the other mark. */
const LEAST_DECIMALS = 2;
const LEAST_TIMES = 2;

/** The mark that the prose, the captions and the tables of a document agree on. */
export function decimalMarkOf({ text, blocks }: Document): DecimalMark {
  let [points, commas] = [0, 0];
  for (const { kind, span } of blocks) {
    if (kind === "heading" || kind === "references" || kind === "code" || kind === "furniture") continue;
    const inside = text.slice(span.start, span.end);
    points += inside.match(WITH_POINT)?.length ?? 0;
    commas += inside.match(WITH_COMMA)?.length ?? 0;
  }
  const [most, other] = [Math.max(points, commas), Math.min(points, commas)];
  if (most < LEAST_DECIMALS || most < LEAST_TIMES * other) return "open";
  return points > commas ? "point" : "comma";
}

/** A number whose marks a hand with decimal commas has set: "2,5", "7.200", "1.234,5"; not "1,024", which may be thousands of another hand. */
const COMMA_NUMBER = /(?<![\w.,])(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d.,]?\d)|\d+,\d{1,2}(?![\w,]|\.\d)|0,\d+(?![\w,]|\.\d))/g;

/** Numbers of an English document with decimal commas as one with decimal points prints them. Shape: same length, so every offset stays. */
export function withPoints(text: string): string {
  return text.replace(COMMA_NUMBER, (number) => number.replace(/[.,]/g, (mark) => (mark === "," ? "." : ",")));
}
