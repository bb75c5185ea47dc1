import type { HardwareMatch } from "../model/hardware-finder.ts";
import type { CountNoun, PrintedNumber } from "../model/mention.ts";
import { countUnit, type Draft } from "./draft.ts";
import { hardwareAt, nameOf } from "./hardware-phrases.ts";
import { isBracketedNode, isOfEachNode } from "./per-node.ts";

/** Counts of hardware that are told as products or as part of a name: "8xA100", "v3-256", "4 8-GPU nodes". */
export function multipliedHardware(text: string, matches: readonly HardwareMatch[]): readonly Draft[] {
  return [...sliceDrafts(text, matches), ...multiples(text, matches), ...memoryTimes(text, matches), ...nodesOfSome(text)];
}

/** "8xA100", "32 x 8 x A100", "4×8 H100": the product counts. */
const TIMES_BEFORE = /(?<![\w.])(?:(?<factors>\d[\d,]*(?:\s?[x×X*]\s?\d+)*)\s?[x×X*]\s?|(?<pairs>\d[\d,]*(?:\s?[x×X*]\s?\d+)+)\s)$/;

/** "A100 x 8", "TPUv2x16", "P100 (x8)". */
const TIMES_AFTER = /^\s?(?:\([x×X*]\s?(?<bracketed>\d+)\)|[x×X*]\s?(?<count>\d+)\b)/;

/** "a DGX machine (8×80GB)": as many of that memory. */
const MEMORY_TIMES = /\((?<count>\d{1,4})\s?[x×]\s?\d{2,3}\s?GB?\)/g;

/** A number of slices: "on 2 " before "TPU v3-8", "4x "; not "Table 2 ", "2019 ". */
const SLICES_BEFORE = /(?:\b(?:on|using|with|of|and|used|rented)\s|[(]\s?|^)(?<count>\d{1,2}|two|three|four|eight)\s?[x×]?\s$/i;

/** "v3-256" counts by itself, and so often as its number says: "2 TPU v3-8". */
function sliceDrafts(text: string, matches: readonly HardwareMatch[]): readonly Draft[] {
  return matches.flatMap((match) => {
    if (match.slice === null) return [];
    const { unit } = match.slice;
    const printed = SLICES_BEFORE.exec(text.slice(Math.max(0, match.span.start - 24), match.span.start))?.groups?.["count"];
    const slices = printed === undefined ? 1 : (NODE_WORDS.get(printed.toLowerCase()) ?? Number(printed));
    const count = match.slice.count * slices;
    const start = printed === undefined ? match.span.start : text.lastIndexOf(printed, match.span.start - 1);
    const span = printed === undefined ? match.slice.span : { start, end: match.span.end };
    const number: PrintedNumber = { span, value: count, lastPlace: 1, form: "integer", range: null, repair: null };
    return [
      {
        kind: "accelerators" as const,
        start,
        end: match.span.end,
        number,
        unit,
        value: count,
        hardware: nameOf(match),
        noun: "slice" as CountNoun,
        per: null,
        confidence: 0.9,
        rule: "slice",
      },
    ];
  });
}

/** "8xA100", "32 x 8 x A100", "A100 x 8", "P100x8". */
function multiples(text: string, matches: readonly HardwareMatch[]): readonly Draft[] {
  return matches.flatMap((match) => {
    if (match.slice !== null) return [];
    const before = TIMES_BEFORE.exec(text.slice(Math.max(0, match.span.start - 24), match.span.start));
    const after = TIMES_AFTER.exec(text.slice(match.span.end, match.span.end + 10));
    const factors =
      (before?.groups?.["factors"] ?? before?.groups?.["pairs"])?.split(/[x×X*]/).map((factor) => Number(factor.replaceAll(",", ""))) ?? [];
    const value =
      before === null
        ? Number(after?.groups?.["count"] ?? after?.groups?.["bracketed"] ?? 0)
        : factors.reduce((product, factor) => product * factor, 1);
    if (value < 1) return [];
    const start = before === null ? match.span.start : match.span.start - before[0].trimStart().length;
    const phrase = before === null ? null : hardwareAt(text, match.span.start, matches);
    const end = before === null ? match.span.end + (after?.[0].length ?? 0) : (phrase?.end ?? match.span.end);
    const number: PrintedNumber = { span: { start, end: match.span.end }, value, lastPlace: 1, form: "integer", range: null, repair: null };
    const noun: CountNoun = match.system !== null ? "node" : (phrase?.noun ?? "bare");
    const isHours = phrase !== null && phrase.time !== null;
    const at = { start, end, value };
    const isHeld = match.system === null && factors.length < 2 && (isOfEachNode(text, at) || isBracketedNode(text, at));
    return [
      {
        kind: match.system !== null ? ("nodes" as const) : ("accelerators" as const),
        start,
        end: isHours ? match.span.end : end,
        number,
        unit: countUnit(noun === "node" && match.system === null ? "bare" : noun),
        value,
        hardware: nameOf(match),
        noun: noun === "node" && match.system === null ? "bare" : noun,
        per: isHeld ? "node" : null,
        confidence: 0.9,
        rule: "multiplied hardware",
      },
    ];
  });
}

/** "4 8-GPU nodes", "sixteen 8-GPU A100 machines": so many machines of so many each; "an 8-GPU node" is one, which goes without saying. */
const NODES_OF_SOME =
  /(?<![\w.-])(?:(?<nodes>\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|twelve|sixteen)\s)?(?<each>\d{1,2})[\s-](?:GPU|card|accelerator)s?\s(?:(?:NVIDIA\s)?[A-Z]{1,3}\d{2,4}\w{0,3}\s)?(?:nodes?|machines?|servers?|instances?)\b/gi;

const NODE_WORDS: ReadonlyMap<string, number> = new Map([
  ["two", 2],
  ["three", 3],
  ["four", 4],
  ["five", 5],
  ["six", 6],
  ["seven", 7],
  ["eight", 8],
  ["nine", 9],
  ["ten", 10],
  ["twelve", 12],
  ["sixteen", 16],
]);

function nodesOfSome(text: string): readonly Draft[] {
  return [...text.matchAll(NODES_OF_SOME)].flatMap((match) => {
    const { nodes, each } = match.groups ?? {};
    const end = match.index + match[0].length;
    const count = (printed: string, start: number): Omit<Draft, "kind" | "unit" | "noun" | "per"> => {
      const value = NODE_WORDS.get(printed.toLowerCase()) ?? Number(printed);
      const number: PrintedNumber = {
        span: { start, end: start + printed.length },
        value,
        lastPlace: 1,
        form: "integer",
        range: null,
        repair: null,
      };
      return { start, end: start + printed.length, number, value, hardware: null, confidence: 0.9, rule: "nodes of some" };
    };
    const at = nodes === undefined ? match.index : match.index + match[0].indexOf(each ?? "", nodes.length);
    const held: Draft = { ...count(each ?? "", at), end, kind: "accelerators", unit: "accelerator", noun: "gpu", per: "node" };
    return nodes === undefined
      ? [held]
      : [{ ...count(nodes, match.index), end: at, kind: "nodes" as const, unit: "node", noun: "node" as const, per: null }, held];
  });
}

function memoryTimes(text: string, matches: readonly HardwareMatch[]): readonly Draft[] {
  return [...text.matchAll(MEMORY_TIMES)].flatMap((match) => {
    const named = matches.find((candidate) => candidate.span.end <= match.index && match.index - candidate.span.end < 16);
    if (named === undefined) return [];
    const [start, end] = [match.index + 1, match.index + match[0].length - 1];
    const value = Number(match.groups?.["count"]);
    const number: PrintedNumber = { span: { start, end }, value, lastPlace: 1, form: "integer", range: null, repair: null };
    const base = { start, end, number, value, unit: "accelerator", hardware: nameOf(named), confidence: 0.85 } as const;
    // "96 DGX-A100 (8×40G)": what each machine holds.
    const per = named.system === null ? null : "node";
    return [{ ...base, kind: "accelerators" as const, noun: "gpu" as const, per, rule: "memory of each" }];
  });
}
