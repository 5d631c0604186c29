import { gajowczyk2021, motion, simulate } from '@diffusion/simulate';
import { joinTracks, parseReason, Tracks } from '@diffusion/tracks';
import { measureDomain, outsideDomain } from './domain.ts';

const seen = gajowczyk2021({ count: 400, seed: 3 }).generate();
const domain = measureDomain(seen);
const found = (tracks: Tracks) => outsideDomain(domain, tracks);
const reasons = (tracks: Tracks) => found(tracks).map((reason) => reason?.text);
const like = (tracks: Tracks) =>
  new Tracks({ ...tracks.data, trackColumns: {}, positionUnit: 'µm', timeUnit: 's', dt: 1 / 30 });

describe('outsideDomain', () => {
  it('lets nearly all tracks of the same law pass', () => {
    const other = gajowczyk2021({ count: 400, seed: 4 }).generate();
    // The least motion that is asked for and the finite sample of the ranges each take a few.
    expect(reasons(other).filter((text) => text).length).toBeLessThan(8);
  });

  it('names what a track is', () => {
    const short = like(simulate({ model: 'brownian', count: 1, length: 5, dim: 2, seed: 1 }));
    const long = like(simulate({ model: 'brownian', count: 1, length: 900, dim: 2, seed: 1 }));
    const stuck = like(
      simulate({ model: 'immobile', count: 1, length: 100, dim: 2, seed: 1, sigma: 0.1 }),
    );
    const jumps = like(
      simulate({ model: 'ctrw', alpha: 0.5, count: 1, length: 300, dim: 2, seed: 2 }),
    );
    const all = joinTracks([short, long, stuck, jumps]);
    expect(found(all).map((reason) => reason?.kind)).toEqual([
      'too-short',
      'too-long',
      'immobile',
      'outside',
    ]);
    const texts = reasons(all);
    expect(texts[0]).toMatch(/^too short: 5 points/);
    expect(texts[1]).toMatch(/^too long: 900 points/);
    expect(texts[2]).toBe('immobile within the noise');
    expect(texts[3]).toMatch(/far outside what the model has seen/);
    for (const reason of found(all)) expect(parseReason(reason!.text)).toEqual(reason);
  });

  it('names gaps that training has not seen', () => {
    const track = seen.at(0);
    const frames = Int32Array.from({ length: track.length }, (_, t) => 3 * t);
    const gapped = new Tracks({
      positions: track.positions.slice(),
      offsets: Uint32Array.of(0, track.length),
      dim: 2,
      frames,
    });
    expect(reasons(gapped)[0]).toMatch(
      /^gaps: 6\d % of the frames are missing, the model has seen up to 0.0 %/,
    );
  });

  it('names another dimension', () => {
    const line = simulate({ model: 'brownian', count: 2, length: 100, dim: 1, seed: 1 });
    expect(reasons(line)).toEqual(Array(2).fill('1D track: the model has seen 2D tracks'));
  });

  it('leaves out no motion where there is a class for what stands still: length, gaps and dimension alone decide', () => {
    const prior = (count: number, seed: number) =>
      motion({ dim: 2, count, seed, length: { min: 10, max: 100 } });
    const classes = prior(1, 1).classes;
    const known = measureDomain(prior(500, 1).generate(), classes);
    const other = prior(500, 2).generate();
    const refused = outsideDomain(known, other).filter((reason) => reason);
    expect(refused.every((reason) => reason!.kind === 'gaps')).toBe(true);
    expect(refused.length).toBeLessThan(10);
    // Without that class, most of what stands still is left out.
    const before = outsideDomain(measureDomain(prior(500, 1).generate()), other);
    expect(before.filter((reason) => reason?.kind === 'immobile').length).toBeGreaterThan(100);
    const jumps = like(
      simulate({ model: 'ctrw', alpha: 0.5, count: 20, length: 100, dim: 2, seed: 2 }),
    );
    expect(outsideDomain(known, jumps).some((reason) => reason)).toBe(false);
    const short = like(simulate({ model: 'brownian', count: 1, length: 5, dim: 2, seed: 1 }));
    expect(outsideDomain(known, short)[0]!.kind).toBe('too-short');
  });

  it('reads tracks of one or two points and constant ones without failing', () => {
    const tracks = new Tracks({
      positions: new Float64Array(2 * 53),
      offsets: Uint32Array.of(0, 1, 3, 53),
      dim: 2,
    });
    expect(reasons(tracks)).toEqual([
      expect.stringMatching(/^too short: 1 point,/),
      expect.stringMatching(/^too short: 2 points/),
      'immobile within the noise',
    ]);
  });
});
