import { keyedRandom } from '@diffusion/random';
import { ANDI_LABELS, isTextColumn, type Tracks } from '@diffusion/tracks';
import { dataSet } from '../data-set.ts';
import { displacementDeviation } from '../measure/displacement-deviation.ts';
import { gajowczyk2021 } from '../sets/gajowczyk2021.ts';
import { andi2020 } from './andi2020.ts';
import { andi2020Files } from './andi2020-text.ts';
import { normalizedPath } from './normalized-path.ts';
import { poolCounts } from './pool.ts';

const codes = (tracks: Tracks, name = 'label'): number[] => {
  const column = tracks.trackColumns[name];
  return isTextColumn(column) ? [...column.codes] : [];
};
const numbers = (tracks: Tracks, name: string): number[] => [
  ...(tracks.trackColumns[name] as Float64Array),
];
const countOf = <T>(values: readonly T[]): Map<T, number> => {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};
/** Short tracks: the quotas, levels and lengths do not depend on what is cut off. */
const labels = (task: 1 | 2, count: number, seed: number): Tracks =>
  andi2020({ task, dim: 1, count, seed, length: 2 }).generate();

describe('the pool', () => {
  it('has the sizes of the challenge', () => {
    const counts = poolCounts(1000);
    const perModel = ANDI_LABELS.map((_, m) => counts.subarray(40 * m, 40 * (m + 1)));
    // n = ⌈1.6·1000/5⌉ = 320: 16 per α for ATTM and CTRW, 9 of 39 for FBM, ⌈256/21⌉ = 13 for LW, 8 of 40 for SBM.
    expect(perModel.map((row) => Math.max(...row))).toEqual([16, 16, 9, 13, 8]);
    expect(perModel.map((row) => row.filter((n) => n > 0).length)).toEqual([20, 20, 39, 20, 40]);
    expect([perModel[2][39], perModel[3][19], perModel[3][20]]).toEqual([0, 0, 13]);
  });

  it.each([1, 2, 3, 5, 6, 9, 14, 40, 41, 333])(
    'is large enough for %i tracks of every task',
    (count) => {
      expect(labels(1, count, 1).count).toBe(count);
      expect(labels(2, count, 1).count).toBe(count);
      expect(andi2020({ task: 3, dim: 1, count, seed: 1 }).generate().count).toBe(count);
    },
  );
});

describe('andi2020', () => {
  it('task 1: at most ⌈1.1 N/40⌉ of an exponent, models as the pool has them', () => {
    const tracks = labels(1, 4000, 2);
    const perAlpha = countOf(numbers(tracks, 'alpha'));
    expect(perAlpha.size).toBe(40);
    expect(Math.max(...perAlpha.values())).toBeLessThanOrEqual(110);
    // At α = 2 the pool has 32 SBM and 49 LW tracks only.
    expect(perAlpha.get(2)).toBeLessThanOrEqual(81);
    // α ≤ 1: ATTM : CTRW : FBM : SBM as 64 : 64 : 33 : 32 in the pool, shuffled before the cut.
    const low = codes(tracks).filter((_, i) => numbers(tracks, 'alpha')[i] <= 1);
    const share = countOf(low);
    for (const [model, size] of [
      [0, 64],
      [1, 64],
      [2, 33],
      [4, 32],
    ]) {
      const expected = size / 193;
      const error = Math.sqrt((expected * (1 - expected)) / low.length);
      expect(Math.abs((share.get(model) ?? 0) / low.length - expected)).toBeLessThan(4 * error);
    }
    expect(share.has(3)).toBe(false);
  });

  it('task 2: at most ⌈1.1 N/5⌉ of a model, each over all of its exponents', () => {
    const tracks = labels(2, 4000, 3);
    const alpha = numbers(tracks, 'alpha');
    const model = codes(tracks);
    for (const [m, [least, most]] of [
      [0.05, 1],
      [0.05, 1],
      [0.05, 1.95],
      [1.05, 2],
      [0.05, 2],
    ].entries()) {
      const own = alpha.filter((_, i) => model[i] === m);
      expect(own.length).toBeLessThanOrEqual(880);
      expect(own.length).toBeGreaterThan(700);
      expect([Math.min(...own), Math.max(...own)]).toEqual([least, most]);
    }
  });

  it('has lengths uniform from 10 to 999, σ from {0.1, 0.5, 1} and normal amplitudes per coordinate', () => {
    const tracks = andi2020({ task: 1, dim: 2, count: 1500, seed: 4 }).generate();
    const lengths = Array.from({ length: 1500 }, (_, i) => tracks.lengthOf(i));
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(999);
    // Mean 504.5 ± 285.8/√1500; four deviations.
    expect(Math.abs(lengths.reduce((a, b) => a + b) / 1500 - 504.5)).toBeLessThan(
      (4 * 285.8) / Math.sqrt(1500),
    );
    const [sx, sy] = [numbers(tracks, 'sigma_x'), numbers(tracks, 'sigma_y')];
    for (const sigma of [sx, sy]) {
      const counts = countOf(sigma);
      expect([...counts.keys()].sort()).toEqual([0.1, 0.5, 1]);
      for (const n of counts.values()) expect(Math.abs(n - 500)).toBeLessThan(4 * 18.3);
    }
    expect(sx.filter((s, i) => s === sy[i]).length).toBeLessThan(600);
    const amplitude = numbers(tracks, 'amplitude_y');
    const square = amplitude.reduce((a, b) => a + b * b, 0) / 1500;
    expect(Math.abs(square - 1)).toBeLessThan(4 * Math.sqrt(2 / 1500));
    for (const { positions } of tracks)
      expect([positions[0] + 0, positions[1] + 0]).toEqual([0, 0]);
  });

  it('cuts the first points of a path normalised over 1,000: steps have the variance A²(1 + 2σ²)', () => {
    const tracks = andi2020({ task: 2, dim: 1, count: 2000, seed: 5, length: 1000 }).generate();
    const [sigma, amplitude] = [numbers(tracks, 'sigma_x'), numbers(tracks, 'amplitude_x')];
    const label = codes(tracks);
    let sum = 0;
    let n = 0;
    for (const { index, positions } of tracks) {
      // Without LW, whose mean step is not small, and CTRW, which may never move.
      if (label[index] === 1 || label[index] === 3) continue;
      const deviation = displacementDeviation(positions, 1000, 1, 0) / Math.abs(amplitude[index]);
      sum += deviation ** 2 / (1 + 2 * sigma[index] ** 2);
      n++;
    }
    // One track's ratio spreads by less than 0.1.
    expect(Math.abs(sum / n - 1)).toBeLessThan((4 * 0.1) / Math.sqrt(n));
  });

  it('with noisePer "track" has one level for all coordinates', () => {
    const tracks = andi2020({
      task: 1,
      dim: 3,
      count: 60,
      seed: 6,
      noisePer: 'track',
      length: 10,
    }).generate();
    expect(numbers(tracks, 'sigma_x')).toEqual(numbers(tracks, 'sigma_z'));
    expect(numbers(tracks, 'amplitude_x')).toEqual(numbers(tracks, 'amplitude_y'));
  });

  it.each(['coordinate', 'track'] as const)(
    'task 3 joins two different tracks (noise per %s)',
    (noisePer) => {
      const tracks = andi2020({ task: 3, dim: 2, count: 800, seed: 7, noisePer }).generate();
      const [a, b] = [codes(tracks), codes(tracks, 'label_2')];
      const [x, y] = [numbers(tracks, 'alpha'), numbers(tracks, 'alpha_2')];
      const change = numbers(tracks, 'change');
      for (let i = 0; i < 800; i++) {
        expect(tracks.lengthOf(i)).toBe(200);
        expect([a[i], x[i]]).not.toEqual([b[i], y[i]]);
        expect(change[i]).toBeGreaterThanOrEqual(1);
        expect(change[i]).toBeLessThanOrEqual(199);
      }
      // Uniform on 1 … 199: 100 ± 57.4.
      expect(Math.abs(change.reduce((s, t) => s + t) / 800 - 100)).toBeLessThan(
        (4 * 57.4) / Math.sqrt(800),
      );
    },
  );

  it('task 3 changes the step size where it says', () => {
    const tracks = andi2020({ task: 3, dim: 1, count: 400, seed: 8 }).generate();
    const change = numbers(tracks, 'change');
    // Steps into points up to `change` belong to the first segment, those after it to the second.
    const scale = (name: string, i: number): number =>
      Math.abs(numbers(tracks, `amplitude_${name}`)[i]);
    let checked = 0;
    for (let i = 0; i < 400; i++) {
      const [first, second] = [scale('x', i), scale('2_x', i)];
      if (Math.max(first, second) < 50 * Math.min(first, second)) continue;
      const steps = [...tracks.at(i).positions].map((p, k, all) =>
        k === 0 ? 0 : Math.abs(p - all[k - 1]),
      );
      const [low, high] =
        first < second
          ? [steps.slice(1, change[i] + 1), steps.slice(change[i] + 1)]
          : [steps.slice(change[i] + 1), steps.slice(1, change[i] + 1)];
      if (low.length < 5 || high.length < 5) continue;
      const middle = (list: number[]): number => list.sort((p, q) => p - q)[list.length >> 1];
      expect(middle(low)).toBeLessThan(middle(high));
      checked++;
    }
    expect(checked).toBeGreaterThan(5);
  });

  it('leaves a Lévy walk of a single flight as it is instead of dividing by rounding noise', () => {
    const out = new Float64Array(1000);
    let ballistic = 0;
    for (let i = 0; i < 200; i++) {
      normalizedPath(keyedRandom(1, i), out, 1, { model: 3, alpha: 39 });
      for (const x of out) if (Math.abs(x) > 1e5) throw new Error(`position ${x}`);
      if (Math.abs(out[999] - 999 * out[1]) < 1e-6 * Math.abs(out[999])) ballistic++;
    }
    expect(ballistic).toBeGreaterThan(10);
  });

  it('makes track i alone, in any batch', async () => {
    const set = andi2020({ task: 3, dim: 2, count: 500, seed: 9 });
    const whole = set.generate(0, 40);
    const parts: number[] = [];
    for await (const batch of set.batches({ size: 7, to: 40 })) parts.push(...batch.positions);
    expect(parts).toEqual([...whole.positions]);
    expect([...set.generate(31, 32).positions]).toEqual([...whole.at(31).positions]);
    const again = dataSet(JSON.parse(JSON.stringify(set.specification)));
    expect([...again.generate(31, 32).positions]).toEqual([...whole.at(31).positions]);
  });

  it.each([
    [{ task: 4 }, 'task is 4: expected one of 1, 2, 3'],
    [{ dim: 0 }, 'dim is 0'],
    [{ count: 1.5 }, 'count is 1.5'],
    [{ seed: NaN }, 'seed is NaN'],
    [{ length: 1001 }, 'length is 1001: expected an integer from 2 to 1000'],
    [{ task: 3, length: 100 }, 'length is 100: expected one of 200'],
    [{ noisePer: 'both' }, 'noisePer is "both": expected one of coordinate, track'],
  ])('refuses %p', (change, message) => {
    expect(() => andi2020({ task: 1, dim: 1, count: 1, seed: 1, ...change } as never)).toThrow(
      message,
    );
  });
});

describe('andi2020Files', () => {
  const text = (task: 1 | 2 | 3, dim: 1 | 2 | 3, noisePer?: 'track'): Record<string, string[]> => {
    const set = andi2020({
      task,
      dim,
      count: 300,
      seed: 3,
      ...(noisePer && { noisePer }),
      ...(task !== 3 && { length: 12 }),
    });
    return Object.fromEntries(
      andi2020Files(set).map(({ name, chunks }) => [
        name,
        [...chunks].join('').trimEnd().split('\n'),
      ]),
    );
  };

  it('writes positions that read back as the same bits, coordinate after coordinate', () => {
    const { 'task1.txt': rows } = text(1, 2);
    const tracks = andi2020({ task: 1, dim: 2, count: 300, seed: 3, length: 12 }).generate();
    expect(rows).toHaveLength(300);
    const cells = rows[299].split(';');
    expect(cells[0]).toBe('2.0');
    const x = tracks.at(299).positions.filter((_, at) => at % 2 === 0);
    const y = tracks.at(299).positions.filter((_, at) => at % 2 === 1);
    expect(cells.slice(1).map(Number)).toEqual([...x, ...y].map((value) => value + 0));
  });

  it('writes what is true, per task', () => {
    expect(text(1, 1)['ref1.txt'][0]).toMatch(/^1\.0;[012](\.\d\d?)?$/);
    expect(text(2, 3)['ref2.txt'][0]).toMatch(/^3\.0;[0-4]\.0$/);
    expect(text(3, 2)['ref3.txt'][0]).toMatch(/^2\.0;\d+;[0-4]\.0;[\d.]+;[0-4]\.0;[\d.]+$/);
  });

  it('writes everything known of a track', () => {
    const meta = text(2, 2)['meta2.csv'];
    expect(meta[0]).toBe('row,length,model,alpha,sigma_x,sigma_y,amplitude_x,amplitude_y');
    expect(meta).toHaveLength(301);
    expect(meta[300]).toMatch(
      /^299,12,(ATTM|CTRW|FBM|LW|SBM),[\d.]+,(0\.1|0\.5|1),(0\.1|0\.5|1),-?[\d.]+,-?[\d.]+$/,
    );
    expect(text(3, 1)['meta3.csv'][0]).toBe(
      'row,length,model,model_2,alpha,sigma_x,amplitude_x,change,alpha_2,sigma_2_x,amplitude_2_x',
    );
    expect(text(3, 1, 'track')['meta3.csv'][0]).toBe(
      'row,length,model,model_2,alpha,sigma_x,amplitude_x,change,alpha_2',
    );
  });

  it('refuses another data set', () => {
    expect(() => andi2020Files(gajowczyk2021({ count: 1, seed: 1 }))).toThrow(
      'set is "gajowczyk2021": expected a data set made by andi2020',
    );
  });
});
