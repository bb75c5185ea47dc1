/** Numbers as texts print them, for changing a figure without changing how it is printed. */
export function numberOf(printed: string): number {
  return Number(printed.replaceAll(",", ""));
}

export function grouped(value: number, decimals: number): string {
  return value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** The number times a factor, printed with as many digits; null where it cannot be. */
export function scaled(printed: string, factor: number): string | null {
  const value = numberOf(printed) * factor;
  // Nobody prints decimals of a number that has become a thousand times as large.
  const decimals = factor >= 1000 ? 0 : (printed.split(".")[1]?.length ?? 0);
  const shown = Number(value.toFixed(decimals));
  if (shown === 0 || Math.abs(shown / value - 1) > MOST_ROUNDING) return null;
  return printed.includes(",") || shown >= 10_000 ? grouped(shown, decimals) : shown.toFixed(decimals);
}

/** How much of a factor may be lost to the digits of the number. */
const MOST_ROUNDING = 0.02;

/** The number rounded to some digits, printed as it was. */
export function rounded(printed: string, digits: number): string {
  const value = Number(numberOf(printed).toPrecision(digits));
  return printed.includes(",") ? grouped(value, 0) : String(value);
}

/** The unit of the last digit that is no closing zero. */
export function placeOf(printed: string): number {
  const decimals = printed.split(".")[1]?.length ?? 0;
  if (decimals > 0) return 10 ** -decimals;
  return 10 ** (printed.replaceAll(",", "").length - printed.replaceAll(",", "").replace(/0+$/, "").length);
}
