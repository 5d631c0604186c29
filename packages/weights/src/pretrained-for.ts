import { type PretrainedModel, pretrainedModels } from './pretrained-models.ts';

/**
 * The trained model for tracks of a dimension, if there is one.
 *
 * @param family what it is trained for: `motion`, the modes of motion on ordinary microscopes, `segments`, where the motion of a track in any unit
 * changes and what it is between (`completeSegments` of `@diffusion/models`), or `andi2020`.
 *
 * @example
 * const found = pretrainedFor(tracks.dim);
 * const model = found && (await loadPretrained(found.name));
 */
export const pretrainedFor = (
  dim: number,
  family: string = 'motion',
): PretrainedModel | undefined =>
  pretrainedModels.find((each) => each.dim === dim && each.name === `${family}-${dim}d`);
