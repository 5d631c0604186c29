import { Worker } from 'node:worker_threads';
import { startPool } from '@diffusion/workers';
import { meanInOrder } from './mean-in-order.ts';

const spawn = () => new Worker(new URL('./train.fixture.mjs', import.meta.url));
const SHARDS = 3;
const PARAMETERS = 2 * 5 * 8 + 8 + 2 * 8 + 8 + 1;

interface Task {
  shard?: number;
  samples?: number;
  command?: string;
}

const start = (workers: number) =>
  startPool<object, Task, number>({
    script: { name: 'train.fixture', spawn },
    workers,
    setup: {},
    shared: { parameters: PARAMETERS, gradients: SHARDS * PARAMETERS },
  });

/** A few steps of gradient descent on three shards, one of them smaller. */
async function train(workers: number) {
  const pool = start(workers);
  try {
    expect(await pool.all([{ command: 'count' }])).toEqual([PARAMETERS]);
    await pool.all([{ command: 'show' }]);
    const { parameters, gradients } = pool.shared;
    const tasks = [4, 4, 2].map((samples, shard) => ({ shard, samples }));
    const mean = new Float32Array(PARAMETERS);
    const losses: number[] = [];
    for (let step = 0; step < 4; step++) {
      const found = await pool.all(tasks);
      losses.push(found.reduce((sum, loss, i) => sum + loss * tasks[i].samples, 0) / 10);
      meanInOrder(gradients, [4, 4, 2], mean);
      for (let i = 0; i < PARAMETERS; i++) parameters[i] -= 0.1 * mean[i];
    }
    return { losses, parameters: Float32Array.from(parameters) };
  } finally {
    await pool.close();
  }
}

it('trains to the same bits with one worker and with two', async () => {
  const one = await train(1);
  const two = await train(2);
  expect(two).toEqual(one);
  expect(one.losses[3]).toBeLessThan(one.losses[0]);
});

it('adds in the order of the parts, whatever the sizes', () => {
  const parts = Float32Array.of(1, 2, 5, 6);
  expect([...meanInOrder(parts, [1, 3], new Float32Array(2))]).toEqual([4, 5]);
  expect(() => meanInOrder(parts, [1, 1, 1], new Float32Array(2))).toThrow(
    'meanInOrder: parts.length = 4, expected 3 × 2',
  );
  expect(() => meanInOrder(parts, [0, 0], new Float32Array(2))).toThrow(
    'meanInOrder: weights add up to 0, expected more than 0',
  );
});
