import { ModelError } from './errors.ts';
import { type Prediction, predictionOf, widthOf } from './prediction.ts';
import type { TrackModel } from './track-model.ts';

/** Several models that answer as one. */
export interface Ensemble extends Pick<TrackModel, 'predict' | 'dispose'> {
  readonly models: readonly TrackModel[];
}

/**
 * Averages the probabilities and exponents of models that answer the same question: the networks of a K-fold
 * cross-validation, of several seeds, or of different kinds. A track is judged where every model judges it; else it
 * has the reason of the first that does not.
 *
 * Throws {@link ModelError} when there is no model or they differ in their classes or in what they answer.
 *
 * @example
 * const folds = ensemble(await Promise.all(['fold1', 'fold2', 'fold3'].map((folder) => loadModel(folder))));
 * const { labels } = await folds.predict(tracks);
 */
export function ensemble(models: readonly TrackModel[]): Ensemble {
  if (models.length === 0) throw new ModelError('models is empty: expected at least one model');
  const [{ output }] = models.map(({ card }) => card);
  const asText = (of: typeof output) =>
    [...(of.kind === 'exponent' ? [] : of.classes), ...(of.kind === 'classes' ? [] : ['α'])].join();
  models.forEach(({ card }, i) => {
    if (asText(card.output) !== asText(output)) {
      throw new ModelError(
        `models[${i}] answers ${asText(card.output)}: expected ${asText(output)} as models[0]`,
      );
    }
  });
  const stride = widthOf(output);
  const classes = output.kind === 'exponent' ? 0 : output.classes.length;
  return {
    models,
    dispose: () => {
      for (const model of models) model.dispose();
    },
    async predict(tracks, { batchSize, onProgress } = {}) {
      const answers = new Float32Array(tracks.count * stride);
      const parts: Prediction[] = [];
      for (const model of models) {
        const part = await model.predict(tracks, {
          ...(batchSize && { batchSize }),
          onProgress: (done) => onProgress?.((parts.length * tracks.count + done) / models.length),
        });
        for (let i = 0; i < tracks.count; i++) {
          for (let k = 0; k < classes; k++) {
            answers[i * stride + k] += part.probabilities![i * classes + k] / models.length;
          }
          if (part.values) answers[i * stride + classes] += part.values[i] / models.length;
        }
        parts.push(part);
      }
      const reasons = parts[0].reasons.map(
        (_, i) => parts.find(({ reasons }) => reasons[i] !== '')?.reasons[i] ?? '',
      );
      return predictionOf(output, answers, reasons);
    },
  };
}
