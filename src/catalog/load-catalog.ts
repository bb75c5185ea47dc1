/**
 * The text of rule files in, a catalog out: facts, units, readings, equations and diagnoses, each checked by itself and then against
 * the others. The folder a file lies in says what it holds.
 *
 * Nothing is read from disk here and nothing is decided about a document; a file that cannot be used is a problem with its line, never
 * an exception, and never a silent gap.
 */

import type { Catalog } from "../model/catalog.ts";
import { append } from "../model/many.ts";
import { readCarbonFile } from "./carbon-file.ts";
import { readCheckFile } from "./check-file.ts";
import { brokenReferences } from "./cross-references.ts";
import { readDiagnosisFile } from "./diagnosis-file.ts";
import { readEquationFile } from "./equation-file.ts";
import { readHardwareFile } from "./hardware-file.ts";
import { readKindFile } from "./kind-file.ts";
import { readLexiconFile } from "./lexicon-file.ts";
import { readNameFile } from "./name-file.ts";
import { readPriceFile } from "./price-file.ts";
import { readReadingFile } from "./reading-file.ts";
import { didYouMean, type Row, type RuleFile, type RuleProblem } from "./rule-file.ts";
import { duplicateIds, EMPTY_RULES, joinRules, mergeRules, type RuleFileContent, type RuleSet } from "./rule-set.ts";
import { readSlotFile } from "./slot-file.ts";
import { readUnitFile } from "./unit-file.ts";
import { readVoiceFile } from "./voice-file.ts";
import { readWeightFile } from "./weight-file.ts";
import { readWordClassFile } from "./word-class-file.ts";

export interface LoadedCatalog {
  readonly catalog: Catalog;
  /** In the order of the files; a catalog with problems is not to be used. */
  readonly problems: readonly RuleProblem[];
}

/**
 * Builds the catalog from the files of a rules folder, and of a second one that adds to it and overrides rows of the same id.
 *
 * Shape: `hash` is carried into the catalog as it is; the caller knows which bytes it stands for.
 */
export function loadCatalog(
  files: readonly RuleFile[],
  options: { readonly overlay?: readonly RuleFile[]; readonly hash?: string } = {},
): LoadedCatalog {
  const base = readRules(files);
  const overlay = readRules(options.overlay ?? []);
  const rules = mergeRules(base.rules, overlay.rules);
  const problems = [...base.problems, ...overlay.problems];
  // References to rows of a file that could not be read would all seem broken.
  const crossed =
    problems.length > 0 ? problems : [...duplicateIds(base.rules), ...duplicateIds(overlay.rules), ...brokenReferences(rules)];
  return { catalog: catalogOf(rules, options.hash ?? ""), problems: crossed };
}

function readRules(files: readonly RuleFile[]): { readonly rules: RuleSet; readonly problems: readonly RuleProblem[] } {
  const pages = new Map(files.filter((file) => file.path.endsWith(".md")).map((file) => [file.path, file.text]));
  let rules = EMPTY_RULES;
  const problems: RuleProblem[] = [];
  for (const file of files) {
    if (file.path.endsWith(".md")) continue;
    const content = readRuleFile(file, pages);
    rules = joinRules(rules, content.rules);
    append(problems, content.problems);
  }
  return { rules, problems };
}

type Reader = (file: RuleFile, pages: ReadonlyMap<string, string>) => RuleFileContent;

/** What the first part of a path holds. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["hardware", readHardwareFile],
  ["prices", readPriceFile],
  ["carbon", readCarbonFile],
  ["names", readNameFile],
  ["units", readUnitFile],
  ["cues", readVoiceFile],
  ["classes", readWordClassFile],
  ["readings", readReadingFile],
  ["diagnoses", readDiagnosisFile],
  ["equations", (file, pages) => readEquationFile(file, pages.get(file.path.replace(/\.yaml$/, ".md")) ?? null)],
  ["checks.yaml", readCheckFile],
  ["slots.yaml", readSlotFile],
  ["kinds.yaml", readKindFile],
  ["lexicon", readLexiconFile],
  ["weights", readWeightFile],
]);

function readRuleFile(file: RuleFile, pages: ReadonlyMap<string, string>): RuleFileContent {
  const [kind = ""] = file.path.split("/");
  const reader = READERS.get(kind);
  if (reader !== undefined) return reader(file, pages);
  const known = [...READERS.keys()].map((name) => (name.includes(".") ? name : `${name}/`));
  const message = `a file here is not read; put it into one of ${known.join(", ")}${didYouMean(`${kind}/`, known)}`;
  return { rules: {}, problems: [{ path: `${file.folder}/${file.path}`, line: 1, column: 1, key: "", message }] };
}

function catalogOf(rules: RuleSet, hash: string): Catalog {
  const values = <T>(rows: readonly Row<T>[]): readonly T[] => rows.map((row) => row.value);
  return {
    hash,
    accelerators: values(rules.accelerators),
    systems: values(rules.systems),
    prices: values(rules.prices),
    names: values(rules.names),
    units: values(rules.units),
    readings: values(rules.readings),
    equations: rules.equations.map((row) => row.value.equation),
    checks: values(rules.checks),
    diagnoses: values(rules.diagnoses),
    slots: values(rules.slots),
    powerUsageEffectiveness: values(rules.powerUsageEffectiveness),
    grids: values(rules.grids),
    atoms: values(rules.atoms),
    kinds: values(rules.kinds),
    lexicon: values(rules.lexicon),
    cues: values(rules.cues),
    decisions: values(rules.decisions),
    wordClasses: values(rules.wordClasses),
  };
}
