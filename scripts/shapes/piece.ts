import type { Passage, PassageCheck, PassageQuantity } from "../score/passages.ts";
import { BASE, CLAIMS, type FactKey, type Story } from "./story.ts";

/** A figure of a story as it stands in a text. */
export interface Printed {
  readonly story: Story;
  readonly key: FactKey;
  readonly phrase: string;
}

/** A part of a text, with the figures in it. */
export interface Piece {
  readonly text: string;
  readonly printed: readonly Printed[];
}

/** Notes what is printed while a piece is put together. */
export interface Noter {
  readonly printed: Printed[];
  readonly say: (key: FactKey, phrase: string) => string;
}

export function noterOf(story: Story): Noter {
  const printed: Printed[] = [];
  return {
    printed,
    say: (key, phrase) => {
      printed.push({ story, key, phrase });
      return phrase;
    },
  };
}

export function joined(pieces: readonly Piece[], between: string): Piece {
  return { text: pieces.map(({ text }) => text).join(between), printed: pieces.flatMap(({ printed }) => printed) };
}

/** Words without a figure. */
export function words(text: string): Piece {
  return { text, printed: [] };
}

/** Whose the figure is told to be, and on what. */
const OF_MODEL: ReadonlySet<FactKey> = new Set(["parameters", "tokens", "count", "time", "device-hours", "cost", "energy", "carbon"]);
const OF_PRODUCT: ReadonlySet<FactKey> = new Set(["count", "time", "device-hours", "price", "power"]);

/** A text with its gold: every figure that is printed, and every claim with the verdict that is right. */
export function passageOf(id: string, media: Passage["media"], { text, printed }: Piece): Passage {
  const claims = printed.filter(({ key }) => CLAIMS.has(key));
  return { id, media, text, quantities: printed.map(quantityOf), checks: claims.map(checkOf) };
}

function quantityOf({ story, key, phrase }: Printed): PassageQuantity {
  return {
    phrase,
    ...BASE[key],
    value: story.facts.get(key) ?? 0,
    ...(OF_MODEL.has(key) ? { subject: story.model } : {}),
    ...(OF_PRODUCT.has(key) ? { hardware: story.product.name } : {}),
  };
}

function checkOf({ story, key, phrase }: Printed): PassageCheck {
  const isWrong = story.slip?.key === key;
  const right = (story.facts.get(key) ?? 0) / (isWrong ? (story.slip?.factor ?? 1) : 1);
  return { stated: phrase, kind: BASE[key].kind, verdict: isWrong ? "inconsistent" : "consistent", how: String(right) };
}
