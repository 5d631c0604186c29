import { andi2Tracks, changePoint, segmentsOf } from '@diffusion/simulate';
import { augmentTracks, noAugmentation } from './augment/augment.ts';
import { freshTracks } from './fresh-tracks.ts';
import { oneLengthBatches } from './one-length-batches.ts';
import { pointTargets } from './targets-of-points.ts';

const classes = ['immobile', 'confined', 'free', 'directed'];

describe('pointTargets', () => {
  const tracks = andi2Tracks({ count: 64, seed: 1, length: 80 }).generate();

  it('has a change at the first point of every segment but that of the track', () => {
    const { changes, alphas, diffusions } = pointTargets(tracks, classes, () => 2);
    for (let i = 0; i < tracks.count; i++) {
      const own = [...changes.subarray(80 * i, 80 * (i + 1)).keys()].filter(
        (t) => changes[80 * i + t] === 1,
      );
      const segments = segmentsOf(tracks, i);
      expect(own).toEqual(segments.slice(1).map(({ begin }) => begin));
      for (const { begin, alpha, D } of segments) {
        const at = 80 * i + begin;
        if (D === 0) expect([alphas[at], diffusions[at]]).toEqual([Number.NaN, Number.NaN]);
        else {
          expect(alphas[at]).toBeCloseTo(alpha, 6);
          expect(diffusions[at]).toBeCloseTo(Math.log(D / 4), 5);
        }
      }
    }
  });

  it('has no K where the tracks have none, and one change where a model changes', () => {
    const of = changePoint({ count: 40, seed: 1, length: 100 }).generate();
    const { diffusions, changes } = pointTargets(of, ['A', 'B', 'C', 'D', 'E'], () => 1);
    expect(diffusions.every(Number.isNaN)).toBe(true);
    expect(changes.reduce((sum, each) => sum + each, 0)).toBe(20);
  });

  it('refuses tracks without labels, and a state that is no class', () => {
    const { pointColumns: _, ...bare } = tracks.data;
    const without = augmentTracks(tracks, noAugmentation, 1, 0);
    expect(() => pointTargets(without, classes, () => 1)).not.toThrow();
    expect(() => pointTargets({ ...bare, pointColumns: {} } as never, classes, () => 1)).toThrow(
      'tracks have no numeric point column state to learn from',
    );
    expect(() => pointTargets(tracks, ['immobile'], () => 1)).toThrow('expected one of 0 to 0');
  });
});

it('keeps the labels of points with the points, where tracks are cut and frames are missed', () => {
  const set = andi2Tracks({ count: 32, seed: 2, length: { min: 40, max: 60 } });
  const augmentation = {
    ...noAugmentation,
    cutShare: 1,
    minLength: 20,
    gapShare: 1,
    maxMissing: 0.3,
  };
  const source = oneLengthBatches(freshTracks(set, 32), { batchSize: 8, seed: 1, augmentation });
  const raw = set.generate();
  const known = new Map<number, string>();
  const labelsOf = (of: typeof raw, k: number) =>
    ['state', 'alpha', 'D'].map((name) => (of.pointColumns[name] as Float64Array)[k]).join();
  for (let k = 0; k < raw.pointCount; k++) known.set(raw.positions[2 * k], labelsOf(raw, k));
  const cut = source.take(0, 0, 8);
  expect(cut.pointCount).toBeGreaterThan(8 * 10);
  for (let k = 0; k < cut.pointCount; k++) {
    expect(labelsOf(cut, k)).toBe(known.get(cut.positions[2 * k]));
  }
});
