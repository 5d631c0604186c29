import {
  type ClassificationMetrics,
  classificationMetrics,
  type RegressionMetrics,
  regressionMetrics,
} from '@diffusion/eval';
import type { Output, TrackModel } from '@diffusion/models';
import type { Prediction, Tracks } from '@diffusion/tracks';
import { targets, type ValidateOptions, validate } from '@diffusion/train';
import { predictTracks } from '../predict-tracks.ts';

/** How a model does on labelled tracks that it has never seen. */
export interface TestResult {
  readonly prediction: Prediction;
  /** Absent without classes. */
  readonly classes?: ClassificationMetrics;
  /** Absent without exponents. */
  readonly exponents?: RegressionMetrics;
  /** Of a network that answers for every point, which predicts nothing of the tracks as a whole. */
  readonly points?: PointMetrics;
}

/** Share of the points whose state is right, mean absolute error of their α, and the loss. */
export interface PointMetrics {
  readonly pointAccuracy: number;
  readonly pointMae: number;
  readonly loss: number;
}

/** Lets a model judge labelled tracks and measures how well it does. */
export async function testModel(
  model: TrackModel,
  output: Output,
  tracks: Tracks,
  workers = 1,
): Promise<TestResult> {
  if (output.kind === 'points' && model.kind === 'network') {
    const { recipe } = model.card;
    const {
      loss,
      score,
      mae = Number.NaN,
    } = await validate(model.network, model.encoder, output, tracks, {
      loss: (recipe.loss ?? {}) as ValidateOptions['loss'],
    });
    const points = { pointAccuracy: score, pointMae: mae, loss };
    return { prediction: { count: tracks.count, reasons: [] }, points };
  }
  const prediction = await predictTracks(model, tracks, workers);
  const actual = targets(tracks, output);
  const { classes, codes: predicted, probabilities, sets, values } = prediction;
  return {
    prediction,
    ...(actual.codes &&
      classes &&
      predicted && {
        classes: classificationMetrics({
          actual: actual.codes,
          predicted,
          classes,
          probabilities,
          ...(sets && { sets }),
        }),
      }),
    ...(actual.exponents &&
      values && {
        exponents: regressionMetrics({
          actual: actual.exponents,
          predicted: values,
          rows: withExponent(actual.exponents),
        }),
      }),
  };
}

/** The tracks that have an exponent. */
const withExponent = (exponents: Float64Array): number[] =>
  Array.from(exponents.keys()).filter((i) => !Number.isNaN(exponents[i]));
