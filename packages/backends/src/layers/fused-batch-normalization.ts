import * as tf from '@tensorflow/tfjs-core';
import type { LayerVariable, layers } from '@tensorflow/tfjs-layers';
import { batchNormTraining } from '../batch-norm.ts';
import { hasKernel, installGradients, runUnnoted } from '../gradients.ts';
import { onlyTensor, stockClass } from './stock.ts';

export type FusedBatchNormalizationConfig = NonNullable<
  Parameters<typeof layers.batchNormalization>[0]
> & {
  /** What the result goes through; `'linear'` if left out. In training on wasm, a part of the same kernels. */
  activation?: 'linear' | 'relu';
};

const BatchNormalization: new (
  config: FusedBatchNormalizationConfig,
) => ReturnType<typeof layers.batchNormalization> = stockClass('BatchNormalization');

/** Private to tfjs' layer. */
interface Parts {
  axis: number;
  momentum: number;
  epsilon: number;
  gamma?: LayerVariable;
  beta?: LayerVariable;
  movingMean: LayerVariable;
  movingVariance: LayerVariable;
}

/**
 * `tf.layers.batchNormalization` whose statistics, result and gradient are one kernel each on wasm, and which trains without
 * `scale` or `center`, too (the stock layer's gradient fails there). Its weights and options are those of the stock layer.
 */
export class FusedBatchNormalization extends BatchNormalization {
  static readonly className: string = 'FusedBatchNormalization';
  readonly #activation: 'linear' | 'relu';

  constructor(config: FusedBatchNormalizationConfig = {}) {
    super(config);
    this.#activation = config.activation ?? 'linear';
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), activation: this.#activation };
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Record<string, unknown>) {
    const { axis, momentum, epsilon, gamma, beta, movingMean, movingVariance } =
      this as unknown as Parts;
    const x = onlyTensor(inputs);
    const last = axis === -1 || axis === x.rank - 1;
    if (!kwargs?.training || !last) {
      installGradients();
      return tf.tidy(() => {
        const y = onlyTensor(super.call(inputs, kwargs));
        return this.#activation === 'relu' ? tf.relu(y) : y;
      });
    }
    return tf.tidy(() => {
      const channels = [x.shape[x.rank - 1]] as [number];
      const scale = (gamma?.read() ?? tf.ones(channels)) as tf.Tensor1D;
      const offset = (beta?.read() ?? tf.zeros(channels)) as tf.Tensor1D;
      const [y, mean, variance] = batchNormTraining(x, scale, offset, epsilon, this.#activation);
      follow(movingMean, mean, momentum);
      follow(movingVariance, variance, momentum);
      return y;
    });
  }
}

/** moving ← momentum · moving + (1 − momentum) · value */
function follow(moving: LayerVariable, value: tf.Tensor, momentum: number): void {
  const before = moving.read();
  if (hasKernel('MovingAverage')) {
    const [after] = runUnnoted('MovingAverage', { moving: before, value }, { momentum });
    if (after) moving.write(after);
    return;
  }
  moving.write(tf.sub(before, tf.mul(tf.sub(before, value), 1 - momentum)));
}

/**
 * A batch normalisation layer over all axes but the last.
 *
 * @param config as for `tf.layers.batchNormalization`
 * @example
 * fusedBatchNormalization().apply(x);
 */
export const fusedBatchNormalization = (config?: FusedBatchNormalizationConfig) =>
  new FusedBatchNormalization(config);
