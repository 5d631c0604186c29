// Measures the predictions of ONNX Runtime Web, one thread: a line of JSON in, { workload, mode, steps, atMost }, one out.
// The networks are ours, written as ONNX, with fresh weights.
//   node benchmarks/backends/onnx-contestant.mjs FOLDER      where setup-onnx.sh has put the package
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { useBackend } from '@diffusion/backends';
import { writeOnnx } from '@diffusion/models/onnx';
import { ours, workloads } from './networks.mjs';

const [folder] = process.argv.slice(2);
const { resolve } = createRequire(join(folder, 'package.json'));
const main = resolve('onnxruntime-web');
const { version } = JSON.parse(readFileSync(join(main, '../../package.json'), 'utf8'));
const { default: ort } = await import(pathToFileURL(main).href);
ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';
const device = `ONNX Runtime Web ${version}, ${process.version}`;
process.stdout.write(`${JSON.stringify({ device, node: process.version })}\n`);

const sessions = new Map();
await useBackend('cpu');

async function prepare(workload) {
  if (!sessions.has(workload)) {
    const { network, shape } = workloads[workload];
    const made = network(shape, ours);
    const session = await ort.InferenceSession.create(writeOnnx({ network: made }), {
      executionProviders: ['wasm'],
      graphOptimizationLevel: 'all',
    });
    const inputs = made.inputs.map(({ name, shape: [, ...axes] }) => {
      // Where a network takes any length, the workload says which.
      const sizes = [64, ...axes.map((n, axis) => n ?? shape[axis])];
      const size = sizes.reduce((product, n) => product * n, 1);
      const values = Float32Array.from({ length: size }, (_, i) => Math.sin(i * i));
      return [name, new ort.Tensor('float32', values, sizes)];
    });
    sessions.set(workload, { session, inputs: Object.fromEntries(inputs) });
    made.dispose();
  }
  return sessions.get(workload);
}

for await (const line of createInterface({ input: process.stdin })) {
  const { workload, steps, atMost = Infinity } = JSON.parse(line);
  const { session, inputs } = await prepare(workload);
  const times = [];
  const begun = performance.now();
  for (let i = 0; i < steps && (i < 2 || performance.now() - begun < atMost); i++) {
    const [wall, cpu] = [performance.now(), process.cpuUsage()];
    await session.run(inputs);
    const { user, system } = process.cpuUsage(cpu);
    times.push({ wall: performance.now() - wall, cpu: (user + system) / 1000 });
  }
  process.stdout.write(`${JSON.stringify({ times })}\n`);
}
process.exit(0);
