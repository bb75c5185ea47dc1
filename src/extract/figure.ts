import type { UnitAlgebra } from "../language/unit-algebra.ts";
import { dimensionOfPhrase } from "../language/unit-phrase.ts";
import type { HardwareMatch } from "../model/hardware-finder.ts";
import type { KindDefinition, UnitAtom } from "../model/lexicon.ts";
import type { CountNoun, HardwareName, PrintedNumber } from "../model/mention.ts";
import type { Draft } from "./draft.ts";

/** A number with its unit and kind, before it is written in the words of the contract. */
export interface Figure {
  readonly start: number;
  readonly end: number;
  /** Tokens that it takes: from the first to before the last. */
  readonly from: number;
  readonly next: number;
  readonly number: PrintedNumber;
  readonly kind: KindDefinition;
  readonly size: number;
  readonly above: readonly UnitAtom[];
  readonly below: readonly UnitAtom[];
  readonly product: HardwareMatch | null;
  /** Of how many of the last unit below it is told, where not of one. */
  readonly amount?: number;
  /** What it is for one of, where other words than its unit say so. */
  readonly per: string | null;
  readonly isEach: boolean;
  readonly confidence: number;
  readonly rule: string;
  readonly qualifiers: readonly string[];
}

const SECONDS: Readonly<Record<string, number>> = { millisecond: 1e-3, second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800 };

/** What a figure is for one of, by the dimension below. */
const PARTS: Readonly<Record<string, string>> = { seed: "run", trial: "run", configuration: "run", experiment: "run", request: "request" };

/** A figure in the words of the contract. Shape: positions are those of the figure. */
export function draftOf(algebra: UnitAlgebra, figure: Figure, currency: string): Draft {
  const { whole, per } = withoutParts(algebra, figure);
  const hardware = figure.product === null ? bareHardware(figure) : nameOf(figure.product);
  const { unit, factor } = unitText(whole, figure, currency);
  const each = figure.isEach && figure.kind.kind === "accelerators" ? "node" : null;
  return {
    kind: figure.kind.kind,
    start: figure.start,
    end: figure.end,
    number: figure.number,
    unit,
    value: rounded(figure.number.value * figure.size * factor),
    hardware,
    noun: nounOf(figure),
    per: figure.per ?? per ?? each ?? drawnBy(figure, "node"),
    confidence: figure.confidence,
    rule: figure.rule,
    qualifiers: [...figure.qualifiers, ...(drawnBy(figure, "accelerator") === null ? [] : ["each"])],
  };
}

/** The hardware whose power it is, if the power is told for one of it; null for any other figure. */
function drawnBy({ kind, below, isEach }: Figure, dimension: "node" | "accelerator"): string | null {
  if (kind.kind !== "power") return null;
  return below.some((atom) => atom.dimension === dimension) || (isEach && dimension === "accelerator") ? dimension : null;
}

function rounded(value: number): number {
  return Number(value.toPrecision(14));
}

/** The denominators that belong to the kind, and the one that only says what the figure is for one of. */
function withoutParts(algebra: UnitAlgebra, figure: Figure): { readonly whole: readonly UnitAtom[]; readonly per: string | null } {
  const { kind } = figure;
  let whole = figure.below;
  let per: string | null = null;
  while (
    whole.length > 0 &&
    !algebra.kindsOf(dimensionOfPhrase({ above: figure.above, below: whole })).some((known) => known.kind === kind.kind)
  ) {
    const part = whole.at(-1);
    whole = whole.slice(0, -1);
    // A batch is of one step by itself.
    if (kind.kind === "batch" && (part?.id === "batch" || part?.dimension === "step")) continue;
    if (part !== undefined && part.dimension === "token" && figure.amount !== undefined)
      per = `${figure.amount.toExponential().replace("+", "")} token`;
    else if (part !== undefined)
      per = PARTS[part.id] ?? (part.dimension === "accelerator" ? "accelerator" : part.dimension === "node" ? "node" : part.id);
  }
  return { whole, per };
}

/** A share above this is told in hundredths, whether its header says so or not. */
const MOST_SHARE = 1.5;

interface UnitWord {
  readonly unit: string;
  readonly factor: number;
}

function unitText(below: readonly UnitAtom[], figure: Figure, currency: string): UnitWord {
  const { above, kind } = figure;
  const first = above[0];
  if (first === undefined && kind.kind === "mfu") return { unit: figure.number.value > MOST_SHARE ? "percent" : "1", factor: 1 };
  if (first === undefined) return { unit: kind.kind === "ratio" ? "times" : "1", factor: 1 };
  const time = below.find(({ dimension }) => dimension === "time");
  const rest = below.filter((atom) => atom !== time);
  if (first.dimension === "money" || first.dimension === "credit") {
    const isCent = first.id === "cent";
    const money = isCent ? currency : first.prints;
    const owner = rest.map(unitOfOwner).join("-");
    const per = [owner, time?.id ?? ""].filter((part) => part !== "").join("-");
    return { unit: per === "" ? money : `${money}/${per}`, factor: isCent ? 0.01 : 1 };
  }
  const ordered = [...above].sort((left, right) => Number(left.dimension === "time") - Number(right.dimension === "time"));
  const main = ordered.map((atom) => (atom.id === "slice" ? sliceUnit(figure) : atom.prints)).join("-");
  if (kind.kind === "step-time")
    return rest.some(({ id }) => id === "kimg") ? { unit: "second/kimg", factor: SECONDS[first.id] ?? 1 } : shortTime(first.id);
  if (kind.kind === "wall-time") return shortTime(main);
  if (first.id === "kimg") return { unit: "sample", factor: 1000 };
  if (time !== undefined && (kind.kind === "throughput" || kind.kind === "flop-rate")) {
    const device = [...rest, ...above.filter(({ dimension }) => dimension === "accelerator")].find(
      ({ dimension }) => dimension === "accelerator" || dimension === "node",
    );
    const what = first.id === "sequence" ? "sample" : first.dimension === "accelerator" ? (above[1]?.prints ?? "token") : first.prints;
    const owner =
      device === undefined ? "" : `/${device.dimension === "node" ? "node" : device.prints === "core" ? "core" : "accelerator"}`;
    return { unit: `${what}/s${owner}`, factor: 1 / (SECONDS[time.id] ?? 1) };
  }
  if (below.length === 0 || kind.kind === "power" || kind.kind === "memory" || kind.kind === "energy") return { unit: main, factor: 1 };
  return { unit: `${main}/${below.map((atom) => atom.prints).join("/")}`, factor: 1 };
}

function shortTime(unit: string): UnitWord {
  return unit === "millisecond" ? { unit: "second", factor: 1e-3 } : { unit, factor: 1 };
}

function unitOfOwner(atom: UnitAtom): string {
  return atom.dimension === "pod" ? "core" : atom.prints;
}

function sliceUnit(figure: Figure): string {
  const unit = figure.product?.slice?.unit ?? "core";
  return unit === "chip" ? "chip" : "core";
}

const NOUNS: Readonly<Record<string, CountNoun>> = {
  gpu: "gpu",
  card: "gpu",
  tpu: "bare",
  cpu: "cpu",
  board: "board",
  module: "module",
  superchip: "superchip",
  gcd: "gcd",
  chip: "chip",
  core: "core",
  device: "device",
  "cloud-tpu": "cloud-tpu",
  node: "node",
  host: "host",
  rack: "node",
  pod: "pod",
  slice: "slice",
};

const COUNTED: ReadonlySet<string> = new Set(["accelerators", "nodes", "accelerator-hours", "price"]);

function nounOf(figure: Figure): CountNoun | null {
  if (!COUNTED.has(figure.kind.kind)) return null;
  const atom = [...figure.above, ...figure.below].find(
    ({ dimension }) => dimension === "accelerator" || dimension === "node" || dimension === "pod",
  );
  if (atom === undefined) return null;
  const isBare = figure.product !== null && atom.id === "gpu" && !figure.qualifiers.includes("noun");
  return isBare ? "bare" : (NOUNS[atom.id] ?? null);
}

/** A bare "TPU" or "GPU" names a kind of hardware, though no product. */
function bareHardware(figure: Figure): HardwareName | null {
  const atom = [...figure.above, ...figure.below].find(({ id }) => id === "tpu" || id === "cloud-tpu");
  if (atom === undefined) return null;
  return { span: { start: figure.start, end: figure.end }, text: atom.id === "tpu" ? "TPU" : "Cloud TPU", accelerators: [], system: null };
}

/** A match of the finder as a name on the page. */
export function nameOf(match: HardwareMatch): HardwareName {
  return { span: match.span, text: match.text, accelerators: match.accelerators, system: match.system };
}
