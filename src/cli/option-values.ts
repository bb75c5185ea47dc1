import { InvalidArgumentError } from "commander";

/** "2019", "2019-06", "2019-06-27"; not "06/2019" or "2019-13". */
const ISO_DATE = /^(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;

/** Checks the date of `--price-date`. */
export function dateValue(text: string): string {
  if (!ISO_DATE.test(text)) throw new InvalidArgumentError('write it as "2019", "2019-06" or "2019-06-27"');
  return text;
}

/** Checks the seconds of `--timeout`. */
export function secondsValue(text: string): number {
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds <= 0) throw new InvalidArgumentError("write a number of seconds above 0");
  return seconds;
}

/** Checks a count: `--jobs`, `--max-memory`. */
export function countValue(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count <= 0) throw new InvalidArgumentError("write a whole number above 0");
  return count;
}

/** Checks a number that may be none: `--retries`. */
export function wholeValue(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count)) throw new InvalidArgumentError("write a whole number, 0 or more");
  return count;
}

/** Gathers `--assume key=value`, which may be given many times. */
export function assumptionValue(text: string, previous: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const [key = "", value = "", ...rest] = text.split("=");
  const number = Number(value);
  if (key.trim() === "" || value.trim() === "" || rest.length > 0 || !Number.isFinite(number)) {
    throw new InvalidArgumentError('write it as key=number, for example "pue=1.1"');
  }
  return { ...previous, [key.trim().replaceAll("-", "_")]: number };
}
