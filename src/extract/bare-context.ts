/** What stands around a number without a unit, as features. */

import { hasRole, isKeySign, type Token } from "../language/tokens.ts";
import { unitOf } from "../language/unit-phrase.ts";
import { append } from "../model/many.ts";
import type { BareNumber } from "./bare-number.ts";
import type { Figure } from "./figure.ts";
import { foreignNear } from "./names-around.ts";
import type { Segment } from "./segments.ts";

/** The power of ten of a figure. */
export function sizeOf({ number, size }: Figure): string {
  const value = number.value * size;
  return value <= 0 ? "nothing" : `${Math.round(Math.log10(value))}`;
}

/** What the words and marks beside it say. */
export function contextFeatures({ segment, at, token }: BareNumber): readonly string[] {
  const { tokens } = segment.reader;
  const features = [`place ${segment.place}`, ...before(segment, at), ...behind(segment, at)];
  const { value, form } = token.number;
  append(features, foreignNear(segment.reader, at, at + 1));
  if (segment.cell !== null && segment.header !== "" && segment.labels.length === 0) features.push("under an unknown header");
  features.push(`form ${form}`);
  if (form === "integer" && value >= 1900 && value <= 2040 && !segment.text.slice(token.start, token.end).includes(","))
    features.push("year");
  const letter = segment.text.charAt(token.end - 1);
  if (form !== "word" && letter.toLowerCase() !== letter.toUpperCase()) features.push(`so many ${letter.toUpperCase()}`);
  if (value < 10 && form !== "decimal") features.push("small");
  if (form === "word" && value === 1) features.push("one");
  if (tokens.length === 1) features.push("alone");
  if (at === 0) features.push("first");
  if (segment.text.slice(token.start, token.end).includes(",")) features.push("grouped");
  return features;
}

function before(segment: Segment, at: number): readonly string[] {
  const { tokens } = segment.reader;
  let index = at - 1;
  const features: string[] = [];
  if (hasRole(tokens[index], "hedges")) {
    features.push("hedged");
    index -= 1;
  }
  const token = tokens[index];
  if (token === undefined) return [...features, "after nothing"];
  features.push(`after ${describe(segment, token)}`);
  if (hasRole(token, "again")) features.push("after again");
  return features;
}

function behind(segment: Segment, at: number): readonly string[] {
  const { tokens } = segment.reader;
  const token = tokens[at + 1];
  // "world_size=64 seq_len=2048": the key of the next value says nothing of this one.
  if (token === undefined || (token.kind === "word" && isKeySign(tokens, at + 2))) return ["before nothing"];
  // "seven weeks, and four more".
  if (hasRole(token, "further")) return ["before further"];
  const features = [`before ${describe(segment, token)}`];
  if (hasRole(token, "of") && tokens[at + 2]?.kind === "word") features.push("before of");
  if (unitOf(segment.reader, token) === null && hasRole(token, "names")) features.push("before a name");
  return features;
}

/** The sort of a token: a mark, a role, an ordinary word. */
function describe(segment: Segment, token: Token): string {
  if (token.kind === "mark") return token.text;
  if (token.kind !== "word") return token.kind;
  const unit = unitOf(segment.reader, token);
  if (unit !== null) return `unit ${unit.above[0]?.dimension ?? ""}`;
  if (token.senses.length === 0) return token.text[0] === token.text[0]?.toLowerCase() ? "word" : "name";
  const word = hasRole(token, "stops") || hasRole(token, "articles") || hasRole(token, "definite");
  return word ? token.text.toLowerCase() : (token.senses[0]?.role ?? "word");
}
