import type { Claim, ClaimClass } from "./claims.ts";
import { ORIGINS } from "./documents.ts";
import { emptyTally, sum, type Tally } from "./tally.ts";

export interface PlantedPage {
  /** Date, version and rules. */
  readonly measured: string;
  readonly claims: readonly Claim[];
  /** Consistent claims that do not stand by themselves. */
  readonly dependent: number;
  readonly families: ReadonlyMap<string, Tally>;
  readonly rules: ReadonlyMap<string, Tally>;
  readonly benign: ReadonlyMap<string, { readonly planted: number; readonly alarms: number }>;
  readonly scrambled: { readonly tried: number; readonly agreeing: number };
}

const CLASSES: readonly ClaimClass[] = ["exact", "model", "unnamed", "noted"];

/** PLANTED.md. */
export function plantedPage(page: PlantedPage): string {
  const { claims } = page;
  const from = (source: Claim["from"]): number => claims.filter((claim) => claim.from === source).length;
  return [
    "# Planted errors",
    "",
    `Measured on ${page.measured}, by \`npm run plant\`: ${claims.length} consistent claims as texts of their own, ${from("fixtures")} from the fixtures, ${from("pages of rules")} from the examples on the pages of the rules and ${from("corpus")} from the corpus (${page.dependent} more do not stand alone).`,
    "",
    "- exact: definitions and arithmetic that the text shows;",
    "- model: equations of accounting, which leak, so that nothing is asked below a factor of two;",
    "- unnamed: what figures give by their dimensions alone, and no equation of the rules: an outcome divided by one of its factors, say;",
    "- noted: what is never told as more than a note, which then counts as found: plans, and estimates of physics, of work and of times, which are silent but where a known slip explains what is off; and what prose may leave open: totals that hold more than their sentence tells, shares, degrees of parallelism.",
    "",
    "Admitted: rounding or the band of the equation hold the changed figure too, or a model is changed by less than a factor of two.",
    "Found: with a warning or an error. A note: told all the same, but not as surely.",
    "Named: of those found whose cause the text can tell, the cause that is told is the slip that was planted.",
    "Located: the changed figure is among those of the finding.",
    "",
    ...families(page.families),
    "",
    ...byRule(page),
    "",
    ...benign(page.benign),
    "",
    "## Scrambled control",
    "",
    scrambledLine(page.scrambled),
    "",
  ].join("\n");
}

function families(tallies: ReadonlyMap<string, Tally>): readonly string[] {
  const named = [...tallies].sort(([left], [right]) => left.localeCompare(right, "en", { numeric: true }));
  const of = (kind: ClaimClass) => named.filter(([name]) => name.startsWith(`${kind} `));
  return [
    "## Slips",
    "",
    "| family | planted | admitted | found | a note | named | located |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...CLASSES.flatMap((kind) => of(kind).map(([name, tally]) => row(name.replace(" | ", ", "), tally))),
    ...CLASSES.map((kind) => row(`all, ${kind}`, sum(of(kind).map(([, tally]) => tally)))),
  ];
}

function row(name: string, { planted, admitted, found, doubted, nameable, named, located }: Tally): string {
  return `| ${name} | ${planted} | ${admitted} | ${share(found, planted)} | ${share(doubted, planted)} | ${share(named, nameable)} | ${share(located, planted)} |`;
}

function share(part: number, of: number): string {
  return of === 0 ? "" : `${part} of ${of} (${(part / of).toFixed(3)})`;
}

function byRule({ claims, rules }: PlantedPage): readonly string[] {
  const names = [...new Set(claims.map(({ finding }) => finding.rule))].sort();
  return [
    "## Rules",
    "",
    "| rule | claims from fixtures | from pages of rules | from the corpus | planted | found |",
    "| --- | --- | --- | --- | --- | --- |",
    ...names.map((rule) => {
      const own = claims.filter(({ finding }) => finding.rule === rule);
      const { planted, found } = rules.get(rule) ?? emptyTally();
      const counts = ORIGINS.map((origin) => own.filter(({ from }) => from === origin).length);
      return `| ${rule} | ${counts.join(" | ")} | ${planted} | ${share(found, planted)} |`;
    }),
  ];
}

function benign(changes: PlantedPage["benign"]): readonly string[] {
  const list = [...changes].sort(([left], [right]) => left.localeCompare(right, "en"));
  const total = (key: "planted" | "alarms"): number => list.reduce((count, [, change]) => count + change[key], 0);
  return [
    "## Changes that mean the same",
    "",
    "None may raise a warning or an error.",
    "",
    "| change | planted | new alarms |",
    "| --- | --- | --- |",
    ...list.map(([name, { planted, alarms }]) => `| ${name} | ${planted} | ${alarms} |`),
    `| all | ${total("planted")} | ${total("alarms")} |`,
  ];
}

function scrambledLine({ tried, agreeing }: PlantedPage["scrambled"]): string {
  const part = tried === 0 ? "" : ` (${((100 * agreeing) / tried).toFixed(1)}%)`;
  return `Hardware of one claim with the time of another: ${tried}, of which ${agreeing}${part} still agree in a test that would have caught a factor of 2.`;
}
