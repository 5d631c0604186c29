import {
  type ClassificationMetrics,
  classificationMetrics,
  type RegressionMetrics,
  regressionMetrics,
} from '@diffusion/eval';
import type { Prediction, TrackModel } from '@diffusion/models';
import type { Tracks } from '@diffusion/tracks';
import { targets } from '@diffusion/train';
import { predictSlices } from '../predict-slices.ts';

/** How a model does on labelled tracks that it has never seen. */
export interface Judgement {
  readonly prediction: Prediction;
  readonly classes?: ClassificationMetrics;
  readonly exponents?: RegressionMetrics;
}

export async function judge(model: TrackModel, tracks: Tracks): Promise<Judgement> {
  const prediction = await predictSlices(model, tracks);
  const { codes, exponents } = targets(tracks, model.card.output);
  if (codes && prediction.classes && prediction.codes) {
    return {
      prediction,
      classes: classificationMetrics({
        actual: codes,
        predicted: prediction.codes,
        classes: prediction.classes,
        probabilities: prediction.probabilities,
      }),
    };
  }
  return {
    prediction,
    exponents: regressionMetrics({ actual: exponents!, predicted: prediction.values! }),
  };
}
