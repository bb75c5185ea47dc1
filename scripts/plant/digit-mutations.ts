import type { Mutation, Planted } from "./mutations.ts";
import { numberOf } from "./number-print.ts";

/** Two neighboring digits change places. */
export function transposed({ text, number }: Planted): readonly Mutation[] {
  const places = [...number.matchAll(/\d/g)].map((match) => match.index);
  return places.flatMap((at, index): readonly Mutation[] => {
    const next = places[index + 1];
    const [one, other] = [number[at], next === undefined ? undefined : number[next]];
    if (next === undefined || one === undefined || other === undefined || one === other || (index === 0 && other === "0")) return [];
    const characters = [...number];
    [characters[at], characters[next]] = [other, one];
    return [slipOfPen("M12 digits swapped", { text, number }, characters.join(""))];
  });
}

/** One digit is off by one. */
export function wrongDigits({ text, number }: Planted): readonly Mutation[] {
  return [...number.matchAll(/\d/g)].map(({ index, 0: digit }): Mutation => {
    const other = digit === "9" ? "8" : String(Number(digit) + 1);
    return slipOfPen("M13 a digit off by one", { text, number }, number.slice(0, index) + other + number.slice(index + 1));
  });
}

function slipOfPen(family: string, { text, number }: Pick<Planted, "text" | "number">, changed: string): Mutation {
  const factor = numberOf(changed) / numberOf(number);
  // Any digit is one slip away from any other: by itself it tells nothing.
  const isAlone = number.replaceAll(/\D/g, "").length < 2;
  return { family, printed: text.replace(number, changed), factor, names: isAlone ? [] : ["digit-slip"] };
}
