import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

/**
 * `pnpm bench memory [--points 1e6] [--json]`: the most memory that `inspect`, `features` and `predict` take, in bytes per
 * point over what they take for a hundredth of the points, and in all. The tracks are walks of 100 points in 2D, a CSV of
 * some 40 bytes per point; the model is an XResNet that has had one short epoch.
 */
const given = (name, or) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? or : process.argv[at + 1];
};
const most = Number(given('--points', '1e6'));
const commands = given('--commands', 'inspect,features,predict').split(',');
const program = fileURLToPath(new URL('../../packages/cli/dist/diffusion.js', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'memory-'));

/** Runs a command in the folder; its largest resident set in bytes. */
async function peakOf(args) {
  const hook = join(folder, 'peak.cjs');
  const file = join(folder, 'peak');
  await writeFile(
    hook,
    `require('node:worker_threads').isMainThread && process.on('exit', () =>
      require('node:fs').writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS)));`,
  );
  const child = spawn(process.execPath, ['--require', hook, program, ...args], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`diffusion ${args.join(' ')}: exit code ${code}`);
  return 1024 * Number(await readFile(file, 'utf8'));
}

/** A table of tracks of 100 points each, written piece by piece. */
async function writeTracks(name, points) {
  const out = createWriteStream(join(folder, name));
  out.write('track,frame,x,y\n');
  let state = 1;
  const step = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  for (let track = 0; track < points / 100; track++) {
    const place = [0, 0];
    let rows = '';
    for (let frame = 0; frame < 100; frame++) {
      place[0] += step();
      place[1] += step();
      rows += `${track},${frame},${place[0]},${place[1]}\n`;
    }
    if (!out.write(rows)) await new Promise((resolve) => out.once('drain', resolve));
  }
  out.end();
  await finished(out);
}

try {
  await peakOf(
    'train --model xresnet --set depth=1 --set filters=8 --preset gajowczyk2021 --count 256 --epochs 1 --output model'.split(
      ' ',
    ),
  );
  const sizes = [most / 100, most];
  for (const points of sizes) await writeTracks(`${points}.csv`, points);
  const results = [];
  for (const command of commands) {
    const peaks = [];
    for (const points of sizes) {
      peaks.push(
        await peakOf([
          command,
          `${points}.csv`,
          ...(command === 'inspect' ? [] : ['--output', 'out.csv']),
          ...(command === 'predict' ? ['--model', 'model', '--workers', '0'] : []),
        ]),
      );
    }
    const [few, all] = peaks;
    results.push({
      command,
      points: most,
      bytesPerPoint: Math.round((all - few) / (most - sizes[0])),
      megabytes: Math.round(all / 1e6),
      megabytesAtStart: Math.round(few / 1e6),
    });
  }
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(results)}\n`);
  else console.table(results);
} finally {
  await rm(folder, { recursive: true });
}
