import { type Application, refuseChannelsFirst, type Translation } from './application.ts';
import { axesOfRank, type Value } from './graph.ts';
import type { Attribute } from './model-bytes.ts';

/** A pooling over all axes but the first two. */
function pooled(
  { graph, inputs: [x] }: Application,
  type: string,
  attributes: Readonly<Record<string, Attribute>>,
): Value {
  return graph.add(type, [graph.channelsSecond(x)], { attributes });
}

const perAxis = ({ inputs: [x] }: Application, n: number): number[] =>
  Array.from({ length: x.axes.length - 2 }, () => n);

/** `MaxPooling1D` and its like of tfjs; where one pads, what is padded does not count. */
export const stockPooling =
  (type: 'MaxPool' | 'AveragePool'): Translation =>
  (application) => {
    const { config } = application;
    refuseChannelsFirst(application);
    return pooled(application, type, {
      kernel_shape: config.poolSize as number[],
      strides: config.strides as number[],
      auto_pad: config.padding === 'same' ? 'SAME_UPPER' : 'VALID',
    });
  };

/** `PaddedMaxPooling`: windows of 3 every 2 points, a point of −∞ on both sides. */
export const paddedMaxPooling: Translation = (application) =>
  pooled(application, 'MaxPool', {
    kernel_shape: perAxis(application, 3),
    strides: perAxis(application, 2),
    pads: perAxis(application, 1).flatMap((n) => [n, n]),
  });

/**
 * `CeilAveragePooling`: pairs, of which the last may be one point that stays as it is. Padding at the end that does not
 * count, as ONNX Runtime has it; its `ceil_mode` did count in older versions.
 */
export const ceilAveragePooling: Translation = (application) =>
  pooled(application, 'AveragePool', {
    kernel_shape: perAxis(application, 2),
    strides: perAxis(application, 2),
    auto_pad: 'SAME_UPPER',
    count_include_pad: 0,
  });

/** The places of all axes but batch and channels, wherever they are. */
const axesOverTime = ({ axes }: Value): number[] =>
  [...axes].flatMap((axis, place) => (axis === 'b' || axis === 'c' ? [] : [place]));

/** One number per channel, `GlobalAveragePooling1D` and its like. */
export const globalPooling =
  (type: 'ReduceMean' | 'ReduceMax'): Translation =>
  (application) => {
    const {
      graph,
      inputs: [x],
    } = application;
    refuseChannelsFirst(application);
    const attributes = { axes: axesOverTime(x), keepdims: 0 };
    return graph.add(type, [x], { attributes, axes: axesOfRank(2) });
  };

/** Added to the variance before the root, as `timeStatistics` of `@diffusion/backends` does. */
const epsilon = 1e-5;

/** `TimeStatistics`: mean, maximum and standard deviation of every channel, side by side. */
export const timeStatistics: Translation = ({ graph, inputs: [x], named }) => {
  const over = axesOverTime(x);
  const reduced = (type: string, of: Value, keepdims: 0 | 1) =>
    graph.add(type, [of], {
      attributes: { axes: over, keepdims },
      axes: keepdims ? of.axes : axesOfRank(2),
    });
  const deviation = graph.add('Sub', [x, reduced('ReduceMean', x, 1)]);
  const variance = reduced('ReduceMean', graph.add('Mul', [deviation, deviation]), 0);
  const shifted = graph.add('Add', [variance, graph.constant(named('epsilon'), epsilon)]);
  const parts = [
    reduced('ReduceMean', x, 0),
    reduced('ReduceMax', x, 0),
    graph.add('Sqrt', [shifted]),
  ];
  return graph.add('Concat', parts, { attributes: { axis: 1 } });
};
