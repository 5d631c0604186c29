import {
  type AveragedClassMetrics,
  type AveragedConfusion,
  averageClassMetrics,
  averageConfusion,
} from '@diffusion/eval';
import type { ClassicalRecipe, EpochResult, NetworkRecipe } from '@diffusion/train';
import { table } from '../print.ts';
import { percent } from './report-lines.ts';
import type { TestResult } from './test-model.ts';

/** What a cross-validation gives: each fold judged by the model that was trained without it. */
export interface FoldsResult {
  readonly folds: readonly {
    readonly test: Pick<TestResult, 'prediction' | 'classes' | 'exponents'>;
    readonly history?: readonly EpochResult[];
  }[];
  readonly classes?: readonly string[];
  readonly confusion?: AveragedConfusion;
  /** Each class against all others, over the folds. */
  readonly perClass?: readonly AveragedClassMetrics[];
  /** A number per fold for each thing that was measured. */
  readonly scores: Readonly<Record<string, readonly number[]>>;
  /** Whether the tracks of a fold decided which weights are kept, or when its training ended or slowed down. */
  readonly chosen: boolean;
}

export function foldsResult(
  recipe: Pick<NetworkRecipe, 'stopping' | 'schedule'> | ClassicalRecipe,
  folds: FoldsResult['folds'],
): FoldsResult {
  const classes = folds[0].test.prediction.classes;
  const ofClasses = folds.flatMap(({ test }) => test.classes ?? []);
  const ofExponents = folds.flatMap(({ test }) => test.exponents ?? []);
  return {
    folds,
    chosen:
      !('classifier' in recipe) &&
      (recipe.stopping !== undefined || recipe.schedule?.name === 'plateau'),
    ...(ofClasses.length > 0 && {
      classes,
      confusion: averageConfusion(ofClasses.map(({ confusion }) => confusion)),
      perClass: averageClassMetrics(ofClasses.map(({ perClass }) => perClass)),
    }),
    scores: {
      ...(ofClasses.length > 0 && {
        accuracy: ofClasses.map(({ accuracy }) => accuracy),
        balancedAccuracy: ofClasses.map(({ balancedAccuracy }) => balancedAccuracy),
        mcc: ofClasses.map(({ mcc }) => mcc),
      }),
      ...(ofExponents.length > 0 && {
        mae: ofExponents.map(({ mae }) => mae),
        rmse: ofExponents.map(({ rmse }) => rmse),
        bias: ofExponents.map(({ bias }) => bias),
      }),
    },
  };
}

/** Mean and standard deviation of every score, by its name. */
export function spreadOf(
  scores: FoldsResult['scores'],
): Record<string, { mean: number; deviation: number }> {
  return Object.fromEntries(
    Object.entries(scores).map(([name, values]) => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      return [name, { mean, deviation: Math.sqrt(squares / (values.length - 1)) }];
    }),
  );
}

/** The folds as JSON. */
export const foldsJson = ({
  folds,
  confusion,
  perClass,
  classes,
  scores,
  chosen,
}: FoldsResult) => ({
  count: folds.length,
  chosen,
  ...spreadOf(scores),
  ...(confusion && { classes, confusion }),
  ...(perClass && { perClass }),
  each: folds.map(({ test, history }) => ({
    ...(history && { history }),
    ...test.exponents,
    ...test.classes,
  })),
});

/** The folds for a terminal. */
export function foldsLines(result: FoldsResult): string[] {
  const { folds, confusion, perClass = [], classes = [], scores, chosen } = result;
  const rows = Object.entries(spreadOf(scores)).map(([name, { mean, deviation }]) => [
    name,
    mean.toFixed(4),
    `± ${deviation.toFixed(4)}`,
  ]);
  return [
    `${folds.length} folds, each judged by the model that was trained without it: mean and standard deviation`,
    ...(chosen
      ? [
          'the tracks of a fold chose weights or learning rate of its model: the scores may be too good',
        ]
      : []),
    ...rows.map(([name, mean, spread]) => `  ${name} ${mean} ${spread}`),
    ...(confusion
      ? [
          '',
          'confusion, average over the folds (rows: true, columns: predicted)',
          ...table([
            ['', ...classes],
            ...confusion.shares.map((row, k) => [`  ${classes[k]}`, ...row.map(percent)]),
          ]),
        ]
      : []),
    ...(perClass.length > 0
      ? [
          '',
          'each class against all others, average over the folds (harmonic mean: of TPR and TNR)',
          ...table([
            ['', 'TPR', 'TNR', 'PPV', 'NPV', 'F1', 'harmonic mean'],
            ...perClass.map((one) => [
              `  ${one.label}`,
              ...[one.recall, one.specificity, one.precision, one.npv].map(({ mean }) =>
                percent(mean),
              ),
              ...[one.f1, one.f1TprTnr].map(({ mean }) =>
                Number.isFinite(mean) ? mean.toFixed(3) : '–',
              ),
            ]),
          ]),
        ]
      : []),
    '',
  ];
}
