import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyedRandom } from '@diffusion/random';
import { sbmExponent } from './sbm-likelihood.mjs';
import { calibrationError, perfectCalibrationError } from './statistics.mjs';
import { tablesOf } from './tables.mjs';

const here = import.meta.dirname;

it('finds the exponent of scaled Brownian motion with an error', () => {
  // Mean error over 20 tracks of 300 points whose standard error is about 0.02.
  for (const alpha of [0.5, 1.6]) {
    let sum = 0;
    for (let i = 0; i < 20; i++) {
      const random = keyedRandom(3, i);
      const places = [0];
      for (let t = 1; t < 300; t++) {
        const deviation = Math.sqrt((t + 1) ** alpha - t ** alpha);
        places.push(places[t - 1] + deviation * random.normal());
      }
      sum += sbmExponent(places.map((x) => x + 0.3 * random.normal())) / 20;
    }
    expect(Math.abs(sum - alpha)).toBeLessThan(0.1);
  }
});

it('has a calibration error of what is wrong with the confidence', () => {
  const random = keyedRandom(4);
  const confidence = Array.from({ length: 20_000 }, () => 0.5 + 0.5 * random.uniform());
  const hits = confidence.map((p) => (random.uniform() < p - 0.1 ? 1 : 0));
  expect(calibrationError(confidence, hits)).toBeCloseTo(0.1, 1.5);
  const perfect = perfectCalibrationError(confidence, 1);
  // √(2/π) of a standard error √(p(1 − p)/n) of a fifteenth of the tracks.
  expect(perfect).toBeGreaterThan(0.5 * 0.8 * Math.sqrt((0.18 * 15) / 20_000));
  expect(perfect).toBeLessThan(2 * 0.8 * Math.sqrt((0.18 * 15) / 20_000));
});

it('measures everything that docs/accuracy.md has a place for, of an untrained model', () => {
  const folder = mkdtempSync(join(tmpdir(), 'diffusion-accuracy-'));
  try {
    const { NODE_OPTIONS: _, ...env } = process.env;
    const run = (script: string, ...args: string[]): string =>
      execFileSync(process.execPath, [join(here, script), ...args], {
        encoding: 'utf8',
        env,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    run('untrained.fixture.mjs', folder);
    const json = run(
      'bench.mjs',
      ...[
        '--quick',
        '--json',
        '--motion',
        join(folder, 'motion'),
        '--andi2',
        join(folder, 'andi2'),
      ],
      ...['--tracks', '60', '--per-bin', '9', '--lengths', '8', '--per-law', '2'],
      ...['--andi-source', 'own', '--andi-tracks', '20', '--likelihood-tracks', '2'],
    );
    const results = JSON.parse(json);
    expect(Object.keys(results.sections)).toEqual([
      ...['prior', 'exact', 'alarms', 'invariance', 'time', 'andi2'],
    ]);
    const { prior, exact, invariance } = results.sections;
    expect(prior.result.all.count).toBe(60);
    expect(prior.result.all.coverageOfAll).toBeLessThanOrEqual(1);
    expect(exact.result.all.exact).toBeGreaterThan(0);
    expect(invariance.result.map(({ name }: { name: string }) => name)).toHaveLength(3);
    const page = readFileSync(join(here, '../../docs/accuracy.md'), 'utf8');
    // A page needs Chromium, and is measured where it is named.
    const places = [...page.matchAll(/<!-- (?!end)(.*?) -->/g)]
      .map(([, name]) => name)
      .filter((name) => name !== 'page');
    expect(
      tablesOf(results)
        .map(({ name }: { name: string }) => name)
        .sort(),
    ).toEqual(places.sort());
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 300_000);
