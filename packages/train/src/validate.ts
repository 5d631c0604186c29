import {
  applyNetwork,
  type Encoder,
  networkBatches,
  type Output,
  widthOf,
} from '@diffusion/models';
import type { Tracks } from '@diffusion/tracks';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { exponentWeightOf, type LossRecipe, type Scores, scoresOf } from './loss.ts';
import { type Targets, targets } from './targets.ts';

export interface ValidateOptions extends Pick<LossRecipe, 'exponentWeight'> {
  readonly batchSize?: number;
}

/**
 * Loss and scores of a network on labelled tracks of any lengths that the encoder takes, in inference mode and without
 * label smoothing.
 *
 * @param options.exponentWeight of the recipe: the weight of the exponents in the loss.
 * @param options.batchSize tracks per call of the network, 128 if left out.
 */
export async function validate(
  network: LayersModel,
  encoder: Encoder,
  output: Output,
  tracks: Tracks,
  { exponentWeight, batchSize = 128 }: ValidateOptions = {},
): Promise<{ loss: number } & Scores> {
  const wanted = targets(tracks, output);
  const width = widthOf(output);
  const answers = new Float32Array(tracks.count * width);
  const all = Array.from({ length: tracks.count }, (_, i) => i);
  for (const rows of networkBatches(encoder, tracks, all, batchSize)) {
    const out = await applyNetwork(network, encoder, tracks, rows);
    for (const [r, row] of rows.entries())
      answers.set(out.subarray(r * width, (r + 1) * width), row * width);
    // A turn of the event loop, so that a page stays alive.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  const scores = scoresOf(answers, wanted, output);
  const weight = exponentWeightOf(output, { labelSmoothing: 0, exponentWeight });
  const errors = scores.mae ?? (wanted.codes ? 0 : scores.score);
  return { loss: crossEntropy(answers, width, wanted) + weight * errors, ...scores };
}

/** Mean −ln p of the right class; 0 without classes. */
function crossEntropy(answers: Float32Array, width: number, { codes }: Targets): number {
  if (!codes) return 0;
  let sum = 0;
  for (let i = 0; i < codes.length; i++) {
    sum -= Math.log(Math.max(1e-7, answers[i * width + codes[i]]));
  }
  return sum / codes.length;
}
