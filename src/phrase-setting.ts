import type { Catalog, GridIntensity, SystemName } from "./model/catalog.ts";
import type { UnknownName } from "./model/estimation.ts";
import { foldName } from "./model/fold-name.ts";
import { findHardware } from "./model/hardware-finder.ts";
import { largest } from "./model/many.ts";
import type { Mention } from "./model/mention.ts";
import type { PhraseSetting } from "./model/phrase-setting.ts";
import type { Span } from "./model/span.ts";

/** What a phrase that is to be estimated says beside its figures. */
export interface ReadSetting {
  readonly setting: PhraseSetting;
  /** Slots that the words ask for, in their order. */
  readonly asked: readonly string[];
  /** Names that nothing is known of; each would be passed over in silence. */
  readonly unknown: readonly UnknownName[];
}

/**
 * Hardware, place, provider and model that a phrase names, and what it asks for.
 *
 * `place` and `model` are names that a person gives apart from the phrase, and go before those in it.
 */
export function readSetting(
  catalog: Catalog,
  phrase: string,
  mentions: readonly Mention[],
  given: { readonly place: string | null; readonly model: string | null },
): ReadSetting {
  const products = findHardware(catalog).find(phrase);
  const taken = [...mentions.map(({ span }) => span), ...products.map(({ span }) => span)];
  const place = placeIn(catalog, given.place, phrase);
  const provider = providerIn(catalog, phrase);
  const model = mentions.some(({ kind }) => kind === "parameters")
    ? { found: null, unknown: null }
    : modelIn(catalog, given.model, phrase, taken);
  const product =
    products.length === 0 && mentions.every(({ hardware }) => hardware === null) ? unknownProduct(catalog, phrase, mentions) : null;
  const isPlaceElse = place.unknown !== null && provider !== null && place.unknown.text.startsWith(provider.slice(0, 4));
  return {
    setting: {
      hardware: [...new Set(products.flatMap(({ accelerators }) => accelerators))],
      place: place.found,
      provider,
      model: model.found,
    },
    asked: askedIn(catalog, phrase, taken),
    unknown: [isPlaceElse ? null : place.unknown, product, model.unknown].filter((name) => name !== null),
  };
}

/** Words before the name of a place or a provider. */
const AT = String.raw`(?<![\p{L}\p{N}])(?:in|at|on|from|via|through)\s+(?:the\s+)?`;
const END = String.raw`(?![\p{L}\p{N}-])`;

/** Other names of places that people type. */
const ALSO: Readonly<Record<string, string>> = {
  ...{ US: "United States", USA: "United States", "U.S.": "United States", America: "United States" },
  ...{ UK: "United Kingdom", "U.K.": "United Kingdom", Britain: "United Kingdom", England: "United Kingdom" },
  ...{ EU: "European Union (27)", "European Union": "European Union (27)", Europe: "European Union (27)" },
};

const KINDS: readonly GridIntensity["kind"][] = ["country", "state", "zone", "cloud-region"];

interface Found<T> {
  readonly found: T | null;
  readonly unknown: UnknownName | null;
}

function placeIn({ grids }: Catalog, given: string | null, phrase: string): Found<GridIntensity> {
  const names = [...new Set(grids.map(({ place }) => place))];
  const isNamed = (name: string): boolean => new RegExp(AT + escaped(name) + END, name.length > 3 ? "iu" : "u").test(phrase);
  const text = given ?? [...names, ...Object.keys(ALSO)].filter(isNamed).sort((left, right) => right.length - left.length)[0];
  if (text === undefined) {
    const other = new RegExp(String.raw`(?<![\p{L}\p{N}])in\s+(?:the\s+)?(?<name>\p{Lu}\p{Ll}{2,}(?:\s\p{Lu}\p{Ll}{2,})*)${END}`, "u").exec(
      phrase,
    )?.groups?.["name"];
    return {
      found: null,
      unknown: other === undefined || isMonth(other) ? null : { kind: "place", text: other, known: [...names, ...Object.keys(ALSO)] },
    };
  }
  const name = (ALSO[text] ?? text).toLowerCase();
  const same = grids.filter(({ place }) => place.toLowerCase() === name);
  const found = same.toSorted((left, right) => KINDS.indexOf(left.kind) - KINDS.indexOf(right.kind) || newest(right) - newest(left))[0];
  return found === undefined
    ? { found: null, unknown: { kind: "place", text, known: [...names, ...Object.keys(ALSO)] } }
    : { found, unknown: null };
}

function newest({ kilogramsPerKilowattHour }: GridIntensity): number {
  return largest(Object.keys(kilogramsPerKilowattHour).map(Number));
}

/** "in May", "in November 2023": a time, and no place. */
function isMonth(name: string): boolean {
  return !Number.isNaN(Date.parse(`${name} 1, 2000 UTC`));
}

/** The provider that a phrase names behind a word such as "on"; null for none. */
function providerIn({ prices }: Catalog, phrase: string): string | null {
  const names = [...new Set(prices.map(({ provider }) => provider)), ...SHORT];
  const named = names.filter((name) => new RegExp(AT + escaped(name) + END, "iu").test(phrase));
  return named.sort((left, right) => right.length - left.length)[0] ?? null;
}

/** Short names of providers. */
const SHORT: readonly string[] = ["Google", "GCP", "Amazon", "Azure"];

/** "-8B", "65B" behind a name; of "30B-A3B" the part that works on each token. */
const SIZED =
  /(?<name>(?<![\p{L}\p{N}])\p{L}[\p{L}\p{N}.]*(?:[-_ ][\p{L}\p{N}.]+)*?[-_ ]?)(?<size>\d+(?:\.\d+)?)(?<letter>[BMT])(?:-A(?<active>\d+(?:\.\d+)?)B)?(?![\p{L}\p{N}])/u;

const LETTERS: Readonly<Record<string, number>> = { M: 1e6, B: 1e9, T: 1e12 };

function modelIn(
  catalog: Catalog,
  given: string | null,
  phrase: string,
  taken: readonly Span[],
): Found<NonNullable<PhraseSetting["model"]>> {
  const free = given ?? blanked(phrase, taken);
  const sized = SIZED.exec(free);
  if (sized?.groups !== undefined) {
    const { name = "", size = "", letter = "", active } = sized.groups;
    const text = `${ownName(name)}${size}${letter}${active === undefined ? "" : `-A${active}B`}`.trim();
    return {
      found: {
        text,
        parameters: Number(active ?? size) * (LETTERS[active === undefined ? letter : "B"] ?? 1),
        source: `by its name, "${text}"`,
      },
      unknown: null,
    };
  }
  const named = given === null ? namedIn(catalog, free) : namedAs(catalog, given);
  if (named !== null)
    return {
      found: { text: named.name, parameters: named.parameters ?? 0, source: "Epoch AI, Data on AI models (rules/names)" },
      unknown: null,
    };
  const text =
    given ?? /(?<![\p{L}\p{N}])(?:train(?:ing)?|of|for)\s+(?<name>\p{Lu}[\p{L}\p{N}.]*(?:-[\p{L}\p{N}.]+)*)/u.exec(free)?.groups?.["name"];
  return {
    found: null,
    unknown:
      text === undefined
        ? null
        : { kind: "model", text, known: catalog.names.flatMap(({ name, parameters }) => (parameters === null ? [] : [name])) },
  };
}

/** What stands before a size without the ordinary words that lead to it: "Llama 3 " of "how long for Llama 3 ", nothing of "tokens for a ". */
function ownName(before: string): string {
  const words = before.split(/(?<=\s)/);
  const ordinary = words.findLastIndex((word) => !/[\p{Lu}\d]|[-_]$/u.test(word));
  return words.slice(ordinary + 1).join("");
}

/** The longest run of words of a phrase that is the name of a known system of which the size is known. */
function namedIn(catalog: Catalog, phrase: string): SystemName | null {
  const words = phrase.split(/\s+/).filter((word) => word !== "");
  for (let length = Math.min(MOST_WORDS, words.length); length > 0; length -= 1)
    for (let start = 0; start + length <= words.length; start += 1) {
      const text = words
        .slice(start, start + length)
        .join(" ")
        .replace(/[,;:]$/, "");
      // An ordinary word is no name.
      const named = /\p{Lu}|\d/u.test(text) ? namedAs(catalog, text) : null;
      if (named !== null) return named;
    }
  return null;
}

const MOST_WORDS = 5;

/** The system of a name; of a family the largest member. */
function namedAs({ names }: Catalog, text: string): SystemName | null {
  const folded = foldName(text);
  if (folded.length < 3) return null;
  const sized = names.filter(({ parameters }) => parameters !== null);
  const same = sized.filter(({ name }) => foldName(name) === folded);
  const members = same.length > 0 ? same : sized.filter(({ name }) => foldName(name.split(/[ -]\d+(?:\.\d+)?[BMT]\b/)[0] ?? "") === folded);
  return members.reduce<SystemName | null>((most, name) => ((name.parameters ?? 0) > (most?.parameters ?? 0) ? name : most), null);
}

/** "8 H900": a count with letters and digits of which no product is known. */
function unknownProduct(catalog: Catalog, phrase: string, mentions: readonly Mention[]): UnknownName | null {
  const found = /(?<![\p{L}\p{N}.])\d[\d,]*\s?(?:[x×]\s?)?(?<name>(?:\p{L}{2,}\s)?\p{Lu}{1,4}[ -]?\d{2,4}\p{L}{0,3})(?![\p{L}\p{N}])/u.exec(
    phrase,
  );
  const name = found?.groups?.["name"];
  if (found === null || name === undefined) return null;
  const isRead = mentions.some(({ span, hardware }) => hardware !== null && span.start <= found.index && found.index < span.end);
  return isRead ? null : { kind: "product", text: name, known: catalog.accelerators.flatMap((row) => [row.name, ...row.aliases]) };
}

/** What a dimension of a unit asks for: "how many days", "how many GPUs". */
const BY_DIMENSION: Readonly<Record<string, string>> = {
  ...{ time: "wall_time", accelerator: "accelerators", token: "tokens", flop: "flop", energy: "energy" },
  ...{ mass: "carbon", money: "cost", parameter: "parameters", step: "steps", epoch: "epochs" },
};

/** Lexicons whose names of kinds ask for one: English words, and signs such as "MFU" and "CO2". */
const ASKED_IN: ReadonlySet<string> = new Set(["en", "symbols"]);

/** Slots that a phrase asks for: by "how long", by "how many" and a unit or a product, and by the names of kinds that stand in it without a figure. */
function askedIn(catalog: Catalog, phrase: string, taken: readonly Span[]): readonly string[] {
  const free = blanked(
    phrase,
    taken.filter(({ start }) => !/how many\s+$/i.test(phrase.slice(0, start))),
  );
  const asked: string[] = /\bhow long\b/i.test(free) ? ["wall_time"] : [];
  for (const { groups } of free.matchAll(/\bhow (?:many|much)\s+(?<what>[\p{L}\p{N}-]+)/giu)) {
    const what = groups?.["what"] ?? "";
    const unit = catalog.lexicon.find(
      ({ role, words }) => role === "units" && words.some((word) => word.toLowerCase() === what.toLowerCase()),
    );
    const dimension = catalog.atoms.find(({ id }) => id === unit?.value)?.dimension;
    const slot = dimension === undefined ? undefined : BY_DIMENSION[dimension];
    if (slot !== undefined) asked.push(slot);
    else if (findHardware(catalog).find(what).length > 0) asked.push("accelerators");
  }
  for (const { role, language, value, words } of catalog.lexicon)
    if (
      role === "names" &&
      ASKED_IN.has(language) &&
      words.some((word) => new RegExp(`(?<![\\p{L}\\p{N}])${escaped(word)}${END}`, "iu").test(free))
    )
      asked.push(value.replaceAll("-", "_"));
  if (OPTIMAL.test(free)) asked.push("tokens");
  return [...new Set(asked)];
}

/** Who asks for the tokens that make the most of the compute says so. */
export const OPTIMAL = /\bchinchilla\b|\bcompute[- ]optimal\b/i;

/** A phrase without what has been understood in it. */
function blanked(phrase: string, taken: readonly Span[]): string {
  let text = phrase;
  for (const { start, end } of taken) text = text.slice(0, start) + " ".repeat(end - start) + text.slice(end);
  return text;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
