import { mul, slice, type Tensor } from '@tensorflow/tfjs-core';
import {
  type Application,
  refuseChannelsFirst,
  type Translation,
  withActivation,
} from './application.ts';
import type { Value } from './graph.ts';
import type { Attribute } from './model-bytes.ts';

/** Zeros on both sides of every axis. */
const pads = (before: readonly number[], after: readonly number[]): Record<string, Attribute> => ({
  pads: [...before, ...after],
});

/** A kernel [taps…, inputs, outputs] goes over a value with its channels second: ONNX has [outputs, inputs, taps…]. */
function convolved(
  application: Application,
  kernel: string,
  bias: string | undefined,
  attributes: Readonly<Record<string, Attribute>>,
): Value {
  const { graph, inputs } = application;
  const x = graph.channelsSecond(inputs[0]);
  const y = graph.add('Conv', [x, kernel, ...(bias === undefined ? [] : [bias])], { attributes });
  return withActivation(application, y);
}

/** [taps…, inputs, outputs] → [outputs, inputs, taps…] */
const kernelOrder = (rank: number): number[] => [
  rank - 1,
  rank - 2,
  ...Array.from({ length: rank - 2 }, (_, axis) => axis),
];

/** `Conv1D`, `Conv2D` of tfjs and `DilatedConv1D`. */
export const convolution: Translation = (application) => {
  const { config, weights, weight } = application;
  refuseChannelsFirst(application);
  const strides = config.strides as number[];
  const dilations = config.dilationRate as number[];
  const { kernel } = weights;
  const rank = kernel.shape.length;
  const taps = kernel.shape.slice(0, -2);
  const reach = taps.map((n, axis) => (n - 1) * (dilations[axis] ?? 1));
  const none = reach.map(() => 0);
  const half = reach.map((n) => Math.floor(n / 2));
  const padding = {
    valid: pads(none, none),
    causal: pads(reach, none),
    // What a stride leaves over depends on the length, which ONNX Runtime knows.
    same: strides.every((n) => n === 1)
      ? pads(
          half,
          reach.map((n, axis) => n - half[axis]),
        )
      : { auto_pad: 'SAME_UPPER' },
  }[config.padding as 'valid' | 'causal' | 'same'];
  return convolved(
    application,
    weight('kernel', kernelOrder(rank)),
    weights.bias && weight('bias'),
    { strides, dilations: taps.map((_, axis) => dilations[axis] ?? 1), ...padding },
  );
};

/** `PaddedConv1D` and `PaddedConv2D`: the learned number is multiplied into kernel and bias. */
export const paddedConvolution: Translation = (application) => {
  const { graph, config, weights, named } = application;
  const scaled = (tensor: Tensor) => (weights.scale ? mul(tensor, weights.scale) : tensor);
  const rank = weights.kernel.shape.length;
  const taps = weights.kernel.shape.slice(0, -2);
  const side = taps.map((n) => Math.floor(n / 2));
  return convolved(
    application,
    graph.weight(named('kernel'), scaled(weights.kernel), kernelOrder(rank)),
    graph.weight(named('bias'), scaled(weights.bias)),
    { strides: taps.map(() => config.strides as number), ...pads(side, side) },
  );
};

/** `ReachingConv1D`: where every track is known to be too short for the outer taps, they are left out here, too. */
export const reachingConvolution: Translation = (application) => {
  const { graph, config, shapes, weights, weight, named } = application;
  const [, length] = shapes[0];
  if (length === null || (config.dilationRate as number[])[0] < length) {
    return convolution(application);
  }
  const [, channels, filters] = weights.kernel.shape;
  const centre = slice(weights.kernel, [1, 0, 0], [1, channels, filters]);
  return convolved(
    application,
    graph.weight(named('kernel'), centre, kernelOrder(3)),
    weight('bias'),
    {},
  );
};
