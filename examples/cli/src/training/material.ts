import type { Output } from '@diffusion/models';
import { dataSet } from '@diffusion/simulate';
import type { Tracks } from '@diffusion/tracks';
import {
  type Augmentation,
  deriveSeed,
  freshTracks,
  repeatedTracks,
  splitTracks,
  type TrackSource,
} from '@diffusion/train';
import { InputError } from '../input-error.ts';
import { readLabelled } from '../labelled.ts';
import type { FolderData, Run, SimulatedData } from './run.ts';

/** What is learnt from, what is checked on after every epoch, and what is judged at the end: three sets apart. */
export interface Material {
  readonly source: TrackSource;
  readonly validation: Tracks;
  readonly test: Tracks;
  readonly output: Output;
  readonly dim: 1 | 2 | 3;
  /** Points of the longest track. */
  readonly length: number;
  readonly augmentation: Augmentation;
}

/** Tracks to validate on and to test on where they are simulated. */
const validationCount = 1000;
const testCount = 2000;

/** The tracks of a run. */
export async function material(run: Run): Promise<Material> {
  const found =
    'specification' in run.data ? simulated(run.data, run) : await measured(run.data, run);
  const { output } = found;
  if (output.kind === 'classes' && output.classes.length < 2) {
    throw new InputError(`there is one class, ${output.classes[0]}: expected at least two`);
  }
  return found;
}

function simulated(
  { specification, tracksPerEpoch }: SimulatedData,
  { epochs, seed }: Run,
): Material {
  const make = (count: number, ofSeed: number) =>
    dataSet({ ...specification, count, seed: ofSeed });
  const set = make(tracksPerEpoch * epochs, seed);
  const validation = make(validationCount, deriveSeed(seed, 1)).generate();
  const exponent = specification.preset === 'andi2020' && specification.task === 1;
  return {
    source: freshTracks(set, tracksPerEpoch),
    validation,
    test: make(testCount, deriveSeed(seed, 2)).generate(),
    output: exponent ? { kind: 'exponent' } : { kind: 'classes', classes: set.classes },
    dim: set.dim,
    length: longestTrack(specification),
    augmentation: asSeenByMicroscopes,
  };
}

/** Points of the longest track that a specification can give. */
function longestTrack({ preset, length }: Readonly<Record<string, unknown>>): number {
  if (typeof length === 'number') return length;
  if (preset === 'gajowczyk2021') return 600;
  if (preset === 'andi2020') return 999;
  return Array.isArray(length) ? Math.max(...length) : (length as { max: number }).max;
}

async function measured({ folder }: FolderData, { seed }: Run): Promise<Material> {
  const { tracks, output } = await readLabelled(folder);
  const parts = splitTracks(tracks, [0.7, 0.15, 0.15], seed);
  if (parts.some(({ count }) => count === 0)) {
    throw new InputError(
      `${folder}: ${tracks.count} tracks cannot be parted into training, validation and test: expected more`,
    );
  }
  const [training, validation, test] = parts;
  let length = 0;
  for (let i = 0; i < tracks.count; i++) length = Math.max(length, tracks.lengthOf(i));
  return {
    source: repeatedTracks(training, deriveSeed(seed, 0)),
    validation,
    test,
    output,
    dim: tracks.dim,
    length,
    augmentation: asSeenByMicroscopes,
  };
}

/** Short stretches and missing frames, so that real tracks are not foreign; the axes of the camera mean nothing. */
const asSeenByMicroscopes: Augmentation = {
  rotate: true,
  cutShare: 0.25,
  minLength: 10,
  gapShare: 0.2,
  maxMissing: 0.25,
};
