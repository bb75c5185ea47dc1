import type { Random } from "./random.ts";
import { type FactKey, fourDigits, type Story } from "./story.ts";

/** A figure as it is printed in a text: "15,360 GPU-hours". The first of all forms is the usual one. */
export function printed(story: Story, key: FactKey, random: Random): string {
  const value = story.facts.get(key) ?? 0;
  switch (key) {
    case "count":
      return countOf(story, value, random);
    case "time":
      return random.pick(timeForms(value));
    case "device-hours":
      return `${amount(value, random)}${random.pick([" GPU-hours", " GPU hours", " GPU-h", ` ${story.product.name} hours`])}`;
    case "price":
      return `$${value.toFixed(2)}${random.pick([" per GPU-hour", "/GPU-hour", " per GPU per hour", " an hour per GPU", " per GPU hour"])}`;
    case "cost":
      return random.pick([
        `$${grouped(value)}`,
        `US$${grouped(value)}`,
        `$${short(value)}`,
        `${grouped(value)} dollars`,
        `USD ${grouped(value)}`,
      ]);
    case "power":
      return random.pick([`${grouped(value)} W`, `${grouped(value)} watts`, `${value / 1000} kW`]);
    case "pue":
      return String(value);
    case "energy":
      return random.pick(energyForms(value));
    case "intensity":
      return random.pick([
        `${value} kg CO2e per kWh`,
        `${fourDigits(value * 1000)} g CO2e/kWh`,
        `${fourDigits(value * 1000)} gCO2eq per kWh`,
      ]);
    case "carbon":
      return random.pick(carbonForms(value));
    case "parameters":
      return `${random.pick(largeForms(value))} parameters`;
    case "tokens":
      return `${random.pick(largeForms(value))} tokens`;
  }
}

/** A word that says that a figure is no exact one, with its space; nothing for most. */
export function hedgeOf(random: Random): string {
  return random.chance(0.25) ? random.pick(["about ", "roughly ", "approximately ", "around ", "~", "some "]) : "";
}

/** The count with its product: "64 A100 GPUs". */
export function countOf({ product }: Story, count: number, random: Random): string {
  const { name, vendor } = product;
  return random.pick([
    `${grouped(count)} ${name} GPUs`,
    `${grouped(count)} ${name}s`,
    `${grouped(count)} ${vendor} ${name} GPUs`,
    `${grouped(count)} x ${name}`,
    `${grouped(count)} × ${name}`,
    ...(WORDS_OF_COUNTS[count] === undefined ? [] : [`${WORDS_OF_COUNTS[count]} ${name} GPUs`]),
  ]);
}

/** "15,360". */
export function grouped(value: number): string {
  return fourOrAll(value).toLocaleString("en-US", { maximumFractionDigits: 4 });
}

/** "2.1M", "32.26k"; the whole number where that would take more than four digits. */
export function short(value: number): string {
  for (const [size, letter] of [
    [1e9, "B"],
    [1e6, "M"],
    [1e3, "k"],
  ] as const)
    if (value >= size && isShort(value / size)) return `${fourDigits(value / size)}${letter}`;
  return grouped(value);
}

/** "2.5 days" and all that means the same. */
export function timeForms(hours: number): readonly string[] {
  const days = hours / 24;
  const whole = Math.floor(days);
  const isHalf = days - whole === 0.5;
  const word = NUMBER_WORDS[whole];
  return [
    `${days} days`,
    `${grouped(hours)} hours`,
    `${hours} h`,
    ...(isHalf && word !== undefined ? [`${word} and a half days`, `${whole} ${whole === 1 ? "day" : "days"} and 12 hours`] : []),
    ...(!isHalf && word !== undefined ? [`${word} days`] : []),
    ...(days % 7 === 0 ? [`${days / 7} ${days === 7 ? "week" : "weeks"}`] : []),
  ];
}

function amount(value: number, random: Random): string {
  return random.pick([grouped(value), String(value), ...(value >= 1e6 && isShort(value / 1e6) ? [`${value / 1e6} million`] : [])]);
}

function energyForms(kilowattHours: number): readonly string[] {
  const [kilo, mega] = [`${grouped(kilowattHours)} kWh`, `${fourDigits(kilowattHours / 1000)} MWh`];
  const long = `${fourDigits(kilowattHours / 1000)} megawatt-hours`;
  return kilowattHours >= 1000 ? [mega, kilo, long] : [kilo, `${fourDigits(kilowattHours)} kilowatt-hours`];
}

function carbonForms(kilograms: number): readonly string[] {
  const tonnes = fourDigits(kilograms / 1000);
  const [t, kg] = [`${tonnes} t CO2e`, `${grouped(kilograms)} kg CO2e`];
  return kilograms >= 1000
    ? [t, kg, `${tonnes} tCO2eq`, `${tonnes} tonnes of CO2e`, `${tonnes} metric tons of CO2`]
    : [kg, `${grouped(kilograms)} kg of CO2`, `${grouped(kilograms)} kgCO2eq`];
}

function largeForms(value: number): readonly string[] {
  return value >= 1e9
    ? [`${value / 1e9}B`, `${value / 1e9} billion`, `${value / 1e9}bn`]
    : [`${value / 1e6}M`, `${value / 1e6} million`, grouped(value)];
}

function isShort(value: number): boolean {
  return Math.abs(fourDigits(value) - value) < value * 1e-9;
}

function fourOrAll(value: number): number {
  return Number.isInteger(value) ? value : fourDigits(value);
}

const NUMBER_WORDS: Readonly<Record<number, string>> = {
  1: "one",
  2: "two",
  3: "three",
  4: "four",
  5: "five",
  6: "six",
  7: "seven",
  9: "nine",
  10: "ten",
  12: "twelve",
  14: "fourteen",
  18: "eighteen",
  21: "twenty-one",
};

const WORDS_OF_COUNTS: Readonly<Record<number, string>> = {
  8: "eight",
  16: "sixteen",
  24: "twenty-four",
  32: "thirty-two",
  48: "forty-eight",
  64: "sixty-four",
};
