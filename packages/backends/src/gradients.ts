import * as tf from '@tensorflow/tfjs-core';
import { composedFilterGradient, composedInputGradient } from './convolution-gradients.ts';

/** Runs a kernel of this package, which no op of tfjs calls. */
export const runKernel = <T = tf.Tensor>(
  name: string,
  inputs: Record<string, tf.Tensor | undefined>,
  attributes: object = {},
): T =>
  tf.engine().runKernel(name, inputs as tf.NamedTensorMap, attributes as tf.NamedAttrMap) as T;

/**
 * Runs a kernel of this package for its results alone: nothing is noted for a gradient, and tfjs' bookkeeping of ops, which
 * takes longer than a small kernel, is left out. Called within `tf.tidy`.
 */
export function runUnnoted(
  name: string,
  inputs: Record<string, tf.Tensor>,
  attributes: object,
): tf.Tensor[] {
  const { kernelFunc } = tf.getKernel(name, tf.getBackend());
  const found = kernelFunc({
    inputs: inputs as unknown as tf.NamedTensorInfoMap,
    attrs: attributes as tf.NamedAttrMap,
    backend: tf.backend(),
  });
  return [found].flat().map((info) => tf.engine().makeTensorFromTensorInfo(info));
}

/** Whether the current backend has a kernel of that name. */
export const hasKernel = (name: string) => tf.getKernel(name, tf.getBackend()) !== undefined;

const installed = new WeakSet<tf.GradConfig>();

/** Registers a gradient that knows the one it takes the place of; once. */
function improve(kernelName: string, change: (stock: tf.GradConfig) => Partial<tf.GradConfig>) {
  const stock = tf.getGradient(kernelName);
  if (!stock || installed.has(stock)) return;
  const config = { ...stock, ...change(stock) };
  installed.add(config);
  tf.registerGradient(config);
}

/** Registers the gradient of an activation from its result, which is all that it takes. */
function improveActivation(
  kernelName: string,
  ofResult: (dy: tf.Tensor, y: tf.Tensor) => tf.Tensor,
) {
  const gradient = `${kernelName}Gradient`;
  improve(kernelName, () => ({
    inputsToSave: [],
    outputsToSave: [true],
    gradFunc: (dy, [y]) => ({
      x: () =>
        hasKernel(gradient)
          ? runKernel(gradient, { dy: dy as tf.Tensor, y })
          : ofResult(dy as tf.Tensor, y),
    }),
  }));
}

/**
 * Gives tfjs, on every backend, the gradients of dilated convolutions, which it refuses, and of average pooling with
 * windows cut at a border, which it gets wrong; where this package has a kernel for a gradient, that one is taken.
 * Calling it again changes nothing.
 */
export function installGradients(): void {
  improveActivation('Relu', (dy, y) => tf.mul(dy, tf.step(y)));
  improveActivation('Tanh', (dy, y) => tf.mul(dy, tf.sub(1, tf.square(y))));
  improveActivation('Sigmoid', (dy, y) => tf.mul(dy, tf.mul(y, tf.sub(1, y))));
  improve('Conv2D', dilatedConvolution);
  improve('AvgPool', averagePooling);
  improve('FusedBatchNorm', batchNormalisation);
  if (!tf.getGradient('BiasedConv2D')) {
    tf.registerGradient(biasedConvolution('BiasedConv2D', []));
    tf.registerGradient(biasedConvolution('RectifiedConv2D', [true]));
  }
  if (!tf.getGradient('BatchNormTraining')) tf.registerGradient(batchNormalisationInTraining);
  if (!tf.getGradient('TimeStatistics')) tf.registerGradient(statisticsOverTime);
  if (!tf.getGradient('RectifiedSum')) tf.registerGradient(sumCutAtZero);
}

/** The gradient of a convolution with bias; a rectified one saves its result, which tells where dy passes. */
const biasedConvolution = (kernelName: string, outputsToSave: boolean[]): tf.GradConfig => ({
  kernelName,
  inputsToSave: ['x', 'filter'],
  outputsToSave,
  gradFunc(of, [x, filter, y], attributes) {
    const dy = of as tf.Tensor;
    const gradient = y ? runKernel('ReluGradient', { dy, y }) : dy;
    const all = { ...attributes, inputShape: x.shape, filterShape: filter.shape };
    return {
      x: () => runKernel('Conv2DBackpropInput', { dy: gradient, filter }, all),
      filter: () => runKernel('Conv2DBackpropFilter', { x, dy: gradient }, all),
      bias: () => tf.sum(gradient, [...gradient.shape.keys()].slice(0, -1)),
    };
  },
});

const batchNormalisationInTraining: tf.GradConfig = {
  kernelName: 'BatchNormTraining',
  inputsToSave: ['x', 'scale', 'offset'],
  outputsToSave: [false, true, true],
  gradFunc(dys, [x, scale, offset, mean, variance], { epsilon, relu }) {
    const [dy] = dys as tf.Tensor[];
    const inputs = { dy, x, mean, variance, scale, offset };
    const attributes = { epsilon, whole: true, relu };
    const [dx, sums, products] = runKernel<tf.Tensor[]>('BatchNormGradient', inputs, attributes);
    return { x: () => dx, scale: () => products, offset: () => sums };
  },
};

const statisticsOverTime: tf.GradConfig = {
  kernelName: 'TimeStatistics',
  inputsToSave: ['x'],
  outputsToSave: [true],
  gradFunc: (dy, [x, y]) => ({
    x: () => runKernel('TimeStatisticsGradient', { dy: dy as tf.Tensor, x, y }),
  }),
};

const sumCutAtZero: tf.GradConfig = {
  kernelName: 'RectifiedSum',
  outputsToSave: [true],
  gradFunc(dy, [y]) {
    const gradient = runKernel('ReluGradient', { dy: dy as tf.Tensor, y });
    // A tensor each, of one memory: tfjs frees the one of a term as soon as another gradient has been added to it.
    return { a: () => gradient, b: () => tf.reshape(gradient, gradient.shape) };
  },
};

type ConvAttributes = {
  strides: number | [number, number];
  dilations: number | [number, number];
  pad: 'same' | 'valid' | number;
  dataFormat: 'NHWC' | 'NCHW';
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
};

function dilatedConvolution(stock: tf.GradConfig): Partial<tf.GradConfig> {
  return {
    gradFunc(dy, saved, attrs) {
      const attributes = attrs as unknown as ConvAttributes;
      const { strides, dilations, pad, dataFormat, dimRoundingMode } = attributes;
      const undilated = [dilations].flat().every((dilation) => dilation === 1);
      if (undilated || dataFormat === 'NCHW') return stock.gradFunc(dy, saved, attrs);
      const [x, filter] = saved as [tf.Tensor4D, tf.Tensor4D];
      const gradient = dy as tf.Tensor4D;
      if (hasKernel('BiasedConv2D')) {
        const shapes = { inputShape: x.shape, filterShape: filter.shape };
        const all = { ...attributes, ...shapes };
        return {
          x: () => runKernel('Conv2DBackpropInput', { dy: gradient, filter }, all),
          filter: () => runKernel('Conv2DBackpropFilter', { x, dy: gradient }, all),
        };
      }
      const info = tf.backend_util.computeConv2DInfo(
        x.shape,
        filter.shape,
        strides,
        dilations,
        pad,
        dimRoundingMode,
      );
      return {
        x: () => composedInputGradient(gradient, filter, info),
        filter: () => composedFilterGradient(x, gradient, info),
      };
    },
  };
}

/** Whether the gradient of average pooling counts only the cells that a window has: TensorFlow's and ours do. */
const averagesRight = () => tf.getBackend() === 'tensorflow' || hasKernel('BiasedConv2D');

function averagePooling(stock: tf.GradConfig): Partial<tf.GradConfig> {
  return {
    gradFunc(dy, saved, attrs) {
      const [x] = saved as [tf.Tensor4D];
      const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as {
        filterSize: number | [number, number];
        strides: number | [number, number];
        pad: 'same' | 'valid' | number;
        dimRoundingMode?: 'floor' | 'round' | 'ceil';
      };
      const info = tf.backend_util.computePool2DInfo(
        x.shape,
        filterSize,
        strides,
        1,
        pad,
        dimRoundingMode,
      );
      const cells = (out: number, stride: number, size: number, before: number, length: number) =>
        Array.from({ length: out }, (_, o) => {
          const start = o * stride - before;
          return Math.min(length, start + size) - Math.max(0, start);
        });
      const { padInfo, filterHeight, filterWidth } = info;
      const rows = cells(
        info.outHeight,
        info.strideHeight,
        filterHeight,
        padInfo.top,
        info.inHeight,
      );
      const columns = cells(
        info.outWidth,
        info.strideWidth,
        filterWidth,
        padInfo.left,
        info.inWidth,
      );
      const uncut =
        rows.every((n) => n === filterHeight) && columns.every((n) => n === filterWidth);
      if (uncut || averagesRight()) return stock.gradFunc(dy, saved, attrs);
      const excess = rows.map((n) => columns.map((m) => [(filterHeight * filterWidth) / (n * m)]));
      const corrected = tf.mul(dy as tf.Tensor, tf.tensor3d(excess));
      return stock.gradFunc(corrected, saved, attrs);
    },
  };
}

function batchNormalisation(stock: tf.GradConfig): Partial<tf.GradConfig> {
  return {
    gradFunc(dy, saved, attrs) {
      const [x, mean, variance, given] = saved as tf.Tensor[];
      const scale = given ?? tf.onesLike(mean);
      if (mean.rank !== 1 || !hasKernel('BatchNormGradient')) {
        return stock.gradFunc(dy, [x, mean, variance, scale], attrs);
      }
      const epsilon = attrs.varianceEpsilon as number;
      const [dx, sums, products] = runKernel<tf.Tensor[]>(
        'BatchNormGradient',
        { dy: dy as tf.Tensor, x, mean, variance, scale },
        { epsilon, whole: false, relu: false },
      );
      const inverse = tf.rsqrt(tf.add(variance, epsilon));
      const factor = tf.mul(scale, inverse);
      return {
        x: () => dx,
        mean: () => tf.neg(tf.mul(factor, sums)),
        variance: () => tf.mul(-0.5, tf.mul(tf.mul(factor, inverse), products)),
        scale: () => products,
        offset: () => sums,
      };
    },
  };
}
