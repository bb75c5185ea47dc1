import type { Draft } from "./draft.ts";
import type { NumberToken } from "./numbers.ts";
import type { SimpleUnit } from "./units-grammar.ts";

/** Whether a number with its unit is something else than a figure of a training: a method's steps, a vocabulary, a look-ahead. */
export function isNoFigure(text: string, token: NumberToken, unit: SimpleUnit): boolean {
  const after = text.slice(token.end + unit.length);
  if (COUNTED.has(unit.kind) && token.number.value < LEAST_COUNTED && token.number.form === "word") return true;
  if (unit.kind === "ratio") return /[/^]$/.test(text.slice(0, token.start));
  if (unit.kind === "epochs") return token.number.value === 1 && IS_LONG.test(after);
  if (unit.kind !== "tokens") return false;
  if (token.number.value < LEAST_CORPUS && text.charAt(token.end) === "-") return true;
  return VOCABULARY.test(text.slice(Math.max(0, token.start - 48), token.start)) || (unit.unit === "word" && BENCHMARK.test(after));
}

/** Matches " = 3h", " takes 2 hours"; what one epoch takes says nothing of how many there were. */
const IS_LONG = /^\s?(?:=|takes?\b|took\b|lasts?\b|lasted\b|needs?\b|requires?\b|is about\b)/i;

/** "4-token prediction" says how far is looked ahead, not how much was seen. */
const LEAST_CORPUS = 10_000;

/** "three steps", "two images": of a method or an example, not of a training. */
const COUNTED: ReadonlySet<Draft["kind"]> = new Set(["steps", "samples"]);
const LEAST_COUNTED = 13;

/** Matches "the vocabulary contains ", "a vocabulary of about "; not "vocabulary. We train on ". */
const VOCABULARY = /\bvocabulary[^.;]{0,40}$/i;

/** Matches " Benchmark", " Language Model Benchmark"; not " corpus". */
const BENCHMARK = /^\s(?:\w+\s){0,2}Benchmark\b/i;

/** "thousands", told in digits: the "s" of "1000s of GPUs", "975 billions" and "the 1980s" is no second. */
export function isPlural(text: string, token: NumberToken): boolean {
  const isDecade = token.number.value >= 1500 && token.number.value < 2100 && token.number.value % 10 === 0;
  return (
    text.charAt(token.end) === "s" &&
    (isDecade || /[a-z]$/i.test(text.slice(token.start, token.end)) || /^s\sof\b/.test(text.slice(token.end)))
  );
}

/** "a hidden size of 4h", "3d convolutions": a letter on a number is a unit of time only where time is told. */
export function isSymbol(text: string, token: NumberToken, unit: SimpleUnit): boolean {
  if (unit.length > 1 || !/^[hds]$/.test(text.charAt(token.end))) return false;
  return !TIME_BEFORE.test(text.slice(Math.max(0, token.start - 24), token.start)) && !TIME_AFTER.test(text.slice(token.end + 1));
}

/** Matches "for ", "takes about ", "in ~", "(", "= "; not "to ". */
const TIME_BEFORE =
  /(?:\b(?:for|in|takes?|took|within|after|about|over|around|than|under|only|time|time of|cost|costs|every|each|approx|approximately|roughly|nearly|almost)\b\.?[\s:~]*|[(=~:|]\s?|^\s*)$/i;

/** Matches " on 8 GPUs", " of training", " per epoch", ")"; not " training". */
const TIME_AFTER = /^\s?(?:on|of|per|\/|[),;|]|\d+\s?m)/;

/**
 * Whether a paragraph tells of machines or models at work.
 *
 * Words that stories and exercises have, too ("it took 5 hours"), are only believed where the text around speaks of training.
 */
export function tellsOfTraining(paragraph: string, around: () => string): boolean {
  return TRAINING.test(paragraph) || (CONTEXT.test(paragraph) && TRAINING.test(around()));
}

/** What only a text on training speaks of. Matches "GPU", "fine-tuned", "epochs"; not "took", "model". */
const TRAINING =
  /train|tun(?:ed?|ing)\b|\bepochs?\b|iteration|[gt]pus?\b|\bchips?\b|\bnodes?\b|\bclusters?\b|[avhp]\d00|\bk80|\bbatch|throughput|\bdgx|wandb|mlperf|converg|flops?\b|accelerators?\b|comput|\bcloud|inference|benchmark|megawatt|\bhours? used\b|\bruntime\b|\bduration\b|entraîn|entrena|训|算力|显卡/i;

/** What a paragraph speaks of that may tell how long a training took; without any of it there is none. */
const CONTEXT =
  /train|\btook\b|\btakes?\b|corpus|tun(?:ed?|ing)\b|epoch|\bsteps?\b|iteration|[gtc]pu|chip|\bnodes?\b|server|machine|cluster|[avhp]\d00|\bk80|comput|\br[ua]ns?\b|running|converg|\bmodels?\b|network|batch|speed|faster|experiment|throughput|wall|\bdgx|device|cloud|rent|billing|wandb|benchmark|record|latency|inference|algorithm|search|learn|megawatt|entraîn|entrena|modell|modèle|modelo|kostete|coûté|训|天|小时|美元/i;
