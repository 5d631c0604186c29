import { oneLine } from '@diffusion/tracks/messages';

/** A training that cannot begin or go on: what was wrong with which argument, and what was expected. */
export class TrainError extends Error {
  override readonly name = 'TrainError';

  constructor(message: string, options?: ErrorOptions) {
    super(oneLine(message), options);
  }
}

/** A training whose loss or weights are no finite numbers any more. */
export class DivergedError extends TrainError {
  /**
   * @param what is no number, and where.
   * @param wholeEpochs that ended before it.
   * @param left what is left of the training.
   */
  constructor(
    readonly what: string,
    readonly wholeEpochs: number,
    left: string,
    options?: ErrorOptions,
  ) {
    super(`${what}; ${left}`, options);
  }
}
