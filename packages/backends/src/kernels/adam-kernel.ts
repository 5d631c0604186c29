import type * as tf from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import type { Host } from './host.ts';
import { isAlone } from './is-alone.ts';
import { replaceKernel } from './register.ts';

/**
 * Registers `AdamStep`: [parameter, gradient, first moment, second moment] → the new three; or nothing, where nobody else has
 * their memory and the new ones are in place of the old.
 */
export function registerAdam(host: Host): void {
  replaceKernel('AdamStep', ({ inputs, attrs }) => {
    const { value, gradient, first, second } = inputs as Record<string, tf.TensorInfo>;
    const old = [value, first, second];
    const inPlace = old.every((tensor) => isAlone(host, tensor));
    const out = inPlace ? old : old.map(({ shape }) => host.output(shape));
    host.run.adam(
      ...[value, gradient, first, second, ...out].map(host.address),
      util.sizeFromShape(value.shape),
      ...(attrs as { hyperparameters: number[] }).hyperparameters,
    );
    return inPlace ? [] : out;
  });
}
