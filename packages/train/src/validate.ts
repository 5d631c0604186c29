import type { Encoder, Output } from '@diffusion/models';
import { networkAnswers, widthOf } from '@diffusion/models/inference';
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
  { exponentWeight, batchSize }: ValidateOptions = {},
): Promise<{ loss: number } & Scores> {
  const wanted = targets(tracks, output);
  const all = Array.from({ length: tracks.count }, (_, i) => i);
  const answers = await networkAnswers(network, encoder, tracks, all, batchSize);
  const scores = scoresOf(answers, wanted, output);
  const weight = exponentWeightOf(output, { labelSmoothing: 0, exponentWeight });
  const errors = scores.mae ?? (wanted.codes ? 0 : scores.score);
  return { loss: crossEntropy(answers, widthOf(output), wanted) + weight * errors, ...scores };
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
