import { didYouMean, type Row, type RuleProblem } from "./rule-file.ts";
import type { RuleSet } from "./rule-set.ts";

/** Units, kinds and words that name what no file has: each would be silently without effect. */
export function brokenWords(rules: RuleSet): readonly RuleProblem[] {
  const units = new Set(rules.atoms.map(({ value }) => value.id));
  return [...brokenUnits(rules, units), ...brokenKinds(rules), ...brokenLexicon(rules, units)];
}

/** A base unit is a unit of `kinds.yaml`, a product or quotient of such units, or 1. */
function brokenUnits({ units }: RuleSet, known: ReadonlySet<string>): readonly RuleProblem[] {
  return units.flatMap((row) => unknownUnits(row, ["base"], row.value.base, known));
}

/** A dimension of a kind is made of those of the units. */
function brokenKinds({ kinds, atoms }: RuleSet): readonly RuleProblem[] {
  const known = new Set(atoms.map(({ value }) => value.dimension));
  return kinds.flatMap((row) =>
    row.value.dimensions.flatMap((dimension, index) =>
      partsOf(dimension)
        .filter((part) => !known.has(part))
        .map((part) => row.problem(["dimensions", index], `no unit of dimension "${part}" in kinds.yaml${didYouMean(part, known)}`)),
    ),
  );
}

/** The words of a unit stand for units ("1e12 flop/second"), those of a name for a kind. */
function brokenLexicon({ lexicon, kinds }: RuleSet, units: ReadonlySet<string>): readonly RuleProblem[] {
  const known = new Set<string>(kinds.map(({ value }) => value.kind));
  return lexicon.flatMap((row) => {
    const { role, value } = row.value;
    if (role === "names" && !known.has(value)) return [row.problem([], `no kind "${value}" in kinds.yaml${didYouMean(value, known)}`)];
    if (role !== "units" || units.has(value.slice(value.indexOf(" ") + 1))) return [];
    return unknownUnits(row, [], value.slice(value.indexOf(" ") + 1), units);
  });
}

function unknownUnits<T>(row: Row<T>, key: readonly string[], unit: string, known: ReadonlySet<string>): readonly RuleProblem[] {
  if (known.has(unit)) return [];
  return partsOf(unit)
    .filter((part) => !known.has(part))
    .map((part) => row.problem(key, `no unit "${part}" in kinds.yaml${didYouMean(part, known)}`));
}

/** The factors of "money/(accelerator*time)"; 1 is none. */
function partsOf(product: string): readonly string[] {
  return product.split(BETWEEN).filter((part) => part !== "" && part !== "1");
}

/** What stands between the factors of a product: "kg/kWh", "money/(node*time)"; not a blank. */
const BETWEEN = /[*/()]/;
