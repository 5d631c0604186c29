// The worker is the built one.
import { motion as built, parallelBatches } from '@diffusion/simulate';
import { columnValue, type Tracks } from '@diffusion/tracks';
import { dataSet, dataSetFrom } from '../data-set.ts';
import { deviations, meanOf, numberOf, stepProduct } from './circumstances.fixture.ts';
import { motion } from './motion.ts';
import type { MotionOptions } from './motion-options.ts';
import { motionPrior } from './motion-prior.ts';

const CLASSES = ['immobile', 'confined', 'brownian', 'directed', 'subdiffusive', 'other'];
/** Nothing but the motion, its exposure and a constant error. */
const PLAIN = { gaps: 0, variation: 0, pixel: 0, drift: 0, search: 'infinity' } as const;
const DIMS = [1, 2, 3] as const;
const moving = motionPrior.laws.map(({ name }) => name).filter((name) => name !== 'immobile');

const every = (tracks: Tracks, value: (i: number) => number): number[] =>
  Array.from({ length: tracks.count }, (_, i) => value(i));
const column = (tracks: Tracks, name: string): number[] =>
  every(tracks, (i) => numberOf(tracks, name, i));

/** Sum of squares of what a track is expected to have in a step per coordinate: 2(a² + σ²). */
const stepSquare = (tracks: Tracks, i: number): number => {
  const sigma = numberOf(tracks, 'sigma', i);
  return 2 * sigma ** 2 * (numberOf(tracks, 'Q', i) ** 2 + 1);
};

// Of each group of comparisons the largest of them is looked at: were they normal, one of 50 would lie beyond 4.5 standard
// errors with probability 0.03 %. The seeds are fixed.
const LIMIT = 4.5;

describe('a step', () => {
  it.each(DIMS)(
    'of a frame has the same size in every law: Q is √(one-frame MSD ÷ 2·dim)/σ in %pD',
    (dim) => {
      for (const q of [0.7, 30]) {
        for (const law of moving) {
          const ranges = { ...PLAIN, q, exposure: 0 };
          const set = motion({ dim, count: 1e6, seed: 3 * dim, length: 60, laws: [law], ranges });
          const tracks = set.generate(0, 400);
          const own = every(tracks, (i) => stepProduct(tracks, i, 0) / stepSquare(tracks, i));
          const z = deviations(own, 1);
          // A track of the laws that are drawn to size has exactly its Q, but for the error.
          expect({ law, q, far: Math.abs(z) > LIMIT ? z : 0 }).toEqual({ law, q, far: 0 });
        }
      }
    },
  );

  it('of what is at rest is error alone, of the size that any other track has', () => {
    const ranges = { ...PLAIN, exposure: 0 };
    const set = motion({ dim: 3, count: 1e6, seed: 4, length: 50, classes: ['immobile'], ranges });
    const tracks = set.generate(0, 1000);
    expect(column(tracks, 'Q').every((Q) => Q === 0)).toBe(true);
    for (const [d, axis] of ['x', 'y', 'z'].entries()) {
      const own = every(
        tracks,
        (i) => stepProduct(tracks, i, 0, d) / (2 * numberOf(tracks, `sigma_${axis}`, i) ** 2),
      );
      expect(Math.abs(deviations(own, 1))).toBeLessThan(LIMIT);
    }
    const rms = (i: number): number =>
      Math.hypot(...['x', 'y', 'z'].map((axis) => numberOf(tracks, `sigma_${axis}`, i))) /
      Math.sqrt(3);
    expect(rms(7)).toBeCloseTo(numberOf(tracks, 'sigma', 7), 12);
    // Log-uniform from 0.01 to 1: the mean of log₁₀ is −1, its deviation 2/√12.
    const sizes = column(tracks, 'sigma').map(Math.log10);
    expect(Math.abs(deviations(sizes, -1))).toBeLessThan(LIMIT);
    const mobile = motion({ dim: 3, count: 1e6, seed: 5, laws: ['brownian'] }).generate(0, 1000);
    const seen = every(mobile, (i) => Math.log10(Math.sqrt(stepSquare(mobile, i) / 2))).filter(
      Number.isFinite,
    );
    expect(Math.abs(deviations(seen, -1))).toBeLessThan(LIMIT);
  });

  it('has the error’s variation from point to point within its root mean square', () => {
    const ranges = { ...PLAIN, variation: 0.5, exposure: 0 };
    const set = motion({ dim: 2, count: 1e6, seed: 6, length: 200, classes: ['immobile'], ranges });
    const tracks = set.generate(0, 1000);
    const own = every(tracks, (i) => stepProduct(tracks, i, 0) / stepSquare(tracks, i));
    expect(Math.abs(deviations(own, 1))).toBeLessThan(LIMIT);
    // The fourth moment of a log-normal mixture of normals: 3 exp(4v²) over the square of the second; x alone.
    const fourth = every(tracks, (i) => {
      const { positions: x } = tracks.at(i);
      let sum = 0;
      for (let k = 0; k < x.length; k += 2) sum += x[k] ** 4;
      return sum / (200 * numberOf(tracks, 'sigma_x', i) ** 4);
    });
    expect(Math.abs(deviations(fourth, 3 * Math.exp(4 * 0.25)))).toBeLessThan(LIMIT);
  });
});

describe('exposure', () => {
  /** Mean of |k + w|^α, w the difference of two places uniform in [0, τ]; the digits it loses do not matter here. */
  const meanPower = (k: number, alpha: number, tau: number): number =>
    ((k + tau) ** (alpha + 2) - 2 * k ** (alpha + 2) + Math.abs(k - tau) ** (alpha + 2)) /
    (tau ** 2 * (alpha + 1) * (alpha + 2));
  const covariance = (k: number, alpha: number, tau: number): number =>
    0.5 *
    (meanPower(k + 1, alpha, tau) -
      2 * meanPower(k, alpha, tau) +
      meanPower(Math.abs(k - 1), alpha, tau));

  // Berglund (2010) for Brownian motion: 2D(1 − τ/3) + 2σ² and 2Dτ/6 − σ², and the same sums for every exponent.
  it.each([
    ['brownian', 1],
    ['brownian', 0.4],
    ['subdiffusive', 1],
    ['subdiffusive', 0.2],
    ['superdiffusive', 0.7],
  ] as const)('leaves the covariance that is known: %s, %p of the frame', (law, exposure) => {
    const ranges = { ...PLAIN, exposure, q: 1 };
    const set = motion({ dim: 2, count: 1e6, seed: 7, length: 100, laws: [law], ranges });
    const tracks = set.generate(0, 400);
    for (const lag of [0, 1, 2]) {
      const excess = every(tracks, (i) => {
        const sigma2 = numberOf(tracks, 'sigma', i) ** 2;
        // Q is 1, so that a step of the true path has the variance 2σ².
        const motionPart = 2 * covariance(lag, numberOf(tracks, 'alpha', i), exposure);
        const errorPart = [2, -1, 0][lag];
        return stepProduct(tracks, i, lag) / sigma2 - motionPart - errorPart;
      });
      expect({ lag, z: Math.abs(deviations(excess, 0)) < LIMIT }).toEqual({ lag, z: true });
    }
  });

  it.each(['switching-diffusion', 'sbm', 'attm'])(
    'leaves a sixth of a step’s variance to neighbours in %s, whose path is made of short pieces',
    (law) => {
      const ranges = { ...PLAIN, exposure: 1, q: 30 };
      const set = motion({ dim: 2, count: 1e6, seed: 8, length: 400, laws: [law], ranges });
      const tracks = set.generate(0, 400);
      // Where D changes and at the ends a little goes elsewhere: 2 % are let pass beside the standard errors.
      const own = every(tracks, (i) => stepProduct(tracks, i, 1) / stepSquare(tracks, i));
      const { mean, error } = meanOf(own);
      expect(Math.abs(mean - 1 / 6)).toBeLessThan(LIMIT * error + 0.02 / 6);
    },
  );
});

describe('the prior of motion', () => {
  const set = motion({ dim: 3, count: 20_000, seed: 1 });
  const tracks = set.generate(0, 4000);
  const points = every(tracks, (i) => tracks.lengthOf(i));

  it('has its classes, laws, lengths and columns', () => {
    expect(set.classes).toEqual(CLASSES);
    expect(set.lengths).toEqual({ min: 5, max: 2000 });
    expect(set.answers).toEqual(['classes']);
    expect(tracks.count).toBe(4000);
    expect(Object.keys(tracks.trackColumns).join(' ')).toBe(
      'track label law alpha D Q sigma sigma_x sigma_y sigma_z exposure R speed radius gaps variation pixel drift searchRadius clear',
    );
    for (let i = 0; i < 4000; i++) {
      const law = motionPrior.laws.find(
        ({ name }) => name === columnValue(tracks.trackColumns.law, i),
      );
      expect(law?.label).toBe(columnValue(tracks.trackColumns.label, i));
      expect(law?.share).toBeGreaterThan(0);
    }
    // A tenth of what moves has no error, and nothing at rest.
    const free = every(tracks, (i) => Number(numberOf(tracks, 'sigma', i) === 0));
    const rest = every(tracks, (i) => Number(numberOf(tracks, 'Q', i) === 0));
    expect(rest.some((value, i) => value === 1 && free[i] === 1)).toBe(false);
    expect(Math.abs(deviations(free, 0.1))).toBeLessThan(LIMIT);
  });

  it('has the laws of length, Q and exposure that the file says', () => {
    // n of a log-uniform integer: half of ln((n + 1)/5) over its whole range.
    const places = points.map((n) => Math.log(n / 5) / Math.log(2001 / 5));
    const expected = (() => {
      let sum = 0;
      for (let n = 5; n <= 2000; n++) sum += Math.log(n / 5) * Math.log((n + 1) / n);
      return sum / Math.log(2001 / 5) ** 2;
    })();
    expect(Math.abs(deviations(places, expected))).toBeLessThan(LIMIT);
    // Confined tracks need some Q or length, so Q is looked at in what can always be.
    const free = motion({ dim: 2, count: 1e6, seed: 2, laws: ['brownian'] }).generate(0, 4000);
    const q = column(free, 'Q')
      .filter(Number.isFinite)
      .map((Q) => Math.log(Q / 0.1) / Math.log(300));
    expect(Math.abs(deviations(q, 0.5))).toBeLessThan(LIMIT);
    expect(
      Math.abs(
        deviations(
          q.map((value) => (value - 0.5) ** 2),
          1 / 12,
        ),
      ),
    ).toBeLessThan(LIMIT);
    const exposures = column(tracks, 'exposure');
    const share = (value: number): number[] => exposures.map((e) => Number(e === value));
    expect(Math.abs(deviations(share(0), 0.2))).toBeLessThan(LIMIT);
    expect(Math.abs(deviations(share(1), 0.3))).toBeLessThan(LIMIT);
    expect(Math.abs(deviations(exposures, 0.5 * 0.5 + 0.3))).toBeLessThan(LIMIT);
  });

  it('misses up to 30 % of the frames, in bursts and alone', () => {
    const gaps = column(tracks, 'gaps');
    let single = 0;
    let long = 0;
    for (let i = 0; i < tracks.count; i++) {
      const frames = tracks.at(i).frames as Int32Array;
      const n = frames.length;
      expect(frames[0]).toBe(0);
      expect((frames[n - 1] + 1 - n) / (frames[n - 1] + 1)).toBeCloseTo(gaps[i], 12);
      for (let k = 1; k < n; k++) {
        if (frames[k] - frames[k - 1] === 2) single++;
        if (frames[k] - frames[k - 1] > 5) long++;
      }
    }
    expect(Math.max(...gaps)).toBeLessThanOrEqual(0.3);
    expect(Math.max(...gaps)).toBeGreaterThan(0.28);
    expect(Math.min(single, long)).toBeGreaterThan(1000);
    // Of long tracks half have no gap, and the others a share uniform from 0 to 0.3.
    const long_ = gaps.filter((_, i) => points[i] >= 200);
    expect(Math.abs(deviations(long_, 0.075))).toBeLessThan(LIMIT);
  });

  it('rounds to pixels, in tracks that have them, and lets σ differ between axes', () => {
    const pixels = column(tracks, 'pixel');
    for (let i = 0; i < 300; i++) {
      const { positions } = tracks.at(i);
      if (pixels[i] === 0) continue;
      for (const x of positions) {
        expect(Math.abs(x / pixels[i] - Math.round(x / pixels[i]))).toBeLessThan(1e-6);
      }
    }
    expect(
      Math.abs(
        deviations(
          pixels.map((pixel) => Number(pixel > 0)),
          0.15,
        ),
      ),
    ).toBeLessThan(LIMIT);
    const ratio = (a: string, b: string): number[] =>
      every(tracks, (i) => numberOf(tracks, a, i) / numberOf(tracks, b, i)).filter(Number.isFinite);
    const plane = ratio('sigma_y', 'sigma_x');
    expect(Math.max(...plane)).toBeGreaterThan(1.25);
    expect(Math.min(...plane)).toBeLessThan(1 / 1.25);
    expect(Math.max(...plane.map((r) => Math.max(r, 1 / r)))).toBeLessThanOrEqual(1.3 + 1e-9);
    const depth = every(tracks, (i) => {
      const [x, y, z] = ['x', 'y', 'z'].map((axis) => numberOf(tracks, `sigma_${axis}`, i));
      return z / Math.sqrt((x * x + y * y) / 2);
    }).filter(Number.isFinite);
    const isotropic = depth.filter((r) => r < 1.5);
    expect(Math.max(...isotropic)).toBeCloseTo(1, 9);
    expect(Math.min(...depth.filter((r) => r >= 1.5))).toBeGreaterThanOrEqual(2 - 1e-9);
    expect(Math.max(...depth)).toBeLessThanOrEqual(3 + 1e-9);
  });

  it('has no link longer than the search radius', () => {
    const radii = column(tracks, 'searchRadius');
    let nearest = 0;
    for (let i = 0; i < tracks.count; i++) {
      if (Number.isNaN(radii[i])) continue;
      const { positions: x } = tracks.at(i);
      for (let at = 3; at < x.length; at += 3) {
        const link = Math.hypot(x[at] - x[at - 3], x[at + 1] - x[at - 2], x[at + 2] - x[at - 1]);
        nearest = Math.max(nearest, link / radii[i]);
      }
    }
    expect(nearest).toBeLessThanOrEqual(1 + 1e-12);
    const limited = radii.map((radius) => Number(!Number.isNaN(radius)));
    expect(Math.abs(deviations(limited, 0.3))).toBeLessThan(LIMIT);
  });

  it('keeps what its classes are: radius, duration, R, α', () => {
    for (let i = 0; i < tracks.count; i++) {
      const value = (name: string): number => numberOf(tracks, name, i);
      const duration = (tracks.at(i).frames as Int32Array).at(-1) as number;
      const law = columnValue(tracks.trackColumns.law, i);
      if (law === 'confined') {
        expect(value('radius')).toBeGreaterThanOrEqual(2 * value('sigma') * (1 - 1e-9));
        // Of a sphere: radius²/(2.0816² D).
        const relaxation = value('radius') ** 2 / (2.0815759778 ** 2 * value('D'));
        expect(relaxation).toBeLessThanOrEqual((duration / 2) * (1 + 1e-9));
        expect(relaxation).toBeGreaterThanOrEqual(1 - 1e-9);
      } else expect(value('radius')).toBeNaN();
      if (law === 'directed') {
        const R = (value('speed') ** 2 * duration) / (6 * value('D'));
        expect(R).toBeCloseTo(value('R'), 9);
        expect(R).toBeGreaterThanOrEqual(1);
      }
      if (law === 'subdiffusive') {
        expect(value('alpha')).toBeGreaterThanOrEqual(0.1);
        expect(value('alpha')).toBeLessThanOrEqual(0.8);
      }
      if (law === 'brownian') expect(value('alpha')).toBe(1);
      if (law === 'immobile') expect([value('D'), value('alpha')]).toEqual([0, NaN]);
    }
  });

  it('says which tracks show plainly what their law is known by', () => {
    const ranges = { ...PLAIN, q: 'infinity', exposure: 0 } as const;
    const clear = (law: string, plain: (x: Float64Array, alpha: number) => boolean): void => {
      const of = motion({ dim: 2, count: 1e6, seed: 9, laws: [law], length: 40, ranges });
      const sample = of.generate(0, 200);
      const seen = every(sample, (i) =>
        Number(plain(sample.at(i).positions, numberOf(sample, 'alpha', i))),
      );
      expect(column(sample, 'clear')).toEqual(seen);
      expect(new Set(seen).size).toBe(2);
    };
    const steps = (x: Float64Array): [number, number][] =>
      Array.from({ length: x.length / 2 - 1 }, (_, k) => [
        x[2 * k + 2] - x[2 * k],
        x[2 * k + 3] - x[2 * k + 1],
      ]);
    clear('ctrw', (x) => {
      const moved = steps(x).map(([dx, dy]) => (dx === 0 && dy === 0 ? '0' : '1'));
      return moved.filter((m) => m === '1').length >= 3 && moved.join('').includes('0'.repeat(10));
    });
    clear('levy-walk', (x) => {
      const turned = steps(x).filter(([dx, dy], k, all) => {
        const [bx, by] = all[Math.max(0, k - 1)];
        return Math.hypot(dx - bx, dy - by) > 1e-6 * Math.hypot(dx, dy);
      });
      return turned.length >= 2;
    });
    clear('sbm', (_, alpha) => Math.abs(alpha - 1) > 0.4);
    const brownian = motion({ dim: 2, count: 9, seed: 1, classes: ['brownian'] }).generate();
    expect(column(brownian, 'clear').every(Number.isNaN)).toBe(true);
    // Of ATTM it shows in nothing but its residences: some are plain, some are not.
    const attm = motion({ dim: 2, count: 1e6, seed: 9, laws: ['attm'], length: 300 });
    expect(new Set(column(attm.generate(0, 200), 'clear'))).toEqual(new Set([0, 1]));
  });
});

describe('a set of the preset motion', () => {
  const options: MotionOptions = { dim: 2, count: 500, seed: 7 };
  const whole = motion(options).generate();

  it('has the same track whatever the range, the batch and the size of the set', async () => {
    const other = motion({ ...options, count: 1e9 });
    for (const i of [0, 3, 499]) {
      expect(other.generate(i, i + 1).positions).toEqual(whole.at(i).positions);
    }
    let seen = 0;
    for await (const { positions } of motion(options).batches({ size: 77 })) {
      expect(positions).toEqual(whole.positions.slice(seen, seen + positions.length));
      seen += positions.length;
    }
    expect(seen).toBe(whole.positions.length);
  });

  it('has the same bits from any number of workers', async () => {
    for (const workers of [1, 2]) {
      let seen = 0;
      for await (const { positions } of parallelBatches(built(options), { size: 190, workers })) {
        expect(positions).toEqual(whole.positions.slice(seen, seen + positions.length));
        seen += positions.length;
      }
      expect(seen).toBe(whole.positions.length);
    }
  });

  it('is made again by its specification, and by dataSet', () => {
    const some: MotionOptions = {
      ...options,
      count: 40,
      length: { min: 10, max: 30 },
      classes: ['brownian', 'other'],
      ranges: { q: { min: 1 }, exposure: 0.5, search: 'infinity' },
    };
    const set = motion(some);
    const again = dataSetFrom(JSON.parse(JSON.stringify(set.specification)));
    expect(again.generate().data).toEqual(set.generate().data);
    expect(dataSet({ preset: 'motion', ...some }).generate().data).toEqual(set.generate().data);
    const own = dataSet({ preset: 'motion', ...some, prior: motionPrior });
    expect(own.generate().data).toEqual(set.generate().data);
    expect(set.lengths).toEqual({ min: 10, max: 30 });
    expect(set.classes).toEqual(['brownian', 'other']);
  });

  it('takes one length, and ranges of what a track is seen with', () => {
    const set = motion({
      ...options,
      length: 17,
      ranges: { q: { min: 0.2, max: 0.5 }, exposure: { min: 0.3, max: 1 }, gaps: { min: 0.2 } },
      classes: ['confined', 'brownian'],
    });
    const tracks = set.generate();
    expect(tracks.count).toBe(500);
    for (let i = 0; i < 500; i++) {
      expect(tracks.lengthOf(i)).toBe(17);
      expect(numberOf(tracks, 'Q', i)).toBeGreaterThanOrEqual(0.2 - 1e-12);
      expect(numberOf(tracks, 'Q', i)).toBeLessThanOrEqual(0.5 + 1e-12);
      expect(numberOf(tracks, 'exposure', i)).toBeGreaterThanOrEqual(0.3);
      expect(numberOf(tracks, 'gaps', i)).toBeGreaterThan(0.1);
    }
  });

  it('gives a range what it has in the whole: shares of classes and laws of the others', () => {
    const bin = { min: 0.2, max: 1 };
    const length = { min: 5, max: 60 };
    const all = motion({ dim: 2, count: 1e6, seed: 21, length }).generate(0, 6000);
    const inside = every(all, (i) => i).filter((i) => {
      const Q = numberOf(all, 'Q', i);
      return Q >= bin.min && Q <= bin.max;
    });
    const part = motion({ dim: 2, count: 1e6, seed: 22, length, ranges: { q: bin } }).generate(
      0,
      3000,
    );
    const mobile = every(part, (i) => i).filter((i) => numberOf(part, 'Q', i) > 0);
    for (const label of CLASSES.slice(1)) {
      const share = (of: Tracks, rows: number[]): number[] =>
        rows.map((i) => Number(columnValue(of.trackColumns.label, i) === label));
      const [one, two] = [share(all, inside), share(part, mobile)];
      const mean = (values: number[]): number => values.reduce((a, b) => a + b) / values.length;
      const error = Math.sqrt(
        [one, two].reduce((sum, v) => sum + (mean(v) * (1 - mean(v))) / v.length, 0),
      );
      expect(Math.abs(mean(one) - mean(two)) / error).toBeLessThan(LIMIT);
    }
  });

  it('has the boundary set where it is asked for by name', () => {
    const set = motion({ ...options, laws: ['boundary'] });
    expect(set.classes).toEqual(['subdiffusive']);
    const alpha = column(set.generate(), 'alpha');
    expect(Math.min(...alpha)).toBeGreaterThanOrEqual(0.8);
    expect(Math.abs(deviations(alpha, 0.9))).toBeLessThan(LIMIT);
  });
});

describe('what makes no set', () => {
  const common = { dim: 2, count: 1, seed: 1 } as const;
  it.each([
    [{ dim: 4 }, 'dim is 4: expected one of 1, 2, 3'],
    [{ lenght: 3 }, 'lenght is 3: expected a known name; the nearest is length'],
    [{ length: 3 }, 'length is 3: expected a range that the prior reaches: it has 5 to 2000'],
    [{ length: 5.5 }, 'length is 5.5: expected integers'],
    [{ length: 9, ranges: { length: 9 } }, 'ranges.length is 9: expected nothing beside length'],
    [
      { classes: ['brwnian'] },
      'classes[0] is "brwnian": expected a known name; the nearest is brownian',
    ],
    [{ classes: [] }, 'classes is []: expected a list of some of immobile, confined'],
    [{ laws: ['ctrv'] }, 'laws[0] is "ctrv": expected a known name; the nearest is ctrw'],
    [{ laws: ['ctrw'], classes: ['directed'] }, 'laws is ["ctrw"]: expected at least one law'],
    [{ ranges: { Q: 1 } }, 'ranges.Q is 1: expected a known name; the nearest is q'],
    [
      { ranges: { q: { min: 40, max: 50 } } },
      'ranges.q is {"min":40,"max":50}: expected a range that',
    ],
    [{ ranges: { q: { min: 3, max: 2 } } }, 'ranges.q.max is 2: expected at least the min, 3'],
    [{ ranges: { q: Infinity } }, 'ranges.q is Infinity: expected a number'],
    [
      { ranges: { q: 'infinity' }, classes: ['immobile'] },
      'ranges is {"q":"infinity"}: expected tracks long enough',
    ],
    [
      { length: 5, ranges: { q: 0.1 }, laws: ['confined'] },
      'length is 5: expected tracks long enough',
    ],
  ])('%j', (wrong, message) => {
    expect(() => motion({ ...common, ...wrong } as never)).toThrow(message);
  });
});
