import type { Finding, Step } from "../model/finding.ts";
import type { MentionId, Statement } from "../model/mention.ts";
import type { Figure, Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { statementFinding } from "./statement-finding.ts";
import { exactly, readStep } from "./working.ts";

/** Checks figures that the prose tells in two units. */
export function checkConversions(
  statements: readonly Statement[],
  quantities: readonly Quantity[],
  runs: readonly Run[],
): readonly Finding[] {
  const byId = new Map(quantities.map((quantity) => [quantity.mention.id, quantity]));
  return statements.flatMap((statement) => (statement.kind === "conversion" ? (conversion(statement, byId, runs) ?? []) : []));
}

/** The rule under which a figure that is told in two units is judged, by its slot; counts and hours of hardware are left. */
const CONVERSION_RULES: Readonly<Record<string, string>> = {
  wall_time: "time/conversion",
  price: "money/price-relation",
  energy: "energy/conversion",
  carbon: "carbon/conversion",
};

function conversion(
  statement: Extract<Statement, { kind: "conversion" }>,
  byId: ReadonlyMap<MentionId, Quantity>,
  runs: readonly Run[],
): Finding | null {
  const left = byId.get(statement.left);
  const right = byId.get(statement.right);
  if (left === undefined || right === undefined) return null;
  const [from, to] = likeliestPair(left, right);
  const ofEach = ofEachNode(left, right, [...byId.values()]);
  if (ofEach !== null) return nodesFinding(left, right, ofEach, runs);
  if (from.slot !== to.slot || from.baseUnit !== to.baseUnit || from.contradictsPrint || to.contradictsPrint) return null;
  const factor = to.width.face / to.printed.value;
  const value = from.width.face / factor;
  const recomputed: Figure = {
    value,
    low: from.width.generous.low / factor,
    high: from.width.generous.high / factor,
    unit: to.printed.unit,
  };
  const agrees = to.printed.low <= recomputed.high && recomputed.low <= to.printed.high;
  // Of each machine rather than of all of them.
  if (!agrees && statement.relation === "holds" && isOfEach(left, to)) return null;
  const facts = [...from.conversion, ...to.conversion].flatMap((step) => step.fact ?? []);
  const rule = CONVERSION_RULES[from.slot] ?? "hardware/conversion";
  const steps: readonly Step[] = [
    { kind: "read", mention: left.mention.id, slot: from.slot, figure: from.printed, assumes: [] },
    ...facts.map((fact): Step => ({ kind: "look-up", fact })),
    {
      kind: "compute",
      rule,
      terms: [
        { operator: "*", figure: from.printed },
        ...from.conversion,
        ...to.conversion.map((step) => ({ ...step, operator: step.operator === "*" ? ("/" as const) : ("*" as const) })),
      ],
      result: recomputed,
      from: [left.mention.id],
      facts,
    },
  ];
  return statementFinding(right.mention, runs, rule, {
    stated: to.printed,
    recomputed,
    agrees,
    steps,
    premises: [left.mention.id],
  });
}

/** What each of the nodes holds, where the document tells one number of it: "8 GPUs per node". */
function ofEachNode(left: Quantity, right: Quantity, quantities: readonly Quantity[]): Quantity | null {
  const isPair = left.mention.kind === "nodes" && right.mention.kind === "accelerators" && left.mention.hardware?.system == null;
  if (!isPair || left.mention.per !== null || right.mention.per !== null) return null;
  const each = quantities.filter(({ mention }) => mention.kind === "accelerators" && mention.per === "node");
  const [first] = each;
  return first !== undefined && each.every(({ mention }) => mention.value === first.mention.value) ? first : null;
}

/** "416 GPUs (52 nodes)" with 8 to a node; silent where they do not agree, for another kind of node may be meant. */
function nodesFinding(nodes: Quantity, total: Quantity, each: Quantity, runs: readonly Run[]): Finding | null {
  const machines = nodes.readings[0].printed;
  const held = each.readings[0].printed;
  const stated = total.readings[0].printed;
  const recomputed = exactly(machines.value * held.value, stated.unit);
  const premises = [nodes.mention.id, each.mention.id];
  const steps: readonly Step[] = [
    readStep(nodes),
    readStep(each),
    {
      kind: "compute",
      rule: "hardware/conversion",
      terms: [
        { operator: "*", figure: machines },
        { operator: "*", figure: held },
      ],
      result: recomputed,
      from: premises,
      facts: [],
    },
  ];
  return statementFinding(total.mention, runs, "hardware/conversion", {
    stated,
    recomputed,
    agrees: stated.value === recomputed.value,
    steps,
    premises,
    // What one machine holds is told elsewhere, perhaps of others.
    atMostWarning: true,
  });
}

/** A reading lighter than this does not rescue a statement. */
const LEAST_ADMISSIBLE_WEIGHT = 0.1;

/** The likeliest readings under which two figures are one; those that come first where none do: "4 boards (8 GPUs)" counts the halves. */
function likeliestPair(left: Quantity, right: Quantity): readonly [Quantity["readings"][0], Quantity["readings"][0]] {
  const usable = (quantity: Quantity) =>
    quantity.readings.filter((reading) => reading.weight >= LEAST_ADMISSIBLE_WEIGHT && !reading.contradictsPrint);
  const pairs = usable(left).flatMap((from) => usable(right).map((to) => [from, to] as const));
  const fitting = pairs
    .filter(([from, to]) => from.slot === to.slot && from.baseUnit === to.baseUnit && from.width.face === to.width.face)
    .sort(([from, to], [one, other]) => one.weight * other.weight - from.weight * to.weight)[0];
  return fitting ?? [left.readings[0], right.readings[0]];
}

/** "4 DGX-2 with 16 GPUs": what one of the machines has. */
function isOfEach(machines: Quantity, count: Quantity["readings"][0]): boolean {
  return machines.readings.some((reading) => Math.abs(reading.width.face / machines.mention.value / count.width.face - 1) < 1e-9);
}
