import type { Results, Scale } from './item.ts';
import type { SvmFolds } from './lipnet2016/svm.ts';
import type { Problem } from './lipnet2016/training.ts';

/** What parts of any kind print, made up: every number is there, and none means anything. */

const motions = {
  gajowczyk2021: ['CD', 'DM', 'FBM', 'ND'],
  wadnet2021: ['ATTM', 'CTRW', 'FBM', 'LW', 'SBM'],
  benitez2023: ['ATTM', 'CTRW', 'FBM', 'LW', 'SBM'],
} as const;
const images: Readonly<Record<Problem, readonly string[]>> = {
  lamellarity: ['multilamellar', 'uncertain', 'unilamellar'],
  encapsulation: ['empty', 'full', 'uncertain'],
};

/** The classes that a part of this name tells from each other. */
function classesOf(part: string): readonly string[] {
  for (const [problem, classes] of Object.entries(images))
    if (part.endsWith(problem)) return classes;
  for (const [source, classes] of Object.entries(motions))
    if (part.startsWith(source)) return classes;
  throw new Error(`part ${part} is of no source`);
}

const matrix = (count: number, right: number, wrong: number) =>
  Array.from({ length: count }, (_, i) =>
    Array.from({ length: count }, (_, j) => (i === j ? right : wrong)),
  );
const mean = { mean: 0.8, deviation: 0.1 };
const interval = { low: 0.1, high: 0.3 };

/** The JSON of a part, with all that a training, a bank, an evaluation and a description print. */
export function printedOf(part: string): unknown {
  const classes = classesOf(part);
  const perClass = classes.map((label) => ({
    label,
    support: 10,
    precision: 0.8,
    recall: 0.7,
    f1: 0.75,
  }));
  const scores = {
    count: 40,
    accuracy: 0.7,
    accuracyInterval: { low: 0.5, high: 0.9 },
    f1: { micro: 0.7, macro: 0.7 },
    perClass,
    confusion: matrix(classes.length, 7, 1),
    mae: 0.2,
  };
  const bin = (from: number) => ({
    name: `${from} to ${from + 1}`,
    from,
    to: from + 1,
    count: 10,
    exponents: { mae: 0.2, maeInterval: interval },
    classes: scores,
  });
  const bins = [bin(0), bin(1)];
  const history = [1, 2].map((epoch) => ({
    epoch,
    loss: 1 / epoch,
    score: 0.6,
    validationLoss: 1 / epoch,
    validationScore: 0.3 * epoch,
    validationConfusion: matrix(classes.length, 5 + epoch, 1),
  }));
  return {
    parameters: 1,
    history,
    test: scores,
    ...scores,
    by: { length: bins, snr: bins, alpha: bins, model: bins },
    bank: {
      networks: [10, 50].map((length) => ({ length, metrics: { validationScore: 0.3 } })),
    },
    time: { seconds: 10, waiting: 1 },
    folds: {
      classes,
      confusion: {
        counts: matrix(classes.length, 7, 1),
        shares: matrix(classes.length, 0.8, 0.1),
        deviations: matrix(classes.length, 0.02, 0.01),
      },
      perClass: classes.map((label) => ({
        label,
        ...{
          recall: mean,
          specificity: mean,
          precision: mean,
          npv: mean,
          f1: mean,
          f1TprTnr: mean,
        },
      })),
      each: [scores],
    },
  };
}

/** What items of the thesis compute themselves: the folds of the support vector machine. */
export function computedOf(item: string): unknown {
  const machine = (problem: Problem): SvmFolds => {
    const { length } = images[problem];
    return {
      classes: images[problem],
      shares: matrix(length, 0.8, 0.1),
      deviations: matrix(length, 0.02, 0.01),
      each: [matrix(length, 7, 1)],
    };
  };
  const [lamellarity, encapsulation] = [machine('lamellarity'), machine('encapsulation')];
  if (item === 'table-7') return encapsulation;
  return item === 'table-8' ? lamellarity : { lamellarity, encapsulation };
}

/** Of parts that wrote no file. */
export const resultsOf = (scale: Scale, computed: unknown): Results => ({
  scale,
  json: printedOf,
  text: async (part, file) => {
    throw new Error(`${part} wrote no ${file}`);
  },
  folder: () => '',
  seconds: () => 10,
  computed,
});
