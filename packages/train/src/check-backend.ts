import * as tf from '@tensorflow/tfjs-core';
import { TrainError } from './errors.ts';

/** Throws {@link TrainError} where no tfjs backend computes, or the one that is set does not start. */
export async function checkBackend(): Promise<void> {
  const advice = "expected `await useBackend('wasm')` of @diffusion/backends before";
  try {
    await tf.ready();
  } catch (cause) {
    throw new TrainError(`no tfjs backend is ready: ${advice}`, { cause });
  }
  if (!tf.getBackend()) throw new TrainError(`no tfjs backend is set: ${advice}`);
}
