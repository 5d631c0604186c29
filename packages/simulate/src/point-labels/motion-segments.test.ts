import { segmentsOf } from '../andi2/segments.ts';
import { dataSetFrom } from '../data-set.ts';
import { motionSegments } from './motion-segments.ts';

const [IMMOBILE, CONFINED, FREE, DIRECTED] = [0, 1, 2, 3];

describe('motionSegments', () => {
  // At this quality the error is 2σ² beside a hundred times as much and more; the longest sums are of 10⁵ terms.
  it.each([1, 2, 3] as const)('has the D and α that it says, in %iD', (dim) => {
    const tracks = motionSegments({
      ...{ count: 800, seed: 2, dim, length: 200 },
      ...{ q: 30, gaps: 0, exposure: 0 },
    }).generate();
    const sigma = tracks.trackColumns.sigma as Float64Array;
    const ratios = [1, 4].map((lag) => {
      const sums = new Float64Array(4);
      const counts = new Float64Array(4);
      for (let i = 0; i < tracks.count; i++) {
        for (const { begin, end, D, alpha, state } of segmentsOf(tracks, i)) {
          const first = tracks.offsets[i];
          for (let p = first + begin; p + lag < first + end; p++) {
            let square = 0;
            for (let d = 0; d < dim; d++) {
              square +=
                (tracks.positions[(p + lag) * dim + d] - tracks.positions[p * dim + d]) ** 2;
            }
            const moved = square / dim - 2 * sigma[i] ** 2;
            sums[state] += D > 0 ? moved / (2 * D * lag ** alpha) : moved / (2 * sigma[i] ** 2);
            counts[state]++;
          }
        }
      }
      return Array.from(sums, (sum, k) => sum / counts[k]);
    });
    for (const ratio of ratios) {
      expect(Math.abs(ratio[IMMOBILE])).toBeLessThan(0.05);
      expect(ratio[CONFINED]).toBeCloseTo(1, 1);
      expect(ratio[FREE]).toBeCloseTo(1, 1);
      expect(ratio[DIRECTED]).toBeCloseTo(1, 1);
    }
  });

  it('has one state in three tracks of ten, and in some of the others', () => {
    const tracks = motionSegments({ count: 2000, seed: 3, length: 100, gaps: 0 }).generate();
    const counts = Array.from(tracks, (_, i) => segmentsOf(tracks, i).length);
    const still = counts.filter((count) => count === 1).length / counts.length;
    expect(still).toBeGreaterThan(0.27);
    expect(still).toBeLessThan(0.45);
    for (let i = 0; i < tracks.count; i++) {
      for (const { begin, end } of segmentsOf(tracks, i)) {
        expect(end - begin).toBeGreaterThanOrEqual(3);
      }
    }
  });

  it('misses frames, never the first nor the last, and as many as asked for', () => {
    const tracks = motionSegments({ count: 60, seed: 4, length: 100, gaps: 0.3 }).generate();
    for (const { frames, length } of tracks) {
      expect(length).toBe(100);
      expect(frames?.[0]).toBe(0);
      expect(frames?.[99]).toBe(99 + 42);
    }
    const [usual] = [motionSegments({ count: 400, seed: 4, length: 100 }).generate()];
    const missing = usual.trackColumns.missing as Float64Array;
    expect(missing.filter((share) => share === 0).length / 400).toBeGreaterThan(0.4);
    expect(Math.max(...missing)).toBeLessThanOrEqual(0.3);
  });

  it('blurs what is exposed: steps of a free particle are a third shorter in the square', () => {
    const squareOf = (exposure: number) => {
      const tracks = motionSegments({
        ...{ count: 600, seed: 5, length: 100, dim: 1 },
        ...{ q: 30, gaps: 0, exposure },
      }).generate();
      const [state, alpha, D] = ['state', 'alpha', 'D'].map(
        (name) => tracks.pointColumns[name] as Float64Array,
      );
      let [sum, count] = [0, 0];
      for (let i = 0; i < tracks.count; i++) {
        for (let p = tracks.offsets[i]; p + 2 < tracks.offsets[i + 1]; p++) {
          if (state[p] !== FREE || alpha[p] !== 1 || D[p] !== D[p + 1]) continue;
          sum += (tracks.positions[p + 1] - tracks.positions[p]) ** 2 / (2 * D[p]);
          count++;
        }
      }
      return sum / count;
    };
    expect(squareOf(1) / squareOf(0)).toBeCloseTo(2 / 3, 1);
  });

  it('makes track i alone and from its specification', () => {
    const set = motionSegments({ count: 40, seed: 1, dim: 3, length: { min: 20, max: 60 } });
    const tracks = set.generate();
    const again = dataSetFrom(JSON.parse(JSON.stringify(set.specification))).generate(7, 8);
    const [from, to] = [tracks.offsets[7], tracks.offsets[8]];
    expect([...again.positions]).toEqual([...tracks.positions.subarray(3 * from, 3 * to)]);
    expect([...(again.frames as Int32Array)]).toEqual([
      ...(tracks.frames as Int32Array).subarray(from, to),
    ]);
  });

  it.each([
    [{ length: 3 }, 'length is 3: expected an integer from 4 to 10000'],
    [{ q: 0 }, 'q is 0: expected a number > 0'],
    [{ gaps: 1 }, 'gaps is 1: expected'],
    [{ exposure: 2 }, 'exposure is 2: expected'],
    [{ speed: 2 }, 'speed'],
  ])('refuses %p', (options, message) => {
    expect(() => motionSegments({ count: 1, seed: 1, ...options } as never)).toThrow(message);
  });
});
