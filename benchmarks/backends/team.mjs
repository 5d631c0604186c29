// Milliseconds of a step of four shards of 16 tracks and of a prediction of eight times 64, by one worker and by two in turn.
//   node benchmarks/backends/team.mjs ROUNDS [wide]
import { Worker } from 'node:worker_threads';
import { useBackend } from '@diffusion/backends';
import { meanInOrder } from '@diffusion/backends/parallel';
import { startPool } from '@diffusion/workers';
import { ours, workloads } from './networks.mjs';

const rounds = Number(process.argv[2]);
const wide = process.argv[3] === 'wide';
const workload = 'xresnet-300x2';
const { network, shape } = workloads[workload];
await useBackend('wasm', { wide });
const parameters = network(shape, ours).trainableWeights.reduce(
  (sum, weight) => sum + weight.read().size,
  0,
);
const mean = new Float32Array(parameters);
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Before the engine has compiled everything in every worker, these many are not counted. */
const WARM = 12;

const found = {};
for (const [mode, samples, shards] of [
  ['step', 16, 4],
  ['predict', 64, 8],
]) {
  const teams = [1, 2].map((workers) =>
    startPool({
      script: {
        name: 'team-worker',
        spawn: () => new Worker(new URL('./team-worker.mjs', import.meta.url)),
      },
      workers,
      setup: { workload, samples, wide },
      shared: { parameters, gradients: shards * parameters },
    }),
  );
  const tasks = Array.from({ length: shards }, (_, shard) => ({ mode, shard }));
  const times = [[], []];
  for (let i = -WARM; i < rounds; i++) {
    for (const [which, team] of teams.entries()) {
      const from = performance.now();
      await team.all(tasks);
      if (mode === 'step')
        meanInOrder(
          team.shared.gradients,
          tasks.map(() => 1),
          mean,
        );
      if (i >= 0) times[which].push(performance.now() - from);
    }
  }
  for (const team of teams) await team.close();
  const gain = median(times[0].map((one, i) => one / times[1][i]));
  found[mode] = { one: median(times[0]), two: median(times[1]), gain };
}
process.stdout.write(`${JSON.stringify(found)}\n`);
process.exit(0);
