/**
 * Fits the weights of one decision: conditional logistic regression over the candidates of each question, by plain gradient steps with
 * a pull towards zero, rounded to integers. Deterministic: no random number, and examples are taken in their order.
 */

/** One question of one document: its candidates, and which of them are right. */
export interface Example {
  /** What is held out together: the genre. */
  readonly group: string;
  /** What a person reads in a list of misses: "press-001: 19 days". */
  readonly name: string;
  /** The document it is asked of. */
  readonly document: string;
  /** How much the question counts; 1 where it is not told. */
  readonly weight?: number;
  readonly candidates: readonly ExampleCandidate[];
}

export interface ExampleCandidate {
  readonly key: string;
  readonly features: readonly string[];
  readonly isRight: boolean;
}

export interface FitOptions {
  readonly rounds: number;
  /** How strongly weights are pulled towards zero. */
  readonly decay: number;
  /** Integer weight of one nat. */
  readonly scale: number;
  /** A feature that holds in fewer questions than this has no weight. */
  readonly fewest: number;
  /** A weight nearer to zero than this is left out, so that a person can read the rest. */
  readonly least?: number;
  /** What is believed of a feature before any example is seen. */
  readonly prior?: Readonly<Record<string, number>>;
  /** Weights that are kept as they are. */
  readonly kept?: Readonly<Record<string, number>>;
  /** The features that are fitted; all where it is not told. */
  readonly isFitted?: (feature: string) => boolean;
}

export const USUAL_FIT: FitOptions = { rounds: 150, decay: 2, scale: 10, fewest: 3 };

/** Integer weights by feature, in the order of the alphabet; those that round to nothing are left out. */
export function fitWeights(examples: readonly Example[], options: FitOptions = USUAL_FIT): Readonly<Record<string, number>> {
  const usable = examples.filter(isAnswerable);
  const { prior = {}, kept = {}, isFitted = () => true } = options;
  const index = featureIndex(usable, options.fewest, [...Object.keys(prior), ...Object.keys(kept)]);
  const isHeld = Array.from(index.keys(), (feature) => !isFitted(feature));
  const believed = Float64Array.from(index.keys(), (feature) => (prior[feature] ?? 0) / options.scale);
  const encoded = usable.map(({ candidates, weight = 1 }) => ({
    weight,
    options: candidates.map(({ features, isRight }) => ({
      isRight,
      at: [...new Set(features)].flatMap((feature) => index.get(feature) ?? []),
    })),
  }));
  const weights = Float64Array.from(index.keys(), (feature) => (kept[feature] ?? prior[feature] ?? 0) / options.scale);
  const squares = new Float64Array(index.size).fill(1e-8);
  for (let round = 0; round < options.rounds; round += 1) {
    const gradient = new Float64Array(index.size);
    for (const { weight, options: choices } of encoded) addGradient(gradient, weights, choices, weight);
    for (let feature = 0; feature < weights.length; feature += 1) {
      if (isHeld[feature] === true) continue;
      const slope = (gradient[feature] ?? 0) - options.decay * ((weights[feature] ?? 0) - (believed[feature] ?? 0));
      squares[feature] = (squares[feature] ?? 0) + slope * slope;
      weights[feature] = (weights[feature] ?? 0) + (0.5 * slope) / Math.sqrt(squares[feature] ?? 1);
    }
  }
  const rounded = [...index].map(([feature, at]) => [feature, Math.round((weights[at] ?? 0) * options.scale)] as const);
  return Object.fromEntries(rounded.filter(([, weight]) => Math.abs(weight) >= (options.least ?? 1)));
}

/** Whether there is something to learn: a right and a wrong candidate. */
function isAnswerable({ candidates }: Example): boolean {
  return candidates.some(({ isRight }) => isRight) && candidates.some(({ isRight }) => !isRight);
}

function featureIndex(examples: readonly Example[], fewest: number, believed: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { candidates } of examples) {
    for (const feature of new Set(candidates.flatMap(({ features }) => features))) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  const kept = new Set([...counts].filter(([, count]) => count >= fewest).map(([feature]) => feature));
  for (const feature of believed) kept.add(feature);
  return new Map([...kept].sort().map((feature, at) => [feature, at]));
}

interface Encoded {
  readonly isRight: boolean;
  readonly at: readonly number[];
}

/** Adds the slope of the log-likelihood that one of the right candidates is taken. */
function addGradient(gradient: Float64Array, weights: Float64Array, candidates: readonly Encoded[], weight: number): void {
  const scores = candidates.map(({ at }) => at.reduce((sum, feature) => sum + (weights[feature] ?? 0), 0));
  const highest = Math.max(...scores);
  const masses = scores.map((score) => Math.exp(score - highest));
  const all = masses.reduce((sum, mass) => sum + mass, 0);
  const right = masses.reduce((sum, mass, at) => sum + (candidates[at]?.isRight === true ? mass : 0), 0);
  for (const [at, candidate] of candidates.entries()) {
    const mass = masses[at] ?? 0;
    const slope = weight * ((candidate.isRight ? mass / Math.max(right, 1e-12) : 0) - mass / all);
    for (const feature of candidate.at) gradient[feature] = (gradient[feature] ?? 0) + slope;
  }
}
