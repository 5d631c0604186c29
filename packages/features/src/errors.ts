import { TracksError } from '@diffusion/tracks';

/** A track that has no features: no points, coordinates that are not numbers, arrays that do not fit; or an unknown name. */
export class FeaturesError extends TracksError {
  override readonly name = 'FeaturesError';
}
