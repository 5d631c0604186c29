import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { useBackend } from '@diffusion/backends';
import { ensembleMsd, features } from '@diffusion/features';
import { describeNetwork, encoder } from '@diffusion/models';
import { chosenOptions } from '@diffusion/models/training';
import { simulate } from '@diffusion/simulate';
import { columnValue, Tracks } from '@diffusion/tracks';
import { stepProducts } from './my-encoder.ts';
import { foldAnisotropy } from './my-feature.ts';
import { runAndTumble } from './my-motion.ts';
import { temporal } from './my-network.ts';

const common = { count: 500, length: 60, dim: 2, seed: 1 } as const;
const swimming = { ...common, model: runAndTumble, speed: 8, tau: 0.3, D: 0.4, dt: 0.05 } as const;

describe('every part', () => {
  it.each([
    ['my-motion', 40],
    ['my-feature', 40],
    ['my-encoder', 40],
    ['my-network', 40],
    ['classifier', 80],
  ])('%s has at most as many lines as it is said to: %i', (name, most) => {
    const text = readFileSync(new URL(`${name}.ts`, import.meta.url), 'utf8');
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(most);
  });
});

describe('runAndTumble', () => {
  it.each([1, 2, 3] as const)('has the mean squared displacement of its law in %iD', (dim) => {
    const { speed: v, tau, D, dt } = swimming;
    const { times, values, standardErrors } = ensembleMsd(simulate({ ...swimming, dim }), {
      lags: 59,
    });
    for (const k of [0, 5, 20, 58]) {
      const t = times[k];
      const law = 2 * (v * tau) ** 2 * (t / tau - 1 + Math.exp(-t / tau)) + 2 * dim * D * t;
      expect(Math.abs(values[k] - law)).toBeLessThan(4 * standardErrors[k]);
    }
    expect(times[0]).toBe(dt);
  });

  it('runs as far on the finer path that motion blur asks for', () => {
    const { speed, dt } = swimming;
    // No tumble, no diffusion: every step has the length of a run of one frame.
    const blurred = simulate({ ...swimming, D: 0, tau: 1e9, blur: { substeps: 10 } });
    for (const { positions } of blurred) {
      const step = Math.hypot(positions[2] - positions[0], positions[3] - positions[1]);
      expect(step).toBeCloseTo(speed * dt, 10);
    }
  });

  it('has its effective diffusion coefficient as a column', () => {
    // 0.4 + 8² · 0.3 ÷ 2
    const { effectiveD } = simulate(swimming).trackColumns;
    expect(columnValue(effectiveD, 0)).toBeCloseTo(10, 12);
  });
});

describe('foldAnisotropy', () => {
  const meanOf = (tracks: Tracks) => {
    const { foldAnisotropy: values } = features(tracks, { names: [foldAnisotropy] });
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };

  it('is 0 for Brownian motion, above it for antipersistent, below it for persistent motion', () => {
    // A sixth of the 58 turns on either side: a standard deviation of 0.46 a track.
    expect(Math.abs(meanOf(simulate({ ...common, model: 'brownian' })))).toBeLessThan(0.09);
    expect(meanOf(simulate({ ...common, model: 'fbm', alpha: 0.5 }))).toBeGreaterThan(0.5);
    expect(meanOf(simulate(swimming))).toBeLessThan(-1);
  });

  it('counts turns of more than 150° and of less than 30°', () => {
    const positions = [0, 0, 1, 0, 2, 0.5, 3, 1, 2, 0.6, 2, 2];
    const tracks = new Tracks({ positions, offsets: [0, 6], dim: 2 });
    expect(foldAnisotropy(tracks.at(0))).toBeCloseTo(Math.log(1.5 / 2.5));
    const still = new Tracks({ positions: new Array(8).fill(1), offsets: [0, 4], dim: 2 });
    expect(foldAnisotropy(still.at(0))).toBeNaN();
  });
});

describe('stepProducts', () => {
  const specification = { kind: 'step-products', dim: 2, length: 6, options: { lags: 2 } } as const;
  const { channels, encode } = encoder(specification, [stepProducts]);
  const rowsOf = (positions: number[], frames?: number[]) => {
    const { inputs } = encode(new Tracks({ positions, offsets: [0, 4], dim: 2, frames }));
    return Array.from({ length: 6 }, (_, i) => [...inputs.slice(i * channels, (i + 1) * channels)]);
  };

  it('writes products of steps, free of units and of the axes', () => {
    const steps = [
      [1, 0, 0, 1],
      [1, 2, 0, 1],
      [4, 0, 0, 1],
    ].map((row) => row.map((value, k) => (k < 3 ? value / 2 : value)));
    // Steps (1, 0), (0, 1), (0, 2): a mean square of 2.
    const rows = rowsOf([0, 0, 1, 0, 1, 1, 1, 3]);
    expect(rows).toEqual([...steps, ...new Array(3).fill([0, 0, 0, 0])]);
    expect(rowsOf([5, 5, 5, 8, 2, 8, -4, 8])).toEqual(rows);
  });

  it('takes a step over missing frames for none', () => {
    const rows = rowsOf([0, 0, 1, 0, 9, 9, 9, 10], [0, 1, 5, 6]);
    expect(rows.slice(0, 3)).toEqual([
      [1, 0, 0, 1],
      [0, 0, 0, 0],
      [1, 0, 0, 1],
    ]);
  });
});

describe('temporal', () => {
  beforeAll(() => useBackend('wasm'));

  it('has the parameters of its blocks, whose weights follow from the seed', () => {
    // 3 · 8 · 16 + 16, eight of 3 · 16 · 16 + 16, (16 + 16 + 1) · 3 + 3.
    expect(describeNetwork(temporal).parameters).toBe(400 + 8 * 784 + 102);
    const bits = (seed: number) =>
      temporal.build({ seed }).weights.map((weight) => [...weight.read().dataSync()]);
    expect(bits(3)).toEqual(bits(3));
    expect(bits(3)[0]).not.toEqual(bits(4)[0]);
  });

  it('says that it cannot learn an exponent', () => {
    const encode = encoder({ kind: 'step-products', dim: 2, length: 60 }, [stepProducts]);
    const task = { encoder: encode, output: { kind: 'exponent' } } as const;
    expect(() => chosenOptions(temporal, {}, task, 1)).toThrow(
      'temporal answers with classes alone: it cannot learn an exponent',
    );
  });
});

describe('classifier', () => {
  it('learns, is saved and loaded by name, and judges tracks that it has never seen', () => {
    const script = fileURLToPath(new URL('../dist/classifier.js', import.meta.url));
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, '4', '256'], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const lines = [...stdout.matchAll(/^(\w+): ([\d.]+) % of 600 tracks are right$/gm)];
    expect(lines.map(([, name]) => name)).toEqual(['network', 'forest']);
    // A third by chance.
    for (const [, , right] of lines) expect(Number(right)).toBeGreaterThan(75);
  });
});
