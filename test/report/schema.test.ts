import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { wireJsonSchema } from "../../src/report/wire.ts";

test("the published schema is up to date (npm run schema)", () => {
  const published: unknown = JSON.parse(readFileSync(new URL("../../schema/reckoner-2.json", import.meta.url), "utf8"));
  expect(published).toEqual(JSON.parse(JSON.stringify(wireJsonSchema())));
});
