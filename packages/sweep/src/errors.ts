/** A sweep that cannot be read or run as it is given: one line that names the place, its value and what was expected. */
export class SweepError extends Error {
  override readonly name = 'SweepError';
}

/** What a sweep needs of another program (a scheduler, a server of queues) and did not get: one line. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}
