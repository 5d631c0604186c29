// The worker of a training that collects its garbage, so that what stays is held, and notes the size of its heap.
import { workerData } from 'node:worker_threads';
import '@diffusion/train/worker';
import * as tf from '@tensorflow/tfjs-core';

setInterval(() => {
  workerData[0] = tf.engine().registry.wasm?.wasm.HEAPU8.buffer.byteLength ?? 0;
}, 50);
setInterval(globalThis.gc, 1000);
