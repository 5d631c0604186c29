import type { TrackModel } from '@diffusion/models';
import { loadPretrained, pretrainedFor } from '@diffusion/weights';

/** A model that needs no training. */
export interface TrainedModel {
  readonly name: string;
  load(): Promise<TrackModel>;
}

/** The model that comes trained for tracks of a dimension, if there is one. */
export type TrainedModels = (dim: number) => TrainedModel | undefined;

/** Those of `@diffusion/weights`. */
export const trainedModels: TrainedModels = (dim) => {
  const found = pretrainedFor(dim);
  return found && { name: found.name, load: () => loadPretrained(found.name) };
};
