import type { Finding } from "../model/finding.ts";
import type { MentionKind } from "../model/mention.ts";
import type { Figure, Quantity } from "../model/quantity.ts";
import { foldedSubject, type Linked, type Run } from "../model/run.ts";
import { statementFinding } from "./statement-finding.ts";
import { readStep } from "./working.ts";

/** Outcomes that a document tells more than once: in the abstract, the text and a table. */
const RETOLD: ReadonlySet<MentionKind> = new Set(["wall-time", "accelerator-hours", "cost", "energy", "carbon"]);

/** Two figures that differ by more than this are of two different things. */
const MOST_APART = 1.5;

/**
 * Compares what a document says twice of one run: the later figure is judged by the earlier.
 *
 * Figures of a run are joined by what they are of, not by their value; rounding to one digit is let pass. Between runs of one model
 * that could not be joined, equal figures are told, and figures that differ are two different things.
 */
export function checkRestated(linked: Linked): readonly Finding[] {
  const within = linked.runs.flatMap((run) =>
    run.subject === null ? [] : [...RETOLD].flatMap((kind) => retoldIn(run, kind, linked.runs)),
  );
  const spelledOut = onOneDevice(linked);
  const told = new Set<string>(within.map((finding) => finding.claim));
  return [...within, ...[...acrossRuns(linked), ...convertedCounts(linked), ...spelledOut].filter((finding) => !told.has(finding.claim))];
}

function retoldIn(run: Run, kind: MentionKind, runs: readonly Run[]): readonly Finding[] {
  const figures = run.quantities.filter(
    (quantity) => isTold(quantity, kind) && quantity.mention.number.form !== "word" && quantity.mention.number.range === null,
  );
  const [first, ...later] = figures;
  if (first === undefined) return [];
  return later.flatMap((quantity) => (areTwoPlaces(quantity, first) ? (judge(quantity, first, runs) ?? []) : []));
}

function isTold({ mention, readings }: Quantity, kind: MentionKind): boolean {
  return mention.kind === kind && mention.value !== 0 && mention.per === null && mention.role === "own" && readings.length === 1;
}

function areTwoPlaces(quantity: Quantity, first: Quantity): boolean {
  const isElsewhere = quantity.mention.sentence.start !== first.mention.sentence.start && !areInOneTable(quantity, first);
  const [own, other] = [quantity.readings[0], first.readings[0]];
  return isElsewhere && own.slot === other.slot && own.currency === other.currency;
}

/** Figures that two runs of one model both have; without a name, runs that share their hardware too. */
function acrossRuns({ runs }: Linked): readonly Finding[] {
  const seen = new Map<string, { readonly quantity: Quantity; readonly run: Run }[]>();
  const findings: Finding[] = [];
  for (const run of runs) {
    for (const quantity of run.quantities) {
      const { mention, readings } = quantity;
      if (!RETOLD.has(mention.kind) || !isTold(quantity, mention.kind) || run.lent.has(mention.id)) continue;
      const { range } = mention.number;
      const key = [mention.kind, readings[0].width.face, range?.low ?? "", range?.high ?? "", foldedSubject(run.subject)].join("|");
      const earlier = (seen.get(key) ?? []).find(
        (other) => other.run !== run && areTwoPlaces(quantity, other.quantity) && (run.subject !== null || shareHardware(run, other.run)),
      );
      const finding = earlier === undefined ? null : judge(quantity, earlier.quantity, runs);
      if (finding !== null) findings.push(finding);
      const known = seen.get(key);
      if (known === undefined) seen.set(key, [{ quantity, run }]);
      else known.push({ quantity, run });
    }
  }
  return findings;
}

/** Counts that two runs of one model tell under different nouns: "512 chips" and "128 devices". */
function convertedCounts({ runs }: Linked): readonly Finding[] {
  const counts = runs.flatMap((run) =>
    run.quantities
      .filter((quantity) => quantity.mention.kind === "accelerators" && isNamedUnit(quantity) && !run.lent.has(quantity.mention.id))
      .map((quantity) => ({ quantity, run })),
  );
  return counts.flatMap(({ quantity, run }, index) => {
    const own = quantity.readings[0];
    const earlier = counts.slice(0, index).find((other) => {
      const reading = other.quantity.readings[0];
      const isSame = reading.baseUnit === own.baseUnit && Math.abs(reading.width.face / own.width.face - 1) < 1e-9;
      const isOtherNoun = other.quantity.mention.noun !== quantity.mention.noun;
      return other.run !== run && isSame && isOtherNoun && reading.hardware === own.hardware && areOneModel(run, other.run);
    });
    const finding = earlier === undefined ? null : judge(quantity, earlier.quantity, runs);
    return finding === null ? [] : [finding];
  });
}

/** Hours of devices that are told once more as the time of one: "on a single GPU, that would be 800 years". */
function onOneDevice({ quantities, runs }: Linked): readonly Finding[] {
  const prose = quantities.filter(({ mention }) => mention.cell === null);
  const sentences = Map.groupBy(prose, sentenceOf);
  const hoursOf = Map.groupBy(
    prose.filter(({ mention }) => mention.kind === "accelerator-hours"),
    ({ mention }) => mention.block,
  );
  return prose.flatMap((time) => {
    const { mention } = time;
    // What a run took on one device is no what-if.
    const isWhatIf = mention.role === "hypothetical" || time.readings[0].slot === "summed_time";
    if (mention.kind !== "wall-time" || mention.per !== null || !isWhatIf) return [];
    const hours = hoursOf.get(mention.block)?.findLast((other) => other.mention.span.end <= mention.span.start);
    const [one, ...others] = (sentences.get(sentenceOf(time)) ?? []).filter((other) => other !== time && other !== hours);
    const isOne = one?.mention.kind === "accelerators" && one.mention.value === 1 && one.mention.number.form === "word";
    if (!isOne || others.length > 0 || hours === undefined || hours.mention.role !== "own" || hours.mention.per !== null) return [];
    return [judgeOne(time, hours, one, runs)];
  });
}

function sentenceOf({ mention }: Quantity): string {
  return `${mention.block} ${mention.sentence.start}`;
}

function judgeOne(time: Quantity, hours: Quantity, one: Quantity, runs: readonly Run[]): Finding {
  const [own, other] = [time.readings[0], hours.readings[0]];
  const factor = own.width.face / own.printed.value;
  const { face, generous } = other.width;
  const recomputed: Figure = { value: face / factor, low: generous.low / factor, high: generous.high / factor, unit: own.printed.unit };
  return statementFinding(time.mention, runs, "identity/restated", {
    stated: own.printed,
    recomputed,
    agrees: own.width.generous.low <= generous.high && generous.low <= own.width.generous.high,
    steps: [
      readStep(hours),
      readStep(one),
      {
        kind: "compute",
        rule: "time/hours",
        terms: [
          { operator: "*", figure: other.printed },
          { operator: "/", figure: one.readings[0].printed },
        ],
        result: recomputed,
        from: [hours.mention.id, one.mention.id],
        facts: [],
      },
    ],
    premises: [hours.mention.id, one.mention.id],
    atMostWarning: true,
  });
}

/** Counts of a unit that their words name and that makes a difference. */
function isNamedUnit({ mention, readings }: Quantity): boolean {
  const noun = mention.noun;
  return noun !== null && noun !== "bare" && noun !== "gpu" && readings[0].weight >= LEAST_WEIGHT && mention.per === null;
}

const LEAST_WEIGHT = 0.85;

/** The same name, or a family and its member. */
function areOneModel(left: Run, right: Run): boolean {
  const [one, other] = [foldedSubject(left.subject), foldedSubject(right.subject)];
  return one !== "" && other !== "" && (one.startsWith(other) || other.startsWith(one));
}

function shareHardware(left: Run, right: Run): boolean {
  const counts = (run: Run): readonly string[] =>
    run.quantities
      .filter(({ mention }) => mention.kind === "accelerators" && mention.hardware !== null)
      .map(({ mention, readings }) => `${mention.value} ${readings[0].hardware}`);
  return counts(left).some((count) => counts(right).includes(count));
}

/** The rows of one table are of different things, whatever they are called. */
function areInOneTable(left: Quantity, right: Quantity): boolean {
  return left.mention.cell !== null && left.mention.cell.table === right.mention.cell?.table;
}

function judge(quantity: Quantity, first: Quantity, runs: readonly Run[]): Finding | null {
  const [own, other] = [quantity.readings[0], first.readings[0]];
  const factor = own.width.face / own.printed.value;
  const recomputed: Figure = {
    value: other.width.face / factor,
    low: other.width.generous.low / factor,
    high: other.width.generous.high / factor,
    unit: own.printed.unit,
  };
  const ratio = own.width.face / other.width.face;
  const agrees = own.width.generous.low <= other.width.generous.high && other.width.generous.low <= own.width.generous.high;
  if (!agrees && (ratio > MOST_APART || ratio < 1 / MOST_APART)) return null;
  return statementFinding(quantity.mention, runs, "identity/restated", {
    stated: own.printed,
    recomputed,
    agrees,
    steps: [readStep(first)],
    premises: [first.mention.id],
    atMostWarning: true,
  });
}
