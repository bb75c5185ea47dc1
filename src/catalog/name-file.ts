import type { SystemName } from "../model/catalog.ts";
import type { Row, RuleFile, RuleProblem } from "./rule-file.ts";
import type { RuleFileContent } from "./rule-set.ts";

const HEADER = ["name", "date", "parameters"];

/** A year, month or day: "2019-06"; not "June 2019". */
const DATE = /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/;

/** `rules/names/`: names of AI systems, one to a line: name, date and parameters, between tabs. Lines that begin with "#" are remarks. */
export function readNameFile(file: RuleFile): RuleFileContent {
  const names: Row<SystemName>[] = [];
  const problems: RuleProblem[] = [];
  let isBelowHeader = false;
  for (const [index, line] of file.text.split(/\r?\n/).entries()) {
    if (line === "" || line.startsWith("#")) continue;
    const at = (column: number, key: string, message: string): RuleProblem => ({
      path: `${file.folder}/${file.path}`,
      line: index + 1,
      column: column + 1,
      key,
      message,
    });
    const cells = line.split("\t");
    if (!isBelowHeader) {
      isBelowHeader = true;
      if (cells.join("\t") === HEADER.join("\t")) continue;
      return { rules: {}, problems: [at(0, "", `begin with the header "${HEADER.join("<tab>")}"`)] };
    }
    const [name = "", date = "", parameters = ""] = cells;
    const dateColumn = name.length + 1;
    const count = parameters === "" ? null : Number(parameters);
    if (cells.length !== HEADER.length) problems.push(at(0, "", `expected ${HEADER.length} columns between tabs, got ${cells.length}`));
    else if (name.trim() === "") problems.push(at(0, "name", "missing; give the name"));
    else if (date !== "" && !DATE.test(date)) problems.push(at(dateColumn, "date", `expected a date such as 2019-06, got "${date}"`));
    else if (count !== null && !(count > 0))
      problems.push(at(dateColumn + date.length + 1, "parameters", `expected a number, got "${parameters}"`));
    else
      names.push({
        value: { name, date: date === "" ? null : date, parameters: count },
        problem: (keys, message) => at(0, keys.join("."), message),
      });
  }
  return { rules: { names }, problems };
}
