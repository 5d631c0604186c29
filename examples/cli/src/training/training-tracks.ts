import { networkByName, type Output } from '@diffusion/models';
import { deriveSeed } from '@diffusion/random';
import { type Answer, type DataSet, dataSetFrom, loadModels } from '@diffusion/simulate';
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
import { checkMemory } from '../check-memory.ts';
import { InputError } from '../input-error.ts';
import { readLabelled } from '../labelled.ts';
import { turn } from '../turn.ts';
import type { ClassicalRun, FolderData, Run, SimulatedData } from './run.ts';

/** What is learnt from, what is checked on after every epoch, and what is judged at the end: three sets apart. */
export interface TrainingTracks {
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

/** The three sets as they come, before it is known what learns from them. */
type TracksApart = Omit<TrainingTracks, 'augmentation' | 'oneLength'>;

/** Tracks to validate on and to test on where they are simulated. */
const validationCount = 1000;
const testCount = 2000;

/** Of them, those that are simulated between two turns of the event loop, so that a signal is heard. */
const betweenTurns = 250;

/**
 * The tracks of a network's run, in batches of one length for a network for which nothing is padded.
 *
 * @param folder where the labelled tracks are, if not where the run says.
 */
export async function tracksForNetwork(run: Run, folder?: string): Promise<TrainingTracks> {
  const data = 'folder' in run.data && folder !== undefined ? { folder } : run.data;
  const apart = await tracksApart(data, run);
  if (networkByName(run.network.name).input?.padded !== false) {
    return { ...apart, augmentation: asSeenByMicroscopes };
  }
  const { batchSize, seed } = run;
  const oneLength = { batchSize, seed, augmentation: asSeenByMicroscopes };
  return {
    ...apart,
    source: oneLengthBatches(apart.source, oneLength),
    augmentation: noAugmentation,
    oneLength,
  };
}

/** Tracks to tell classes apart on. */
export interface ClassTracks extends TrainingTracks {
  readonly output: Extract<Output, { kind: 'classes' }>;
}

/** The tracks of a classical classifier's run: those of one epoch. */
export async function tracksForClassical({
  classifier: { name },
  data,
  seed,
}: ClassicalRun): Promise<ClassTracks> {
  // A network sees a batch at a time; these hold all tracks at once.
  if ('dataSets' in data) {
    await loadModels(data.dataSets);
    const [{ lengths, dim }] = data.dataSets.map((set) => dataSetFrom({ ...set, count: 1, seed }));
    checkMemory(data.tracksPerEpoch, lengths, dim);
  }
  const apart = await tracksApart(data, { epochs: 1, seed });
  const { output } = apart;
  if (output.kind !== 'classes') {
    throw new InputError(`${name} answers with classes alone: it cannot learn an exponent`);
  }
  return { ...apart, output, augmentation: asSeenByMicroscopes };
}

async function tracksApart(
  data: Run['data'],
  how: Pick<Run, 'epochs' | 'seed'>,
): Promise<TracksApart> {
  const apart = 'dataSets' in data ? await simulated(data, how) : await measured(data, how);
  const { output } = apart;
  if (output.kind !== 'exponent' && output.classes.length < 2) {
    throw new InputError(`there is one class, ${output.classes[0]}: expected at least two`);
  }
  return apart;
}

async function simulated(
  { dataSets, tracksPerEpoch }: SimulatedData,
  { epochs, seed }: Pick<Run, 'epochs' | 'seed'>,
): Promise<TracksApart> {
  await loadModels(dataSets);
  const perSet = Math.ceil(tracksPerEpoch / dataSets.length);
  const sets = (count: number, purpose: 'training' | 'validation' | 'test') =>
    dataSets.map((set, k) =>
      dataSetFrom({ ...set, count, seed: deriveSeed(seed, purpose, 'data set', k) }),
    );
  const all = async (count: number, purpose: 'validation' | 'test') => {
    const parts: Tracks[] = [];
    for (const set of sets(Math.ceil(count / dataSets.length), purpose)) {
      for await (const part of set.batches({ size: betweenTurns })) {
        parts.push(part);
        await turn();
      }
    }
    return joinTracks(parts);
  };
  const training = sets(perSet * epochs, 'training');
  const [{ dim }] = training;
  const sources = training.map((set) => freshTracks(set, perSet));
  return {
    source: sources.length === 1 ? sources[0] : alternateTracks(sources),
    validation: await all(validationCount, 'validation'),
    test: await all(testCount, 'test'),
    output: outputOf(training),
    dim,
    length: Math.max(...training.map(({ lengths }) => lengths.max)),
  };
}

/** What the sets ask for: two that are made for different answers, both of them. */
function outputOf(sets: readonly DataSet[]): Output {
  const asked = new Set<Answer>(sets.map(({ answers }) => answers[0]));
  const [{ classes }] = sets;
  if (asked.size > 1) return { kind: 'both', classes };
  return asked.has('exponent') ? { kind: 'exponent' } : { kind: 'classes', classes };
}

async function measured({ folder }: FolderData, { seed }: Pick<Run, 'seed'>): Promise<TracksApart> {
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
