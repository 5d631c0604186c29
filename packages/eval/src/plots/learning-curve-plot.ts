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
  /** Mean absolute error of the exponents. */
  readonly mae?: number;
  readonly validationMae?: number;
  readonly learningRate?: number;
}

/**
 * Loss and, where they were recorded, accuracy, error of the exponents and learning rate against the epoch, on the training
 * tracks (dashed) and on the validation tracks (solid).
 *
 * Throws {@link EvaluationError} when the history holds no number to draw.
 *
 * @example
 * learningCurvePlot([{ epoch: 1, loss: 1.2, validationLoss: 1.1, accuracy: 0.5, validationAccuracy: 0.6 }])
 */
export function learningCurvePlot(history: readonly EpochRecord[]): PlotSpec {
  const upper = [
    panel(history, 'loss', { training: 'loss', validation: 'validationLoss' }),
    panel(history, 'accuracy', { training: 'accuracy', validation: 'validationAccuracy' }),
    panel(history, 'error of α', { training: 'mae', validation: 'validationMae' }),
  ].filter(({ values }) => values.length > 0);
  // One legend for all of them.
  const sets = ['training', 'validation'].filter((set) =>
    upper.some(({ values }) => values.some((one) => one.set === set)),
  );
  const panels = upper.map((each) => drawn(each, sets));
  const rate = panel(history, 'learning rate', { 'learning rate': 'learningRate' });
  const rates = rate.values.length > 0 ? drawn(rate, ['learning rate']) : undefined;
  if (panels.length === 0) {
    throw new EvaluationError(
      'history has no loss and no accuracy: expected at least one epoch of one',
    );
  }
  return plotSpec(
    'Loss and accuracy per epoch, training and validation',
    rates
      ? {
          // The legend belongs to the upper pictures.
          vconcat: [{ vconcat: panels }, rates],
          resolve: { scale: { color: 'independent', strokeDash: 'independent' } },
        }
      : { vconcat: panels },
  );
}

type Key = Exclude<keyof EpochRecord, 'epoch'>;

/** How the lines look, by what they show. */
const lines: Readonly<Record<string, { readonly color: string; readonly dash: number[] }>> = {
  training: { color: '#d55e00', dash: [5, 4] },
  validation: { color: '#0072b2', dash: [1, 0] },
  'learning rate': { color: '#009e73', dash: [1, 0] },
};

/** What a picture shows: points of lines that have names. */
interface Panel {
  readonly title: string;
  readonly values: readonly {
    readonly epoch: number;
    readonly set: string;
    readonly value: number;
  }[];
}

/** Some lines by their names; without points where nothing was recorded. */
function panel(
  history: readonly EpochRecord[],
  title: string,
  keys: { readonly [name: string]: Key },
): Panel {
  const values = Object.entries(keys).flatMap(([set, key]) =>
    history.flatMap((record) => {
      const value = record[key];
      return value !== undefined && Number.isFinite(value)
        ? [{ epoch: record.epoch, set, value }]
        : [];
    }),
  );
  return { title, values };
}

/** @param sets the lines that the legend has. */
function drawn({ title, values }: Panel, sets: readonly string[]) {
  const dashes = sets.map((set) => lines[set].dash);
  const colors = sets.map((set) => lines[set].color);
  const last = values.reduce((most, one) => Math.max(most, one.epoch), 1);
  const accuracy = title === 'accuracy';
  const rate = title === 'learning rate';
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
        axis: { tickCount: 5, ...(accuracy && { format: '.0%' }), ...(rate && { format: '~g' }) },
      },
      color: {
        field: 'set',
        type: 'nominal',
        title: null,
        legend: rate ? null : { symbolType: 'stroke' },
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
