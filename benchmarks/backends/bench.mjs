// pnpm bench backends [--json] [--rounds N] [--quick]
//
// The training step and the prediction of the networks of this project, batch 64, one thread, beside PyTorch limited to
// wasm's vector width, PyTorch with all of the machine's instructions, and tfjs-node. All contestants run in turn in every
// round, so that whatever else the machine does falls on each; of four steps in a turn the first is not counted, since the
// others left nothing in the caches. What is compared are medians over all rounds.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism, cpus, homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { meanInOrder } from '@diffusion/backends/parallel';
import { startPool } from '@diffusion/workers';
import { ours, workloads } from './networks.mjs';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
  },
});
const rounds = Number(options.rounds ?? (options.quick ? 2 : 7));
const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const cache = (name) => join(homedir(), '.cache/diffusion-bench', name);
const python = join(process.env.DIFFUSION_TORCH ?? cache('torch'), 'bin/python');
const tfjsNode = process.env.DIFFUSION_TFJS_NODE ?? cache('tfjs-node');
const width128 = {
  ONEDNN_MAX_CPU_ISA: 'SSE41',
  ATEN_CPU_CAPABILITY: 'default',
  MKL_ENABLE_INSTRUCTIONS: 'SSE4_2',
};
const one = {
  OMP_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
};

const say = (text) => process.stderr.isTTY && process.stderr.write(text);

/** A process that answers a line with a line. */
async function start(name, command, args, { env = {}, cwd } = {}) {
  const child = spawn(command, args, {
    cwd,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, ...one, ...env },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${name} ended`);
    return JSON.parse(value);
  };
  const { device, error } = await answer();
  if (error) {
    child.kill();
    return undefined;
  }
  return {
    name,
    device,
    ask: (request) => {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return answer();
    },
    end: () => child.stdin.end(),
  };
}

const flag = '--experimental-wasm-relaxed-simd';
const contestants = [await start('wasm', process.execPath, [here('contestant.mjs'), 'wasm'])];
if (!contestants[0].device.includes('relaxed')) {
  contestants.push(
    await start('wasm relaxed', process.execPath, [flag, here('contestant.mjs'), 'wasm']),
  );
}
const missing = [];
if (existsSync(join(tfjsNode, 'node_modules/@tensorflow/tfjs-node/lib'))) {
  const args = [here('contestant.mjs'), 'node'];
  contestants.push(await start('tfjs-node', process.execPath, args, { cwd: tfjsNode }));
} else missing.push('tfjs-node (benchmarks/backends/setup-tfjs-node.sh)');
if (existsSync(python)) {
  const args = [here('contestant.py')];
  contestants.push(await start('PyTorch-128', python, args, { env: width128 }));
  contestants.push(await start('PyTorch', python, args));
} else missing.push('PyTorch (benchmarks/backends/setup-torch.sh)');

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** times[workload mode][contestant] = medians of { wall, cpu } in milliseconds */
async function race() {
  const jobs = Object.keys(workloads).flatMap((workload) =>
    ['step', 'predict'].map((mode) => ({ workload, mode })),
  );
  const samples = new Map(jobs.map((job) => [job, new Map()]));
  const operations = new Map();
  for (let round = 0; round <= rounds; round++) {
    for (const job of jobs) {
      for (const contestant of contestants) {
        say(`\rround ${round} of ${rounds}: ${job.workload} ${job.mode} ${contestant.name}\x1b[K`);
        const result = await contestant.ask({ ...job, steps: 4 });
        if (result.operations) operations.set(job, result.operations);
        if (round === 0) continue;
        const times = samples.get(job).get(contestant.name) ?? [];
        samples.get(job).set(contestant.name, [...times, ...result.times.slice(1)]);
      }
    }
  }
  return jobs.map((job) => ({
    ...job,
    gflop: operations.get(job) / 1e9,
    ms: Object.fromEntries(
      [...samples.get(job)].map(([name, times]) => [
        name,
        {
          wall: median(times.map(({ wall }) => wall)),
          cpu: median(times.map(({ cpu }) => cpu)),
        },
      ]),
    ),
  }));
}

/** Seconds of wall time for a step of four shards of 16 and for a prediction of four times 64, with one and two workers. */
async function teams() {
  const workload = 'xresnet-300x2';
  const { network, shape } = workloads[workload];
  const { useBackend } = await import('@diffusion/backends');
  await useBackend('wasm', { wide: true });
  const parameters = network(shape, ours).trainableWeights.reduce(
    (sum, weight) => sum + weight.read().size,
    0,
  );
  const mean = new Float32Array(parameters);
  const found = {};
  for (const [mode, samples] of [
    ['step', 16],
    ['predict', 64],
  ]) {
    const running = [];
    for (const workers of [1, 2]) {
      running.push(
        startPool({
          script: {
            name: 'team-worker',
            spawn: () => new Worker(new URL('./team-worker.mjs', import.meta.url)),
          },
          workers,
          setup: { workload, samples },
          shared: { parameters, gradients: 4 * parameters },
        }),
      );
    }
    const tasks = [0, 1, 2, 3].map((shard) => ({ mode, shard }));
    const times = [[], []];
    for (let i = 0; i < 3 * rounds + 2; i++) {
      for (const [which, team] of running.entries()) {
        const from = performance.now();
        await team.all(tasks);
        if (mode === 'step') meanInOrder(team.shared.gradients, [1, 1, 1, 1], mean);
        if (i > 1) times[which].push(performance.now() - from);
      }
    }
    for (const team of running) await team.close();
    found[mode] = { one: median(times[0]), two: median(times[1]) };
  }
  return found;
}

const { peak } = await contestants[0].ask({ mode: 'peak' });
const relaxedPeak = contestants.find(({ name }) => name === 'wasm relaxed');
const result = {
  machine: { cpu: cpus()[0].model, cores: availableParallelism(), node: process.version },
  contestants: contestants.map(({ name, device }) => ({ name, device })),
  missing,
  rounds,
  peak: {
    wasm: peak,
    ...(relaxedPeak && { 'wasm relaxed': (await relaxedPeak.ask({ mode: 'peak' })).peak }),
  },
  results: await race(),
};
for (const contestant of contestants) contestant.end();
result.workers = await teams();
say('\r\x1b[K');

if (options.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
else {
  const names = contestants.map(({ name }) => name);
  console.log(`${result.machine.cpu}, Node ${result.machine.node}; milliseconds of processor time`);
  for (const { workload, mode, ms, gflop } of result.results) {
    const columns = names.map((name) => `${name} ${ms[name].cpu.toFixed(0)}`).join(', ');
    const share = ((gflop * 1e5) / (ms.wasm.cpu * peak)).toFixed(0);
    console.log(`${workload} ${mode}: ${columns}; ${share} % of peak`);
  }
  for (const [mode, { one, two }] of Object.entries(result.workers)) {
    console.log(`two workers, ${mode}: ${(one / two).toFixed(2)} times as fast as one`);
  }
  if (missing.length > 0) console.log(`missing: ${missing.join('; ')}`);
}
process.exit(0);
