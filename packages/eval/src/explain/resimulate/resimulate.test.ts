import { keyedRandom } from '@diffusion/random';
import { fbm } from '@diffusion/simulate';
import { Tracks } from '@diffusion/tracks';
import { lawOf, motionLawsOf } from './motion-laws.ts';
import { resimulate } from './resimulate.ts';

const straight = (points: number, frames?: number[]) =>
  new Tracks({
    positions: Array.from({ length: points }, (_, i) => 0.5 * (frames?.[i] ?? i)),
    offsets: [0, points],
    dim: 1,
    ...(frames && { frames }),
  });
const mask = (points: number, gone: (i: number) => boolean) =>
  Uint8Array.from({ length: points }, (_, i) => Number(gone(i)));

/** Mean and variance of one coordinate over draws; the standard errors are those of 4,000. */
function over(draws: number, draw: (k: number) => number): { mean: number; variance: number } {
  const values = Array.from({ length: draws }, (_, k) => draw(k));
  const mean = values.reduce((a, b) => a + b, 0) / draws;
  return { mean, variance: values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws };
}

describe('resimulate', () => {
  it('leaves what is kept as it was', () => {
    const track = straight(30).at(0);
    const gone = mask(30, (i) => i % 7 === 3 || i < 4);
    const law = { alpha: 0.6, diffusion: 0.3, sigma: 0.2 };
    const positions = resimulate(track, law, gone, keyedRandom(1));
    for (let i = 0; i < 30; i++) {
      if (gone[i]) expect(positions[i]).not.toBe(track.positions[i]);
      else expect(positions[i]).toBe(track.positions[i]);
    }
    expect(resimulate(track, law, gone, keyedRandom(1))).toEqual(positions);
  });

  it('is a Brownian bridge where the law is Brownian', () => {
    const law = { alpha: 1, diffusion: 0.5, sigma: 0 };
    const track = straight(20).at(0);
    const gone = mask(20, (i) => i > 5 && i < 14);
    // Ten frames after the last kept point before it is the first after it: at the third frame of nine the mean is on the line.
    const found = over(4000, (k) => resimulate(track, law, gone, keyedRandom(2, k))[8]);
    const variance = (2 * law.diffusion * 3 * 6) / 9;
    expect(Math.abs(found.mean - 4)).toBeLessThan(4 * Math.sqrt(variance / 4000));
    expect(Math.abs(found.variance / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / 4000));
  });

  it('goes over missing frames as over any', () => {
    const law = { alpha: 1, diffusion: 0.5, sigma: 0 };
    const frames = [0, 1, 2, 6, 7, 12, 13];
    const track = straight(7, frames).at(0);
    const gone = mask(7, (i) => i === 3 || i === 4);
    const found = over(4000, (k) => resimulate(track, law, gone, keyedRandom(3, k))[3]);
    const variance = (4 * 6) / 10;
    expect(Math.abs(found.mean - 3)).toBeLessThan(4 * Math.sqrt(variance / 4000));
    expect(Math.abs(found.variance / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / 4000));
  });

  it('has the law of fractional motion and noise where one point is kept', () => {
    const law = { alpha: 0.5, diffusion: 0.5, sigma: 0.7 };
    const track = straight(16).at(0);
    const found = over(
      4000,
      (k) =>
        resimulate(
          track,
          law,
          mask(16, (i) => i > 0),
          keyedRandom(4, k),
        )[9],
    );
    const variance = 9 ** 0.5 + 2 * 0.7 ** 2;
    expect(Math.abs(found.mean)).toBeLessThan(4 * Math.sqrt(variance / 4000));
    expect(Math.abs(found.variance / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / 4000));
    const free = resimulate(
      track,
      law,
      mask(16, () => true),
      keyedRandom(5),
    );
    expect(free.every(Number.isFinite)).toBe(true);
  });

  it('goes on as fractional motion remembers', () => {
    // Subdiffusion turns back: after a rise of eight steps the next places are expected below the last one.
    const law = { alpha: 0.3, diffusion: 0.5, sigma: 0 };
    const track = straight(12).at(0);
    const gone = mask(12, (i) => i > 8);
    const { mean } = over(2000, (k) => resimulate(track, law, gone, keyedRandom(6, k))[9]);
    expect(mean).toBeLessThan(4 - 0.3);
  });
});

describe('motionLawsOf', () => {
  it('finds the law of a track, and none where nothing can be said', () => {
    const positions = new Float64Array(2 * 300 + 2 * 5);
    fbm(keyedRandom(7), positions.subarray(0, 600), 300, 2, { alpha: 1, step: 1 });
    const tracks = new Tracks({ positions, offsets: [0, 300, 305], dim: 2 });
    const [found, none] = motionLawsOf(tracks, { sigma: 0 });
    expect(found!.alpha).toBeGreaterThan(0.8);
    expect(found!.alpha).toBeLessThan(1.2);
    expect(Math.abs(found!.diffusion - 0.5)).toBeLessThan(0.1);
    expect(none).toBeUndefined();
    const nothing = { value: Number.NaN };
    expect(lawOf({ alpha: nothing, diffusion: nothing, sigma: nothing })).toBeUndefined();
  });
});
