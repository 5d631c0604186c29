import {
  type EncoderSpecification,
  encoders,
  type ModuleExport,
  type Output,
} from '@diffusion/models';
import { io } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ExampleSource } from '../examples.ts';
import type { Objective } from '../losses/batch-loss.ts';
import type { SourceSpecification } from '../source.ts';
import type { WeightNames } from './weights.ts';

/** What a worker of a training is told once. */
export interface ShardSetup {
  readonly network: io.ModelArtifacts;
  readonly names: WeightNames;
  readonly output: Output;
  readonly objective: Objective;
  readonly wasmPaths?: string | Record<string, string>;
  readonly wide?: boolean;
  /** Absent where the leading thread makes the examples. */
  readonly examples?: ExampleSourceData;
}

/** What lets a worker augment and encode tracks by itself, and simulate them where it knows how. */
export interface ExampleSourceData extends Pick<ExampleSource, 'recipe'> {
  /** Absent where the tracks are in the leading thread's memory. */
  readonly tracks?: SourceSpecification;
  /** Tracks of an epoch: they number the tracks of a training. */
  readonly perEpoch: number;
  readonly encoder: EncoderSpecification;
  /** Where the definition of an encoder of one's own is. */
  readonly encoderSource?: ModuleExport;
}

/** What a worker is told once that makes examples alone. */
export interface ExamplesSetup {
  readonly makes: ExampleSourceData;
  readonly output: Output;
}

/**
 * Where examples come from as plain data, where a worker can make them: by an encoder that is built in or that a module
 * exports, from a source with a specification or from tracks that are sent to it.
 */
export function exampleSourceData({
  source,
  encoder: { specification, source: encoderSource },
  recipe,
}: ExampleSource): ExampleSourceData | undefined {
  const builtIn = encoders.some(({ name }) => name === specification.kind);
  if (!(builtIn || encoderSource)) return undefined;
  // A feature of one's own is a function, which cannot be sent.
  if (specification.features?.some(({ feature }) => feature)) return undefined;
  const { augmentation, seed } = recipe;
  return {
    ...(source.specification && { tracks: source.specification }),
    perEpoch: source.perEpoch,
    encoder: specification,
    ...(encoderSource && { encoderSource }),
    recipe: { augmentation, seed },
  };
}

/** A network as data that can be posted. */
export function artifactsOf(network: LayersModel): Promise<io.ModelArtifacts> {
  return new Promise((resolve, reject) => {
    const handler = io.withSaveHandler(async (artifacts) => {
      const { modelTopology, weightSpecs, weightData } = artifacts;
      resolve({ modelTopology, weightSpecs, weightData });
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    });
    network.save(handler).catch(reject);
  });
}
