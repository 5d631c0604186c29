import { Worker } from 'node:worker_threads';
import { meanInOrder } from './mean-in-order.ts';
import { startTeam } from './team.ts';

const spawn = () => new Worker(new URL('./train.fixture.mjs', import.meta.url));
const SHARDS = 3;
const PARAMETERS = 2 * 5 * 8 + 8 + 2 * 8 + 8 + 1;

interface Task {
  shard?: number;
  samples?: number;
  command?: string;
}

const start = (workers: number, trouble?: string, patience?: number) =>
  startTeam<{ trouble?: string }, Task, number>({
    spawn,
    workers,
    setup: { trouble },
    shared: { parameters: PARAMETERS, gradients: SHARDS * PARAMETERS },
    patience,
  });

/** A few steps of gradient descent on three shards, one of them smaller. */
async function train(workers: number) {
  const team = await start(workers);
  try {
    expect(await team.run([{ command: 'count' }])).toEqual([PARAMETERS]);
    await team.run([{ command: 'show' }]);
    const { parameters, gradients } = team.shared;
    const tasks = [4, 4, 2].map((samples, shard) => ({ shard, samples }));
    const mean = new Float32Array(PARAMETERS);
    const losses: number[] = [];
    for (let step = 0; step < 4; step++) {
      const found = await team.run(tasks);
      losses.push(found.reduce((sum, loss, i) => sum + loss * tasks[i].samples, 0) / 10);
      meanInOrder(gradients, [4, 4, 2], mean);
      for (let i = 0; i < PARAMETERS; i++) parameters[i] -= 0.1 * mean[i];
    }
    return { losses, parameters: Float32Array.from(parameters) };
  } finally {
    await team.close();
  }
}

it('trains to the same bits with one worker and with two', async () => {
  const one = await train(1);
  const two = await train(2);
  expect(two).toEqual(one);
  expect(one.losses[3]).toBeLessThan(one.losses[0]);
});

describe('a run ends with an error, and so does the next,', () => {
  const tasks = [0, 1, 2].map((shard) => ({ shard, samples: 2 }));
  it.each([
    ['when a task throws', 'throw', /^worker [12] of 2: a bad shard$/, undefined],
    ['when a worker ends', 'exit', /^worker [12] of 2 ended: exit code 3$/, undefined],
    ['when a worker says nothing', 'silence', /^worker [12] of 2 has not answered for 6 s$/, 6],
  ])('%s', async (_, trouble, problem, patience) => {
    const team = await start(2, trouble, patience);
    await expect(team.run(tasks)).rejects.toThrow(problem);
    await expect(team.run([{ command: 'count' }])).rejects.toThrow(problem);
  });
});

it('does not start when a worker cannot', async () => {
  await expect(start(2, 'setup')).rejects.toThrow(/^worker [12] of 2: no such model$/);
  const missing = () => new Worker(new URL('./missing.mjs', import.meta.url));
  const options = { spawn: missing, workers: 1, setup: {} };
  await expect(startTeam(options)).rejects.toThrow(/^worker 1 of 1 ended: Cannot find module/);
  await expect(startTeam({ ...options, workers: 0 })).rejects.toThrow(
    'startTeam: workers = 0, expected a whole number from 1',
  );
});

it('does one run at a time', async () => {
  const team = await start(1);
  const first = team.run([{ command: 'count' }]);
  await expect(team.run([{ command: 'count' }])).rejects.toThrow('run: the team is at work');
  expect(await first).toEqual([PARAMETERS]);
  await team.close();
});

it('cannot be used once it is closed', async () => {
  const team = await start(1);
  await team.close();
  await expect(team.run([{ command: 'count' }])).rejects.toThrow('the team of workers is closed');
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
