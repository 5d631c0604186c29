import { keyedRandom } from '@diffusion/random';
import { simulate } from '@diffusion/simulate';
import { framesOf, readTracksFrom, Tracks } from '@diffusion/tracks';
import { commonDrift } from './common-drift.ts';

/** Tracks that begin in any frame of 100, each with what all move in a frame added. */
function together(
  seed: number,
  drift: (frame: number) => readonly [number, number],
  model: 'brownian' | 'directed' = 'brownian',
) {
  const own = simulate({
    ...{ model, count: 25, length: 40, dim: 2, seed, D: 0.5, sigma: 0.3 },
    ...(model === 'directed' && { speed: 0.5 }),
  } as Parameters<typeof simulate>[0]);
  const random = keyedRandom(seed, 'own:starts');
  const frames = new Int32Array(own.pointCount);
  const positions = Float64Array.from(own.positions);
  const path = [[0, 0]];
  for (let f = 0; f < 200; f++) {
    const [x, y] = drift(f);
    path.push([path[f][0] + x, path[f][1] + y]);
  }
  for (const { index, length } of own) {
    const start = random.integerBelow(60);
    for (let p = 0; p < length; p++) {
      const at = own.offsets[index] + p;
      frames[at] = start + p;
      positions[2 * at] += path[start + p][0];
      positions[2 * at + 1] += path[start + p][1];
    }
  }
  return { own, moved: new Tracks({ ...own.data, positions, frames }) };
}

/** Root mean square of what two sets of the same tracks moved differently from their first points to their last. */
function difference(a: Tracks, b: Tracks): number {
  let sum = 0;
  for (const { index, length, positions } of a) {
    const other = b.at(index).positions;
    for (let d = 0; d < 2; d++) {
      const at = 2 * (length - 1) + d;
      sum += (positions[at] - positions[d] - (other[at] - other[d])) ** 2;
    }
  }
  return Math.sqrt(sum / a.count);
}

const NO_TIME =
  'every track is of the frames 0, 1, 2, …: whether they were there at one time is not known';

describe('commonDrift', () => {
  it('takes off a constant drift, and one that turns', () => {
    for (const drift of [
      () => [0.3, 0.1] as const,
      (f: number) => [0.4 * Math.cos(f / 10), 0.4 * Math.sin(f / 10)] as const,
    ]) {
      const { own, moved } = together(1, drift);
      const { found, p, tracks, speed } = commonDrift(moved);
      expect(found).toBe(true);
      expect(p).toBeLessThan(0.01);
      expect(speed).toBeGreaterThan(0.2);
      expect(speed).toBeLessThan(0.5);
      expect(difference(tracks, own)).toBeLessThan(0.45 * difference(moved, own));
      expect([...tracks.frames!]).toEqual([...moved.frames!]);
    }
  });

  it('finds none in tracks that move independently, directed ones too: 1 of 100 by chance', () => {
    let found = 0;
    for (let seed = 0; seed < 60; seed++) {
      const { moved } = together(seed, () => [0, 0], seed % 2 ? 'directed' : 'brownian');
      const result = commonDrift(moved);
      if (result.found) found++;
      else expect(result.tracks).toBe(moved);
    }
    // More than 4 of 60 at 1 % have a probability of 0.03 %.
    expect(found).toBeLessThanOrEqual(4);
  });

  it('does not know when tracks were there that are all of the frames 0, 1, 2, …, until it is told', async () => {
    const own = simulate({
      ...{ model: 'brownian', count: 20, length: 30, dim: 2, seed: 3, D: 0.5, sigma: 0.3 },
    });
    const rows = Array.from(own, ({ index, positions }) =>
      Array.from({ length: 30 }, (_, f) => {
        const [x, y] = [positions[2 * f] + 4 * Math.sin(f / 5), positions[2 * f + 1]];
        return `${index},${f},${x},${y}\n`;
      }).join(''),
    );
    const csv = new TextEncoder().encode(`track,frame,x,y\n${rows.join('')}`);
    const { tracks: read } = await readTracksFrom(csv, 'a.csv');
    expect(commonDrift(read)).toMatchObject({ found: false, reason: NO_TIME });
    const told = commonDrift(new Tracks({ ...read.data, frames: framesOf(read) }));
    expect(told).toMatchObject({ found: true });
    expect(told).not.toHaveProperty('reason');
  });

  it('knows nothing of tracks without frames, of other files, or of one that is alone', () => {
    const { moved } = together(1, () => [1, 0]);
    const { frames: _, ...rest } = moved.data;
    expect(commonDrift(new Tracks(rest)).p).toBeNaN();
    expect(commonDrift(new Tracks(rest)).reason).toBe(NO_TIME);
    const file = Array.from({ length: moved.count }, (_, i) => `${i}.csv`);
    const apart = new Tracks({ ...moved.data, trackColumns: { file } });
    const reason = 'fewer than three tracks are there together';
    expect(commonDrift(apart)).toMatchObject({ found: false, pairs: 0, reason });
    expect(commonDrift(apart).tracks).toBe(apart);
  });
});
