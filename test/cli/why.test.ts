import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runTool } from "../support/command.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-why-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("check --why prints what became of a phrase, as text and as JSON, and gives 0", async () => {
  writeFileSync(join(folder, "a.md"), "We trained Lark on 8 V100 GPUs for 10 hours, 90 GPU-hours in all.\n");
  const text = await runTool(folder, ["check", "a.md", "--why", "90 GPU-hours"]);
  expect(text).toMatchObject({ code: 0, err: "" });
  expect(text.out).toContain("accelerator-hours/product");
  const json = await runTool(folder, ["check", "a.md", "--why", "90", "--format", "json"]);
  expect(JSON.parse(json.out).documents[0].mentions[0].text).toBe("90 GPU-hours");
}, 60_000);

test("an empty phrase, and a format that has no form for it, are told", async () => {
  expect(await runTool(folder, ["check", "a.md", "--why", " "])).toMatchObject({ code: 2, out: "" });
  const other = await runTool(folder, ["check", "a.md", "--why", "x", "--format", "csv"]);
  expect(other.code).toBe(2);
  expect(other.err).toContain("use --format pretty or json");
}, 60_000);

test("numbers that are no figures have their candidates, too, and every decision its weights", async () => {
  writeFileSync(join(folder, "b.md"), "We trained Lark on 8 V100 GPUs for 10 hours, on floor 7.5 of the hall.\n");
  const { out } = await runTool(folder, ["check", "b.md", "--why", "7.5", "--format", "json"]);
  const [place] = JSON.parse(out).documents[0].unread;
  expect(place.numbers[0]).toMatchObject({ text: "7.5", decision: "bare", weighing: { otherwise: "none" } });
  expect(place.numbers[0].candidates.length).toBeGreaterThan(1);
  const asked = await runTool(folder, ["check", "b.md", "--why", "10 hours", "--format", "json"]);
  const { decisions } = JSON.parse(asked.out).documents[0].mentions[0];
  const model = decisions.find(({ decision }: { decision: string }) => decision === "model");
  expect(model.chosen).toBe("Lark");
  expect(Object.values(model.candidates[0].features).some((weight) => weight !== 0)).toBe(true);
  expect(model.weighing.lead).toBeGreaterThan(0);
}, 60_000);
