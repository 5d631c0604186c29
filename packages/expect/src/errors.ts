/** Tracks, a model or options of which nothing can be expected. */
export class ExpectError extends RangeError {
  override readonly name = 'ExpectError';
}
