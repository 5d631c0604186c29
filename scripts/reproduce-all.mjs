// Reproduces every table and figure of the sources, one after the other; run again, it goes on where it was. What fails is told and
// stops nothing. May take a night.
//   pnpm reproduce:all [--output FOLDER] [--scale small|full] [--source NAME] [--minutes N] [--workers N]
//   --minutes N  begins no item after so many minutes
//   --workers N  parts of an item at once; one for each core where it is left out
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    output: { type: 'string', default: 'reproduction' },
    scale: { type: 'string', default: 'small' },
    source: { type: 'string' },
    minutes: { type: 'string', default: 'Infinity' },
    workers: { type: 'string' },
  },
});
const program = fileURLToPath(new URL('../packages/cli/dist/diffusion.js', import.meta.url));
const { items } = await import('../packages/reproduce/dist/index.js');
const begun = Date.now();
const failed = [];
// The cheapest first: a night that ends early has the most items.
const inOrder = items
  .filter(({ source }) => values.source === undefined || source === values.source)
  .sort((a, b) => a.scales[values.scale].minutes - b.scales[values.scale].minutes);
for (const { source, item, scales } of inOrder) {
  const result = join(values.output, source, item, 'table.json');
  const kept = existsSync(result) ? JSON.parse(readFileSync(result, 'utf8')) : undefined;
  if (kept?.scale === values.scale) continue;
  if (Date.now() - begun > 60_000 * Number(values.minutes)) break;
  process.stderr.write(`${source} ${item}: estimated at ${scales[values.scale].minutes} min\n`);
  const args = ['reproduce', source, item, '--scale', values.scale, '--output', values.output];
  if (values.workers !== undefined) args.push('--workers', values.workers);
  const { status, signal } = spawnSync(process.execPath, [program, ...args], { stdio: 'inherit' });
  if (signal !== null || status >= 128) process.exit(status ?? 130);
  if (status !== 0) failed.push(`${source} ${item}`);
}
if (failed.length > 0) {
  process.stderr.write(`failed: ${failed.join(', ')}\n`);
  process.exit(1);
}
