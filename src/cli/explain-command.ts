import { loadCatalog } from "./catalog-source.ts";
import type { ExitCode } from "./exit-code.ts";
import { print, standardOutput } from "./output.ts";
import { didYouMean, UsageError } from "./usage-error.ts";

export interface ExplainFlags {
  readonly rules?: string;
  readonly color: boolean;
}

/** Prints the page of a rule as the terminal can show it; without a rule, the list of all. */
export async function explainCommand(rule: string | null, flags: ExplainFlags): Promise<ExitCode> {
  const catalog = await loadCatalog(flags.rules ?? null);
  const terminal = standardOutput(flags.color);
  const { columns, paint } = await import("../report/terminal-layout.ts");
  const brush = paint(terminal.color);
  if (rule === null) {
    const rows = catalog.equations
      .filter((equation) => equation.status !== "retired")
      .map((equation) => [brush.strong(equation.id), equation.title]);
    await print(`${columns(rows, terminal.width, "")}\n`);
    return 0;
  }
  const equation = catalog.equations.find((candidate) => candidate.id === rule);
  if (equation === undefined) {
    const ids = catalog.equations.map((candidate) => candidate.id);
    throw new UsageError(`no rule "${rule}"${didYouMean(rule, ids)}; "reckoner explain" lists all`);
  }
  const { markdownPage } = await import("../report/markdown-page.ts");
  await print(markdownPage(equation.page, terminal));
  return 0;
}
