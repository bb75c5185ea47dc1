import { checkPages } from "../store/rules-folder.ts";
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
  const pages = [
    ...catalog.equations.filter((equation) => equation.status !== "retired").map(({ id, title, page }) => ({ id, title, page })),
    ...checkPages(),
  ].sort((left, right) => (left.id < right.id ? -1 : 1));
  if (rule === null) {
    await print(
      `${columns(
        pages.map(({ id, title }) => [brush.strong(id), title]),
        terminal.width,
        "",
      )}\n`,
    );
    return 0;
  }
  const found = pages.find((candidate) => candidate.id === rule);
  if (found === undefined) {
    const ids = pages.map(({ id }) => id);
    throw new UsageError(`no rule "${rule}"${didYouMean(rule, ids)}; "reckoner explain" lists all`);
  }
  const [{ markdownPage }, { leewayPart }] = await Promise.all([import("../report/markdown-page.ts"), import("../report/leeway-words.ts")]);
  await print(markdownPage(`${found.page}\n${leewayPart(catalog, found.id)}`, terminal));
  return 0;
}
