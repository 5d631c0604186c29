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
]);

/** The one line to print for an error of the caller's, or undefined when the error is a bug. */
export function inputErrorLine(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = (error as NodeJS.ErrnoException).code;
  const known = callersFault.has(error.name) || (code !== undefined && fileProblems.has(code));
  return known ? withFlags(error).replace(/\s*\n\s*/g, ' ') : undefined;
}

/** The flags of the options that a reader's error names, where they are given (`or give dt`, `its name in columns`). */
const flags: Readonly<Record<string, string>> = {
  dt: '--dt',
  positionUnit: '--position-unit',
  columns: '--columns',
  duplicates: '--duplicates',
  maxUnpacked: '--max-unpacked',
};

function withFlags(error: Error): string {
  const { option } = error as { option?: string };
  if (option === undefined) return error.message;
  const names = new RegExp(`\\b(or|give|in) (${Object.keys(flags).join('|')})\\b`, 'g');
  return error.message.replace(names, (_, word: string, name: string) => `${word} ${flags[name]}`);
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
