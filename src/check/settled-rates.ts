import type { MentionId } from "../model/mention.ts";
import type { Quantity } from "../model/quantity.ts";

/** How near rate times hours must come to the cost of its line. */
const NEARNESS = 0.01;

/**
 * Prices by the hour that may be of one device or of all, in a column that other lines settle: there the cost is the price times the
 * hours, whatever the number of devices.
 *
 * Source: a column has one meaning; the line that is judged is no witness for itself.
 */
export function settledRates(quantities: readonly Quantity[]): ReadonlySet<MentionId> {
  const open = quantities.filter(({ mention, readings }) => mention.cell !== null && readings.some(({ slot }) => slot === "cost_rate"));
  const witnesses = open.filter((rate) => isWholeCost(rate, quantities));
  const settled = open.filter((rate) => witnesses.some((other) => other !== rate && areInOneColumn(other, rate)));
  return new Set(settled.map(({ mention }) => mention.id));
}

function areInOneColumn({ mention: { cell: one } }: Quantity, { mention: { cell: other } }: Quantity): boolean {
  return one !== null && other !== null && one.table === other.table && one.column === other.column;
}

/** Whether some cost of the line is the rate times some time of it. */
function isWholeCost(rate: Quantity, quantities: readonly Quantity[]): boolean {
  const { cell } = rate.mention;
  const line = quantities.filter(({ mention }) => mention.cell?.table === cell?.table && mention.cell?.row === cell?.row);
  const faces = (kind: string): readonly number[] =>
    line.filter(({ mention }) => mention.kind === kind).map(({ readings }) => readings[0].width.face);
  const perHour = rate.readings.find(({ slot }) => slot === "cost_rate")?.width.face ?? 0;
  return faces("cost").some((cost) => faces("wall-time").some((hours) => Math.abs((perHour * hours) / cost - 1) <= NEARNESS));
}
