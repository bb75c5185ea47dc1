import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { scorePassages } from "../scripts/score/passage-run.ts";
import { type Passage, scorePassage } from "../scripts/score/passages.ts";
import { committedFigures, fallenBelow, passageFigures, raised } from "../scripts/score/ratchet.ts";
import type { WireDocument } from "../src/report/wire.ts";

const FOLDER = join(import.meta.dirname, "..", "fixtures", "passages");

test("no figure of the project's own passages has fallen", async () => {
  const scores = await scorePassages({ folder: FOLDER, only: null, rulesFor: () => null });
  const fallen = fallenBelow("fixtures", committedFigures()["fixtures"] ?? {}, passageFigures(scores));
  const told = [...scores.values()].flat().flatMap((score) => score.faults);
  expect({ fallen, told: fallen.length === 0 ? [] : told }).toEqual({ fallen: [], told: [] });
}, 240_000);

describe("the ratchet", () => {
  test("tells what falls, and what is not measured any more", () => {
    const committed = { all: { recall: 0.9, alarms: 1 }, press: { recall: 0.9 } };
    expect(fallenBelow("passages", committed, { all: { recall: 0.896, alarms: 1 }, press: { recall: 0.89 } })).toEqual([]);
    expect(fallenBelow("passages", committed, { all: { recall: 0.89, alarms: 2 } })).toEqual([
      "passages, all: recall is 0.89, and was 0.9",
      "passages, all: alarms is 2, and was 1",
      "passages, press: recall is not measured, and was 0.9",
    ]);
  });

  test("takes over what is better, figure by figure", () => {
    const measured = { all: { recall: 0.95, checks: 0.4, alarms: 3 } };
    expect(raised({ all: { recall: 0.9, checks: 0.5, alarms: 1 } }, measured)).toEqual({ all: { recall: 0.95, checks: 0.5, alarms: 1 } });
  });
});

describe("the ruler", () => {
  const passage: Passage = {
    id: "one",
    media: "text",
    text: "Moth ran for 60 hours on 8 V100s, 480 GPU hours.",
    quantities: [
      { phrase: "60 hours", kind: "wall-time", value: 60, unit: "hour", subject: "Moth", hardware: "V100" },
      { phrase: "480 GPU hours", kind: "accelerator-hours", value: 480, unit: "accelerator-hour" },
    ],
    checks: [{ stated: "480 GPU hours", kind: "accelerator-hours", verdict: "consistent", how: "8*60" }],
  };
  const document = (mentions: readonly object[], findings: readonly object[]): WireDocument =>
    ({ mentions, findings }) as unknown as WireDocument;

  test("converts times, and takes a name for one that holds it", () => {
    const time = { id: "m1", kind: "wall-time", text: "60 hours", value: 2.5, unit: "day", subject: "Moth", hardware: "Tesla V100 16GB" };
    const score = scorePassage(passage, document([time, { id: "m2", kind: "steps", text: "12", value: 12, unit: "step" }], []));
    expect(score).toMatchObject({ found: { hit: 1, of: 2 }, wanted: { hit: 1, of: 2 }, subject: { hit: 1, of: 1 }, hardware: { hit: 1 } });
  });

  test("a warning on what is right is an alarm, and no agreement", () => {
    const hours = { id: "m1", kind: "accelerator-hours", text: "480 GPU hours", value: 480, unit: "accelerator-hour" };
    const finding = { id: "f1", claim: "m1", verdict: "inconsistent", severity: "error", rule: "r", message: "", stated: hours };
    expect(scorePassage(passage, document([hours], [finding]))).toMatchObject({ checks: { hit: 0, of: 1 }, alarms: 1, errors: 1 });
    expect(scorePassage(passage, document([hours], [{ ...finding, verdict: "consistent" }]))).toMatchObject({
      checks: { hit: 1 },
      alarms: 0,
    });
  });
});
