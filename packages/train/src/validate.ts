import type { Encoder, Output } from '@diffusion/models';
import {
  networkAnswers,
  placeOfExponent,
  pointAnswers,
  widthOf,
} from '@diffusion/models/inference';
import { mostProbable, type Tracks } from '@diffusion/tracks';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type Scores, scoresOf } from './loss.ts';
import { exponentWeightOf } from './losses/batch-loss.ts';
import { classLosses } from './losses/class-losses.ts';
import { exponentLosses } from './losses/exponent-losses.ts';
import type { LossRecipe } from './losses/loss-recipe.ts';
import { pointLossOf } from './losses/point-loss.ts';
import { type Targets, targets } from './targets.ts';

export interface ValidateOptions {
  /** That of the recipe; what a recipe without one has if left out. */
  readonly loss?: LossRecipe;
  /** Tracks per call of the network, 128 if left out. */
  readonly batchSize?: number;
}

/**
 * Loss and scores of a network on labelled tracks of any lengths that the encoder takes, in inference mode, and without
 * what a recipe does to learn alone: label smoothing, class weights, selection.
 */
export async function validate(
  network: LayersModel,
  encoder: Encoder,
  output: Output,
  tracks: Tracks,
  { loss = {}, batchSize }: ValidateOptions = {},
): Promise<{ loss: number } & Scores> {
  const all = Array.from({ length: tracks.count }, (_, i) => i);
  const wanted = targets(tracks, output, encoder);
  if (wanted.points && output.kind === 'points') {
    const answers = await pointAnswers(network, encoder, tracks, all, batchSize);
    const value = pointLossOf(answers, wanted.points, output.classes.length, loss);
    return { loss: value, ...scoresOf(answers, wanted, output) };
  }
  const answers = await networkAnswers(network, encoder, tracks, all, batchSize);
  return {
    loss: lossOfAnswers(answers, wanted, output, loss),
    ...scoresOf(answers, wanted, output),
    ...(wanted.codes &&
      (output.kind === 'classes' || output.kind === 'both') && {
        confusion: confusionOf(answers, widthOf(output), wanted.codes, output.classes.length),
      }),
  };
}

/** Tracks by true class (row) and answer (column). */
function confusionOf(
  answers: Float32Array,
  stride: number,
  codes: Int32Array,
  classes: number,
): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const given = mostProbable(answers, stride, classes);
  for (let i = 0; i < codes.length; i++) counts[codes[i]][given[i]]++;
  return counts;
}

/** The loss of answers, a row for each of what was judged, as a validation sees it. */
export function lossOfAnswers(
  answers: Float32Array,
  { codes, exponents }: Targets,
  output: Output,
  loss: LossRecipe = {},
): number {
  const stride = widthOf(output);
  const place = placeOfExponent(output);
  const all = Array.from({ length: answers.length / stride }, (_, i) => i);
  const mean = (ofTrack: (row: number) => number): number =>
    all.reduce((sum, i) => sum + ofTrack(i), 0) / all.length;
  let total = 0;
  if (codes && (output.kind === 'classes' || output.kind === 'both')) {
    const { ofTrack } = classLosses[loss.classes ?? 'cross-entropy'];
    const { length } = output.classes;
    const given = (i: number) => answers.subarray(i * stride, i * stride + length);
    total += mean((i) => ofTrack(given(i), codes[i], loss));
  }
  if (exponents) {
    const { ofTrack } = exponentLosses[loss.exponent ?? 'mae'];
    const given = (i: number) => answers.subarray(i * stride + place, (i + 1) * stride);
    total +=
      exponentWeightOf(output, loss) *
      mean((i) => (Number.isNaN(exponents[i]) ? 0 : ofTrack(given(i), exponents[i], loss)));
  }
  return total;
}
