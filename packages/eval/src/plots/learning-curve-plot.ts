import { EvaluationError } from '../errors.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/** What training recorded after one epoch; what was not measured is absent or NaN. */
export interface EpochRecord {
  /** From 1. */
  readonly epoch: number;
  readonly loss?: number;
  readonly validationLoss?: number;
  readonly accuracy?: number;
  readonly validationAccuracy?: number;
}

/**
 * Loss and, where it was recorded, accuracy against the epoch, on the training tracks (dashed) and on the validation
 * tracks (solid).
 *
 * Throws {@link EvaluationError} when the history holds no number to draw.
 *
 * @example
 * learningCurvePlot([{ epoch: 1, loss: 1.2, validationLoss: 1.1, accuracy: 0.5, validationAccuracy: 0.6 }])
 */
export function learningCurvePlot(history: readonly EpochRecord[]): PlotSpec {
  const panels = [
    panel(history, 'loss', 'loss', 'validationLoss'),
    panel(history, 'accuracy', 'accuracy', 'validationAccuracy'),
  ].filter((one) => one !== undefined);
  if (panels.length === 0) {
    throw new EvaluationError(
      'history has no loss and no accuracy: expected at least one epoch of one',
    );
  }
  return plotSpec('Loss and accuracy per epoch, training and validation', { vconcat: panels });
}

function panel(
  history: readonly EpochRecord[],
  title: string,
  training: 'loss' | 'accuracy',
  validation: 'validationLoss' | 'validationAccuracy',
) {
  const series = [
    ['training', training],
    ['validation', validation],
  ] as const;
  const values = series.flatMap(([set, key]) =>
    history.flatMap((record) => {
      const value = record[key];
      return value !== undefined && Number.isFinite(value)
        ? [{ epoch: record.epoch, set, value }]
        : [];
    }),
  );
  if (values.length === 0) return undefined;
  const sets = series.map(([set]) => set).filter((set) => values.some((one) => one.set === set));
  const dashes = sets.map((set) => (set === 'training' ? [5, 4] : [1, 0]));
  const colors = sets.map((set) => (set === 'training' ? '#d55e00' : '#0072b2'));
  const last = values.reduce((most, one) => Math.max(most, one.epoch), 1);
  const accuracy = training === 'accuracy';
  return {
    width: 320,
    height: 130,
    data: { values },
    mark: { type: 'line', strokeWidth: 2, point: { size: 24, filled: true } },
    encoding: {
      x: {
        field: 'epoch',
        type: 'quantitative',
        title: 'epoch',
        scale: { domain: last === 1 ? [0, 2] : [1, last], nice: false },
        axis: { tickCount: Math.min(last, 6), tickMinStep: 1, format: 'd' },
      },
      y: {
        field: 'value',
        type: 'quantitative',
        title,
        scale: { zero: false },
        axis: { tickCount: 5, ...(accuracy && { format: '.0%' }) },
      },
      color: {
        field: 'set',
        type: 'nominal',
        title: null,
        legend: { symbolType: 'stroke' },
        scale: { domain: sets, range: colors },
      },
      strokeDash: {
        field: 'set',
        type: 'nominal',
        title: null,
        scale: { domain: sets, range: dashes },
      },
    },
  };
}
