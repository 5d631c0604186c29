// scripts/newest-node benchmarks/backends/scaling.mjs
//
// Processor time and memory of a training step of the 1D XResNet on wasm, against the length of the tracks and the size of
// the batch; every point in a process of its own. Fills the tables of docs/performance.md
// and draws docs/performance-scaling.svg.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { fillPage, markdown } from './fill-page.mjs';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));

/** What the kernels run on. */
let device;

function measure(length, batch) {
  // Enough of them for the engine to have compiled everything; the later half counts.
  const steps = Math.max(12, Math.min(150, Math.round(4e5 / (length * batch))));
  const request = { workload: 'xresnet-300x2', mode: 'step', steps, batch, length };
  const { stdout } = spawnSync(process.execPath, [here('contestant.mjs'), 'wasm', 'wide'], {
    input: `${JSON.stringify(request)}\n`,
    encoding: 'utf8',
  });
  const [first, second] = stdout.trim().split('\n');
  device = JSON.parse(first).device;
  const { times, heap } = JSON.parse(second);
  const later = times.slice(steps >> 1).map(({ cpu }) => cpu);
  const cpu = later.sort((a, b) => a - b);
  return { length, batch, ms: cpu[cpu.length >> 1], mb: heap / 2 ** 20 };
}

const lengths = [32, 64, 128, 256, 512, 1024].map((length) => measure(length, 64));
const batches = [1, 4, 16, 64, 256, 512].map((batch) => measure(300, batch));
const tables = [
  ['T (batch 64)', lengths, 'length'],
  ['batch (T = 300)', batches, 'batch'],
].map(([title, points, key]) =>
  markdown([
    [title, ...points.map((point) => point[key])],
    ['ms', ...points.map(({ ms }) => ms.toFixed(ms < 10 ? 1 : 0))],
    ['MB', ...points.map(({ mb }) => mb.toFixed(0))],
  ]),
);
fillPage(
  'scaling',
  [`${cpus()[0].model}, Node ${process.versions.node}, ${device}:`, ...tables].join('\n\n'),
);

/** One panel: both quantities on logarithmic axes, with a line of slope one for the eye. */
function panel(points, key, title, left) {
  const x = (value) =>
    left +
    40 +
    60 * Math.log2(value / points[0][key]) * (5 / Math.log2(points[5][key] / points[0][key]));
  const y = (value) => 250 - 60 * Math.log10(value);
  const line = (of, colour) => {
    const at = points.map((point) => `${x(point[key]).toFixed(1)},${y(of(point)).toFixed(1)}`);
    const dots = at.map(
      (place) =>
        `<circle cx="${place.split(',')[0]}" cy="${place.split(',')[1]}" r="3" fill="${colour}"/>`,
    );
    return `<polyline points="${at.join(' ')}" fill="none" stroke="${colour}"/>${dots.join('')}`;
  };
  const last = points[5];
  const from = (last.ms * points[0][key]) / last[key];
  const slope = `<line x1="${x(points[0][key])}" y1="${y(from)}" x2="${x(last[key])}" y2="${y(last.ms)}" stroke="#999" stroke-dasharray="3 4"/>`;
  const ticks = points.map(
    (point) => `<text x="${x(point[key])}" y="268" text-anchor="middle">${point[key]}</text>`,
  );
  const rows = [1, 10, 100, 1000].map(
    (value) => `<text x="${left + 24}" y="${y(value) + 4}" text-anchor="end">${value}</text>`,
  );
  const name = `<text x="${left + 190}" y="288" text-anchor="middle">${title}</text>`;
  return [
    slope,
    line(({ ms }) => ms, '#1f77b4'),
    line(({ mb }) => mb, '#d62728'),
    ...ticks,
    ...rows,
    name,
  ].join('\n');
}

const legend =
  '<text x="60" y="20" fill="#1f77b4">ms of a step</text><text x="160" y="20" fill="#d62728">MB of heap</text><text x="250" y="20" fill="#777">dashed: in proportion</text>';
writeFileSync(
  here('../../docs/performance-scaling.svg'),
  `<svg xmlns="http://www.w3.org/2000/svg" width="820" height="300" viewBox="-20 0 820 300" font-family="sans-serif" font-size="12">
<rect x="-20" width="820" height="300" fill="#fff"/>
${legend}
${panel(lengths, 'length', 'points per track (batch 64)', 0)}
${panel(batches, 'batch', 'batch (300 points)', 400)}
</svg>
`,
);
