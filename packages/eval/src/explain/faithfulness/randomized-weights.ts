import { keyedRandom } from '@diffusion/random';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { EvaluationError } from '../../errors.ts';

/**
 * Runs something with the weights of a network shuffled, and puts them back: every kernel has its own numbers in a random
 * order, so that their law is that of the trained network and what was learnt is gone (Adebayo et al. 2018, Sanity checks for saliency maps).
 * An explanation that stays as it was does not explain the network.
 *
 * Throws {@link EvaluationError} for an option that is out of its range.
 *
 * @param network its weights are as before once the promise is settled.
 * @param work what is done while they are shuffled.
 * @param options.layers shuffles the last layers with weights alone, so many of them; all unless told.
 * @param options.seed any safe integer; 1 unless told.
 *
 * @example
 * const after = await withShuffledWeights(model.network, () => explainTracks(tracks, model, { method: 'lrp' }));
 * mapAgreement(tracks, [before.points, after.points]).correlation // near 0
 */
export async function withShuffledWeights<Result>(
  network: LayersModel,
  work: () => Promise<Result>,
  { layers, seed = 1 }: { readonly layers?: number; readonly seed?: number } = {},
): Promise<Result> {
  if (layers !== undefined && !(Number.isInteger(layers) && layers >= 1)) {
    throw new EvaluationError(`layers is ${layers}: expected an integer of at least 1`);
  }
  const weighted = network.layers.filter((layer) => layer.weights.length > 0);
  const shuffled = weighted.slice(layers === undefined ? 0 : -layers);
  // Copies: the tensors that a layer gives out are those that it holds.
  const before = shuffled.map((layer) => layer.getWeights().map((each) => tf.clone(each)));
  try {
    for (const [l, layer] of shuffled.entries()) {
      const anew = before[l].map((weight, w) => {
        const values = Float32Array.from(weight.dataSync());
        const random = keyedRandom(seed, 'occlusion', 2, l, w);
        for (let i = values.length - 1; i > 0; i--) {
          const j = random.integerBelow(i + 1);
          [values[i], values[j]] = [values[j], values[i]];
        }
        return tf.tensor(values, weight.shape);
      });
      layer.setWeights(anew);
      tf.dispose(anew);
    }
    return await work();
  } finally {
    for (const [l, layer] of shuffled.entries()) layer.setWeights(before[l]);
    tf.dispose(before);
  }
}
