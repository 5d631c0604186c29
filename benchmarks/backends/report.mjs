// Writes the measured tables of docs/performance.md from what the benchmarks print with --json.
//   node benchmarks/backends/report.mjs BACKENDS.json [--simulate SIMULATE.json] [--features FEATURES.json] [--cpu]
//
// With --cpu it takes processor time in place of the clock's, for a machine that does other things, too.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fillPage, markdown } from './fill-page.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    simulate: { type: 'string' },
    features: { type: 'string' },
    cpu: { type: 'boolean', default: false },
  },
});
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const { machine, contestants, missing, rounds, peak, results, workers, multiscaleDifference } =
  read(positionals[0]);
const names = {
  'xresnet-300x2': 'XResNet 1D, 300 × 2',
  'wadnet-300': 'WADNet, T = 300',
  'multiscale-300': 'multiscale, T = 300',
  'lstm-100': 'three LSTM(64), T = 100',
};
const modes = { step: 'training step', predict: 'prediction' };
const timesOf = (row) => (values.cpu ? row.cpuMs : row.ms);
const engines = Object.keys(peak);
const all = contestants.map(({ name }) => name);
const ms = (x) => (x === undefined ? '–' : x.toFixed(x < 10 ? 1 : 0));

const clock = values.cpu
  ? 'milliseconds of processor time, on a machine that did other things, too'
  : 'milliseconds by the clock, with nothing else to do';
const parts = contestants.map(({ name, device, node }) =>
  node && !device.includes(node) ? `${name}: ${node.slice(1)}, ${device}` : `${name}: ${device}`,
);
fillPage(
  'machine',
  `${machine.cpu}, ${machine.cores} cores, ${machine.system}; medians of ${rounds} rounds, ${clock}. ${parts.join('; ')}.${missing.length > 0 ? ` Not there: ${missing.join('; ')}.` : ''} \`multiscale\` answers in PyTorch, with the same weights, what it answers here within ${multiscaleDifference?.toExponential(0) ?? '?'}.`,
);

/** Training steps, then predictions, each below a row that says so. */
const rowsOf = (cells) =>
  Object.keys(modes).flatMap((mode) => {
    const rows = results.filter((row) => row.mode === mode);
    const below = rows.map((row) => [names[row.workload], ...cells(row)]);
    return [[`**${modes[mode]}**`, ...below[0].slice(1).fill('')], ...below];
  });
fillPage(
  'times',
  markdown([['', ...all], ...rowsOf((row) => all.map((name) => ms(timesOf(row)[name])))]),
);

/** What is asked of our engines: over which contestant, at most how much, by row. */
const goals = {
  step: { 'xresnet-300x2': [0.9, 0.7, 0.75], 'lstm-100': [1.2, 0.9, 1.1], rest: [1, 0.7, 0.8] },
  predict: { 'lstm-100': [1.6, 0.8, 0.95], rest: [1, 0.8, 0.95] },
};
const judged = (ratio, goal) =>
  Number.isFinite(ratio)
    ? `${ratio.toFixed(2)} (${goal})${ratio > goal ? ' **missed**' : ''}`
    : '–';
const goalOf = (row) => goals[row.mode][row.workload] ?? goals[row.mode].rest;
const wide = engines.find((name) => name.endsWith('wide'));
const rest = engines.filter((name) => name !== wide);
const columns = [
  ...(wide ? [[wide, 'PyTorch-AVX2', 0]] : []),
  ...rest.map((name) => [name, 'PyTorch-128', name.endsWith(' SIMD') ? 2 : 1]),
];
fillPage(
  'ratios',
  markdown([
    [
      '',
      ...columns.map(([name, over]) => `${name} ÷ ${over} (goal)`),
      ...engines.map((name) => `${name}: share of peak`),
    ],
    ...rowsOf((row) => [
      ...columns.map(([name, over, which]) =>
        judged(timesOf(row)[name] / timesOf(row)[over], goalOf(row)[which]),
      ),
      ...engines.map(
        (name) => `${((1e5 * row.gflop) / (timesOf(row)[name] * peak[name])).toFixed(0)} %`,
      ),
    ]),
  ]),
);
fillPage(
  'peak',
  `The peaks, GFLOP/s of the project's own product at its best: ${engines.map((name) => `${name} ${peak[name].toFixed(0)}`).join('; ')}.`,
);

const simulate = values.simulate && read(values.simulate).twoWorkersOverOne;
const features = values.features && read(values.features).workers.speedup;
fillPage(
  'workers',
  markdown([
    ['two workers over one', ...engines],
    ['training step of four shards', ...engines.map((name) => workers[name].step.gain.toFixed(2))],
    ['prediction', ...engines.map((name) => workers[name].predict.gain.toFixed(2))],
    ...(simulate
      ? [
          [
            'simulation (`pnpm bench simulate`)',
            simulate.toFixed(2),
            ...engines.slice(1).map(() => ''),
          ],
        ]
      : []),
    ...(features
      ? [
          [
            'features (`pnpm bench features`)',
            features.toFixed(2),
            ...engines.slice(1).map(() => ''),
          ],
        ]
      : []),
  ]),
);
