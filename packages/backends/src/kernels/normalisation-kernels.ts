import * as tf from '@tensorflow/tfjs-core';
import type { Host } from './host.ts';
import { isAlone } from './is-alone.ts';
import { replaceKernel, stockKernel } from './register.ts';

type Inputs = Record<string, tf.TensorInfo>;

/**
 * Registers batch normalisation over all axes but the last: tfjs' own op, its gradient in one kernel, and the two halves of
 * `batchNormTraining`; and moving averages, `moving − (moving − value) · (1 − momentum)`, which give nothing where the new
 * numbers are in place of the old.
 */
export function registerNormalisation(host: Host): void {
  const size = (x: tf.TensorInfo): [number, number] => {
    const columns = x.shape[x.shape.length - 1];
    return [columns === 0 ? 0 : tf.util.sizeFromShape(x.shape) / columns, columns];
  };
  const address = (tensor: tf.TensorInfo | undefined) => (tensor ? host.address(tensor) : 0);

  const stock = stockKernel('FusedBatchNorm');
  replaceKernel('FusedBatchNorm', (call) => {
    const { x, mean, variance, offset, scale } = call.inputs as Inputs;
    const perColumn = [mean, variance, offset, scale].every((t) => !t || t.shape.length === 1);
    if (!perColumn) return stock.kernelFunc(call);
    const { varianceEpsilon } = call.attrs as { varianceEpsilon: number };
    const y = host.output(x.shape);
    const parameters = [mean, variance, scale, offset].map(address);
    host.run.normalise(address(x), ...parameters, varianceEpsilon, address(y), ...size(x), 0);
    return y;
  });
  replaceKernel('BatchNormTraining', ({ inputs, attrs }) => {
    const { x, scale, offset } = inputs as Inputs;
    const { epsilon, relu } = attrs as { epsilon: number; relu: boolean };
    const [y, mean, variance] = [x.shape, offset.shape, offset.shape].map(host.output);
    host.run.moments(address(x), address(mean), address(variance), ...size(x));
    const parameters = [mean, variance, scale, offset].map(address);
    host.run.normalise(address(x), ...parameters, epsilon, address(y), ...size(x), +relu);
    return [y, mean, variance];
  });
  replaceKernel('MovingAverage', ({ inputs, attrs }) => {
    const { moving, value } = inputs as Inputs;
    const inPlace = isAlone(host, moving);
    const result = inPlace ? moving : host.output(moving.shape);
    const length = tf.util.sizeFromShape(moving.shape);
    const [before, now, after] = [moving, value, result].map(
      (tensor) => new Float32Array(host.backend.wasm.HEAPU8.buffer, address(tensor), length),
    );
    // As few numbers as there are channels: rounded as three ops of tfjs would.
    const share = Math.fround(1 - (attrs as { momentum: number }).momentum);
    for (let i = 0; i < length; i++) {
      after[i] = before[i] - Math.fround(Math.fround(before[i] - now[i]) * share);
    }
    return inPlace ? [] : result;
  });
  replaceKernel('BatchNormGradient', ({ inputs, attrs }) => {
    const { dy, x, mean, variance, scale, offset } = inputs as Inputs;
    const { epsilon, whole, relu } = attrs as { epsilon: number; whole: boolean; relu: boolean };
    const [dx, sums, products] = [x.shape, mean.shape, mean.shape].map(host.output);
    host.run.normaliseGradient(
      ...[dy, x, mean, variance, scale, offset].map(address),
      epsilon,
      ...[dx, sums, products].map(address),
      ...size(x),
      +whole,
      +relu,
    );
    return [dx, sums, products];
  });
}
