/**
 * Quantities in Chinese text: units behind their number, words before it, and prices by the hour.
 *
 * Only these phrases are read; the rest of the language is not understood. Positions are those of folded text, in which wide digits
 * and letters are plain ones.
 */
import type { MentionKind } from "../model/mention.ts";

/** A figure as its Chinese unit has it. */
export interface ChineseUnit {
  readonly kind: MentionKind;
  readonly unit: string;
  /** Code units taken after the number. */
  readonly length: number;
}

/** Units of one character or more that stand right after their number. Matches "兆瓦时", "吨二氧化碳当量", "卡时"; not "瓦时" as power. */
const UNITS: readonly (readonly [RegExp, MentionKind, string])[] = [
  [/^\s?(?:兆瓦时|兆瓦小时)/, "energy", "MWh"],
  [/^\s?(?:吉瓦时|吉瓦小时)/, "energy", "GWh"],
  [/^\s?(?:千瓦时|千瓦小时|度电|度(?=[\s，。；,;]|$))/, "energy", "kWh"],
  [/^\s?瓦时/, "energy", "Wh"],
  [/^\s?兆瓦/, "power", "MW"],
  [/^\s?千瓦/, "power", "kW"],
  [/^\s?瓦/, "power", "W"],
  [/^\s?吨\s?(?:的)?\s?(?:二氧化碳|CO\s?2|CO₂|碳)(?:\s?当量|e\b)?/i, "carbon", "t"],
  [/^\s?(?:公斤|千克)\s?(?:的)?\s?(?:二氧化碳|CO\s?2|CO₂|碳)(?:\s?当量|e\b)?/i, "carbon", "kg"],
  [/^\s?(?:个)?\s?(?:可训练|激活|总)?参数(?!量)/, "parameters", "parameter"],
  [/^\s?(?:个)?\s?(?:tokens?\b|词元)/i, "tokens", "token"],
  [/^\s?(?:张|块|个)?\s?(?:GPU\s?)?卡\s?[·*-]?\s?(?:小时|时)/i, "accelerator-hours", "accelerator-hour"],
  [/^\s?(?:张|块|个)?\s?(?:GPU\s?)?卡\s?[·*-]?\s?(?:天|日)/i, "accelerator-hours", "accelerator-day"],
  [/^\s?(?:张|块)?\s?(?:GPU\s?)?(?:显卡|加速卡|卡(?!时|\s?[·*-]?\s?(?:小时|天|日)))/i, "accelerators", "accelerator"],
  [/^\s?(?:个)?\s?步(?!骤|长)/, "steps", "step"],
  [/^\s?次迭代/, "steps", "step"],
  [/^\s?个\s?(?:epochs?\b|轮次)/i, "epochs", "epoch"],
  [/^\s?秒/, "wall-time", "second"],
  [/^\s?(?:个)?星期/, "wall-time", "week"],
];

/** The Chinese unit that stands right after a number; null if none does. */
export function chineseUnitAfter(text: string, end: number): ChineseUnit | null {
  const after = text.slice(end, end + 16);
  for (const [pattern, kind, unit] of UNITS) {
    const match = pattern.exec(after);
    if (match !== null && HAN.test(match[0])) return { kind, unit, length: match[0].length };
  }
  return null;
}

const HAN = /\p{Script=Han}/u;

/** What may stand between a word and its number: "为", "约为", "达到", a colon. */
const IS = String.raw`(?:大约|约|共|总计)?(?:设置为|设为|达到|超过|高达|为|是|达|有|了|:|：)?\s?(?:大约|约)?\s?$`;

/** Words that stand before their number. Matches "参数量为 ", "批大小设为 ", "序列长度 "; not "参数服务器 ". */
const KEYS: readonly (readonly [RegExp, MentionKind, string])[] = [
  [new RegExp(`(?:全局)?(?:批(?:次|量|处理)?大小|批量)${IS}`), "batch", "sequence"],
  [new RegExp(`(?:序列|上下文|文本)(?:的)?长度${IS}`), "sequence-length", "token"],
  [new RegExp(`参数(?:量|规模|总数|总量|数量?)(?:的规模)?${IS}`), "parameters", "parameter"],
];

/** Matches "碳排放量为 ", "排放了约 ". */
const EMITTED = new RegExp(`(?:碳排放量?|排放量?)${IS}`);
const MASS = /^\s?(?:(?<ton>吨)|公斤|千克)/;

/** The figure that Chinese words before a number make of it; null where they make none. */
export function chineseKeyBefore(before: string, after: string): ChineseUnit | null {
  const entry = KEYS.find(([pattern]) => pattern.test(before));
  if (entry !== undefined) return { kind: entry[1], unit: entry[2], length: 0 };
  const mass = MASS.exec(after);
  if (mass === null || !EMITTED.test(before)) return null;
  return { kind: "carbon", unit: mass.groups?.["ton"] === undefined ? "kg" : "t", length: mass[0].length };
}

/** What an hour is charged for: a device that is named, one card, or all that is rented. */
export interface ChineseHour {
  /** The name of the device, "卡" for a card; null for an hour of everything. */
  readonly thing: string | null;
  readonly length: number;
}

const THING = "(?<thing>GPU|TPU|显卡|卡|[AVHBP]\\d{2,3})";
const ALMOST = String.raw`\s?(?:约|仅|只需|需要?|的?(?:价格|费用|成本|单价|租金)(?:约|为|是)*)?\s?$`;

/** Matches "每 GPU 小时 ", "每张卡每小时约 ", "每卡时 ", "每小时 "; not "每秒 ". */
const HOUR_BEFORE = new RegExp(`每\\s?(?:块|张|个)?\\s?(?:${THING}\\s?每?\\s?(?:小时|时)|(?:个)?小时)${ALMOST}`, "i");

/** Matches "/GPU 小时", "每卡时", "/小时"; not "每次". */
const HOUR_AFTER = new RegExp(`^\\s?(?:\\/|每)\\s?(?:个)?\\s?(?:${THING}\\s?[/·]?\\s?(?:小时|时)|(?:个)?小时)`, "i");

/** "每小时 2 美元", "2 美元/卡时": a price by the hour; null for any other sum. `length` is what stands after the number. */
export function chineseHour(before: string, after: string): ChineseHour | null {
  const behind = HOUR_AFTER.exec(after);
  if (behind !== null) return { thing: behind.groups?.["thing"] ?? null, length: behind[0].length };
  const ahead = HOUR_BEFORE.exec(before);
  return ahead === null ? null : { thing: ahead.groups?.["thing"] ?? null, length: 0 };
}
