/**
 * Plans a large corpus from what was measured on a small one: `npm run plan -- --papers 1000000 --seconds 1.5 --kilobytes 176 --machines 8`.
 *
 * - `--seconds`: processor time of one paper, in a process that has read some before.
 * - `--warm-up`: processor time that each process needs besides, once (default 0).
 * - `--kilobytes`: what the store holds of one paper; `--report`: what the report of a batch does; `--input`: what is fetched of one.
 * - `--queue`: milliseconds that the queue adds to a paper (default 0).
 * - `--machines`, `--cores`: that work side by side; `--yield`: the part of a core that a job gets where all are busy (default 1).
 * - `--core-hour`, `--gigabyte-month`: what they cost; without them no cost is told.
 *
 * Nothing is measured here; docs/a-million-papers.md says where each figure comes from.
 */
import { parseArgs } from "node:util";

const { values: flags } = parseArgs({
  options: {
    papers: { type: "string" },
    seconds: { type: "string" },
    kilobytes: { type: "string" },
    "warm-up": { type: "string", default: "0" },
    report: { type: "string", default: "0" },
    input: { type: "string", default: "0" },
    queue: { type: "string", default: "0" },
    machines: { type: "string", default: "1" },
    cores: { type: "string", default: "1" },
    yield: { type: "string", default: "1" },
    "core-hour": { type: "string" },
    "gigabyte-month": { type: "string" },
  },
});

/** What is divided by, or makes no plan where it is nothing. */
const DIVISORS: ReadonlySet<string> = new Set(["papers", "seconds", "machines", "cores", "yield"]);

try {
  print();
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

function print(): void {
  const papers = figure("papers");
  const jobs = figure("machines") * figure("cores");
  const coreHours = (papers * (figure("seconds") + figure("queue") / 1000) + jobs * figure("warm-up")) / 3600 / figure("yield");
  const store = (papers * figure("kilobytes")) / 1e6;
  const hours = coreHours / jobs;
  const rows: [string, string][] = [
    ["core hours", `${told(coreHours)}, of which the queue ${told((papers * figure("queue")) / 3.6e6)}`],
    ["hours", `${told(hours)} on ${told(jobs)} cores`],
    ["papers a second", told(papers / hours / 3600)],
    ["store", `${told(store)} GB`],
    ["report", `${told((papers * figure("report")) / 1e6)} GB`],
    ["fetched", `${told((papers * figure("input")) / 1e6)} GB, ${told((papers * figure("input")) / 1e3 / hours / 3600)} MB a second`],
  ];
  if (flags["core-hour"] !== undefined) rows.push(["cost of the cores", told(coreHours * figure("core-hour"))]);
  if (flags["gigabyte-month"] !== undefined) rows.push(["cost of the store a month", told(store * figure("gigabyte-month"))]);
  for (const [name, words] of rows) console.log(`${name.padEnd(26)} ${words}`);
}

/** A flag as a number. Errors: one that is missing, or no number from zero on, throws a RangeError that names it. */
function figure(name: keyof typeof flags): number {
  const text = flags[name];
  const value = Number(text);
  const isDivisor = DIVISORS.has(name);
  const isUsable = text !== undefined && text.trim() !== "" && Number.isFinite(value) && (isDivisor ? value > 0 : value >= 0);
  if (!isUsable) throw new RangeError(`--${name} ${text ?? "is missing"}: pass a number ${isDivisor ? "above zero" : "from zero on"}`);
  return value;
}

/** Three digits, as the measurements have no more. */
function told(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}
