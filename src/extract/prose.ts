import type { HardwareMatch } from "../model/hardware-finder.ts";
import type { PrintedNumber } from "../model/mention.ts";
import { articleHardware } from "./article-hardware.ts";
import { countUnit, type Draft, simpleDraft } from "./draft.ts";
import { hardwareAt } from "./hardware-phrases.ts";
import { keyedDraft } from "./keyed-figures.ts";
import { keyedLineDraft } from "./keyed-lines.ts";
import { keyedListDrafts } from "./keyed-lists.ts";
import { moneyDraft } from "./money.ts";
import { multipliedHardware } from "./multiplied-hardware.ts";
import { isNoFigure, isPlural, isSymbol, tellsOfTraining } from "./no-figure.ts";
import { findNumbers, flatPower, type NumberToken } from "./numbers.ts";
import { isOfEachNode } from "./per-node.ts";
import { settled } from "./settled.ts";
import { batchesInTokens, corpora, isOneOfThem } from "./token-roles.ts";
import { powerNumber, qualifiersOfUnit } from "./unit-qualifiers.ts";
import { isOfEachRun, perAfter, perBefore, type SimpleUnit, timeUnit, unitAfter } from "./units-grammar.ts";

/** "5h 54m", "1 day 11 hours", "5 days and 14 hours", "2 天半": one duration in the smaller unit. */
const COMPOSITE =
  /(?<![\w.])(?<big>\d+)\s?(?<bigUnit>days?|d|hours?|hrs?|h|weeks?|minutes?|mins?)(?:\s?,?\s?(?:and\s)?)(?<small>\d+(?:\.\d+)?)\s?(?<smallUnit>hours?|hrs?|h|minutes?|mins?|m|seconds?|s)\b/gi;

/** "2:30:15" of a clock; not a ratio such as "16:9". */
const CLOCK = /(?<![\w:.])(?<h>\d{1,3}):(?<m>[0-5]\d):(?<s>[0-5]\d)(?![\w:])/g;

/** "half a day", "a day and a half", "an hour", "a week" as durations of something that ran; not "twice a day" or "$8 an hour". */
const WORD_TIME =
  /\b(?:(?<half>half an?)|(?:(?:in|for|takes?|took|about|around|roughly|approximately|within|under|over|than|~)\s)(?:only |just |about |approximately |around )?(?<one>an?))\s(?<unit>hour|day|week|month)\b(?<plus>\sand a half)?/gi;

/** "2 and a half hours"; number words are numbers already. */
const AND_A_HALF = /(?<![\w.])(?<digits>\d+)\sand\sa\shalf\s(?<unit>hours?|days?|weeks?|months?|years?)\b/gi;

/** "2 天半" and the like. */
const HALF_AFTER = /(?<![\w.])(?<digits>\d+)\s?(?<unit>天|小时|个月)半/g;

/** Where a stretch of prose stands. */
interface Place {
  /** The stretch with its line breaks, where there are any. */
  readonly lines?: string;
  /** Gives the text before and after the paragraph. */
  readonly around?: () => string;
}

/**
 * Every quantity in a folded stretch of prose, in reading order.
 *
 * `paragraph` is what it stands in, which says what "512 cores" are cores of, and whether times are of a training; null for the cell
 * of a table.
 */
export function draftProse(
  text: string,
  matches: readonly HardwareMatch[],
  paragraph: string | null = null,
  place: Place = {},
): readonly Draft[] {
  const surroundings = paragraph ?? text;
  const { lines = text, around = () => "" } = place;
  const drafts: Draft[] = [
    ...keyedListDrafts(text, matches),
    ...compositeTimes(text, matches),
    ...wordTimes(text),
    ...multipliedHardware(text, matches),
  ];
  const taken = (start: number, end: number): boolean => drafts.some((draft) => start < draft.end && draft.start < end);
  const tokens = findNumbers(text);
  for (const [index, token] of tokens.entries()) {
    if (taken(token.start, token.end) || matches.some((match) => match.span.start < token.end && token.start < match.span.end)) continue;
    const draft =
      draftNumber(text, token, matches, surroundings) ??
      draftSharedUnit(text, tokens, index, matches, surroundings) ??
      (paragraph === null ? null : keyedLineDraft(lines, text, token));
    if (draft !== null && !taken(draft.start, draft.end)) drafts.push(draft);
  }
  drafts.push(...articleHardware(text, matches, drafts));
  const told = drafts.filter(
    (draft) => (draft.kind !== "wall-time" && draft.kind !== "cost") || paragraph === null || tellsOfTraining(paragraph, around),
  );
  const sorted = told.sort((left, right) => left.start - right.start);
  const counts = sorted.filter((draft) => !isOneOfThem(text, draft));
  return settled(text, corpora(text, batchesInTokens(text, partsOfMachines(text, counts))))
    .map((draft) => asReserve(text, draft))
    .map((draft) => (isOfSeveral(text, draft) ? { ...draft, per: "all runs" } : draft));
}

/** "2,000 GPUs, of which we used 512": the part ran; the whole is no count of any run. */
const PART =
  /^,?\s(?:of which|from which|out of which)\s(?:(?:we|the authors)\s)?(?:only\s)?(?:used?|took|take|were used\s|ran on|allocated)?\s?(?<part>\d[\d,]*)\b/i;

/** Matches "; it ran on half of them", ", some of which"; not ", half of the time". */
const SHARE =
  /^[^.]{0,80}\b(?:half|a third|a quarter|a fifth|a tenth|part|some|most) of (?:them|these|those|which|it|the (?:cluster|machines?|cards?|GPUs))\b/i;

function partsOfMachines(text: string, drafts: readonly Draft[]): readonly Draft[] {
  return drafts.flatMap((whole): readonly Draft[] => {
    if (whole.kind !== "accelerators") return [whole];
    const match = PART.exec(text.slice(whole.end, whole.end + 64));
    const printed = match?.groups?.["part"];
    if (match === null || printed === undefined) return [SHARE.test(text.slice(whole.end)) ? { ...whole, confidence: 0.6 } : whole];
    const end = whole.end + match[0].length;
    const start = end - printed.length;
    if (drafts.some((draft) => draft.start < end && start < draft.end)) return [{ ...whole, confidence: 0.6 }];
    const value = Number(printed.replaceAll(",", ""));
    const number: PrintedNumber = { ...whole.number, span: { start, end }, value, lastPlace: 1, form: "integer" };
    return [
      { ...whole, confidence: 0.6 },
      { ...whole, start, end, number, value, confidence: 0.9, rule: "part of a machine" },
    ];
  });
}

/** Hardware that did not run, which its count is told with. Matches "an additional ", "extra "; not "in addition ". */
const SPARE_BEFORE = /\b(?:additional|extra|spare|backup|standby)\s$/i;
const SPARE_AFTER = /^[^.;,]{0,24}\b(?:in reserve|as (?:a )?(?:spares?|reserve|backup)|on standby|kept spare)\b/i;

/** Hardware that stands by is none that a run is told to have used. */
function asReserve(text: string, draft: Draft): Draft {
  if (draft.per !== null || (draft.kind !== "accelerators" && draft.kind !== "nodes")) return draft;
  const isSpare = SPARE_BEFORE.test(text.slice(Math.max(0, draft.start - 16), draft.start)) || SPARE_AFTER.test(text.slice(draft.end));
  return isSpare ? { ...draft, per: "reserve" } : draft;
}

/** Sums over several runs, or parts of one: "the twelve models together used", "all 50 seeds", "and on 128 for another 5,". */
const SEVERAL =
  /\b(?:together|combined|collectively|all (?:the |of the |our )?(?:\w+ )?(?:models|runs|seeds|experiments|variants|trials)|for (?:another|a further|an additional))\b[^.;]{0,40}$/i;

const SUMMED: ReadonlySet<Draft["kind"]> = new Set(["accelerator-hours", "cost", "energy", "carbon", "flop"]);

function isOfSeveral(text: string, draft: Draft): boolean {
  return draft.per === null && SUMMED.has(draft.kind) && SEVERAL.test(text.slice(Math.max(0, draft.start - 80), draft.start));
}

function draftNumber(text: string, token: NumberToken, matches: readonly HardwareMatch[], surroundings: string): Draft | null {
  if (token.currency !== null) return moneyDraft(text, token, matches);
  if (isLabel(text, token)) return null;
  const keyed = keyedDraft(text, token);
  if (keyed !== null) return keyed;
  const simple = isPlural(text, token) ? null : unitAfter(text, token.end);
  if (
    simple !== null &&
    !(
      simple.kind === "memory" &&
      /^\s?(?:of\s)?(?:A100|H100|V100)/.test(text.slice(token.end + simple.length, token.end + simple.length + 8))
    )
  ) {
    if (simple.kind === "wall-time") {
      if (isSymbol(text, token, simple)) return null;
      if (OF_DATA.test(text.slice(token.end + simple.length))) return null;
      const ofHardware = hoursOf(text, token, simple, matches);
      if (ofHardware !== null) return ofHardware;
    }
    if (isNoFigure(text, token, simple)) return null;
    const isOfEach = simple.kind === "wall-time" && isOfEachRun(text, token.start, token.end + simple.length);
    const per = simple.per ?? (isOfEach ? "run" : simple.kind === "wall-time" ? perBefore(text, token.start) : null);
    // "Each step took about 0.4 seconds" times a step; minutes or days of a step are told as time for one.
    const isStepTime = simple.kind === "wall-time" && per === "step" && simple.per === null && simple.unit === "second";
    // Nothing is computed in a thousand operations.
    const number = (simple.kind === "flop" ? flatPower(token, text) : null) ?? token.number;
    const isOfOne = simple.unit === "flop/s" && RATE_OF_ONE.test(text.slice(Math.max(0, token.start - 48), token.start));
    return {
      kind: isStepTime ? "step-time" : simple.kind,
      start: token.start,
      end: token.end + simple.length,
      number: simple.kind === "power" ? powerNumber(text, token, simple) : number,
      unit: isOfOne ? "flop/s/accelerator" : simple.unit,
      value: number.value * simple.factor,
      hardware: null,
      noun: simple.kind === "accelerator-hours" || simple.kind === "accelerators" ? "gpu" : null,
      per: isStepTime ? null : per,
      confidence: simple.kind === "wall-time" ? timeConfidence(text, token, simple) : 0.95,
      rule: `unit ${simple.unit}`,
      qualifiers: qualifiersOfUnit(text, token, simple),
    };
  }
  return countDraft(text, token, matches, surroundings) ?? sizeDraft(text, token) ?? corpusDraft(text, token);
}

/** Matches "a per-GPU throughput of ", "each GPU achieves "; not "the GPUs achieve ". */
const RATE_OF_ONE = /\b(?:per|each|every|single)[\s-](?:gpu|tpu|device|chip|accelerator|[avh]\d{2,3})\b[^.;,\d]{0,32}$/i;

/** Matches "total GPU time was ", "accelerator time of about "; not "GPU training time of ". */
const TIME_OF_DEVICES = /\b(?:GPU|TPU|accelerator|device)[\s-](?:compute[\s-])?time\b[^.;:\d]{0,24}$/i;

/** Nobody trains for years: those are how long something else went on. */
function timeConfidence(text: string, token: NumberToken, unit: SimpleUnit): number {
  if (unit.unit === "year") return 0.6;
  return text.charAt(token.end) === "-" ? 0.85 : 0.95;
}

/** "960 hours of speech": how long the data last, not the training. */
const OF_DATA =
  /^\s(?:of\s(?:[\w-]+\s){0,3}(?:speech|audio|video|videos|music|recordings?|footage|sound|conversation|dialogue|play|gameplay|data|film|EEG|driving)\b|(?:audio|video|speech|music)\b)/i;

/** "40 hours of MI250X GPUs", "3,000 hours of A100 compute": hours of hardware, told the long way round; "two hours of a V100" is left as time. */
function hoursOf(text: string, token: NumberToken, unit: SimpleUnit, matches: readonly HardwareMatch[]): Draft | null {
  const end = token.end + unit.length;
  if (TIME_OF_DEVICES.test(text.slice(Math.max(0, token.start - 64), token.start))) {
    const draft = simpleDraft(token, "accelerator-hours", `accelerator-${unit.unit}`, end, 0.85, "time of devices");
    return { ...draft, value: token.number.value * unit.factor, noun: "gpu" };
  }
  const of = /^\sof\s(?!an?\b)/.exec(text.slice(end, end + 6));
  if (of === null) return null;
  const phrase = hardwareAt(text, end + of[0].length, matches);
  if (phrase === null || phrase.time !== null || (phrase.hardware === null && phrase.noun !== "gpu")) return null;
  if (!/s$/i.test(text.slice(0, phrase.end)) && !/^\s(?:comput|time|usage)/.test(text.slice(phrase.end))) return null;
  const noun = phrase.noun === "bare" || phrase.noun === "gpu" ? "accelerator" : countUnit(phrase.noun);
  return {
    kind: "accelerator-hours",
    start: token.start,
    end: phrase.end,
    number: token.number,
    unit: `${noun}-${unit.unit}`,
    value: token.number.value * unit.factor,
    hardware: phrase.hardware,
    noun: phrase.noun,
    per: null,
    confidence: 0.85,
    rule: "hours of hardware",
  };
}

/** "the 175B model", "a 65B-parameter LLM": the size by which a model goes. */
function sizeDraft(text: string, token: NumberToken): Draft | null {
  const { number } = token;
  if (number.value < 1e6 || !/[MBT]$/.test(text.slice(token.start, token.end))) return null;
  const noun = /^(?:\s|-)(?:[A-Za-z][\w-]*\s){0,2}(?:models?|LLMs?|variants?|transformer)\b/.exec(text.slice(token.end, token.end + 48));
  if (noun === null || token.currency !== null || NO_SIZE.test(noun[0])) return null;
  return simpleDraft(token, "parameters", "parameter", token.end, 0.8, "size of a model");
}

/** "all 2M batch models": what comes in millions is not the size. */
const NO_SIZE = /\b(?:batch|tokens?|context|steps?|images?|samples?|examples?|sequences?)\b/i;

/** "14.8 trillion diverse and high-quality tokens": adjectives between a number this large and its noun. */
function corpusDraft(text: string, token: NumberToken): Draft | null {
  if (token.number.value < 1e8) return null;
  const noun = /^\s(?:(?:[a-z]+-)?[A-Za-z]+,?\s){1,5}tokens\b/.exec(text.slice(token.end, token.end + 64));
  if (noun === null) return null;
  return simpleDraft(token, "tokens", "token", token.end + noun[0].length, 0.9, "tokens with adjectives");
}

/** "a Cloud TPU v3 device has four chips" says what a device is made of, not what ran; "each device ran on four chips" does not match. */
const COMPOSED_DEVICE =
  /\b(?:device|board|pod|module)s?(?:,?\s(?:which\s|that\s)?(?:with|of)|[^.;]{0,56}\s(?:has|have|contains?|holds?|carries|carry|consists? of))\s(?:only\s)?$/i;

/** "a slice of a pod with 1,024 chips" has so many. */
const SLICE_OF = /\b(?:slice|part|portion|subset) of (?:an?|the|one)\b/i;

function countDraft(text: string, token: NumberToken, matches: readonly HardwareMatch[], surroundings: string): Draft | null {
  const phrase = hardwareAt(text, token.end, matches);
  if (phrase === null || token.number.value <= 0) return null;
  const isOfTpu = ["core", "chip", "device"].includes(phrase.noun) && /\bTPU/.test(surroundings) && !/\bCPU/.test(text);
  const isCore = phrase.noun === "core" && phrase.hardware === null && !isOfTpu;
  const isUnnamedBoard = phrase.hardware === null && ["board", "module", "host", "pod", "device", "chip"].includes(phrase.noun);
  if (isCore || (isUnnamedBoard && !isOfTpu && phrase.time === null && !/\b(?:TPU|GPU|cloud|[TP]?FLOP)/i.test(text))) return null;
  const start = token.start;
  const lead = text.slice(Math.max(0, start - 90), start);
  if (phrase.time === null && COMPOSED_DEVICE.test(lead) && !SLICE_OF.test(lead)) return null;
  if (phrase.time !== null) {
    const noun = phrase.noun === "bare" || phrase.noun === "gpu" ? "accelerator" : countUnit(phrase.noun);
    return {
      kind: "accelerator-hours",
      start,
      end: phrase.end,
      number: token.number,
      unit: `${noun}-${phrase.time}`,
      value: token.number.value,
      hardware: phrase.hardware,
      noun: phrase.noun,
      per: perAfter(text, phrase.end) ?? perBefore(text, start),
      confidence: 0.95,
      rule: "hours of hardware",
    };
  }
  if (!Number.isInteger(token.number.value) && token.number.range === null) return null;
  const isNode = phrase.noun === "node" || phrase.noun === "host";
  return {
    kind: isNode ? "nodes" : "accelerators",
    start,
    end: phrase.end,
    number: token.number,
    unit: countUnit(phrase.noun),
    value: token.number.value,
    hardware: phrase.hardware,
    noun: phrase.noun,
    per: isOfEachNode(text, { start, end: phrase.end, value: token.number.value }) ? "node" : null,
    confidence: phrase.hardware === null && !isNode ? 0.8 : 0.95,
    rule: "count of hardware",
  };
}

/** "8, 16 and 32 V100s", "2, 3 and 5 days": the unit stands after the last. */
function draftSharedUnit(
  text: string,
  tokens: readonly NumberToken[],
  index: number,
  matches: readonly HardwareMatch[],
  surroundings: string,
): Draft | null {
  const token = tokens[index];
  if (token === undefined) return null;
  let position = index;
  while (position + 1 < tokens.length) {
    const here = tokens[position];
    const next = tokens[position + 1];
    if (
      here === undefined ||
      next === undefined ||
      !/^,?\s?(?:,|and|or|\/|vs\.?|versus)\s?(?:and\s)?$/.test(text.slice(here.end, next.start))
    )
      return null;
    position += 1;
    const draft = next.currency === null ? draftNumber(text, next, matches, surroundings) : null;
    // "1M, 6 epochs": what a list has in common is of one size.
    const spread = draft === null ? 1 : token.number.value / draft.number.value;
    if (spread > MOST_SPREAD_OF_A_LIST || spread < 1 / MOST_SPREAD_OF_A_LIST) return null;
    if (draft !== null) {
      const factor = draft.number.value === 0 ? 1 : draft.value / draft.number.value;
      return {
        ...draft,
        start: token.start,
        end: token.end,
        number: token.number,
        value: token.number.value * factor,
        rule: "shared unit",
        confidence: 0.9,
      };
    }
  }
  return null;
}

const MOST_SPREAD_OF_A_LIST = 10_000;

function compositeTimes(text: string, matches: readonly HardwareMatch[]): readonly Draft[] {
  const composite = [...text.matchAll(COMPOSITE)].flatMap((match) => {
    // "192 h100s" counts H100s.
    if (matches.some((named) => named.span.start < match.index + match[0].length && match.index < named.span.end)) return [];
    const groups = match.groups ?? {};
    const big = timeUnit(groups["bigUnit"] ?? "h");
    const small = groups["smallUnit"]?.toLowerCase() === "m" ? "minute" : timeUnit(groups["smallUnit"] ?? "h");
    const inSmall = SECONDS[big] ?? 1;
    const factor = inSmall / (SECONDS[small] ?? 1);
    if (factor <= 1) return [];
    const value = Number(groups["big"]) * factor + Number(groups["small"]);
    return [timeDraft(match.index, match.index + match[0].length, value, small, "composite", "composite time")];
  });
  const clock = [...text.matchAll(CLOCK)].map((match) => {
    const groups = match.groups ?? {};
    const seconds = Number(groups["h"]) * 3600 + Number(groups["m"]) * 60 + Number(groups["s"]);
    return { ...timeDraft(match.index, match.index + match[0].length, seconds, "second", "composite", "clock"), confidence: 0.75 };
  });
  const halves = [...text.matchAll(HALF_AFTER), ...text.matchAll(AND_A_HALF)].map((match) =>
    timeDraft(
      match.index,
      match.index + match[0].length,
      Number(match.groups?.["digits"]) + 0.5,
      timeUnit(match.groups?.["unit"] ?? "天"),
      "decimal",
      "half",
    ),
  );
  return [...composite, ...clock, ...halves];
}

const SECONDS: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800, month: 2_629_800 };

function wordTimes(text: string): readonly Draft[] {
  return [...text.matchAll(WORD_TIME)].map((match) => {
    const groups = match.groups ?? {};
    const value = groups["half"] !== undefined ? 0.5 : groups["plus"] !== undefined ? 1.5 : 1;
    const phrase = /(?:half )?an?\s\w+(?:\sand a half)?$/i.exec(match[0])?.[0] ?? match[0];
    const end = match.index + match[0].length;
    return timeDraft(end - phrase.length, end, value, timeUnit(groups["unit"] ?? "day"), "word", "time in words");
  });
}

function timeDraft(start: number, end: number, value: number, unit: string, form: PrintedNumber["form"], rule: string): Draft {
  const number: PrintedNumber = { span: { start, end }, value, lastPlace: form === "decimal" ? 0.5 : 1, form, range: null, repair: null };
  return { kind: "wall-time", start, end, number, unit, value, hardware: null, noun: null, per: null, confidence: 0.9, rule };
}

/** Numbers that name a section, a table, a version or a year, not an amount. */
function isLabel(text: string, token: NumberToken): boolean {
  const before = text.slice(Math.max(0, token.start - 14), token.start);
  return /(?:\b(?:section|sec\.|table|figure|fig\.|eq\.|equation|appendix|chapter|step|version|page|stage|phase)\s?\(?|\[|\bv)$/i.test(
    before,
  );
}
