/**
 * How long it takes to explain 1,000 tracks of the prior `motion` by the shipped network for them, and what is left behind.
 *
 *     node benchmarks/explain/time.mjs [--count N] [--json]
 *
 * Seconds on the clock and of the processor: the second say what a machine that does nothing else would need, on one core.
 */
import { parseArgs } from 'node:util';
import { useBackend } from '@diffusion/backends';
import { explainTracks } from '@diffusion/eval/explain';
import { dataSet } from '@diffusion/simulate';
import { loadPretrained } from '@diffusion/weights';
import * as tf from '@tensorflow/tfjs-core';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '1000' }, json: { type: 'boolean' } },
});
const count = Number(values.count);
await useBackend('wasm');
const model = await loadPretrained('motion-2d');
const tracks = dataSet({ preset: 'motion', dim: 2, count, seed: 1 }).generate();

const methods = {
  'lrp, ε': { method: 'lrp' },
  'lrp, γ': { method: 'lrp', rule: { kind: 'gamma' }, denseRule: { kind: 'epsilon' } },
  'gradient × input': { method: 'gradient-input' },
};
const results = [];
for (const [name, options] of Object.entries(methods)) {
  const [start, cpu, before] = [performance.now(), process.cpuUsage(), tf.memory().numTensors];
  const { reasons } = await explainTracks(tracks, model, options);
  const { user, system } = process.cpuUsage(cpu);
  results.push({
    method: name,
    tracks: reasons.filter((reason) => reason === undefined).length,
    points: tracks.pointCount,
    seconds: (performance.now() - start) / 1000,
    cpuSeconds: (user + system) / 1e6,
    leaked: tf.memory().numTensors - before,
  });
}
if (values.json) process.stdout.write(`${JSON.stringify(results)}\n`);
else {
  process.stdout.write('| method | tracks | points | s | s of one core | tensors left |\n');
  process.stdout.write('|---|---|---|---|---|---|\n');
  for (const { method, tracks, points, seconds, cpuSeconds, leaked } of results) {
    const times = `${seconds.toFixed(1)} | ${cpuSeconds.toFixed(1)}`;
    process.stdout.write(`| ${method} | ${tracks} | ${points} | ${times} | ${leaked} |\n`);
  }
}
