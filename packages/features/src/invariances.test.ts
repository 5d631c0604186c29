import { keyedRandom } from '@diffusion/random';
import type { Dim, Track } from '@diffusion/tracks';
import fc from 'fast-check';
import { allFeatures } from './catalogue.ts';
import { contextOf } from './context.ts';
import type { BuiltInFeature } from './feature.ts';
import { fractionalTrack, trackOf } from './tracks.fixture.ts';

const KINDS = ['brownian', 'correlated', 'line', 'circle', 'pauses', 'constant'] as const;
type Kind = (typeof KINDS)[number];

/** A track of a kind, of unit scale. */
function make(kind: Kind, length: number, dim: Dim, seed: number): Track {
  const random = keyedRandom(seed, length, dim);
  if (kind === 'brownian') return fractionalTrack({ length, dim }, random);
  if (kind === 'correlated') {
    return fractionalTrack({ length, dim, alpha: 1.5, noiseVariance: 0.05 }, random);
  }
  const positions = new Float64Array(length * dim);
  const direction = [0.6, -0.75, 0.3];
  const at = [0, 0, 0];
  for (let i = 0; i < length; i++) {
    const moves = random.uniform() < 0.6;
    for (let a = 0; a < dim; a++) {
      if (kind === 'line') positions[i * dim + a] = i * direction[a];
      else if (kind === 'circle') positions[i * dim + a] = Math.cos(0.3 * i + (a * Math.PI) / 2);
      else if (kind === 'pauses') {
        if (i > 0 && moves) at[a] += random.normal();
        positions[i * dim + a] = at[a];
      } else positions[i * dim + a] = 0.7;
    }
  }
  return trackOf(positions, dim);
}

const mapped = (track: Track, f: (p: number[]) => number[], dt = track.dt): Track => {
  const positions = new Float64Array(track.positions.length);
  for (let i = 0; i < track.length; i++) {
    const p = Array.from(track.positions.subarray(i * track.dim, (i + 1) * track.dim));
    positions.set(f(p), i * track.dim);
  }
  return trackOf(positions, track.dim, { dt });
};

/** A random rotation or reflection, from a random normal matrix made orthonormal. */
function rotation(dim: Dim, seed: number): (p: number[]) => number[] {
  const random = keyedRandom(seed, 99);
  const rows: number[][] = [];
  for (let a = 0; a < dim; a++) {
    const row = Array.from({ length: dim }, () => random.normal());
    for (const other of rows) {
      const dot = row.reduce((sum, x, i) => sum + x * other[i], 0);
      for (let i = 0; i < dim; i++) row[i] -= dot * other[i];
    }
    const norm = Math.hypot(...row);
    rows.push(row.map((x) => x / norm));
  }
  return (p) => rows.map((row) => row.reduce((sum, x, i) => sum + x * p[i], 0));
}

const reversed = (track: Track): Track => {
  const positions = new Float64Array(track.positions.length);
  for (let i = 0; i < track.length; i++) {
    for (let a = 0; a < track.dim; a++) {
      positions[i * track.dim + a] = track.positions[(track.length - 1 - i) * track.dim + a];
    }
  }
  return trackOf(positions, track.dim, { dt: track.dt });
};

/** Values found by a search are as close as it looks; all others nearly as close as doubles are. */
const SEARCHED = ['powerLawAlpha', 'powerLawD', 'diffusionMle', 'locVarianceMle'];
const tolerance = (feature: BuiltInFeature): number =>
  SEARCHED.includes(feature.about.name) ? 2e-4 : 1e-6;

/** What a feature's value is small against: its own size, and for one that may vanish the size of its terms. */
const size = (feature: BuiltInFeature, track: Track): number => {
  const { extent, dt } = contextOf(track);
  const { scale, time } = feature.about.invariances;
  return extent ** scale * (time === '-alpha' ? 0 : dt ** time);
};

/**
 * Features that a kind of track defines so badly that rounding decides: eigenvectors of a circle's equal eigenvalues,
 * angles of its rectangle, logarithms of a spectrum that is zero but for rounding, and the number of lags where the
 * slope of the MSD is near zero.
 */
const ILL_POSED: Partial<Record<Kind, readonly string[]>> = {
  circle: ['kurtosis', 'absSkewness', 'elongation', 'psdSlope', 'optimalLags', 'diffusionMichalet'],
};

function compare(
  kind: Kind,
  before: Track,
  after: Track,
  factor: (feature: BuiltInFeature) => number,
) {
  const wrong: string[] = [];
  const [a, b] = [contextOf(before), contextOf(after)];
  for (const feature of allFeatures) {
    const f = factor(feature);
    if (Number.isNaN(f) || ILL_POSED[kind]?.includes(feature.about.name)) continue;
    const expected = f * feature(a);
    const found = feature(b);
    const close =
      Math.abs(found - expected) <=
      tolerance(feature) * Math.max(Math.abs(expected), Math.abs(f) * 1e-3 * size(feature, before));
    if (!(close || (Number.isNaN(found) && Number.isNaN(expected)))) {
      wrong.push(`${feature.about.name} of ${kind}: ${found}, expected ${expected}`);
    }
  }
  return wrong;
}

const someTrack = fc.record({
  kind: fc.constantFrom(...KINDS),
  length: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 6, max: 130 })),
  dim: fc.constantFrom<Dim>(1, 2, 3),
  seed: fc.integer({ min: 0, max: 1e6 }),
});
type Some = typeof someTrack extends fc.Arbitrary<infer T> ? T : never;

const holds = (property: (some: Some) => string[]): void =>
  fc.assert(
    fc.property(someTrack, (some) => {
      expect(property(some)).toEqual([]);
    }),
    { seed: 20, numRuns: 120 },
  );

describe('invariances of every feature', () => {
  it('translation', () => {
    holds(({ kind, length, dim, seed }) => {
      const track = make(kind, length, dim, seed);
      // By whole numbers, which change no difference of positions by more than rounding.
      const moved = mapped(track, (p) => p.map((x, a) => x + [3, -7, 5][a]));
      return compare(kind, track, moved, () => 1);
    });
  });

  it('rotation and reflection', () => {
    holds(({ kind, length, dim, seed }) => {
      const track = make(kind, length, dim, seed);
      const turned = mapped(track, rotation(dim, seed));
      return compare(kind, track, turned, ({ about }) =>
        about.invariances.rotation ? 1 : Number.NaN,
      );
    });
  });

  it.each([1e-9, 0.37, 1e9])('scale %p', (c) => {
    holds(({ kind, length, dim, seed }) => {
      const track = make(kind, length, dim, seed);
      const scaled = mapped(track, (p) => p.map((x) => c * x));
      return compare(kind, track, scaled, ({ about }) => c ** about.invariances.scale);
    });
  });

  it('time reversal', () => {
    holds(({ kind, length, dim, seed }) => {
      const track = make(kind, length, dim, seed);
      return compare(kind, track, reversed(track), ({ about }) =>
        about.invariances.reversal ? 1 : Number.NaN,
      );
    });
  });

  it.each([1e-3, 7])('dt × %p', (c) => {
    holds(({ kind, length, dim, seed }) => {
      const track = make(kind, length, dim, seed);
      const context = contextOf(track);
      const exponents: Record<string, number> = {};
      for (const feature of allFeatures) exponents[feature.about.name] = feature(context);
      const slower = mapped(track, (p) => p, c);
      return compare(kind, track, slower, ({ about }) => {
        const { time } = about.invariances;
        if (time !== '-alpha') return c ** time;
        const alpha = exponents[about.name === 'powerLawD' ? 'powerLawAlpha' : 'alpha'];
        return Number.isNaN(alpha) ? 1 : c ** -alpha;
      });
    });
  });

  it('an offset of 1e6 leaves what does not depend on exact zeros', () => {
    fc.assert(
      fc.property(someTrack, ({ length, dim, seed }) => {
        const track = make(seed % 2 ? 'brownian' : 'pauses', length, dim, seed);
        const moved = mapped(track, (p) => p.map((x) => x + 1e6));
        // Positions near 1e6 are rounded to 1e-10: compare with the same rounding without the offset.
        const rounded = mapped(moved, (p) => p.map((x) => x - 1e6));
        expect(compare('brownian', rounded, moved, () => 1)).toEqual([]);
      }),
      { seed: 21, numRuns: 120 },
    );
  });

  it('would see a feature that is not invariant', () => {
    const track = make('brownian', 130, 2, 1);
    const turned = mapped(track, rotation(2, 5));
    const wrong = compare('brownian', track, turned, () => 1).map((line) => line.split(' ')[0]);
    expect(wrong.sort()).toEqual(
      allFeatures
        .filter(({ about }) => !about.invariances.rotation)
        .map(({ about }) => about.name)
        .sort(),
    );
    const back = compare('brownian', track, reversed(track), () => 1).map(
      (line) => line.split(' ')[0],
    );
    expect(back.sort()).toEqual(
      allFeatures
        .filter(({ about }) => !about.invariances.reversal)
        .map(({ about }) => about.name)
        .sort(),
    );
  });
});
