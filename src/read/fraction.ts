/** A fraction in one line: halves that are sums or products have brackets, "(3 × 10²¹)/(64 × 3600)". */
export function fractionOf(above: string, below: string): string {
  return `${half(above)}/${half(below)}`;
}

/** Signs that would bind otherwise than the stroke of a fraction does. */
const BINDING = ["×", "·", "*", "+", "/"];

function half(text: string): string {
  return BINDING.some((sign) => text.includes(sign)) ? `(${text.trim()})` : text;
}
