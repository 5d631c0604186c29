import { keyedRandom } from '@diffusion/random';
import { type Dim, Tracks } from '@diffusion/tracks';
import { allFeatures, catalogue } from './catalogue.ts';
import { contextOf } from './context.ts';
import { FeaturesError } from './errors.ts';
import { features } from './features.ts';
import { oneTrack } from './reference.fixture.ts';
import { featureSets } from './sets.ts';
import { fractionalTrack, trackOf, withoutPoints } from './tracks.fixture.ts';

const line = Array.from({ length: 40 }, (_, i) => [0.75 * i, i]);
const circle = Array.from({ length: 100 }, (_, i) => [
  Math.cos((2 * Math.PI * i) / 100),
  Math.sin((2 * Math.PI * i) / 100),
]);

const ofPoints = (points: number[][], dt = 1): Record<string, number> =>
  Object.fromEntries(
    Object.entries(features(oneTrack(points, { dt }))).map(([name, [value]]) => [name, value]),
  );

describe('features', () => {
  it('gives a column per feature with a value per track', () => {
    const tracks = new Tracks({
      positions: Float64Array.of(0, 0, 3, 4, 0, 0, 1, 1, 2, 2),
      offsets: Uint32Array.of(0, 2, 5),
      dim: 2,
    });
    const columns = features(tracks, { names: ['netDisplacement', 'numPoints'] });
    expect(Object.keys(columns)).toEqual(['netDisplacement', 'numPoints']);
    expect(Array.from(columns.netDisplacement)).toEqual([5, Math.sqrt(8)]);
    expect(Array.from(columns.numPoints)).toEqual([2, 3]);
  });

  it('has every name of every set of the literature in the catalogue', () => {
    const tracks = oneTrack(line);
    for (const set of Object.keys(featureSets) as (keyof typeof featureSets)[]) {
      expect(Object.keys(features(tracks, { set }))).toEqual([...featureSets[set].names]);
    }
    expect(featureSets.kowalek2019.names).toHaveLength(10);
    expect(featureSets.pinholt2021.names).toHaveLength(11);
  });

  it('knows a line', () => {
    const found = ofPoints(line);
    for (const name of ['straightness', 'efficiency', 'fractalDimension', 'elongation']) {
      expect(found[name]).toBeCloseTo(1, 12);
    }
    expect(found.alpha).toBeCloseTo(2, 12);
    expect(found.asymmetry).toBeCloseTo(Math.LN2, 12);
  });

  it('knows a circle', () => {
    const found = ofPoints(circle);
    expect(found.asymmetry).toBeCloseTo(0, 12);
    expect(found.kurtosis).toBeCloseTo(1.5, 10);
    expect(found.maxPairDistance).toBeCloseTo(2, 12);
    expect(found.convexHullArea).toBeCloseTo(50 * Math.sin((2 * Math.PI) / 100), 10);
  });

  it('has a first detrending moving average of a quarter of m(1)', () => {
    const track = fractionalTrack({ length: 77, dim: 3 }, keyedRandom(1));
    const [m1, dma] = ['msdLag1', 'dma1'].map((name) =>
      allFeatures.find(({ about }) => about.name === name)?.(track),
    );
    expect(dma).toBeCloseTo((m1 as number) / 4, 12);
  });

  it('does not change the path when an axis that stays at zero is added', () => {
    const flat = ofPoints(circle);
    const raised = ofPoints(circle.map(([x, y]) => [x, y, 0]));
    for (const name of ['pathLength', 'straightness', 'alpha', 'vacf1', 'kurtosis', 'psdSlope']) {
      if (Number.isNaN(flat[name])) expect(raised[name]).toBeNaN();
      else expect(raised[name]).toBeCloseTo(flat[name], 10);
    }
    for (const name of ['diffusionCoefficient', 'standardizedMaxDistance', 'gaussianity']) {
      expect(raised[name]).not.toBeCloseTo(flat[name], 6);
    }
  });

  it('is NaN or a number where squares of coordinates are too large for a number', () => {
    for (const scale of [1e150, 1e200, 1e307]) {
      for (const wide of [(x: number) => [x, 2], (x: number) => [x, 2, -x]]) {
        const found = ofPoints(line.map((_, i) => wide((-1) ** i * scale)));
        expect(Object.values(found).filter((value) => Math.abs(value) === Infinity)).toEqual([]);
        expect(found.numPoints).toBe(line.length);
      }
    }
  });

  it('keeps the path length when the last point is repeated', () => {
    const paused = [...line, ...Array.from({ length: 9 }, () => line[39])];
    expect(ofPoints(paused).pathLength).toBe(ofPoints(line).pathLength);
  });

  it('gives numbers or NaN, never an infinity or an exception, on tracks of 1 to 5 points of any kind', () => {
    const random = keyedRandom(3);
    for (const dim of [1, 2, 3] as Dim[]) {
      for (let length = 1; length <= 5; length++) {
        for (const value of [() => 0, () => 1e9, () => random.normal(), (i: number) => i]) {
          const positions = Float64Array.from({ length: length * dim }, (_, i) =>
            value(Math.floor(i / dim)),
          );
          for (const frames of [undefined, Int32Array.from({ length }, (_, i) => 3 * i)]) {
            const context = contextOf(trackOf(positions, dim, { frames }));
            for (const feature of allFeatures) {
              const found = feature(context);
              expect([feature.about.name, Math.abs(found)]).not.toEqual([
                feature.about.name,
                Number.POSITIVE_INFINITY,
              ]);
            }
          }
        }
      }
    }
  });

  it('is defined from the fewest points that the catalogue says, not from one fewer', () => {
    const random = keyedRandom(4);
    for (const feature of allFeatures) {
      const { name, minPoints, dims } = feature.about;
      for (const dim of [1, 2, 3] as Dim[]) {
        const track = fractionalTrack({ length: minPoints, dim }, random);
        // χ² and the like may by chance be undefined; a Gaussian track of that length is not.
        expect([name, dim, Number.isFinite(feature(track))]).toEqual([
          name,
          dim,
          dims.includes(dim),
        ]);
        if (minPoints > 1) {
          expect(feature(fractionalTrack({ length: minPoints - 1, dim }, random))).toBeNaN();
        }
      }
    }
  });

  it('is inside the range that the catalogue states, where it is an interval', () => {
    const random = keyedRandom(5);
    const intervals = catalogue.flatMap(({ name, range }) => {
      const match = /^\[(-?[\d.]+), ([\d.]+|π|ln 2)\]/.exec(range);
      if (match) {
        const end = match[2] === 'π' ? Math.PI : match[2] === 'ln 2' ? Math.LN2 : Number(match[2]);
        return [{ name, low: Number(match[1]), high: end }];
      }
      const least = /^≥ ([\d.]+)(;|$)/.exec(range);
      return least ? [{ name, low: Number(least[1]), high: Number.MAX_VALUE }] : [];
    });
    expect(intervals.length).toBeGreaterThan(35);
    const outside: string[] = [];
    const kinds = [
      ...Array.from({ length: 30 }, (_, i) =>
        fractionalTrack(
          { length: 30, dim: ((i % 3) + 1) as Dim, alpha: 0.4 + (i % 5) * 0.35 },
          random,
        ),
      ),
      oneTrack(line).at(0),
      oneTrack(circle).at(0),
    ];
    for (const track of kinds) {
      const context = contextOf(track);
      for (const { name, low, high } of intervals) {
        const value = allFeatures.find(({ about }) => about.name === name)?.(context) as number;
        if (value < low - 1e-12 || value > high + 1e-12) outside.push(`${name} ${value}`);
      }
    }
    expect(outside).toEqual([]);
  });

  it('is NaN on a track with gaps where the catalogue says undefined, and defined otherwise', () => {
    const track = fractionalTrack({ length: 120 }, keyedRandom(6));
    const gapped = contextOf(withoutPoints(track, (i) => i % 17 === 5));
    for (const feature of allFeatures) {
      expect([feature.about.name, Number.isNaN(feature(gapped))]).toEqual([
        feature.about.name,
        feature.about.gaps === 'undefined',
      ]);
    }
  });

  it('takes frames without a gap as no frames', () => {
    const track = fractionalTrack({ length: 50 }, keyedRandom(7));
    const framed = withoutPoints(track, () => false);
    for (const feature of allFeatures) expect(feature(framed)).toBe(feature(track));
  });

  it('quotes what it does not take', () => {
    const tracks = oneTrack(line);
    expect(() => features(undefined as never)).toThrow(
      new FeaturesError('tracks is undefined: expected Tracks'),
    );
    expect(() => features(tracks, { names: ['speed' as 'alpha'] })).toThrow(
      "feature 'speed' does not exist",
    );
    expect(() => features(tracks, { set: 'mine' as 'wagner2017' })).toThrow("set is 'mine'");
    expect(() => features(tracks, { names: ['alpha'], set: 'wagner2017' })).toThrow('one of them');
    expect(() =>
      features(
        oneTrack([
          [0, 0],
          [1, Number.NaN],
        ]),
      ),
    ).toThrow('track 0, point 1: coordinate y is NaN');
    expect(() => features(oneTrack([[0], [Number.POSITIVE_INFINITY]]))).toThrow('x is Infinity');
    expect(() => features(oneTrack([[0], [1]], { frames: [4, 4] }))).toThrow('frame 4 comes after');
    const empty = new Tracks({
      positions: new Float64Array(0),
      offsets: Uint32Array.of(0, 0),
      dim: 2,
    });
    expect(() => features(empty)).toThrow('track 0 has no points');
  });
});
