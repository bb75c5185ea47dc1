import type { Catalog } from "../../src/model/catalog.ts";
import { type Passage, type PassageScore, scorePassage } from "../score/passages.ts";
import { type CheckedText, checkText } from "./checked-text.ts";
import { founding } from "./founding.ts";
import { ARTICLE } from "./founding-article.ts";
import { LAWS, type Law } from "./laws.ts";
import { plainProducts } from "./story.ts";

/** How often a law held over generated texts, in parts of one. */
export interface LawResult {
  readonly texts: number;
  /** All figures read, with the right kind, model and product, and nothing else. */
  readonly read: number;
  /** Everything told that must be, and nothing else. */
  readonly judged: number;
  /** The change made no difference, whether right or wrong. */
  readonly same: number;
  /** Texts that came out wrong, each with what was read. */
  readonly failures: readonly string[];
}

/** Tries a law on texts of the seeds from 1 on. */
export async function tryLaw(catalog: Catalog, law: Law, texts: number): Promise<LawResult> {
  const products = plainProducts(catalog);
  let [read, judged, same] = [0, 0, 0];
  const failures: string[] = [];
  for (let seed = 1; seed <= texts; seed += 1) {
    const { base, variant, shared, demand } = law(seed, products);
    const checked = await checkText(catalog, variant);
    const score = scorePassage(variant, checked.wire);
    const before = base === null ? null : scorePassage(base, (await checkText(catalog, base)).wire);
    const isSame = before === null || outcome(before) === outcome(scorePassage(shared, checked.wire));
    // Where the gold does not list the figures, only what is told counts.
    const isAllRead = variant.quantities === undefined || isRead(score);
    if (isAllRead) read += 1;
    const demanded = demand?.(checked.wire) ?? [];
    const isRight = isJudged(score) && demanded.length === 0;
    if (isRight) judged += 1;
    if (isSame) same += 1;
    if (!isAllRead || !isRight || !isSame)
      failures.push(
        failureOf(
          seed,
          variant,
          [...(variant.quantities === undefined ? score.faults.filter((line) => !line.includes(": SPARE ")) : score.faults), ...demanded],
          checked,
          isSame,
        ),
      );
  }
  return { texts, read: read / texts, judged: judged / texts, same: same / texts, failures };
}

/** All laws, by name; with the cases of the article that the tool was founded on in other words. */
export const ALL_LAWS: Readonly<Record<string, Law>> = { ...LAWS, founding, ...ARTICLE };

function isRead({ found, wanted, subject, hardware }: PassageScore): boolean {
  return [found, wanted, subject, hardware].every(({ hit, of }) => hit === of);
}

function isJudged({ checks, alarms }: PassageScore): boolean {
  return checks.hit === checks.of && alarms === 0;
}

/** What must not change: how much is missed of each. Spare mentions and alarms may lie in what was added. */
function outcome({ found, subject, hardware, checks }: PassageScore): string {
  return [found, subject, hardware, checks].map(({ hit, of }) => of - hit).join(" ");
}

function failureOf(seed: number, { text, media }: Passage, told: readonly string[], { lines }: CheckedText, isSame: boolean): string {
  const wrong = told.map((line) => `  wrong: ${line}`);
  return [`seed ${seed}, ${media}${isSame ? "" : ", not as before"}:`, text.trim(), ...wrong, ...lines()].join("\n");
}
