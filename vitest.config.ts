import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What starts commands, browsers or servers, or looks at the time. */
const PROCESSES = ["test/attack/**", "test/batch/**", "test/cli/**", "test/review/**", "test/read/latex-projects.test.ts"];
/** Short files that take long begin before all others, so that no core waits for them at the end. */
const LONG = ["laws.test.ts", "passages.test.ts"];

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => LONG.some((name) => moduleId.endsWith(name));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

const shared = {
  globalSetup: ["test/support/rules-load.ts"],
  setupFiles: ["test/support/known-misses.ts"],
  // Command-line tests start processes, and the slowest machine that runs this has two cores.
  testTimeout: 20_000,
  hookTimeout: 60_000,
  // A browser beside them answers when it has its turn.
  expect: { poll: { timeout: 10_000 } },
};

/** Tests that share nothing that they change, so that the modules are loaded once for all of them. */
export const texts = { ...shared, name: "texts", include: ["test/**/*.test.ts"], exclude: PROCESSES, isolate: false };

const processes = {
  ...shared,
  name: "processes",
  include: PROCESSES.map((path) => path.replace(/\*\*$/, "**/*.test.ts")),
  globalSetup: ["test/support/built-tool.ts"],
};

export default defineConfig({
  test: { maxWorkers: 2, sequence: { sequencer: LongFirst }, projects: [{ test: texts }, { test: processes }] },
});
