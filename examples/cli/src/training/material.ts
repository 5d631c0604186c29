import { networkByName, type Output } from '@diffusion/models';
import { deriveSeed } from '@diffusion/random';
import { dataSet } from '@diffusion/simulate';
import { joinTracks, type Tracks } from '@diffusion/tracks';
import {
  type Augmentation,
  alternateTracks,
  freshTracks,
  noAugmentation,
  type OneLengthBatchesOptions,
  oneLengthBatches,
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
  /** What training does to the tracks of the source. */
  readonly augmentation: Augmentation;
  /** How batches of one length were made, for the card. */
  readonly oneLength?: OneLengthBatchesOptions;
}

type Raw = Omit<Material, 'augmentation' | 'oneLength'>;

/** Tracks to validate on and to test on where they are simulated. */
const validationCount = 1000;
const testCount = 2000;

/** The tracks of a run, in batches of one length for a network for which nothing is padded. */
export async function material(run: Run): Promise<Material> {
  const found = 'dataSets' in run.data ? simulated(run.data, run) : await measured(run.data, run);
  const { output, source } = found;
  if (output.kind !== 'exponent' && output.classes.length < 2) {
    throw new InputError(`there is one class, ${output.classes[0]}: expected at least two`);
  }
  if (networkByName(run.network.name).input?.padded !== false) {
    return { ...found, augmentation: asSeenByMicroscopes };
  }
  const { batchSize, seed } = run;
  const lengths = { max: found.length };
  const oneLength = { batchSize, seed, augmentation: asSeenByMicroscopes, lengths };
  return {
    ...found,
    source: oneLengthBatches(source, oneLength),
    augmentation: noAugmentation,
    oneLength,
  };
}

function simulated({ dataSets, tracksPerEpoch }: SimulatedData, { epochs, seed }: Run): Raw {
  const perSet = Math.ceil(tracksPerEpoch / dataSets.length);
  const sets = (count: number, purpose: 'training' | 'validation' | 'test') =>
    dataSets.map((set, k) =>
      dataSet({ ...set, count, seed: deriveSeed(seed, purpose, 'data set', k) }),
    );
  const all = (count: number, purpose: 'validation' | 'test') =>
    joinTracks(sets(Math.ceil(count / dataSets.length), purpose).map((set) => set.generate()));
  const training = sets(perSet * epochs, 'training');
  const [{ classes, dim }] = training;
  const sources = training.map((set) => freshTracks(set, perSet));
  return {
    source: sources.length === 1 ? sources[0] : alternateTracks(sources),
    validation: all(validationCount, 'validation'),
    test: all(testCount, 'test'),
    output: outputOf(dataSets, classes),
    dim,
    length: Math.max(...dataSets.map(longestTrack)),
  };
}

/** AnDi's first task asks for the exponent, every other set for the class, and AnDi's first two tasks for both. */
function outputOf(dataSets: SimulatedData['dataSets'], classes: readonly string[]): Output {
  if (dataSets.length > 1) return { kind: 'both', classes };
  const [{ preset, task }] = dataSets;
  return preset === 'andi2020' && task === 1 ? { kind: 'exponent' } : { kind: 'classes', classes };
}

/** Points of the longest track that a specification can give. */
function longestTrack({ preset, length }: Readonly<Record<string, unknown>>): number {
  if (typeof length === 'number') return length;
  if (preset === 'gajowczyk2021') return 600;
  if (Array.isArray(length)) return Math.max(...length);
  return length === undefined ? 999 : (length as { max: number }).max;
}

async function measured({ folder }: FolderData, { seed }: Run): Promise<Raw> {
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
    source: repeatedTracks(training, seed),
    validation,
    test,
    output,
    dim: tracks.dim,
    length,
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
