import {
  type Domain,
  disposeNetwork,
  type EncoderSpecification,
  encoder,
  type ModelCard,
  measureDomain,
  type NetworkModel,
  networkByName,
  type Output,
  trackModel,
} from '@diffusion/models';
import { joinTracks, type Tracks } from '@diffusion/tracks';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { augmentTracks } from './augment/augment.ts';
import { TrainError } from './errors.ts';
import type { Recipe } from './recipe.ts';
import type { TrackSource } from './source.ts';
import { type EpochResult, type TrainOptions, train } from './train.ts';

/** What {@link fit} is told. */
export interface FitOptions
  extends Pick<
    TrainOptions,
    | 'source'
    | 'validation'
    | 'recipe'
    | 'output'
    | 'resume'
    | 'onBatch'
    | 'onEpoch'
    | 'signal'
    | 'workers'
  > {
  /** An architecture of the registry and its options; what follows from the encoder and the output is filled in. */
  readonly network: { readonly name: string; readonly options?: Readonly<Record<string, unknown>> };
  readonly encoder: EncoderSpecification;
  /** What the tracks are, for the card: a preset and its arguments, or the names of files. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly versions?: Readonly<Record<string, string>>;
}

/** Tracks on which the domain of a model is measured, at most. */
const domainSample = 4000;

/**
 * Builds a network of the registry, trains it on tracks and joins it with its card: a model that judges tracks.
 * Needs a tfjs backend (`useBackend` of `@diffusion/backends`).
 *
 * @example
 * const { model } = await fit({
 *   network: { name: 'xresnet', options: { filters: 8 } },
 *   output: { kind: 'classes', classes: ['ND', 'DM', 'CD', 'FBM'] },
 *   encoder: { kind: 'motion', dim: 2, length: 600 },
 *   source: freshTracks(gajowczyk2021({ count: 4096, seed: 1 }), 1024),
 *   recipe: { epochs: 4, batchSize: 64, learningRate: 3e-3, labelSmoothing: 0.02, seed: 1, augmentation: noAugmentation },
 *   data: { preset: 'gajowczyk2021' },
 * });
 */
export async function fit(
  options: FitOptions,
): Promise<{ model: NetworkModel; history: EpochResult[] }> {
  const { network, output, source, recipe, data, versions = {} } = options;
  const encode = encoder(options.encoder);
  const chosen = networkOptions(network, output, options.encoder, recipe.seed);
  const built = networkByName(network.name).build(chosen);
  try {
    checkShapes(network.name, built, [options.encoder.length ?? null, encode.channels], output);
    const history = await train({ ...options, network: built, encoder: encode });
    const last = history[history.length - 1];
    const card: ModelCard = {
      format: 'diffusion-model',
      version: 1,
      network: { name: network.name, options: chosen },
      output,
      encoder: options.encoder,
      domain: seenDomain(source, recipe, options.encoder.length),
      recipe: {
        ...recipe,
        shards: recipe.shards ?? 1,
        data,
        tracksPerEpoch: source.perEpoch,
      },
      metrics: {
        validationLoss: last.validationLoss ?? null,
        validationScore: last.validationScore ?? null,
        ...(last.validationMae !== undefined && { validationMae: last.validationMae }),
      },
      versions,
    };
    return { model: trackModel(built, card), history };
  } catch (error) {
    disposeNetwork(built);
    throw error;
  }
}

/** What training shows: its bounds of length are known, its ranges of features are measured. */
function seenDomain(source: TrackSource, recipe: Recipe, length: number | null): Domain {
  const measured = measureDomain(seenTracks(source, recipe));
  const { min = measured.minLength, max = measured.maxLength } = source.lengths ?? {};
  const { cutShare, minLength } = recipe.augmentation;
  return {
    ...measured,
    minLength: cutShare > 0 ? Math.min(min, minLength) : min,
    maxLength: length ?? max,
  };
}

/** Tracks as training shows them; where it shows stretches, half of them stretches, so that short ones are not rare. */
function seenTracks(source: TrackSource, { augmentation, seed }: Recipe): Tracks {
  const sample = sampleOf(source);
  const seen = augmentTracks(sample, augmentation, seed, 0);
  if (augmentation.cutShare === 0) return seen;
  return joinTracks([
    seen,
    augmentTracks(sample, { ...augmentation, cutShare: 1 }, seed, source.perEpoch),
  ]);
}

/** Some tracks of an epoch: the first, or of every batch where each has a length of its own. */
function sampleOf(source: TrackSource): Tracks {
  const edges = source.edges?.(0);
  if (!edges) return source.take(0, 0, Math.min(domainSample, source.perEpoch));
  const perBatch = Math.ceil(domainSample / (edges.length - 1));
  const starts = Array.from(edges).slice(0, -1);
  return joinTracks(
    starts.map((from, b) => source.take(0, from, Math.min(from + perBatch, edges[b + 1]))),
  );
}

/** The caller's options and, where the architecture has them, those that follow from what it is fed and must answer. */
function networkOptions(
  { name, options = {} }: FitOptions['network'],
  output: Output,
  specification: EncoderSpecification,
  seed: number,
): Record<string, unknown> {
  const encode = encoder(specification);
  const known = networkByName(name).options;
  const regresses = known.some((option) => ['task', 'outputActivation'].includes(option.name));
  if (output.kind === 'exponent' && !regresses)
    throw new TrainError(`${name} answers with classes alone: it cannot learn an exponent`);
  // Each with what it can be called: the first that the architecture accepts is taken.
  const implied: Record<string, unknown[]> = {
    dim: [specification.dim],
    dimension: [1],
    task: { exponent: ['exponent', 1], classes: ['class', 2], both: ['both'] }[output.kind],
    channels: [encode.channels],
    features: [encode.features],
    classes: [output.kind === 'exponent' ? 1 : output.classes.length],
    length: [specification.length ?? null],
    ...(output.kind === 'exponent' && { outputActivation: ['linear'] }),
  };
  const chosen: Record<string, unknown> = {};
  for (const option of known) {
    const values = implied[option.name];
    if (!values) continue;
    const value = values.find(option.accepts) ?? values[0];
    const given = options[option.name];
    if (given !== undefined && given !== value) {
      throw new TrainError(
        `${name} option ${option.name} is ${JSON.stringify(given)}: expected ${JSON.stringify(value)}, which follows from the tracks, or left out`,
      );
    }
    chosen[option.name] = value;
  }
  return { seed, ...chosen, ...options };
}

/** Throws where a network does not take what the encoder gives, or does not answer what is asked. */
function checkShapes(
  name: string,
  network: LayersModel,
  given: readonly (number | null)[],
  output: Output,
): void {
  const [points] = network.inputs;
  const taken = points.shape.slice(1);
  if (
    taken.length !== 2 ||
    taken.some((n, k) => n !== null && given[k] !== null && n !== given[k])
  ) {
    const shown = (shape: readonly (number | null)[]) => shape.map((n) => n ?? 'any').join(' × ');
    throw new TrainError(
      `${name} takes ${shown(taken)} numbers: a track is given as ${shown(given)} (points × channels)`,
    );
  }
  const wanted = output.kind === 'exponent' ? '1' : String(output.classes.length);
  const expected = output.kind === 'both' ? `${wanted} and 1` : wanted;
  const answers = network.outputs.map(({ shape }) => shape[shape.length - 1]).join(' and ');
  if (answers !== expected)
    throw new TrainError(`${name} has ${answers} outputs: expected ${expected}`);
}
