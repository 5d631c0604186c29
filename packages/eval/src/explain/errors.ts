/** A wrong argument of an explanation; the message is one line. */
export class ExplainError extends Error {
  override readonly name = 'ExplainError';
}
