import { basename } from 'node:path';
import { commonDrift, expectOn } from '@diffusion/expect';
import { keyedRandom } from '@diffusion/random';
import { mostProbable, selectTracks, Tracks } from '@diffusion/tracks';
import { readTracks } from '@diffusion/tracks/node';

/** Points of a track whose halves can both be judged. */
const LEAST = 10;
/** Fewest tracks of which a share is told. */
const LEAST_TRACKS = 10;
const RESAMPLES = 2000;

/**
 * The share of the tracks of a file whose halves get the same most probable class, and of simulated tracks like them that are
 * halved in the same way, with the interval of what so many of these would give; undefined for a file of too few.
 */
export async function halvesOf(model, file) {
  const { tracks } = await readTracks([file]).catch(() => ({ tracks: undefined }));
  if (tracks?.dim !== 2) return undefined;
  const own = longOf(commonDrift(tracks).tracks);
  if (own.length < LEAST_TRACKS) return undefined;
  const found = await expectOn(tracks, model);
  const real = await agreements(model, commonDrift(tracks).tracks, own);
  const rows = longOf(found.simulated);
  const simulated = await agreements(model, found.simulated, rows);
  const weight = rows.map((r) => found.outcomes.weight[r]);
  const total = weight.reduce((a, b) => a + b, 0);
  const sums = [];
  weight.reduce((sum, w) => {
    sums.push(sum + w);
    return sum + w;
  }, 0);
  const random = keyedRandom(1, 'bootstrap');
  const values = Array.from({ length: RESAMPLES }, () => {
    let same = 0;
    for (let k = 0; k < real.length; k++) {
      const place = random.uniform() * total;
      let [low, high] = [0, sums.length - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (sums[middle] > place) high = middle;
        else low = middle + 1;
      }
      same += simulated[low];
    }
    return same / real.length;
  }).sort((a, b) => a - b);
  const digits = (value) => Number(value.toFixed(3));
  const agree = real.reduce((a, b) => a + b, 0) / real.length;
  const expected = simulated.reduce((sum, of, k) => sum + of * weight[k], 0) / total;
  const [low, high] = [
    values[Math.floor(0.025 * RESAMPLES)],
    values[Math.ceil(0.975 * RESAMPLES) - 1],
  ];
  return {
    file: basename(file),
    tracks: real.length,
    agree: digits(agree),
    expected: digits(expected),
    low: digits(low),
    high: digits(high),
    inside: agree >= low && agree <= high,
    check: found.check.passed,
  };
}

const longOf = (tracks) =>
  Array.from({ length: tracks.count }, (_, i) => i).filter((i) => tracks.lengthOf(i) >= LEAST);

/** 1 for each of the tracks whose halves get one class, 0 for the others. */
async function agreements(model, tracks, which) {
  const chosen = selectTracks(tracks, which);
  const { dim, offsets, frames, positions, dt } = chosen;
  const cut = Uint32Array.from({ length: 2 * chosen.count + 1 }, (_, k) => {
    const i = k >> 1;
    return k % 2 === 0 ? offsets[i] : (offsets[i] + offsets[i + 1]) >> 1;
  });
  const halves = new Tracks({ positions, offsets: cut, dim, dt, ...(frames && { frames }) });
  const { classes, probabilities } = await model.predict(halves);
  const called = mostProbable(probabilities, classes.length, classes.length);
  return which.map((_, i) => Number(called[2 * i] >= 0 && called[2 * i] === called[2 * i + 1]));
}
