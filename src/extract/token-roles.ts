import type { Draft } from "./draft.ts";

/** " (", ", i.e. about ", " of 2048 tokens (": what joins a batch and its size in tokens. */
const SAME_BATCH =
  /^\s?(?:\(|,?\s?(?:i\.e\.,?|or|which is|that is|=|≈|totall?ing|corresponding to|equivalent to|resulting in|giving)\s)\s?(?:about|roughly|approximately|~)?\s?$/i;

/** "1,024 sequences (4M tokens)": the batch told in tokens, not what the run went through. */
export function batchesInTokens(text: string, drafts: readonly Draft[]): readonly Draft[] {
  return drafts.map((draft, index) => {
    const before = drafts[index - 1];
    const isBatch =
      (before?.kind === "batch" && before.unit !== "token") || (before?.kind === "sequence-length" && drafts[index - 2]?.kind === "batch");
    if (draft.kind !== "tokens" || draft.unit !== "token" || before === undefined || !isBatch || draft.value > MOST_TOKENS_OF_A_BATCH)
      return draft;
    return SAME_BATCH.test(text.slice(before.end, draft.start)) ? { ...draft, kind: "batch", rule: "batch in tokens" } : draft;
  });
}

/** Matches " takes", " of training took": what is told of one epoch, where the epoch is no count. */
const OF_ONE_EPOCH = /^\s(?:of training\s)?(?:takes?|took|lasts?|lasted|needs?|needed|requires?|required|costs?|uses?|used|is|was)\b/i;

/** "One epoch takes 7 hours": it is not trained for one. */
export function isOneOfThem(text: string, { kind, number, end }: Draft): boolean {
  return kind === "epochs" && number.form === "word" && number.value === 1 && OF_ONE_EPOCH.test(text.slice(end));
}

/** Matches "a corpus of ", "our data set with about "; not "the corpus ". What is gone through several times is told once. */
const CORPUS_BEFORE =
  /\b(?:corpus|corpora|data ?sets?|collection) (?:of|with|containing)\s(?:only\s|about\s|around\s|roughly\s|approximately\s|~)?$/i;
const CORPUS_BEHIND = /^\s(?:[a-z]+\s)?(?:corpus|data ?set)\b/i;

/** Tokens of a corpus of which the sentence tells how often it was seen. */
export function corpora(text: string, drafts: readonly Draft[]): readonly Draft[] {
  if (!drafts.some(({ kind, value }) => kind === "epochs" && value > 1)) return drafts;
  return drafts.map((draft) => {
    const isCorpus =
      CORPUS_BEFORE.test(text.slice(Math.max(0, draft.start - 64), draft.start)) || CORPUS_BEHIND.test(text.slice(draft.end));
    return draft.kind === "tokens" && draft.per === null && isCorpus ? { ...draft, per: "epoch" } : draft;
  });
}

/** No batch is larger. */
const MOST_TOKENS_OF_A_BATCH = 3e8;
