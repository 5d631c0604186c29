// pnpm bench backends [--json] [--rounds N] [--quick]
//
// The training step and the prediction of the networks of this project, batch 64, one thread: our kernels on Node 20 (or
// whatever runs this) and on the newest Node at hand, beside PyTorch limited to vectors of 128 bits, to AVX2 and not at all,
// ONNX Runtime Web and tfjs-node. All contestants run in turn in every round, so that whatever else the machine does falls
// on each; the first step of a turn is not counted, since the others left nothing in the caches. What is compared are medians
// over all rounds. Ten minutes on two free cores; benchmarks/backends/report.mjs writes the tables of docs/performance.md.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { workloads } from './networks.mjs';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
  },
});
const rounds = Number(options.rounds ?? (options.quick ? 1 : 6));
const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const cache = (name) => join(homedir(), '.cache/diffusion-bench', name);
const python = join(process.env.DIFFUSION_TORCH ?? cache('torch'), 'bin/python');
const tfjsNode = process.env.DIFFUSION_TFJS_NODE ?? cache('tfjs-node');
const onnx = process.env.DIFFUSION_ONNX ?? cache('onnx');
const width128 = {
  ONEDNN_MAX_CPU_ISA: 'SSE41',
  ATEN_CPU_CAPABILITY: 'default',
  MKL_ENABLE_INSTRUCTIONS: 'SSE4_2',
};
const avx2 = {
  ONEDNN_MAX_CPU_ISA: 'AVX2',
  ATEN_CPU_CAPABILITY: 'avx2',
  MKL_ENABLE_INSTRUCTIONS: 'AVX2',
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
  const { device, node, error } = await answer();
  if (error) throw new Error(`${name}: ${error}`);
  return {
    name,
    device,
    node,
    ask: (request) => {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return answer();
    },
    end: () => child.stdin.end(),
  };
}

const major = (version) => Number.parseInt(version.replace('v', ''), 10);

/** The program of npm's package of a newer Node, if it is installed. */
function newerNode() {
  try {
    const { resolve } = createRequire(import.meta.url);
    return resolve(`node-${process.platform}-${process.arch}/bin/node`);
  } catch {
    return undefined;
  }
}

const missing = [];
const contestants = [];
/** Ours: names, programs and flags; the teams of workers run on the same. */
const engines = [];
const own = `Node ${major(process.version)}`;
const relaxed = '--experimental-wasm-relaxed-simd';
if (major(process.version) < 22) {
  engines.push({ name: `${own}, SIMD`, program: process.execPath, flags: [], width: 'narrow' });
  engines.push({
    name: `${own}, relaxed`,
    program: process.execPath,
    flags: [relaxed],
    width: 'narrow',
  });
}
const newest = major(process.version) < 24 ? newerNode() : process.execPath;
if (newest) {
  engines.push({ name: 'Node 24, narrow', program: newest, flags: [], width: 'narrow' });
  engines.push({ name: 'Node 24, wide', program: newest, flags: [], width: 'wide' });
} else missing.push(`a newer Node (npm's node-${process.platform}-${process.arch})`);
for (const { name, program, flags, width } of engines) {
  contestants.push(await start(name, program, [...flags, here('contestant.mjs'), 'wasm', width]));
}
let torch;
if (existsSync(python)) {
  const args = [here('contestant.py')];
  contestants.push(await start('PyTorch-128', python, args, { env: width128 }));
  contestants.push(await start('PyTorch-AVX2', python, args, { env: avx2 }));
  torch = await start('PyTorch', python, args);
  contestants.push(torch);
} else missing.push('PyTorch (benchmarks/backends/setup-torch.sh)');
if (existsSync(join(onnx, 'node_modules/onnxruntime-web'))) {
  const args = [here('onnx-contestant.mjs'), onnx];
  contestants.push({
    ...(await start('ONNX Runtime Web', newest ?? process.execPath, args)),
    predictsOnly: true,
  });
} else missing.push('ONNX Runtime Web (benchmarks/backends/setup-onnx.sh)');
if (existsSync(join(tfjsNode, 'node_modules/@tensorflow/tfjs-node/lib'))) {
  const args = [here('contestant.mjs'), 'node'];
  contestants.push(await start('tfjs-node', process.execPath, args, { cwd: tfjsNode }));
} else missing.push('tfjs-node (benchmarks/backends/setup-tfjs-node.sh)');

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const jobs = Object.keys(workloads).flatMap((workload) =>
  ['step', 'predict'].map((mode) => ({ workload, mode })),
);
const takesPart = ({ predictsOnly }, { mode }) => mode === 'predict' || !predictsOnly;

/** Medians of every contestant in every job, and whether all of them have the same numbers of parameters. */
async function race() {
  const samples = new Map(jobs.map((job) => [job, new Map()]));
  const operations = new Map();
  const parameters = new Map(jobs.map((job) => [job, new Set()]));
  for (let round = 0; round <= rounds; round++) {
    for (const job of jobs) {
      for (const contestant of contestants.filter((each) => takesPart(each, job))) {
        say(`\rround ${round} of ${rounds}: ${job.workload} ${job.mode} ${contestant.name}\x1b[K`);
        // The first round is for the engines to compile everything.
        const effort = round === 0 ? { steps: 12, atMost: 1500 } : { steps: 5, atMost: 1000 };
        const result = await contestant.ask({ ...job, ...effort });
        if (result.operations) operations.set(job, result.operations);
        if (result.parameters) parameters.get(job).add(result.parameters);
        if (round === 0) continue;
        const times = samples.get(job).get(contestant.name) ?? [];
        samples.get(job).set(contestant.name, [...times, ...result.times.slice(1)]);
      }
    }
  }
  return jobs.map((job) => {
    const medians = (of) =>
      Object.fromEntries(
        [...samples.get(job)].map(([name, times]) => [name, median(times.map((time) => time[of]))]),
      );
    return {
      ...job,
      gflop: operations.get(job) / 1e9,
      parameters: [...parameters.get(job)],
      ms: medians('wall'),
      cpuMs: medians('cpu'),
    };
  });
}

/** Of each of our engines its time over that of each other contestant, and its share of its own product's best. */
function compared({ ms, gflop, ...row }, peaks) {
  const ratios = {};
  const shareOfPeak = {};
  for (const { name } of engines) {
    shareOfPeak[name] = (1000 * gflop) / (ms[name] * peaks[name]);
    const others = Object.keys(ms).filter((other) => engines.every((each) => each.name !== other));
    ratios[name] = Object.fromEntries(others.map((other) => [other, ms[name] / ms[other]]));
  }
  return { ...row, gflop, ms, ratios, shareOfPeak };
}

/** The largest difference between the answers of multiscale here and in PyTorch, of the same weights. */
async function multiscaleDifference() {
  const folder = mkdtempSync(join(tmpdir(), 'diffusion-bench-'));
  try {
    const file = join(folder, 'multiscale.safetensors');
    await contestants[0].ask({ mode: 'write', workload: 'multiscale-300', file });
    return (await torch.ask({ mode: 'compare', file })).difference;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What two workers gain, on each of our engines. */
async function teams() {
  const found = {};
  for (const { name, program, flags, width } of engines) {
    say(`\rtwo workers: ${name}\x1b[K`);
    const args = [...flags, here('team.mjs'), `${4 * rounds}`, width];
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    for await (const chunk of child.stdout) text += chunk;
    found[name] = JSON.parse(text);
  }
  return found;
}

const peaks = {};
for (const { name } of engines) {
  peaks[name] = (await contestants.find((each) => each.name === name).ask({ mode: 'peak' })).peak;
}
const difference = torch && (await multiscaleDifference());
const results = (await race()).map((row) => compared(row, peaks));
for (const contestant of contestants) contestant.end();
const result = {
  machine: {
    cpu: cpus()[0].model,
    cores: availableParallelism(),
    system: `${process.platform} ${process.arch}`,
  },
  contestants: contestants.map(({ name, device, node }) => ({ name, device, node })),
  missing,
  rounds,
  peak: peaks,
  multiscaleDifference: difference,
  results,
  workers: await teams(),
};
say('\r\x1b[K');

if (options.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
else {
  console.log(`${result.machine.cpu}, ${result.machine.cores} cores; milliseconds by the clock`);
  const round = (table) =>
    Object.fromEntries(Object.entries(table).map(([name, ms]) => [name, Number(ms.toFixed(1))]));
  console.table(
    Object.fromEntries(results.map(({ workload, mode, ms }) => [`${workload} ${mode}`, round(ms)])),
  );
  for (const { name } of engines) {
    for (const { workload, mode, ratios, shareOfPeak } of results) {
      const over = Object.entries(ratios[name]).map(([other, x]) => `${x.toFixed(2)} × ${other}`);
      const share = `${(100 * shareOfPeak[name]).toFixed(0)} % of peak`;
      console.log(`${name}, ${workload} ${mode}: ${[...over, share].join(', ')}`);
    }
    for (const [mode, { gain }] of Object.entries(result.workers[name])) {
      console.log(`${name}, two workers, ${mode}: ${gain.toFixed(2)} times as fast as one`);
    }
  }
  if (missing.length > 0) console.log(`missing: ${missing.join('; ')}`);
}
process.exit(0);
