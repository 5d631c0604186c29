import { mul, type serialization, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { mix } from '../layer-seed.ts';

type LayerArgs = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

/** What a dropout is made of. */
export interface KeyedDropoutArgs extends LayerArgs {
  /** Share of the values that is dropped in training. */
  readonly rate: number;
  readonly seed: number;
}

/**
 * Dropout whose mask is a function of (seed, step, sample, position) and of nothing else: training can be split over
 * workers, stopped and resumed, and drops the same units. The stock layer with a seed draws the same mask at every
 * step; without one it cannot be repeated.
 *
 * `step` counts the training calls; a trainer that resumes or splits a batch sets it, and `sample`, the place in the
 * whole batch of the first row that this worker sees.
 */
export class KeyedDropout extends layers.Layer {
  static className = 'KeyedDropout';
  /** The number of the next training step. */
  step = 0;
  /** The place in the batch of the first row. */
  sample = 0;
  readonly #rate: number;
  readonly #seed: number;

  constructor(args: KeyedDropoutArgs) {
    super(args);
    this.#rate = args.rate;
    this.#seed = args.seed;
    this.supportsMasking = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: { training?: boolean }): Tensor {
    return tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      if (!kwargs?.training || this.#rate === 0) return x.clone();
      const mask = dropoutMask(this.#seed, this.step++, this.sample, x.shape, this.#rate);
      return mul(x, tensor(mask, x.shape));
    });
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), rate: this.#rate, seed: this.#seed };
  }
}

/** 0 where a value is dropped and 1/(1 − rate) where it stays; the rows begin with number `sample` of the batch. */
function dropoutMask(
  seed: number,
  step: number,
  sample: number,
  shape: readonly number[],
  rate: number,
): Float32Array {
  const rows = shape[0];
  const width = shape.slice(1).reduce((a, b) => a * b, 1);
  const mask = new Float32Array(rows * width);
  const limit = rate * 2 ** 32;
  const kept = 1 / (1 - rate);
  for (let row = 0; row < rows; row++) {
    const key = mix(mix(mix(seed) ^ step) ^ (sample + row));
    for (let i = 0; i < width; i++) {
      mask[row * width + i] = mix(key + Math.imul(i, 0x9e3779b9)) < limit ? 0 : kept;
    }
  }
  return mask;
}
