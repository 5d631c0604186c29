import { oneLine } from '@diffusion/tracks/messages';

/** A training that cannot begin or go on: what was wrong with which argument, and what was expected. */
export class TrainError extends Error {
  override readonly name = 'TrainError';

  constructor(message: string, options?: ErrorOptions) {
    super(oneLine(message), options);
  }
}
