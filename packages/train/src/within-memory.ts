import * as tf from '@tensorflow/tfjs-core';
import { TrainError } from './errors.ts';

/** A heap of WebAssembly above this was filled by what was asked of it: it grows to 2 or 4 GiB, and then stops. */
const large = 2 ** 30;

/**
 * What `work` on `count` tracks at once gives, as `tf.tidy` keeps it.
 *
 * Throws {@link TrainError} where WebAssembly has no more memory: the engine itself stops with a trap that says nothing.
 */
export function withinMemory<T extends tf.TensorContainer>(count: number, work: () => T): T {
  try {
    return tf.tidy(work);
  } catch (error) {
    const bytes = heap();
    if (!(error instanceof Error) || error.name !== 'RuntimeError' || bytes < large) throw error;
    throw new TrainError(
      `a step on ${count} tracks at once needs more memory than WebAssembly has (${(bytes / 2 ** 30).toFixed(1)} GiB are taken): ` +
        'expected a smaller batchSize, or more shards (parts of a batch that are worked on one after another)',
      { cause: error },
    );
  }
}

/** The memory of the backend in bytes, where it is WebAssembly. */
function heap(): number {
  if (tf.getBackend() !== 'wasm') return 0;
  const { wasm } = tf.backend() as { wasm?: { HEAPU8?: Uint8Array } };
  return wasm?.HEAPU8?.length ?? 0;
}
