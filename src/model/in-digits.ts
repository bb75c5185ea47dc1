/** A number that was meant, with all its digits: "1,022,362.25". */
export function inDigits(value: number): string {
  format ??= new Intl.NumberFormat("en-US", { maximumFractionDigits: 12 });
  return format.format(value);
}

/** Made once, and only where it is needed: making it takes a hundred times as long as using it. */
let format: Intl.NumberFormat | null = null;
