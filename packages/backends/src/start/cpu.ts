import * as tf from '@tensorflow/tfjs-core';
import type { Started } from './start.ts';

/** tfjs' pure-JavaScript backend. */
export async function startCpu(): Promise<Started> {
  await import('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
  // Its first tensor in Node would print a banner that advises tfjs-node; what runs is said by the report, to who asks.
  (tf.backend() as unknown as { firstUse: boolean }).firstUse = false;
  return { device: 'JavaScript, one thread' };
}
