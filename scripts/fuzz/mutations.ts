/** A random number from 0 up to 1, another at each call, the same for the same seed. */
export type Random = () => number;

/** Source: mulberry32 (Tommy Ettinger, public domain). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A whole number below `most`. */
export function below(random: Random, most: number): number {
  return Math.floor(random() * most);
}

export function oneOf<T>(random: Random, choices: readonly T[]): T {
  const choice = choices[below(random, choices.length)];
  if (choice === undefined) throw new Error("there is nothing to choose from");
  return choice;
}

/** Bytes with a few others in them: flipped, cut off, cut out, doubled or put in; of a PDF and archives mostly single ones. */
export function mutated(bytes: Uint8Array, kind: "pdf" | "text" | "archive", random: Random): Uint8Array {
  let result = Buffer.from(bytes);
  const changes = 1 + below(random, kind === "text" ? 4 : 12);
  for (let change = 0; change < changes && result.length > 0; change += 1) {
    const at = below(random, result.length);
    const length = 1 + below(random, Math.min(2000, result.length - at));
    const dice = random();
    if (dice < (kind === "text" ? 0.3 : 0.8)) result[at] = otherByte(kind, random);
    else if (dice < 0.86) result = Buffer.concat([result.subarray(0, at), result.subarray(at + length)]);
    else if (dice < 0.94) result = Buffer.concat([result.subarray(0, at), result.subarray(at, at + length), result.subarray(at)]);
    else if (kind === "text") result = Buffer.concat([result.subarray(0, at), Buffer.from(oneOf(random, TOKENS)), result.subarray(at)]);
    else result = result.subarray(0, Math.max(1, at));
  }
  return new Uint8Array(result);
}

/** Of PDFs digits, of texts mostly what is on a keyboard: another byte makes no UTF-8, and is refused at once. */
function otherByte(kind: "pdf" | "text" | "archive", random: Random): number {
  if (kind === "pdf") return 48 + below(random, 10);
  return kind === "text" && random() < 0.95 ? 32 + below(random, 95) : below(random, 256);
}

/** What the tool reads as something, and what breaks readers. */
export const TOKENS: readonly string[] = [
  ..."64|3.5|1,024|10^|x 10^|1e999|-|–|~|$|€|%|/|*|=|(|)|[|]|{|}|<|>|&|\\|\n|\n\n|\t|\u202e|\u00ad|\ufeff|\u{1f600}".split("|"),
  ..."|---|;| a |;|\n|;# ;- ;> ;1. ;```;~~~;[^1];[^1]: ;![](;[a](;**;__;---\n;<table>;<tr>;<td colspan=9>;</table>;<div>;</p>;<br".split(
    ";",
  ),
  ..."\\input{a}|\\begin{tabular}{ll}|\\end{tabular}|\\\\|\\footnote{|\\newcommand{\\a}{\\a}|$x$|\\SI{3}{\\kW}".split("|"),
  ..." A100| V100 GPUs| TPU v3 chips| GPU-hours| GPU hours| for | days| hours| MWh| kWh| tCO2e| FLOPs| tokens| parameters| per | of | at ".split(
    "|",
  ),
  ..." not | but | and | or | respectively| each| in total| trained| Crane-7B| Heron| we | it | cost | million| billion| two| PUE of ".split(
    "|",
  ),
];
