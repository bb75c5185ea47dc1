/** Under which condition hardware was rented, where a text tells prices for several: "$1.10 spot, $3.20 on demand; it all ran on spot". */
import { type Cue, type CueIndex, cuesIn } from "../language/cues.ts";
import type { Catalog, CueKind } from "../model/catalog.ts";
import type { Span } from "../model/span.ts";
import type { Place } from "./surroundings.ts";

/** How a price stands to the condition that the text tells beside its prices; null where it tells none, or the price has none. */
export type OfCondition = "told" | "another" | null;

const CONDITIONS: ReadonlySet<CueKind> = new Set<CueKind>(["is-spot", "is-on-demand", "is-committed"]);

/** Characters before a condition in which it is said that it was not so. */
const REACH_OF_DENIAL = 24;

/** What ends the part of a sentence that a figure stands in. */
const JOINTS: readonly string[] = [",", ";", ":", "(", ")", " and ", " or ", " und ", " et ", " y "];

/** The conditions of the prices of a text, and those that it tells by themselves. */
export class Conditions {
  readonly #ofPrice = new Map<number, CueKind>();
  readonly #told: readonly { readonly start: number; readonly condition: CueKind; readonly isDenied: boolean }[];

  constructor(catalog: Catalog, text: string, places: readonly Place[]) {
    const cues = cuesIn(catalog, text);
    const labels = new Set<Cue>();
    for (const [at, place] of places.entries()) {
      if (place.mention.kind !== "price") continue;
      const label = labelOf(cues, text, places, at);
      if (label === null) continue;
      this.#ofPrice.set(at, label.kind);
      labels.add(label);
    }
    const isOpen = this.#ofPrice.size > 0;
    this.#told = (isOpen ? cues.within({ start: 0, end: text.length }) : []).flatMap((cue) => {
      if (!CONDITIONS.has(cue.kind) || labels.has(cue)) return [];
      const before = { start: cue.span.start - REACH_OF_DENIAL, end: cue.span.start };
      const isDenied = cues.within(before).some(({ kind, span }) => kind === "is-avoided" && !isParted(text, span.end, cue.span.start));
      return [{ start: cue.span.start, condition: cue.kind, isDenied }];
    });
  }

  /** The condition of what a claim tells: the last one told before its end, and not denied; else what is left where all others are denied. */
  at({ mention }: Place): CueKind | null {
    const before = this.#told.filter(({ start }) => start < mention.sentence.end);
    const told = before.findLast(({ isDenied }) => !isDenied);
    if (told !== undefined) return told.condition;
    const denied = new Set(before.map(({ condition }) => condition));
    const left = new Set([...this.#ofPrice.values()].filter((condition) => !denied.has(condition)));
    const [only] = left;
    return denied.size > 0 && left.size === 1 && only !== undefined ? only : null;
  }

  /** How a price stands to that condition; one without a condition is another where a price has it. */
  of(price: number, condition: CueKind | null): OfCondition {
    if (condition === null) return null;
    const own = this.#ofPrice.get(price);
    if (own === condition) return "told";
    return own !== undefined || [...this.#ofPrice.values()].includes(condition) ? "another" : null;
  }
}

/** The condition that a price is told with: in its part of the sentence, else before it, as far as no other figure stands between. */
function labelOf(cues: CueIndex, text: string, places: readonly Place[], at: number): Cue | null {
  const mention = places[at]?.mention;
  if (mention === undefined) return null;
  const { sentence, span } = mention;
  const from = Math.max(sentence.start, places[at - 1]?.mention.span.end ?? 0);
  const to = Math.min(sentence.end, places[at + 1]?.mention.span.start ?? text.length);
  const before = text.slice(from, span.start);
  const behind = text.slice(span.end, Math.max(to, span.end));
  const start = JOINTS.reduce((most, joint) => Math.max(most, before.lastIndexOf(joint) + (before.includes(joint) ? joint.length : 0)), 0);
  const end = JOINTS.reduce((least, joint) => Math.min(least, indexIn(behind, joint)), behind.length);
  const conditionsIn = (stretch: Span): readonly Cue[] => cues.within(stretch).filter(({ kind }) => CONDITIONS.has(kind));
  const own = [...conditionsIn({ start: from + start, end: span.start }), ...conditionsIn({ start: span.start, end: span.end + end })];
  return own.at(-1) ?? conditionsIn({ start: from, end: span.start }).at(-1) ?? null;
}

function indexIn(text: string, part: string): number {
  const at = text.indexOf(part);
  return at < 0 ? text.length : at;
}

function isParted(text: string, from: number, to: number): boolean {
  return JOINTS.slice(0, 3).some((joint) => text.slice(from, to).includes(joint));
}
