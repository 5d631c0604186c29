import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { TrainError } from './errors.ts';
import { withinMemory } from './within-memory.ts';

/** A trap as the engine makes it. */
const trap = () => {
  throw Object.assign(new Error('memory access out of bounds'), { name: 'RuntimeError' });
};

describe('a step that needs more memory than there is', () => {
  beforeAll(async () => {
    tf.registerBackend('wasm', () => {
      const backend = tf.findBackend('cpu') as tf.KernelBackend;
      return Object.assign(Object.create(backend), { wasm: { HEAPU8: { length: 2 ** 20 } } });
    });
    await tf.setBackend('wasm');
  });

  const setHeap = (length: number) => {
    (tf.backend() as unknown as { wasm: { HEAPU8: { length: number } } }).wasm.HEAPU8 = { length };
  };

  it('says how many tracks it was, and what helps, once the heap is as large as it gets', () => {
    setHeap(4 * 2 ** 30);
    expect(() => withinMemory(512, trap)).toThrow(TrainError);
    expect(() => withinMemory(512, trap)).toThrow(
      'a step on 512 tracks at once needs more memory than WebAssembly has (4.0 GiB are taken): ' +
        'expected a smaller batchSize, or more shards',
    );
  });

  it('is told from a trap with memory left, and from any other error', () => {
    setHeap(2 ** 20);
    expect(() => withinMemory(512, trap)).toThrow(/^memory access out of bounds$/);
    setHeap(4 * 2 ** 30);
    expect(() =>
      withinMemory(512, () => {
        throw new TypeError('another');
      }),
    ).toThrow(/^another$/);
  });

  it('gives what the work gives', () => {
    expect(withinMemory(1, () => 3)).toBe(3);
  });
});
