/** An argument or a file that cannot be evaluated. The message is one line: what was given and what was expected. */
export class EvaluationError extends Error {
  override readonly name: string = 'EvaluationError';
}
