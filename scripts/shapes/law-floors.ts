import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { LawResult } from "./law-run.ts";

/** How many texts of each law the committed shares were measured on: the suite tries as many. */
export const TEXTS = 60;

/** Another number of texts has other ones among them. */
const SLACK_OF_OTHER_TEXTS = 0.1;

const FILE = join(import.meta.dirname, "floors.yaml");

/** That a change makes no difference is no gain by itself: a tool that reads nothing is the same on every text. */
const SHARES = ["read", "judged"] as const;

const INTRO = `# Shares of generated texts on which each law holds: they may only rise (\`npm run laws -- --write\`).
`;

type Shares = Readonly<Record<string, Readonly<Record<string, number>>>>;

export function committedShares(): Shares {
  return existsSync(FILE) ? ((parse(readFileSync(FILE, "utf8")) ?? {}) as Shares) : {};
}

/** A line for each share that has fallen below what is committed. */
export function fallenShares(law: string, result: LawResult): readonly string[] {
  const slack = result.texts === TEXTS ? 0 : SLACK_OF_OTHER_TEXTS;
  const committed = committedShares()[law] ?? {};
  return SHARES.flatMap((name) => {
    const least = committed[name] ?? 0;
    return rounded(result[name]) < least - slack ? [`${law}: ${name} is ${rounded(result[name])}, and was ${least}`] : [];
  });
}

/** Takes over what has risen, of as many texts as are committed. */
export function writeShares(law: string, result: LawResult): void {
  if (result.texts !== TEXTS) throw new Error(`shares are committed for ${TEXTS} texts, not for ${result.texts}`);
  const all = committedShares();
  const best = SHARES.map((name) => [name, Math.max(all[law]?.[name] ?? 0, rounded(result[name]))]);
  writeFileSync(FILE, INTRO + stringify({ ...all, [law]: Object.fromEntries(best) }));
}

/** Down, so that what was measured never falls below itself. */
function rounded(share: number): number {
  return Math.floor(share * 1000) / 1000;
}
