import { keyedRandom } from '@diffusion/random';
import { gajowczyk2021 } from '@diffusion/simulate';
import { selectTracks, Tracks } from '@diffusion/tracks';
import { augmentTracks, chosenAugmentation, noAugmentation } from './augment.ts';
import { rotationMatrix } from './rotation.ts';

const tracks = gajowczyk2021({ count: 60, seed: 2 }).generate();
const distances = (track: { positions: Float64Array; length: number }) =>
  Array.from({ length: track.length - 1 }, (_, t) =>
    Math.hypot(
      track.positions[2 * t + 2] - track.positions[2 * t],
      track.positions[2 * t + 3] - track.positions[2 * t + 1],
    ),
  );

describe('augmentTracks', () => {
  it('changes nothing unless asked to', () => {
    const same = augmentTracks(tracks, noAugmentation, 1, 0);
    expect(same.positions).toEqual(tracks.positions);
    expect(same.offsets).toEqual(tracks.offsets);
    expect(same.trackColumns).toEqual(tracks.trackColumns);
  });

  it('rotates without stretching', () => {
    const turned = augmentTracks(tracks, { ...noAugmentation, rotate: true }, 1, 0);
    expect(turned.positions).not.toEqual(tracks.positions);
    for (const track of tracks) {
      const before = distances(track);
      distances(turned.at(track.index)).forEach((d, t) => {
        expect(d).toBeCloseTo(before[t], 9);
      });
    }
  });

  it('cuts stretches out of tracks, never shorter than asked', () => {
    const cut = augmentTracks(tracks, { ...noAugmentation, cutShare: 1, minLength: 10 }, 1, 0);
    for (const track of cut) {
      const whole = tracks.at(track.index);
      expect(track.length).toBeGreaterThanOrEqual(10);
      expect(track.length).toBeLessThanOrEqual(whole.length);
      const from = whole.positions.indexOf(track.positions[0]);
      expect(from % 2).toBe(0);
      expect(track.positions).toEqual(whole.positions.subarray(from, from + 2 * track.length));
    }
    expect(Math.min(...Array.from(cut, ({ length }) => length))).toBeLessThan(20);
  });

  it('misses frames as gaps, never the first or the last', () => {
    const gapped = augmentTracks(tracks, { ...noAugmentation, gapShare: 1, maxMissing: 0.5 }, 1, 0);
    let missing = 0;
    for (const track of gapped) {
      const whole = tracks.at(track.index);
      expect(track.frames![0]).toBe(0);
      expect(track.frames![track.length - 1]).toBe(whole.length - 1);
      track.frames!.forEach((frame, t) => {
        expect(track.positions[2 * t]).toBe(whole.positions[2 * frame]);
      });
      missing += whole.length - track.length;
    }
    // A quarter of the frames in the mean; the share of a track is uniform between 0 and a half.
    expect(missing / tracks.pointCount).toBeGreaterThan(0.15);
    expect(missing / tracks.pointCount).toBeLessThan(0.35);
  });

  it('does to a track what belongs to its number, wherever a batch begins', () => {
    const all = { rotate: true, cutShare: 0.5, minLength: 10, gapShare: 0.5, maxMissing: 0.3 };
    const whole = augmentTracks(tracks, all, 7, 100);
    const rows = Uint32Array.from({ length: 20 }, (_, i) => 40 + i);
    const part = augmentTracks(selectTracks(tracks, rows), all, 7, 140);
    expect(part.positions).toEqual(selectTracks(whole, rows).positions);
    expect(augmentTracks(tracks, all, 8, 100).positions).not.toEqual(whole.positions);
  });

  it('keeps tracks that are too short to be cut', () => {
    const short = new Tracks({
      positions: new Float64Array(6),
      offsets: Uint32Array.of(0, 1, 3),
      dim: 2,
    });
    const cut = augmentTracks(
      short,
      { rotate: true, cutShare: 1, minLength: 10, gapShare: 1, maxMissing: 0.9 },
      1,
      0,
    );
    expect([...cut.offsets]).toEqual([0, 1, 3]);
  });
});

describe('augmentTracks with a seed', () => {
  it('gives the same for ever', () => {
    const line = new Tracks({
      positions: Float64Array.from({ length: 80 }, (_, i) => i),
      offsets: Uint32Array.of(0, 20, 40),
      dim: 2,
      dt: 1,
    });
    const chosen = {
      rotate: true,
      cutShare: 1,
      minLength: 3,
      gapShare: 1,
      maxMissing: 0.5,
    };
    const { offsets, frames, positions } = augmentTracks(line, chosen, 1, 100);
    expect([...offsets]).toMatchInlineSnapshot(`
      [
        0,
        10,
        18,
      ]
    `);
    expect([...frames!]).toMatchInlineSnapshot(`
      [
        0,
        1,
        2,
        3,
        4,
        5,
        8,
        9,
        10,
        11,
        0,
        1,
        3,
        4,
        5,
        9,
        10,
        11,
      ]
    `);
    expect([...positions.subarray(0, 4)]).toMatchInlineSnapshot(`
      [
        0,
        0,
        -2.2867109569472466,
        -1.6646179740040679,
      ]
    `);
  });
});

describe('chosenAugmentation', () => {
  it('does what it is asked for, and nothing else', () => {
    expect(chosenAugmentation('none')).toEqual(noAugmentation);
    expect(chosenAugmentation()).toEqual(noAugmentation);
    expect(chosenAugmentation({})).toEqual(noAugmentation);
    expect(chosenAugmentation({ rotate: true })).toEqual({ ...noAugmentation, rotate: true });
    const cuts = { cutShare: 0.5, minLength: 10 };
    const cut = augmentTracks(tracks, chosenAugmentation(cuts), 1, 0);
    expect(cut.pointCount).toBeLessThan(tracks.pointCount);
    // Nothing is rotated: the first points are those of the tracks somewhere.
    for (const track of cut) {
      const [x] = track.positions;
      expect(tracks.at(track.index).positions).toContain(x);
      expect(track.frames!.at(-1)).toBe(track.length - 1);
    }
    const gaps = augmentTracks(tracks, chosenAugmentation({ gapShare: 1, maxMissing: 0.5 }), 1, 0);
    for (const track of gaps) {
      expect(track.frames!.at(-1)).toBe(tracks.at(track.index).length - 1);
    }
    expect(gaps.pointCount).toBeLessThan(tracks.pointCount);
  });

  it.each([
    [{ rotation: true }, 'rotation is true: unknown option; did you mean rotate?'],
    [{ rotate: 1 }, 'rotate is 1: expected true or false'],
    [{ cutShare: 1.5 }, 'cutShare is 1.5: expected a number from 0 to 1'],
    [{ gapShare: Number.NaN }, 'gapShare is NaN: expected a number from 0 to 1'],
    [{ maxMissing: '0.1' }, 'maxMissing is "0.1": expected a number from 0 to 1'],
    [{ minLength: 0 }, 'minLength is 0: expected an integer of at least 1'],
    ['nothing', 'augmentation is "nothing": expected \'none\', or an object with rotate'],
  ])('refuses %j', (choice, message) => {
    expect(() => chosenAugmentation(choice as 'none')).toThrow(message);
  });
});

describe('rotationMatrix', () => {
  it.each([1, 2, 3])('is orthogonal in %iD, a reflection half of the time', (dim) => {
    const random = keyedRandom(3);
    let reflections = 0;
    for (let i = 0; i < 400; i++) {
      const m = rotationMatrix(dim, random);
      for (let a = 0; a < dim; a++) {
        for (let b = 0; b < dim; b++) {
          let dot = 0;
          for (let k = 0; k < dim; k++) dot += m[a * dim + k] * m[b * dim + k];
          expect(dot).toBeCloseTo(a === b ? 1 : 0, 9);
        }
      }
      if (determinant(m, dim) < 0) reflections++;
    }
    // Binomial(400, ½): five standard deviations are 50.
    expect(Math.abs(reflections - 200)).toBeLessThan(50);
  });
});

function determinant(m: Float64Array, dim: number): number {
  if (dim === 1) return m[0];
  if (dim === 2) return m[0] * m[3] - m[1] * m[2];
  return (
    m[0] * (m[4] * m[8] - m[5] * m[7]) -
    m[1] * (m[3] * m[8] - m[5] * m[6]) +
    m[2] * (m[3] * m[7] - m[4] * m[6])
  );
}
