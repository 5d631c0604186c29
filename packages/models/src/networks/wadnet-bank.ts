import {
  add,
  clipByValue,
  div,
  maximum,
  mean,
  mul,
  slice,
  sqrt,
  square,
  sub,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tidy,
} from '@tensorflow/tfjs-core';
import { type LayersModel, model } from '@tensorflow/tfjs-layers';
import { OptionError } from '../options.ts';

/** The 43 lengths that Li, Yao & Huang 2021 trained a network for (Table 1). */
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
    lengths.map((length) => [length, (models.get(length) as LayersModel[]).map(halves)]),
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
        const starts = points === length ? [0] : [0, points - length];
        const crops = starts.map((from) =>
          standardized(slice(positions, [0, from, 0], [batch, length, dim])),
        );
        const answers = (parts.get(length) as Halves[]).map(({ features, head }) => {
          const vectors = crops.map((crop) => features.predict(crop) as Tensor);
          return head.apply(average(vectors)) as Tensor;
        });
        const answer = average(answers) as Tensor2D;
        return isExponent ? clipByValue(mul(answer, correction), 0.05, 2) : answer;
      }),
  };
}

interface Halves {
  readonly features: LayersModel;
  readonly head: LayersModel['layers'][number];
}

/** The network up to its feature vector, and its last layer; they share its weights. */
function halves(network: LayersModel): Halves {
  const outputs = network.getLayer('features').output;
  return {
    features: model({ inputs: network.inputs, outputs }),
    head: network.layers[network.layers.length - 1],
  };
}

function average(values: readonly Tensor[]): Tensor {
  return div(
    values.reduce((sum, value) => add(sum, value)),
    values.length,
  );
}

/** Mean 0 and deviation 1 along time; a coordinate that never changes becomes 0. */
function standardized(x: Tensor3D): Tensor3D {
  const deviation = sub(x, mean(x, 1, true));
  const std = sqrt(mean(square(deviation), 1, true));
  return div(deviation, maximum(std, 1e-30));
}
