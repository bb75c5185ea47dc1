import type { Passage } from "../score/passages.ts";
import type { Random } from "./random.ts";

/** Facts of one system in words: as sentences, as one sentence, and as lines of a list or a table. */
export interface Told {
  /** A group of wordings for each sentence; sentences stand in any order. */
  readonly told: readonly (readonly string[])[];
  readonly whole: readonly string[];
  readonly lines: readonly (readonly [label: string, values: readonly string[]])[];
}

/** Another system, whose figures are right by themselves. */
const ASIDE = "Wigeon-Small ran on 16 V100 GPUs for three days, which is 1,152 GPU-hours.";

const SHAPES = ["sentences", "sentences", "paragraphs", "one sentence", "headed", "list", "key-value lines", "table", "aside"] as const;

/** The facts in one of many shapes. */
export function toldAs(
  { told, whole, lines }: Told,
  model: string,
  fill: (wording: string) => string,
  random: Random,
): Pick<Passage, "media" | "text"> {
  const sentences = (): readonly string[] => {
    const filled = told.map((wordings) => capital(fill(random.pick(wordings)), model));
    // "Each device", "it" and "the training" stand behind what they speak of.
    return filled.some((sentence) => REFERS.test(sentence)) ? filled : random.shuffled(filled);
  };
  const pairs = (): readonly (readonly [string, string])[] => lines.map(([label, values]) => [label, fill(random.pick(values))]);
  switch (random.pick(SHAPES)) {
    case "sentences":
      return { media: "text", text: `${sentences().join(" ")}\n` };
    case "paragraphs":
      return { media: "text", text: `${sentences().join("\n\n")}\n` };
    case "one sentence":
      return { media: "text", text: `${capital(fill(random.pick(whole)), model)}\n` };
    case "headed":
      return { media: "markdown", text: `## ${model}\n\n${sentences().join(" ")}\n` };
    case "aside":
      return { media: "text", text: `${random.shuffled([sentences().join(" "), ASIDE]).join("\n\n")}\n` };
    case "list": {
      const lead = random.pick([`Training of ${model}:`, `## ${model}`, `${model} was trained as follows:`]);
      const strong = random.pick(["**", ""]);
      const items = random.shuffled(pairs()).map(([label, value]) => `- ${strong}${label}:${strong} ${value}`);
      return { media: "markdown", text: `${lead}\n\n${items.join("\n")}\n` };
    }
    case "key-value lines":
      return {
        media: "text",
        text: `Model: ${model}\n${random
          .shuffled(pairs())
          .map((pair) => pair.join(": "))
          .join("\n")}\n`,
      };
    case "table":
      return tableOf(model, random.shuffled(pairs()), random);
  }
}

const REFERS = /^(?:It|That|This|Each device|The rate|The code|Its|Training took|The training)\b/;

function tableOf(model: string, pairs: readonly (readonly [string, string])[], random: Random): Pick<Passage, "media" | "text"> {
  const [heads, cells] = [
    ["Model", ...pairs.map(([label]) => label)],
    [model, ...pairs.map(([, value]) => value)],
  ];
  if (random.chance(0.4)) {
    const row = (tag: string, words: readonly string[]): string => `<tr>${words.map((word) => `<${tag}>${word}</${tag}>`).join("")}</tr>`;
    return { media: "html", text: `<table>\n${row("th", heads)}\n${row("td", cells)}\n</table>\n` };
  }
  const grid = random.chance(0.5) ? [heads, cells] : heads.map((head, index) => [head, cells[index] ?? ""]);
  const [first = [], ...rest] = grid;
  const line = (words: readonly string[]): string => `| ${words.join(" | ")} |`;
  return { media: "markdown", text: `${[first, first.map(() => "---"), ...rest].map(line).join("\n")}\n` };
}

/** A name keeps its small letter. */
function capital(sentence: string, model: string): string {
  return sentence.startsWith(model) ? sentence : `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
}
