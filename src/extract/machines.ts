/** Machines, and what each of them holds. */

import { hasRole, type Token } from "../language/tokens.ts";
import { type UnitReader, unitAt, unitOf } from "../language/unit-phrase.ts";
import type { UnitAtom } from "../model/lexicon.ts";
import type { PrintedNumber } from "../model/mention.ts";
import { assemble, type FigureContext } from "./assemble.ts";
import type { Figure } from "./figure.ts";

/** "one 8xH100 node", "two 8-GPU servers": machines, and what each of them holds. */
export function machinesAt(reader: UnitReader, at: number): readonly Figure[] | null {
  const { tokens } = reader;
  const inner = tokens[at + 1];
  const outer = tokens[at];
  const [accelerators, nodes] = [reader.algebra.kind("accelerators"), reader.algebra.kind("nodes")];
  if (outer?.kind !== "number" || accelerators === null || nodes === null) return null;
  const isOuter = inner?.kind === "number" && inner.start - outer.end <= 2;
  const index = isOuter ? at + 1 : at;
  const count = tokens[index];
  if (count?.kind !== "number") return null;
  const joint = tokens[index + 1];
  const isGlued = joint?.kind === "mark" && joint.text === "-" && joint.start === count.end;
  if (!isGlued && !hasRole(joint, "times")) return null;
  const unit = unitAt(reader, index + 1, 1);
  const node = unit?.above[0];
  const last = unit === null ? undefined : tokens[unit.next - 1];
  if (
    unit === null ||
    (node?.dimension !== "node" && node?.dimension !== "pod") ||
    unit.above.length !== 1 ||
    last === undefined ||
    unit.below.length > 0
  )
    return null;
  // "16 x p3.16xlarge", "4 x DGX" count machines themselves.
  if (last.kind === "product" || unit.product?.system != null) return null;
  const printed = hardwareIn(reader, index + 2, unit.next - 1);
  const gpu = printed ?? reader.algebra.atom("gpu");
  if (gpu === null || (printed === null && unit.product === null)) return null;
  const base = {
    kind: accelerators,
    size: 1,
    below: [],
    product: unit.product,
    isEach: false,
    confidence: 0.95,
    rule: "machine",
    qualifiers: [],
  };
  const isWhole = node.dimension === "pod";
  const held: Figure = {
    ...base,
    start: count.start,
    end: unit.end,
    from: index,
    next: unit.next,
    number: count.number,
    above: [gpu],
    per: isWhole ? null : "node",
  };
  if (!isOuter) return [held];
  const machines: Figure = {
    ...base,
    kind: nodes,
    start: outer.start,
    end: unit.end,
    from: at,
    next: index,
    number: outer.number,
    above: [node],
    per: null,
  };
  return isWhole ? [held] : [machines, held];
}

/** "12x8 GPUs", "15 x 8 V100 hours": counts that are multiplied, where no result is printed. */
export function multipliedFigure(reader: UnitReader, at: number, context: FigureContext): readonly Figure[] | null {
  const { tokens } = reader;
  const first = tokens[at];
  let [last, value] = [at, first?.kind === "number" ? first.number.value : 0];
  for (;;) {
    const [times, factor] = [tokens[last + 1], tokens[last + 2]];
    if (!hasRole(times, "times") || factor?.kind !== "number" || factor.number.form !== "integer") break;
    value *= factor.number.value;
    last += 2;
  }
  const end = tokens[last];
  if (first?.kind !== "number" || end === undefined || last === at || first.number.form !== "integer") return null;
  const unit = unitAt(reader, last + 1, 1);
  const dimension = unit?.above[0]?.dimension;
  if (unit === null || (dimension !== "accelerator" && dimension !== "node") || isExpression(tokens, unit.next)) return null;
  const number: PrintedNumber = { ...first.number, span: { start: first.start, end: end.end }, value, lastPlace: 1 };
  const figure = assemble(reader, at, number, unit, context, "multiplied");
  return figure === null ? null : [figure];
}

const GOES_ON: ReadonlySet<string> = new Set(["=", "~", "→", "+"]);

/** A computation that goes on, or whose result follows. */
function isExpression(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return hasRole(token, "times") || (token?.kind === "mark" && GOES_ON.has(token.text));
}

function hardwareIn(reader: UnitReader, from: number, to: number): UnitAtom | null {
  for (const token of reader.tokens.slice(from, to)) {
    const atom = unitOf(reader, token)?.above[0];
    if (atom?.dimension === "accelerator") return atom;
  }
  return null;
}
