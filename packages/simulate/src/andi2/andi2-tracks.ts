import { keyedRandom, randomLogUniform } from '@diffusion/random';
import { checkInteger, checkNumber, checkSeed } from '../check.ts';
import { type LabelledRow, labelledPoints } from '../point-labels/labelled-points.ts';
import { readFields, readQuantity } from '../read-specification.ts';
import type { DataSet } from '../sets/make-data-set.ts';
import { PURPOSE } from '../sets/track-streams.ts';
import type { Andi2TracksOptions } from './andi2-tracks-options.ts';
import { drawAnyExperiment } from './draw-any-experiment.ts';
import { STATE } from './experiment.ts';
import { record } from './record.ts';
import { smoothLabels } from './segments.ts';

/** Tracks of an experiment: few, so that a batch has many experiments. */
const PARTICLES = 8;

/** Frames before the first that is seen, at most: traps and partners have been met by then. */
const BEFORE = 100;

/**
 * Tracks of the second AnDi challenge's five kinds of experiments with a label per point, to learn segmentation from:
 * every experiment has parameters of its own, drawn much wider than the challenge's. Of the particles of an
 * {@link andi2} set a field of view shows rows of any number; here track i is whole, and a function of (seed, i, length) alone.
 * 2D, pixels and frames.
 *
 * Point columns `state` (its classes), `alpha` and `D`, which govern the step from a point to the next, after the challenge's
 * minimum-segment rule. Track columns: `track`, `experiment`, `sigma`.
 *
 * Throws a ParameterError for an argument outside its range.
 *
 * @example
 * const tracks = andi2Tracks({ count: 8, seed: 1, length: 100 }).generate();
 * segmentsOf(tracks, 0); // [{ begin: 0, end: …, alpha: …, D: …, state: 2 }, …]
 */
export function andi2Tracks(options: Andi2TracksOptions): DataSet {
  readFields('', options, ['count', 'seed', 'length', 'sigma']);
  const count = checkInteger('count', options.count, { min: 0, max: 4294967295 });
  const seed = checkSeed(options.seed);
  const length = options.length ?? { min: 20, max: 200 };
  const points = readQuantity('length', length, { min: 3, max: 10_000 }, true);
  const sigma = options.sigma ?? 0.12;
  const level = readQuantity('sigma', sigma, { min: 0 });
  if (level.most > level.least) checkNumber('sigma.min', level.least, { above: 0 });

  const experimentOf = (e: number): LabelledRow[] => {
    const random = keyedRandom(seed, e, PURPOSE.parameters);
    const seen = points.draw(random);
    const before = random.integerBelow(BEFORE);
    const error =
      level.most > level.least ? randomLogUniform(random, level.least, level.most) : level.least;
    const experiment = drawAnyExperiment(random, PARTICLES, before + seen);
    const { frames, dim } = experiment;
    const { positions, alpha, D, state } = record(experiment, keyedRandom(seed, e, PURPOSE.motion));
    const noise = keyedRandom(seed, e, PURPOSE.noise);
    return Array.from({ length: PARTICLES }, (_, p) => {
      const [from, to] = [p * frames + before, (p + 1) * frames];
      const row = {
        positions: positions.slice(from * dim, to * dim),
        alpha: alpha.slice(from, to),
        D: D.slice(from, to),
        state: state.slice(from, to),
        values: [e, error],
      };
      smoothLabels(row.alpha, row.D, row.state, 0, seen);
      for (let at = 0; at < row.positions.length; at++) row.positions[at] += error * noise.normal();
      return row;
    });
  };
  let latest: { e: number; rows: LabelledRow[] } | undefined;
  return labelledPoints({
    count,
    dim: 2,
    classes: Object.keys(STATE),
    lengths: { min: points.least, max: points.most },
    specification: { preset: 'andi2-tracks', count, seed, length, sigma },
    positionUnit: 'pixel',
    columns: ['experiment', 'sigma'],
    row(i) {
      const e = Math.floor(i / PARTICLES);
      if (latest?.e !== e) latest = { e, rows: experimentOf(e) };
      return latest.rows[i % PARTICLES];
    },
  });
}
