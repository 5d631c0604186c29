import { keyedRandom } from '@diffusion/random';
import { andi2, segmentsOf, simulate } from '@diffusion/simulate';
import { Tracks } from '@diffusion/tracks';
import { fractionalTrack } from '../tracks.fixture.ts';
import {
  commonSigma,
  type Segment,
  segmentByChanges,
  segmentByMarkov,
  segmentDensityOf,
  segmentsAt,
} from './index.ts';

/** Two motions one after the other in one track, with a localisation error. */
function joined(
  lengths: readonly number[],
  diffusions: readonly number[],
  sigma: number,
  seed: number,
) {
  const random = keyedRandom(seed);
  const at = [0, 0];
  const positions: number[] = [];
  lengths.forEach((length, i) => {
    const { positions: own } = fractionalTrack(
      { length: length + 1, diffusion: diffusions[i] },
      random,
    );
    for (let t = 0; t < length; t++) {
      for (let a = 0; a < 2; a++) {
        positions.push(at[a] + own[2 * t + a] - own[a] + sigma * random.normal());
      }
    }
    for (let a = 0; a < 2; a++) at[a] += own[2 * length + a] - own[a];
  });
  const count = positions.length / 2;
  return new Tracks({ positions, offsets: [0, count], dim: 2 });
}

const covers = (segments: readonly Segment[], length: number) => {
  expect(segments[0].from).toBe(0);
  expect(segments.at(-1)?.to).toBe(length);
  segments.slice(1).forEach(({ from }, i) => {
    expect(from).toBe(segments[i].to);
  });
};

describe('segmentByChanges', () => {
  it('finds where D changes, and what it is', () => {
    const segment = segmentByChanges({ sigma: 0.2 });
    for (let seed = 0; seed < 5; seed++) {
      const segments = segment(joined([80, 60, 60], [1, 0.05, 1], 0.2, seed).at(0));
      covers(segments, 200);
      expect(segments).toHaveLength(3);
      expect(Math.abs(segments[1].from - 80)).toBeLessThan(6);
      expect(Math.abs(segments[1].to - 140)).toBeLessThan(6);
      // Five standard deviations of ln D of 60 steps in two dimensions.
      expect(Math.abs(Math.log(segments[0].diffusion))).toBeLessThan(0.7);
      expect(Math.abs(Math.log(segments[1].diffusion / 0.05))).toBeLessThan(1.2);
      for (const { state, probability } of segments) {
        expect(state).toBe('free');
        expect(probability).toBeGreaterThan(0.6);
      }
    }
  });

  it('tells a particle at rest from one that moves', () => {
    const segment = segmentByChanges({ sigma: 0.1 });
    const segments = segment(joined([100, 100], [0, 0.5], 0.1, 4).at(0));
    expect(segments.map(({ state }) => state)).toEqual(['immobile', 'free']);
    expect([segments[0].alpha, segments[0].diffusion]).toEqual([0, 0]);
  });

  it('invents a change in less than 5 % of tracks without, with blur and gaps too', () => {
    for (const [alpha, snr, exposure, gaps] of [
      [1, 0.3, 0, 0],
      [0.5, 1, 0, 0],
      [1.7, 3, 0, 0],
      [1, 3, 1, 0.05],
    ]) {
      const tracks = simulate({
        model: 'fbm',
        count: 50,
        length: 200,
        dim: 2,
        seed: 8,
        alpha,
        snr,
        ...(exposure > 0 && { blur: { exposure } }),
        ...(gaps > 0 && { missed: gaps }),
      });
      const sigmas = tracks.trackColumns.sigma as Float64Array;
      const wrong = [...tracks].filter(
        (track) => segmentByChanges({ sigma: sigmas[track.index], exposure })(track).length > 1,
      );
      // With 5 % there were more than 6 of 50 in one of fifty draws.
      expect(wrong.length).toBeLessThanOrEqual(6);
    }
  });

  it('does not depend on the unit', () => {
    const tracks = joined([80, 120], [1, 0.1], 0.2, 1);
    const scaled = new Tracks({ ...tracks.data, positions: tracks.positions.map((x) => 1000 * x) });
    const ours = segmentByChanges({ sigma: 0.2 })(tracks.at(0));
    const theirs = segmentByChanges({ sigma: 200 })(scaled.at(0));
    expect(theirs.map(({ from, state }) => [from, state])).toEqual(
      ours.map(({ from, state }) => [from, state]),
    );
    theirs.forEach(({ diffusion, alpha }, i) => {
      expect(diffusion / ours[i].diffusion).toBeCloseTo(1e6, -2);
      expect(alpha).toBeCloseTo(ours[i].alpha, 6);
    });
  });

  it.each([1, 2, 3, 4])('says what it can of %d points', (length) => {
    const tracks = new Tracks({
      positions: Array.from({ length: 2 * length }, (_, i) => i * i),
      offsets: [0, length],
      dim: 2,
    });
    const segments = segmentByChanges({ sigma: 0.1 })(tracks.at(0));
    covers(segments, length);
    expect(segments).toHaveLength(1);
    const still = new Tracks({
      positions: new Float64Array(2 * length),
      offsets: [0, length],
      dim: 2,
    });
    expect(segmentByChanges({ sigma: 0.1 })(still.at(0))[0].state).toBe('immobile');
  });

  it('refuses options that are none', () => {
    expect(() => segmentByChanges({ sigma: -1 })).toThrow('sigma is -1: expected');
    expect(() => segmentByChanges({ sigma: 1, exposure: 2 })).toThrow('exposure is 2: expected');
    expect(() => segmentByChanges({ sigma: 1, penalty: 0 })).toThrow('penalty is 0: expected');
    expect(() => segmentByChanges({ sigma: 1, penality: 3 } as never)).toThrow(
      'did you mean penalty',
    );
  });
});

describe('segmentByMarkov', () => {
  const experiment = {
    states: [
      { alpha: { mean: 1, variance: 0 }, D: { mean: 1, variance: 0 } },
      { alpha: { mean: 0.5, variance: 0 }, D: { mean: 0.05, variance: 0 } },
    ],
    transition: [
      [0.98, 0.02],
      [0.03, 0.97],
    ],
  };
  const tracks = andi2({
    model: 'multi-state',
    count: 1,
    seed: 4,
    fields: 0,
    experiment,
  }).generate();
  const { states, segment } = segmentByMarkov(tracks, { sigma: 0.12 });

  it('finds the states of an experiment, their number too', () => {
    expect(states).toHaveLength(2);
    expect(states[0].alpha).toBeCloseTo(0.5, 0);
    expect(Math.abs(states[0].alpha - 0.5)).toBeLessThan(0.1);
    expect(Math.abs(Math.log(states[0].diffusion / 0.05))).toBeLessThan(0.15);
    expect(Math.abs(states[1].alpha - 1)).toBeLessThan(0.1);
    expect(Math.abs(Math.log(states[1].diffusion))).toBeLessThan(0.15);
    expect(states[0].share + states[1].share).toBeCloseTo(1, 6);
    expect(Math.abs(states[0].leaving - 0.03)).toBeLessThan(0.012);
  });

  it('says of most frames which it is', () => {
    let right = 0;
    for (const track of tracks) {
      const segments = segment(track);
      covers(segments, track.length);
      const truth = segmentsOf(tracks, track.index);
      for (let t = 0; t < track.length; t++) {
        const said = segments.find(({ to }) => t < to) as Segment;
        const slow = (truth.find(({ end }) => t < end)?.D as number) < 0.5;
        if (slow === said.diffusion < 0.3) right++;
        expect(said.probability).toBeGreaterThan(0);
        expect(said.probability).toBeLessThanOrEqual(1);
      }
    }
    expect(right / tracks.pointCount).toBeGreaterThan(0.95);
  });

  it('says one state of a file that has one', () => {
    const one = simulate({
      model: 'brownian',
      count: 20,
      length: 80,
      dim: 2,
      seed: 2,
      D: 1,
      sigma: 0.5,
    });
    const found = segmentByMarkov(one, { sigma: 0.5 });
    expect(found.states).toHaveLength(1);
    expect([...one].every((track) => found.segment(track).length === 1)).toBe(true);
  });

  it('refuses options that are none, and a file at rest', () => {
    expect(() => segmentByMarkov(tracks, { sigma: 0.1, states: 0 })).toThrow(
      'states is 0: expected',
    );
    const still = new Tracks({ positions: new Float64Array(20), offsets: [0, 10], dim: 2 });
    expect(() => segmentByMarkov(still, { sigma: 0.1 })).toThrow('tracks has none that moves');
  });
});

describe('commonSigma', () => {
  it('finds the error of a file', () => {
    const tracks = simulate({
      model: 'brownian',
      count: 30,
      length: 80,
      dim: 2,
      seed: 6,
      D: 0.5,
      sigma: 0.7,
    });
    expect(Math.abs(commonSigma(tracks) / 0.7 - 1)).toBeLessThan(0.25);
  });

  it('has no answer for tracks of few points', () => {
    expect(commonSigma(new Tracks({ positions: [0, 1, 2], offsets: [0, 3], dim: 1 }))).toBeNaN();
  });
});

describe('segmentsAt', () => {
  const track = joined([80, 60, 60], [1, 0.05, 1], 0.2, 2).at(0);

  it('judges given segments as those that were found', () => {
    const found = segmentByChanges({ sigma: 0.2 })(track);
    const given = segmentsAt(
      track,
      found.slice(1).map(({ from }) => from),
      { sigma: 0.2 },
    );
    covers(given, 200);
    given.forEach((segment, i) => {
      // Both searches end within a step of each other.
      expect(segment.alpha).toBeCloseTo(found[i].alpha, 1);
      expect(Math.log(segment.diffusion / found[i].diffusion)).toBeCloseTo(0, 1);
      expect(segment.state).toBe(found[i].state);
    });
  });

  it('has a density that is greatest near what it says', () => {
    const density = segmentDensityOf(track, 80, 140, { sigma: 0.2 });
    const [, { alpha, diffusion }] = segmentsAt(track, [80, 140], { sigma: 0.2 });
    for (const [a, k] of [
      [alpha, 8 * diffusion],
      [alpha, diffusion / 20],
      [1.95, diffusion],
    ]) {
      expect(density(alpha, diffusion)).toBeGreaterThan(density(a, k));
    }
  });

  it('takes changes as they come, up to the last point, and refuses others', () => {
    covers(segmentsAt(track, [1, 2, 199], { sigma: 0.2 }), 200);
    expect(() => segmentsAt(track, [50, 50], { sigma: 0.2 })).toThrow(
      'changes[1] is 50: expected a point after 50 and before 200',
    );
    expect(() => segmentDensityOf(track, 3, 3, { sigma: 0.2 })).toThrow('from and to are 3 and 3');
  });
});
