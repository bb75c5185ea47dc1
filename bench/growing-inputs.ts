/** Documents that can be made as long as one wants, one for each way in which they can be long. */
export interface GrowingInput {
  readonly name: string;
  readonly ending: string;
  readonly of: (count: number) => string;
}

export function growingInputs(): readonly GrowingInput[] {
  return [
    prose("paragraphs of one claim each", (count) => lines(count, () => CLAIM)),
    prose("claims of one paragraph", (count) => lines(count, () => CLAIM, " ")),
    prose("costs of one paragraph", (count) => lines(count, () => COST, " ")),
    prose("paragraphs on one model", (count) =>
      lines(count, () => "We trained Heron on 8 V100 GPUs for 2 days, which took 384 GPU-hours."),
    ),
    prose("models, a paragraph each", (count) => lines(count, (at) => `We trained Heron-${at} on ${at + 2} A100 GPUs for 3 days.`)),
    prose("models of one paragraph", (count) =>
      lines(count, (at) => `Heron-${at} used ${at + 2} MWh and emitted ${at + 1} tCO2eq at 0.4 kg/kWh.`, " "),
    ),
    prose("sentences without names", (count) => lines(count, (at) => `It ran for ${(at % 9) + 1} days on ${at + 2} A100 GPUs.`, " ")),
    prose("years and costs", (count) => lines(count, (at) => `In ${1990 + (at % 35)}, model ${at} cost $${at + 5}.`, " ")),
    prose("sums of arithmetic", (count) =>
      lines(count, (at) => `${at + 2} GPUs x ${(at % 9) + 1} hours = ${(at + 2) * ((at % 9) + 1)} GPU-hours.`, "\n"),
    ),
    prose(
      "figures of one sentence",
      (count) => `We trained on ${lines(count, (at) => `${at + 2} A100 GPUs for ${(at % 30) + 1} hours`, ", ")}.`,
    ),
    prose("figures on one model in one sentence", (count) => `Heron took ${lines(count, (at) => `${at + 2} GPU-hours for Heron`, ", ")}.`),
    prose("models of one sentence", (count) => `${lines(count, (at) => `Heron-${at} took ${at + 2} GPU-hours`, "; ")}.`),
    prose(
      "names and figures, respectively",
      (count) =>
        `Models ${lines(count, (at) => `Heron-${at}B`, ", ")} took ${lines(count, (at) => `${at + 3}`, ", ")} GPU-hours, respectively.`,
    ),
    prose(
      "clauses of one denial",
      (count) => `The model was not trained ${lines(count, (at) => `on ${at + 2} GPUs for ${(at % 30) + 1} hours, but would`, " ")} run.`,
    ),
    prose("numbers of one unit", (count) => `${lines(count, (at) => `${at + 2}`, ", ")} A100 GPUs`),
    prose("products without marks", (count) => "64 A100 ".repeat(count)),
    prose("powers of ten", (count) => `3${" x 10^".repeat(count)}`),
    prose("dashes and numbers", (count) => `We used 8${"-64".repeat(count)} A100 GPUs.`),
    prose("links that do not end", (count) => `${"[a](".repeat(count)} 64 A100 GPUs`),
    prose("lists in lists", (count) => lines(count, (at) => `${"  ".repeat(at % 40)}- ${at + 2} A100 GPUs for ${(at % 9) + 1} days`, "\n")),
    prose("quotations of one claim each", (count) => lines(count, () => `> ${CLAIM}`)),
    prose("parts of one name", (count) => `We trained Foo${"-Bar".repeat(count)} on 8 A100 GPUs for 3 days.`),
    prose("marks of direction", (count) => `We trained Foo on 8 A100 GPUs ${"\u202e\u202c ".repeat(count)} for 3 days.`),
    prose("formulas", (count) => lines(count, (at) => `It took $${at + 2} \\times 10^{3}$ GPU-hours.`, "\n")),
    prose(
      "footnotes",
      (count) =>
        `${lines(count, (at) => `Heron took ${at + 2} GPU-hours[^${at}].`, "\n")}\n\n${lines(count, (at) => `[^${at}]: On ${at + 3} A100 GPUs for ${(at % 9) + 1} days.`, "\n")}`,
    ),
    prose("headings", (count) => lines(count, (at) => `## Heron-${at}\n\nTrained on ${at + 2} A100 GPUs for ${(at % 9) + 1} days.`)),
    prose("items of a list", (count) => lines(count, (at) => `- Heron-${at}: ${at + 2} A100 GPUs for ${(at % 9) + 1} days`, "\n")),
    prose("items of a list of keys", (count) =>
      lines(count, (at) => `- Hardware: ${at + 2} A100 GPUs\n- Hours: ${(at % 9) + 1}\n- GPU hours: ${(at + 2) * ((at % 9) + 1)}`, "\n"),
    ),
    prose("rows of models", (count) => table("Model | GPUs | Days | GPU hours", count, (at) => row(`Heron-${at}`, at, 24))),
    prose("rows of one model", (count) => table("Model | GPUs | Hours | GPU hours", count, (at) => row("Heron", at, 1))),
    prose(
      "rows that are added up",
      (count) =>
        `${table("Part | GPU hours", count, (at) => `Part ${at} | ${at + 2}`)}\n| Total | ${(count * (count - 1)) / 2 + 2 * count} |`,
    ),
    prose(
      "columns",
      (count) => `|${" Heron |".repeat(count)}\n|${"---|".repeat(count)}\n|${lines(count, (at) => ` ${at + 2} A100 GPUs |`, "")}`,
    ),
    prose("tables", (count) =>
      lines(count, (at) => table("Model | GPUs | Hours", 1, () => `Heron-${at} | ${at + 2} A100 | ${(at % 9) + 1}`)),
    ),
    prose(
      "sizes of one family",
      (count) =>
        `# Heron 2\n\n${lines(count, (at) => `Heron 2 was trained with ${at + 3}B parameters.`)}\n\n${table("Model | GPU hours", count, (at) => `${(at % 50) + 2}B | ${at + 2}`)}`,
    ),
    {
      name: "rows in HTML",
      ending: "html",
      of: (count) =>
        `<table><tr><th>Model<th>GPUs<th>Hours<th>GPU hours</tr>${lines(count, (at) => `<tr><td>${row(`Heron-${at}`, at, 1).replaceAll(" | ", "<td>")}</tr>`, "\n")}</table>`,
    },
    {
      name: "rows in LaTeX",
      ending: "tex",
      of: (count) =>
        latex(
          `\\begin{tabular}{llll}Model & GPUs & Hours & GPU hours\\\\\n${lines(count, (at) => `${row(`Heron-${at}`, at, 1).replaceAll(" | ", " & ")}\\\\`, "\n")}\\end{tabular}`,
        ),
    },
    {
      name: "footnotes in LaTeX",
      ending: "tex",
      of: (count) =>
        latex(lines(count, (at) => `Heron took ${at + 2} GPU-hours\\footnote{On ${at + 3} A100 GPUs for ${(at % 9) + 1} days.}.`, "\n")),
    },
    {
      name: "lines of a log",
      ending: "txt",
      of: (count) => lines(count, (at) => `step ${at * 100} | loss 2.${at} | ${at + 1000} tokens/s | elapsed ${at} s`, "\n"),
    },
  ];
}

const CLAIM = "The run took 8 V100 GPUs for 10 hours, 80 GPU-hours in all.";
const COST = "We trained Foo-7B on 64 A100 GPUs for 12 days, at $2 per GPU-hour; the run cost $36,864.";

function prose(name: string, of: GrowingInput["of"]): GrowingInput {
  return { name, ending: "md", of };
}

function lines(count: number, lineOf: (at: number) => string, between = "\n\n"): string {
  return Array.from({ length: count }, (_, at) => lineOf(at)).join(between);
}

function table(head: string, count: number, rowOf: (at: number) => string): string {
  const rule = head.split(" | ").map(() => "---");
  return [head, rule.join(" | "), ...Array.from({ length: count }, (_, at) => rowOf(at))].map((each) => `| ${each} |`).join("\n");
}

function row(name: string, at: number, hours: number): string {
  const [cards, time] = [at + 2, (at % 9) + 1];
  return `${name} | ${cards} A100 | ${time} | ${cards * time * hours}`;
}

function latex(body: string): string {
  return `\\begin{document}${body}\\end{document}`;
}
