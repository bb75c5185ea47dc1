import type { Catalog } from "../model/catalog.ts";
import type { Cause, Finding, Step } from "../model/finding.ts";
import type { Mention, Statement } from "../model/mention.ts";
import { withArticle } from "../model/noun-words.ts";
import type { Figure, Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { statementFinding } from "./statement-finding.ts";
import { exactly } from "./working.ts";
import { evaluate, isProduct, type Operand, operandsOf, termsOf } from "./written-expression.ts";

type Arithmetic = Extract<Statement, { kind: "arithmetic" }>;

/** What the operands of a written computation are checked against. */
export interface Surroundings {
  readonly catalog: Catalog;
  readonly quantities: readonly Quantity[];
  readonly runs: readonly Run[];
}

/**
 * Checks that a written computation multiplies what belongs together, where its value alone comes out right.
 *
 * Three slips that evaluation cannot see: a price of one unit charged for another ("512 (chips) * $8" where $8 buys a device of four
 * chips), a constant of time that is none (3,660 seconds), and an operand that is not the count the text gives.
 */
export function checkOperands(statement: Arithmetic, claim: Quantity, around: Surroundings): readonly Finding[] {
  if (!isProduct(statement.expression)) return [];
  const value = evaluate(statement.expression);
  if (value === null || value <= 0) return [];
  const found =
    unitSlip(statement, claim, around, value) ??
    constantSlip(statement, claim, around, value) ??
    countSlip(statement, claim, around, value);
  return found === null ? [] : [found];
}

/** "512 (chips) * US$8": the count and the price name different units, and nothing divides by what one holds of the other. */
function unitSlip(statement: Arithmetic, claim: Quantity, around: Surroundings, value: number): Finding | null {
  if (claim.mention.kind !== "cost") return null;
  const operands = operandsOf(statement.expression);
  const count = operands.find((operand) => operand.noun !== null);
  const money = operands.find((operand) => /^[A-Z]{3}$|^(?:US)?\$/.test(operand.unit ?? ""));
  if (count?.noun === null || count?.noun === undefined || money === undefined) return null;
  const price = nearest(around.quantities, claim.mention, (quantity) => {
    return quantity.mention.kind === "price" && quantity.mention.number.value === money.number.value;
  });
  const reading = price?.readings[0];
  if (price === null || reading === undefined || reading.contradictsPrint) return null;
  const accelerator = around.catalog.accelerators.find((candidate) => candidate.id === reading.hardware);
  const priced = reading.printed.unit.split("/")[1]?.split("-")[0] ?? "";
  const held = unitsHeld(accelerator?.unitsInCanonical, priced) / unitsHeld(accelerator?.unitsInCanonical, count.noun);
  if (accelerator === undefined || !Number.isFinite(held) || Math.abs(held - 1) < 1e-9) return null;
  const isHandled = termsOf(statement.expression).some(
    ({ operator, figure }) =>
      (operator === "/" && Math.abs(figure.value - held) < 1e-9) || (operator === "*" && Math.abs(figure.value * held - 1) < 1e-9),
  );
  if (isHandled) return null;
  const holding: Figure = { value: held, low: held, high: held, unit: `${count.noun}/${priced}` };
  const fact = {
    id: accelerator.id,
    title: `${accelerator.name}: ${held} ${count.noun} in ${withArticle(priced)}`,
    figure: holding,
    source: accelerator.sources[0]?.title ?? "hardware catalog",
    nature: "definition" as const,
  };
  const cause: Cause = {
    diagnosis: "expression-units",
    factor: held,
    certainty: "named",
    words: `a price per ${priced} is multiplied by a count of ${count.noun}s`,
    fits: null,
  };
  const look: Step = { kind: "look-up", fact };
  return slip(statement, claim, around, {
    rule: "expression/units",
    value: value / held,
    replaced: null,
    extra: holding,
    look,
    cause,
    price,
  });
}

/** Constants of time as they are mistyped: minutes of an hour for its seconds, days of a year with digits swapped. */
const MISTYPED: ReadonlyMap<number, { readonly right: number; readonly words: string }> = new Map([
  [3660, { right: 3600, words: "an hour has 3,600 seconds, not 3,660" }],
  [84_600, { right: 86_400, words: "a day has 86,400 seconds, not 84,600" }],
  [86_600, { right: 86_400, words: "a day has 86,400 seconds, not 86,600" }],
  [356, { right: 365, words: "a year has 365 days, not 356" }],
  [8670, { right: 8760, words: "a year has 8,760 hours, not 8,670" }],
]);

function constantSlip(statement: Arithmetic, claim: Quantity, around: Surroundings, value: number): Finding | null {
  const terms = termsOf(statement.expression);
  const term = terms.find(({ figure }) => MISTYPED.has(figure.value) && (figure.unit === "1" || /second|hour|day/.test(figure.unit)));
  const known = term === undefined ? undefined : MISTYPED.get(term.figure.value);
  if (term === undefined || known === undefined) return null;
  const change = term.operator === "/" ? term.figure.value / known.right : known.right / term.figure.value;
  const cause: Cause = { diagnosis: "expression-constant", factor: 1 / change, certainty: "named", words: known.words, fits: null };
  const replaced = { from: term.figure.value, to: known.right };
  return slip(statement, claim, around, {
    rule: "expression/constant",
    value: value * change,
    replaced,
    extra: null,
    look: null,
    cause,
    price: null,
  });
}

/** Blocks above the computation in which the count it multiplies may stand. */
const COUNT_DISTANCE = 2;

/** Numbers that a computation of cost multiplies for the sake of units. */
const TIME_FACTORS: ReadonlySet<number> = new Set([7, 12, 24, 30, 60, 168, 365, 720, 3600, 86_400]);

/** Only a slip between units or a doubling is believed; other ratios are other systems. */
const COUNT_RATIOS: readonly number[] = [2, 4, 8, 16];

/** "64 Cloud TPUs for a week", and then "32 x 8 x 24 x 7": one operand is no figure of the text, and the count of the text is no operand. */
function countSlip(statement: Arithmetic, claim: Quantity, around: Surroundings, value: number): Finding | null {
  if (claim.mention.kind !== "cost") return null;
  const operands = operandsOf(statement.expression);
  const above = around.quantities.filter(
    ({ mention }) =>
      mention.span.end <= statement.span.start &&
      mention.block <= claim.mention.block &&
      claim.mention.block - mention.block <= COUNT_DISTANCE,
  );
  const all = above.filter(({ mention }) => mention.kind === "accelerators" && mention.cell === null && mention.per === null);
  const counts = all.filter(({ mention }) => mention.block === all.at(-1)?.mention.block);
  const first = counts[0];
  if (first === undefined || counts.some(({ mention }) => mention.value !== first.mention.value)) return null;
  const allowed = new Set(counts.flatMap((quantity) => valuesOf(around.catalog, quantity)));
  if (operands.some((operand) => allowed.has(operand.number.value))) return null;
  const others = around.quantities.filter(
    ({ mention }) => mention.kind !== "accelerators" && Math.abs(mention.block - claim.mention.block) <= COUNT_DISTANCE,
  );
  const loose = operands.filter((operand) => isLoose(operand, others));
  const operand = loose.find((candidate) => isLeading(statement, candidate));
  if (operand === undefined || operands.length < 3) return null;
  const ratio = first.mention.value / operand.number.value;
  if (!COUNT_RATIOS.some((known) => Math.abs(ratio - known) < 1e-9 || Math.abs(ratio * known - 1) < 1e-9)) return null;
  const cause: Cause = {
    diagnosis: "expression-operand",
    factor: 1 / ratio,
    certainty: "named",
    words: `the text counts ${first.mention.value}, the computation multiplies ${operand.number.value}`,
    fits: null,
  };
  const replaced = { from: operand.number.value, to: first.mention.value };
  return slip(statement, claim, around, {
    rule: "expression/operands",
    value: value * ratio,
    replaced,
    extra: null,
    look: null,
    cause,
    price: first,
    atMostWarning: true,
  });
}

/** The computation begins with the count: "32 x 8 x 24 x 7". */
function isLeading(statement: Arithmetic, operand: Operand): boolean {
  return operandsOf(statement.expression)[0] === operand;
}

function isLoose(operand: Operand, others: readonly Quantity[]): boolean {
  const { value } = operand.number;
  if (operand.unit !== null || TIME_FACTORS.has(value) || !Number.isInteger(value)) return false;
  return !others.some(({ mention }) => mention.number.value === value && mention.kind !== "price") && value > 1;
}

/** What hardware is counted and priced in. */
const PRICED_UNITS: ReadonlySet<string> = new Set(["core", "chip", "gpu", "device"]);

/** The count in every unit of its product: 512 cores are 256 chips and 64 devices. */
function valuesOf(catalog: Catalog, quantity: Quantity): readonly number[] {
  return quantity.readings
    .filter((reading) => !reading.contradictsPrint)
    .flatMap((reading) => {
      const accelerator = catalog.accelerators.find((candidate) => candidate.id === reading.hardware);
      const held = [...PRICED_UNITS].map((unit) => unitsHeld(accelerator?.unitsInCanonical, unit)).filter((units) => units > 0);
      return [quantity.mention.value, ...held.map((units) => reading.width.face / units)];
    });
}

interface Slip {
  readonly rule: string;
  readonly value: number;
  readonly replaced: { readonly from: number; readonly to: number } | null;
  /** A factor that is missing, divided by. */
  readonly extra: Figure | null;
  readonly look: Step | null;
  readonly cause: Cause;
  readonly price: Quantity | null;
  readonly atMostWarning?: boolean;
}

function slip(statement: Arithmetic, claim: Quantity, around: Surroundings, found: Slip): Finding | null {
  const { unit } = claim.mention;
  const width = claim.readings[0].printed;
  const stated: Figure = { value: statement.resultNumber.value, low: width.low, high: width.high, unit };
  const recomputed = exactly(found.value, unit);
  const { replaced } = found;
  const shown = termsOf(statement.expression).map((term) =>
    replaced !== null && term.figure.value === replaced.from
      ? { ...term, figure: { ...term.figure, value: replaced.to, low: replaced.to, high: replaced.to } }
      : term,
  );
  const all = found.extra === null ? shown : [...shown, { operator: "/" as const, figure: found.extra }];
  const [head, ...rest] = all;
  if (head === undefined) return null;
  const facts = found.look?.kind === "look-up" ? [found.look.fact] : [];
  const steps: readonly Step[] = [
    ...(found.look === null ? [] : [found.look]),
    { kind: "compute", rule: found.rule, terms: [head, ...rest], result: recomputed, from: [], facts },
  ];
  return statementFinding(claim.mention, around.runs, found.rule, {
    stated,
    recomputed,
    agrees: false,
    exact: false,
    steps,
    premises: found.price === null ? [] : [found.price.mention.id],
    cause: found.cause,
    atMostWarning: found.atMostWarning === true,
  });
}

function unitsHeld(units: Readonly<Record<string, number>> | undefined, unit: string): number {
  return units?.[unit] ?? Number.NaN;
}

function nearest(quantities: readonly Quantity[], claim: Mention, fits: (quantity: Quantity) => boolean): Quantity | null {
  const found = quantities.filter(fits);
  const distance = ({ mention }: Quantity): number => Math.abs(mention.span.start - claim.span.start);
  return found.sort((left, right) => distance(left) - distance(right))[0] ?? null;
}
