import * as tf from '@tensorflow/tfjs-core';
import type { Host } from './host.ts';
import { replaceKernel } from './register.ts';

type Shape4 = [number, number, number, number];

interface PoolAttributes {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: 'same' | 'valid' | number;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Registers the gradients of 2D (1D ones are of height 1) maximum and average pooling for wasm. */
export function registerPooling(host: Host): void {
  const geometry = (
    shape: number[],
    { filterSize, strides, pad, dimRoundingMode }: PoolAttributes,
  ) => {
    const info = tf.backend_util.computePool2DInfo(
      shape as Shape4,
      filterSize,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    return [
      [info.batchSize, info.inHeight, info.inWidth, info.inChannels],
      [info.outHeight, info.outWidth, info.filterHeight, info.filterWidth],
      [info.strideHeight, info.strideWidth, info.padInfo.top, info.padInfo.left],
    ].flat();
  };
  replaceKernel('MaxPoolGrad', ({ inputs, attrs }) => {
    const { dy, input } = inputs as Record<'dy' | 'input', tf.TensorInfo>;
    const dx = host.output(input.shape);
    const sizes = geometry(input.shape, attrs as unknown as PoolAttributes);
    host.run.maxPoolGradient(host.address(dy), host.address(input), host.address(dx), ...sizes);
    return dx;
  });
  replaceKernel('AvgPoolGrad', ({ inputs, attrs }) => {
    const { dy, input } = inputs as Record<'dy' | 'input', tf.TensorInfo>;
    const dx = host.output(input.shape);
    const sizes = geometry(input.shape, attrs as unknown as PoolAttributes);
    host.run.avgPoolGradient(host.address(dy), host.address(dx), ...sizes);
    return dx;
  });
}
