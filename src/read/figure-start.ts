/** A figure: "21", "$4.50", "~3.5", "1.3M"; not "Hours" or "A100 hours". */
const STARTS_WITH_FIGURE = /^(?:[~≈<>≤≥+±−-]\s?)*[$€£¥]?\s?\.?\d/;

/** True where a cell begins with a figure, behind signs and currency at most. */
export function startsWithFigure(text: string): boolean {
  return STARTS_WITH_FIGURE.test(text);
}
