import { oneLine } from '@diffusion/tracks/messages';
import { type Command, CommanderError } from 'commander';
import { endingOf } from './ending-of.ts';
import { InputError } from './input-error.ts';
import { interruptedCode, interruption } from './interruption.ts';
import { collecting } from './values.ts';

/**
 * Parses the process' arguments and runs what they ask for. Exit codes: 0 done; with one line on stderr 2 for bad
 * arguments or bad input and 3 for something outside that failed (disk, worker, memory, network); 129, 130, 143 for
 * SIGHUP, SIGINT, SIGTERM; 1 a bug. A reader of stdout that has heard enough (`| head`) is no error.
 */
export function runCommand(root: Command): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      fail(Object.assign(new Error(`stdout: ${error.message}`), { name: 'StorageError' }));
    }
  });
  throwing(root)
    .parseAsync()
    .catch((error: unknown) => {
      if (error instanceof CommanderError && error.exitCode === 0) return;
      fail(error);
    });
}

/** Makes a program throw where it would print an error and exit, and refuse what is given twice. */
export function throwing(root: Command): Command {
  for (const command of withSubcommands(root)) {
    command.exitOverride();
    command.configureOutput({ outputError: () => {} });
    refuseTwice(command);
    tellAllMissing(command);
  }
  return root;
}

/** Exits at once: nothing that is still going on (the rest of a file, a training) is of use. */
export function fail(error: unknown): never {
  const [line, code] = lastWords(error);
  if (line !== '') process.stderr.write(`${line}\n`);
  process.exit(code);
}

/** The line for stderr, '' where enough has been said, and the exit code after an error. */
export function lastWords(error: unknown): [string, number] {
  // Without a command the help has been printed, which says enough.
  if (error instanceof CommanderError && error.code === 'commander.help') return ['', 2];
  if (error instanceof CommanderError)
    return [`diffusion: ${oneLine(error.message.replace(/^error: /, ''))}`, 2];
  if (interruption.signal.aborted) return ['diffusion: interrupted', interruptedCode()];
  const { message, code } = endingOf(error);
  return [code === 1 ? message : `diffusion: ${message}`, code];
}

/** Of an option that is given twice one value would be lost; those that collect their values say so by their parser. */
function refuseTwice(command: Command): void {
  for (const option of command.options) {
    if (collecting.has(option.parseArg as unknown)) continue;
    let given = false;
    command.on(`option:${option.name()}`, () => {
      if (given) throw new InputError(`option '${option.long}' is given twice`);
      given = true;
    });
  }
}

/** Of several required options that are not given, Commander tells the first alone. */
function tellAllMissing(command: Command): void {
  const { error } = command;
  command.error = (message, options) => {
    if (options?.code !== 'commander.missingMandatoryOptionValue')
      return error.call(command, message, options);
    const missing = command.options.filter(
      (option) => option.mandatory && command.getOptionValue(option.attributeName()) === undefined,
    );
    const flags = missing.map((option) => `'${option.flags}'`).join(', ');
    const noun = missing.length === 1 ? 'option' : 'options';
    return error.call(command, `error: required ${noun} ${flags} not specified`, options);
  };
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}
