/**
 * What a figure with its unit is, by the words around it: a length of context is no corpus, samples of a step are a batch, steps of
 * a warm-up are a part, and samples that are generated to test a model are nothing of a training.
 */
import type { Draft } from "./draft.ts";
import { isNoRatio } from "./ratio-words.ts";

/** The drafts of a sentence that are figures of a training, as what they are. Positions count from the start of `text`. */
export function settled(text: string, drafts: readonly Draft[]): readonly Draft[] {
  return drafts.flatMap((draft): readonly Draft[] => {
    const found = settle(around(text, draft), draft);
    return found === null ? [] : [found];
  });
}

/** A figure's surroundings in its sentence. */
interface Surroundings {
  readonly before: string;
  readonly printed: string;
  readonly after: string;
}

const REACH = 96;

function around(text: string, { start, end }: Draft): Surroundings {
  return { before: text.slice(Math.max(0, start - REACH), start), printed: text.slice(start, end), after: text.slice(end, end + REACH) };
}

function settle(near: Surroundings, draft: Draft): Draft | null {
  switch (draft.kind) {
    case "tokens":
      return settleTokens(near, draft);
    case "samples":
      return settleSamples(near, draft);
    case "steps":
      return settleSteps(near, draft);
    case "epochs":
      return settleEpochs(near, draft);
    case "wall-time":
      return settleTime(near, draft);
    case "accelerators":
    case "nodes":
      return settleCount(near, draft);
    case "ratio":
      return isNoRatio(near.before, near.printed, near.after) ? null : draft;
    case "parameters":
      return draft.value < LEAST_PARAMETERS || /\d\s?\/\s?$/.test(near.before) ? null : draft;
    case "flop":
      return draft.unit === "flop" && draft.value < LEAST_FLOP ? null : draft;
    case "power":
      // "B - 3W": a symbol of a formula.
      return draft.unit === "W" && draft.value < LEAST_WATTS && /[-+*/×(]\s?$/.test(near.before) ? null : draft;
    case "memory":
      return DATA_BEFORE.test(near.before) || DATA_AFTER.test(near.after) ? null : draft;
    default:
      return draft;
  }
}

/** No network of today has fewer. */
const LEAST_PARAMETERS = 1000;

/** Fewer operations are those of one number, not of a training. */
const LEAST_FLOP = 1e6;

/** In watts; no accelerator draws less. */
const LEAST_WATTS = 10;

/** Matches "a corpus of ", "disk size: "; not "memory of ". */
const DATA_BEFORE = /\b(?:corpus|corpora|data ?sets?|disk|storage|files?|checkpoints?)\b[^.;,]{0,24}$/i;

/** Matches " of text", " of uncompressed images"; not " of memory". */
const DATA_AFTER = /^\s(?:of\s)?(?:[\w-]+\s){0,2}(?:text|code|corpus|data ?set|images|videos|disk|storage)\b/i;

/** Matches "every ", "after each "; what recurs is no total. */
const RECURRING = /\b(?:every|each)\s(?:about\s|~)?$/i;

/** Matches "the first ", "over the remaining "; a part of the whole. */
const PART = /\b(?:first|last|final|remaining|subsequent|initial)\s(?:about\s|~)?$/i;

/** Matches "warmup over the first ", "warming up the learning rate for "; not "warmup, then trains for ". */
const WARM_UP =
  /\bwarm(?:s|ed|ing)?[\s-]?up\b(?:[^.;,]|\.(?=\d)){0,64}$|\b(?:linearly |gradually )?increas\w+ (?:it|the learning rate)\b(?:[^.;,]|\.(?=\d)){0,64}$/i;

/** Matches " of linear warmup", " warm-up"; not " of training". */
const WARM_UP_AFTER = /^\s(?:of\s)?(?:linear\s|learning rate\s)?warm[\s-]?up\b/i;

function asPart(draft: Draft, part: string): Draft {
  return { ...draft, per: draft.per ?? part };
}

/** How long a text, an answer or a memory of a model is. Matches "context length of ", "prompts longer than ", "responses of up to ". */
const LENGTH_BEFORE =
  /\b(?:(?:sequence|context|prompt|input|output|response|generation|completion|document|max(?:imum)?|min(?:imum)?|total|combined|average|mean|median)[\s-]?(?:token\s)?(?:lengths?|len|sizes?|limits?|windows?)|lengths?|windows?|spans?|contexts?|inputs?|outputs?|prompts?|responses?|completions?|documents?|paragraphs?|passages?|chunks?|segments?|longer|shorter|generat\w+|decod\w+|summar\w+|max_?len)\b[^.;:]{0,40}$/i;

/** Matches " of context", " contexts", " of maximum generation length", " long", " are generated"; not " of code". */
const LENGTH_AFTER =
  /^\s?(?:of\s)?(?:(?:maximum|max|total)\s)?(?:contexts?\b|context\b|inputs?\b|prompts?\b|outputs?\b|generations?\b|sequences?\b|vocabular\w+|long\b|in length|(?:were|are|is) (?:trimmed|truncated|generated)|before stopping)/i;

/** A length in which a model is trained. Matches "context length of ", "a sequence length of up to "; not "response length of ". */
const OF_CONTEXT = /\b(?:context|sequence)s?(?:[\s-](?:lengths?|windows?|sizes?))?\b[^.;:,]{0,24}$/i;

/** Matches "trained on ", "a corpus of "; not "contains ". */
const OF_TRAINING = /\b(?:train\w*|pre-?train\w*|fine-?tun\w*|tuned|corpus|corpora|data ?sets?|saw|seen|consum\w+|process\w+)\b/i;

/** Nobody trains a model of language on fewer, unless it is said. */
const LEAST_TOKENS = 1e6;
const LEAST_SAID_TOKENS = 10_000;

/** Matches " used on a normal training step", " per iteration". */
const OF_STEP =
  /^\s(?:[\w-]+\s){0,3}(?:per|in (?:a|each|every|one)|on (?:a|each|every)|for (?:each|every)|at (?:a|each|every))\s(?:normal\s)?(?:training\s|gradient\s|optimi[sz]er\s)?(?:steps?|iterations?|batch|update)\b/i;

/** Matches " of the FineWeb valset", " from the test split"; not " of the corpus". */
const OF_TEST = /^\s(?:of|from|in)\s(?:the\s)?(?:[\w-]+\s){0,2}(?:val(?:idation)?|test|dev|eval(?:uation)?)(?:[\s-]?(?:set|split|data))\b/i;

/** Matches "a constant learning rate of 8e-5 for ", "decay schedule over "; part of a schedule. */
const OF_SCHEDULE = /\b(?:learning rate|decay\w*|anneal\w*|schedule)\b(?:[^.;,]|\.(?=\d)){0,56}$/i;

function settleTokens(near: Surroundings, draft: Draft): Draft | null {
  const { before, after } = near;
  if (OF_TEST.test(after) || RECURRING.test(before)) return null;
  if (OF_STEP.test(after) && draft.value >= LEAST_SAID_TOKENS) return { ...draft, kind: "batch", per: null };
  const isCount = draft.value >= LEAST_TOKENS;
  const isLength = (LENGTH_BEFORE.test(before) && !TRAINED_ON.test(before)) || LENGTH_AFTER.test(after);
  if (isLength && draft.value <= MOST_CONTEXT) {
    const isContext = draft.unit === "token" && (OF_CONTEXT.test(before) || /^\s?(?:of\s)?contexts?\b/i.test(after));
    return isContext && draft.value >= LEAST_CONTEXT ? { ...draft, kind: "sequence-length", per: null } : null;
  }
  if (!isCount && (draft.value < LEAST_SAID_TOKENS || !OF_TRAINING.test(`${before.slice(-64)} ${after.slice(0, 32)}`))) return null;
  return PART.test(before) || OF_SCHEDULE.test(before) ? asPart(draft, "part") : draft;
}

/** In tokens; no context of today is longer, none of use shorter. */
const MOST_CONTEXT = 2e7;
const LEAST_CONTEXT = 16;

/** Matches "trained on ", "trained for another "; the words right before an amount of training. */
const TRAINED_ON = /\b(?:train\w*|pre-?train\w*|tun(?:ed|ing))\s(?:it\s|them\s)?(?:on|for|over|with)\s(?:\w+\s){0,2}$/i;

/** Whose samples they are, the word nearest before them. */
const SAMPLE_ROLE =
  /\b(?:(?<own>train\w*|pre-?train\w*|fine-?tun\w*|data ?sets?|corpus)|(?<tested>test(?:ing)?(?=[\s-](?:sets?|splits?|data|images|problems?|prompts?|examples|samples|quer))|tested|validation|dev|evaluat\w+|benchmark\w*|generat\w+|decod\w+|pass@\S*|pass[\s-]?rate|held[\s-]?out|human performance|majority|unbiased|estimat\w+))\b(?!.*\b(?:train\w*|fine-?tun\w*|data ?sets?|corpus|tested|validation|dev|evaluat\w+|benchmark\w*|generat\w+|decod\w+|held[\s-]?out|majority|estimat\w+)\b)/i;

/** Matches " per problem", " for testing", " are tested"; not " per class". */
const TESTED_AFTER =
  /^[^.;,]{0,24}\b(?:(?:per|for each|for every) (?:test\s)?(?:problem|question|prompt|query|task|number)|for (?:testing|evaluation|validation)|(?:are|is|were) tested|from (?:each|every) (?:\w+ )?task|from the (?:\w+ )?test)\b/i;

/** Matches " per class", " in each of 1000 categories"; samples of a part of the data. */
const OF_CLASS =
  /^\s(?:per|for each|of each|from each|in each(?: of)?)\s(?:\d[\d,]*\s)?(?<what>class|categor|label|language|domain|source|subset)(?:es|ies|y|s)?\b/i;

/** Fewer are examples of something. */
const LEAST_SAMPLES = 100;

function settleSamples(near: Surroundings, draft: Draft): Draft | null {
  const { before, printed, after } = near;
  // "256×256 images" are of that size.
  if (/[x×]\s?$/.test(before) || (draft.number.form === "decimal" && draft.value < LEAST_SAMPLES)) return null;
  if (OF_STEP.test(after) || draft.per === "step") return { ...draft, kind: "batch", unit: "sequence", per: null };
  const isOwn = /train/i.test(printed);
  if (!isOwn && TESTED_AFTER.test(after)) return null;
  const role = SAMPLE_ROLE.exec(before)?.groups;
  if (!isOwn && role?.["tested"] !== undefined) return null;
  if (draft.value < LEAST_SAMPLES && !isOwn) return null;
  const part = OF_CLASS.exec(after)?.groups?.["what"];
  return part === undefined ? draft : asPart(draft, part === "categor" ? "category" : part.toLowerCase());
}

/** Nobody trains for fewer steps. */
const LEAST_STEPS = 10;

function settleSteps(near: Surroundings, draft: Draft): Draft | null {
  const { before, printed, after } = near;
  if (draft.value < LEAST_STEPS || RECURRING.test(before) || /^\s(?:[\w.-]+\s){0,3}checkpoints?\b/i.test(after)) return null;
  if (draft.value < LEAST_HYPHENATED && /\d-step/.test(printed)) return null;
  if (WARM_UP.test(before) || WARM_UP_AFTER.test(after)) return asPart(draft, "warm-up");
  return PART.test(before) ? asPart(draft, "part") : draft;
}

/** "a 4-step look-ahead", "30-step reasoning": a method's, not those of a training. */
const LEAST_HYPHENATED = 1000;

function settleEpochs(near: Surroundings, draft: Draft): Draft | null {
  const { before, after } = near;
  if (draft.value <= 1 && ONE_OF.test(before)) return null;
  if (WARM_UP_AFTER.test(after) || WARM_UP.test(before)) return asPart(draft, "warm-up");
  return PART.test(before) ? asPart(draft, "part") : draft;
}

/** What comes next, such as one epoch, is then what something is told for. Matches "to finish ", "hours per ", "tokens in "; not "about ". */
const ONE_OF =
  /\b(?:\S{0,2}nish|complet\w+|per|each|every|for each|(?:tokens|samples|images|steps) in|\d (?:hours?|minutes?|days?) (?:for|in))\s$/i;

/** What a time is told for. Matches " intervals", "-chunks"; not " of training". */
const INTERVAL = /^[\s-]?(?:intervals?|increments?|timeouts?|windows?|clips?|segments?|chunks?)\b/i;
const TO_FINISH =
  /^\s(?:to\s(?:\S{0,2}nish|complete|process|run|train|do)|for)\s(?:one|an?|each|every|a single)\s(?:training\s)?(?<what>epoch|step|iteration|pass)\b/i;

function settleTime(near: Surroundings, draft: Draft): Draft | null {
  const { before, after } = near;
  if (RECURRING.test(before) || INTERVAL.test(after)) return null;
  const what = TO_FINISH.exec(after)?.groups?.["what"]?.toLowerCase();
  return what === undefined ? draft : asPart(draft, what === "pass" ? "epoch" : what === "iteration" ? "step" : what);
}

/** "one GPU kernel", "two GPU vendors": the hardware only says what kind of thing is counted. */
const COUNTS_OTHER =
  /^[\s-](?:equivalents?|kernels?|vendors?|types?|generations?|architectures?|programs?|threads?|families|manufacturers?|models? of)\b/i;

/** Matches "each token is sent to at most ", "for each expert "; hardware of one of these is none of the whole run. */
const OF_PIECE =
  /\b(?:each|every|per|a single|one)\s(?:routed\s|single\s)?(?<what>token|expert|layer|replica|request|stage|sample)\b[^.;]{0,72}$/i;

/** Matches "lower than ", "faster than on "; what something is measured by. */
const MEASURED_BY = /\bthan\s(?:with\s|on\s|using\s)?(?:an?\s|one\s|the\s)?$/i;

function settleCount(near: Surroundings, draft: Draft): Draft | null {
  const { before, printed, after } = near;
  if (COUNTS_OTHER.test(after)) return null;
  if (draft.rule === "article" && MEASURED_BY.test(before)) return null;
  const piece = OF_PIECE.exec(before)?.groups?.["what"]?.toLowerCase();
  return piece === undefined || /^slice/.test(printed) ? draft : asPart(draft, piece);
}
