import {
  abs,
  div,
  equal,
  max,
  mean,
  onesLike,
  slice,
  sqrt,
  square,
  sub,
  type Tensor2D,
  type Tensor3D,
  tidy,
  where,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { OptionError } from '../options.ts';
import { answerOfCrops, correctedExponents, cropStarts, halvesOf, meanOf } from './bank-parts.ts';

/**
 * The 43 lengths that Li, Yao & Huang 2021 trained a network for (Table 1). The table as printed has 42 different lengths in
 * 44 places, 105 and 250 twice: the second 105, which stands before 115, is taken for 110, and one of the 250 for a slip.
 * So 110 is inferred.
 */
export const wadnetLengths: readonly number[] = [
  10, 15, 20, 25, 30, 40, 45, 50, 55, 60, 70, 80, 90, 100, 105, 110, 115, 120, 125, 150, 175, 200,
  225, 250, 275, 300, 325, 350, 375, 400, 425, 450, 475, 500, 550, 600, 650, 700, 750, 800, 850,
  900, 950,
];

/** What the paper multiplies exponents by, for each dimension. */
export const wadnetCorrection = { 1: 1.011, 2: 1.0129, 3: 1.0083 } as const;

/** Several networks, each for tracks of one length, that answer for every length. */
export interface WadnetBank {
  /** The lengths that there are networks for, ascending. */
  readonly lengths: readonly number[];
  /**
   * Exponents [batch, 1] or class probabilities [batch, classes] of tracks of one length, positions
   * [batch, length, dim] in any unit. Throws {@link OptionError} for tracks shorter than the shortest length.
   */
  predict(positions: Tensor3D): Tensor2D;
}

/**
 * The paper's way to answer for tracks of every length with networks for some: a track is cropped to the nearest
 * shorter length from its beginning and from its end, each crop is brought to mean 0 and deviation 1 per coordinate,
 * and the output follows from the mean of the two feature vectors. The answers of several networks of one length, the
 * folds of a cross-validation, are averaged. Exponents are multiplied by a correction and cut to [0.05, 2].
 *
 * `bankModel` is the same as a model that is saved and loaded, judges tracks and stands in workers.
 *
 * @param models for each length one network or more, all made by `wadnet` for the same task and dimension.
 * @param correction factor of the exponents, such as {@link wadnetCorrection}; default 1.
 * Throws {@link OptionError} when there is no model.
 *
 * @example
 * const bank = wadnetBank(new Map([[10, [small]], [100, [foldA, foldB]]]));
 * bank.predict(positions); // networks of length 100 for tracks of 130 points
 */
export function wadnetBank(
  models: ReadonlyMap<number, readonly LayersModel[]>,
  { correction = 1 }: { readonly correction?: number } = {},
): WadnetBank {
  const lengths = [...models.keys()].sort((a, b) => a - b);
  const [any] = models.get(lengths[0]) ?? [];
  if (!any) throw new OptionError('models is empty: expected at least one network of one length');
  const isExponent = any.layers[any.layers.length - 1].name === 'exponent';
  const parts = new Map(
    lengths.map((length) => [length, (models.get(length) as LayersModel[]).map(halvesOf)]),
  );
  return {
    lengths,
    predict: (positions) =>
      tidy(() => {
        const [batch, points, dim] = positions.shape;
        const length = lengths.filter((n) => n <= points).pop();
        if (length === undefined) {
          throw new OptionError(
            `tracks have ${points} points: the shortest network of the bank is for ${lengths[0]}`,
          );
        }
        const crops = cropStarts(points, length).map((from) =>
          standardized(slice(positions, [0, from, 0], [batch, length, dim])),
        );
        const answers = parts.get(length)!.map((halves) => answerOfCrops(halves, crops));
        const answer = meanOf(answers);
        return (isExponent ? correctedExponents(answer, correction) : answer) as Tensor2D;
      }),
  };
}

/**
 * Mean 0 and deviation 1 along time; a coordinate that never changes becomes 0. The largest deviation is divided by before
 * anything is squared: the squares of 10²⁵ are more than single precision holds.
 */
function standardized(x: Tensor3D): Tensor3D {
  const deviation = sub(x, mean(x, 1, true));
  const largest = max(abs(deviation), 1, true);
  const unit = div(deviation, where(equal(largest, 0), onesLike(largest), largest));
  const std = sqrt(mean(square(unit), 1, true));
  return div(unit, where(equal(std, 0), onesLike(std), std));
}
