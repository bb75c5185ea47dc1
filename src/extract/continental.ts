/**
 * Quantities in German, French, Spanish, Italian and Portuguese text: the other marks in numbers, and units with their words.
 *
 * Only these phrases are read; the rest of the languages is not understood. Positions are those of folded text.
 */
import type { MentionKind } from "../model/mention.ts";

/** Small words of the languages that write a comma before decimals. Matches "der", "une", "los"; not "the". */
const CONTINENTAL_WORDS =
  /(?<!\p{L})(?:der|das|und|ist|mit|für|auf|ein|eine|le|les|des|une|est|dans|pour|du|el|los|las|una|que|del|por|il|della|sono|che|uma|não|dos)(?!\p{L})/giu;

const ENGLISH_WORDS = /(?<!\p{L})(?:the|of|and|is|was|were|for|with|that|to|by)(?!\p{L})/giu;

/** What tells the language is near the beginning, in code units. */
const READ_LENGTH = 8000;

/** Fewer small words tell nothing. */
const LEAST_WORDS = 3;

/** Whether a text is in a language that writes "3,5" for three and a half and "1.200" for twelve hundred. */
export function isContinental(text: string): boolean {
  const start = text.slice(0, READ_LENGTH);
  const count = start.match(CONTINENTAL_WORDS)?.length ?? 0;
  return count >= LEAST_WORDS && count > 2 * (start.match(ENGLISH_WORDS)?.length ?? 0);
}

/** A number with a comma before its decimals or points between its thousands: "24,7", "4.600.000"; not "3.5", "v1.200". */
const CONTINENTAL_NUMBER = /(?<![\w.,-])(?:\d{1,3}(?:\.\d{3})+|\d+(?=,))(?:,\d+)?(?![^\WkKM]|[kKM]\w|,|\.\d)/g;

/** The text with points and commas of its numbers exchanged, as the number grammar has them. Shape: same length. */
export function withEnglishMarks(text: string): string {
  return text.replace(CONTINENTAL_NUMBER, (number) => number.replace(/[.,]/g, (mark) => (mark === "." ? "," : ".")));
}

/** A figure as its unit has it. */
export interface ContinentalUnit {
  readonly kind: MentionKind;
  readonly unit: string;
  /** Code units taken after the number. */
  readonly length: number;
}

const OF = "(?:d'\\s?|de\\s|di\\s|an\\s)?";

const UNITS: readonly (readonly [RegExp, MentionKind, string])[] = [
  // "184 320 heures GPU", "500 GPU-Stunden".
  [
    new RegExp(`^\\s${OF}(?:(?:heures?|horas?|ore)[\\s-]${OF}(?:calcul\\s)?GPU|GPU[\\s-](?:Stunden|heures|horas))\\b`, "i"),
    "accelerator-hours",
    "accelerator-hour",
  ],
  // "24,7 tonnes d'équivalent CO2", "552 Tonnen Kohlendioxid".
  [
    new RegExp(
      `^\\s(?:tonnes?|toneladas?|Tonnen?|tonnellate)\\s(?:m[ée]tri[qc][a-z]*\\s)?${OF}(?:[ée]missions?\\sde\\s|emisiones\\sde\\s)?(?:[ée]quivalentes?\\s|[ée]quivalents?\\s)?${OF}(?:CO\\s?2|CO₂|carbon[eo]|Kohlen(?:stoff)?dioxid)`,
      "i",
    ),
    "carbon",
    "t",
  ],
  [new RegExp(`^\\s${OF}(?:param[èeé]tres|par[áâa]metros|parametri|Parametern?)(?!\\p{L})`, "iu"), "parameters", "parameter"],
  [/^\s(?:de|di)\stokens?\b/i, "tokens", "token"],
  [/^\s(?:nodos|n[œo]e?uds|Knoten|nodi)\b/, "nodes", "node"],
  [/^\s(?:heures?|horas?)(?!\p{L})/iu, "wall-time", "hour"],
  [/^\s(?:jours?|d[ií]as?|giorni)(?!\p{L})/iu, "wall-time", "day"],
  [/^\s(?:semaines?|semanas?|settimane)(?!\p{L})/iu, "wall-time", "week"],
  [/^\s(?:mois|mes(?:es)?|mesi)(?!\p{L})/iu, "wall-time", "month"],
  [/^\s(?:Jahren?|années?|ans|años?|anni)(?!\p{L})/iu, "wall-time", "year"],
];

/** The unit of these languages that stands right after a number; null if none does. */
export function continentalUnitAfter(text: string, end: number): ContinentalUnit | null {
  const after = text.slice(end, end + 72);
  for (const [pattern, kind, unit] of UNITS) {
    const match = pattern.exec(after);
    if (match !== null) return { kind, unit, length: match[0].length };
  }
  return null;
}
