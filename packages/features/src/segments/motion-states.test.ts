import { keyedRandom } from '@diffusion/random';
import { andi2, andi2Tracks, segmentsOf } from '@diffusion/simulate';
import { selectTracks, Tracks } from '@diffusion/tracks';
import { fractionalTrack } from '../tracks.fixture.ts';
import { type MotionState, motionStates } from './index.ts';

const state = (alpha: number, diffusion: number, share: number): MotionState => ({
  immobile: false,
  alpha,
  alphaDeviation: 0.2,
  logDiffusion: Math.log(diffusion),
  logDiffusionDeviation: 0.5,
  share,
});
const rest: MotionState = {
  immobile: true,
  alpha: 0,
  alphaDeviation: 0,
  logDiffusion: Number.NEGATIVE_INFINITY,
  logDiffusionDeviation: 0,
  share: 0.2,
};

/** Tracks that each keep a K of their own, spread over a factor of a hundred. */
function spread(count: number, length: number, sigma: number) {
  const random = keyedRandom(8);
  const truth: number[] = [];
  const positions: number[] = [];
  for (let i = 0; i < count; i++) {
    truth.push(1.15 * random.normal());
    const own = fractionalTrack({ length, diffusion: Math.exp(truth[i]) }, random).positions;
    for (const x of own) positions.push(x + sigma * random.normal());
  }
  const offsets = Array.from({ length: count + 1 }, (_, i) => i * length);
  return { truth, tracks: new Tracks({ positions, offsets, dim: 2 }) };
}

describe('motionStates', () => {
  it('reads every one of a few long tracks, and what is unlike all that was fitted', () => {
    // Two tracks of 6,100 points, of which the second is a hundred times as fast: it is fitted, too.
    const random = keyedRandom(21);
    const walk = (length: number, diffusion: number) =>
      fractionalTrack({ length, diffusion }, random).positions;
    const set = (lists: readonly ArrayLike<number>[]) => {
      const offsets = [0];
      for (const { length } of lists) offsets.push(offsets[offsets.length - 1] + length / 2);
      const positions = Float64Array.from(lists.flatMap((list) => Array.from(list)));
      return new Tracks({ positions, offsets, dim: 2 });
    };
    const start = [state(1, 0.03, 1)];
    const long = set([walk(6100, 0.01), walk(6100, 1)]);
    const found = motionStates(long, { sigma: 0.01, start });
    for (const [i, truth] of [0.01, 1].entries()) {
      const { logDiffusion } = found.track(long.at(i)).read(0, 6100);
      expect(Math.abs(logDiffusion - Math.log(truth))).toBeLessThan(0.2);
    }
    // A single fast track among 60 of 300 points, which is not among those that are fitted.
    const many = set(Array.from({ length: 60 }, (_, i) => walk(300, i === 7 ? 0.5 : 0.01)));
    const { logDiffusion } = motionStates(many, { sigma: 0.01, start })
      .track(many.at(7))
      .read(0, 300);
    expect(Math.abs(logDiffusion - Math.log(0.5))).toBeLessThan(0.5);
  });

  it('is not put out by one wild localisation', () => {
    const { tracks } = spread(12, 60, 0.1);
    const positions = Float64Array.from(tracks.positions);
    positions[2 * 200] += 1000;
    const wild = new Tracks({ ...tracks.data, positions });
    const { states, track } = motionStates(wild, { sigma: 0.1, start: [state(1, 1, 1)] });
    for (const { alpha, logDiffusion } of states) {
      expect(Number.isNaN(alpha + logDiffusion)).toBe(false);
    }
    for (let i = 0; i < wild.count; i++) {
      const { changes, read } = track(wild.at(i));
      expect(changes.every((p) => p >= 0 && p <= 1 + 1e-9)).toBe(true);
      expect(Number.isFinite(read(0, 60).alpha)).toBe(true);
    }
  });

  it('finds the states of an experiment from a start that is off, and where they change', () => {
    const tracks = andi2({ model: 'multi-state', count: 1, seed: 5, fields: 1 }).generate();
    const whole = selectTracks(
      tracks,
      [...Array(tracks.count).keys()].filter((i) => tracks.lengthOf(i) > 40).slice(0, 14),
    );
    const truth = Array.from({ length: whole.count }, (_, i) => segmentsOf(whole, i));
    const sharp = motionStates(whole, {
      sigma: 0.12,
      start: [state(0.8, 0.5, 0.6), state(0.8, 0.15, 0.4)],
    });
    expect(sharp.states.length).toBe(2);
    let [found, all] = [0, 0];
    truth.forEach((segments, i) => {
      const { changes, read } = sharp.track(whole.at(i));
      expect(changes.length).toBe(whole.lengthOf(i));
      expect(changes.every((p) => p >= 0 && p <= 1 + 1e-9)).toBe(true);
      for (const { begin, end, alpha, D } of segments) {
        if (begin > 0) {
          all++;
          if (changes.subarray(Math.max(0, begin - 4), begin + 5).reduce((a, b) => a + b, 0) > 0.5)
            found++;
        }
        if (end - begin < 30) continue;
        const { alpha: said, logDiffusion, state: s } = read(begin, end);
        expect(Math.abs(said - alpha)).toBeLessThan(0.6);
        expect(Math.abs(logDiffusion - Math.log(D))).toBeLessThan(1.2);
        expect(Math.abs(sharp.states[s].logDiffusion - Math.log(D))).toBeLessThan(1.2);
      }
    });
    expect(all).toBeGreaterThan(10);
    expect(found / all).toBeGreaterThan(0.6);
  });

  it('takes one wide state for one, and gives each track its own K with an interval that holds', () => {
    const { truth, tracks } = spread(30, 40, 0.1);
    const { states, track } = motionStates(tracks, {
      sigma: 0.1,
      start: [state(1, 3, 0.5), state(1, 0.3, 0.5)],
    });
    expect(states.length).toBe(1);
    expect(Math.abs(states[0].logDiffusionDeviation - 1.15)).toBeLessThan(0.4);
    let held = 0;
    truth.forEach((log, i) => {
      const { changes, read } = track(tracks.at(i));
      expect(Math.max(...changes)).toBe(0);
      const own = read(0, 40);
      if (Math.abs(own.logDiffusion - log) < 1.96 * own.logDiffusionDeviation) held++;
    });
    // 28 or 29 of 30 are expected; 23 or fewer come up less than once in a thousand.
    expect(held).toBeGreaterThan(23);
  });

  it('knows rest, gaps and one dimension', () => {
    const field = andi2({ model: 'immobile-traps', count: 1, seed: 3, fields: 1 }).generate();
    const tracks = selectTracks(field, [...Array(8).keys()]);
    const line = new Tracks({
      positions: Float64Array.from(
        { length: tracks.pointCount },
        (_, k) => tracks.positions[2 * k],
      ),
      offsets: tracks.offsets,
      frames: Int32Array.from(
        { length: tracks.pointCount },
        (_, k) => k + (k % 50 > 25 ? 3 : 0) + 4 * Math.floor(k / 50),
      ),
      dim: 1,
    });
    const { states, track } = motionStates(line, { sigma: 0.12, start: [state(1, 1, 0.8), rest] });
    expect(states.at(-1)?.immobile).toBe(true);
    expect(states.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    const still = { right: 0, all: 0 };
    for (let i = 0; i < tracks.count; i++) {
      const { read } = track(line.at(i));
      for (const { begin, end, D } of segmentsOf(tracks, i)) {
        if (end - begin < 12) continue;
        still.all++;
        if ((read(begin, end).logDiffusion === Number.NEGATIVE_INFINITY) === (D === 0))
          still.right++;
      }
    }
    expect(still.right / still.all).toBeGreaterThan(0.85);
  });

  it('sees what creeps where all seems at rest, and rest where nothing does', () => {
    const random = keyedRandom(5);
    const walks = (diffusion: number) => {
      const positions: number[] = [];
      for (let i = 0; i < 8; i++) {
        const own = fractionalTrack({ length: 60, diffusion }, random).positions;
        for (const x of own) positions.push(x + 0.1 * random.normal());
      }
      return new Tracks({
        positions,
        offsets: Array.from({ length: 9 }, (_, i) => 60 * i),
        dim: 2,
      });
    };
    const [creeping] = motionStates(walks(0.004), { sigma: 0.1, start: [rest] }).states;
    expect(creeping.immobile).toBe(false);
    expect(Math.abs(creeping.logDiffusion - Math.log(0.004))).toBeLessThan(1);
    const still = walks(0);
    const { states, track } = motionStates(still, { sigma: 0.1, start: [rest] });
    expect(states).toMatchObject([{ immobile: true, share: 1 }]);
    expect(track(still.at(0)).read(0, 60).alpha).toBe(0);
  });

  it('of a file of one track tells alone what the narrow state of its fit does not', () => {
    const random = keyedRandom(12);
    const count = { state: 0, alone: 0 };
    const rounds = 40;
    for (let i = 0; i < rounds; i++) {
      const { positions } = fractionalTrack({ alpha: 1.5, length: 60, diffusion: 1 }, random);
      const one = new Tracks({ positions, offsets: [0, 60], dim: 2 });
      const found = motionStates(one, { sigma: 0.05, start: [state(1, 1, 1)] }).track(one.at(0));
      const holds = (by: ReturnType<typeof found.read>) =>
        Math.abs(by.alpha - 1.5) < 1.96 * by.alphaDeviation ? 1 : 0;
      count.state += holds(found.read(0, 60));
      count.alone += holds(found.readAlone(0, 60));
    }
    expect(count.alone / rounds).toBeGreaterThan(0.85);
    expect(count.state / rounds).toBeLessThan(0.7);
  });

  it('refuses no start, no tracks and options that are none', () => {
    const { tracks } = spread(2, 20, 0.1);
    expect(() => motionStates(tracks, { sigma: 0.1, start: [] })).toThrow('start is []');
    expect(() => motionStates(tracks, { sigma: -1, start: [rest] })).toThrow('sigma is -1');
    const short = andi2Tracks({ count: 0, seed: 1 }).generate();
    expect(() => motionStates(short, { sigma: 0.1, start: [state(1, 1, 1)] })).toThrow(
      'three points',
    );
    expect(() => motionStates(tracks, { sigma: 0.1, start: [rest], colour: 1 } as never)).toThrow(
      'colour',
    );
  });
});
