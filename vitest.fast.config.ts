import { defineConfig } from "vitest/config";
import { texts } from "./vitest.config.ts";

/** The tests that start no process, read no PDF and take no 50 MB: what `npm run check:fast` runs between two edits. */
export default defineConfig({
  test: {
    ...texts,
    maxWorkers: 2,
    exclude: [
      ...texts.exclude,
      "test/properties/laws/**",
      "test/properties/boxes.test.ts",
      "test/read/bytes.test.ts",
      "test/read/nasty-pdf.test.ts",
      "test/pages.test.ts",
      "test/readme.test.ts",
    ],
  },
});
