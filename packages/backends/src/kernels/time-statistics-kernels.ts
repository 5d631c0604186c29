import type * as tf from '@tensorflow/tfjs-core';
import type { Host } from './host.ts';
import { replaceKernel } from './register.ts';

type Inputs = Record<string, tf.TensorInfo>;

/** Registers the statistics over time of `timeStatistics` and their gradient for wasm. */
export function registerTimeStatistics(host: Host): void {
  replaceKernel('TimeStatistics', ({ inputs, attrs }) => {
    const { x } = inputs as Inputs;
    const { epsilon } = attrs as { epsilon: number };
    const [batch, , channels] = x.shape;
    const y = host.output([batch, 3 * channels]);
    host.run.timeStatistics(host.address(x), host.address(y), ...x.shape, epsilon);
    return y;
  });
  replaceKernel('TimeStatisticsGradient', ({ inputs }) => {
    const { dy, x, y } = inputs as Inputs;
    const dx = host.output(x.shape);
    host.run.timeStatisticsGradient(...[dy, x, y, dx].map(host.address), ...x.shape);
    return dx;
  });
}
