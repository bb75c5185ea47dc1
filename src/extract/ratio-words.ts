/** What costs something in a training: the words beside a ratio that is of interest. Matches "throughput", "cheaper"; not "accuracy". */
const RESOURCE =
  /\b(?:times?|cost\w*|pric\w+|speed\w*|fast\w*|slow\w*|throughput|comput\w*|energy|power|emissions?|carbon|co2\w*|memory|hours?|days?|flops?|expensive|cheap\w*|param\w*|latency|efficien\w*|utili[sz]ation|tokens|data(?! ratio)|gpus?|tpus?|chips?|cards|hardware|batch|steps|epochs|budgets?|bandwidth|ratio|model size|runtime|economical|savings?)\b/i;

/** Matches "learning rate ", "accuracy"; what is spoken of is no cost of a training. */
const OTHER =
  /\b(?:learning rates?|channels?|resolution|down-?sampl\w+|up-?sampl\w+|layers?|accuracy|augment\w+|weights?|mutual information|importance|multipl(?:y|ies)|add(?:s|ition)?|set by)\b/i;

/** "80% of the time" tells how often; not "40% of the time needed". */
const HOW_OFTEN = /%?\s?of the time$/i;
const TIME_OF = /^\s(?:needed|required|taken|it (?:takes|took)|that|to (?:train|run)|spent|of)\b/i;

/** Matches "a ratio of ", "the FLOPs ratio is ", and of what else there are ratios: the pattern below tells them apart. */
const RATIO_KEY = /\bratio (?:is|of|was)\b[^.;]{0,16}$/i;
const RATIO_OF_COST =
  /\b(?:the|that|this|a|an|cost|price|speed|time|comput\w*|flops?|energy|power|performance)\sratio (?:is|of|was)\b[^.;]{0,16}$/i;

/** Matches "by a factor of "; what is multiplied stands before it. */
const FACTOR_KEY = /\bfactor of\b[^.;]{0,16}$/i;

/** Ways of saying more or less that need no noun: "3x faster", "a 2x speed-up", "40% cheaper". */
const OF_ITSELF = /(?:faster|slower|cheaper|speed-?ups?|as long|smaller|larger)$/i;

/** Matches "100% of the emissions | were offset", "matched 100% of its electricity"; what is made up for, not what is saved. */
const OFFSET = /\b(?:offset|offsetting|renewable|carbon[\s-](?:free|neutral)|match(?:es|ed)?)\b/i;

/** Whether a ratio is of something else than what a training costs: how often, how accurate, how wide. */
export function isNoRatio(before: string, printed: string, after: string): boolean {
  if (/\bof\b/.test(printed) && OFFSET.test(`${before.slice(-48)} | ${after.slice(0, 64)}`)) return true;
  if (HOW_OFTEN.test(printed)) return !TIME_OF.test(after);
  if (RATIO_KEY.test(before)) return !RATIO_OF_COST.test(before) || /^\s?(?::|\/)\s?\d/.test(after);
  if (/\^|²/.test(after.slice(0, 2)) || after.startsWith("(") || /=\s?$/.test(before)) return true;
  if (OF_ITSELF.test(printed)) return false;
  const near = `${before.slice(-64)} ${printed} | ${after.slice(0, 40)}`;
  if (FACTOR_KEY.test(before) && OTHER.test(near)) return true;
  return !RESOURCE.test(near);
}
