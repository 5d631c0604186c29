import { type Command, CommanderError } from 'commander';
import { InputError, inputErrorLine, outsideErrorLine } from './input-error.ts';
import { interruption } from './interruption.ts';

/**
 * Parses the process' arguments and runs what they ask for. Exit codes: 0 done, 2 bad arguments or bad input, with one
 * line on stderr, 3 a worker that failed, with one line, 130 interrupted, 1 a bug. A reader of stdout that has heard enough (`| head`) is no error.
 */
export function runCommand(root: Command): void {
  for (const command of withSubcommands(root)) {
    command.exitOverride();
    command.configureOutput({ outputError: () => {} });
  }
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') fail(new InputError(`stdout: ${error.message}`));
  });
  root.parseAsync().catch((error: unknown) => {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    fail(error);
  });
}

/** Exits at once: nothing that is still going on (the rest of a file, a training) is of use. */
function fail(error: unknown): never {
  const [line, code] = lastWords(error);
  if (line !== '') process.stderr.write(`${line}\n`);
  process.exit(code);
}

function lastWords(error: unknown): [string, number] {
  // Without a command the help has been printed, which says enough.
  if (error instanceof CommanderError && error.code === 'commander.help') return ['', 2];
  if (error instanceof CommanderError)
    return [`diffusion: ${oneLine(error.message.replace(/^error: /, ''))}`, 2];
  if (interruption.signal.aborted) return ['diffusion: interrupted', 130];
  const line = inputErrorLine(error);
  if (line !== undefined) return [`diffusion: ${line}`, 2];
  const outside = outsideErrorLine(error);
  if (outside !== undefined) return [`diffusion: ${outside}`, 3];
  return [error instanceof Error ? (error.stack ?? error.message) : String(error), 1];
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ');

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}
