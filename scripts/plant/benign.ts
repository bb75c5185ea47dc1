import type { Mention, MentionKind } from "../../src/model/mention.ts";
import type { Claim } from "./claims.ts";
import type { Planted } from "./mutations.ts";
import { grouped, numberOf, rounded } from "./number-print.ts";
import { tablesTurned } from "./table-mutations.ts";

/** A change that means the same. */
export interface Benign {
  readonly name: string;
  /** What stands for the words of the mention. */
  readonly printed: string;
}

type Change = (planted: Planted) => readonly Benign[];

/** Changes in the words of one figure: none may raise an alarm. */
export function benignOf(planted: Planted): readonly Benign[] {
  const changes: readonly Change[] = [numbersInOtherPrint, hedges, breaks, sameUnits, sameMoney, rightConversions, roundings, cellMarks];
  return changes.flatMap((change) => change(planted)).filter(({ printed }) => printed !== planted.text);
}

function numbersInOtherPrint({ mention, text, number }: Planted): readonly Benign[] {
  const inNumber = (name: string, other: string): Benign => ({ name, printed: text.replace(number, other) });
  const value = numberOf(number);
  const changes = [
    { name: "million in words", printed: text.replace(/(?<=\d)M\b/, " million") },
    { name: "million as a letter", printed: text.replace(/(?<=\d) million\b/, "M") },
    { name: "billion as a letter", printed: text.replace(/(?<=\d) billion\b/, "B") },
    { name: "billion in words", printed: text.replace(/(?<=\d)B\b/, " billion") },
  ];
  if (number.includes(",")) {
    changes.push(inNumber("no commas", number.replaceAll(",", "")), inNumber("thin spaces", number.replaceAll(",", "\u202f")));
    changes.push(inNumber("spaces for commas", number.replaceAll(",", "\u00a0")));
  } else if (/^\d{5,}$/.test(number)) changes.push(inNumber("commas", grouped(Number(number), 0)));
  if (/^\d+\.\d$/.test(number)) changes.push(inNumber("trailing zero", `${number}0`));
  if (/^\d{1,3},?000$/.test(number) && !isCount(mention) && /^\W*\d[\d,]*(?:\s|$)/.test(text))
    changes.push(inNumber("thousand as a letter", `${value / 1000}K`), inNumber("thousand as a small letter", `${value / 1000}k`));
  // 1,024 is told as 1k.
  if (isCount(mention) && value >= 1000 && Math.abs(Math.round(value / 1000) / (value / 1000) - 1) < 0.025 && value % 1000 !== 0)
    changes.push(inNumber("count in thousands", `${Math.round(value / 1000)}k`));
  return changes;
}

function isCount({ kind }: Mention): boolean {
  return kind === "accelerators" || kind === "nodes";
}

function hedges({ mention, text }: Planted): readonly Benign[] {
  if (mention.cell !== null) return [{ name: "approximate sign", printed: `~${text}` }];
  if (mention.hedge !== null || !/^[\d$]/.test(text)) return [];
  return ["about ", "approximately ", "roughly ", "around ", "~", "some "].map((hedge) => ({
    name: hedge === "~" ? "tilde" : hedge.trim(),
    printed: `${hedge}${text}`,
  }));
}

/** Line breaks and spaces that no line is broken at. */
function breaks({ mention, text }: Planted): readonly Benign[] {
  if (mention.cell !== null) return [];
  const spaces = [...text.matchAll(/ /g)].map(({ index }) => index);
  return [
    ...spaces.map((at) => ({ name: "line break", printed: `${text.slice(0, at)}\n${text.slice(at + 1)}` })),
    { name: "no-break space", printed: text.replaceAll(" ", "\u00a0") },
    { name: "two spaces", printed: text.replace(" ", "  ") },
    { name: "non-breaking hyphen", printed: text.replace(/(?<=\w)-(?=[a-z])/g, "\u2011") },
    { name: "soft hyphen", printed: text.replace(/(?<=\b[a-z]{4})(?=[a-z]{3})/, "\u00ad") },
  ];
}

/** Other words for the same unit; only where the whole word stands. */
const SYNONYMS: readonly { readonly name: string; readonly from: RegExp; readonly to: string; readonly kinds?: readonly MentionKind[] }[] =
  [
    { name: "GPUs named", from: /(?<=\b[AVH]\d00)s\b/, to: " GPUs" },
    { name: "NVIDIA named", from: /(?<!NVIDIA )(?<!\w)(?=[AVH]100\b)/, to: "NVIDIA " },
    { name: "hours written short", from: /\bhours\b/, to: "hrs", kinds: ["wall-time"] },
    { name: "minutes written short", from: /\bminutes\b/, to: "min", kinds: ["wall-time"] },
    { name: "GPU-hours joined", from: /\b([GT]PU) hours\b/, to: "$1-hours" },
    { name: "GPU-hours apart", from: /\b([GT]PU)-hours\b/, to: "$1 hours" },
    { name: "kilowatt-hours in words", from: /\bkWh\b/, to: "kilowatt-hours", kinds: ["energy"] },
    { name: "megawatt-hours in words", from: /\bMWh\b/, to: "megawatt-hours", kinds: ["energy"] },
    { name: "watts in words", from: /(?<=\d)\s?W\b/, to: " watts", kinds: ["power"] },
    { name: "tonnes for t", from: /(?<=\d)\s?t ?CO2 ?e?q?\b/, to: " tonnes of CO2eq", kinds: ["carbon"] },
    { name: "metric tons for tonnes", from: /\btonnes\b/, to: "metric tons", kinds: ["carbon"] },
    { name: "per hour as a slash", from: / per (?=(?:\w+-)?hour\b)/, to: "/", kinds: ["price"] },
    { name: "hour as hr", from: /(?<=\/|per )hour\b/, to: "hr", kinds: ["price"] },
    { name: "tokens per second as a slash", from: /\btokens per second\b/, to: "tokens/s", kinds: ["throughput"] },
    { name: "tokens per second in words", from: /\btokens\/s(?:ec)?\b/, to: "tokens per second", kinds: ["throughput"] },
    { name: "iterations for steps", from: /\bsteps\b/, to: "iterations", kinds: ["steps"] },
  ];

function sameUnits({ mention, text }: Planted): readonly Benign[] {
  return SYNONYMS.filter(({ kinds }) => kinds === undefined || kinds.includes(mention.kind)).map(({ name, from, to }) => ({
    name,
    printed: text.replace(from, to),
  }));
}

function sameMoney({ text, number, mention }: Planted): readonly Benign[] {
  const changes = [{ name: "currency by name", printed: text.replace(/(?<!\w)\$(?=\d)/, "US$") }];
  if (mention.kind === "cost" && text === `$${number}`)
    changes.push(
      { name: "USD before", printed: `USD ${number}` },
      { name: "USD behind", printed: `${number} USD` },
      { name: "dollars in words", printed: `${number} dollars` },
    );
  return changes;
}

const CHIPS_OF_A_DEVICE = 4;
const TPU = /^google-tpu-v[23]\b/;

/** The same amount in another unit. */
function rightConversions({ mention, text, number }: Planted): readonly Benign[] {
  const value = numberOf(number);
  const as = (name: string, unit: RegExp, factor: number, other: string): readonly Benign[] => {
    const converted = Number((value * factor).toPrecision(12));
    if (!unit.test(text) || !/^\d[\d,]*(?:\.\d+)?$/.test(number) || (factor < 1 && !Number.isInteger(converted * 100))) return [];
    const decimals = String(converted).split(".")[1]?.length ?? 0;
    return [{ name, printed: text.replace(number, grouped(converted, decimals)).replace(unit, other) }];
  };
  switch (mention.kind) {
    case "wall-time":
      if (mention.number.form === "composite") return [];
      return [...as("days in hours", /\bdays?\b/, 24, "hours"), ...as("weeks in days", /\bweeks?\b/, 7, "days")];
    case "energy":
      return [...as("MWh in kWh", /\bMWh\b/, 1000, "kWh"), ...as("kWh in MWh", /\bkWh\b/, 1 / 1000, "MWh")];
    case "carbon":
      return as("tonnes in kg", /\bt(?:onnes|ons)?\b(?= ?(?:of )?CO2)|\bt(?=CO2)/, 1000, "kg ");
    case "accelerators": {
      const isDevice = mention.hardware?.accelerators.some((id) => TPU.test(id)) ?? false;
      if (!isDevice || value % CHIPS_OF_A_DEVICE !== 0) return [];
      return [
        ...as("chips as devices", /\bchips\b/, 1 / CHIPS_OF_A_DEVICE, "devices"),
        ...as("devices as chips", /\bdevices\b/, CHIPS_OF_A_DEVICE, "chips"),
        ...as("chips as cores", /\bchips\b/, 2, "cores"),
        ...as("cores as chips", /\bcores\b/, 1 / 2, "chips"),
      ];
    }
    default:
      return [];
  }
}

/** Kinds that are measured, and therefore rounded by whoever tells them. */
const MEASURED: ReadonlySet<MentionKind> = new Set(["cost", "accelerator-hours", "energy", "carbon", "tokens", "flop", "wall-time"]);

/** Of a column nobody rounds one cell, and of shown arithmetic not its parts. */
function roundings({ mention, text, number, isClaim }: Planted): readonly Benign[] {
  if (mention.cell !== null || !MEASURED.has(mention.kind) || !/^\d{3,}$/.test(number.replaceAll(",", ""))) return [];
  const to = (digits: number): Benign => ({ name: `rounded to ${digits} digits`, printed: text.replace(number, rounded(number, digits)) });
  return isClaim ? [to(3), to(2)] : [to(3)];
}

function cellMarks({ mention, text }: Planted): readonly Benign[] {
  if (mention.cell === null) return [];
  return ["†", " *", " (1)"].slice(0, 2).map((mark) => ({ name: "footnote mark", printed: `${text}${mark}` }));
}

/** Sentences about somebody else's run, which must not mix with the claim. */
const BYSTANDERS: readonly string[] = [
  "An unrelated system, Quillfeather-3B, was tuned on 24 V100 GPUs for 11 hours.",
  "For comparison, the authors of Marrowstone-90B report 3,000 TPU v4 chips and 41 days.",
  "Figures for inference are given in the appendix.",
];

/** Words that point to the sentence before: such a sentence cannot stand elsewhere. */
const POINTS_BACK = /^(?:It|Its|This|That|These|They|Their|The|So|Then|Thus|Hence|With|At|Over|Multiplied|Both|We|One|Each|In)\b/;

/** Changes of the whole text: none may raise an alarm. */
export function benignTexts({ excerpt: { text }, finding }: Claim): readonly { readonly name: string; readonly text: string }[] {
  const changes: { name: string; text: string }[] = [...tablesTurned(text)];
  for (const words of BYSTANDERS) {
    changes.push({ name: "another run behind it", text: text.replace(/\n\n$/, `\n\n${words}\n`) });
    changes.push({ name: "another run before it", text: text.replace(/^(?<title>(?:#.*\n\n)*)/, `$<title>${words}\n\n`) });
  }
  const blocks = text.trimEnd().split("\n\n");
  blocks.forEach((block, index) => {
    if (/^[#|]/.test(block) || block.includes("|")) return;
    const sentences = block.split(/(?<=[a-z)\d][.])\s(?=[A-Z])/);
    const replaced = (other: string): string => blocks.with(index, other).join("\n\n");
    const [first = "", second] = sentences;
    if (second !== undefined && sentences.length === 2 && !POINTS_BACK.test(first) && !POINTS_BACK.test(second))
      changes.push({ name: "sentences in another order", text: replaced(`${second} ${first}`) });
    if (second !== undefined) {
      changes.push({ name: "a remark between", text: replaced([first, BYSTANDERS[2], ...sentences.slice(1)].join(" ")) });
      if (!POINTS_BACK.test(second))
        changes.push({ name: "another run between", text: replaced([first, BYSTANDERS[0], ...sentences.slice(1)].join(" ")) });
    }
    changes.push({ name: "each sentence a line", text: replaced(sentences.join("\n")) });
  });
  if (blocks.length > 1) changes.push({ name: "a rule between paragraphs", text: blocks.join("\n\n---\n\n") });
  const { subject } = finding;
  if (subject !== null && text.includes(subject))
    changes.push({ name: "a version in the name", text: text.replaceAll(subject, `${subject} v2`) });
  return changes.filter((change) => change.text !== text);
}

/** The excerpt as plain text with hard lines, words broken at their ends, and a page that ends in a sentence; null for what has tables. */
export function asBrokenLines({ excerpt: { text } }: Claim, isPaged: boolean): string | null {
  if (/^\|/m.test(text)) return null;
  const plain = text.replaceAll(/^#+ /gm, "");
  const broken = plain.replaceAll(/[^\n]{60,}/g, (paragraph) => {
    let line = "";
    const lines: string[] = [];
    for (const word of paragraph.split(" ")) {
      const half = /^[a-z]{8,}$/.test(word) ? Math.floor(word.length / 2) : 0;
      if (line.length + word.length < LINE_WIDTH) line += `${line === "" ? "" : " "}${word}`;
      else if (half > 0) {
        lines.push(`${line} ${word.slice(0, half)}-`);
        line = word.slice(half);
      } else {
        lines.push(line);
        line = word;
      }
    }
    const all = [...lines, line];
    const middle = Math.floor(all.length / 2);
    return isPaged && all.length > 1 ? `${all.slice(0, middle).join("\n")}\n\f${all.slice(middle).join("\n")}` : all.join("\n");
  });
  return broken === plain ? null : broken;
}

const LINE_WIDTH = 50;
