import type { Finding, Step } from "../model/finding.ts";
import type { Statement } from "../model/mention.ts";
import type { Figure, Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { statementFinding } from "./statement-finding.ts";
import { exactly } from "./working.ts";

const HOURS_IN_DAY = 24;

/** A training that fills less of the period than this may be one part of what was done in it. */
const LEAST_SHARE = 0.8;

/** Beyond the period by this much, a time is of something else, or a slip. */
const MOST_OVER = 1.1;

/** Checks a time by the calendar period that its sentence tells: it cannot be longer. What fills it agrees; what is shorter says nothing. */
export function checkPeriods(statements: readonly Statement[], quantities: readonly Quantity[], runs: readonly Run[]): readonly Finding[] {
  return statements.flatMap((statement) => {
    if (statement.kind !== "period") return [];
    const claim = quantities.find(({ mention }) => mention.id === statement.time);
    return claim === undefined || claim.readings[0].slot !== "wall_time" ? [] : (judge(statement, claim, runs) ?? []);
  });
}

function judge({ low, high }: Extract<Statement, { kind: "period" }>, claim: Quantity, runs: readonly Run[]): Finding | null {
  const { printed, width } = claim.readings[0];
  const scale = width.face / printed.value / HOURS_IN_DAY;
  const [shortest, longest] = [width.generous.low / HOURS_IN_DAY, width.generous.high / HOURS_IN_DAY];
  const agrees = shortest <= high && longest >= low * LEAST_SHARE;
  if (!agrees && shortest <= high * MOST_OVER) return null;
  const recomputed: Figure = { value: high / scale, low: low / scale, high: high / scale, unit: printed.unit };
  const days: Figure = { value: high, low, high, unit: "day" };
  const steps: readonly Step[] = [
    {
      kind: "compute",
      rule: "time/calendar",
      terms:
        scale === 1
          ? [{ operator: "*", figure: days }]
          : [
              { operator: "*", figure: days },
              { operator: "/", figure: exactly(scale, `day/${printed.unit}`) },
            ],
      result: recomputed,
      from: [],
      facts: [],
    },
  ];
  return statementFinding(claim.mention, runs, "time/calendar", {
    stated: printed,
    recomputed,
    agrees,
    exact: false,
    steps,
    premises: [],
    atMostNote: true,
  });
}
