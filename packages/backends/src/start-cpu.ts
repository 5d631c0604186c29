import * as tf from '@tensorflow/tfjs-core';

/** Starts tfjs' pure-JavaScript backend. */
export async function startCpu(): Promise<string> {
  await import('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
  return 'JavaScript, one thread';
}
