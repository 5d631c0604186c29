/** Arguments that cannot be carried out as given: one line, exit code 2. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** Errors that the packages throw for what the caller gave them; every other error is a bug. */
const callersFault = new Set([
  'InputError',
  'TracksError',
  'ReadError',
  'ParameterError',
  'FeaturesError',
  'ModelError',
  'TrainError',
  'EvaluationError',
  'BackendError',
  'OptionError',
  'ClassicalError',
]);

/** The one line to print for what failed outside of this program: a worker that did not start or died. */
export function outsideErrorLine(error: unknown): string | undefined {
  const outside = error instanceof Error && error.name === 'WorkerError';
  return outside ? error.message.replace(/\s*\n\s*/g, ' ') : undefined;
}

/** The one line to print for an error of the caller's, or undefined when the error is a bug. */
export function inputErrorLine(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = (error as NodeJS.ErrnoException).code;
  const known = callersFault.has(error.name) || (code !== undefined && fileProblems.has(code));
  return known ? error.message.replace(/\s*\n\s*/g, ' ') : undefined;
}

const fileProblems = new Set([
  'ENOENT',
  'EACCES',
  'EISDIR',
  'ENOTDIR',
  'ENOSPC',
  'EEXIST',
  'EROFS',
  'EPERM',
]);
