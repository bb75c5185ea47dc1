/** Peaks that a text prints against those of the makers, rates beyond any peak, and shares of a peak that only sparse matrices have. */
import { type Accelerator, type Catalog, sourceOf } from "../model/catalog.ts";
import type { Cause, Finding, Outcome } from "../model/finding.ts";
import { hardwareById } from "../model/hardware-finder.ts";
import type { MentionId } from "../model/mention.ts";
import type { NonEmpty, Quantity } from "../model/quantity.ts";
import type { Linked, Run } from "../model/run.ts";
import { brokenBound, MARGIN } from "./broken-bound.ts";
import { factOfPeak, type Peak, UNIT_OF_PEAK } from "./peak-facts.ts";
import { statementFinding } from "./statement-finding.ts";
import { exactly, readStep } from "./working.ts";

/** The names under which catalogs keep the peak of a format of numbers, the best first. */
const PEAKS_OF: Readonly<Record<string, readonly string[]>> = {
  bf16: ["bf16_matrix", "fp16_matrix"],
  fp16: ["fp16_matrix", "bf16_matrix"],
  fp8: ["fp8_matrix"],
  tf32: ["tf32_matrix"],
};

/** Formats that models are trained in where none is named. */
const USUAL: readonly string[] = ["bf16", "fp16"];

/** How near a printed peak comes to that of the maker: "990", "312". */
const NEAR = 0.02;

/** A peak in the format of numbers that it is of. */
interface FormatPeak extends Peak {
  readonly format: string;
}

/** A peak that is no maker's, and a rate that no product reaches in the format that is named. */
export function checkPeaks(catalog: Catalog, linked: Linked): readonly Finding[] {
  const { runs, quantities } = linked;
  return quantities.flatMap((quantity) => {
    const peaks = peaksFor(catalog, linked, quantity);
    if (peaks.length === 0 || quantity.mention.confidence < SURE || quantity.mention.number.range !== null) return [];
    // What is reached stands beside the peak, whichever other peak it is near.
    const isBesidePeak = quantities.some(
      (other) => other !== quantity && other.mention.sentence.start === quantity.mention.sentence.start && isPeakItself(other, peaks),
    );
    const isPrinted = quantity.mention.qualifiers.includes("peak") || (!isBesidePeak && isPeak(quantity.readings[0].width.face, peaks));
    return isPrinted ? printedPeak(catalog, quantity, runs, peaks) : beyondPeak(quantity, runs, peaks);
  });
}

/** Whether a rate is the dense peak of the format that its sentence names. */
function isPeakItself(quantity: Quantity, peaks: readonly FormatPeak[]): boolean {
  const format = formatOf(quantity);
  const { mention, readings } = quantity;
  if (mention.kind !== "flop-rate" || format === null) return false;
  return peaks.some((peak) => peak.format === format && !peak.isSparse && isNear(readings[0].width.face, peak));
}

const SURE = 0.9;

/** The peaks of the product of a rate, those of all its forms where the name leaves them open. */
function peaksFor(catalog: Catalog, { attachments }: Linked, { mention, readings }: Quantity): readonly FormatPeak[] {
  if (mention.kind !== "flop-rate" || readings[0].slot !== "flop_rate") return [];
  const products = attachments.get(mention.id)?.products ?? [];
  return products.flatMap((id) => {
    const accelerator = hardwareById(catalog, id);
    return accelerator === null ? [] : peaksOf(accelerator);
  });
}

function peaksOf(accelerator: Accelerator): readonly FormatPeak[] {
  return Object.entries(PEAKS_OF).flatMap(([format, names]): readonly FormatPeak[] => {
    const precision = names.find((candidate) => accelerator.densePeakTeraflops[candidate] !== undefined);
    const dense = (accelerator.densePeakTeraflops[precision ?? ""] ?? 0) * 1e12;
    if (precision === undefined || dense === 0) return [];
    const { sparseFactor } = accelerator;
    const peak = { accelerator, precision, format, value: dense, isSparse: false };
    return sparseFactor === null ? [peak] : [peak, { ...peak, value: dense * sparseFactor, isSparse: true }];
  });
}

/** The one format that the sentence of a rate names; null for none or several. */
function formatOf({ mention }: Quantity): string | null {
  const named = mention.qualifiers.filter((qualifier) => qualifier in PEAKS_OF);
  return named.length === 1 ? (named[0] ?? null) : null;
}

function isNear(value: number, { value: peak }: Peak): boolean {
  return Math.abs(Math.log(value / peak)) < NEAR;
}

function printedPeak(catalog: Catalog, quantity: Quantity, runs: readonly Run[], peaks: readonly FormatPeak[]): readonly Finding[] {
  const format = formatOf(quantity);
  if (format === null) return [];
  const { mention, readings } = quantity;
  const stated = readings[0].width.face;
  const isOfSparse = mention.qualifiers.includes("sparse");
  const wanted = peaks.filter((peak) => peak.format === format && peak.isSparse === isOfSparse);
  const met = wanted.find((peak) => isNear(stated, peak));
  const peak = met ?? wanted[0];
  if (peak === undefined) return [];
  const { value, accelerator } = peak;
  const recomputed = exactly(value, UNIT_OF_PEAK);
  const fact = factOfPeak(peak);
  const isAnother = met === undefined && isPeak(stated, peaks);
  return [
    statementFinding(mention, runs, "hardware/peak", {
      stated: exactly(stated, UNIT_OF_PEAK),
      recomputed,
      agrees: met !== undefined,
      exact: stated === value,
      steps: [readStep(quantity), { kind: "look-up", fact }],
      premises: [],
      atMostWarning: true,
      // Of a product with several forms, or twice the peak for sparse matrices, another one may be meant.
      atMostNote: new Set(wanted.map(({ value: each }) => each)).size > 1 || accelerator.confidence !== "high" || isAnother,
      ...(isAnother ? causeOf(catalog, stated / value) : {}),
    }),
  ];
}

function causeOf({ diagnoses }: Catalog, factor: number): { readonly cause: Cause } | Record<string, never> {
  const diagnosis = diagnoses.find(({ id }) => id === SPARSE_PEAK);
  return diagnosis === undefined
    ? {}
    : { cause: { diagnosis: diagnosis.id, factor, certainty: "named", words: diagnosis.words, fits: null } };
}

const SPARSE_PEAK = "sparse-peak";

function isPeak(value: number, peaks: readonly FormatPeak[]): boolean {
  return peaks.some((peak) => isNear(value, peak));
}

/** No product computes more than its dense peak in a training; what is a peak itself is told elsewhere. */
function beyondPeak(quantity: Quantity, runs: readonly Run[], peaks: readonly FormatPeak[]): readonly Finding[] {
  const { mention, readings } = quantity;
  const format = formatOf(quantity);
  const isOfOne = mention.unit.endsWith("/accelerator") || mention.per === "accelerator";
  if (format === null || !isOfOne || mention.role === "hypothetical") return [];
  const most = peaks
    .filter((peak) => !peak.isSparse && peak.format === format)
    .reduce<FormatPeak | null>((best, peak) => (best === null || peak.value > best.value ? peak : best), null);
  const least = readings[0].width.strict.low;
  if (most === null || least <= most.value) return [];
  const { accelerator, value } = most;
  const bound = {
    name: `what one ${accelerator.name} computes in ${format}`,
    limit: exactly(value, UNIT_OF_PEAK),
    source: sourceOf(accelerator),
  };
  return [brokenBound(quantity, runs, { rule: "bound/peak", bound, severity: least > value * MARGIN ? "warning" : "note" })];
}

/** What is taken of a peak that only sparse matrices have is a share that hangs on which peak is meant, however well it agrees. */
export function withSparsePeaks(catalog: Catalog, linked: Linked, findings: readonly Finding[]): readonly Finding[] {
  const byId = new Map<MentionId, Quantity>(linked.quantities.map((quantity) => [quantity.mention.id, quantity]));
  return findings.map((finding) => {
    if (finding.verdict !== "consistent" || byId.get(finding.claim)?.mention.kind !== "mfu") return finding;
    const sparse = finding.premises.flatMap((id) => sparsePeak(catalog, linked, byId.get(id), byId.get(finding.claim)) ?? [])[0];
    if (sparse === undefined) return finding;
    const factor = sparse.accelerator.sparseFactor ?? 1;
    const { strength: _, outcomes, recomputed, ...rest } = finding;
    const [told] = outcomes;
    const dense = { ...recomputed, value: recomputed.value * factor, low: recomputed.low * factor, high: recomputed.high * factor };
    const both: NonEmpty<Outcome> = [
      { ...told, assumes: [...told.assumes, `the peak of the ${sparse.accelerator.name} with sparsity is meant`], weight: HALF },
      { assumes: ["its dense peak is meant"], weight: HALF, admissible: true, recomputed: dense, agrees: false },
    ];
    return { ...rest, recomputed, outcomes: both, verdict: "depends", severity: "note" };
  });
}

const HALF = 0.5;

/** The peak with sparsity that a premise prints; null where a training in eight bits has it for dense matrices. */
function sparsePeak(catalog: Catalog, linked: Linked, premise: Quantity | undefined, claim: Quantity | undefined): FormatPeak | null {
  if (premise === undefined || claim === undefined) return null;
  const formats = [...premise.mention.qualifiers, ...claim.mention.qualifiers].filter((qualifier) => qualifier in PEAKS_OF);
  if (formats.length > 0 && !formats.some((format) => USUAL.includes(format))) return null;
  const peaks = peaksFor(catalog, linked, premise);
  const value = premise.readings[0].width.face;
  if (peaks.some((peak) => USUAL.includes(peak.format) && !peak.isSparse && isNear(value, peak))) return null;
  return peaks.find((peak) => USUAL.includes(peak.format) && peak.isSparse && isNear(value, peak)) ?? null;
}
