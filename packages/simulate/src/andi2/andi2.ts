import { keyedRandom } from '@diffusion/random';
import { type Dim, Tracks } from '@diffusion/tracks';
import { checkChoice, checkInteger, checkNumber, checkSeed } from '../check.ts';
import { readFields } from '../read-specification.ts';
import { checkBatches, checkRange, type DataSet } from '../sets/make-data-set.ts';
import { PURPOSE } from '../sets/track-streams.ts';
import type { Andi2Options } from './andi2-options.ts';
import { drawExperiment } from './draw-experiment.ts';
import { ANDI2_MODELS, type Andi2Model, type Experiment } from './experiment.ts';
import { record } from './record.ts';
import { smoothLabels } from './segments.ts';

/** Side of the field of view in pixels, and the fewest frames of a row. */
const FIELD = 128;
const FEWEST_FRAMES = 20;

const EXPERIMENT_FIELDS = [
  'particles',
  'frames',
  'dim',
  'boxSize',
  'states',
  'transition',
  'traps',
  'dimers',
  'compartments',
];

/**
 * Experiments of the second AnDi challenge (Muñoz-Gil et al. 2025, "Quantitative evaluation of methods to
 * analyze motion changes in single-particle experiments"): particles in a box that change their motion, seen
 * in a field of view of 128 × 128 pixels. Lengths in pixels, times in frames.
 *
 * `count` and the ranges of `generate` and `batches` are experiments; experiment i is a function of (seed,
 * i). Rows are the runs of at least 20 frames inside a field, places relative to its corner. Point columns:
 * `alpha`, `D`, `state` (0 immobile, 1 confined, 2 free, 3 directed), which govern the step from a point to
 * the next, after the challenge's minimum-segment rule; {@link segmentsOf} gives the change points. Track
 * columns: `label` (the model), `experiment`, `field`, `particle`.
 *
 * Throws a ParameterError for an argument outside its range.
 *
 * @example
 * const tracks = andi2({ model: 'dimerization', count: 2, seed: 1 }).generate();
 * segmentsOf(tracks, 0); // [{ begin: 0, end: …, alpha: …, D: …, state: 2 }, …]
 */
export function andi2(options: Andi2Options): DataSet {
  readFields('', options, ['model', 'count', 'seed', 'fields', 'sigma', 'experiment']);
  const model = checkChoice('model', options.model, ANDI2_MODELS);
  const count = checkInteger('count', options.count, { min: 0, max: 4294967295 });
  const seed = checkSeed(options.seed);
  const fields = checkInteger('fields', options.fields ?? 1, { min: 0, max: 10_000 });
  const sigma = checkNumber('sigma', options.sigma ?? 0.12, { min: 0 });
  const own = readFields('experiment', options.experiment ?? {}, EXPERIMENT_FIELDS);
  const experimentOf = (i: number): Experiment => ({
    ...drawExperiment(model, keyedRandom(seed, i, PURPOSE.parameters)),
    ...own,
  });
  const { dim, frames, boxSize } = experimentOf(0);
  if (fields > 0) checkNumber('experiment.boxSize', boxSize, { min: 1.5 * FIELD });
  record({ ...experimentOf(0), particles: 1, frames: 1 }, keyedRandom(seed));
  const setting: Setting = { seed, fields, sigma, model, dim, experimentOf };
  const generate = (from = 0, to = count): Tracks => {
    checkRange(count, from, to);
    return tracksOf(setting, from, to);
  };
  return {
    count,
    dim,
    classes: [model],
    lengths: { min: fields > 0 ? FEWEST_FRAMES : frames, max: frames },
    answers: [],
    specification: { preset: 'andi2', model, count, seed, fields, sigma, experiment: own },
    generate,
    async *batches(options) {
      const { size, from, to } = checkBatches(options, count);
      for (let begin = from; begin < to; begin += size) {
        yield tracksOf(setting, begin, Math.min(to, begin + size));
      }
    },
  };
}

interface Setting {
  readonly seed: number;
  readonly fields: number;
  readonly sigma: number;
  readonly model: Andi2Model;
  readonly dim: Dim;
  experimentOf(i: number): Experiment;
}

/** A run of frames of one particle in one field. */
interface Row {
  readonly experiment: number;
  readonly field: number;
  readonly particle: number;
  readonly firstFrame: number;
  /** Copies, ready for noise and smoothing. */
  readonly positions: Float64Array;
  readonly alpha: Float64Array;
  readonly D: Float64Array;
  readonly state: Uint8Array;
}

function tracksOf(setting: Setting, from: number, to: number): Tracks {
  const rows: Row[] = [];
  for (let i = from; i < to; i++) rows.push(...rowsOf(setting, i));
  const offsets = new Uint32Array(rows.length + 1);
  for (const [r, { alpha }] of rows.entries()) offsets[r + 1] = offsets[r] + alpha.length;
  const points = offsets[rows.length];
  const positions = new Float64Array(points * setting.dim);
  const frames = new Int32Array(points);
  const alpha = new Float64Array(points);
  const D = new Float64Array(points);
  const state = new Uint8Array(points);
  for (const [r, row] of rows.entries()) {
    positions.set(row.positions, offsets[r] * setting.dim);
    alpha.set(row.alpha, offsets[r]);
    D.set(row.D, offsets[r]);
    state.set(row.state, offsets[r]);
    for (let k = 0; k < row.alpha.length; k++) frames[offsets[r] + k] = row.firstFrame + k;
  }
  const column = (value: (row: Row) => number): Float64Array => Float64Array.from(rows, value);
  return new Tracks({
    positions,
    offsets,
    frames,
    dim: setting.dim,
    positionUnit: 'pixel',
    pointColumns: { alpha, D, state },
    trackColumns: {
      label: { codes: new Uint32Array(rows.length), dictionary: [setting.model] },
      experiment: column((row) => row.experiment),
      field: column((row) => row.field),
      particle: column((row) => row.particle),
    },
  });
}

function rowsOf(setting: Setting, i: number): Row[] {
  const { seed, fields, sigma, dim } = setting;
  const experiment = setting.experimentOf(i);
  const { particles, frames, boxSize = 0 } = experiment;
  const { positions, alpha, D, state } = record(experiment, keyedRandom(seed, i, PURPOSE.motion));
  const rows: Row[] = [];
  const cut = (
    field: number,
    corner: readonly number[],
    p: number,
    begin: number,
    end: number,
  ): void => {
    const [a, b] = [p * frames + begin, p * frames + end];
    const row: Row = {
      experiment: i,
      field,
      particle: p,
      firstFrame: begin,
      positions: positions.slice(a * dim, b * dim),
      alpha: alpha.slice(a, b),
      D: D.slice(a, b),
      state: state.slice(a, b),
    };
    smoothLabels(row.alpha, row.D, row.state, 0, end - begin);
    const noise = keyedRandom(seed, i, PURPOSE.noise, field, p, begin);
    for (let at = 0; at < row.positions.length; at++) {
      row.positions[at] += sigma * noise.normal() - (corner[at % dim] ?? 0);
    }
    rows.push(row);
  };
  if (fields === 0) for (let p = 0; p < particles; p++) cut(0, [], p, 0, frames);
  for (let field = 0; field < fields; field++) {
    const random = keyedRandom(seed, i, PURPOSE.field, field);
    const least = Math.floor(0.05 * boxSize);
    const choices = Math.max(1, Math.floor(0.95 * boxSize) - FIELD - least);
    const corner = Array.from({ length: dim }, () => least + random.integerBelow(choices));
    for (let p = 0; p < particles; p++) {
      let begin = -1;
      for (let t = 0; t <= frames; t++) {
        const at = (p * frames + t) * dim;
        const inside =
          t < frames &&
          corner.every((c, d) => positions[at + d] > c && positions[at + d] < c + FIELD);
        if (inside && begin < 0) begin = t;
        if (inside || begin < 0) continue;
        if (t - begin >= FEWEST_FRAMES) cut(field, corner, p, begin, t);
        begin = -1;
      }
    }
  }
  return rows;
}
