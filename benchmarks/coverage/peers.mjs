import { fileURLToPath } from 'node:url';
import {
  ensembleTimeAveragedMsd,
  estimateMotion,
  motionEstimates,
  timeAveragedMsd,
} from '@diffusion/features';
import { simulate } from '@diffusion/simulate';
import { filterTracks, framesOf } from '@diffusion/tracks';
import { readTracks } from '@diffusion/tracks/node';
import { fromPython } from './exact-means.mjs';

const saspt = new URL(
  '../../../../shared/reference/real/saspt-u2os-halotag-nls/region_0_7ms_trajs.csv',
  import.meta.url,
);

/** Tracks as trackpy takes them: columns of particle, frame, x and y. */
function columnsOf(tracks) {
  const particle = [];
  const frame = [];
  tracks.offsets.slice(1).forEach((end, i) => {
    for (let p = tracks.offsets[i]; p < end; p++) particle.push(i);
  });
  frame.push(...framesOf(tracks));
  const axis = (d) =>
    Array.from({ length: particle.length }, (_, p) => tracks.positions[2 * p + d]);
  return { particle, frame, x: axis(0), y: axis(1) };
}

/**
 * Beside programs of others: trackpy's ensemble MSD at lag 1, also as D of one long track; numpy's fits of a line and of a
 * power law to the MSD; saspt's posterior mean of D on its own file, where `file` is there.
 */
export async function peers(python, file = fileURLToPath(saspt)) {
  const walks = simulate({
    model: 'brownian',
    D: 0.7,
    count: 100,
    length: 100,
    dim: 2,
    seed: 1,
    missed: 0.05,
  });
  const long = simulate({ model: 'brownian', D: 0.7, count: 1, length: 5000, dim: 2, seed: 2 });
  const noisy = simulate({
    model: 'fbm',
    alpha: 0.8,
    D: 0.5,
    count: 100,
    length: 1000,
    dim: 2,
    seed: 3,
    sigma: 0.5,
  });
  const { tracks: all } = await readTracks(file, { dt: 0.00748, pixelSize: 0.16, errors: true });
  const own = filterTracks(all, ({ length }) => length >= 4);
  const curves = Array.from(noisy, (track) =>
    Array.from(timeAveragedMsd(track, { lags: 10 }).values),
  );
  const theirs = fromPython(
    'peers.py',
    { walks: columnsOf(walks), long: columnsOf(long), curves, saspt: columnsOf(own) },
    python,
  );
  const estimates = motionEstimates(noisy, { exposure: 0 });
  const within = (values, take) =>
    values.filter((value, i) => {
      const [low, high] = take(estimates[i]).interval;
      return low <= value && value <= high;
    }).length / values.length;
  const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
  // saspt knows of no blur.
  const ofSaspt = motionEstimates(own, { model: 'brownian', exposure: 0 });
  const jumps = Array.from(own, ({ length }) => length - 1);
  const total = jumps.reduce((a, b) => a + b, 0);
  const { diffusion } = estimateMotion(long.at(0), { model: 'brownian', exposure: 0, sigma: 0 });
  return {
    'MSD at lag 1, beside trackpy’s emsd': {
      ours: ensembleTimeAveragedMsd(walks).values[0],
      theirs: theirs.emsd,
    },
    'D of one long track, beside trackpy’s emsd at lag 1 over 4Δt': {
      ours: diffusion.value,
      theirs: theirs.long / 4,
    },
    'mean α, beside A·k^α + c through the MSD by scipy': {
      ours: mean(estimates.map(({ alpha }) => alpha.value)),
      theirs: mean(theirs.alpha),
      truth: 0.8,
      withinOurs: within(theirs.alpha, ({ alpha }) => alpha),
    },
    'mean D, beside the same fit': {
      ours: mean(estimates.map(({ diffusion: { value } }) => value)),
      theirs: mean(theirs.D),
      truth: 0.5,
      withinOurs: within(theirs.D, ({ diffusion: d }) => d),
    },
    'mean D of saspt’s own file in µm²/s, weighted by jumps, beside saspt’s posterior mean': {
      tracks: own.count,
      ours: ofSaspt.reduce((sum, { diffusion: d }, i) => sum + (d.value * jumps[i]) / total, 0),
      theirs: theirs.saspt,
    },
  };
}
