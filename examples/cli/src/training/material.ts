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
  return 'specification' in run.data ? simulated(run.data, run) : measured(run.data, run);
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
  if (preset === 'gajowczyk2021') return 600;
  if (preset === 'andi2020') return typeof length === 'number' ? length : 999;
  return typeof length === 'number' ? length : (length as { max: number }).max;
}

async function measured({ folder }: FolderData, { seed }: Run): Promise<Material> {
  const { tracks, output } = await readLabelled(folder);
  const [training, validation, test] = splitTracks(tracks, [0.7, 0.15, 0.15], seed);
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
