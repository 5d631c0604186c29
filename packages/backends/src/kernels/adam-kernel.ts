import type * as tf from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import type { Host } from './host.ts';
import { replaceKernel } from './register.ts';

/** Registers `AdamStep`: [parameter, gradient, first moment, second moment] → the new three. */
export function registerAdam(host: Host): void {
  replaceKernel('AdamStep', ({ inputs, attrs }) => {
    const { value, gradient, first, second } = inputs as Record<string, tf.TensorInfo>;
    const out = [value, value, value].map(({ shape }) => host.output(shape));
    host.run.adam(
      ...[value, gradient, first, second, ...out].map(host.address),
      util.sizeFromShape(value.shape),
      ...(attrs as { hyperparameters: number[] }).hyperparameters,
    );
    return out;
  });
}
