import { findDrifts } from "../across.ts";
import { append } from "../model/many.ts";
import type { AcrossResult, ToldFigure } from "../model/told-figure.ts";
import { acrossLines } from "../report/across-words.ts";
import { toldFigures } from "../report/told-figures.ts";
import type { WireDocument } from "../report/wire.ts";

/** What stands in the report, in numbers. */
export interface BatchSummary {
  readonly documents: number;
  readonly failed: number;
  /** Documents with a finding that is an error or a warning. */
  readonly flagged: number;
  readonly errors: number;
  readonly warnings: number;
  /** Fingerprints that let a finding pass. */
  readonly passed: readonly string[];
  /** What documents tell differently, a line each, with a total; none where it was not asked for. */
  readonly across: readonly string[];
}

/** Counts the documents of a report as they pass. */
export interface ReportTally {
  /** Fingerprints that have let a finding pass. */
  readonly passed: Set<string>;
  readonly add: (document: WireDocument) => void;
  /** What documents tell differently; null where it was not asked for. */
  readonly drifts: () => AcrossResult | null;
  readonly summary: () => BatchSummary;
}

/** Begins to count; `across` tells whether documents are compared with each other. */
export function startTally(across: boolean): ReportTally {
  const passed = new Set<string>();
  const told: ToldFigure[] = [];
  let compared: AcrossResult | null = null;
  let [documents, failed, flagged, errors, warnings] = [0, 0, 0, 0, 0];
  const drifts = (): AcrossResult | null => {
    if (across) compared ??= findDrifts(told);
    return compared;
  };
  return {
    passed,
    drifts,
    add: (document) => {
      const severities = document.findings.map(({ severity }) => severity);
      documents += 1;
      if (document.status === "failed") failed += 1;
      errors += severities.filter((severity) => severity === "error").length;
      warnings += severities.filter((severity) => severity === "warning").length;
      if (severities.some((severity) => severity !== "note")) flagged += 1;
      if (across) append(told, toldFigures(document));
    },
    summary: () => {
      const result = drifts();
      const lines = result === null ? [] : acrossLines(result);
      return { documents, failed, flagged, errors, warnings, passed: [...passed].sort(), across: lines };
    },
  };
}
