import type { EncoderSpecification, Output } from '@diffusion/models';
import { io } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Material } from '../examples.ts';
import type { LossRecipe } from '../loss.ts';
import type { SourceSpecification } from '../source.ts';
import type { WeightNames } from './weights.ts';

/** What a worker of a training is told once. */
export interface ShardSetup {
  readonly network: io.ModelArtifacts;
  readonly names: WeightNames;
  readonly output: Output;
  readonly loss: LossRecipe;
  readonly wasmPaths?: string | Record<string, string>;
  /** Absent where the leading thread makes the examples. */
  readonly material?: MaterialSetup;
}

/** What lets a worker simulate, augment and encode by itself. */
export interface MaterialSetup extends Pick<Material, 'recipe'> {
  readonly tracks: SourceSpecification;
  readonly encoder: EncoderSpecification;
}

/** Material as plain data, where tracks and encoder have a specification from which they can be made again. */
export function materialSetup({ source, encoder, recipe }: Material): MaterialSetup | undefined {
  if (!source.specification || encoder.specification.kind === 'own') return undefined;
  const { augmentation, seed } = recipe;
  return {
    tracks: source.specification,
    encoder: encoder.specification,
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
