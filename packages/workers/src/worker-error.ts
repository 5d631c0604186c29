/**
 * Workers that could not be started, or one that stopped, fell silent or could not do a task. Where a task threw, `cause`
 * is an Error with the name and the message of what it threw.
 */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
}
