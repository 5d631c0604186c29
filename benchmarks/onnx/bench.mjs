// pnpm bench onnx [--json] [--case WORD]
//
// How far the answers of ONNX Runtime (from PyPI) and ONNX Runtime Web (from npm) are from ours on wasm, for the ONNX file of
// every network of the registry and every layer, on encoded tracks of several lengths, 1, 5 and 64 at a time. ONNX's own
// checker has looked at each file before. Two minutes; benchmarks/onnx/setup.sh installs both.
import { parseArgs } from 'node:util';
import { useBackend } from '@diffusion/backends';
import { cases } from './cases.mjs';
import { compare } from './compare.mjs';
import { missing, runtimes, startRuntime } from './runtimes.mjs';

const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, case: { type: 'string', default: '' } },
});
const { device } = await useBackend('wasm');
const here = runtimes.filter((name) => {
  const why = missing(name);
  if (why) process.stderr.write(`${name}: ${why}\n`);
  return why === undefined;
});
const started = await Promise.all(here.map(startRuntime));
const rows = [];
for (const each of cases.filter(({ title }) => title.includes(options.case))) {
  const { differences, bytes } = await compare(each, started, [1, 5, 64]);
  rows.push({ network: each.title, sizes: each.sizes, bytes, differences });
  if (!options.json) {
    const shown = differences.map((difference) => difference.toExponential(1).padStart(18));
    process.stderr.write(`${each.title.padEnd(40)}${shown.join('')}\n`);
  }
}
await Promise.all(started.map((runtime) => runtime.end()));
const largest = here.map((_, i) => Math.max(...rows.map(({ differences }) => differences[i])));
const report = { device, runtimes: started.map((each) => each.device), rows, largest };
if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
else {
  for (const [i, name] of report.runtimes.entries()) {
    process.stdout.write(`${name}: at most ${largest[i].toExponential(1)} from ours (${device})\n`);
  }
}
