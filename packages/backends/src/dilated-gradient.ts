import * as tf from '@tensorflow/tfjs-core';
import { composedFilterGradient, composedInputGradient } from './convolution-gradients.ts';

const installed = new WeakSet<tf.GradConfig>();

/** Gives `tf.conv1d` and `tf.conv2d` a gradient where they are dilated, which tfjs refuses, on every backend. */
export function installDilatedGradient(): void {
  const stock = tf.getGradient('Conv2D');
  if (!stock || installed.has(stock)) return;
  const config: tf.GradConfig = {
    ...stock,
    gradFunc(dy, saved, attrs) {
      const { strides, dilations, pad, dataFormat, dimRoundingMode } = attrs as unknown as {
        strides: number | [number, number];
        dilations: number | [number, number];
        pad: 'same' | 'valid' | number;
        dataFormat: 'NHWC' | 'NCHW';
        dimRoundingMode?: 'floor' | 'round' | 'ceil';
      };
      const undilated = [dilations].flat().every((dilation) => dilation === 1);
      if (undilated || dataFormat === 'NCHW') return stock.gradFunc(dy, saved, attrs);
      const [x, filter] = saved as [tf.Tensor4D, tf.Tensor4D];
      const info = tf.backend_util.computeConv2DInfo(
        x.shape,
        filter.shape,
        strides,
        dilations,
        pad,
        dimRoundingMode,
      );
      return {
        x: () => composedInputGradient(dy as tf.Tensor4D, filter, info),
        filter: () => composedFilterGradient(x, dy as tf.Tensor4D, info),
      };
    },
  };
  installed.add(config);
  tf.registerGradient(config);
}
