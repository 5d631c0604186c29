import { convolve1d } from '@diffusion/backends';
import * as tf from '@tensorflow/tfjs-core';
import { denseOf, weightsOf } from '../network/forward.ts';
import type { Layer } from '../network/graph.ts';
import type { WeightedSum } from './rules.ts';

type Config = Readonly<Record<string, unknown>>;

/** How the kernel of a layer with weights is applied, by the layer's class. */
const APPLY: Readonly<Record<string, (config: Config) => WeightedSum['apply']>> = {
  Dense: () => (x, kernel) => denseOf(x, kernel),
  Conv1D: alongTime,
  DilatedConv1D: alongTime,
  ReachingConv1D: (config) => {
    const apply = alongTime(config);
    const [dilation] = config.dilationRate as number[];
    return (x, kernel) => {
      if (dilation < x.shape[1]!) return apply(x, kernel);
      // The outer taps lie outside the track.
      const [, channels, filters] = kernel.shape;
      const centre = tf.slice(kernel, [1, 0, 0], [1, channels, filters]);
      return convolve1d(x as tf.Tensor3D, centre as tf.Tensor3D, { padding: 0 });
    };
  },
  PaddedConv1D:
    ({ strides, kernelSize }) =>
    (x, kernel) =>
      convolve1d(x as tf.Tensor3D, kernel as tf.Tensor3D, {
        stride: strides as number,
        padding: Math.floor((kernelSize as number) / 2),
      }),
  Conv2D:
    ({ strides, padding, dilationRate }) =>
    (x, kernel) =>
      tf.conv2d(
        x as tf.Tensor4D,
        kernel as tf.Tensor4D,
        strides as [number, number],
        padding as 'same' | 'valid',
        'NHWC',
        (dilationRate as [number, number] | undefined) ?? 1,
      ),
  PaddedConv2D:
    ({ strides, kernelSize }) =>
    (x, kernel) => {
      const side = Math.floor((kernelSize as number) / 2);
      const padded = tf.pad(x as tf.Tensor4D, [
        [0, 0],
        [side, side],
        [side, side],
        [0, 0],
      ]);
      return tf.conv2d(padded, kernel as tf.Tensor4D, strides as number, 'valid');
    },
};

function alongTime({ strides, dilationRate, padding }: Config): WeightedSum['apply'] {
  const [stride] = strides as number[];
  const [dilation] = dilationRate as number[];
  return (x, kernel) =>
    convolve1d(x as tf.Tensor3D, kernel as tf.Tensor3D, {
      stride,
      dilation,
      padding: padding as 'same' | 'valid' | 'causal',
    });
}

/** Whether a layer is a weighted sum of its input and a bias, but for its activation. */
export const isWeightedSum = (kind: string): boolean => Object.hasOwn(APPLY, kind);

/** What a batch normalisation multiplies by and adds, per channel. */
export function scaleAndShift(normalisation: Layer): { scale: tf.Tensor; shift: tf.Tensor } {
  const { gamma, beta, moving_mean: mean, moving_variance: variance } = weightsOf(normalisation);
  const inverse = tf.rsqrt(tf.add(variance, normalisation.getConfig().epsilon as number));
  const scale = gamma ? tf.mul(gamma, inverse) : inverse;
  const moved = tf.mul(tf.neg(mean), scale);
  return { scale, shift: beta ? tf.add(moved, beta) : moved };
}

/**
 * A layer as a weighted sum, the batch normalisation behind it and the number that it is multiplied by in its weights.
 *
 * @param normalisation the one that takes the layer's result and is folded into it, where there is one.
 */
export function weightedSumOf(kind: string, layer: Layer, normalisation?: Layer): WeightedSum {
  const weights = weightsOf(layer);
  const { scale: learned } = weights;
  let kernel = weights.kernel;
  let bias: tf.Tensor | undefined = weights.bias;
  if (learned) {
    kernel = tf.mul(kernel, learned);
    bias = bias && tf.mul(bias, learned);
  }
  if (normalisation) {
    const { scale, shift } = scaleAndShift(normalisation);
    kernel = tf.mul(kernel, scale);
    bias = bias ? tf.add(tf.mul(bias, scale), shift) : shift;
  }
  return { kernel, bias, apply: APPLY[kind](layer.getConfig()) };
}
