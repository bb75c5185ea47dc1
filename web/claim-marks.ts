import type { WireDocument, WireMention } from "../src/report/wire.ts";

/** How a claim stands, as its mark on the page shows it by fill and sign. */
export type Standing = "wrong" | "right" | "loose" | "open";

/** A claim of the document with how it stands. */
export interface ClaimMark {
  readonly mention: WireMention;
  readonly standing: Standing;
  readonly fingerprint: string;
}

/** What a mark says to those who do not see it. */
export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  wrong: "does not add up",
  right: "adds up",
  loose: "too loosely given to test",
  open: "cannot be checked",
};

const STANDINGS: Readonly<Record<string, Standing>> = { consistent: "right", untested: "loose", unverifiable: "open" };

/** The most severe first: what is said of a claim that has several findings. */
const SEVEREST: readonly Standing[] = ["wrong", "right", "loose", "open"];

/** Every claim of a document that has a finding, in reading order. */
export function claimMarks({ findings, mentions }: WireDocument): readonly ClaimMark[] {
  const byClaim = Map.groupBy(findings, ({ claim }) => claim);
  return mentions.flatMap((mention): readonly ClaimMark[] => {
    const told = (byClaim.get(mention.id) ?? []).map(({ verdict, fingerprint }) => ({
      standing: STANDINGS[verdict] ?? "wrong",
      fingerprint,
    }));
    const [worst] = told.sort((left, right) => SEVEREST.indexOf(left.standing) - SEVEREST.indexOf(right.standing));
    return worst === undefined ? [] : [{ mention, ...worst }];
  });
}
