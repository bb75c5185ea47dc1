import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/rules-load.ts"],
    setupFiles: ["test/support/known-misses.ts"],
    // Command-line tests start processes, and the slowest machine that runs this has two cores.
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // A browser beside them answers when it has its turn.
    expect: { poll: { timeout: 10_000 } },
    maxWorkers: 2,
  },
});
