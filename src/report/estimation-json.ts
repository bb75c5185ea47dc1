import { z } from "zod";
import type { Estimation } from "../model/estimation.ts";
import type { Mention, MentionId } from "../model/mention.ts";
import type { Figure } from "../model/quantity.ts";
import { stepSource, stepWords } from "./step-words.ts";

const figure = z.object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable(), unit: z.string() });

/** The JSON of `reckoner estimate --format json`, `reckoner-estimate/1`. Adding a key is fine; renaming one is a new number. */
export const wireEstimation = z.object({
  schema: z.literal("reckoner-estimate/1"),
  phrase: z.string(),
  given: z.array(z.object({ kind: z.string(), text: z.string(), value: z.number(), unit: z.string() })),
  readings: z.array(
    z.object({
      assumes: z.array(z.string()),
      weight: z.number(),
      results: z.array(figure.extend({ slot: z.string(), steps: z.array(z.object({ text: z.string(), source: z.string().nullable() })) })),
      defaults: z.array(figure.extend({ slot: z.string(), title: z.string(), source: z.string(), change: z.string() })),
    }),
  ),
  missing: z.array(z.string()).describe("what would have to be given; empty where there is an estimate"),
});

/** An estimate as JSON. */
export function estimationJson(estimation: Estimation): string {
  const byId = new Map(estimation.mentions.map((mention) => [mention.id, mention]));
  const mention = (id: MentionId): Mention | null => byId.get(id) ?? null;
  const wire: z.infer<typeof wireEstimation> = {
    schema: "reckoner-estimate/1",
    phrase: estimation.phrase,
    given: estimation.mentions.map(({ kind, text, value, unit }) => ({ kind, text, value, unit })),
    readings: estimation.readings.map(({ assumes, weight, results, defaults }) => ({
      assumes: [...assumes],
      weight,
      results: results.map(({ slot, figure: worked, steps }) => ({
        slot,
        ...wireFigure(worked),
        steps: steps.map((step) => ({ text: stepWords({ mention }, step), source: stepSource(step) })),
      })),
      defaults: defaults.map(({ slot, fact, change }) => ({
        slot,
        ...wireFigure(fact.figure),
        title: fact.title,
        source: fact.source,
        change,
      })),
    })),
    missing: [...estimation.missing],
  };
  return `${JSON.stringify(wire, null, 2)}\n`;
}

/** JSON has no infinity; an end that is missing is null. */
function wireFigure({ value, low, high, unit }: Figure): z.infer<typeof figure> {
  return { value, low: Number.isFinite(low) ? low : null, high: Number.isFinite(high) ? high : null, unit };
}
