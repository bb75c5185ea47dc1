/** Whether one of the units of some figures is a unit that is asked for, or has it behind a hyphen: "gpu-month" is told in months. */
export function isToldIn(asked: readonly string[], units: Iterable<string>): boolean {
  if (asked.length === 0) return true;
  return [...units].some((unit) => asked.some((one) => unit === one || unit.endsWith(`-${one}`)));
}
