/** What this package throws for an argument or a place that it cannot work with. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
}
