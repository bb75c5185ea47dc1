import { type Cause, type Finding, type FindingId, type Severity, type Step, type Strength, UNNAMED } from "../model/finding.ts";
import type { MentionId } from "../model/mention.ts";
import type { Fact, Figure, NonEmpty } from "../model/quantity.ts";
import type { Candidate } from "./candidate.ts";
import { gapOf, widthOf } from "./evidence.ts";
import { equationOf } from "./signatures.ts";
import type { Slip } from "./slips.ts";
import type { Place } from "./surroundings.ts";
import type { TypedValue } from "./typed-value.ts";

/** What a claim turned out to be. */
export interface Told {
  readonly place: Place;
  readonly candidate: Candidate;
  readonly confidence: number;
  readonly severity: Severity;
  readonly slip: Slip | null;
  readonly agrees: boolean;
}

/** The finding, with its whole working. */
export function findingOf({ place, candidate, confidence, severity, slip, agrees }: Told): Finding {
  const { claim, terms } = candidate;
  const ratio = Math.exp(claim.log - candidate.log);
  const { printed } = claim.reading;
  const at = (log: number): number => printed.value * Math.exp(log - claim.log);
  const recomputed: Figure = {
    value: at(candidate.log),
    low: at(candidate.generous.low),
    high: at(candidate.generous.high),
    unit: printed.unit,
  };
  const facts = factsOf(candidate);
  const named = equationOf(candidate);
  const rule = named?.isForward === true ? named.equation.id : UNNAMED;
  const premises = premisesOf(candidate);
  const steps: Step[] = [
    ...terms.flatMap(({ value }) => readingSteps(value)),
    ...facts.map((fact): Step => ({ kind: "look-up", fact })),
    ...(candidate.summands ?? []).map((summand) => computeStep(summand, rule, premisesOf(summand), facts)),
    computeStep(candidate, rule, premises, facts),
    { kind: "compare", stated: printed, recomputed, ratio, claim: place.mention.id },
  ];
  const assumes = [
    ...new Set([claim, ...terms.map(({ value }) => value)].flatMap(({ reading }) => reading.assumes.map(({ choice }) => choice))),
  ];
  const weight = [claim, ...terms.map(({ value }) => value)].reduce((product, value) => product * value.weight, 1);
  const common = {
    id: "" as FindingId,
    rule,
    confidence,
    claim: place.mention.id,
    premises,
    subject: place.subjectName,
    run: null,
    stated: printed,
    steps,
    speaker: place.mention.speaker,
    correctedBy: null,
    remarks: [],
    recomputed,
    ratio,
    outcomes: [{ assumes, weight, admissible: true, recomputed, agrees }] as NonEmpty<{
      readonly assumes: readonly string[];
      readonly weight: number;
      readonly admissible: boolean;
      readonly recomputed: Figure;
      readonly agrees: boolean;
    }>,
    power: Math.exp(2 * widthOf(candidate)),
  };
  if (agrees) return { ...common, severity: "note", verdict: "consistent", strength: strengthOf(candidate, ratio), cause: null };
  return { ...common, severity, verdict: "inconsistent", cause: slip === null ? null : causeOf(slip) };
}

function strengthOf({ claim, strict }: Candidate, ratio: number): Strength {
  if (Math.abs(ratio - 1) < 1e-6) return "exact";
  if (![claim.strict.low, claim.strict.high, strict.low, strict.high].every(Number.isFinite)) return "bound";
  return gapOf(claim.strict, strict) <= 1e-9 ? "strict" : "loose";
}

function causeOf({ id, log, words }: Slip): Cause {
  return { diagnosis: id, factor: Number(Math.exp(log).toPrecision(5)), certainty: "named", words, fits: null };
}

function factsOf({ definitions, terms, claim }: Candidate): readonly Fact[] {
  const used = definitions.map(({ definition }): Fact => {
    const { value } = definition;
    return {
      id: definition.id,
      title: definition.title,
      figure: { value, low: value, high: value, unit: definition.unit },
      source: definition.source ?? "definition",
      nature: definition.source === null ? "definition" : "dated",
    };
  });
  const read = [claim, ...terms.map(({ value }) => value)].flatMap(({ reading }) => reading.conversion.flatMap(({ fact }) => fact ?? []));
  return [...used, ...read.filter((fact, index) => read.findIndex(({ id }) => id === fact.id) === index)];
}

/** What is read from the page, and what turns it into the base unit. */
function readingSteps({ quantity, reading }: TypedValue): readonly Step[] {
  const mention = quantity.mention.id;
  const assumes = reading.assumes.map(({ choice }) => choice);
  const read: Step = { kind: "read", mention, slot: reading.slot, figure: reading.printed, assumes };
  if (reading.conversion.length === 0) return [read];
  const convert: Step = {
    kind: "compute",
    rule: "units",
    terms: [{ operator: "*", figure: reading.printed }, ...reading.conversion.map(({ operator, figure }) => ({ operator, figure }))],
    result: baseFigure(reading),
    from: [mention],
    facts: reading.conversion.flatMap(({ fact }) => fact ?? []),
  };
  return [read, convert];
}

function baseFigure({ width, baseUnit }: TypedValue["reading"]): Figure {
  return { value: width.face, low: width.generous.low, high: width.generous.high, unit: baseUnit };
}

type Operated = { readonly operator: "*" | "/" | "+" | "-"; readonly figure: Figure };

function premisesOf({ terms }: Candidate): MentionId[] {
  return [...terms].sort((left, right) => left.value.at - right.value.at).map(({ value }) => value.quantity.mention.id);
}

/** The one line that works the claim out, in the base unit of the claim. */
function computeStep(candidate: Candidate, rule: string, from: MentionId[], facts: readonly Fact[]): Step {
  const { claim, terms, shape } = candidate;
  const isSum = shape === "sum" || shape === "difference";
  const face = claim.reading.width.face;
  const at = (log: number): number => face * Math.exp(log - claim.log);
  const result: Figure = {
    value: at(candidate.log),
    low: at(candidate.generous.low),
    high: at(candidate.generous.high),
    unit: claim.reading.baseUnit,
  };
  if (candidate.summands !== null) {
    const [whole, ...others] = candidate.summands.map(
      (summand): Operated => ({
        operator: candidate.isRest === true ? "-" : "+",
        figure: { ...plain(at(summand.log)), unit: result.unit },
      }),
    );
    return { kind: "compute", rule, terms: [{ operator: "*", figure: whole?.figure ?? result }, ...others], result, from, facts };
  }
  const operated: Operated[] = [...terms]
    .sort((left, right) => right.sign - left.sign)
    .map(({ value, sign }) => ({ operator: isSum ? (sign > 0 ? "+" : "-") : sign > 0 ? "*" : "/", figure: baseFigure(value.reading) }));
  for (const { value } of candidate.counts) operated.push({ operator: "*", figure: plain(value) });
  for (const { definition, sign } of candidate.definitions)
    operated.push({ operator: sign > 0 ? "*" : "/", figure: { ...plain(definition.value), unit: definition.unit } });
  if (shape === "product" || shape === "same") {
    const product = operated.reduce((value, { operator, figure }) => (operator === "*" ? value * figure.value : value / figure.value), 1);
    const rest = result.value / product;
    // What is left are units: seconds of an hour.
    if (Math.abs(rest - 1) > 1e-6)
      operated.push(
        rest > 1
          ? { operator: "*", figure: plain(Number(rest.toPrecision(9))) }
          : { operator: "/", figure: plain(Number((1 / rest).toPrecision(9))) },
      );
  }
  const [first, ...rest] = operated.sort((left, right) => rank(left.operator) - rank(right.operator));
  return { kind: "compute", rule, terms: [first ?? { operator: "*", figure: result }, ...rest], result, from, facts };
}

function plain(value: number): Figure {
  return { value, low: value, high: value, unit: "1" };
}

function rank(operator: Operated["operator"]): number {
  return operator === "*" || operator === "+" ? 0 : 1;
}
