import { type Catalog, sourceOf } from "../model/catalog.ts";
import type { Cause, Finding, Step } from "../model/finding.ts";
import type { Mention, WrittenExpression } from "../model/mention.ts";
import { withArticle } from "../model/noun-words.ts";
import type { Figure, Quantity } from "../model/quantity.ts";
import { operandsOf, withPrefix, worthOf } from "../model/written-value.ts";
import { slippedFrom } from "./digit-slips.ts";
import { statementFinding } from "./statement-finding.ts";
import { timeFactors } from "./time-factors.ts";
import { exactly } from "./working.ts";
import { dimensionsOf, isProduct, type Operand, type Surroundings, workingOf } from "./written-expression.ts";

/**
 * Checks that a written computation multiplies what belongs together, where its value alone comes out right; null where it does.
 *
 * Three slips that evaluation cannot see: a price of one unit charged for another ("512 (chips) * $8" where $8 buys a device of four
 * chips), a constant of time that is none (3,660 seconds), and an operand that is not the count the text gives.
 */
export function checkOperands(expression: WrittenExpression, claim: Quantity, around: Surroundings): Finding | null {
  if (!isProduct(expression)) return null;
  const asked: Asked = { expression, claim, around, operands: operandsOf(expression) };
  return priceSlip(asked) ?? constantSlip(asked) ?? countSlip(asked);
}

interface Asked {
  readonly expression: WrittenExpression;
  readonly claim: Quantity;
  readonly around: Surroundings;
  readonly operands: readonly Operand[];
}

/** "512 (chips) * US$8": the count and the price name different units, and nothing divides by what one holds of the other. */
function priceSlip({ expression, claim, around, operands }: Asked): Finding | null {
  if (claim.mention.kind !== "cost") return null;
  const count = hardwareIn(operands.filter(({ unit }) => unit?.above[0]?.dimension === "accelerator" && unit.below.length === 0));
  const money = operands.find(({ unit }) => unit?.above[0]?.dimension === "money");
  if (count === null || money === undefined) return null;
  const price = nearest(
    around.quantities,
    claim.mention,
    ({ mention }) => mention.kind === "price" && mention.number.value === money.number.value,
  );
  const reading = price?.readings[0];
  if (price === null || reading === undefined || reading.contradictsPrint) return null;
  const accelerator = around.catalog.accelerators.find((candidate) => candidate.id === reading.hardware);
  const priced = reading.printed.unit.split("/")[1]?.split("-")[0] ?? "";
  const held = unitsHeld(accelerator?.unitsInCanonical, priced) / unitsHeld(accelerator?.unitsInCanonical, count);
  if (accelerator === undefined || !Number.isFinite(held) || Math.abs(held - 1) < SAME) return null;
  // The number of one in the other is among the factors.
  if (operands.some(({ number: { value } }) => Math.abs(value - held) < SAME || Math.abs(value * held - 1) < SAME)) return null;
  const holding: Figure = { value: held, low: held, high: held, unit: `${count}/${priced}` };
  const fact = {
    id: accelerator.id,
    title: `${accelerator.name}: ${held} ${count} in ${withArticle(priced)}`,
    figure: holding,
    source: sourceOf(accelerator),
    nature: "definition" as const,
  };
  const cause: Cause = {
    diagnosis: "expression-units",
    factor: held,
    certainty: "named",
    words: `a price per ${priced} is multiplied by a count of ${count}s`,
    fits: null,
  };
  const { span } = expression;
  const number = { span, value: held, lastPlace: 1, form: "integer" as const, range: null, repair: null };
  const shared: WrittenExpression = {
    kind: "operation",
    operator: "/",
    left: expression,
    right: { kind: "number", number, span, unit: null },
    span,
  };
  return slip(shared, claim, around, { rule: "expression/units", look: { kind: "look-up", fact }, cause, price });
}

const SAME = 1e-9;

/** The one noun that hardware is counted in. */
function hardwareIn(operands: readonly Operand[]): string | null {
  const nouns = new Set(operands.map(({ unit }) => unit?.above[0]?.id ?? ""));
  const [noun] = nouns;
  return nouns.size === 1 && noun !== undefined && PRICED_UNITS.has(noun) ? noun : null;
}

/** How far a mistyped constant may be from what it stands for, and still look right: 356 for 365. */
const NEAR_CONSTANT = 0.025;

/** Smaller constants are one slip away from any number. */
const LEAST_CONSTANT = 100;

/** "/ 3660" for the seconds of an hour: one slip of the pen away, where time is reckoned with, and no figure of the text. */
function constantSlip({ expression, claim, around, operands }: Asked): Finding | null {
  const factors = timeFactors(around.catalog);
  const isOfTime = operands.some(({ number, unit }) => isTime(unit) || factors.some(({ value }) => value === number.value));
  for (const operand of operands) {
    const { value } = operand.number;
    if (value < LEAST_CONSTANT || !(operand.unit === null || isTime(operand.unit)) || factors.some((factor) => factor.value === value))
      continue;
    const meant = factors.find(
      (factor) =>
        Math.abs(value / factor.value - 1) <= NEAR_CONSTANT &&
        // A leap year has a day more.
        Math.abs(value - factor.value) > 1 &&
        slippedFrom(operand.number, { low: factor.value, high: factor.value }) !== null,
    );
    const isTold = around.quantities.some(({ mention }) => mention.number.value === value && !inside(mention, expression));
    if (meant === undefined || isTold || !(isOfTime || dimensionsOf(expression)?.has("time") || claim.mention.kind === "wall-time"))
      continue;
    const right = withValue(expression, operand, meant.value);
    const factor = (worthOf(right, withPrefix) ?? 1) / (worthOf(expression, withPrefix) ?? 1);
    const words = `${withArticle(meant.longer)} has ${meant.value.toLocaleString("en")} ${meant.shorter}s, not ${value.toLocaleString("en")}`;
    const cause: Cause = { diagnosis: "expression-constant", factor: 1 / factor, certainty: "named", words, fits: null };
    return slip(right, claim, around, { rule: "expression/constant", look: null, cause, price: null });
  }
  return null;
}

function isTime(unit: Operand["unit"]): boolean {
  return unit?.above[0]?.dimension === "time";
}

function inside({ span }: Mention, expression: WrittenExpression): boolean {
  return expression.span.start <= span.start && span.end <= expression.span.end;
}

/** The same computation with another number in the place of one. */
function withValue(expression: WrittenExpression, operand: Operand, value: number): WrittenExpression {
  if (expression === operand) return { ...operand, number: { ...operand.number, value } };
  if (expression.kind === "group") return { ...expression, inner: withValue(expression.inner, operand, value) };
  if (expression.kind === "number") return expression;
  return { ...expression, left: withValue(expression.left, operand, value), right: withValue(expression.right, operand, value) };
}

/** Blocks above the computation in which the count it multiplies may stand. */
const COUNT_DISTANCE = 2;

/** Numbers that a computation of cost multiplies for the sake of units. */
const TIME_FACTORS: ReadonlySet<number> = new Set([7, 12, 24, 30, 60, 168, 365, 720, 3600, 86_400]);

/** Only a slip between units or a doubling is believed; other ratios are other systems. */
const COUNT_RATIOS: readonly number[] = [2, 4, 8, 16];

/** "64 Cloud TPUs for a week", and then "32 x 8 x 24 x 7": one operand is no figure of the text, and the count of the text is no operand. */
function countSlip({ expression, claim, around, operands }: Asked): Finding | null {
  if (claim.mention.kind !== "cost") return null;
  const above = around.quantities.filter(
    ({ mention }) =>
      mention.span.end <= expression.span.start &&
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
  const [operand] = operands;
  if (operand === undefined || operands.length < 3 || !isLoose(operand, others)) return null;
  const ratio = first.mention.value / operand.number.value;
  if (!COUNT_RATIOS.some((known) => Math.abs(ratio - known) < SAME || Math.abs(ratio * known - 1) < SAME)) return null;
  const cause: Cause = {
    diagnosis: "expression-operand",
    factor: 1 / ratio,
    certainty: "named",
    words: `the text counts ${first.mention.value}, the computation multiplies ${operand.number.value}`,
    fits: null,
  };
  const right = withValue(expression, operand, first.mention.value);
  return slip(right, claim, around, { rule: "expression/operands", look: null, cause, price: first, atMostWarning: true });
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
  readonly look: Step | null;
  readonly cause: Cause;
  readonly price: Quantity | null;
  readonly atMostWarning?: boolean;
}

/** What the computation should have been, and what it comes to. */
function slip(right: WrittenExpression, claim: Quantity, { runs }: Surroundings, found: Slip): Finding | null {
  const { mention, readings } = claim;
  const { printed } = readings[0];
  const value = worthOf(right, withPrefix);
  if (value === null) return null;
  const recomputed = exactly(value, mention.unit);
  return statementFinding(mention, runs, found.rule, {
    stated: { ...printed, unit: mention.unit },
    recomputed,
    agrees: false,
    exact: false,
    steps: [...(found.look === null ? [] : [found.look]), ...workingOf(right, found.rule, recomputed, 1)],
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
