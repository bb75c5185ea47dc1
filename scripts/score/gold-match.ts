/**
 * When a figure of ours is a figure of the gold, and when a finding agrees with a check.
 *
 * The rules are those of the corpus's own ruler, to the letter: figures printed by this script and by the ruler are the same.
 */
import type { WireDocument, WireFinding, WireMention } from "../../src/report/wire.ts";

export interface GoldQuantity {
  readonly kind: string;
  readonly value: number | string;
  readonly unit?: string;
  readonly page?: number;
  readonly phrase?: string;
  readonly subject?: string;
  readonly hardware?: string;
}

export interface GoldCheck {
  readonly id: string;
  /** The kind of the figure that is checked. */
  readonly claim?: string;
  readonly page?: number;
  readonly stated: string | number;
  readonly verdict: string;
}

export interface Gold {
  readonly document: string;
  readonly claims?: "none";
  readonly quantities?: readonly GoldQuantity[];
  readonly checks?: readonly GoldCheck[];
  readonly silent?: readonly { readonly page?: number; readonly phrase: string }[];
}

const SECONDS: Readonly<Record<string, number>> = {
  second: 1,
  s: 1,
  minute: 60,
  min: 60,
  hour: 3600,
  h: 3600,
  day: 86400,
  d: 86400,
  week: 604800,
  month: 30.4375 * 86400,
  year: 365.25 * 86400,
};

const SCALE: Readonly<Record<string, number>> = {
  "g/kWh": 1e-3,
  "kg/kWh": 1,
  "tflop/s/accelerator": 1e12,
  "flop/s/accelerator": 1,
  "petaflop/s": 1e15,
  W: 1,
  kW: 1e3,
  MW: 1e6,
  Wh: 1,
  kWh: 1e3,
  MWh: 1e6,
  GWh: 1e9,
  g: 1,
  kg: 1e3,
  t: 1e6,
  lb: 453.592,
  "petaflop/s-day": 8.64e19,
  flop: 1,
  "flop/s": 1,
  "tflop/s": 1e12,
  percent: 0.01,
  "%": 0.01,
};

/** "accelerator-hour", "node-day"; not "hour". */
const DEVICE_TIME = /^.*-(hour|day|year|second|minute)$/;

/** A value in a base unit, so that "60 hour" and "2.5 day" compare. */
export function base(value: number, unit = ""): number {
  const seconds = SECONDS[unit];
  if (seconds !== undefined) return value * seconds;
  const scale = SCALE[unit];
  if (scale !== undefined) return value * scale;
  const perTime = SECONDS[DEVICE_TIME.exec(unit)?.[1] ?? ""];
  return perTime === undefined ? value : value * perTime;
}

/** What a unit can be converted within; null where its values are only what is printed. */
export function scaleOf(unit = ""): "time" | "scale" | "device-time" | null {
  if (SECONDS[unit] !== undefined) return "time";
  if (SCALE[unit] !== undefined) return "scale";
  return DEVICE_TIME.test(unit) ? "device-time" : null;
}

export function near(left: number, right: number): boolean {
  return left === right || Math.abs(left - right) <= 0.006 * Math.max(Math.abs(left), Math.abs(right));
}

export function hasValueOf(mention: WireMention, quantity: GoldQuantity): boolean {
  const value = Number(quantity.value);
  return near(base(mention.value, mention.unit), base(value, quantity.unit)) || near(mention.value, value);
}

export function isOnPageOf(mention: WireMention, quantity: GoldQuantity): boolean {
  return quantity.page == null || mention.page == null || mention.page === quantity.page;
}

/** Loose name match: "A100-80GB" and "NVIDIA A100 80GB", "LLaMA-65B" and "65B". */
export function sameName(left: string | null, right: string): boolean {
  const [first, second] = [plain(left ?? ""), plain(right)];
  return first !== "" && second !== "" && (first.includes(second) || second.includes(first));
}

function plain(text: string): string {
  return text.toLowerCase().replace(/nvidia|google|tesla|[^a-z0-9]/g, "");
}

/** Verdicts of what does not add up. */
export const BAD: ReadonlySet<string> = new Set(["inconsistent", "impossible", "depends", "malformed"]);

/** A finding that says that something is wrong, however mildly. */
export function isBad(finding: WireFinding): boolean {
  return BAD.has(finding.verdict);
}

/** A finding that a reader is shown as something wrong. */
export function isFlag(finding: WireFinding): boolean {
  return isBad(finding) && finding.severity !== "note";
}

/** Whether the check wants something flagged. */
export function wantsFlag(check: GoldCheck): boolean {
  return BAD.has(check.verdict);
}

/** Findings about the figure that a check is about. */
export function findingsFor(document: WireDocument, check: GoldCheck): readonly WireFinding[] {
  const stated = /-?[\d.,]+(?:e[+-]?\d+)?/i.exec(String(check.stated))?.[0]?.replace(/,/g, "");
  if (stated === undefined) return [];
  const value = Number(stated);
  const unit = String(check.stated).split(/\s+/)[1];
  return document.findings.filter(
    (finding) => near(finding.stated.value, value) || near(base(finding.stated.value, finding.stated.unit), base(value, unit)),
  );
}

export function agrees(check: GoldCheck, found: readonly WireFinding[]): boolean {
  switch (check.verdict) {
    case "consistent":
      return (
        found.some((finding) => finding.verdict === "consistent") &&
        !found.some((finding) => BAD.has(finding.verdict) && finding.severity === "error")
      );
    case "untested":
      return found.some((finding) => finding.verdict === "untested") && !found.some(isFlag);
    case "cannot-check":
      return !found.some(isFlag);
    default:
      return found.some((finding) => BAD.has(finding.verdict));
  }
}
