import { openCatalog } from "../../src/store/rules-folder.ts";

/** Runs before all tests: rules that cannot be used fail the run, with file, line, key and remedy, and no test is run on half of them. */
export async function setup(): Promise<void> {
  const { problems } = await openCatalog({ overlay: null });
  if (problems.length > 0) throw new Error(`the rules cannot be used:\n${problems.join("\n")}`);
}
