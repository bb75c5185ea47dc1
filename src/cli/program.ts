import { Command, Option } from "commander";
import { FORMATS } from "../report/render.ts";
import { toolVersion } from "../store/tool-version.ts";
import { type ExitCode, FAIL_LEVELS } from "./exit-code.ts";
import { assumptionValue, countValue, dateValue, secondsValue, wholeValue } from "./option-values.ts";

/** The commands and their options. `finish` is told the exit code of the command that ran. */
export function buildProgram(finish: (code: ExitCode) => void): Command {
  const program = new Command("reckoner")
    .description("Fact-checks what AI papers, model cards and articles say about training hardware, time, cost, energy and compute.")
    .version(toolVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    // Options stand behind their command: "batch status" has some that "batch" has, too.
    .enablePositionalOptions()
    .showSuggestionAfterError(true)
    .configureOutput({
      outputError: (text, write) =>
        write(`reckoner: ${plainError(text)}
`),
    })
    .exitOverride();

  program
    .command("check")
    .description("check documents: files, folders, patterns, or - for standard input")
    .argument("[inputs...]", "PDF, text, Markdown, HTML, LaTeX (.tex, or .tar.gz from arXiv) or Word (.docx)")
    .addOption(new Option("-f, --format <format>", "form of the report").choices(FORMATS).default("pretty"))
    .option("-o, --output <file>", "write the report to a file")
    .option("--annotate <file>", "write a copy of the PDF with the flagged sentences marked (a folder for several PDFs)")
    .addOption(
      new Option("--against <source>", "check the claims against the facts of this paper, too (repeatable)")
        .argParser(listed)
        .default([], "none"),
    )
    .addOption(assumeOption())
    .addOption(priceDateOption())
    .addOption(new Option("--provider <name>", "cloud provider whose prices are used"))
    .addOption(new Option("--fail-level <level>", "gravest finding that still gives exit code 0 is below this").choices(FAIL_LEVELS))
    .addOption(rulesOption())
    .addOption(new Option("--timeout <seconds>", "time that one document may take").argParser(secondsValue))
    .addOption(new Option("--max-memory <megabytes>", "memory that one document may take").argParser(countValue))
    .addOption(baselineOption())
    .addOption(suppressionsOption())
    .addOption(reviewsOption())
    .option(
      "--checklist",
      "list for each training run which facts a reader needs are stated, can be worked out, or are missing (a table with --format csv)",
    )
    .option("--why <phrase>", "tell how this phrase was read and judged, and what else it could have been (pretty or json)")
    .option("-v, --verbose", "list every claim, each with its working")
    .option("--no-color", "no colors (also by NO_COLOR)")
    .addHelpText("after", CHECK_EXAMPLES)
    .action(async (inputs: string[], options) => finish(await (await import("./check-command.ts")).checkCommand(inputs, options)));

  const batch = program
    .command("batch")
    .enablePositionalOptions()
    .description("check a folder of papers with all cores and write a report; the same command goes on where it was stopped")
    .argument(
      "[inputs...]",
      'folders, files, patterns, http(s):// and s3:// addresses, or - for a list of them on standard input; ".reckonerignore" leaves paths out',
    )
    .option("--out <folder>", "folder of the report: index.html, and the findings as CSV, Parquet, SARIF, JUnit and JSON Lines")
    .option("--store <place>", "file or postgres:// address that keeps the results (default: reckoner.sqlite in the folder of the report)")
    .option("--across", "list figures of one training run that several of the documents tell differently (across.csv)")
    .option("--watch", "stay, and bring the report up to date as files come, change and go")
    .option("--resume", "go on where the last call was stopped; every call does so, with and without this word")
    .option("--enqueue-only", "put the papers in line for workers on other machines (needs a postgres:// store)")
    .addOption(new Option("--retries <number>", "with --enqueue-only: attempts after the first one (default: 3)").argParser(wholeValue))
    .addOption(
      new Option("--heartbeat <seconds>", "with --enqueue-only: silence after which another worker takes a paper (default: 30)").argParser(
        secondsValue,
      ),
    )
    .addOption(new Option("--jobs <number>", "papers checked at a time (default: one for each core)").argParser(countValue))
    .addOption(new Option("--timeout <seconds>", "time that one document may take").argParser(secondsValue))
    .addOption(new Option("--max-memory <megabytes>", "memory that one document may take").argParser(countValue))
    .addOption(assumeOption())
    .addOption(priceDateOption())
    .addOption(new Option("--provider <name>", "cloud provider whose prices are used"))
    .addOption(new Option("--fail-level <level>", "gravest finding that still gives exit code 0 is below this").choices(FAIL_LEVELS))
    .addOption(rulesOption())
    .addOption(baselineOption())
    .addOption(suppressionsOption())
    .addOption(reviewsOption())
    .action(async (inputs: string[], options) => {
      finish(await (await import("./batch-command.ts")).batchCommand(inputs, options));
    });

  program
    .command("worker")
    .description("check papers that reckoner batch --enqueue-only put in line, on as many machines as you like")
    .option("--store <address>", "postgres:// address of the store")
    .addOption(new Option("--jobs <number>", "papers checked at a time (default: one for each core)").argParser(countValue))
    .option("--once", "end when no paper waits")
    .option("--until-empty", "end when all papers are done, those of other workers, too")
    .addOption(new Option("--max-memory <megabytes>", "heap of one process that checks papers").argParser(countValue))
    .addOption(rulesOption())
    .action(async (options) => {
      finish(await (await import("./worker-command.ts")).workerCommand(options));
    });

  for (const parent of [program, batch]) {
    parent
      .command("status")
      .description("show what a store holds, and what its queue and workers are doing")
      .option("--store <place>", "file or postgres:// address of the store")
      .addOption(new Option("--format <format>", "form of the answer").choices(["text", "json"]).default("text"))
      .addHelpText("after", parent === batch ? "\nA folder that is called status is named as ./status." : "")
      .action(async (options) => finish(await (await import("./status-command.ts")).statusCommand(options)));
  }

  program
    .command("review")
    .description("review flagged claims in the browser, page and working side by side")
    .argument("[inputs...]", "folder, documents, or a store of reckoner batch")
    .option(
      "--decisions <place>",
      "file or postgres:// address that keeps decisions and corrections (default: reckoner-reviews.sqlite beside the input)",
    )
    .option("--reviewer <name>", "name under which you decide (default: yours on this machine)")
    .addOption(new Option("--host <address>", "address to listen on").default("127.0.0.1"))
    .addOption(new Option("--port <number>", "port to listen on (default: a free one)").argParser(countValue))
    .option("--no-open", "print the address of the page, and open no browser")
    .option("--allow-remote", "let other machines reach the papers, with the token")
    .addOption(rulesOption())
    .action(async (inputs: string[], options) => finish(await (await import("./review-command.ts")).reviewCommand(inputs, options)));

  program
    .command("runs")
    .description("write a table of the training runs that documents tell of: one row for each run, with where each value stands")
    .argument("[inputs...]", "documents, folders, patterns, or - for standard input")
    .addOption(
      new Option("-f, --format <format>", "form of the table (default: by the ending of the file, or csv)").choices([
        "csv",
        "parquet",
        "json",
        "jsonl",
      ]),
    )
    .option("-o, --output <file>", "write the table to a file")
    .addOption(rulesOption())
    .addOption(new Option("--timeout <seconds>", "time that one document may take").argParser(secondsValue))
    .addHelpText("after", "\ndocs/runs.md says what the columns are.")
    .action(async (inputs: string[], options) => finish(await (await import("./runs-command.ts")).runsCommand(inputs, options)));

  program
    .command("estimate")
    .description(
      'work out what a phrase leaves open: time, count, cost, energy, carbon, compute ("Llama-3-8B on 15T tokens with 2048 H100 at 40% MFU")',
    )
    .argument("<phrase...>", "facts of a training, in any words")
    .addOption(new Option("-f, --format <format>", "form of the answer").choices(["pretty", "json"]).default("pretty"))
    .addOption(assumeOption())
    .addOption(priceDateOption())
    .addOption(new Option("--provider <name>", "cloud provider whose prices are used"))
    .addOption(new Option("--place <name>", "country, state, grid or cloud region whose electricity is used"))
    .addOption(new Option("--model <name>", "model whose size is used"))
    .addOption(rulesOption())
    .option("--no-color", "no colors (also by NO_COLOR)")
    .addHelpText("after", ESTIMATE_EXAMPLES)
    .action(async (phrase: string[], options) =>
      finish(await (await import("./estimate-command.ts")).estimateCommand(phrase.join(" "), options)),
    );

  program
    .command("diff")
    .description("list the training figures that differ between two versions of a document")
    .argument("<old>", "the older version")
    .argument("<new>", "the newer version")
    .addOption(new Option("-f, --format <format>", "form of the list").choices(["pretty", "json"]).default("pretty"))
    .option("--exit-code", "give exit code 1 if a figure differs")
    .addOption(rulesOption())
    .option("--no-color", "no colors (also by NO_COLOR)")
    .action(async (old: string, newer: string, options) =>
      finish(await (await import("./diff-command.ts")).diffCommand(old, newer, options)),
    );

  program
    .command("explain")
    .description("show the page of a rule: what it compares, why, and where it stays silent")
    .argument("[rule]", "id of a rule, for example money/run-cost; none lists all")
    .addOption(rulesOption())
    .option("--no-color", "no colors (also by NO_COLOR)")
    .action(async (rule: string | undefined, options) =>
      finish(await (await import("./explain-command.ts")).explainCommand(rule ?? null, options)),
    );

  program
    .command("catalog")
    .description("search the facts: hardware, machines and prices, with their sources")
    .argument("<words...>", "name of a product, machine or provider")
    .addOption(rulesOption())
    .option("--no-color", "no colors (also by NO_COLOR)")
    .action(async (words: string[], options) =>
      finish(await (await import("./catalog-command.ts")).catalogCommand(words.join(" "), options)),
    );

  program
    .command("init")
    .description("write a commented reckoner.config.yaml into this folder")
    .action(async () => finish(await (await import("./init-command.ts")).initCommand()));

  return program;
}

/** What the parser of options says, in the form of our own messages: one line, lower case, no full stop. */
function plainError(text: string): string {
  return text
    .trim()
    .replace(/^error: /, "")
    .replace("\n(Did you mean", " (did you mean")
    .replace(" is invalid. Allowed choices are ", " is invalid; known are ")
    .replace(" is invalid. ", " is invalid: ")
    .replace(/\.$/, "");
}

const CHECK_EXAMPLES = `
Examples:
  reckoner check paper.pdf
  reckoner check drafts/ --format json -o report.json
  pbpaste | reckoner check -
  reckoner check article.html --against paper.pdf

Exit codes: 0 nothing at or above the fail level, 1 findings, 2 could not run or could not read an input.`;

const ESTIMATE_EXAMPLES = `
Examples:
  reckoner estimate "512 TPU v3 chips for 2.5 days" --price-date 2019-06
  reckoner estimate "how many H100s to train a 70B model on 15T tokens in 30 days"
  reckoner estimate "100,000 H100 GPU-hours in France" --format json

What is typed is exact; what is not is looked up, and told with the option that changes it.`;

/** Values of an option that may be given several times. */
function listed(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}

function assumeOption(): Option {
  return new Option("--assume <key=number>", "take a value for granted, for example pue=1.1 (repeatable)")
    .argParser(assumptionValue)
    .default({}, "none");
}

function priceDateOption(): Option {
  return new Option("--price-date <date>", "date for which prices are looked up (default: that of the document)").argParser(dateValue);
}

function rulesOption(): Option {
  return new Option("--rules <folder>", "your own rules, which add to the built-in ones");
}

function baselineOption(): Option {
  return new Option("--baseline <file>", "an earlier report (JSON, or documents.jsonl of a batch): what it flagged is not shown again");
}

function suppressionsOption(): Option {
  return new Option(
    "--suppressions <file>",
    "findings that are let pass, with reasons (default: reckoner.suppressions.yaml, if it is there)",
  );
}

function reviewsOption(): Option {
  return new Option(
    "--reviews <place>",
    "decisions of persons: what a review keeps them in (reckoner-reviews.sqlite, postgres://...) or exports; what is fine or misread is not flagged again",
  );
}
