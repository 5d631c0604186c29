import { keyedRandom } from '@diffusion/random';
import { dataSet } from '../data-set.ts';
import { andi2 } from './andi2.ts';
import { drawExperiment } from './draw-experiment.ts';
import { ANDI2_MODELS } from './experiment.ts';
import { segmentsOf, smoothLabels } from './segments.ts';

describe.each(ANDI2_MODELS)('andi2 %s', (model) => {
  const set = andi2({ model, count: 6, seed: 3 });
  const tracks = set.generate();

  it('has rows of at least 20 successive frames inside the field, with segments of at least 3', () => {
    expect(tracks.count).toBeGreaterThan(40);
    for (const track of tracks) {
      expect(track.length).toBeGreaterThanOrEqual(20);
      const frames = [...(track.frames ?? [])];
      expect(frames.at(-1)).toBe(frames[0] + track.length - 1);
      // 0.12 pixels of noise: nothing is further out than five of its deviations.
      expect(track.positions.every((x) => x > -0.6 && x < 128.6)).toBe(true);
      const segments = segmentsOf(tracks, track.index);
      expect(segments[0].begin).toBe(0);
      expect(segments.at(-1)?.end).toBe(track.length);
      expect(Math.min(...segments.map(({ begin, end }) => end - begin))).toBeGreaterThanOrEqual(3);
    }
  });

  it('makes experiment i alone, in any batch, and from its specification', async () => {
    const parts: number[] = [];
    for await (const batch of set.batches({ size: 4 })) parts.push(...batch.positions);
    expect(parts).toEqual([...tracks.positions]);
    const again = dataSet(JSON.parse(JSON.stringify(set.specification)));
    const fifth = again.generate(5, 6);
    expect([...fifth.positions]).toEqual([...tracks.positions.slice(-fifth.positions.length)]);
  });
});

describe('andi2', () => {
  it('gives whole tracks with no field, several rows with several fields', () => {
    const whole = andi2({ model: 'single-state', count: 1, seed: 1, fields: 0 }).generate();
    expect(whole.count).toBe(50);
    expect(whole.lengthOf(49)).toBe(200);
    const three = andi2({ model: 'single-state', count: 1, seed: 1, fields: 3 }).generate();
    expect(new Set(three.trackColumns.field as Float64Array)).toEqual(new Set([0, 1, 2]));
  });

  it('takes one’s own experiment', () => {
    const law = { alpha: { mean: 1, variance: 0 }, D: { mean: 0.5, variance: 0 } };
    const experiment = {
      particles: 3,
      frames: 30,
      dim: 3,
      boxSize: undefined,
      states: [law],
    } as const;
    const tracks = andi2({
      model: 'single-state',
      count: 2,
      seed: 1,
      fields: 0,
      experiment,
    }).generate();
    expect([tracks.count, tracks.dim, tracks.lengthOf(0)]).toEqual([6, 3, 30]);
    expect(new Set(tracks.pointColumns.D as Float64Array)).toEqual(new Set([0.5]));
  });

  it('draws what the challenge draws', () => {
    for (let i = 0; i < 200; i++) {
      const [first] = drawExperiment('immobile-traps', keyedRandom(1, i)).states;
      expect(first.alpha.mean).toBeGreaterThanOrEqual(0.5);
      expect(first.alpha.mean).toBeLessThan(1.5);
      const [fast, slow] = drawExperiment('dimerization', keyedRandom(1, i)).states;
      expect(fast.alpha.mean - slow.alpha.mean).toBeGreaterThanOrEqual(0.2);
      expect(fast.alpha.mean - slow.alpha.mean).toBeLessThanOrEqual(0.6);
      expect(slow.D.mean / fast.D.mean).toBeGreaterThanOrEqual(0.01);
      expect(slow.D.mean / fast.D.mean).toBeLessThanOrEqual(0.1);
      expect(Math.abs(fast.D.mean - 1)).toBeLessThan(0.05);
    }
  });

  it.each([
    [{ model: 'traps' }, 'model is "traps": expected one of single-state, multi-state'],
    [{ fields: -1 }, 'fields is -1'],
    [
      { experiment: { frame: 3 } },
      'experiment.frame is 3: expected a known name; the nearest is frames',
    ],
    [{ experiment: { boxSize: 100 } }, 'experiment.boxSize is 100: expected a number ≥ 192'],
    [{ experiment: { particles: 0 } }, 'particles is 0: expected an integer ≥ 1'],
  ])('refuses %p', (change, message) => {
    expect(() =>
      andi2({ model: 'single-state', count: 1, seed: 1, ...change } as never).generate(),
    ).toThrow(message);
  });
});

describe('smoothLabels', () => {
  const smooth = (labels: string): string => {
    const D = Float64Array.from(labels, Number);
    smoothLabels(D.slice(), D, new Uint8Array(D.length), 0, D.length);
    return [...D].join('');
  };

  it.each([
    ['a spell of one frame vanishes', '1111211111', '1111111111'],
    ['of two as well', '1111221111', '1111111111'],
    ['three stay', '1111222111', '1111222111'],
    ['a short beginning joins what follows', '1122222222', '2222222222'],
    ['a short end joins what was before', '1111111122', '1111111111'],
    ['flicker takes the majority', '1111121212222', '1111111222222'],
    ['one label stays', '111', '111'],
  ])('%s', (_, labels, expected) => {
    expect(smooth(labels)).toBe(expected);
  });
});
