import { describe, expect, test } from "vitest";
import { lineOf } from "../../src/model/document.ts";
import { grid, outline, read } from "./reading.ts";

const PLAIN_HAND = ["0=run* | 1=cards* | 2=hours*", "0=ada | 1=8 | 2=30.5", "0=bo | 1=128 | 2=9"];

describe("one table in every hand", () => {
  test.each([
    ["aligned", "run    cards   hours\nada        8    30.5\nbo       128       9\n"],
    ["aligned under a rule", "run    cards   hours\n--------------------\nada        8    30.5\nbo       128       9\n"],
    [
      "aligned under a rule with gaps",
      "===  =====  =====\nrun  cards  hours\n===  =====  =====\nada  8      30.5\nbo   128    9\n===  =====  =====\n",
    ],
    ["tabs", "run\tcards\thours\nada\t8\t30.5\nbo\t128\t9\n"],
    ["commas", "run,cards,hours\nada,8,30.5\nbo,128,9\n"],
    [
      "corners",
      "+-----+-------+-------+\n| run | cards | hours |\n+-----+-------+-------+\n| ada |     8 |  30.5 |\n| bo  |   128 |     9 |\n+-----+-------+-------+\n",
    ],
    [
      "box characters",
      "┌─────┬───────┬───────┐\n│ run │ cards │ hours │\n├─────┼───────┼───────┤\n│ ada │     8 │  30.5 │\n│ bo  │   128 │     9 │\n└─────┴───────┴───────┘\n",
    ],
    ["a query's answer", " run | cards | hours \n-----+-------+-------\n ada |     8 |  30.5\n bo  |   128 |     9\n"],
  ])("%s, in text and in a block of code", async (_name, table) => {
    for (const document of [
      await read("a.txt", `Before.\n\n${table}\nAfter it all.\n`),
      await read("a.md", `Before.\n\n\`\`\`\n${table}\`\`\`\n`),
    ]) {
      expect(grid(document, 0)).toEqual(PLAIN_HAND);
      const last = document.tables[0]?.cells.at(-1)?.span ?? { start: 0, end: 0 };
      expect(lineOf(document, last)).toBe(
        (document.mediaType === "text/plain" ? 2 : 3) + 1 + table.split("\n").findIndex((line) => /\bbo\b/.test(line)),
      );
    }
  });

  test("blank cells keep their columns, and a label may reach over them", async () => {
    const document = await read(
      "a.txt",
      "part        cards    hours\ncore            8       30\nextra                    4\nall parts together      34\n",
    );
    expect(grid(document, 0)).toEqual([
      "0=part* | 1=cards* | 2=hours*",
      "0=core | 1=8 | 2=30",
      "0=extra | 1= | 2=4",
      "0=all parts together | 2=34",
    ]);
  });

  test("a head may have two rows, the outer one over several columns", async () => {
    const text =
      "               first           second\nrun        cards  hours     cards  hours\nada           16     24        32     10\nbo            64     48        64     15\n";
    const [outer, inner] = grid(await read("a.txt", text), 0);
    expect(outer).toBe("0=* | 1=first* | 3=second*");
    expect(inner).toBe("0=run* | 1=cards* | 2=hours* | 3=cards* | 4=hours*");
  });

  test("words of a head may be one space apart", async () => {
    const whole = await read("a.txt", "run cards hours\nada     8  30.5\nbo    128     9\ncy     16     4\n");
    expect(grid(whole, 0)[0]).toBe("0=run* | 1=cards* | 2=hours*");
    const title = await read("a.txt", "Hours by part and place\ncore     12    Oslo\nrest      4    Bergen\nmore      5    Bodø\n");
    expect(grid(title, 0)[0]).toBe("0=core | 1=12 | 2=Oslo");
  });

  test("cells of a grid may have several lines", async () => {
    const text =
      "+-------+-----------+\n| step  | hours     |\n+=======+===========+\n| warm- | 12 (two   |\n| up    | restarts) |\n+-------+-----------+\n| main  | 90        |\n+-------+-----------+\n";
    expect(grid(await read("a.txt", text), 0)).toEqual(["0=step* | 1=hours*", "0=warm- up | 1=12 (two restarts)", "0=main | 1=90"]);
  });

  test("a list of keys and values has no head", async () => {
    expect(grid(await read("a.txt", "length     9 h\npower      410 W\nvolume     3.7 kWh\n"), 0)[0]).toBe("0=length | 1=9 h");
  });

  test("the line right above is the caption, marked lines below are notes", async () => {
    const document = await read(
      "a.txt",
      "Costs of spring\nrun    cards   hours\nada        8    30.5\nbo       128       9\n* without restarts\n",
    );
    const [table] = document.tables;
    expect(document.text.slice(table?.caption?.start, table?.caption?.end)).toBe("Costs of spring");
    expect(document.text.slice(table?.notes?.start, table?.notes?.end)).toBe("* without restarts");
  });
});

describe("what is no table", () => {
  test.each([
    ["code with aligned comments", "width = 3       # columns\ndepth = 12      # rows\nrate  = 0.5     # a second\n"],
    ["fields of a log", "[1] step: 10 | loss: 3.1 | rate: 80\n[2] step: 20 | loss: 3.0 | rate: 81\n"],
    ["the help of a command", "--depth     how deep       3\n--width     how wide       12\n--rate      how fast       0.5\n"],
    ["keys and values of a tracker", "length     9 h\npower      410 W\nvolume     3.7 kWh\n"],
  ])("%s stays code", async (_name, code) => {
    const document = await read("a.md", `Text.\n\n\`\`\`\n${code}\`\`\`\n`);
    expect(document.tables).toEqual([]);
    expect(outline(document).at(-1)).toBe(`code: ${code.trimEnd()}`);
  });

  test.each([
    ["a tree", "root\n+-- leaf (1)\n|   +-- leaf (2)\n|   |   size: 3\n+-- leaf (4)\n"],
    ["lines indented by tabs", "\tfirst command 1\n\tsecond command 2\n"],
  ])("%s is no table", async (_name, text) => {
    expect((await read("a.txt", text)).tables).toEqual([]);
    expect((await read("a.md", `Text.\n\n\`\`\`\n${text}\`\`\`\n`)).tables).toEqual([]);
  });

  test("two spaces after full stops make no columns", async () => {
    const text = "The first run was long.  It took 3 days.\nThe next one was short.  It took 9 h.\nThe last one was cheap.  It took $20.\n";
    expect((await read("a.txt", text)).tables).toEqual([]);
  });

  test("a hundred thousand rows take linear time", async () => {
    const start = performance.now();
    const document = await read("a.txt", `run  cards  hours\n${"ada  8  30.5\nand on\n".repeat(50_000)}`);
    expect(document.text.length).toBeGreaterThan(100_000);
    expect(performance.now() - start).toBeLessThan(20_000);
  }, 30_000);
});

describe("tables of markup", () => {
  test("an empty head row gives way to the words below it", async () => {
    expect(grid(await read("a.md", "| | |\n|---|---|\n| Run | Hours |\n| ada | 12 |\n"), 0)).toEqual([
      "0=* | 1=*",
      "0=Run* | 1=Hours*",
      "0=ada | 1=12",
    ]);
  });

  test("units in brackets below their names belong to the head", async () => {
    expect(grid(await read("a.md", "| Run | Time |\n|---|---|\n| | (h) |\n| ada | 12 |\n"), 0)[1]).toBe("0=* | 1=(h)*");
  });

  test("names of columns below names of their groups belong to the head", async () => {
    const md = "| | First | | Second | |\n|---|---|---|---|---|\n| Run | Cards | Hours | Cards | Hours |\n| ada | 1 | 2 | 3 | 4 |\n";
    expect(grid(await read("a.md", md), 0)[1]).toBe("0=Run* | 1=Cards* | 2=Hours* | 3=Cards* | 4=Hours*");
  });

  test("a bold first row is the head though it holds years", async () => {
    const html = "<table><tr><td><b>Run</b><td><b>2031</b><tr><td>ada<td>12</table>";
    expect(grid(await read("a.html", html), 0)).toEqual(["0=Run* | 1=2031*", "0=ada | 1=12"]);
  });

  test("a raised letter in a cell is the mark of the note below", async () => {
    const html = "<p>Text.</p><table><tr><th>Run<th>Energy<sup>a</sup><tr><td>ada<td>12</table><p><sup>a</sup> Cooling left out.</p>";
    const document = await read("a.html", html);
    expect(grid(document, 0)[0]).toBe("0=Run* | 1=Energy*");
    const notes = document.tables[0]?.notes;
    expect(document.text.slice(notes?.start, notes?.end)).toBe("ᵃ Cooling left out.");
  });

  test("LaTeX: columns of siunitx, spans, notes of the float", async () => {
    const tex = [
      "\\begin{table}\\begin{tabular}{l S S r}\\toprule",
      "& \\multicolumn{2}{c}{Phase A} & \\\\ \\cmidrule(lr){2-3}",
      "{Run} & {Card-h} & {\\si{\\kilo\\watt\\hour}} & Price (\\$) \\\\ \\midrule",
      "\\multirow{2}{*}{\\textsc{Ada}} & 1200.5 & 3.1e3 & \\$2.5k \\\\",
      " & 30.0 & {--} & 1{,}200 \\\\ \\bottomrule",
      "\\end{tabular}\\caption{Use.}",
      "\\footnotesize $^\\dagger$ At the wall.\\end{table}",
    ].join("\n");
    const document = await read("a.tex", tex);
    expect(grid(document, 0)).toEqual([
      "0=* | 1=Phase A* | 3=*",
      "0=Run* | 1=Card-h* | 2=kWh* | 3=Price ($)*",
      "0=Ada | 1=1200.5 | 2=3.1e3 | 3=$2.5k",
      "1=30.0 | 2=– | 3=1,200",
    ]);
    const notes = document.tables[0]?.notes;
    expect(document.text.slice(notes?.start, notes?.end)).toBe("† At the wall.");
  });

  test("LaTeX: ranges, and names that are defined inside the document", async () => {
    const tex =
      "\\begin{document}\\newcommand{\\ours}{\\textsc{Ada}}\\ours{} took \\SIrange{2}{4}{\\hour} on 4$\\times$L40S.\\end{document}";
    expect((await read("a.tex", tex)).text).toBe("Ada took 2–4 h on 4×L40S.");
  });

  test("front matter keeps a remark behind its value, and the title without it", async () => {
    const document = await read("a.md", "---\ntitle: Ada # draft\npower:\n  used: 38 # in grams\n---\nText.\n");
    expect(document.title).toBe("Ada");
    expect(outline(document)[0]).toBe("list-item: power used: 38 # in grams");
  });
});
