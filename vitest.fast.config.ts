import { defineConfig, mergeConfig } from "vitest/config";
import usual from "./vitest.config.ts";

/** The tests that start no process, read no PDF and take no 50 MB: what `npm run check:fast` runs between two edits. */
export default mergeConfig(
  usual,
  defineConfig({
    test: {
      // These tests share nothing that they change, so that the modules are loaded once for all of them.
      isolate: false,
      exclude: [
        "test/attack/hostile-commands.test.ts",
        "test/attack/damaged-pdfs.test.ts",
        "test/attack/fuzz-findings.test.ts",
        "test/batch/**",
        "test/cli/**",
        "test/review/**",
        "test/properties/laws/**",
        "test/properties/boxes.test.ts",
        "test/read/bytes.test.ts",
        "test/read/nasty-pdf.test.ts",
        "test/pages.test.ts",
        "test/readme.test.ts",
      ],
    },
  }),
);
