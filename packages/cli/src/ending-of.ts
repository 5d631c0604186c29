import { oneLine } from '@diffusion/tracks/messages';
import { withFlags } from './with-flags.ts';

/** Errors that the packages throw for what the caller gave them. */
const callersFault = new Set([
  'InputError',
  'TracksError',
  'ReadError',
  'ParameterError',
  'FeaturesError',
  'ModelError',
  'ClassicalError',
  'TrainError',
  'EvaluationError',
  'BackendError',
  'OptionError',
  'ClassicalError',
  'SweepError',
]);

/** Errors that the packages throw when something outside of the program failed. */
const outside = new Set(['StorageError', 'WorkerError', 'EngineError']);

/** What the system says of a path that is not as it should be. */
const pathProblems = new Set([
  'ENOENT',
  'EACCES',
  'EISDIR',
  'ENOTDIR',
  'EEXIST',
  'EROFS',
  'EPERM',
  'ENAMETOOLONG',
  'ELOOP',
]);

/** What the system says when it has no more of something, or a device fails. */
const failures = new Set([
  'ENOSPC',
  'EDQUOT',
  'EIO',
  'EMFILE',
  'ENFILE',
  'ENOMEM',
  'EAGAIN',
  'EBUSY',
  // A disk on the network.
  'ESTALE',
  'ETIMEDOUT',
]);

/** How a command ends that was not carried out. */
export interface Ending {
  /** One line for stderr; of a bug all that is known. */
  readonly message: string;
  /** 2: bad arguments or input; 3: something outside failed (disk, worker, memory, network); 1: a bug. */
  readonly code: 1 | 2 | 3;
}

/** What to say of an error, and the exit code. */
export function endingOf(error: unknown): Ending {
  if (!(error instanceof Error)) return { message: String(error), code: 1 };
  const { code = '' } = error as NodeJS.ErrnoException;
  if (outside.has(error.name) || failures.has(code) || failures.has(causeOf(error))) {
    return { message: lineOf(error), code: 3 };
  }
  if (callersFault.has(error.name) || pathProblems.has(code)) {
    return { message: lineOf(error), code: 2 };
  }
  if (isOutOfMemory(error)) {
    return { message: `there is not enough memory (${lineOf(error)})`, code: 3 };
  }
  return { message: error.stack ?? error.message, code: 1 };
}

/** What the system said of a file that could not be read, which a reader's error keeps as its cause, or as that of its cause. */
function causeOf(error: Error): string {
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== undefined) return code;
  }
  return '';
}

/** What an error says, in one line. */
const lineOf = (error: Error): string => oneLine(withFlags(error));

/** An array that the engine cannot make. */
const isOutOfMemory = ({ name, message }: Error): boolean =>
  name === 'RangeError' &&
  /^(Array buffer allocation failed|Invalid (typed )?array (buffer )?length|Invalid string length)/.test(
    message,
  );
