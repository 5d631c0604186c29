import { oneLine } from '@diffusion/tracks/messages';

/** A model that cannot be built, loaded or applied: what was wrong with which part, and what was expected. */
export class ModelError extends Error {
  override readonly name = 'ModelError';

  constructor(message: string, options?: ErrorOptions) {
    super(oneLine(message), options);
  }
}
