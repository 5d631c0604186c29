import { keyedRandom, permutation, type Random } from '@diffusion/random';
import {
  integerOption,
  numberOption,
  type OptionsOf,
  positiveOption,
  shareOption,
} from '../../options.ts';
import { bin } from '../bins.ts';
import {
  anySeed,
  type Classical,
  ClassicalError,
  type ClassicalOptions,
  checkRows,
  largest,
  type Rows,
  readKind,
  trainingSet,
} from '../classical.ts';
import { atOnce, type Pieces } from '../in-turns.ts';
import { derivativesAt, lossAt, probabilitiesAt, scoresAt, scoresOf } from './class-loss.ts';
import { addValues, type GradientTree, growGradientTree, leafValue } from './gradient-tree.ts';

/** Every option of {@link fitBoosting} beside those that all classifiers have. */
export const boostingOptions = {
  rounds: integerOption({
    default: 200,
    min: 1,
    max: 1e5,
    description: 'Most rounds; each grows a tree per class, of two classes one.',
  }),
  learningRate: positiveOption({
    default: 0.1,
    description: 'Shrinkage: by what the leaves of every tree are multiplied.',
  }),
  maxLeaves: integerOption({ default: 31, min: 2, max: 4096, description: 'Leaves of a tree.' }),
  maxDepth: integerOption({ default: 32, min: 1, max: 1e4, description: 'Depth of a tree.' }),
  minLeaf: integerOption({ default: 20, min: 1, max: 1e9, description: 'Fewest rows in a leaf.' }),
  l2: numberOption({
    default: 1,
    min: 0,
    description: 'λ: a leaf has the value −learningRate·G/(H + λ).',
  }),
  rowShare: shareOption({
    default: 1,
    description: 'Share of the rows that a round learns from, drawn anew without replacement.',
  }),
  columnShare: shareOption({
    default: 1,
    description: 'Share of the columns that a tree may cut, drawn anew.',
  }),
  validationShare: numberOption({
    default: 0.1,
    min: 0,
    below: 1,
    description:
      'Share of every class that is held out: the rounds end where its log loss is least; 0 means all rounds.',
  }),
  patience: integerOption({
    default: 10,
    min: 1,
    max: 1e5,
    description:
      'Rounds without a lower log loss of what is held out after which no other is tried.',
  }),
  seed: anySeed('The seed of the samples of rows and columns, and of what is held out.'),
};

/** What {@link fitBoosting} is fitted with. */
export type BoostingOptions = ClassicalOptions & Partial<OptionsOf<typeof boostingOptions>>;

/** Fitted gradient boosting as plain data. */
export interface BoostingJSON {
  readonly kind: 'boosting';
  readonly classes: number;
  readonly columns: number;
  /** The classes that were there to learn from, in rising order; others have the probability 0. */
  readonly present: readonly number[];
  /** The scores before the first tree: one per class of `present`; of two, the log odds of the second alone. */
  readonly initial: readonly number[];
  /** Rounds × scores. */
  readonly trees: readonly GradientTree[];
}

/**
 * Gradient boosting (Friedman 2001) of the multinomial log loss with second derivatives, on columns cut into 256 bins
 * at quantiles, as LightGBM and scikit-learn's HistGradientBoostingClassifier have it: every round grows a regression
 * tree per class on the derivatives at the scores so far, leaf by leaf, and adds a share of its values to the scores.
 * Undefined features go to the better side of every cut. Rounds end early where a held-out share of the rows is judged
 * no better. The bits follow from rows, codes and options alone, in every engine.
 *
 * @param rows tracks × features.
 * @param codes one class per row, from 0.
 * Throws {@link ClassicalError} when these do not fit each other or an option is out of its range.
 *
 * @example
 * const model = fitBoosting([[0.1], [0.2], [0.8], [0.9]], [0, 0, 1, 1], { minLeaf: 1 });
 * model.predict([[0.15], [0.85]]).codes; // 0, 1
 */
export function fitBoosting(
  rows: Rows,
  codes: ArrayLike<number>,
  options: BoostingOptions = {},
): Classical<'boosting'> {
  return atOnce(boostingInPieces(rows, codes, options));
}

/** {@link fitBoosting}, a tree at a time. */
export function* boostingInPieces(
  rows: Rows,
  codes: ArrayLike<number>,
  options: BoostingOptions = {},
): Pieces<Classical<'boosting'>> {
  const set = trainingSet(rows, codes, options);
  const { columns, classes } = set;
  const how = readKind('boosting', boostingOptions, options);
  const { rounds, learningRate, seed, patience, rowShare, columnShare } = how;
  const present = presentClasses(set.codes, set.weights);
  const place = new Int32Array(classes).fill(-1);
  present.forEach((code, c) => {
    place[code] = c;
  });
  const weightOf = Float64Array.from(present, (code) => set.weights[code]);

  // Rows of classes without a weight teach nothing.
  const counted = Int32Array.from(set.codes.keys()).filter((i) => place[set.codes[i]] >= 0);
  const ofRows = Int32Array.from(counted, (i) => place[set.codes[i]]);
  const binned = bin(
    Array.from(counted, (i) => rows[i]),
    columns,
  );
  const { learnt, heldOut } = holdOut(ofRows, present, how.validationShare, seed);
  const initial = scoresAt(sharesOf(ofRows, weightOf, learnt));
  const outputs = scoresOf(present.length);
  const scores = initial.map((score) => new Float64Array(binned.rows).fill(score));
  const derivatives = scores.map(() => ({
    gradient: new Float64Array(binned.rows),
    hessian: new Float64Array(binned.rows),
  }));
  const growth = { ...how, shrinkage: learningRate };
  const all = Array.from({ length: columns }, (_, j) => j);
  const trees: GradientTree[] = [];
  let best = { round: 0, loss: meanLoss(scores, ofRows, weightOf, heldOut) };

  for (let round = 0; round < rounds && outputs > 0; round++) {
    derivativesAt(scores, ofRows, weightOf, derivatives);
    const sample = sampleOf(learnt, rowShare, () => keyedRandom(seed, 'boosting', round));
    const grown = [];
    for (let k = 0; k < outputs; k++) {
      const chosen = sampleOf(all, columnShare, () =>
        keyedRandom(seed, 'boosting', round, 'tree', k),
      );
      const rowsOf = Int32Array.from(sample);
      grown.push(growGradientTree(binned, rowsOf, Array.from(chosen), derivatives[k], growth));
      yield;
    }
    const cut = grown.some(({ tree }) => tree.feature[0] >= 0);
    // Without samples the next round would find no cut either.
    if (!cut && rowShare === 1 && columnShare === 1) break;
    grown.forEach(({ tree, cuts }, k) => {
      trees.push(tree);
      addValues(tree, cuts, binned, scores[k]);
    });
    if (heldOut.length === 0) continue;
    const loss = meanLoss(scores, ofRows, weightOf, heldOut);
    if (loss < best.loss) best = { round: round + 1, loss };
    else if (round + 1 - best.round >= patience) break;
  }
  if (heldOut.length > 0) trees.length = best.round * outputs;
  return boostingFromJSON({ kind: 'boosting', classes, columns, present, initial, trees });
}

/** The classifier that {@link fitBoosting} wrote as JSON. */
export function boostingFromJSON(json: BoostingJSON): Classical<'boosting'> {
  const { classes, columns, present, initial, trees } = json;
  return {
    kind: 'boosting',
    classes,
    predict(rows) {
      checkRows(rows, columns);
      const probabilities = new Float64Array(rows.length * classes);
      const scores = new Float64Array(initial.length);
      const shares = new Float64Array(present.length);
      rows.forEach((row, i) => {
        scores.set(initial);
        for (let t = 0; t < trees.length; t++)
          scores[t % initial.length] += leafValue(trees[t], row);
        probabilitiesAt(scores, shares);
        for (let c = 0; c < present.length; c++)
          probabilities[i * classes + present[c]] = shares[c];
      });
      return { codes: largest(probabilities, classes), probabilities };
    },
    toJSON: () => json,
  };
}

/** The classes of which there are rows with a weight. */
function presentClasses(codes: Int32Array, weights: Float64Array): number[] {
  const seen = new Set(codes);
  const present = Array.from(weights.keys()).filter((c) => seen.has(c) && weights[c] > 0);
  if (present.length === 0) {
    throw new ClassicalError(
      `classWeights is [${weights}]: expected one above 0 for a class that there is`,
    );
  }
  return present;
}

/** The share of every class that is looked at after a round, and the rows that are learnt from, in rising order. */
function holdOut(
  codes: Int32Array,
  present: readonly number[],
  share: number,
  seed: number,
): { readonly learnt: Int32Array; readonly heldOut: Int32Array } {
  const held = new Uint8Array(codes.length);
  present.forEach((code, c) => {
    const rows = Int32Array.from(codes.keys()).filter((i) => codes[i] === c);
    const count = Math.floor(share * rows.length);
    if (count === 0) return;
    const order = permutation(rows.length, seed, 'boosting', 'validation', code);
    for (let i = 0; i < count; i++) held[rows[order(i)]] = 1;
  });
  const all = Int32Array.from(codes.keys());
  return { learnt: all.filter((i) => held[i] === 0), heldOut: all.filter((i) => held[i] === 1) };
}

/** The weighted share of every class among some rows. */
function sharesOf(codes: Int32Array, weightOf: Float64Array, rows: Int32Array): number[] {
  const sums = new Float64Array(weightOf.length);
  for (const row of rows) sums[codes[row]] += weightOf[codes[row]];
  const total = sums.reduce((a, b) => a + b, 0);
  return Array.from(sums, (sum) => sum / total);
}

/** The weighted mean log loss of some rows. */
function meanLoss(
  scores: readonly Float64Array[],
  codes: Int32Array,
  weightOf: Float64Array,
  rows: Int32Array,
): number {
  const of = new Float64Array(scores.length);
  let [sum, total] = [0, 0];
  for (const row of rows) {
    for (let k = 0; k < scores.length; k++) of[k] = scores[k][row];
    const weight = weightOf[codes[row]];
    sum += weight * lossAt(of, codes[row]);
    total += weight;
  }
  return sum / total;
}

/** A share of some numbers in rising order, drawn without replacement: at least one; all where the share is 1. */
function sampleOf(
  from: ArrayLike<number>,
  share: number,
  randomOf: () => Random,
): ArrayLike<number> {
  if (share === 1) return from;
  const random = randomOf();
  const numbers = Int32Array.from(from);
  const count = Math.max(1, Math.round(share * numbers.length));
  for (let i = 0; i < count; i++) {
    const at = i + random.integerBelow(numbers.length - i);
    [numbers[i], numbers[at]] = [numbers[at], numbers[i]];
  }
  return numbers.subarray(0, count).sort();
}
